"""The bounds of anchors in words: as printed, and as a setting puts others in their place."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import localize
from django.utils.translation import gettext as _

from scales.spec import Adjustment, Anchor, Item, ReanchoredThreshold


@dataclass(frozen=True)
class SettingBounds:
    """`bounds`: of this score in the setting. `printed`: in the scale; empty where no number is printed."""

    points: int
    bounds: str
    printed: str
    source: str


def setting_bounds(item: Item, adjustment: Adjustment) -> list[SettingBounds]:
    """What the setting reads otherwise than the scale, the highest score first."""
    anchors = {anchor.points: anchor for anchor in item.anchors}
    return [
        SettingBounds(
            row.points,
            _of_unit(printed_bounds(row), item),
            printed_bounds(anchors[row.points]) if row.points in anchors else "",
            row.source,
        )
        for row in sorted(adjustment.thresholds, key=lambda row: -row.points)
    ]


def _of_unit(bounds: str, item: Item) -> str:
    return f"{bounds} {item.unit}".strip()


def printed_bounds(anchor: Anchor | ReanchoredThreshold) -> str:
    """The bounds of an anchor in words, such as "21 to 25"; empty where it has none."""
    lower, upper = (None if bound is None else plain(bound) for bound in (anchor.lower, anchor.upper))
    if lower is not None and lower == upper:
        return str(localize(lower))
    # A setting's own bounds are always included.
    is_printed = isinstance(anchor, Anchor)
    lower_open, upper_open = is_printed and anchor.lower_open, is_printed and anchor.upper_open
    above = _("above %(bound)s") if lower_open else _("from %(bound)s")
    below = _("below %(bound)s") if upper_open else _("up to %(bound)s")
    if lower is not None and upper is not None and not (lower_open or upper_open):
        return _("%(lower)s to %(upper)s") % {"lower": localize(lower), "upper": localize(upper)}
    parts = [
        words % {"bound": localize(bound)}
        for words, bound in ((above, lower), (below, upper))
        if bound is not None
    ]
    return ", ".join(parts)


def plain(number: Decimal) -> Decimal:
    """Without zeros at its end: 20 and not 20.0000, nor 2E+1."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()
