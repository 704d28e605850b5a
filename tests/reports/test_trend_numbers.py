"""What a site's trend says: its numbers are those of plain SQL over the agreed ratings, and kinds are kept apart."""

import csv
import io
from datetime import date

import pytest
from django.db import connection

from accounts.permissions import Role
from programs.models import Program
from reports.trend.presentation import scale_trend
from reports.trend.reading import histories_for, thresholds_of
from reviews.models import FundingThreshold, Kind
from tests.factories.accounts import UserFactory
from tests.factories.programs import QuarterlyOutcomeFactory
from tests.factories.scales import setting_profile, shipped_scale
from tests.reports.trends import REST, ROSE, SLIPPED, UNRATED, past_result, trend_url, two_reviews
from tests.reviews.another_version import MOVED, NEW, next_profile
from tests.reviews.pages import text_of
from tests.reviews.situations import YEAR_BEFORE, in_program, issued

pytestmark = pytest.mark.django_db

AGREED = """
    FROM reviews_consensusrating c JOIN reviews_review r ON r.id = c.review_id
    JOIN scales_item i ON i.id = c.item_id JOIN scales_section s ON s.id = i.section_id WHERE r.site_id = %s
"""
TOTALS = f"SELECT sum(c.score) {AGREED} GROUP BY r.starts_on ORDER BY r.starts_on"
SECTIONS = f"SELECT s.number, r.starts_on, sum(c.score) {AGREED} GROUP BY 1, 2 ORDER BY 1, 2"
ITEMS = f"SELECT i.number, r.starts_on, c.score {AGREED} ORDER BY 1, 2"


def by_sql(query: str, site) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, [site.pk])
        return cursor.fetchall()


def trends_of(review, role: Role = Role.PROGRAM_MANAGER):
    user = in_program(review, role)
    return [scale_trend(one, thresholds_of(review.site, one)) for one in histories_for(user, review.site)]


def test_numbers_on_every_chart_are_those_of_plain_sql():
    newest = two_reviews()
    site = newest.site

    (trend,) = trends_of(newest)

    totals = [str(total) for (total,) in by_sql(TOTALS, site)]
    assert [number.text for number in trend.wide.numbers] == totals
    assert [number.text for number in trend.narrow.numbers] == totals
    sections = [number.text for one in trend.sections for number in one.chart.numbers]
    assert sections == [str(points) for _, _, points in by_sql(SECTIONS, site)]
    items = [number.text for group in trend.groups for item in group.items for number in item.chart.numbers]
    assert items == [str(score) for _, _, score in by_sql(ITEMS, site)]
    assert [score for row in trend.scores for score in row.scores] == items
    assert [row.total.split()[0] for row in trend.oldest_first] == totals
    columns = zip(*[row.sections for row in trend.oldest_first], strict=True)
    assert [cell.words.split()[0] for column in columns for cell in column] == sections


def test_the_file_has_a_row_for_each_review_and_item_with_the_same_numbers(client):
    newest = two_reviews()
    site = newest.site
    type(site).objects.filter(pk=site.pk).update(name="=SUM(A1)")
    client.force_login(in_program(newest, Role.VIEWER))

    answer = client.get(trend_url(site, "trend_csv"))

    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    found = sorted(
        (int(row["number"]), date.fromisoformat(row["starts_on"]), int(row["score"])) for row in rows
    )
    assert found == by_sql(ITEMS, site)
    assert sorted({(row["starts_on"], int(row["total"])) for row in rows}) == [
        (day, total) for day, (total,) in zip(("2025-10-14", "2026-10-14"), by_sql(TOTALS, site), strict=True)
    ]
    assert {row["site"] for row in rows} == {"'=SUM(A1)"}
    assert {row["total_change"] for row in rows} == {"", "-1"}


def test_the_first_lines_say_where_the_site_stands_what_slipped_and_whose_it_is(client):
    newest = two_reviews(setting="primary-care")
    client.force_login(in_program(newest, Role.PROGRAM_MANAGER))

    text = text_of(client.get(trend_url(newest.site)))

    spec = shipped_scale()
    slipped, rose = spec.item(SLIPPED).short_title, spec.item(ROSE).short_title
    total = sum((REST | {SLIPPED: 3, ROSE: 3}).values())
    assert f"{total} of {spec.highest_total} in October 2026" in text
    assert "1 down since October 2025." in text
    assert f"One item slipped: {slipped} (5 → 3)." in text
    assert f"One item rose: {rose} (2 → 3)." in text
    assert "2, all open to the service" in text
    assert "accounted for by the setting" in text
    assert text.count("slipped 2") == 2  # in the table of what moved, and over the item's own chart


def test_a_self_assessment_is_beside_the_line_and_changes_nothing_that_is_said_of_the_reviews():
    newest = two_reviews()
    alone = trends_of(newest)[0]
    past_result(newest.site, date(2026, 12, 1), 5, kind=Kind.SELF, independence="self-assessment")

    (trend,) = trends_of(newest)

    assert trend.standing == alone.standing
    assert trend.sentences == alone.sentences
    assert trend.wide.line.count("L") == 1
    assert trend.wide.hollow
    assert not alone.wide.hollow
    assert {line.name for line in trend.key} == {"Baseline review", "Follow-up review", "Self-assessment"}
    assert trend.rows[0].change == ""
    assert any("not compared with the reviews" in note for note in trend.notes)


def test_a_follow_up_by_the_services_own_staff_goes_as_the_self_assessment_that_it_is():
    newest = two_reviews()
    past_result(newest.site, date(2026, 12, 1), 5, independence="guided self-assessment")

    (trend,) = trends_of(newest)

    assert trend.rows[0].type == "Guided self-assessment"
    assert trend.rows[0].is_self_assessed
    assert trend.wide.line.count("L") == 1


def test_an_imported_review_is_marked_by_word_and_has_no_report(client):
    newest = two_reviews()
    past_result(newest.site, date(2021, 5, 4), 2)

    (trend,) = trends_of(newest)

    assert [text.text for text in trend.wide.imported_words] == ["imported"]
    assert [row.is_imported for row in trend.oldest_first] == [True, False, False]
    client.force_login(in_program(newest, Role.VIEWER))
    page = client.get(trend_url(newest.site)).content.decode()
    assert page.count("/report/") == 2
    assert "Follow-up review, imported" in page


def test_an_unrated_item_makes_the_total_a_stretch_and_the_item_a_gap():
    first = issued(REST, **YEAR_BEFORE)
    newest = issued(REST | {UNRATED: None}, site=first.site)

    (trend,) = trends_of(newest)

    spec = shipped_scale()
    lowest = sum(REST.values()) - REST[UNRATED] + spec.minimum
    highest = lowest - spec.minimum + spec.maximum
    assert trend.wide.numbers[-1].text == f"{lowest}–{highest}"
    assert trend.wide.line == ""
    assert f"can become {lowest} to {highest}" in trend.standing
    (item,) = [item for group in trend.groups for item in group.items if item.chart.gaps]
    assert item.title == spec.item(UNRATED).short_title
    assert item.state == "not rated"
    assert any("gave it no score" in sentence for sentence in trend.sentences)


def test_a_new_version_is_a_line_with_words_and_moved_anchors_are_not_compared():
    first = issued(REST, **YEAR_BEFORE)
    profile = next_profile()
    scores = dict.fromkeys([item.code for item in profile.version.to_spec().items], 4)
    newest = issued(scores | {MOVED: 2, NEW: 1}, site=first.site, profile=profile)

    (trend,) = trends_of(newest)

    assert [text.text for text in trend.wide.turn_words] == ["from here: next"]
    assert trend.slipped == ()
    (note,) = [note for note in trend.notes if "changed from" in note]
    number = shipped_scale().item(MOVED).number
    assert f"Item {number} is scored by other anchors" in note
    assert "New in it: Job trials." in note
    states = {item.title: item for group in trend.groups for item in group.items}
    moved = states[shipped_scale().item(MOVED).short_title]
    assert moved.state == "now 2"
    assert moved.note == "anchors moved between October 2025 and October 2026"
    assert moved.chart.line == ""
    assert trend.groups[-1].title == "Only in an earlier version of the scale"


def test_a_new_setting_profile_is_told_and_moves_the_attainable_stretch():
    first = issued(REST, **YEAR_BEFORE)
    newest = issued(REST, site=first.site, profile=setting_profile("primary-care"))

    (trend,) = trends_of(newest)

    assert [text.text for text in trend.wide.turn_words] == ["from here: Primary care"]
    assert any(
        "the setting profile changed from Community mental health to Primary care" in one
        for one in trend.notes
    )
    lowest, highest = (trend.rows[0].attainable).split("–")
    heights = {trend.wide.plot.y(int(points)) for points in (lowest, highest)}
    assert all(f" {height}H{trend.wide.plot.right}" in trend.wide.attainable for height in heights)


def test_the_threshold_in_force_is_a_line_with_its_source_and_never_a_band():
    newest = two_reviews()
    total = int(trends_of(newest)[0].rows[0].total.split()[0])
    FundingThreshold.objects.create(
        program=Program.objects.get(pk=newest.site.program_id),
        scale=newest.version.scale,
        points=total + 2,
        source="Contract of 2020, page 3",
        valid_from=date(2020, 1, 1),
        by=UserFactory(),
    )

    (trend,) = trends_of(newest)

    plot = trend.wide.plot
    assert trend.wide.threshold == f"M{plot.left} {plot.y(total + 2)}H{plot.right}"
    assert "Source: Contract of 2020, page 3." in trend.threshold
    assert "2 below it" in trend.threshold
    assert trend.rows[0].band in {band.label for band in shipped_scale().bands}


def test_employment_outcomes_are_on_the_same_days_as_the_totals(client):
    newest = two_reviews()
    QuarterlyOutcomeFactory(site=newest.site, year=2025, quarter=4, in_work=9)
    QuarterlyOutcomeFactory(site=newest.site, year=2026, quarter=4, in_work=12)
    client.force_login(in_program(newest, Role.VIEWER))

    context = client.get(trend_url(newest.site)).context_data

    total, outcomes = context["scales"][0].wide, context["outcomes"].chart
    assert outcomes.width == total.plot.width
    axis = total.plot.axis
    assert (axis.first, axis.last) == (date(2025, 10, 1), date(2026, 12, 31))
    (in_work,) = [row for row in outcomes.rows if row.label == "People in work"]
    assert [dot.x + total.plot.left for dot in in_work.dots] == [
        pytest.approx(axis.place(day), abs=0.02) for day in (date(2025, 12, 31), date(2026, 12, 31))
    ]
