"""One thing found in a draft: where, which editor mends it, what it is; and the findings that every part shares."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from scales.yaml_nodes import CODE, UNPRINTABLE

Place = tuple[str, ...]
# Numbers that no anchor takes: from, to, and the scores in question.
Gap = tuple[Decimal, Decimal, tuple[int, ...]]
Values = Mapping[str, Any]

HEAD, BANDS, EVIDENCE, PRINCIPLES, OUTLINE = "head", "bands", "evidence", "principles", "outline"
ITEM, SOURCES, GENERAL = "item", "sources", "general"


class FindingKind(StrEnum):
    """What is the matter. `scales.check_words` has two sentences for each."""

    TEXT_EMPTY = "text-empty"
    TEXT_UNPRINTABLE = "text-unprintable"
    LANGUAGE_UNREADABLE = "language-unreadable"
    CODE_UNREADABLE = "code-unreadable"
    CODE_TWICE = "code-twice"
    CODE_LISTED_TWICE = "code-listed-twice"
    EVIDENCE_UNDECLARED = "evidence-undeclared"
    PRINCIPLE_UNDECLARED = "principle-undeclared"
    CONDITION_UNDECLARED = "condition-undeclared"
    CONDITION_UNUSED = "condition-unused"
    POINTS_REVERSED = "points-reversed"
    NO_SECTIONS = "no-sections"
    SECTION_EMPTY = "section-empty"
    NUMBER_OUT_OF_PLACE = "number-out-of-place"
    NO_EVIDENCE = "no-evidence"
    NO_PRINCIPLE = "no-principle"
    NO_EVIDENCE_DECLARED = "no-evidence-declared"
    NO_PRINCIPLES_DECLARED = "no-principles-declared"
    ITEM_ONLY_HERE = "item-only-here"
    ITEM_ONLY_THERE = "item-only-there"
    ITEM_LEFT_OUT = "item-left-out"
    EDITION_UNCHANGED = "edition-unchanged"
    # bands
    NO_BANDS = "no-bands"
    BAND_REVERSED = "band-reversed"
    BAND_BEYOND = "band-beyond"
    BAND_LABEL_TWICE = "band-label-twice"
    TOTALS_WITHOUT_BAND = "totals-without-band"
    TOTALS_IN_TWO_BANDS = "totals-in-two-bands"
    # anchors
    ANCHORS_MISSING = "anchors-missing"
    ANCHOR_BEYOND = "anchor-beyond"
    ANCHOR_TWICE = "anchor-twice"
    NUMBER_NOT_READ = "number-not-read"
    NO_BOUNDS = "no-bounds"
    BOUND_UNWRITABLE = "bound-unwritable"
    BOUNDS_REVERSED = "bounds-reversed"
    BOUNDS_OVERLAP = "bounds-overlap"
    BOUNDS_MEET = "bounds-meet"
    BOUNDS_GAPS = "bounds-gaps"
    BOUNDS_WIDE_GAP = "bounds-wide-gap"
    BOUNDS_GAPS_CLOSEST = "bounds-gaps-closest"
    BOUNDS_END = "bounds-end"
    OUT_OF_ORDER = "out-of-order"
    NO_COMPONENTS = "no-components"
    NO_COUNTS = "no-counts"
    COUNT_INCOMPLETE = "count-incomplete"
    COUNT_BEYOND = "count-beyond"
    COUNT_TWICE = "count-twice"
    COUNT_WITHOUT_SCORE = "count-without-score"
    COUNT_LEAVES_CHOICE = "count-leaves-choice"
    # profiles
    OTHER_SCALE = "other-scale"
    ITEM_UNKNOWN = "item-unknown"
    ITEM_TWICE = "item-twice"
    LOSS_REVERSED = "loss-reversed"
    LOSS_TOO_HIGH = "loss-too-high"
    SOURCE_MISSING = "source-missing"
    SOURCE_UNDECLARED = "source-undeclared"
    SOURCE_UNCITED = "source-uncited"
    LOSS_WHILE_SAME = "loss-while-same"
    BOUNDS_OVERLAP_PRINTED = "bounds-overlap-printed"
    BOUNDS_OVER_PRINTED = "bounds-over-printed"
    DEGREE_UNSOURCED = "degree-unsourced"
    THRESHOLD_BEYOND = "threshold-beyond"
    THRESHOLD_EMPTY = "threshold-empty"
    REASON_SHARED = "reason-shared"
    SAYS_NOTHING = "says-nothing"
    LIMITED_COSTS_NOTHING = "limited-costs-nothing"


@dataclass(frozen=True)
class Finding:
    """One thing found in a draft.

    `place`: where, such as `("sections", "staffing", "items", "caseload-size", "anchors", "4")`. `part`: the editor
    that mends it; `item`: the code of its item, "" outside items. `values`: what the sentence names. `must`: it
    has to be mended before publishing; otherwise it is a notice.
    """

    place: Place
    part: str
    what: FindingKind
    item: str = ""
    values: Values = field(default_factory=dict)
    must: bool = True

    def under(self, place: Place, item: str = "") -> "Finding":
        """The same finding, its place told from further out."""
        return replace(self, place=(*place, *self.place), item=item or self.item)


def texts(part: str, **named: str) -> Iterator[Finding]:
    """Texts that a reader needs, by the name of their field."""
    for name, text in named.items():
        if not text.strip():
            yield Finding((name,), part, FindingKind.TEXT_EMPTY, values={"field": name})
        yield from printable(part, **{name: text})


def printable(part: str, **named: str) -> Iterator[Finding]:
    """Texts that may be empty."""
    for name, text in named.items():
        if UNPRINTABLE.search(text):
            yield Finding((name,), part, FindingKind.TEXT_UNPRINTABLE, values={"field": name})


def code(part: str, given: str) -> Iterator[Finding]:
    if not CODE.fullmatch(given):
        yield Finding((), part, FindingKind.CODE_UNREADABLE, values={"code": given})


def codes(part: str, under: Place, given: Iterable[str]) -> Iterator[Finding]:
    """Codes of rows that stand together: each well formed, none twice."""
    counted = Counter(given)
    for one, times in counted.items():
        place = (*under, one)
        yield from (found.under(place) for found in code(part, one))
        if times > 1:
            yield Finding(place, part, FindingKind.CODE_TWICE, values={"code": one})


def listed(place: Place, given: Iterable[str], declared: set[str], what: FindingKind) -> Iterator[Finding]:
    """Codes that an item lists and something else declares."""
    for one, times in Counter(given).items():
        if one not in declared:
            yield Finding(place, ITEM, what, values={"code": one})
        if times > 1:
            yield Finding(place, ITEM, FindingKind.CODE_LISTED_TWICE, values={"code": one})
