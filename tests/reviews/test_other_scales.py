"""A whole review on scales of 15 and 35 items and of other points, through the pages, with no code that knows them."""

import pytest
from django.urls import reverse

from accounts.permissions import Role
from reviews.models import Review, Sheet, Stage
from scales.models import SettingProfile
from scales.scoring import total
from tests.factories.programs import MembershipFactory, SiteFactory
from tests.factories.reviews import ReviewFactory, rate_all, ratings_of
from tests.reviews.meetings import send
from tests.reviews.pages import form_on, save_item, text_at, text_of
from tests.reviews.plans import plan_post, row
from tests.reviews.situations import YEAR_BEFORE, fresh, in_consensus, in_draft, issued, lead_of
from tests.scales.other_definitions import EVERY, Definition, counting, of_15, of_35

pytestmark = pytest.mark.django_db


@pytest.fixture(params=EVERY.values(), ids=EVERY.keys())
def definition(request) -> Definition:
    return request.param()


@pytest.fixture
def profile(definition, tmp_path) -> SettingProfile:
    return definition.load(tmp_path)


@pytest.fixture
def review(profile) -> Review:
    return ReviewFactory(profile=profile)


def every_point(definition) -> dict[str, int | None]:
    """Each score of the scale in turn, the lowest first; the last item without one."""
    points = range(definition.scale.minimum, definition.scale.maximum + 1)
    scores = {item.code: points[place % len(points)] for place, item in enumerate(definition.scale.items)}
    return scores | {definition.scale.items[-1].code: None}


def same_but_for_the_first(definition, scores) -> dict[str, int | None]:
    return scores | {definition.scale.items[0].code: definition.scale.maximum}


def page(client, name: str, review, **parts):
    answer = client.get(reverse(name, kwargs={"pk": review.pk, **parts}))
    assert answer.status_code == 200
    return answer


def test_a_review_is_planned_on_the_profile_of_any_scale(client, profile):
    planner = MembershipFactory(role=Role.PROGRAM_LEAD.value).user
    site = SiteFactory(program=planner.memberships.get().program)
    client.force_login(planner)

    answer = client.post(reverse("reviews:plan"), plan_post(site, row(planner, Role.LEAD), profile=profile))

    planned = Review.objects.get()
    assert (answer.status_code, planned.version) == (302, profile.version)
    assert client.get(answer.url).status_code == 200


def test_every_item_is_rated_on_its_page_and_the_set_submitted(client, definition, review):
    lead, scores = lead_of(review), every_point(definition)
    client.force_login(lead)

    for code, score in scores.items():
        typed = {"score": str(score)} if score is not None else {"score": "none"}
        if score is None:
            typed["unrated_code"] = definition.unrated_code
        assert save_item(client, review, code, **typed, rationale="Seen.").status_code == 302
    answer = client.post(reverse("reviews:submit", kwargs={"pk": review.pk}))

    assert answer.status_code == 302
    assert {code: rating.score for code, rating in ratings_of(review, lead).items()} == scores
    assert fresh(review).stage == Stage.DRAFT


def test_the_list_of_items_shows_every_item_of_every_section(client, definition, review):
    client.force_login(lead_of(review))
    rate_all(fresh(review), lead_of(review), definition.scale.minimum)

    listed = text_at(page(client, "reviews:rate", review, code=definition.scale.items[0].code), "item-list")

    for section in definition.scale.sections:
        assert f"{section.title} {len(section.items)} of {len(section.items)}" in listed
    for item in definition.scale.items:
        assert f"{item.number} {item.short_title} {definition.scale.minimum}" in listed


def test_a_page_offers_every_point_of_the_scale_highest_first(client, definition, review):
    client.force_login(lead_of(review))
    item = definition.scale.items[-1]

    markup = page(client, "reviews:rate", review, code=item.code).content.decode()

    offered = [part.partition('"')[0] for part in markup.split('data-points="')[1:]]
    points = range(definition.scale.maximum, definition.scale.minimum - 1, -1)
    assert offered == [*map(str, points), "none"]


def test_two_reviewers_agree_and_the_draft_takes_what_they_agreed(client, definition, profile):
    scores = every_point(definition)
    review = in_consensus(scores, same_but_for_the_first(definition, scores), profile=profile)
    client.force_login(lead_of(review))
    consensus, first = reverse("reviews:consensus", kwargs={"pk": review.pk}), definition.scale.items[0]
    assert f"One split to talk about, {len(scores) - 1} equal" in text_of(client.get(consensus))

    client.post(consensus, {"go": "agree-all"})
    send(client, review, first.code, score=str(definition.scale.minimum), reason="Counted again together.")
    so_far = text_at(client.get(consensus), "meeting-foot")
    answer = client.post(consensus, {"go": "draft"})

    found = total(definition.scale, scores)
    assert f"total so far {found.points}, can become {found.lowest} to {found.highest}" in so_far
    assert (answer.status_code, fresh(review).stage) == (302, Stage.DRAFT)
    assert dict(review.consensus.values_list("item__code", "score")) == scores


def test_the_draft_page_offers_targets_up_to_the_highest_point(client, definition, profile):
    review = in_draft(every_point(definition), profile=profile)
    client.force_login(lead_of(review))
    draft, first = reverse("reviews:draft", kwargs={"pk": review.pk}), definition.scale.items[0]
    step = {"steps-0-item": first.code, "steps-0-action": "Begin here."}

    def send_target(points: int):
        fields = form_on(client.get(draft), "draft-form") | step
        return client.post(draft, fields | {"steps-0-target": str(points), "go": "stay"})

    refused = send_target(definition.scale.minimum)
    accepted = send_target(definition.scale.maximum)

    told = f"The score is {definition.scale.minimum} already: choose a higher target or none."
    assert told in text_of(refused)
    assert accepted.status_code == 302
    assert review.consensus.get(item__code=first.code).target == definition.scale.maximum


@pytest.mark.parametrize("page_name", ["reviews:worksheets", "reviews:components", "reviews:evidence"])
def test_pages_of_the_visit_open_where_no_item_takes_a_figure(client, definition, review, page_name):
    client.force_login(lead_of(review))

    said = text_of(page(client, page_name, review))

    assert review.site.name in said


@pytest.mark.parametrize("sheet", Sheet.values)
def test_a_worksheet_that_feeds_no_item_opens_all_the_same(client, tmp_path, sheet):
    review = ReviewFactory(profile=of_35().load(tmp_path))
    client.force_login(lead_of(review))

    assert client.get(f"/reviews/{review.pk}/facts/{sheet}/").status_code == 200


# A score of 0 is a score


@pytest.fixture
def from_0(client, tmp_path) -> Review:
    review = ReviewFactory(profile=counting(0, 3).load(tmp_path))
    client.force_login(lead_of(review))
    return review


SHARE = "w-career-time"


def test_0_is_kept_as_the_first_thing_that_is_typed(client, from_0):
    save_item(client, from_0, SHARE, score="0")

    assert ratings_of(from_0, lead_of(from_0))[SHARE].score == 0


def test_the_next_point_after_0_is_shown(client, from_0):
    save_item(client, from_0, SHARE, score="0")

    shown = text_at(page(client, "reviews:rate", from_0, code=SHARE), "next-point")

    assert shown == "What the next point takes: 1: A share worth 1 points."


def test_a_suggested_0_is_said_and_departing_from_it_takes_a_reason(client, from_0):
    lead = lead_of(from_0)
    rate_all(fresh(from_0), lead, 2)
    save_item(client, from_0, SHARE, facts__part="1", facts__whole="10")

    said = text_of(page(client, "reviews:rate", from_0, code=SHARE))
    refused = client.post(reverse("reviews:submit", kwargs={"pk": from_0.pk}))

    assert "Suggests 0" in said
    assert "departs from the suggested score without a reason" in text_of(refused)
    assert not fresh(from_0).member(lead).has_submitted


# Scores of two scales


def test_scores_of_another_scale_are_no_previous_scores(client, tmp_path):
    """Caseload size is an item of both scales, by other numbers."""
    before = issued(2, **YEAR_BEFORE)
    review = in_consensus(profile=of_15().load(tmp_path), site=before.site)
    client.force_login(lead_of(review))

    answer = page(client, "reviews:consensus", review)

    assert "previous" not in text_at(answer, "row-caseload-size")
