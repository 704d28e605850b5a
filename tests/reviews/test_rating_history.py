"""The page of an item's past values: what is told, and to whom."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.permissions import Role
from reviews.actions.rating import save_rating
from reviews.models import ConsensusRating, RatingSet, Stage
from tests.factories.accounts import UserFactory
from tests.factories.programs import MembershipFactory
from tests.factories.reviews import ReviewFactory, rate_all, ratings_of
from tests.reviews.pages import read, save_item, text_of
from tests.reviews.situations import YEAR_BEFORE, at_stage, fresh, in_consensus, joined, lead_of, submitted_by

pytestmark = pytest.mark.django_db

CODE = "zero-exclusion"


def page_of(review, person, code: str = CODE):
    client = Client()
    client.force_login(person)
    return client.get(f"/reviews/{review.pk}/history/{code}/")


def type_in(review, person, **typed):
    client = Client()
    client.force_login(person)
    assert save_item(client, review, CODE, **typed).status_code == 302


# What is told


def test_each_change_says_who_what_and_both_texts_oldest_first():
    review = ReviewFactory(lead=UserFactory(name="Menna Prys"))
    lead = lead_of(review)
    type_in(review, lead, score="2", rationale="Refused two people.")
    type_in(review, lead, score="4", rationale="Refused one person.")

    shown = text_of(page_of(review, lead))

    assert "Menna Prys: Score 2 ; Why this score written" in shown
    assert "Menna Prys: Score 2 → to 4 ; Why this score changed" in shown
    assert "Before Refused two people. After Refused one person." in shown
    assert shown.index("Score 2 ;") < shown.index("→ to 4")


def test_not_rated_and_its_reason_are_told_in_words():
    review = ReviewFactory()
    lead = lead_of(review)
    values = {"not_rated": True, "unrated_note": "Nobody was there to ask."}
    save_rating(review=fresh(review), item_code=CODE, values=values, based_on=0, by=lead)
    save_rating(
        review=fresh(review),
        item_code=CODE,
        values={"not_rated": False, "unrated_note": "", "score": 3},
        based_on=1,
        by=lead,
    )

    shown = text_of(page_of(review, lead))

    assert f"{lead.name}: Score not rated" in shown
    assert "Score not rated → to 3" in shown
    assert "Nobody was there to ask." in shown


def test_a_change_by_hand_is_told_as_the_owners_and_a_deleted_rating_stays_told():
    review = ReviewFactory()
    lead = lead_of(review)
    save_rating(review=fresh(review), item_code=CODE, values={"score": 2}, based_on=0, by=lead)
    rating = ratings_of(review, lead)[CODE]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reviews_rating SET score = 5 WHERE id = %s", [rating.pk])
        cursor.execute("DELETE FROM reviews_rating WHERE id = %s", [rating.pk])

    shown = text_of(page_of(review, lead))

    assert f"{lead.name}: Score 2 → to 5" in shown
    assert "Score 5 taken out" in shown


def test_the_agreed_rating_has_its_past_too():
    review = in_consensus()
    lead = lead_of(review)
    item = review.version.item_ids()[CODE]
    agreed = ConsensusRating.objects.create(review=review, item_id=item, score=3, agreed_by=lead)
    ConsensusRating.objects.filter(pk=agreed.pk).update(score=4, reason="Read once more.")

    shown = text_of(page_of(review, lead))

    assert f"Agreed by the team {shown.split('Agreed by the team')[1]}".count(lead.name) == 2
    assert "Score 3 → to 4 ; Reason for the agreed score written" in shown


def test_an_item_without_words_says_so():
    review = ReviewFactory()

    assert "You have not begun to rate." in text_of(page_of(review, lead_of(review)))


def test_an_item_that_the_scale_does_not_have_is_not_there():
    review = ReviewFactory()

    assert page_of(review, lead_of(review), "no-such-item").status_code == 404


def test_markup_in_a_text_is_shown_as_it_was_typed():
    review = ReviewFactory()
    type_in(review, lead_of(review), score="2", rationale="<b>Loud</b> & clear")

    answer = page_of(review, lead_of(review))

    assert "<b>Loud</b>" not in answer.content.decode()
    assert "<b>Loud</b> & clear" in text_of(answer)


# To whom


def titles(answer) -> list[str]:
    return [
        " ".join(" ".join(texts).split())
        for key, texts in read(answer).by_id.items()
        if key.startswith("rating-") and key != "rating-form"
    ]


@pytest.fixture
def review():
    """The lead is in, the other reviewer and the observer have rated without submitting."""
    review = ReviewFactory(lead=UserFactory(name="Menna Prys"))
    other, observer = joined(review, Role.REVIEWER), joined(review, Role.OBSERVER)
    submitted_by(review, lead_of(review), 4)
    rate_all(fresh(review), other, 2)
    rate_all(fresh(review), observer, 1)
    return fresh(review)


def person(review, role: Role):
    return review.members.get(role=role.value).user


@pytest.mark.parametrize("role", [Role.LEAD, Role.REVIEWER, Role.OBSERVER])
def test_while_others_rate_each_reads_their_own_past_alone(review, role):
    assert titles(page_of(review, person(review, role))) == ["Your rating"]


def test_once_all_are_in_the_reviewers_read_each_others_past_and_never_the_observers(review):
    other, observer = person(review, Role.REVIEWER), person(review, Role.OBSERVER)
    submitted_by(review, other, 2)

    assert titles(page_of(review, lead_of(review))) == [
        "Your rating",
        f"Rating by {other.name}",
        "Agreed by the team",
    ]
    assert observer.name not in text_of(page_of(review, other)).partition("Your rating")[2]
    assert titles(page_of(review, observer)) == ["Your rating"]

    submitted_by(review, observer, 1)
    assert titles(page_of(review, observer)) == [
        "Your rating",
        "Rating by Menna Prys",
        f"Rating by {other.name}",
        "Agreed by the team",
    ]


def test_a_moderator_reads_the_past_from_the_draft_on(review):
    moderator = joined(review, Role.MODERATOR)
    submitted_by(review, person(review, Role.REVIEWER), 2)
    assert page_of(review, moderator).status_code == 403

    at_stage(review, Stage.DRAFT)

    assert len(titles(page_of(review, moderator))) == 3


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("role", [Role.PROGRAM_MANAGER, Role.VIEWER, Role.PROGRAM_LEAD])
def test_a_role_in_the_program_never_opens_the_past_of_a_rating(review, role, stage):
    someone = MembershipFactory(program=review.site.program, role=role.value).user
    submitted_by(review, person(review, Role.REVIEWER), 2)
    at_stage(review, stage)

    assert page_of(review, someone).status_code in (403, 404)


def test_who_rates_the_site_anew_reads_no_ratings_of_the_review_before():
    previous = at_stage(in_consensus(2, 3, **YEAR_BEFORE), Stage.ISSUED)
    lead = lead_of(previous)
    assert len(titles(page_of(previous, lead))) == 3

    ReviewFactory(site=previous.site, lead=lead)

    assert page_of(previous, lead).status_code == 403


def test_a_reopened_set_is_out_of_sight_again(review):
    assert RatingSet.objects.submitted_by(review, lead_of(review)).exists()
    other = person(review, Role.REVIEWER)

    assert "Menna Prys" not in text_of(page_of(review, other)).partition("Your rating")[2]


# Queries


def test_the_page_takes_the_same_queries_for_few_and_many_changes_and_people(review):
    other = person(review, Role.REVIEWER)
    submitted_by(review, other, 2)
    client = Client()
    client.force_login(lead_of(review))
    url = f"/reviews/{review.pk}/history/{CODE}/"

    def queries() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    item = review.version.item_ids()[CODE]
    agreed = ConsensusRating.objects.create(review=review, item_id=item, score=1, agreed_by=other)
    few = queries()
    for number in range(30):
        ConsensusRating.objects.filter(pk=agreed.pk).update(
            score=number % 5 + 1, agreed_by=joined(review, Role.OBSERVER)
        )

    assert queries() == few
    assert few <= 20
