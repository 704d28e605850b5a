"""Carries facts across: from the figures as typed (`ItemFacts.entries`) to plain `Facts`, and on to suggestions."""

from decimal import Decimal, InvalidOperation

from scales.facts import Facts, FactsError, SpecialistFacts
from scales.suggesting import Suggestion, suggest


def read_entries(entries: dict) -> Facts:
    """Entries hold numbers as the text that was typed; what is empty or not a number is not known."""
    present = entries.get("present")
    return Facts(
        part=_number(entries.get("part")),
        whole=_number(entries.get("whole")),
        value=_number(entries.get("value")),
        specialists=tuple(
            SpecialistFacts(
                label=row.get("label", ""),
                value=_number(row.get("value")),
                part=_number(row.get("part")),
                whole=_number(row.get("whole")),
                job_seekers=row.get("job_seekers"),
            )
            for row in entries.get("specialists", [])
        ),
        present=None if present is None else frozenset(present),
        answers=dict(entries.get("answers", {})),
    )


def suggestions_for(review) -> dict[str, Suggestion]:
    """Item code to what its facts suggest, for every item that has facts; one query."""
    spec = review.version.to_spec()
    suggestions = {}
    for row in review.facts.select_related("item"):
        try:
            suggestions[row.item.code] = suggest(spec.item(row.item.code), read_entries(row.entries))
        except FactsError:
            continue
    return suggestions


def _number(text: str | None) -> Decimal | None:
    if text in (None, ""):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
