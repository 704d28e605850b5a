"""What a fidelity scale says, as plain frozen values: no database, no Django.

A `ScaleSpec` is one version of one scale in one wording; a `ProfileSpec` says what a setting does to it.
Scoring (`scales.scoring`) and suggestions (`scales.suggesting`) work on these values alone, so a scale with
another number of items, sections or points is another value, never another branch.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property


class Reading(StrEnum):
    """How the anchors of an item are read."""

    JUDGEMENT = "judgement"
    RATIO = "ratio"
    PERCENTAGE = "percentage"
    DAYS = "days"
    CONTACTS = "contacts"
    COMPONENTS = "components"


class Degree(StrEnum):
    """How far a setting changes what an item can mean there (the word follows Japan's adapted scale)."""

    SAME = "same"
    PARTLY = "partly"
    MAJORLY = "majorly"
    LIMITED = "limited"


class StatementKind(StrEnum):
    """What a statement about an item in a setting is for."""

    LOOK_FOR = "look-for"
    EVIDENCE = "evidence"
    INTENT = "intent"
    CAUTION = "caution"


@dataclass(frozen=True)
class EvidenceSource:
    """A kind of source that items list, by its code on the score sheet (`MIS`, `DOC`, `INT`, `OBS`, `ISP`)."""

    code: str
    title: str


@dataclass(frozen=True)
class Principle:
    code: str
    title: str


@dataclass(frozen=True)
class Band:
    """A named range of totals, both ends included."""

    lowest: int
    highest: int
    label: str
    meaning: str = ""


@dataclass(frozen=True)
class Component:
    code: str
    text: str


@dataclass(frozen=True)
class Condition:
    """A yes/no question that goes with the number of an item, such as "Is the form reviewed every week?".

    `implies`: codes of conditions that a yes here also answers yes (weekly implies monthly).
    `whole_below`: answered by the facts themselves: yes when their whole is under this number.
    """

    code: str
    question: str
    implies: tuple[str, ...] = ()
    whole_below: Decimal | None = None


@dataclass(frozen=True)
class Anchor:
    """What one score on an item takes.

    `lower`, `upper`: bounds of the item's number, included unless `lower_open` / `upper_open`; None is no bound.
    `count_lowest`, `count_highest`: how many components are present, both included; None where not counted.
    `requires`: conditions that must all be met besides the number.
    `also_when`: conditions any one of which brings the item down to this anchor, whatever the number.
    """

    points: int
    descriptor: str
    lower: Decimal | None = None
    upper: Decimal | None = None
    lower_open: bool = False
    upper_open: bool = False
    count_lowest: int | None = None
    count_highest: int | None = None
    requires: tuple[str, ...] = ()
    also_when: tuple[str, ...] = ()

    @property
    def has_bounds(self) -> bool:
        return self.lower is not None or self.upper is not None

    @property
    def has_count(self) -> bool:
        return self.count_lowest is not None

    def holds(self, value: Decimal) -> bool:
        """Whether the number lies within the printed bounds of this anchor."""
        if not self.has_bounds:
            return False
        if self.lower is not None and (value < self.lower or (self.lower_open and value == self.lower)):
            return False
        return not (
            self.upper is not None and (value > self.upper or (self.upper_open and value == self.upper))
        )


@dataclass(frozen=True)
class FewSeekers:
    """The relief for a specialist with few job seekers: `times` contacts for each is enough for the top anchor."""

    fewer_than: int
    times: int


@dataclass(frozen=True)
class Item:
    """One row of the score sheet.

    `number` counts through the scale, `number_in_section` afresh in each section, as the form does.
    `per_specialist`: rate each employment specialist, average, take the closest point.
    `part_label`, `whole_label`: what the two numbers of a ratio or percentage count; for the readings days and
    contacts `part_label` names the one number asked for.
    """

    code: str
    number: int
    number_in_section: int
    title: str
    short_title: str
    measures: str
    reading: Reading
    anchors: tuple[Anchor, ...]
    intent: str = ""
    note: str = ""
    unit: str = ""
    part_label: str = ""
    whole_label: str = ""
    per_specialist: bool = False
    few_seekers: FewSeekers | None = None
    evidence: tuple[str, ...] = ()
    principles: tuple[str, ...] = ()
    components: tuple[Component, ...] = ()
    conditions: tuple[Condition, ...] = ()

    def anchor(self, points: int) -> Anchor:
        """The anchor for a score. Raises KeyError where the item has none for it."""
        for anchor in self.anchors:
            if anchor.points == points:
                return anchor
        raise KeyError(points)

    def next_anchor(self, points: int) -> Anchor | None:
        """What the next point takes; None at the top."""
        higher = [anchor for anchor in self.anchors if anchor.points > points]
        return min(higher, key=lambda anchor: anchor.points) if higher else None

    @property
    def takes_facts(self) -> bool:
        """Whether facts can suggest a score: there is a number, a count or a condition to go by."""
        return bool(
            self.components
            or self.conditions
            or self.per_specialist
            or any(anchor.has_bounds for anchor in self.anchors)
        )


@dataclass(frozen=True)
class Section:
    code: str
    number: int
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class ScaleSpec:
    """One version of a scale, complete.

    `language`: BCP 47 tag of the wording (`en-US`, `en-GB`). `minimum`, `maximum`: points of every item.
    """

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
    sections: tuple[Section, ...]
    bands: tuple[Band, ...]
    evidence_sources: tuple[EvidenceSource, ...] = ()
    principles: tuple[Principle, ...] = ()

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every item, in the order of the score sheet."""
        return tuple(item for section in self.sections for item in section.items)

    @cached_property
    def items_by_code(self) -> dict[str, Item]:
        return {item.code: item for item in self.items}

    @cached_property
    def lowest_total(self) -> int:
        return self.minimum * len(self.items)

    @cached_property
    def highest_total(self) -> int:
        return self.maximum * len(self.items)

    def item(self, code: str) -> Item:
        """Raises KeyError for a code that is not of this version."""
        return self.items_by_code[code]

    def section_of(self, code: str) -> Section:
        return next(section for section in self.sections if any(item.code == code for item in section.items))

    def item_before(self, code: str) -> Item | None:
        return self._neighbour(code, -1)

    def item_after(self, code: str) -> Item | None:
        return self._neighbour(code, +1)

    def _neighbour(self, code: str, step: int) -> Item | None:
        place = self.items.index(self.item(code)) + step
        return self.items[place] if 0 <= place < len(self.items) else None


@dataclass(frozen=True)
class ProfileSource:
    """A paper, talk or decision that statements of a profile rest on."""

    code: str
    citation: str


@dataclass(frozen=True)
class Statement:
    kind: StatementKind
    text: str
    source: str


@dataclass(frozen=True)
class UnratedReason:
    """An accepted reason for leaving an item without a score in this setting."""

    code: str
    text: str
    source: str


@dataclass(frozen=True)
class ExpectedLoss:
    """Points that the setting is known to cost a service that does all it can, from `lowest` to `highest`."""

    lowest: int
    highest: int
    source: str


@dataclass(frozen=True)
class ReanchoredThreshold:
    """Replacement bounds of one anchor in this setting; they give a setting score, never the standard one."""

    points: int
    source: str
    lower: Decimal | None = None
    upper: Decimal | None = None


@dataclass(frozen=True)
class Adjustment:
    """What a setting does to one item."""

    item: str
    degree: Degree = Degree.SAME
    expected_loss: ExpectedLoss | None = None
    statements: tuple[Statement, ...] = ()
    thresholds: tuple[ReanchoredThreshold, ...] = ()
    unrated_reasons: tuple[UnratedReason, ...] = ()

    def statements_by_kind(self) -> list[tuple[str, list[Statement]]]:
        """What is said of the item, under the kinds in their fixed order; empty kinds left out."""
        kinds = {kind: [line for line in self.statements if line.kind is kind] for kind in StatementKind}
        return [(kind.value, lines) for kind, lines in kinds.items() if lines]


@dataclass(frozen=True)
class ProfileSpec:
    """A setting profile of one scale version.

    `setting`: code of the setting it is for. `in_words`: how a sentence names it ("primary care").
    `unrated_reasons`: accepted for every item; an adjustment may add its own.
    """

    code: str
    scale_code: str
    scale_label: str
    setting: str
    title: str
    in_words: str
    summary: str
    sources: tuple[ProfileSource, ...] = ()
    notes: tuple[Statement, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    unrated_reasons: tuple[UnratedReason, ...] = ()

    @cached_property
    def adjustments_by_item(self) -> dict[str, Adjustment]:
        return {adjustment.item: adjustment for adjustment in self.adjustments}

    def adjustment(self, item_code: str) -> Adjustment:
        """What the setting does to an item; an empty adjustment where it says nothing."""
        return self.adjustments_by_item.get(item_code, Adjustment(item=item_code))

    def loss(self, item_code: str) -> tuple[int, int]:
        """Lowest and highest expected loss of an item in points; (0, 0) where none is known."""
        loss = self.adjustment(item_code).expected_loss
        return (loss.lowest, loss.highest) if loss else (0, 0)

    def sources_of(self, item_code: str) -> tuple[ProfileSource, ...]:
        """The sources that statements about an item, and its bounds here, rest on."""
        adjustment = self.adjustment(item_code)
        named = {statement.source for statement in adjustment.statements}
        named |= {threshold.source for threshold in adjustment.thresholds}
        return tuple(source for source in self.sources if source.code in named)

    def reasons_for_unrated(self, item_code: str) -> tuple[UnratedReason, ...]:
        return self.unrated_reasons + self.adjustment(item_code).unrated_reasons
