"""Every address of the product, filled in with the ids of a situation."""

import re
from collections.abc import Iterable, Iterator
from itertools import product

from django.urls import get_resolver

NAMED_GROUP = re.compile(r"\(\?P(<\w+>)(?:\[[^\]]*\]|[^()\[\]])*\)")
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


def routes(patterns=None, prefix: str = "/") -> Iterator[str]:
    """Routes such as `/reviews/<int:pk>/`; groups of a regular expression are written the same way."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + NAMED_GROUP.sub(r"\1", str(pattern.pattern).lstrip("^")).rstrip("$")
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def addresses(values: dict[str, Iterable[object]]) -> list[str]:
    """Every route with every combination of `values`; a parameter without values is a KeyError."""
    found = []
    for route in routes():
        names = PARAMETER.findall(route)
        for combination in product(*(values[name] for name in names)):
            filled = iter(combination)
            found.append(PARAMETER.sub(lambda match, filled=filled: str(next(filled)), route))
    return list(dict.fromkeys(found))
