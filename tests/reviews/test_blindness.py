"""Blind until both are in: every address of the product, as every kind of person, in search of others' ratings."""

import sys

import pytest
from django.test import Client

from accounts.permissions import Role
from reviews.actions.issuing import issue_review
from reviews.actions.rating import submit_ratings
from reviews.models import Stage
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ReviewFactory
from tests.reviews import blindness
from tests.reviews.blindness import (
    BEFORE,
    CODES,
    EVERYONE,
    RATED,
    content,
    counts,
    looks,
    marker,
    points_marker,
    rate_the_rest,
)
from tests.reviews.pages import rate_url, save_item, text_of
from tests.reviews.situations import YEAR_BEFORE, fresh, in_draft, joined, lead_of, submitted_by

pytestmark = pytest.mark.django_db

# PDFs to write on; every other PDF is of a report.
WITHOUT_SCORES = ("/score-sheet.pdf", "/schedule.pdf")


@pytest.fixture
def situation():
    return blindness.situation()


@pytest.mark.parametrize("name", EVERYONE)
def test_nobody_finds_others_ratings_nor_who_rates_the_review_before(situation, name, capsys):
    hidden, own = situation.hidden_from(name), situation.own_sets(name)
    tried, finds = 0, set()

    for look in looks(situation, name):
        tried += 1
        said = look.text
        finds |= {words for words in (marker(str(name)), points_marker(str(name))) if words in said}
        assert look.answer.status_code < 500, look.way
        assert not [words for words in hidden if words in said], look.way
        assert look.sets <= own, f"{look.way}: ratings of someone else were read"
        assert counts(said) <= situation.own_counts(name), look.way
        if name in situation.rating_now:
            assert situation.previous.pk not in look.agreed, (
                f"{look.way}: scores of the year before were read"
            )
            if look.answer.headers.get("Content-Type") == "application/pdf":
                assert look.path.endswith(WITHOUT_SCORES), look.way

    assert tried > 500
    assert len(finds) == (2 if name in RATED else 0)
    with capsys.disabled():
        sys.stdout.write(f"\n  {tried} ways as {name or 'nobody'}: nothing hidden was found\n")


@pytest.mark.parametrize("code", CODES)
def test_a_page_does_not_tell_that_a_colleague_has_rated_the_item(client, code):
    review = ReviewFactory()
    client.force_login(lead_of(review))
    before = text_of(client.get(rate_url(review, code)))
    colleague = Client()
    colleague.force_login(joined(review, Role.REVIEWER))

    save_item(colleague, review, code, score="4", rationale="Seen.")

    assert text_of(client.get(rate_url(review, code))) == before


REPORTS = (
    "report/",
    "report/1.0/",
    "report/1.0.pdf",
    "report/1.0.pdf?download",
    "report/1.0.docx",
    "report/1.0.xlsx?paper=letter",
    "report/1.0.csv",
    "report/1.0.json",
)


@pytest.mark.parametrize("name", ["other", "observer"])
@pytest.mark.parametrize("path", REPORTS)
def test_the_report_of_the_review_before_is_closed_while_one_rates(situation, name, path, client):
    client.force_login(situation.people[name])

    assert client.get(f"/reviews/{situation.previous.pk}/{path}").status_code == 403


@pytest.mark.parametrize("path", REPORTS)
def test_the_report_of_the_review_before_opens_with_ones_own_submission(situation, path, client):
    submitted_by(situation.review, other := situation.people["other"], 4)
    client.force_login(other)

    assert client.get(f"/reviews/{situation.previous.pk}/{path}").status_code == 200


@pytest.mark.parametrize("path", REPORTS)
def test_the_report_of_the_review_before_is_open_to_those_who_do_not_rate(situation, path, client):
    client.force_login(situation.people[Role.VIEWER.value])

    answer = client.get(f"/reviews/{situation.previous.pk}/{path}")

    assert answer.status_code == 200
    assert BEFORE in content(answer)


def test_who_led_the_review_before_and_rates_again_does_not_read_it_meanwhile(client):
    lead = UserFactory()
    previous = in_draft(3, lead=lead, **YEAR_BEFORE)
    issue_review(
        review=previous, by=lead, compose=lambda *given: ("{}", b"%PDF-x"), not_asked_because="A test."
    )
    ReviewFactory(site=previous.site, lead=lead)
    client.force_login(lead)

    for path in (*REPORTS, *(f"{page}/{CODES[0]}/" for page in ("ratings", "history")), "ratings/"):
        assert client.get(f"/reviews/{previous.pk}/{path}").status_code == 403, path


def test_once_both_are_in_the_team_sees_both_on_the_consensus_page(situation, client):
    review, people = situation.review, situation.people
    rate_the_rest(review, people["other"])

    submit_ratings(review=fresh(review), by=people["other"])

    assert fresh(review).stage == Stage.CONSENSUS
    for name in ("lead", "other"):
        client.force_login(people[name])
        page = client.get(f"/reviews/{review.pk}/consensus/")
        assert page.status_code == 200
        assert marker("lead") in text_of(page)
        assert marker("other") in text_of(page)
        assert marker("observer") not in text_of(page)
