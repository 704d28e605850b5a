"""Two setting profiles side by side: what is said of the setting, and of each item by its code."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from scales.comparing.texts import (
    ALIKE,
    WORDS,
    TextChange,
    ValueChange,
    row_changes,
    text_changes,
    value_changes,
)
from scales.scoring import attainable
from scales.spec import (
    Adjustment,
    Item,
    ProfileSpec,
    ReanchoredThreshold,
    ScaleSpec,
    Statement,
    UnratedReason,
)

HEAD_TEXTS = ("code", "setting", "title", "in_words", "summary")


@dataclass(frozen=True)
class StatementChange:
    """A statement that came, went, or reads or cites otherwise."""

    before: Statement | None
    after: Statement | None

    @property
    def texts(self) -> TextChange:
        kind = (self.after or self.before).kind.value  # type: ignore[union-attr]
        return TextChange(kind, *(one.text if one else "" for one in (self.before, self.after)))

    @property
    def source(self) -> ValueChange | None:
        """The source, where both are there and rest on different ones."""
        if self.before is None or self.after is None or self.before.source == self.after.source:
            return None
        return ValueChange("source", self.before.source, self.after.source)


@dataclass(frozen=True)
class ThresholdChange:
    points: int
    before: ReanchoredThreshold | None
    after: ReanchoredThreshold | None


@dataclass(frozen=True)
class AdjustmentChange:
    """What the two profiles say differently about one item.

    `item`: as the later version has it, or the earlier one where it has it no longer. `values`: `degree` and
    `expected_loss`. `reasons`: accepted reasons for no score, by code.
    """

    item: Item
    values: tuple[ValueChange, ...]
    statements: tuple[StatementChange, ...]
    thresholds: tuple[ThresholdChange, ...]
    reasons: tuple[TextChange, ...]

    @property
    def differs(self) -> bool:
        return bool(self.values or self.statements or self.thresholds or self.reasons)


@dataclass(frozen=True)
class ProfileComparison:
    """`attainable`: lowest and highest total that a service can reach in the setting, before and after."""

    before: ProfileSpec
    after: ProfileSpec
    head: tuple[TextChange, ...]
    sources: tuple[TextChange, ...]
    notes: tuple[StatementChange, ...]
    reasons: tuple[TextChange, ...]
    adjustments: tuple[AdjustmentChange, ...]
    attainable: tuple[tuple[int, int], tuple[int, int]]
    highest_totals: tuple[int, int]
    unchanged: int

    @property
    def is_same(self) -> bool:
        return not (self.head or self.sources or self.notes or self.reasons or self.adjustments)


def compare_profiles(
    before: ProfileSpec, before_scale: ScaleSpec, after: ProfileSpec, after_scale: ScaleSpec
) -> ProfileComparison:
    """Everything that differs. Each profile comes with its own version; items are joined by their code."""
    items = {item.code: item for scale in (before_scale, after_scale) for item in scale.items}
    spoken_of = {row.item for profile in (before, after) for row in profile.adjustments}
    order = dict.fromkeys([item.code for item in (*after_scale.items, *before_scale.items)])
    changes = [
        _adjustment(items[code], before.adjustment(code), after.adjustment(code))
        for code in order
        if code in spoken_of
    ]
    return ProfileComparison(
        before=before,
        after=after,
        head=text_changes(before, after, HEAD_TEXTS),
        sources=row_changes(before.sources, after.sources, lambda row: row.code, lambda row: row.citation),
        notes=_statements(before.notes, after.notes),
        reasons=_reasons(before.unrated_reasons, after.unrated_reasons),
        adjustments=tuple(change for change in changes if change.differs),
        attainable=(attainable(before_scale, before), attainable(after_scale, after)),
        highest_totals=(before_scale.highest_total, after_scale.highest_total),
        unchanged=sum(not change.differs for change in changes),
    )


def _adjustment(item: Item, before: Adjustment, after: Adjustment) -> AdjustmentChange:
    old = {row.points: row for row in before.thresholds}
    new = {row.points: row for row in after.thresholds}
    return AdjustmentChange(
        item=item,
        values=value_changes(before, after, ("degree", "expected_loss")),
        statements=_statements(before.statements, after.statements),
        thresholds=tuple(
            ThresholdChange(points, old.get(points), new.get(points))
            for points in sorted(old.keys() | new.keys(), reverse=True)
            if old.get(points) != new.get(points)
        ),
        reasons=_reasons(before.unrated_reasons, after.unrated_reasons),
    )


def _reasons(before: Sequence[UnratedReason], after: Sequence[UnratedReason]) -> tuple[TextChange, ...]:
    return row_changes(before, after, lambda row: row.code, lambda row: row.text)


def _statements(before: Sequence[Statement], after: Sequence[Statement]) -> tuple[StatementChange, ...]:
    """Statements have no code: equal ones are the same, then those of one kind that read most alike."""
    gone = _without(before, after)
    came = _without(after, before)
    changes = []
    for now in came:
        alike = max(
            (was for was in gone if was.kind is now.kind), key=lambda was: _likeness(was, now), default=None
        )
        if alike is not None and _likeness(alike, now) >= ALIKE:
            gone.remove(alike)
        else:
            alike = None
        changes.append(StatementChange(alike, now))
    return (*changes, *(StatementChange(was, None) for was in gone))


def _without(rows: Sequence[Statement], others: Sequence[Statement]) -> list[Statement]:
    left = list(others)
    found = []
    for row in rows:
        if row in left:
            left.remove(row)
        else:
            found.append(row)
    return found


def _likeness(one: Statement, other: Statement) -> float:
    return SequenceMatcher(None, WORDS.findall(one.text), WORDS.findall(other.text), autojunk=False).ratio()
