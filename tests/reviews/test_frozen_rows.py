"""Triggers: what is submitted, issued or begun stays as it is, for SQL by hand as well."""

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.permissions import Role
from reviews.models import RatingSet, Review, Stage
from tests.factories.programs import SiteFactory
from tests.factories.reviews import ReviewFactory, rate_all
from tests.factories.scales import setting_profile
from tests.reviews.situations import (
    at_stage,
    empty_set,
    fresh,
    in_draft,
    issued,
    joined,
    lead_of,
    submitted_by,
)

pytestmark = pytest.mark.django_db

FINAL = "stays as it is"
COPIED = (
    "item_id, not_rated, unrated_code, unrated_note, rationale, evidence, recommendation, departure_reason"
)


def sql(text: str, *values) -> int:
    """How many rows a statement touched."""
    with connection.cursor() as cursor:
        cursor.execute(text, values)
        return cursor.rowcount


def refuses(message: str, text: str, *values) -> None:
    with pytest.raises(DatabaseError, match=message), transaction.atomic():
        sql(text, *values)


@pytest.fixture
def one_in_one_open():
    """A review of two reviewers: the lead has submitted, the other has rated and not submitted."""
    review = ReviewFactory()
    other = joined(review, Role.REVIEWER)
    submitted_by(review, lead_of(review), 4)
    rate_all(fresh(review), other, 2)
    closed = RatingSet.objects.get(member__user=lead_of(review))
    return closed, RatingSet.objects.get(member__user=other)


INSERT = f"""
    INSERT INTO reviews_rating (rating_set_id, score, revision, updated_at, {COPIED})
    SELECT %s, 3, 0, now(), {COPIED} FROM reviews_rating WHERE id = %s
"""


def test_ratings_of_an_open_set_change_come_and_go(one_in_one_open):
    _, open_set = one_in_one_open
    first, second = open_set.ratings.all()[:2]

    assert sql("UPDATE reviews_rating SET score = 5 WHERE id = %s", first.pk) == 1
    assert sql("DELETE FROM reviews_rating WHERE id = %s", second.pk) == 1


def test_a_submitted_rating_cannot_be_changed(one_in_one_open):
    closed, _ = one_in_one_open

    refuses(FINAL, "UPDATE reviews_rating SET score = 5 WHERE rating_set_id = %s", closed.pk)


def test_a_submitted_rating_cannot_be_deleted(one_in_one_open):
    closed, _ = one_in_one_open

    refuses(FINAL, "DELETE FROM reviews_rating WHERE rating_set_id = %s", closed.pk)


def test_a_rating_cannot_be_added_to_a_submitted_set():
    review = ReviewFactory()
    other = joined(review, Role.OBSERVER)
    rate_all(fresh(review), other, 3)
    closed = empty_set(review)
    sql("UPDATE reviews_ratingset SET submitted_at = now() WHERE id = %s", closed.pk)

    source = RatingSet.objects.get(member__user=other).ratings.first()

    refuses(FINAL, INSERT, closed.pk, source.pk)


def test_a_rating_cannot_be_moved_into_or_out_of_a_submitted_set(one_in_one_open):
    closed, open_set = one_in_one_open
    move = "UPDATE reviews_rating SET rating_set_id = %s WHERE id = %s"

    refuses(FINAL, move, closed.pk, open_set.ratings.first().pk)
    refuses(FINAL, move, open_set.pk, closed.ratings.first().pk)


REOPEN = """
    UPDATE reviews_ratingset
    SET submitted_at = NULL, reopenings = reopenings + 1, reopening_reason = 'A late interview.'
    WHERE id = %s
"""


def test_a_submitted_set_may_be_reopened_counted_and_with_a_reason_while_others_rate(one_in_one_open):
    closed, _ = one_in_one_open

    assert sql(REOPEN, closed.pk) == 1
    assert sql("UPDATE reviews_rating SET score = 5 WHERE rating_set_id = %s", closed.pk) == 25


@pytest.mark.parametrize(
    "change",
    [
        "submitted_at = NULL",
        "submitted_at = NULL, reopenings = reopenings + 1",
        "submitted_at = NULL, reopenings = reopenings + 1, reopening_reason = '  '",
        "submitted_at = NULL, reopening_reason = 'Why.'",
        "submitted_at = NULL, reopenings = reopenings + 2, reopening_reason = 'Why.'",
        "submitted_at = now() - interval '1 day'",
        "reopenings = reopenings + 1, reopening_reason = 'Why.'",
        "reopening_reason = 'Another reason.'",
    ],
    ids=[
        "without anything",
        "without a reason",
        "with a blank reason",
        "without the count",
        "counted twice",
        "at another moment",
        "counted but not reopened",
        "only the reason",
    ],
)
def test_a_submitted_set_changes_in_no_other_way(one_in_one_open, change):
    closed, _ = one_in_one_open

    refuses(FINAL, f"UPDATE reviews_ratingset SET {change} WHERE id = %s", closed.pk)


def test_a_submitted_set_cannot_be_reopened_into_another_persons_hands(one_in_one_open):
    closed, open_set = one_in_one_open
    third = joined(open_set.member.review, Role.OBSERVER)
    place = closed.member.review.members.get(user=third).pk

    refuses(FINAL, REOPEN.replace("SET", f"SET member_id = {place},"), closed.pk)


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.RATING])
def test_a_submitted_set_is_reopened_at_no_other_stage(one_in_one_open, stage):
    closed, _ = one_in_one_open
    at_stage(closed.member.review, stage)

    refuses(FINAL, REOPEN, closed.pk)


def test_a_submitted_set_cannot_be_deleted(one_in_one_open):
    closed, _ = one_in_one_open

    refuses("stays as it is", "DELETE FROM reviews_ratingset WHERE id = %s", closed.pk)


def test_ratings_of_a_set_in_consensus_stay_whatever_is_tried(one_in_one_open):
    closed, open_set = one_in_one_open
    submitted_by(open_set.member.review, open_set.member.user, 2)

    refuses(FINAL, REOPEN, closed.pk)
    refuses(FINAL, "UPDATE reviews_rating SET score = 5 WHERE rating_set_id = %s", open_set.pk)


def test_deleting_a_person_from_the_team_does_not_take_submitted_ratings_along(one_in_one_open):
    closed, _ = one_in_one_open

    with pytest.raises(DatabaseError), transaction.atomic():
        closed.member.delete()

    assert closed.ratings.count() == 25


def test_consensus_changes_until_the_report_is_issued():
    review = in_draft()

    assert sql("UPDATE reviews_consensusrating SET score = 1 WHERE review_id = %s", review.pk) == 25


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE reviews_consensusrating SET score = 1 WHERE review_id = %s",
        "UPDATE reviews_consensusrating SET strength = 'x' WHERE review_id = %s",
        "DELETE FROM reviews_consensusrating WHERE review_id = %s",
    ],
)
def test_consensus_stays_once_the_report_is_issued(change):
    refuses(FINAL, change, issued().pk)


def test_consensus_cannot_be_added_once_the_report_is_issued():
    review = issued()
    unagreed = at_stage(ReviewFactory(), Stage.ISSUED)
    into = f"reviews_consensusrating (review_id, score, revision, updated_at, strength, action, {COPIED})"

    refuses(
        FINAL,
        f"INSERT INTO {into} "
        f"SELECT %s, 3, 0, now(), '', '', {COPIED} FROM reviews_consensusrating WHERE review_id = %s",
        unagreed.pk,
        review.pk,
    )


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE reviews_reviewevent SET note = 'never happened' WHERE review_id = %s",
        "DELETE FROM reviews_reviewevent WHERE review_id = %s",
    ],
)
def test_the_timeline_is_append_only(change):
    review = in_draft()
    assert review.timeline.exists()

    refuses("Cannot (update|delete)", change, review.pk)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE reviews_edition SET document = '[]' WHERE review_id = %s",
        "UPDATE reviews_edition SET pdf = 'x' WHERE review_id = %s",
        "UPDATE reviews_edition SET issued_at = now() WHERE review_id = %s",
        "DELETE FROM reviews_edition WHERE review_id = %s",
    ],
)
def test_an_edition_is_written_once(change):
    refuses("Cannot (update|delete)", change, issued().pk)


def other_value(review, column: str) -> int:
    if column == "site_id":
        return SiteFactory().pk
    profile = setting_profile("primary-care", "us")
    return profile.pk if column == "profile_id" else profile.version_id


@pytest.mark.parametrize("column", ["version_id", "profile_id", "site_id"])
def test_a_planned_review_may_change_its_scale_and_site(column):
    review = ReviewFactory()
    value = other_value(review, column)

    assert sql(f"UPDATE reviews_review SET {column} = %s WHERE id = %s", value, review.pk) == 1


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.PLANNED])
@pytest.mark.parametrize("column", ["version_id", "profile_id", "site_id"])
def test_a_review_keeps_its_scale_and_site_once_rating_began(column, stage):
    review = at_stage(ReviewFactory(), stage)
    value = other_value(review, column)

    refuses("Cannot update", f"UPDATE reviews_review SET {column} = %s WHERE id = %s", value, review.pk)


def test_a_review_being_rated_may_still_change_its_dates():
    review = at_stage(ReviewFactory(), Stage.RATING)

    assert Review.objects.filter(pk=review.pk).update(ends_on="2026-10-16") == 1
