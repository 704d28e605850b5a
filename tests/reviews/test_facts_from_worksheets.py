"""The page of an item that a worksheet feeds: what was counted stands there, and is not asked again."""

import pytest

from accounts.permissions import Role
from tests.factories.reviews import ReviewFactory
from tests.reviews.pages import form_on, rate_url, save_item, text_at, text_of
from tests.reviews.sheets import SPECIALISTS, jobs, keep
from tests.reviews.situations import joined, lead_of, submitted_by
from tests.reviews.test_page_queries import queries

pytestmark = pytest.mark.django_db

FREQUENCY = "employer-contact-frequency"


@pytest.fixture
def review(client):
    review = ReviewFactory()
    client.force_login(lead_of(review))
    return review


def facts(client, review, code: str) -> str:
    return text_at(client.get(rate_url(review, code)), "facts")


def contacts(*weekly: int, tracking: str) -> list[dict]:
    return [
        {"name": f"S{place}", "employer_contacts": str(number), "tracking": tracking}
        for place, number in enumerate(weekly)
    ]


def test_the_facts_the_sum_and_the_suggestion_stand_beside_the_item(client, review):
    keep(review, "specialists", *SPECIALISTS)

    said = facts(client, review, "caseload-size")

    assert "41 people / 2.1 full-time specialists = 19.5 Suggests 5" in said
    assert "AK 20 1 BD 12 0.6 CE 9 0.5" in said
    assert "Change in the worksheet" in said


def test_what_the_worksheet_gives_is_not_asked_again(client, review):
    keep(review, "specialists", *SPECIALISTS)

    fields = form_on(client.get(rate_url(review, "caseload-size")))

    assert not [name for name in fields if name.startswith("facts-")]
    assert save_item(client, review, "caseload-size", score="5").status_code == 302


def test_an_empty_worksheet_leaves_the_boxes_and_is_offered(client, review):
    page = client.get(rate_url(review, "caseload-size"))

    assert "facts-part" in form_on(page)
    assert "or fill in the worksheet: all items that need it then have it" in text_at(page, "facts")


def test_figures_typed_by_hand_come_back_when_the_worksheet_is_emptied(client, review):
    save_item(client, review, "rapid-search", facts__value="45")
    (row,) = keep(review, "first-contacts", {"record": "1", "days": "20"})
    save_item(client, review, "rapid-search", **{"facts__answer_tracks-contacts": "yes"})
    assert "Suggests 5" in facts(client, review, "rapid-search")

    row.delete()

    assert review.facts.get().entries == {"value": "45", "answers": {"tracks-contacts": True}}
    assert form_on(client.get(rate_url(review, "rapid-search")))["facts-value"] == "45"


def test_a_specialist_without_figures_keeps_the_sum_open(client, review):
    keep(review, "specialists", *SPECIALISTS, {"name": "DF", "fte": "1"})

    said = facts(client, review, "caseload-size")

    assert "1 specialist in the worksheet lacks a figure" in said
    assert "Suggests" not in said
    assert "facts-part" in form_on(client.get(rate_url(review, "caseload-size")))


def test_questions_that_the_worksheet_answers_are_shown_as_answered(client, review):
    keep(review, "specialists", *contacts(6, 6, tracking="weekly"))

    page = client.get(rate_url(review, FREQUENCY))

    assert "Does the team leader review a tracking form every week? Yes" in text_at(page, "facts")
    assert "facts-answer_form-weekly" not in form_on(page)
    assert "Suggests 5" in text_at(page, "suggestion")


def test_three_contacts_a_week_ask(client, review):
    keep(review, "specialists", *contacts(3, 3, tracking="weekly"))

    said = facts(client, review, FREQUENCY)

    assert "you decide" in said
    assert "Suggests" not in said


def test_five_contacts_without_a_weekly_review_say_what_was_not_met(client, review):
    keep(review, "specialists", *contacts(5, 5, tracking="monthly"))

    said = facts(client, review, FREQUENCY)

    assert "Suggests 3" in said
    assert "Does the team leader review a tracking form every week?" in said
    assert "Does the team leader review a tracking form every week? No" in said


def test_different_phases_are_told_and_left_to_the_reviewer(client, review):
    keep(review, "specialists", {"name": "AK", "phases": "a b c d e f"}, {"name": "BD", "phases": "a b"})

    page = client.get(rate_url(review, "vocational-generalists"))

    said = text_at(page, "facts")
    assert "Specialists carry different phases: you decide which count as in place." in said
    assert "AK a, b, c, d, e, f BD a, b" in said
    assert "facts-note_a" in form_on(page)


def test_a_long_list_of_jobs_is_shown_in_part(client, review):
    keep(review, "jobs", *jobs(20, 17))

    said = facts(client, review, "job-diversity")

    assert "17 different job titles among 20 job starts = 85 %" in said
    assert "and 5 more in the worksheet" in said


def test_nine_jobs_held_now_are_a_1_and_say_why(client, review):
    keep(review, "jobs", *jobs(9, 9, still_held="yes", competitive="yes"))

    said = facts(client, review, "competitive-jobs")

    assert "Suggests 1" in said
    assert "Are there fewer than 10 current jobs?" in said


def test_a_tally_of_records_stands_beside_the_item(client, review):
    keep(review, "records", {"record": "1", "benefits": "yes"}, {"record": "2", "benefits": "no"})

    assert "1 of 2 records read show benefits advice" in facts(client, review, "work-incentives")


def test_after_submission_the_facts_are_read_only(client, review):
    keep(review, "specialists", *SPECIALISTS)
    joined(review, Role.REVIEWER)
    submitted_by(review, lead_of(review), 5)

    said = facts(client, review, "caseload-size")

    assert "41 people / 2.1 full-time specialists = 19.5" in said
    assert "Open the worksheet" in said
    assert "Change in the worksheet" not in said


def test_a_colleagues_worksheet_reaches_my_page(client, review):
    keep(review, "specialists", *SPECIALISTS, by=joined(review, Role.REVIEWER))

    assert "Suggests 5" in facts(client, review, "caseload-size")


def test_names_on_the_worksheet_are_text_and_never_markup(client, review):
    keep(review, "specialists", {"name": "<b>AK</b>", "fte": "1", "caseload": "20"})

    page = client.get(rate_url(review, "caseload-size"))

    assert "<b>AK</b>" not in page.content.decode()
    assert "<b>AK</b>" in text_of(page)


@pytest.mark.parametrize("code", ["caseload-size", FREQUENCY, "job-diversity", "work-incentives"])
def test_the_item_page_takes_the_same_queries_for_3_and_60_rows(client, review, code):
    row = {
        "name": "AK",
        "fte": "1",
        "caseload": "20",
        "employer_contacts": "4",
        "title": "Cook",
        "benefits": "yes",
    }
    for sheet in ("specialists", "jobs", "records"):
        keep(review, sheet, *[row] * 3)
    few = queries(client, rate_url(review, code))

    for sheet in ("specialists", "jobs", "records"):
        keep(review, sheet, *[row] * 57)

    assert queries(client, rate_url(review, code)) == few
    assert few <= 20
