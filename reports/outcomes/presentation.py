"""Employment outcomes as a section of a page: the chart, its table, and what can and cannot be read from it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programs.models import QuarterlyOutcome, Site
from programs.outcomes.reading import Quarter
from programs.outcomes.table import QuarterLine, definition_changes, newest_first, percent
from reports.outcomes.chart import OutcomesChart, QuarterValue, Series, outcomes_chart

WIDE, NARROW = 640.0, 250.0


@dataclass(frozen=True)
class Outcomes:
    """`lines`: newest quarter first. `notes`: what can be read from these numbers and what cannot."""

    chart: OutcomesChart
    narrow_chart: OutcomesChart
    lines: Sequence[QuarterLine]
    notes: Sequence[str]
    has_changes: bool
    counted_by: str


def outcomes_of(site: Site, start: date | None = None, end: date | None = None) -> Outcomes | None:
    """One query; None where no quarter is entered. See `present_outcomes`."""
    return present_outcomes(list(QuarterlyOutcome.objects.of_site(site)), start, end)


def present_outcomes(
    rows: Sequence[QuarterlyOutcome],
    start: date | None = None,
    end: date | None = None,
    *,
    wide: float = WIDE,
    inset: float = 12.0,
) -> Outcomes | None:
    """`rows`: of one site, oldest first. `start`, `end`: of the axis of time; without them, of these quarters."""
    if not rows:
        return None
    start, end = start or _starts_on(rows[0]), end or rows[-1].ends_on
    series, title = series_of(rows), _title(rows)
    counted = [row for row in rows if row.starts_by_definition is not None]
    return Outcomes(
        chart=outcomes_chart(series, start, end, title=title, width=wide, inset=inset),
        narrow_chart=outcomes_chart(series, start, end, title=title, width=NARROW),
        lines=newest_first(rows),
        notes=_notes(rows),
        has_changes=bool(definition_changes(rows)),
        counted_by=str(counted[-1].definition) if counted else "",
    )


def series_of(rows: Sequence[QuarterlyOutcome]) -> list[Series]:
    """Each number that is known of some quarter, in the order in which they are drawn."""
    changes = definition_changes(rows)
    drawn = [
        _series(rows, _("People on the caseload"), "circle", lambda row: row.on_caseload),
        _series(rows, _("People in work"), "square", lambda row: row.in_work),
        _series(
            rows,
            _("Share in work: people in work for each 100 on the caseload"),
            "diamond",
            lambda row: row.share_in_work,
            percent,
        ),
        _series(rows, _("Job starts in the quarter"), "triangle", lambda row: row.job_starts),
        _series(
            rows, _("Job starts that count"), "wedge", lambda row: row.starts_by_definition, changes=changes
        ),
    ]
    return [one for one in drawn if one.values]


def _series(
    rows: Sequence[QuarterlyOutcome],
    label: str,
    shape: str,
    value_of: Callable[[QuarterlyOutcome], float | None],
    text_of: Callable[[float], str] = number_format,
    changes: dict[int, str] | None = None,
) -> Series:
    values = [
        QuarterValue(
            place=row.year * 4 + row.quarter,
            on=row.ends_on,
            value=value,
            text=text_of(value),
            is_changed=row.pk in (changes or {}),
        )
        for row in rows
        if (value := value_of(row)) is not None
    ]
    return Series(label, shape, values)


def _starts_on(row: QuarterlyOutcome) -> date:
    return date(row.year, 3 * row.quarter - 2, 1)


def _title(rows: Sequence[QuarterlyOutcome]) -> str:
    """The first and the latest number of each row, for who does not see the chart."""
    parts = []
    for one in series_of(rows):
        first, latest = one.values[0], one.values[-1]
        if first is latest:
            parts.append(_("%(label)s: %(latest)s") % {"label": one.label, "latest": latest.text})
        else:
            said = _("%(label)s: %(first)s at first, %(latest)s latest")
            parts.append(said % {"label": one.label, "first": first.text, "latest": latest.text})
    span = _("Employment outcomes, %(first)s to %(last)s.") % {"first": rows[0].label, "last": rows[-1].label}
    return f"{span} {'; '.join(parts)}."


def _notes(rows: Sequence[QuarterlyOutcome]) -> list[str]:
    count = len(rows)
    few = ngettext(
        "This is %(count)s quarter of one site: one point shows no direction.",
        "These are %(count)s quarters of one site. That is few: numbers this small go up and down by chance, so look at"
        " the whole line and not at one step.",
        count,
    )
    notes = [few % {"count": count}]
    if missing := _quarters_between(rows) - count:
        gap = ngettext(
            "%(count)s quarter in between is not entered; the line has a gap there.",
            "%(count)s quarters in between are not entered; the line has a gap there.",
            missing,
        )
        notes.append(gap % {"count": missing})
    latest = next((row for row in reversed(rows) if row.share_in_work is not None), None)
    if latest:
        one = _(
            "In %(quarter)s one person more in work would be %(points)s percentage points: %(in_work)s of"
            " %(on_caseload)s people were in work."
        )
        notes.append(
            one
            % {
                "quarter": latest.label,
                "points": number_format(100 / latest.on_caseload, 1),
                "in_work": latest.in_work,
                "on_caseload": latest.on_caseload,
            }
        )
    if definition_changes(rows):
        notes.append(
            _("Which starts count was changed on the way: the numbers before and after cannot be compared.")
        )
    notes += [
        _("What can be read: how the numbers went, and whether they moved at the same time as fidelity."),
        _(
            "What cannot be read: that fidelity brought this about. Staff, referrals, the local job market, who is on"
            " the caseload and the way of counting change too, and one site has nothing to be compared with."
        ),
    ]
    return notes


def _quarters_between(rows: Sequence[QuarterlyOutcome]) -> int:
    """How many quarters there are from the first to the last, both counted."""
    first, last = (Quarter(row.year, row.quarter) for row in (rows[0], rows[-1]))
    return (last.year - first.year) * 4 + last.quarter - first.quarter + 1
