"""How one's own scores compare with the reviewers' and the agreed ones: the counting, and the page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.permissions import Role
from reviews.models import ConsensusRating, Stage
from reviews.past.comparison import Counts, Standing, compare
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ReviewFactory
from tests.reviews.pages import text_of
from tests.reviews.situations import YEAR_BEFORE, at_stage, fresh, in_consensus, joined, lead_of, submitted_by

# The counting


@pytest.mark.parametrize(
    ("own", "others", "agreed", "standing", "distance"),
    [
        (3, [3, 3], None, Standing.SAME, 0),
        (3, [2, 4], None, Standing.BETWEEN, 0),
        (2, [2, 4], None, Standing.BETWEEN, 0),
        (5, [2, 4], None, Standing.HIGHER, 1),
        (1, [4, 3], None, Standing.LOWER, 2),
        (1, [4, 3], 1, Standing.SAME, 0),
        (3, [3, 3], 4, Standing.LOWER, 1),
        (None, [3, 3], 4, Standing.NOT_COMPARED, None),
        (3, [None, None], None, Standing.NOT_COMPARED, None),
        (3, [None, 5], None, Standing.LOWER, 2),
        (3, [], None, Standing.NOT_COMPARED, None),
    ],
)
def test_a_score_stands_by_the_agreed_one_else_by_the_nearest_reviewer(
    own, others, agreed, standing, distance
):
    found = compare(["a"], {"a": own}, [{"a": score} for score in others], {"a": agreed}).items[0]

    assert (found.standing, found.distance) == (standing, distance)


def test_counts_take_the_items_that_both_scored():
    found = compare(
        ["a", "b", "c", "d"],
        {"a": 1, "b": 2, "c": None, "d": 5},
        [{"a": 1, "b": 3, "c": 3, "d": 3}, {"a": None}],
        {"a": 2, "b": None, "d": 5},
    )

    assert found.with_others == (Counts(3, 1, 2), Counts(0, 0, 0))
    assert found.with_agreed == Counts(2, 1, 2)
    assert compare(["a"], {"a": 1}, [], {"a": None}).with_agreed is None


# The page


@pytest.fixture
def review(db):
    review = in_consensus(2, 4, lead=UserFactory(name="Menna Prys"))
    joined(review, Role.OBSERVER)
    return fresh(review)


def observer_of(review):
    return review.members.get(role=Role.OBSERVER.value).user


def compare_page(client, review, person):
    client.force_login(person)
    return client.get(f"/reviews/{review.pk}/compare/")


def agree_on(review, score: int):
    ConsensusRating.objects.bulk_create(
        ConsensusRating(review=review, item_id=number, score=score)
        for number in review.version.item_ids().values()
    )


def test_an_observer_sees_where_they_stand_once_their_own_set_is_in(client, review):
    observer = observer_of(review)
    assert compare_page(client, review, observer).status_code == 403
    submitted_by(review, observer, 5)

    shown = text_of(compare_page(client, review, observer))

    assert "You rated to learn" in shown
    assert "Menna Prys 0 of 25 items 0 of 25 items" in shown
    assert "1 point above the nearest reviewer 5 2 4 –" in shown
    assert "No score is agreed yet" in shown


def test_scores_are_compared_with_the_agreed_ones_where_there_are_any(client, review):
    submitted_by(review, observer_of(review), 5)
    agree_on(review, 3)

    shown = text_of(compare_page(client, review, observer_of(review)))

    assert "The agreed scores 0 of 25 items 0 of 25 items" in shown
    assert "2 points higher than agreed 5 2 4 3" in shown


def test_a_reviewer_compares_too_and_sees_no_observer(client, review):
    submitted_by(review, observer_of(review), 5)

    shown = text_of(compare_page(client, review, lead_of(review)))

    assert "You rated to learn" not in shown
    assert observer_of(review).name not in shown
    assert "2 points below the nearest reviewer 2 4 –" in shown


def test_an_observer_sees_no_other_observer(client, review):
    submitted_by(review, observer_of(review), 5)
    first, second = observer_of(review), joined(review, Role.OBSERVER)
    submitted_by(review, second, 1)

    assert first.name not in text_of(compare_page(client, review, second))


@pytest.mark.parametrize("stage", Stage)
def test_the_page_opens_with_consensus(client, review, stage):
    review = at_stage(review, stage)
    opened = stage in (Stage.CONSENSUS, Stage.DRAFT, Stage.WITH_SERVICE, Stage.ISSUED)

    assert compare_page(client, review, lead_of(review)).status_code == (200 if opened else 403)


def test_the_page_is_closed_to_a_moderator_and_to_who_rates_the_site_anew(client, review):
    assert compare_page(client, review, joined(review, Role.MODERATOR)).status_code == 403
    previous = at_stage(in_consensus(site=review.site, **YEAR_BEFORE), Stage.ISSUED)
    lead = lead_of(previous)
    assert compare_page(client, previous, lead).status_code == 200

    ReviewFactory(site=previous.site, lead=lead)

    assert compare_page(client, previous, lead).status_code == 403


def test_observers_scores_are_neither_in_consensus_nor_in_agreement(client, review):
    observer = observer_of(review)
    client.force_login(lead_of(review))
    pages = [f"/reviews/{review.pk}/consensus/", "/agreement/"]
    before = [text_of(client.get(page)) for page in pages]

    submitted_by(review, observer, 5)

    assert [text_of(client.get(page)) for page in pages] == before


def test_the_page_takes_the_same_queries_for_1_and_30_observers(client, review):
    observer = observer_of(review)
    submitted_by(review, observer, 5)

    def queries() -> int:
        compare_page(client, review, observer)
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/reviews/{review.pk}/compare/")
        return len(captured)

    few = queries()
    agree_on(review, 3)
    for _ in range(29):
        joined(review, Role.OBSERVER)

    assert queries() == few
    assert few <= 20
