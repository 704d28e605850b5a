"""Issuing a report: edition 1.0 is written once, from a review that is complete."""

import hashlib
from datetime import UTC, datetime

import pytest
import time_machine

from accounts.permissions import Role
from reviews.actions.issuing import ReportIncomplete, issue_review
from reviews.actions.refusals import NotNow
from reviews.models import Edition, ReviewEvent, Stage
from tests.at_once import at_once
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ReviewFactory
from tests.reviews.situations import (
    DOCUMENT,
    PDF,
    at_stage,
    fresh,
    in_draft,
    in_program,
    joined,
    lead_of,
    trivial_compose,
)

pytestmark = pytest.mark.django_db


def issue(review, by=None, compose=trivial_compose, because="Too near the board's day."):
    return issue_review(
        review=fresh(review), by=by or lead_of(review), compose=compose, not_asked_because=because
    )


def is_untouched(review) -> bool:
    issued_events = review.timeline.filter(step=ReviewEvent.Step.ISSUED)
    return fresh(review).stage == Stage.DRAFT and not Edition.objects.exists() and not issued_events.exists()


def test_issuing_writes_edition_1_0_with_both_hashes():
    review = in_draft()

    with time_machine.travel(datetime(2026, 11, 9, 10, 5, 0, 123, tzinfo=UTC), tick=False):
        issue(review)

    edition = Edition.objects.get()
    assert (edition.review, edition.number, edition.issued_by) == (review, "1.0", lead_of(review))
    assert edition.issued_at == datetime(2026, 11, 9, 10, 5, tzinfo=UTC)
    assert (edition.document, bytes(edition.pdf)) == (DOCUMENT, PDF)
    assert edition.document_sha256 == hashlib.sha256(b"{}").hexdigest()
    assert edition.pdf_sha256 == hashlib.sha256(b"%PDF-x").hexdigest()
    assert fresh(review).stage == Stage.ISSUED
    event = review.timeline.get(step=ReviewEvent.Step.ISSUED)
    assert (event.by, event.note) == (lead_of(review), "1.0")


def test_the_report_is_composed_of_the_review_its_number_its_moment_and_its_issuer():
    review, seen = in_draft(), []

    def compose(*given):
        seen.extend(given)
        return DOCUMENT, PDF

    edition = issue(review, compose=compose)

    assert seen == [review, "1.0", edition.issued_at, lead_of(review).name]


def test_words_beyond_ascii_are_hashed_as_they_are_stored():
    edition = issue(in_draft(), compose=lambda *given: ('{"name": "Żółć"}', PDF))

    stored = Edition.objects.get()
    assert hashlib.sha256(stored.document.encode()).hexdigest() == edition.document_sha256


@pytest.mark.parametrize(
    "unsettle",
    [
        lambda rows: rows.filter(item__code="disclosure").delete(),
        lambda rows: rows.filter(item__code="disclosure").update(score=None),
    ],
)
def test_a_report_with_an_item_not_agreed_is_refused(unsettle):
    review = in_draft()
    unsettle(review.consensus)

    with pytest.raises(ReportIncomplete) as refusal:
        issue(review)

    (line,) = refusal.value.missing
    assert str(line).startswith("Item 13, ")
    assert is_untouched(review)


def test_a_report_with_an_item_not_rated_is_issued():
    review = in_draft({"disclosure": None})

    assert issue(review).number == "1.0"


@pytest.mark.parametrize(
    "who", ["reviewer", "observer", "moderator", "manager", "viewer", "superuser", "user admin"]
)
def test_only_the_lead_issues(who):
    review = in_draft()
    person = {
        "reviewer": lambda: joined(review, Role.REVIEWER),
        "observer": lambda: joined(review, Role.OBSERVER),
        "moderator": lambda: joined(review, Role.MODERATOR),
        "manager": lambda: in_program(review, Role.PROGRAM_MANAGER),
        "viewer": lambda: in_program(review, Role.VIEWER),
        "superuser": lambda: UserFactory(is_superuser=True),
        "user admin": lambda: UserFactory(is_user_admin=True),
    }[who]()

    with pytest.raises(NotNow):
        issue(review, by=person)

    assert is_untouched(review)


@pytest.mark.parametrize("stage", [one for one in Stage if one not in (Stage.DRAFT, Stage.WITH_SERVICE)])
def test_a_report_is_issued_from_the_draft_only(stage):
    review = at_stage(in_draft(), stage)

    with pytest.raises(NotNow):
        issue(review)

    assert not Edition.objects.exists()


def test_a_report_is_issued_once():
    review = in_draft()
    issue(review)

    with pytest.raises(NotNow):
        issue(review)

    assert Edition.objects.count() == 1


def test_a_report_that_cannot_be_composed_leaves_the_draft_as_it_was():
    review = in_draft()

    def fails(*given):
        raise RuntimeError("no font")

    with pytest.raises(RuntimeError, match="no font"):
        issue(review, compose=fails)

    assert is_untouched(review)
    assert issue(review).number == "1.0"


@pytest.mark.django_db(transaction=True)
def test_two_people_issuing_at_once_give_one_edition():
    review = ReviewFactory(scores=4)

    outcomes = at_once(lambda: issue(review), lambda: issue(review))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Edition", "NotNow"]
    assert Edition.objects.get().number == "1.0"
    assert review.timeline.filter(step=ReviewEvent.Step.ISSUED).count() == 1
