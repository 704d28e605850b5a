"""The page of a site's employment outcomes: its figures are those of the rows, and it says what they cannot tell."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.permissions import Role
from programs.models import QuarterlyOutcome
from reports.outcomes.chart import SHAPES, QuarterValue, Series, outcomes_chart
from reports.outcomes.presentation import outcomes_of
from tests.factories.programs import (
    MembershipFactory,
    QuarterlyOutcomeFactory,
    SiteFactory,
    StartDefinitionFactory,
)
from tests.reviews.pages import read, text_of
from tests.visits import signed_in

START, END = date(2025, 1, 1), date(2026, 12, 31)


def value(place: int, on: date, number: float, *, is_changed: bool = False) -> QuarterValue:
    return QuarterValue(place, on, number, str(number), is_changed)


def a_chart(values, **more):
    return outcomes_chart([Series("In work", "square", values)], START, END, title="Outcomes", **more)


def test_a_line_has_a_gap_where_a_quarter_is_not_known_or_counted_another_way():
    values = [
        value(1, date(2025, 3, 31), 3),
        value(2, date(2025, 6, 30), 4),
        value(4, date(2025, 12, 31), 6),
        value(5, date(2026, 3, 31), 2, is_changed=True),
    ]

    (row,) = a_chart(values).rows

    assert re.sub(r"[\d. ]", "", row.line) == "MLMM"
    assert [dot.text for dot in row.dots] == ["3", "4", "6", "2"]
    assert row.changes == (row.dots[3].x,)


def test_points_stand_at_their_day_on_the_axis_that_is_given():
    values = [value(1, START, 0), value(8, END, 10)]
    chart = a_chart(values, width=500, inset=20)

    first, last = chart.rows[0].dots
    assert (first.x, last.x) == (20, 480)
    assert first.y == chart.rows[0].base > last.y > chart.rows[0].top
    outside = a_chart([value(0, date(2024, 12, 31), 5), *values]).rows[0]
    assert len(outside.dots) == 2


def test_numbers_that_would_run_into_one_another_are_left_to_the_table():
    values = [value(place, date(2025, 1, 1 + place), 1000 + place) for place in range(20)]

    dots = a_chart(values).rows[0].dots

    assert len(dots) == 20
    assert dots[0].text == "1000"
    assert sum(bool(dot.text) for dot in dots) < 5


def test_each_series_has_a_shape_of_its_own():
    assert len(set(SHAPES.values())) == len(SHAPES) == 5


@pytest.fixture
def site(db):
    return SiteFactory()


@pytest.fixture
def reading(site):
    return signed_in(MembershipFactory(program=site.program, role=Role.VIEWER.value).user)


def page(client, site):
    return client.get(reverse("reports:outcomes", args=[site.pk]))


def test_the_chart_and_the_table_hold_the_numbers_of_the_rows(site, reading):
    definition = StartDefinitionFactory(program=site.program)
    QuarterlyOutcomeFactory(
        site=site, year=2025, quarter=4, in_work=None, starts_by_definition=5, definition=definition
    )
    QuarterlyOutcomeFactory(site=site, on_caseload=30, in_work=12, job_starts=7)
    QuarterlyOutcomeFactory(on_caseload=777)

    outcomes = outcomes_of(site)
    drawn = {row.label: [dot.text for dot in row.dots] for row in outcomes.chart.rows}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT on_caseload, in_work, job_starts, starts_by_definition, round(100.0 * in_work / on_caseload)"
            " FROM programs_quarterlyoutcome WHERE site_id = %s ORDER BY year, quarter",
            [site.pk],
        )
        caseload, in_work, starts, counting, share = zip(*cursor.fetchall(), strict=True)

    def known(numbers, after: str = "") -> list[str]:
        return [f"{number}{after}" for number in numbers if number is not None]

    assert list(drawn.values()) == [
        known(caseload),
        known(in_work),
        known(share, " %"),
        known(starts),
        known(counting),
    ]
    said = text_of(page(reading, site))
    assert "2026 Q1 30 12 40 % 7 23 not known" in said
    assert "2025 Q4 40 not known not defined 6 15 5" in said
    assert "777" not in said
    assert said.index("2026 Q1 30") < said.index("2025 Q4 40")


def test_the_page_says_how_few_the_points_are_and_what_they_cannot_tell(site, reading):
    QuarterlyOutcomeFactory(site=site, year=2025, quarter=2)
    QuarterlyOutcomeFactory(site=site, on_caseload=40, in_work=14)

    said = text_of(page(reading, site))

    assert "These are 2 quarters of one site. That is few" in said
    assert "2 quarters in between are not entered; the line has a gap there." in said
    assert "In 2026 Q1 one person more in work would be 2.5 percentage points: 14 of 40" in said
    assert "What cannot be read: that fidelity brought this about." in said
    assert "no reviewer has checked them, and they are no part of a fidelity score" in said


def test_the_chart_begins_with_its_title_and_has_a_table_beside_it(site, reading):
    QuarterlyOutcomeFactory(site=site)
    answer = page(reading, site)

    charts = re.findall(r"<svg[^>]*role=\"img\"[^>]*>\s*<(\w+)>(.*?)<", answer.content.decode())

    assert [tag for tag, _ in charts] == ["title", "title"]
    assert charts[0][1].startswith("Employment outcomes, 2026 Q1 to 2026 Q1. People on the caseload: 40;")
    assert "Employment outcomes by quarter, newest first" in text_of(answer)


def test_a_site_without_a_quarter_has_no_chart(site, reading):
    assert outcomes_of(site) is None
    assert "No quarter is entered yet." in text_of(page(reading, site))
    assert "<svg" not in page(reading, site).content.decode()


def test_the_number_of_queries_does_not_grow_with_quarters(site, reading):
    definition = StartDefinitionFactory(program=site.program)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert page(reading, site).status_code == 200
        return len(seen)

    QuarterlyOutcomeFactory(site=site)
    few = queries()
    for year in range(2000, 2020):
        QuarterlyOutcomeFactory(site=site, year=year, starts_by_definition=1, definition=definition)

    assert queries() == few <= 10
    assert QuarterlyOutcome.objects.count() == 21


def test_a_site_links_to_its_outcomes_for_those_who_read_reports(site, reading):
    link = reverse("reports:outcomes", args=[site.pk])
    lead = signed_in(MembershipFactory(program=site.program, role=Role.PROGRAM_LEAD.value).user)
    site_page = reverse("reviews:site", args=[site.pk])

    assert link in reading.get(site_page).content.decode()
    assert link not in lead.get(site_page).content.decode()
    assert read(reading.get(site_page)).texts


def test_the_outcomes_and_the_trend_of_a_site_lead_to_each_other(site, reading):
    outcomes, trend = (reverse(name, args=[site.pk]) for name in ("reports:outcomes", "reports:trend"))

    assert f'href="{trend}"' in reading.get(outcomes).content.decode()
    assert f'href="{outcomes}"' in reading.get(trend).content.decode()
