"""Whether an item is still scored by the same numbers, counts and questions in another version, and where not."""

from collections.abc import Iterator
from dataclasses import dataclass

from scales.comparing.texts import TextChange
from scales.spec import Anchor, Condition, Item, ScaleSpec


@dataclass(frozen=True)
class AnchorChange:
    """One anchor that differs. None where the version had none for these points.

    `threshold_moved`: its bounds, count or questions differ, or it came or went; rewording alone moves nothing.
    """

    points: int
    before: Anchor | None
    after: Anchor | None
    threshold_moved: bool

    @property
    def descriptor(self) -> TextChange | None:
        """The descriptor, where it differs."""
        texts = [one.descriptor if one else "" for one in (self.before, self.after)]
        return None if texts[0] == texts[1] else TextChange("descriptor", *texts)


def anchor_changes(before: Item, after: Item) -> tuple[AnchorChange, ...]:
    """The anchors in which two items differ, highest points first."""
    return tuple(_anchor_changes(before, after))


def anchors_moved(before: ScaleSpec, after: ScaleSpec) -> frozenset[str]:
    """Codes of the items of both versions that are scored by something else than before.

    Another bound, count, question or way of reading, or another set of scores. Rewording is not moving.
    """
    return frozenset(item.code for old, item in _in_both(before, after) if item_moved(old, item))


def anchors_reworded(before: ScaleSpec, after: ScaleSpec) -> frozenset[str]:
    """Codes of the items of both versions whose descriptors, components or questions read otherwise, moved or not."""
    return frozenset(item.code for old, item in _in_both(before, after) if _wording(old) != _wording(item))


def item_moved(before: Item, after: Item) -> bool:
    return rule(before) != rule(after)


def rule(item: Item) -> tuple[object, ...]:
    """All by which facts about the item become a score, without its words."""
    return (
        item.reading,
        item.per_specialist,
        item.few_seekers,
        frozenset(component.code for component in item.components),
        frozenset(_question_rule(condition) for condition in item.conditions),
        {anchor.points: anchor_rule(anchor) for anchor in item.anchors},
    )


def anchor_rule(anchor: Anchor) -> tuple[object, ...]:
    return (
        anchor.lower,
        anchor.upper,
        anchor.lower_open and anchor.lower is not None,
        anchor.upper_open and anchor.upper is not None,
        anchor.count_lowest,
        anchor.count_highest,
        frozenset(anchor.requires),
        frozenset(anchor.also_when),
    )


def _question_rule(condition: Condition) -> tuple[object, ...]:
    return condition.code, frozenset(condition.implies), condition.whole_below


def _wording(item: Item) -> tuple[object, ...]:
    return (
        {anchor.points: anchor.descriptor for anchor in item.anchors},
        {component.code: component.text for component in item.components},
        {condition.code: condition.question for condition in item.conditions},
    )


def _in_both(before: ScaleSpec, after: ScaleSpec) -> Iterator[tuple[Item, Item]]:
    for item in after.items:
        if old := before.items_by_code.get(item.code):
            yield old, item


def _anchor_changes(before: Item, after: Item) -> Iterator[AnchorChange]:
    old = {anchor.points: anchor for anchor in before.anchors}
    new = {anchor.points: anchor for anchor in after.anchors}
    for points in sorted(old.keys() | new.keys(), reverse=True):
        was, now = old.get(points), new.get(points)
        moved = was is None or now is None or anchor_rule(was) != anchor_rule(now)
        if moved or (was and now and was.descriptor != now.descriptor):
            yield AnchorChange(points, was, now, moved)
