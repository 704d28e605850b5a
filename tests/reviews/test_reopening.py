"""Reopening one's own submitted ratings: a recorded step with a reason, while others still rate."""

import pytest

from accounts.permissions import Role
from reviews.actions.rating import save_rating, submit_ratings
from reviews.actions.refusals import NotNow
from reviews.actions.reopening import ReasonMissing, reopen_ratings
from reviews.models import Rating, ReviewEvent, Stage
from reviews.permissions import may_rate, may_reopen, rated_sites
from tests.factories.programs import MembershipFactory
from tests.factories.reviews import ReviewFactory, rate_all, ratings_of
from tests.reviews.pages import error_beside, form_on, rate_url, text_of
from tests.reviews.situations import at_stage, fresh, in_consensus, joined, lead_of, submitted_by

pytestmark = pytest.mark.django_db

REASON = "A record came in late; item 1 is a 2, not a 4."


@pytest.fixture
def review():
    """The lead has submitted, the other reviewer has not."""
    review = ReviewFactory()
    joined(review, Role.REVIEWER)
    return submitted_by(review, lead_of(review), 4)


def other_of(review):
    return review.members.get(role=Role.REVIEWER.value).user


def reopen(review, by=None, reason=REASON):
    return reopen_ratings(review=fresh(review), reason=reason, by=by or lead_of(review))


# The step


def test_a_reopened_set_is_unsubmitted_in_every_respect(review):
    lead = lead_of(review)
    assert rated_sites(lead) == set()

    own_set = reopen(review)

    assert (own_set.is_submitted, own_set.reopenings, own_set.reopening_reason) == (False, 1, REASON)
    assert may_rate(lead, fresh(review))
    assert not may_reopen(lead, fresh(review))
    assert rated_sites(lead) == {review.site_id}
    assert fresh(review).stage == Stage.RATING


def test_reopening_is_in_the_timeline_with_its_reason(review):
    reopen(review)

    event = review.timeline.get(step=ReviewEvent.Step.REOPENED)
    assert (event.by, event.note) == (lead_of(review), REASON)


def test_ratings_change_and_are_submitted_again_after_reopening(review):
    lead = lead_of(review)
    reopen(review)
    rating = ratings_of(review, lead)["caseload-size"]

    save_rating(
        review=fresh(review),
        item_code="caseload-size",
        values={"score": 2},
        based_on=rating.revision,
        by=lead,
    )
    own_set = submit_ratings(review=fresh(review), by=lead)

    assert own_set.is_submitted
    assert own_set.ratings.get(item__code="caseload-size").score == 2
    assert Rating.pgh_event_model.objects.filter(pgh_obj_id=rating.pk, score=4).exists()


def test_consensus_waits_for_a_reopened_set(review):
    reopen(review)

    submitted_by(review, other_of(review), 3)

    assert fresh(review).stage == Stage.RATING


def test_each_reopening_is_counted(review):
    for _ in range(2):
        reopen(review)
        submit_ratings(review=fresh(review), by=lead_of(review))

    assert review.members.get(user=lead_of(review)).own_set.reopenings == 2


def test_a_second_click_reopens_once(review):
    reopen(review)
    reopen(review)

    assert review.members.get(user=lead_of(review)).own_set.reopenings == 1
    assert review.timeline.filter(step=ReviewEvent.Step.REOPENED).count() == 1


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_reopening_takes_a_reason(review, reason):
    with pytest.raises(ReasonMissing):
        reopen(review, reason=reason)

    assert review.members.get(user=lead_of(review)).has_submitted


def test_nobody_reopens_the_set_of_another(review):
    with pytest.raises(NotNow):
        reopen(review, by=other_of(review))

    assert review.members.get(user=lead_of(review)).has_submitted


def test_a_set_that_was_never_submitted_is_not_reopened(review):
    rate_all(fresh(review), other_of(review), 3)

    with pytest.raises(NotNow):
        reopen(review, by=other_of(review))


def test_nothing_is_reopened_once_consensus_is_open():
    review = in_consensus()

    with pytest.raises(NotNow):
        reopen(review)


# The page


def address(review) -> str:
    return f"/reviews/{review.pk}/reopen/"


def test_the_page_asks_why_and_reopens(client, review):
    client.force_login(lead_of(review))
    fields = form_on(client.get(address(review)), "form-1") | {"reason": REASON}

    answer = client.post(address(review), fields, follow=True)

    assert "Your ratings are open again." in text_of(answer)
    assert 'name="score"' in answer.content.decode()
    assert client.get(rate_url(review, "caseload-size")).status_code == 200


def test_without_a_reason_the_page_says_what_is_missing(client, review):
    client.force_login(lead_of(review))

    answer = client.post(address(review), {"reason": " "})

    assert answer.status_code == 422
    assert "Say why you reopen your ratings." in error_beside(answer, "reason")
    assert "<title>Error:" in " ".join(answer.content.decode().split())


def test_a_second_click_on_the_page_meets_no_error(client, review):
    client.force_login(lead_of(review))

    assert [client.post(address(review), {"reason": REASON}).status_code for _ in range(2)] == [302, 302]


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_page_is_closed_to_who_has_not_submitted(client, review, method):
    client.force_login(other_of(review))

    assert getattr(client, method)(address(review), {"reason": "Mine."}).status_code == 403


def test_the_page_is_closed_in_consensus(client):
    review = in_consensus()
    client.force_login(lead_of(review))

    assert client.get(address(review)).status_code == 403
    assert client.post(address(review), {"reason": REASON}).status_code == 403


# Who reads the reason


def history_of(client, review, person) -> str:
    """Both pages that tell the timeline."""
    client.force_login(person)
    pages = [f"/reviews/{review.pk}/history/", f"/reviews/{review.pk}/"]
    return " ".join(text_of(client.get(page)) for page in pages)


def test_the_reason_is_its_writers_alone_while_others_rate(client, review):
    MembershipFactory(program=review.site.program, role=Role.PROGRAM_MANAGER.value)
    manager = review.site.program.memberships.get().user
    moderator = joined(review, Role.MODERATOR)
    reopen(review)

    assert REASON in history_of(client, review, lead_of(review))
    for person in (other_of(review), moderator):
        shown = history_of(client, review, person)
        assert "reopened their submitted ratings" in shown
        assert REASON not in shown
    # How the team works with each other is not for the service.
    assert "reopened" not in history_of(client, review, manager)


def test_the_reason_is_the_teams_once_all_are_in_and_never_the_services(client, review):
    observer, moderator = joined(review, Role.OBSERVER), joined(review, Role.MODERATOR)
    manager = MembershipFactory(program=review.site.program, role=Role.PROGRAM_MANAGER.value).user
    reopen(review)
    submitted_by(review, other_of(review), 3)
    submit_ratings(review=fresh(review), by=lead_of(review))

    assert fresh(review).stage == Stage.CONSENSUS
    assert REASON in history_of(client, review, other_of(review))
    for person in (observer, moderator, manager):
        assert REASON not in history_of(client, review, person)

    at_stage(review, Stage.DRAFT)
    assert REASON in history_of(client, review, moderator)
    assert REASON not in history_of(client, review, manager)
