"""What the team noted on each item, and whether it rests on one source or lacks one that the definition lists.

Warnings only: they stand beside the item and on the page before submitting, and keep nobody from anything.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

# What a note from each source stands for among the evidence codes of the 2008 form: a client record is a document and
# holds the individual service plan; the service's own figures are documents too.
STANDS_FOR: Mapping[str, frozenset[str]] = {
    "interview": frozenset({"INT"}),
    "observation": frozenset({"OBS"}),
    "record": frozenset({"ISP", "DOC"}),
    "document": frozenset({"DOC"}),
    "data": frozenset({"MIS", "DOC"}),
}
KNOWN_CODES = frozenset[str]().union(*STANDS_FOR.values())


class Lookout(StrEnum):
    NO_NOTES = "no notes"
    SINGLE_SOURCE = "single source"
    LACKS = "lacks"


@dataclass(frozen=True)
class EvidenceWarning:
    """`codes`: with `LACKS`, the evidence codes of the item that no note covers, in the order of its definition."""

    kind: Lookout
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class EvidenceOfItem:
    notes: tuple[Any, ...]
    warnings: tuple[EvidenceWarning, ...]


def warnings_for(
    evidence_codes: Collection[str], sources: Collection[tuple[str, str]]
) -> tuple[EvidenceWarning, ...]:
    """What is thin about the notes on one item.

    `sources`: source kind and who or what, of each note. Codes that no kind stands for, as another edition of the scale
    may list, are never missed.
    """
    if not sources:
        return (EvidenceWarning(Lookout.NO_NOTES),)
    found = []
    if len({(kind, same_name(who)) for kind, who in sources}) == 1:
        found.append(EvidenceWarning(Lookout.SINGLE_SOURCE))
    covered = {code for kind, _who in sources for code in STANDS_FOR.get(kind, ())}
    lacking = tuple(code for code in evidence_codes if code in KNOWN_CODES and code not in covered)
    if lacking:
        found.append(EvidenceWarning(Lookout.LACKS, lacking))
    return tuple(found)


def same_name(who_or_what: str) -> str:
    """One spelling of a source: “Team  Leader” and “team leader” are the same."""
    return " ".join(who_or_what.casefold().split())


def notes_of(review: Any) -> list[Any]:
    """Every note of a review with its items and writer, withdrawn ones too; two queries."""
    return list(review.evidence_notes.select_related("by").prefetch_related("items"))


def evidence_of_item(review: Any, item_code: str) -> EvidenceOfItem:
    """The team's notes on one item, and what is thin about them; two queries."""
    standing = review.evidence_notes.standing().filter(items__code=item_code)
    notes = tuple(standing.select_related("by").prefetch_related("items"))
    codes = review.version.to_spec().item(item_code).evidence
    return EvidenceOfItem(notes, warnings_for(codes, [(note.source, note.who_or_what) for note in notes]))


def evidence_warnings(review: Any) -> dict[str, tuple[EvidenceWarning, ...]]:
    """Item code to what is thin about its notes, for every item of the score sheet; one query."""
    sources: dict[str, list[tuple[str, str]]] = defaultdict(list)
    rows = review.evidence_notes.standing().values_list("items__code", "source", "who_or_what")
    for code, source, who in rows:
        sources[code].append((source, who))
    return {
        item.code: warnings_for(item.evidence, sources[item.code]) for item in review.version.to_spec().items
    }
