"""Frozen dataclasses as what JSON can hold, and back: mappings, lists, ISO dates."""

import types
import typing
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

# A field that reports frozen before it do not have; empty, it is left out of the data, so that those keep their hash.
LATER = {"later": True}


def as_plain(value: Any) -> Any:
    """Dataclasses as mappings, tuples as lists."""
    if isinstance(value, tuple):
        return [as_plain(one) for one in value]
    if not is_dataclass(value):
        return value
    pairs = ((one, getattr(value, one.name)) for one in fields(value))
    return {one.name: as_plain(inner) for one, inner in pairs if inner or not one.metadata.get("later")}


def iso(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value))


def built(kind: Any, value: Any) -> Any:
    """Turn parsed JSON back into a dataclass, by the types that its fields are declared with."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is types.UnionType:
        return None if value is None else built(next(one for one in inner if one is not type(None)), value)
    if origin is tuple:
        return tuple(built(inner[0], one) for one in value)
    if is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        known = [one.name for one in fields(kind) if one.name in value or not one.metadata.get("later")]
        return kind(**{name: built(hints[name], value[name]) for name in known})  # type: ignore[operator]
    if kind in (date, datetime):
        return kind.fromisoformat(value)
    return value
