"""Employment outcomes on the axis of time of a site's totals, so that both are read for the same days."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from programs.models import QuarterlyOutcome, Site
from reports.outcomes.chart import OutcomesChart, outcomes_chart
from reports.outcomes.presentation import Outcomes, present_outcomes, series_of
from reports.trend.history import History
from reports.trend.total_chart import EDGE, NARROW, WIDE, axis_of
from reports.trend.total_frame import Size

MONTHS = 3


@dataclass(frozen=True)
class Drawn:
    """`outcomes`: what stands below the totals of the first of the histories; None where no quarter is entered."""

    histories: tuple[History, ...]
    outcomes: Outcomes | None = None


def beside_the_first(histories: tuple[History, ...], site: Site | None) -> Drawn:
    """The axis of the first history reaches over the quarters too. `site`: None for who may not read its outcomes."""
    quarters = list(QuarterlyOutcome.objects.of_site(site)) if site and histories else []
    if not quarters:
        return Drawn(histories)
    first = date(quarters[0].year, MONTHS * quarters[0].quarter - MONTHS + 1, 1)
    newest = replace(histories[0], also_on_axis=(first, quarters[-1].ends_on))
    axis = axis_of(newest, WIDE)
    outcomes = present_outcomes(quarters, axis.first, axis.last)
    charts = {
        name: _chart(quarters, outcomes.chart.title, newest, size)
        for name, size in (("chart", WIDE), ("narrow_chart", NARROW))
    }
    return Drawn((newest, *histories[1:]), replace(outcomes, **charts))


def _chart(quarters: Sequence[QuarterlyOutcome], title: str, history: History, size: Size) -> OutcomesChart:
    """As wide as the plane of the totals; trend.css sets it under it."""
    axis, width = axis_of(history, size), size.width - size.left - size.beside
    return outcomes_chart(series_of(quarters), axis.first, axis.last, title=title, width=width, inset=EDGE)
