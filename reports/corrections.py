"""What is not the same in two editions of a report: the list of changes that a corrected edition prints."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reports.document import ItemLine, Range, ReportDocument
from reports.edition_lines import ChangeLine

# A text longer than this is told by the passage that differs, with so many words around it.
LONGEST_WHOLE = 240
WORDS_AROUND = 8
CUT = "…"
DASH = "–"

# By their field's name. What stays with a review for life (its scale, its profile), and gaps, which follow from the
# scores, are not told again.
PARTICULARS = (
    "site",
    "place",
    "program",
    "organization",
    "independence",
    "independence_reason",
    "interviews",
    "observations",
    "records",
    "not_seen",
    "summary",
)
OF_AN_ITEM = (
    "score",
    "unrated_reason",
    "departure_reason",
    "rationale",
    "evidence",
    "recommendation",
    "target",
    "suggested",
    "setting_score",
    "previous",
)


@dataclass(frozen=True)
class _Place:
    number: int | None
    title: str
    field: str


def changes_between(before: ReportDocument, after: ReportDocument) -> tuple[ChangeLine, ...]:
    """The figures of page 1 first, then item by item, as they follow each other in the later edition."""
    old, new = dict(_told(before)), dict(_told(after))
    return tuple(
        ChangeLine(place.number, place.title, place.field, *passages(old.get(place, ""), new.get(place, "")))
        for place in [*new, *(place for place in old if place not in new)]
        if old.get(place, "") != new.get(place, "")
    )


def passages(before: str, after: str) -> tuple[str, str]:
    """Two texts, or where they are long what differs in them: the words that they begin and end with alike are cut."""
    if max(len(before), len(after)) <= LONGEST_WHOLE or not before or not after:
        return before, after
    old, new = before.split(), after.split()
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    if start + end == len(old) == len(new):
        return before, after  # They differ in white space alone.
    return _cut(old, start, end), _cut(new, start, end)


def _cut(words: list[str], start: int, end: int) -> str:
    first, last = max(start - WORDS_AROUND, 0), min(len(words) - end + WORDS_AROUND, len(words))
    shown = " ".join(words[first:last])
    return f"{CUT + ' ' if first else ''}{shown}{' ' + CUT if last < len(words) else ''}"


def _told(document: ReportDocument) -> Iterator[tuple[_Place, str]]:
    """Every place of a report that an edition after it may say otherwise, with what it says."""
    total = document.total
    figures = {
        "total": "" if not total.rated else str(total.points),
        "can_become": _span(total.can_become) if total.unrated else "",
        "band": total.band or "",
    }
    for field, text in figures.items():
        yield _Place(None, "", field), text
    for section in document.sections:
        yield _Place(None, section.title, "section_total"), f"{section.total.points}/{section.total.maximum}"
    for field in PARTICULARS:
        yield _Place(None, "", field), _text(getattr(document, field))
    yield _Place(None, "", "team"), "; ".join(f"{one.name}, {one.employer}" for one in document.team)
    previous = document.previous
    yield _Place(None, "", "previous_total"), str(previous.total.points) if previous else ""
    for code, text in _priorities(document).items():
        yield _Place(None, code, "priority"), text
    strengths = {line.item_number: line.text for line in document.strengths}
    for item in document.items:
        yield from _told_of_item(item, strengths)


def _told_of_item(item: ItemLine, strengths: Mapping[int, str]) -> Iterator[tuple[_Place, str]]:
    for field in OF_AN_ITEM:
        yield _Place(item.number, item.short_title, field), _text(getattr(item, field))
    yield _Place(item.number, item.short_title, "strength"), strengths.get(item.number, "")


def _priorities(document: ReportDocument) -> dict[str, str]:
    """Place among what to do next to what it says."""
    return {
        str(place): f"{line.item_number}: {line.action}" for place, line in enumerate(document.priorities, 1)
    }


def _span(points: Range) -> str:
    if points.lowest == points.highest:
        return str(points.lowest)
    return f"{points.lowest}{DASH}{points.highest}"


def _text(value: str | int | None) -> str:
    return "" if value is None else str(value)
