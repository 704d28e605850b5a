"""What of a profile fits another version of its scale, and what is to be read again there."""

from dataclasses import replace

from scales.comparing.anchors import item_moved
from scales.spec import Adjustment, ProfileSpec, ScaleSpec


def fitting_adjustments(profile: ProfileSpec, scale: ScaleSpec) -> tuple[Adjustment, ...]:
    """What a profile says of the items that a scale version has; bounds for scores that it lacks are left out."""
    points = range(scale.minimum, scale.maximum + 1)
    widest = scale.maximum - scale.minimum
    return tuple(
        replace(
            row,
            expected_loss=row.expected_loss
            and replace(
                row.expected_loss,
                lowest=min(row.expected_loss.lowest, widest),
                highest=min(row.expected_loss.highest, widest),
            ),
            thresholds=tuple(threshold for threshold in row.thresholds if threshold.points in points),
        )
        for row in profile.adjustments
        if row.item in scale.items_by_code
    )


def items_left_out(profile: ProfileSpec, scale: ScaleSpec) -> tuple[str, ...]:
    """Codes of the items that a profile speaks of and the version does not have."""
    return tuple(row.item for row in profile.adjustments if row.item not in scale.items_by_code)


def items_to_read_again(profile: ProfileSpec, before: ScaleSpec, after: ScaleSpec) -> tuple[str, ...]:
    """Codes of the items that a profile speaks of and that one version scores by other anchors than the other."""
    return tuple(
        row.item
        for row in profile.adjustments
        if row.item in before.items_by_code
        and row.item in after.items_by_code
        and item_moved(before.item(row.item), after.item(row.item))
    )
