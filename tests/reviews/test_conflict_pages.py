"""Two windows on one item: the page tells, shows both texts, and either choice works."""

import pytest
from django.urls import reverse

from accounts.permissions import Role
from reviews.models import RatingConflict
from tests.factories.reviews import ReviewFactory, ratings_of
from tests.reviews.pages import HTMX, form_on, rate_url, save_item, swapped, text_at, text_of
from tests.reviews.situations import joined, lead_of

pytestmark = pytest.mark.django_db

CODE = "zero-exclusion"


@pytest.fixture
def review(client):
    review = ReviewFactory()
    client.force_login(lead_of(review))
    return review


def stored(review):
    return ratings_of(review, lead_of(review))[CODE]


def two_windows(client, review, htmx=False):
    """Both opened before either saved; the answer to the second save."""
    page = client.get(rate_url(review, CODE))
    save_item(client, review, CODE, page=page, score="3", rationale="Words of the first window.")
    return save_item(
        client, review, CODE, page=page, htmx=htmx, score="5", rationale="Words of the second window."
    )


@pytest.mark.parametrize("htmx", [False, True])
def test_a_conflict_is_told_with_both_texts(client, review, htmx):
    answer = two_windows(client, review, htmx)

    assert answer.status_code == 409
    told = text_at(answer, "conflict")
    assert "Words of the first window." in told
    assert "Words of the second window." in told
    assert "Not saved: this item was saved in another window. Both texts are kept." in text_of(answer)
    assert (stored(review).score, stored(review).rationale) == (3, "Words of the first window.")


def test_a_conflict_waits_on_the_page_until_it_is_settled(client, review):
    two_windows(client, review)

    page = client.get(rate_url(review, CODE))

    assert page.status_code == 200
    assert "Words of the second window." in text_at(page, "conflict")
    assert form_on(page)["rationale"] == "Words of the first window."


@pytest.mark.parametrize(
    ("choice", "score", "words"),
    [("saved", 3, "Words of the first window."), ("kept", 5, "Words of the second window.")],
)
def test_either_choice_settles_it(client, review, choice, score, words):
    two_windows(client, review)
    conflict = RatingConflict.objects.get()
    action = f"/reviews/{review.pk}/ratings/conflicts/{conflict.pk}/"

    answer = client.post(action, {"use": choice})

    assert (answer.status_code, answer.url) == (302, rate_url(review, CODE))
    assert (stored(review).score, stored(review).rationale) == (score, words)
    page = client.get(rate_url(review, CODE))
    assert text_at(page, "conflict") == ""
    assert (form_on(page)["score"], form_on(page)["rationale"]) == (str(score), words)


def test_a_settled_conflict_is_not_found_again(client, review):
    two_windows(client, review)
    action = f"/reviews/{review.pk}/ratings/conflicts/{RatingConflict.objects.get().pk}/"
    client.post(action, {"use": "saved"})

    assert client.post(action, {"use": "kept"}).status_code == 404
    assert stored(review).score == 3


def test_a_colleague_neither_sees_nor_settles_it(client, review):
    two_windows(client, review)
    client.force_login(joined(review, Role.REVIEWER))

    page = client.get(rate_url(review, CODE))
    answer = client.post(
        f"/reviews/{review.pk}/ratings/conflicts/{RatingConflict.objects.get().pk}/", {"use": "kept"}
    )

    assert "window." not in text_of(page)
    assert answer.status_code == 404
    assert stored(review).score == 3


def test_a_page_opened_after_the_conflict_saves_as_usual(client, review):
    two_windows(client, review)

    answer = save_item(client, review, CODE, score="4", rationale="Written after reading both.")

    assert answer.status_code == 302
    assert stored(review).rationale == "Written after reading both."
    assert RatingConflict.objects.get().values["rationale"] == "Words of the second window."


def test_a_lost_answer_sent_again_is_no_conflict(client, review):
    page = client.get(rate_url(review, CODE))
    save_item(client, review, CODE, page=page, htmx=True, score="3", rationale="Once.")

    again = save_item(client, review, CODE, page=page, htmx=True, score="3", rationale="Once.")

    assert again.status_code == 200
    assert not RatingConflict.objects.exists()


def type_on(client, review, code, fields, **typed):
    """Autosave what the page holds after these were typed; the answer, and what the page holds then."""
    fields = fields | {name.replace("__", "-"): value for name, value in typed.items()}
    answer = client.post(rate_url(review, code), fields, **HTMX)
    return answer, swapped(fields, answer)


def test_words_typed_on_while_a_figure_is_wrong_are_no_conflict_with_oneself(client, review):
    code = "caseload-size"
    fields = form_on(client.get(rate_url(review, code)))

    answer, fields = type_on(client, review, code, fields, facts__part="4l", rationale="Half a")
    assert answer.status_code == 422
    type_on(client, review, code, fields, rationale="Half a sentence, now whole.")

    assert not RatingConflict.objects.exists()
    assert ratings_of(review, lead_of(review))[code].rationale == "Half a sentence, now whole."


def test_words_typed_on_while_a_colleague_changed_the_facts_are_no_conflict_with_oneself(client, review):
    code = "caseload-size"
    fields = form_on(client.get(rate_url(review, code)))
    client.force_login(joined(review, Role.REVIEWER))
    save_item(client, review, code, facts__part="60", facts__whole="2")
    client.force_login(lead_of(review))

    answer, fields = type_on(client, review, code, fields, facts__part="41", rationale="Half a")
    assert answer.status_code == 409
    type_on(client, review, code, fields, rationale="Half a sentence, now whole.")

    assert not RatingConflict.objects.exists()
    assert ratings_of(review, lead_of(review))[code].rationale == "Half a sentence, now whole."


def test_figures_typed_on_beside_an_open_conflict_are_no_quarrel_with_oneself(client, review):
    code = "caseload-size"
    fields = form_on(client.get(rate_url(review, code)))
    save_item(client, review, code, score="3")

    _, fields = type_on(client, review, code, fields, score="5", facts__part="41", facts__whole="2.1")
    type_on(client, review, code, fields, facts__part="42")

    assert review.facts.get().entries["part"] == "42"


def test_two_open_texts_are_listed_before_submission(client, review):
    joined(review, Role.REVIEWER)
    two_windows(client, review)

    page = client.get(reverse("reviews:submit", kwargs={"pk": review.pk}))

    assert "two texts from two windows: choose one" in page.content.decode()


def test_a_conflict_over_a_rating_leaves_its_facts_editable(client, review):
    code = "caseload-size"
    page = client.get(rate_url(review, code))
    save_item(client, review, code, page=page, score="3")
    answer = save_item(client, review, code, page=page, score="5", facts__part="41", facts__whole="2.1")
    assert answer.status_code == 409

    again = save_item(client, review, code, page=answer, facts__part="42")

    assert again.status_code == 302
    assert review.facts.get().entries["part"] == "42"
