"""Two versions of a scale side by side: items joined by their code, each with all that differs."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from scales.comparing.anchors import AnchorChange, anchor_changes, item_moved
from scales.comparing.bands import BandRun, band_runs
from scales.comparing.texts import TextChange, ValueChange, row_changes, text_changes, value_changes
from scales.spec import Condition, Item, ScaleSpec, Section

HEAD_TEXTS = ("scale_name", "label", "title", "language", "source", "edition", "permission")
ITEM_TEXTS = (
    "title",
    "short_title",
    "measures",
    "intent",
    "note",
    "unit",
    "part_label",
    "whole_label",
)
ITEM_VALUES = ("reading", "per_specialist", "few_seekers", "evidence", "principles")


@dataclass(frozen=True)
class SectionChange:
    """A section that came, went, or is called or numbered otherwise."""

    code: str
    before: Section | None
    after: Section | None

    @property
    def title(self) -> TextChange | None:
        titles = [one.title if one else "" for one in (self.before, self.after)]
        return None if titles[0] == titles[1] else TextChange("title", *titles)


@dataclass(frozen=True)
class QuestionChange:
    """A question beside the number of an item that came, went, reads otherwise or answers otherwise."""

    code: str
    before: Condition | None
    after: Condition | None

    @property
    def text(self) -> TextChange | None:
        """The question, where it reads otherwise."""
        texts = [one.question if one else "" for one in (self.before, self.after)]
        return None if texts[0] == texts[1] else TextChange(self.code, *texts)


@dataclass(frozen=True)
class ItemChange:
    """One item in both versions; None where it is not in one of them.

    `moved`: it stands in another section, or changed places with other items. `components`: by code.
    `threshold_moved`: facts come to another score than before, or may.
    """

    code: str
    before: Item | None
    after: Item | None
    section_before: Section | None = None
    section_after: Section | None = None
    moved: bool = False
    threshold_moved: bool = False
    texts: tuple[TextChange, ...] = ()
    values: tuple[ValueChange, ...] = ()
    anchors: tuple[AnchorChange, ...] = ()
    components: tuple[TextChange, ...] = ()
    questions: tuple[QuestionChange, ...] = ()

    @property
    def item(self) -> Item:
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def is_added(self) -> bool:
        return self.before is None

    @property
    def is_removed(self) -> bool:
        return self.after is None

    @property
    def renumbered(self) -> bool:
        """Its number differs only because others came, went or moved."""
        return self._numbers_differ and not self.moved

    @property
    def reworded(self) -> bool:
        anchors = any(anchor.descriptor for anchor in self.anchors)
        questions = any(question.text for question in self.questions)
        return bool(self.texts or self.components or questions or anchors)

    @property
    def differs(self) -> bool:
        """In anything but its number."""
        within = (self.texts, self.values, self.anchors, self.components, self.questions)
        return bool(self.is_added or self.is_removed or self.moved or any(within))

    @property
    def _numbers_differ(self) -> bool:
        return self.before is not None and self.after is not None and self.before.number != self.after.number


@dataclass(frozen=True)
class VersionComparison:
    """`items`: every item of either version, in the order of the later one, those removed where they were."""

    before: ScaleSpec
    after: ScaleSpec
    head: tuple[TextChange, ...]
    points: tuple[ValueChange, ...]
    bands: tuple[BandRun, ...]
    meanings: tuple[TextChange, ...]
    evidence: tuple[TextChange, ...]
    principles: tuple[TextChange, ...]
    sections: tuple[SectionChange, ...]
    items: tuple[ItemChange, ...] = field(default=())

    @property
    def changed(self) -> tuple[ItemChange, ...]:
        return tuple(change for change in self.items if change.differs)

    @property
    def renumbered(self) -> tuple[ItemChange, ...]:
        """Items that only have another number now."""
        return tuple(change for change in self.items if change.renumbered and not change.differs)

    @property
    def unchanged(self) -> int:
        return len(self.items) - len(self.changed) - len(self.renumbered)

    @property
    def totals_moved(self) -> bool:
        """Whether other totals are possible than before."""
        ranges = [(spec.lowest_total, spec.highest_total) for spec in (self.before, self.after)]
        return ranges[0] != ranges[1]

    @property
    def is_same(self) -> bool:
        rest = (self.head, self.points, self.bands, self.meanings, self.evidence, self.principles)
        return not (any(rest) or self.sections or self.changed or self.renumbered)


def compare_versions(before: ScaleSpec, after: ScaleSpec) -> VersionComparison:
    """Everything that differs. The two may be of different scales: what has the same code is the same item."""
    return VersionComparison(
        before=before,
        after=after,
        head=text_changes(before, after, HEAD_TEXTS),
        points=value_changes(before, after, ("minimum", "maximum")),
        bands=band_runs(before, after),
        meanings=_meanings(before, after),
        evidence=row_changes(
            before.evidence_sources, after.evidence_sources, lambda row: row.code, lambda row: row.title
        ),
        principles=row_changes(
            before.principles, after.principles, lambda row: row.code, lambda row: row.title
        ),
        sections=_sections(before, after),
        items=tuple(_items(before, after)),
    )


def _meanings(before: ScaleSpec, after: ScaleSpec) -> tuple[TextChange, ...]:
    """What a band means, told otherwise under the same label."""
    old = {band.label: band.meaning for band in before.bands}
    pairs = [(band.label, old[band.label], band.meaning) for band in after.bands if band.label in old]
    return tuple(TextChange(label, was, now) for label, was, now in pairs if was != now)


def _sections(before: ScaleSpec, after: ScaleSpec) -> tuple[SectionChange, ...]:
    old = {section.code: section for section in before.sections}
    new = {section.code: section for section in after.sections}
    changes = (SectionChange(code, old.get(code), new.get(code)) for code in dict.fromkeys([*new, *old]))
    return tuple(
        change
        for change in changes
        if not (
            change.before
            and change.after
            and (change.before.title, change.before.number) == (change.after.title, change.after.number)
        )
    )


def _items(before: ScaleSpec, after: ScaleSpec) -> Iterator[ItemChange]:
    sections = [
        {item.code: part for part in spec.sections for item in part.items} for spec in (before, after)
    ]
    stayed = _in_place(before, after)
    for code in _order(before, after):
        old, new = before.items_by_code.get(code), after.items_by_code.get(code)
        places = (sections[0].get(code), sections[1].get(code))
        if old is None or new is None:
            yield ItemChange(code, old, new, *places)
        else:
            other_section = getattr(places[0], "code", None) != getattr(places[1], "code", None)
            yield _item(old, new, places, other_section or code not in stayed)


def _item(
    before: Item, after: Item, places: tuple[Section | None, Section | None], moved: bool
) -> ItemChange:
    return ItemChange(
        after.code,
        before,
        after,
        *places,
        moved=moved,
        threshold_moved=item_moved(before, after),
        texts=text_changes(before, after, ITEM_TEXTS),
        values=value_changes(before, after, ITEM_VALUES),
        anchors=anchor_changes(before, after),
        components=row_changes(
            before.components, after.components, lambda row: row.code, lambda row: row.text
        ),
        questions=tuple(_questions(before, after)),
    )


def _questions(before: Item, after: Item) -> Iterator[QuestionChange]:
    old = {row.code: row for row in before.conditions}
    new = {row.code: row for row in after.conditions}
    for code in dict.fromkeys([*new, *old]):
        if old.get(code) != new.get(code):
            yield QuestionChange(code, old.get(code), new.get(code))


def _order(before: ScaleSpec, after: ScaleSpec) -> list[str]:
    """Codes of the later version, each removed one after the item that it followed."""
    codes = [item.code for item in after.items]
    codes = list(dict.fromkeys(codes))
    place = 0
    for item in before.items:
        if item.code in codes:
            place = codes.index(item.code) + 1
        else:
            codes.insert(place, item.code)
            place += 1
    return codes


def _in_place(before: ScaleSpec, after: ScaleSpec) -> frozenset[str]:
    """The most items of both versions that still follow each other as they did; the others changed places."""
    old = {item.code: place for place, item in enumerate(before.items)}
    codes = [item.code for item in after.items if item.code in old]
    # The longest rising run through the old places, by the usual piles.
    tops: list[int] = []
    pile_of: list[int] = []
    for code in codes:
        pile = bisect_left(tops, old[code])
        tops[pile : pile + 1] = [old[code]]
        pile_of.append(pile)
    stayed, wanted, under = set(), len(tops) - 1, len(old)
    for code, pile in zip(reversed(codes), reversed(pile_of), strict=True):
        if pile == wanted and old[code] < under:
            stayed.add(code)
            wanted, under = wanted - 1, old[code]
    return frozenset(stayed)
