"""The points that a reviewer gives each specialist are scores: saved with the rating, and nobody else's to read."""

import pytest
from django.test import Client

from accounts.permissions import Role
from reviews.actions.rating import RatingsIncomplete, save_rating, submit_ratings
from reviews.facts import suggestions_for
from reviews.models import ItemFacts, RatingConflict, RatingSet
from scales.scoring import ScoreOutOfRange
from tests.factories.reviews import ReviewFactory, rate_all, ratings_of
from tests.reviews.pages import HTMX, error_beside, form_on, rate_url, save_item, swapped, text_at, text_of
from tests.reviews.sheets import SPECIALISTS, keep
from tests.reviews.situations import fresh, joined, lead_of, submitted_by
from tests.reviews.test_page_queries import queries

pytestmark = pytest.mark.django_db

CODE = "employer-contact-quality"
# Initials that stand nowhere else on a page.
MINE = {"points__label_0": "QX7", "points__value_0": "5", "points__label_1": "QY8", "points__value_1": "4"}


@pytest.fixture
def review(client):
    review = ReviewFactory()
    client.force_login(lead_of(review))
    return review


def points(review, user=None) -> list[dict]:
    return ratings_of(review, user or lead_of(review))[CODE].specialist_points


def test_points_are_saved_with_the_rating_and_suggest_their_average(client, review):
    answer = save_item(
        client,
        review,
        CODE,
        score="4",
        points__value_0="4",
        points__value_1="4",
        points__label_0="AK",
        points__label_1="BD",
    )

    assert answer.status_code == 302
    assert points(review) == [{"label": "AK", "value": "4"}, {"label": "BD", "value": "4"}]
    assert not review.facts.exists()
    assert "Suggests 4" in text_at(client.get(rate_url(review, CODE)), "suggestion")


def test_the_page_says_whose_points_they_are(client, review):
    said = text_at(client.get(rate_url(review, CODE)), "facts")

    assert "Your points for each specialist" in said
    assert "yours alone until everyone has submitted" in said
    assert "the team shares them" not in said


def test_the_specialists_of_the_worksheet_are_named_already(client, review):
    keep(review, "specialists", *SPECIALISTS)

    fields = form_on(client.get(rate_url(review, CODE)))

    assert [fields[f"points-label_{place}"] for place in range(4)] == ["AK", "BD", "CE", ""]


def test_a_specialist_without_points_yet_is_not_forgotten_in_the_average(client, review):
    keep(review, "specialists", *SPECIALISTS)

    save_item(client, review, CODE, points__value_0="5", points__value_2="5")

    said = text_at(client.get(rate_url(review, CODE)), "suggestion")
    assert "Suggests" not in said
    assert "No suggestion yet" in said


def test_names_alone_are_not_saved(client, review):
    keep(review, "specialists", *SPECIALISTS)

    save_item(client, review, CODE, score="3")

    assert points(review) == []


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(
    ("field", "value"), [("value_2", "6"), ("value_1", "2.5"), ("value_0", "0"), ("value_0", "x")]
)
def test_points_that_are_no_score_are_told_and_the_words_are_saved(client, review, field, value, htmx):
    answer = save_item(
        client, review, CODE, htmx=htmx, score="4", rationale="Kept.", **{f"points__{field}": value}
    )

    assert answer.status_code == 422
    if htmx:
        assert "Write a whole score of this item." in text_at(answer, "save-errors")
        assert "Points not saved" in text_of(answer)
    else:
        assert "Write a whole score of this item." in error_beside(answer, f"points-{field}")
        assert form_on(answer)[f"points-{field}"] == value
    rating = ratings_of(review, lead_of(review))[CODE]
    assert (rating.score, rating.rationale, rating.specialist_points) == (4, "Kept.", [])


def test_autosave_answers_with_the_suggestion(client, review):
    answer = save_item(client, review, CODE, htmx=True, **MINE)

    assert answer.status_code == 200
    assert "average" in text_at(answer, "suggestion-line")


def test_more_specialists_than_rows_find_room(client, review):
    save_item(client, review, CODE, go="row", **{f"points__value_{row}": "4" for row in range(3)})

    assert "points-value_3" in form_on(client.get(rate_url(review, CODE)))


def test_points_out_of_range_are_refused_by_the_action_too(review):
    with pytest.raises(ScoreOutOfRange):
        save_rating(
            review=review,
            item_code=CODE,
            values={"specialist_points": [{"label": "AK", "value": "7"}]},
            based_on=0,
            by=lead_of(review),
        )


def test_two_windows_keep_both_sets_of_points(client, review):
    first = client.get(rate_url(review, CODE))
    save_item(client, review, CODE, page=first, points__label_0="AK", points__value_0="5")

    answer = save_item(client, review, CODE, page=first, points__label_0="AK", points__value_0="2")

    assert answer.status_code == 409
    assert points(review) == [{"label": "AK", "value": "5"}]
    told = text_at(answer, "conflict")
    assert "Your points for each specialist AK 5 AK 2" in told
    client.post(f"/reviews/{review.pk}/ratings/conflicts/{RatingConflict.objects.get().pk}/", {"use": "kept"})
    assert points(review) == [{"label": "AK", "value": "2"}]


def test_autosave_after_autosave_of_points_is_saved(client, review):
    page = client.get(rate_url(review, CODE))
    answer = save_item(client, review, CODE, htmx=True, page=page, points__value_0="5")
    fields = swapped(form_on(page), answer)

    again = client.post(rate_url(review, CODE), fields | {"points-value_0": "4"}, **HTMX)

    assert again.status_code == 200
    assert points(review) == [{"value": "4"}]


# Blind


def other_reviewer(review) -> tuple[object, Client]:
    person, browser = joined(review, Role.REVIEWER), Client()
    browser.force_login(person)
    return person, browser


def test_the_other_reviewers_pages_never_show_my_points(client, review):
    keep(review, "specialists", *SPECIALISTS)
    _other, browser = other_reviewer(review)
    addresses = [
        rate_url(review, CODE),
        f"/reviews/{review.pk}/submit/",
        f"/reviews/{review.pk}/",
        f"/reviews/{review.pk}/facts/",
        f"/reviews/{review.pk}/facts/specialists/",
        f"/reviews/{review.pk}/facts/components/",
    ]
    before = [text_of(browser.get(address)) for address in addresses[:2]]

    save_item(client, review, CODE, score="5", **MINE)
    submitted_by(review, lead_of(review), 5)

    assert points(review) != []
    for address in addresses:
        page = browser.get(address)
        assert page.status_code == 200
        assert "QX7" not in page.content.decode()
        assert "As points" not in text_of(page)
    assert [text_of(browser.get(address)) for address in addresses[:2]] == before
    saved = save_item(browser, review, CODE, htmx=True, rationale="My own words.")
    assert "QX7" not in saved.content.decode()


def test_my_points_suggest_nothing_to_others(client, review):
    save_item(client, review, CODE, score="5", **MINE)

    assert CODE not in suggestions_for(fresh(review))
    own = RatingSet.objects.of(review, lead_of(review)).get()
    assert CODE in suggestions_for(fresh(review), own)


def test_points_that_were_kept_among_the_teams_facts_are_shown_to_nobody(client, review):
    ItemFacts.objects.create(
        review=review,
        item_id=review.version.item_ids()[CODE],
        entries={"specialists": [{"label": "QX7", "value": "5"}]},
        revision=1,
        updated_by=lead_of(review),
    )
    _other, browser = other_reviewer(review)

    for reader in (client, browser):
        page = reader.get(rate_url(review, CODE))
        assert "QX7" not in page.content.decode()
        assert "Suggests" not in text_at(page, "suggestion")
    assert CODE not in suggestions_for(fresh(review))


# Submitting


def test_a_departure_from_the_average_of_ones_own_points_needs_a_reason(client, review):
    lead = lead_of(review)
    rate_all(fresh(review), lead, 4)
    save_item(client, review, CODE, score="2", **MINE | {"points__value_1": "5"})

    with pytest.raises(RatingsIncomplete) as refused:
        submit_ratings(review=fresh(review), by=lead)

    assert [piece.item.code for piece in refused.value.missing] == [CODE]
    save_item(client, review, CODE, departure_reason="Two of the three contacts were by phone.")
    submit_ratings(review=fresh(review), by=lead)
    assert ratings_of(review, lead)[CODE].suggested == 5


def test_the_other_reviewer_needs_no_reason_for_my_points(client, review):
    save_item(client, review, CODE, score="5", **MINE)
    other, _browser = other_reviewer(review)

    rate_all(fresh(review), other, 2)
    submit_ratings(review=fresh(review), by=other)

    assert ratings_of(review, other)[CODE].suggested is None


def test_after_submission_points_are_read_only(client, review):
    joined(review, Role.REVIEWER)
    save_item(client, review, CODE, score="5", **MINE)
    page = client.get(rate_url(review, CODE))
    submitted_by(review, lead_of(review), 5)

    answer = save_item(client, review, CODE, page=page, points__value_0="1")

    assert answer.status_code == 403
    assert points(review)[0]["value"] == "5"
    assert "QX7" in client.get(rate_url(review, CODE)).content.decode()


def test_the_page_takes_the_same_queries_however_many_specialists(client, review):
    save_item(client, review, CODE, **MINE)
    few = queries(client, rate_url(review, CODE))

    keep(review, "specialists", *[{"name": f"S{number}"} for number in range(30)])

    assert queries(client, rate_url(review, CODE)) == few
