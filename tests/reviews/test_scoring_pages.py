"""Scoring one item after another in the browser: saving, going on, what is wrong, and after submission."""

import pytest

from accounts.permissions import Role
from reviews.actions.rating import submit_ratings
from reviews.models import Rating, RatingSet
from tests.factories.reviews import ReviewFactory, rate_all, ratings_of
from tests.reviews.pages import error_beside, form_on, rate_url, save_item, swapped, text_at, text_of
from tests.reviews.situations import fresh, joined, lead_of, submitted_by

pytestmark = pytest.mark.django_db

CODE = "zero-exclusion"
HTMX = {"htmx": True}


@pytest.fixture
def review(client):
    """A planned review, its lead signed in."""
    review = ReviewFactory()
    client.force_login(lead_of(review))
    return review


def stored(review, code=CODE) -> Rating:
    return ratings_of(review, lead_of(review))[code]


def test_rating_goes_on_at_the_first_open_item(client, review):
    assert client.get(f"/reviews/{review.pk}/ratings/").url == rate_url(review, "caseload-size")

    save_item(client, review, "caseload-size", score="4")

    assert client.get(f"/reviews/{review.pk}/ratings/").url == rate_url(review, "employment-staff")


def test_save_and_next_goes_to_the_next_item(client, review):
    answer = save_item(client, review, CODE, score="4", rationale="Seen.", go="next")

    assert (answer.status_code, answer.url) == (302, rate_url(review, "agency-focus"))
    assert (stored(review).score, stored(review).rationale) == (4, "Seen.")


@pytest.mark.parametrize(
    ("code", "go", "target"),
    [
        (CODE, "previous", "supervisor-role"),
        (CODE, "stay", CODE),
        (CODE, "somewhere", CODE),
        ("caseload-size", "previous", "caseload-size"),
        ("assertive-outreach", "next", "assertive-outreach"),
    ],
)
def test_save_goes_where_the_button_says(client, review, code, go, target):
    answer = save_item(client, review, code, score="4", go=go)

    assert answer.url == rate_url(review, target)


def test_the_last_item_leads_to_what_is_missing(client, review):
    answer = save_item(client, review, "assertive-outreach", score="4", go="finish")

    assert answer.url == f"/reviews/{review.pk}/submit/"


def test_the_page_shows_what_was_saved(client, review):
    save_item(
        client, review, CODE, score="2", rationale="Seen.", evidence="Notes.", recommendation="Open up."
    )

    fields = form_on(client.get(rate_url(review, CODE)))

    assert (fields["score"], fields["rationale"], fields["revision"]) == ("2", "Seen.", "1")
    assert (fields["evidence"], fields["recommendation"]) == ("Notes.", "Open up.")


def test_autosave_answers_with_the_time_the_new_revision_and_the_list(client, review):
    answer = save_item(client, review, CODE, **HTMX, score="4", rationale="Seen.")

    assert answer.status_code == 200
    saved = stored(review)
    page = answer.content.decode()
    assert "Saved" in text_of(answer)
    assert 'name="revision" id="id_revision" value="1" hx-swap-oob="true"' in page
    assert 'id="item-list" hx-swap-oob="innerHTML"' in page
    assert "1 of 25 rated" in text_at(answer, "progress-line")
    assert "9 Zero exclusion 4" in text_at(answer, "item-list")
    assert (saved.score, saved.rationale) == (4, "Seen.")


def test_autosave_sends_no_whole_page(client, review):
    assert "<html" not in save_item(client, review, CODE, **HTMX, score="4").content.decode()


def test_autosave_after_autosave_is_saved(client, review):
    page = client.get(rate_url(review, CODE))
    answer = save_item(client, review, CODE, **HTMX, page=page, score="4")
    fields = swapped(form_on(page), answer)

    again = save_item(client, review, CODE, **HTMX, page=page, score="5", revision=fields["revision"])

    assert (again.status_code, stored(review).score) == (200, 5)


@pytest.mark.parametrize("score", ["0", "6", "4.5", "abc", "-1", "５", "1e0"])
def test_a_bad_score_is_told_beside_the_field_and_nothing_typed_is_lost(client, review, score):
    answer = save_item(
        client, review, CODE, score=score, rationale="Long & <careful> words.", evidence="Sources.", go="next"
    )

    assert answer.status_code == 422
    assert f"“{score}” is not a score here" in error_beside(answer, "score")
    fields = form_on(answer)
    assert (fields["rationale"], fields["evidence"]) == ("Long & <careful> words.", "Sources.")
    assert "Error:" in text_of(answer)
    assert not Rating.objects.exists()


@pytest.mark.parametrize("score", ["0", "6", "4.5", "abc"])
def test_autosave_of_a_bad_score_is_told_and_not_saved(client, review, score):
    answer = save_item(client, review, CODE, **HTMX, score=score, rationale="Words.")

    assert answer.status_code == 422
    assert "is not a score here" in text_at(answer, "save-errors")
    assert "Not saved" in text_of(answer)
    assert not Rating.objects.exists()


def test_a_bad_score_leaves_the_saved_one(client, review):
    save_item(client, review, CODE, score="4", rationale="Seen.")

    save_item(client, review, CODE, score="6")

    assert stored(review).score == 4


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        ("community-mental-health", "zero-exclusion"),
        ("community-forensic", "zero-exclusion"),
        ("community-forensic", "rapid-search"),
        ("community-forensic", "follow-along"),
    ],
)
def test_not_rated_takes_every_reason_of_the_profile(client, setting, code):
    review = ReviewFactory(setting=setting)
    client.force_login(lead_of(review))
    reasons = [reason.code for reason in review.profile.to_spec().reasons_for_unrated(code)]
    assert reasons

    for reason in reasons:
        assert save_item(client, review, code, score="none", unrated_code=reason).status_code == 302
        rating = stored(review, code)
        assert (rating.score, rating.not_rated, rating.unrated_code) == (None, True, reason)


def test_not_rated_takes_a_reason_in_own_words_and_shows_it_again(client, review):
    save_item(client, review, CODE, score="none", unrated_code="other", unrated_note="The unit was closed.")

    rating, fields = stored(review), form_on(client.get(rate_url(review, CODE)))
    assert (rating.not_rated, rating.unrated_code, rating.unrated_note) == (True, "", "The unit was closed.")
    assert (fields["score"], fields["unrated_code"]) == ("none", "other")


def test_a_score_drops_the_reason_for_not_rating(client, review):
    save_item(
        client, review, CODE, score="none", unrated_code="information-not-obtained", unrated_note="Late."
    )

    save_item(client, review, CODE, score="3")

    rating = stored(review)
    assert (rating.score, rating.not_rated, rating.unrated_code, rating.unrated_note) == (3, False, "", "")


@pytest.mark.parametrize("reason", ["too-few-in-work", "nonsense", "<b>"])
def test_a_reason_that_the_profile_does_not_know_is_told(client, review, reason):
    answer = save_item(client, review, CODE, score="none", unrated_code=reason)

    assert answer.status_code == 422
    assert error_beside(answer, "unrated_code")
    assert not Rating.objects.exists()


@pytest.mark.parametrize("code", ["nonsense", "item-of-another-version", "Caseload-Size", "26"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_item_that_is_not_of_this_version_is_not_found(client, review, code, method):
    assert getattr(client, method)(rate_url(review, code), {"score": "3", "revision": 0}).status_code == 404
    assert not Rating.objects.exists()


def test_what_is_typed_is_text_and_never_markup(client, review):
    save_item(client, review, CODE, score="3", rationale="</textarea><script>alert(1)</script>")

    page = client.get(rate_url(review, CODE))

    assert "<script>alert" not in page.content.decode()
    assert form_on(page)["rationale"] == "</textarea><script>alert(1)</script>"


def test_the_submit_page_lists_what_is_missing_with_links(client, review):
    rate_all(fresh(review), lead_of(review), 4)
    save_item(client, review, CODE, score="")
    save_item(client, review, "disclosure", score="none")
    save_item(client, review, "caseload-size", facts__part="41", facts__whole="2.1")

    for answer, status in (
        (client.get(f"/reviews/{review.pk}/submit/"), 200),
        (client.post(f"/reviews/{review.pk}/submit/"), 422),
    ):
        page, text = answer.content.decode(), text_of(answer)
        assert answer.status_code == status
        for code in (CODE, "disclosure", "caseload-size"):
            assert f'<li><a href="{rate_url(review, code)}">' in page
        assert "1 Caseload size departs from the suggested score without a reason" in text
        assert "9 Zero exclusion no score yet" in text
        assert "not rated, but no reason" in text
        assert "Submit my ratings" not in text


def test_scores_without_words_are_no_bar_to_submitting(client, review):
    rate_all(fresh(review), lead_of(review), 4)
    save_item(client, review, CODE, rationale="  ")

    page = client.get(f"/reviews/{review.pk}/submit/")

    assert "Scored without words" in text_of(page)
    assert client.post(f"/reviews/{review.pk}/submit/").status_code == 302
    assert RatingSet.objects.get().is_submitted


def test_after_submission_the_page_is_read_only(client, review):
    joined(review, Role.REVIEWER)
    submitted_by(review, lead_of(review), 4)

    page = client.get(rate_url(review, CODE))

    assert page.status_code == 200
    assert "Your ratings are submitted. They stay as they are." in text_of(page)
    assert '<fieldset class="whole" disabled>' in page.content.decode()
    assert "hx-post" not in page.content.decode()


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("typed", [{"score": "1"}, {"score": "9"}, {"rationale": "Other words."}])
def test_after_submission_a_save_is_refused(client, review, typed, htmx):
    joined(review, Role.REVIEWER)
    page = client.get(rate_url(review, CODE))
    submitted_by(review, lead_of(review), 4)

    answer = save_item(client, review, CODE, htmx=htmx, page=page, **typed)

    assert answer.status_code == 403
    assert (stored(review).score, stored(review).revision) == (4, 1)


def test_facts_are_not_changed_by_someone_who_has_submitted(client, review):
    joined(review, Role.REVIEWER)
    page = client.get(rate_url(review, "caseload-size"))
    submitted_by(review, lead_of(review), 4)

    answer = save_item(client, review, "caseload-size", page=page, facts__part="41", facts__whole="2.1")

    assert answer.status_code == 403
    assert not review.facts.exists()


def test_a_second_submission_by_hand_changes_nothing(client, review):
    joined(review, Role.REVIEWER)
    rate_all(fresh(review), lead_of(review), 4)
    submit_ratings(review=fresh(review), by=lead_of(review))
    moment = RatingSet.objects.get().submitted_at

    client.post(f"/reviews/{review.pk}/submit/")

    assert RatingSet.objects.get().submitted_at == moment


@pytest.mark.parametrize("role", [Role.MODERATOR, None])
def test_people_who_do_not_rate_have_no_scoring_page(client, review, role):
    person = joined(review, role) if role else review.created_by
    client.force_login(person)

    assert client.get(rate_url(review, CODE)).status_code == (403 if role else 404)
    assert client.post(rate_url(review, CODE), {"score": "3", "revision": 0}).status_code in (403, 404)
    assert not Rating.objects.exists()
