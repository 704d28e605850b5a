"""The trend of a site as its page shows it: every word, figure and chart in place, in the language that is active."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports import words
from reports.document import BandLine, Range
from reports.trend import telling
from reports.trend.history import History, Visit, change_of_total
from reports.trend.moves import ItemMove, moves_between
from reports.trend.shapes import shape
from reports.trend.small_views import (
    ItemGroup,
    SectionTrend,
    item_groups,
    section_trends,
    subtotal_words,
)
from reports.trend.time_axis import Tick
from reports.trend.total_chart import NARROW, WIDE, Threshold, TotalChart, axis_of, total_chart
from reports.trend.total_frame import ChartWords

KEY_SIZE = 5.2


@dataclass(frozen=True)
class ThresholdLine:
    """What a funder asks for, where that is written, and the days that it counts. `until`: None where it counts still.

    `is_in_force`: it counts today.
    """

    points: int
    source: str
    since: date
    until: date | None
    is_in_force: bool


@dataclass(frozen=True)
class SectionCell:
    title: str
    words: str


@dataclass(frozen=True)
class VisitRow:
    """One review in the table. `review`: its number where there is a report to read. `sections`: in their order."""

    visit: str
    month: str
    review: int | None
    type: str
    independence: str
    is_imported: bool
    is_self_assessed: bool
    version: str
    profile: str
    total: str
    band: str
    change: str
    attainable: str
    sections: tuple[SectionCell, ...]


@dataclass(frozen=True)
class KeyLine:
    """A type of review in the chart: its shape round the middle, and its name."""

    path: str
    is_hollow: bool
    name: str


@dataclass(frozen=True)
class MoveRow:
    number: int
    title: str
    step: str
    change: str
    whose: str


@dataclass(frozen=True)
class ScoreRow:
    """`scores`: of each review in its order, "–" where unrated."""

    number: int
    title: str
    scores: tuple[str, ...]


@dataclass(frozen=True)
class ScaleTrend:
    """What the page shows of one scale. `key`: types of review in the chart. `since`: a month."""

    code: str
    title: str
    standing: str
    sentences: tuple[str, ...]
    since: str
    slipped: tuple[MoveRow, ...]
    rose: tuple[MoveRow, ...]
    wide: TotalChart
    narrow: TotalChart
    key: tuple[KeyLine, ...]
    has_stretches: bool
    has_attainable: bool
    threshold: str
    notes: tuple[str, ...]
    rows: tuple[VisitRow, ...]
    oldest_first: tuple[VisitRow, ...]
    section_titles: tuple[str, ...]
    sections: tuple[SectionTrend, ...]
    groups: tuple[ItemGroup, ...]
    scores: tuple[ScoreRow, ...]


def scale_trend(
    history: History, thresholds: Sequence[ThresholdLine] = (), *, reads_all: bool = True
) -> ScaleTrend:
    latest, before = history.latest, history.before
    moves = moves_between(before, latest) if before else None
    asked = [
        Threshold(one.points, _asked_for(one), one.since, one.until) for one in _in_sight(history, thresholds)
    ]
    in_force = next((one for one in thresholds if one.is_in_force), None)
    chart_words = _chart_words(history)
    rows = tuple(_row(history, visit) for visit in history.visits)
    said = [telling.why_no_change(history), *(telling.moved_items(moves) if moves else ())]
    return ScaleTrend(
        code=history.spec.scale_code,
        title=history.spec.scale_name,
        standing=telling.standing(history, reads_all=reads_all),
        sentences=tuple(one for one in [*said, telling.whose_gap(latest)] if one),
        since=words.month(before.starts_on) if before else "",
        slipped=tuple(map(_move_row, moves.slipped)) if moves else (),
        rose=tuple(map(_move_row, moves.rose)) if moves else (),
        wide=total_chart(history, chart_words, WIDE, asked),
        narrow=total_chart(history, chart_words, NARROW, asked),
        key=_key(history),
        has_stretches=any(not visit.is_complete for visit in history.visits),
        has_attainable=any(_costs(visit) for visit in history.visits),
        threshold=_threshold_sentence(in_force, latest) if in_force else "",
        notes=telling.notes(history),
        rows=rows[::-1],
        oldest_first=rows,
        section_titles=tuple(section.title for section in history.sections),
        sections=section_trends(history),
        groups=item_groups(history),
        scores=tuple(
            ScoreRow(
                item.number, item.short_title, tuple(_score(visit, item.code) for visit in history.visits)
            )
            for item in history.items
        ),
    )


def _chart_words(history: History) -> ChartWords:
    bands = sorted(history.spec.bands, key=lambda band: band.lowest)
    lines = tuple(BandLine(band.label, band.lowest, band.highest, band.meaning) for band in bands)
    short = words.short_bands(lines)
    listed = [
        _("%(total)s in %(month)s") % {"total": _points(visit), "month": words.month(visit.starts_on)}
        for visit in history.visits
    ]
    return ChartWords(
        title=_("Total over time: %(totals)s") % {"totals": ", ".join(listed)},
        tick=_tick,
        bands=[short[band.label] for band in bands],
        turns=[
            _("from here: %(what)s")
            % {
                "what": ", ".join(
                    text
                    for text, is_new in (
                        (turn.after.spec.label, turn.has_new_version),
                        (turn.after.profile.title, turn.has_new_profile),
                    )
                    if is_new
                )
            }
            for turn in history.turns
        ],
        attainable=lambda visit: _("attainable here: %(range)s") % {"range": _attainable(visit)},
        imported=_("imported"),
        points=_points,
    )


def _tick(tick: Tick) -> str:
    return str(tick.day.year) if tick.is_year else date_format(tick.day, "M Y")


def _points(visit: Visit) -> str:
    return words.span(Range(visit.lowest, visit.highest))


def _attainable(visit: Visit) -> str:
    return words.span(Range(*visit.attainable))


def _costs(visit: Visit) -> bool:
    return visit.attainable[0] < visit.spec.highest_total


def _in_sight(history: History, thresholds: Sequence[ThresholdLine]) -> list[ThresholdLine]:
    """Those that count now, or counted in the time that the chart shows."""
    axis = axis_of(history, WIDE)
    return [
        one
        for one in thresholds
        if one.is_in_force or (one.since <= axis.last and (one.until is None or one.until >= axis.first))
    ]


def _asked_for(threshold: ThresholdLine) -> str:
    return _("funding threshold %(points)s") % {"points": threshold.points}


def _threshold_sentence(threshold: ThresholdLine, latest: Visit) -> str:
    given = {"points": threshold.points, "source": threshold.source.rstrip(".")}
    source = (
        _("Funding threshold: %(points)s points. Source: %(source)s. It is no band of the scale.") % given
    )
    if not latest.is_complete:
        return source
    apart = latest.points - threshold.points
    if apart == 0:
        return f"{source} {_('The latest total is the threshold itself.')}"
    side = (
        _("The latest total is %(points)s above it.")
        if apart > 0
        else _("The latest total is %(points)s below it.")
    )
    return f"{source} {side % {'points': abs(apart)}}"


def _key(history: History) -> tuple[KeyLine, ...]:
    """In the order in which they came."""
    by_form = {visit.form: visit for visit in history.visits}
    return tuple(
        KeyLine(shape(form, 0, 0, KEY_SIZE), visit.is_self_assessed, words.kind(form))
        for form, visit in by_form.items()
    )


def _row(history: History, visit: Visit) -> VisitRow:
    previous = history.previous_of(visit)
    return VisitRow(
        visit=words.days(visit.starts_on, visit.ends_on),
        month=words.month(visit.starts_on),
        review=visit.review,
        type=words.kind(visit.form),
        independence=words.independence(visit.independence),
        is_imported=visit.is_imported,
        is_self_assessed=visit.is_self_assessed,
        version=visit.spec.label,
        profile=visit.profile.title,
        total=_total(visit),
        band=visit.band,
        change=words.change(change_of_total(previous, visit)),
        attainable=_attainable(visit),
        sections=tuple(
            SectionCell(section.title, subtotal_words(visit.sections.get(section.code)))
            for section in history.sections
        ),
    )


def _total(visit: Visit) -> str:
    if visit.is_complete:
        return _("%(points)s of %(maximum)s") % {
            "points": visit.points,
            "maximum": visit.spec.highest_total,
        }
    return _("%(points)s so far, can become %(lowest)s to %(highest)s") % {
        "points": visit.points,
        "lowest": visit.lowest,
        "highest": visit.highest,
    }


def _move_row(move: ItemMove) -> MoveRow:
    given = {"points": abs(move.change)}
    return MoveRow(
        number=move.item.number,
        title=move.item.short_title,
        step=f"{move.before} → {move.now}",
        change=_("slipped %(points)s") % given if move.change < 0 else _("rose %(points)s") % given,
        whose=telling.whose_points(move.gap),
    )


def _score(visit: Visit, code: str) -> str:
    score = visit.scores.get(code)
    return words.DASH if score is None else str(score)
