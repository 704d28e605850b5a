"""How one rating came to be: from the states it was in to readable changes. Plain values, no database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta


@dataclass(frozen=True)
class State:
    """A rating as it stood from a moment on. `figures`, `texts`: label to what is shown, in the order of the form."""

    since: datetime
    who: str
    figures: Mapping[str, str]
    texts: Mapping[str, str]


@dataclass(frozen=True)
class FigureChange:
    """A score, or anything else of a word or two."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Marked:
    """A whole text, cut where the change begins and where it ends."""

    start: str
    touched: str
    end: str


@dataclass(frozen=True)
class TextChange:
    label: str
    before: str
    after: str

    @property
    def marked(self) -> tuple[Marked, Marked]:
        """Before and after, with the words between their common beginning and end set apart."""
        start = _common_words(self.before, self.after)
        rest_before, rest_after = self.before[start:], self.after[start:]
        end = _common_words(rest_before[::-1], rest_after[::-1])
        return _cut(self.before, start, end), _cut(self.after, start, end)


@dataclass(frozen=True)
class Change:
    """What one person changed. `at`, `until`: of its first and its last save."""

    at: datetime
    until: datetime
    who: str
    figures: tuple[FigureChange, ...]
    texts: tuple[TextChange, ...]


def changes_between(states: Iterable[State]) -> list[Change]:
    """What changed from each state to the next, oldest first; the first is compared with nothing written."""
    nothing: Mapping[str, str] = {}
    changes = []
    before = (nothing, nothing)
    for state in states:
        figures = tuple(FigureChange(*parts) for parts in _differences(before[0], state.figures))
        texts = tuple(TextChange(*parts) for parts in _differences(before[1], state.texts))
        if figures or texts:
            changes.append(
                Change(at=state.since, until=state.since, who=state.who, figures=figures, texts=texts)
            )
        before = (state.figures, state.texts)
    return changes


def in_sittings(changes: Sequence[Change], pause: timedelta) -> list[Change]:
    """Changes with what was saved while typing put together.

    A save that only goes on from the text of the save before, by the same person and within the pause, is one change
    with it. Whatever was taken out, and every score, stays a change of its own: no past value is left out.
    """
    joined: list[Change] = []
    for change in changes:
        if joined and _types_on(joined[-1], change, pause):
            text = replace(joined[-1].texts[-1], after=change.texts[0].after)
            change = replace(joined[-1], until=change.until, texts=(*joined[-1].texts[:-1], text))
            joined.pop()
        joined.append(change)
    return joined


def _types_on(before: Change, after: Change, pause: timedelta) -> bool:
    return (
        before.who == after.who
        and after.at - before.until <= pause
        and not after.figures
        and len(after.texts) == 1
        and bool(before.texts)
        and before.texts[-1].label == after.texts[0].label
        and after.texts[0].after.startswith(before.texts[-1].after)
    )


def _differences(before: Mapping[str, str], after: Mapping[str, str]) -> list[tuple[str, str, str]]:
    labels = dict.fromkeys([*after, *before])
    pairs = ((label, before.get(label, ""), after.get(label, "")) for label in labels)
    return [(label, old, new) for label, old, new in pairs if old != new]


def _common_words(one: str, other: str) -> int:
    """How many characters both begin with, whole words only."""
    length = next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
    at_an_end = all(length == len(text) or text[length].isspace() for text in (one, other))
    while length and not at_an_end and not one[length - 1].isspace():
        length -= 1
    return length


def _cut(text: str, start: int, end: int) -> Marked:
    stop = len(text) - end
    return Marked(text[:start], text[start:stop], text[stop:])
