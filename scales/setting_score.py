"""The score that a setting's own bounds would give. It stands beside the standard one, never instead of it."""

from dataclasses import replace

from scales.facts import Facts, FactsError
from scales.spec import Adjustment, Anchor, Item, ReanchoredThreshold
from scales.suggesting import suggest
from scales.suggestion import Reason, Suggestion


def setting_score(item: Item, adjustment: Adjustment, facts: Facts) -> int | None:
    """What the facts of an item come to by the setting's bounds, side conditions and averages as in the scale.

    Anchors without a replacement keep their printed bounds; where the two overlap the higher anchor counts, so 23
    people where the setting gives 5 points up to 25 are 5. None where the setting replaces nothing, where a fact is
    missing or cannot be, and where no anchor holds the number.
    """
    if not adjustment.thresholds:
        return None
    try:
        return _settled(suggest(item_in_setting(item, adjustment), facts))
    except FactsError:
        return None


def item_in_setting(item: Item, adjustment: Adjustment) -> Item:
    """The item with the bounds that the setting puts in place of printed ones."""
    replaced = {threshold.points: threshold for threshold in adjustment.thresholds}
    anchors = (
        _with_bounds_of(replaced[anchor.points], anchor) if anchor.points in replaced else anchor
        for anchor in item.anchors
    )
    return replace(item, anchors=tuple(anchors))


def _with_bounds_of(threshold: ReanchoredThreshold, anchor: Anchor) -> Anchor:
    return replace(anchor, lower=threshold.lower, upper=threshold.upper, lower_open=False, upper_open=False)


def _settled(suggestion: Suggestion) -> int | None:
    if suggestion.reason is Reason.IN_TWO_ANCHORS and suggestion.between:
        return max(suggestion.between)
    return suggestion.score
