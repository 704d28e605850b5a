"""Correcting an issued report: another edition, the agreed ratings brought to it, the edition before as it was."""

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.permissions import Role
from reports.document import from_json
from reviews.actions.correcting import (
    NothingCorrected,
    ReasonMissing,
    begin_correction,
    correct_item,
    correct_page_1,
    drop_correction,
    issue_correction,
)
from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.models import ConsensusRating, Correction, Edition, Review, ReviewEvent
from scales.scoring import ScoreOutOfRange
from tests.factories.reviews import ReviewFactory
from tests.reports.steps import REASON, begun, compose_correction, correct, issue
from tests.reviews.situations import fresh, in_draft, in_program, joined, lead_of

pytestmark = pytest.mark.django_db

CODE = "caseload-size"


def agreed(review, code=CODE) -> ConsensusRating:
    return review.consensus.get(item__code=code)


def committed(text: str, *values) -> None:
    """A statement by hand, as far as its commit, when the last of the rules are looked at."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text, values)
        assert cursor.rowcount
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def refuses(text: str, *values) -> None:
    with pytest.raises(DatabaseError, match=r"stays as it is|Cannot update or delete rows"):
        committed(text, *values)


@pytest.fixture
def review() -> Review:
    review = in_draft(4)
    issue(review.pk)
    return fresh(review)


def test_a_correction_is_issued_as_1_1_and_the_agreed_rating_follows(review):
    before = Edition.objects.values().get()
    begun(review, score=2, rationale="Read again.")
    assert agreed(review).score == 4

    edition = correct(review.pk)

    rating = agreed(review)
    assert (edition.number, edition.issued_by) == ("1.1", lead_of(review))
    assert (rating.score, rating.rationale, rating.agreed_by) == (2, "Read again.", lead_of(review))
    assert rating.correction == edition.issued_correction
    assert Edition.objects.values().get(minor=0) == before
    past = ConsensusRating.pgh_event_model.objects.filter(pgh_obj_id=rating.pk).latest("pgh_id")
    assert (past.score, past.correction_id) == (4, None)
    event = review.timeline.get(step=ReviewEvent.Step.CORRECTED)
    assert (event.by, event.note) == (lead_of(review), f"1.1: {REASON}")
    assert review.timeline.filter(step=ReviewEvent.Step.CORRECTION_BEGUN).count() == 1


def test_a_second_correction_is_1_2_and_starts_from_the_first(review):
    begun(review, score=2)
    correct(review.pk)
    begun(review, recommendation="Ask for smaller caseloads.")

    assert correct(review.pk).number == "1.2"
    assert (agreed(review).score, agreed(review).recommendation) == (2, "Ask for smaller caseloads.")


def test_page_1_and_how_the_review_was_done_are_corrected(review):
    lead = lead_of(review)
    Review.objects.filter(pk=review.pk).update(records=7)
    was = begin_correction(review=fresh(review), by=lead).mark_of_page_1
    values = {"summary": "A settled team.", "interviews": 12, "records": None, "not_seen": "Night shifts."}
    correct_page_1(review=fresh(review), values=values, was=was, by=lead)
    with pytest.raises(ChangedMeanwhile):
        correct_page_1(review=fresh(review), values={"summary": "Other words."}, was=was, by=lead)
    assert (fresh(review).summary, fresh(review).records) == ("", 7)

    edition = correct(review.pk)

    now = fresh(review)
    assert {name: getattr(now, name) for name in values} == values
    assert now.observations is None
    document = from_json(edition.document)
    assert {name: getattr(document, name) for name in values} == values
    # Edition 1.0 was frozen before the records were set by hand.
    told = {(line.field, line.before, line.after) for line in document.changes}
    assert told == {
        ("interviews", "", "12"),
        ("not_seen", "", "Night shifts."),
        ("summary", "", "A settled team."),
    }


def test_page_1_set_back_to_what_was_issued_is_corrected_no_more(review):
    lead = lead_of(review)
    Review.objects.filter(pk=review.pk).update(summary="Line 1\r\nLine 2", interviews=0)
    correction = begin_correction(review=fresh(review), by=lead)
    for values in ({"interviews": None, "summary": "Other."}, {"interviews": 0, "summary": "Line 1\nLine 2"}):
        was = fresh(review).corrections.get().mark_of_page_1
        correction = correct_page_1(review=fresh(review), values=values, was=was, by=lead)

    assert not correction.corrects_anything
    with pytest.raises(NothingCorrected):
        correct(review.pk)


def test_what_is_set_back_to_what_was_issued_is_corrected_no_more(review):
    begun(review, score=2)

    row = correct_item(
        review=fresh(review), item_code=CODE, values={"score": 4}, based_on=1, by=lead_of(review)
    )

    assert row is None
    with pytest.raises(NothingCorrected):
        correct(review.pk)


def test_a_second_window_does_not_write_over_the_first(review):
    begun(review, score=2)

    with pytest.raises(ChangedMeanwhile):
        correct_item(
            review=fresh(review), item_code=CODE, values={"score": 3}, based_on=0, by=lead_of(review)
        )

    assert review.corrections.get().items.get().score == 2


def test_what_the_lead_was_not_shown_is_not_issued(review):
    begun(review, score=2)

    with pytest.raises(ChangedMeanwhile):
        issue_correction(
            review=fresh(review), reason=REASON, based_on=0, compose=compose_correction, by=lead_of(review)
        )

    assert Edition.objects.count() == 1


def test_a_correction_needs_a_reason_and_a_score_of_the_scale(review):
    begun(review, score=2)

    with pytest.raises(ReasonMissing):
        correct(review.pk, reason="  ")
    with pytest.raises(ScoreOutOfRange):
        correct_item(
            review=fresh(review), item_code=CODE, values={"score": 6}, based_on=1, by=lead_of(review)
        )

    assert Edition.objects.count() == 1


def test_a_dropped_correction_leaves_the_report_as_it_is_and_another_may_begin(review):
    first = begun(review, score=2)

    drop_correction(review=fresh(review), by=lead_of(review))

    with pytest.raises(NotNow):
        correct_item(
            review=fresh(review), item_code=CODE, values={"score": 3}, based_on=1, by=lead_of(review)
        )
    assert agreed(review).score == 4
    assert begin_correction(review=fresh(review), by=lead_of(review)) != first
    assert review.timeline.filter(step=ReviewEvent.Step.CORRECTION_DROPPED).exists()


def test_a_correction_that_is_open_is_gone_on_with(review):
    assert begin_correction(review=review, by=lead_of(review)) == begin_correction(
        review=fresh(review), by=lead_of(review)
    )
    assert review.timeline.filter(step=ReviewEvent.Step.CORRECTION_BEGUN).count() == 1


@pytest.mark.parametrize("who", [Role.REVIEWER, Role.MODERATOR, Role.PROGRAM_MANAGER, Role.VIEWER])
def test_only_the_lead_corrects(review, who):
    person = (in_program if who in (Role.PROGRAM_MANAGER, Role.VIEWER) else joined)(review, who)

    with pytest.raises(NotNow):
        begin_correction(review=fresh(review), by=person)


def test_a_lead_who_rates_the_site_now_corrects_nothing_of_it(review):
    lead = lead_of(review)
    ReviewFactory(site=review.site, lead=lead)

    with pytest.raises(NotNow):
        begin_correction(review=fresh(review), by=lead)


def test_a_draft_is_not_corrected():
    review = in_draft()

    with pytest.raises(NotNow):
        begin_correction(review=review, by=lead_of(review))


# By hand: the database itself keeps what was issued

SET_SCORE = "UPDATE reviews_consensusrating SET score = %s, correction_id = %s WHERE id = %s"


def test_an_issued_rating_is_kept_where_no_correction_is_open(review):
    rating = agreed(review)

    refuses("UPDATE reviews_consensusrating SET score = 2 WHERE id = %s", rating.pk)
    refuses("DELETE FROM reviews_consensusrating WHERE id = %s", rating.pk)


def test_an_open_correction_lets_nothing_through_but_its_own_values_with_its_edition(review):
    correction = begun(review, score=2)
    rating, other = agreed(review), agreed(review, "disclosure")

    refuses("UPDATE reviews_consensusrating SET score = 2 WHERE id = %s", rating.pk)
    refuses(SET_SCORE, 3, correction.pk, rating.pk)
    refuses(SET_SCORE, 2, correction.pk, other.pk)
    # The very values that it has, but without an edition: refused when it would be committed.
    refuses(SET_SCORE, 2, correction.pk, rating.pk)
    refuses(
        "UPDATE reviews_consensusrating SET score = 2, correction_id = %s, reason = 'x' WHERE id = %s",
        correction.pk,
        rating.pk,
    )
    refuses("DELETE FROM reviews_consensusrating WHERE id = %s", rating.pk)


def test_the_correction_of_another_review_lets_nothing_through(review):
    other = in_draft(4)
    issue(other.pk)
    rating = agreed(review)
    correction = begun(other, score=2)

    refuses(SET_SCORE, 2, correction.pk, rating.pk)


def test_an_ended_correction_lets_nothing_through_and_stays_as_it_is(review):
    correction = begun(review, score=2)
    correct(review.pk)
    rating = agreed(review)

    refuses(SET_SCORE, 3, correction.pk, rating.pk)
    refuses("UPDATE reviews_correction SET reason = 'Another.' WHERE id = %s", correction.pk)
    refuses("UPDATE reviews_correcteditem SET score = 5 WHERE correction_id = %s", correction.pk)
    refuses("DELETE FROM reviews_correcteditem WHERE correction_id = %s", correction.pk)


def test_a_correction_is_open_once_and_is_issued_with_a_reason(review):
    begin_correction(review=review, by=lead_of(review))
    start = {"review": review, "begun_at": review.created_at, "begun_by": lead_of(review)}

    with pytest.raises(DatabaseError, match="one_open_correction_per_review"), transaction.atomic():
        Correction.objects.create(**start)
    with (
        pytest.raises(DatabaseError, match="a_correction_that_is_issued_has_ended_and_says_why"),
        transaction.atomic(),
    ):
        Correction.objects.create(**start, ended_at=review.created_at, edition=review.editions.get())
