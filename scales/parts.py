"""A definition cut into the parts that people edit one at a time, and the fingerprint that tells whether one changed.

Two people may have different parts of one draft open, and neither is in the other's way; on the same part the second
to save is told.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, is_dataclass, replace
from decimal import Decimal

from scales.spec import (
    Degree,
    ExpectedLoss,
    Item,
    ProfileSpec,
    ScaleSpec,
    Statement,
    UnratedReason,
)


@dataclass(frozen=True)
class VersionHead:
    """What is said of a version as a whole."""

    scale_code: str
    scale_name: str
    label: str
    title: str
    language: str
    source: str
    edition: str
    permission: str
    minimum: int
    maximum: int


@dataclass(frozen=True)
class OutlineItem:
    """`before`: the code that the item has in the draft as saved; empty for a new one."""

    code: str
    title: str
    short_title: str
    before: str = field(default="", compare=False)


@dataclass(frozen=True)
class OutlineSection:
    """`before`: the code that the section has in the draft as saved; empty for a new one."""

    code: str
    title: str
    items: tuple[OutlineItem, ...]
    before: str = field(default="", compare=False)


@dataclass(frozen=True)
class ProfileHead:
    """What is said of a profile as a whole."""

    code: str
    setting: str
    title: str
    in_words: str
    summary: str


@dataclass(frozen=True)
class ProfileGeneral:
    """What a profile says beside its items: notes on the sources, and reasons accepted for every item."""

    notes: tuple[Statement, ...]
    unrated_reasons: tuple[UnratedReason, ...]


@dataclass(frozen=True)
class ItemDegree:
    """How far the setting changes one item, and what it is known to cost."""

    item: str
    degree: Degree
    expected_loss: ExpectedLoss | None


# Every item of the scale, in order.
Degrees = tuple[ItemDegree, ...]


def head_of(scale: ScaleSpec) -> VersionHead:
    return VersionHead(
        scale_code=scale.scale_code,
        scale_name=scale.scale_name,
        label=scale.label,
        title=scale.title,
        language=scale.language,
        source=scale.source,
        edition=scale.edition,
        permission=scale.permission,
        minimum=scale.minimum,
        maximum=scale.maximum,
    )


def outline_of(scale: ScaleSpec) -> tuple[OutlineSection, ...]:
    """Sections with their items, as they follow each other."""
    return tuple(
        OutlineSection(
            code=section.code,
            title=section.title,
            items=tuple(
                OutlineItem(item.code, item.title, item.short_title, before=item.code)
                for item in section.items
            ),
            before=section.code,
        )
        for section in scale.sections
    )


def bare(item: Item) -> Item:
    """The item without its place on the score sheet, which the outline decides."""
    return replace(item, number=0, number_in_section=0)


def profile_head_of(profile: ProfileSpec) -> ProfileHead:
    return ProfileHead(profile.code, profile.setting, profile.title, profile.in_words, profile.summary)


def general_of(profile: ProfileSpec) -> ProfileGeneral:
    return ProfileGeneral(notes=profile.notes, unrated_reasons=profile.unrated_reasons)


def degrees_of(profile: ProfileSpec, scale: ScaleSpec) -> Degrees:
    """Degree and expected loss of every item of the scale; "same" and None where the profile is silent."""
    rows = (profile.adjustment(item.code) for item in scale.items)
    return tuple(ItemDegree(row.item, row.degree, row.expected_loss) for row in rows)


def fingerprint(value: object) -> str:
    """16 hexadecimal digits of a spec or a part of one; equal for equal content, however decimals are written."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()[:16]


def canonical(value: object) -> str:
    """A spec or a part of one as JSON text, the same text for the same content."""
    return json.dumps(value, default=_plain, sort_keys=True, ensure_ascii=False)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(type(value))
