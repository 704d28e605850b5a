"""Planning a review and changing the plan: what an action keeps and refuses."""

import contextlib
from datetime import date

import pytest
from django.utils import timezone

from accounts.permissions import Role
from programs.models import Membership
from reviews.actions.planning import Place, PlanDoesNotHold, change_plan, plan_review
from reviews.actions.rating import save_rating, submit_ratings
from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.models import Rating, Review, ReviewEvent, Stage
from scales.models import ScaleVersion, SettingProfile, Status
from tests.factories.accounts import UserFactory
from tests.factories.programs import MembershipFactory, OrganizationFactory, SiteFactory
from tests.factories.reviews import ReviewFactory, rate_all, ratings_of
from tests.factories.scales import setting_profile
from tests.reviews.plans import places_of, plan_for, plan_like
from tests.reviews.situations import at_stage, fresh, joined, lead_of, submitted_by

pytestmark = pytest.mark.django_db

CODE = "zero-exclusion"


@pytest.fixture
def planner():
    return MembershipFactory(role=Role.PROGRAM_LEAD.value).user


def site_of(planner):
    return SiteFactory(program=Membership.objects.get(user=planner).program)


def change(review, by=None, **changes):
    return change_plan(
        review=fresh(review),
        plan=plan_like(review, **changes),
        by=by or lead_of(review),
        based_on=fresh(review).revision,
    )


def without(review, user):
    return tuple(place for place in places_of(review) if place.user != user)


def rate(review, user, **values):
    save_rating(review=fresh(review), item_code=CODE, values=values or {"score": 3}, based_on=0, by=user)


def test_planning_keeps_everything_and_says_so(planner):
    other, trust = UserFactory(), OrganizationFactory()
    place = Place(other, Role.REVIEWER, trust, False)

    review = plan_review(site=site_of(planner), plan=plan_for(planner, place), by=planner)

    kept = fresh(review)
    assert (kept.stage, kept.version, kept.created_by) == (Stage.PLANNED, kept.profile.version, planner)
    assert [(m.user, m.role, m.employer, m.worked_with_site) for m in kept.team] == [
        (planner, "lead reviewer", None, None),
        (other, "reviewer", trust, False),
    ]
    assert [event.step for event in kept.timeline.all()] == [ReviewEvent.Step.PLANNED]


@pytest.mark.parametrize(
    "role", [Role.PROGRAM_MANAGER, Role.VIEWER, Role.PROGRAM_REVIEWER, "superuser", "elsewhere"]
)
def test_who_does_not_plan_in_the_program_cannot(role):
    site = SiteFactory()
    if role == "superuser":
        person = UserFactory(is_superuser=True)
    elif role == "elsewhere":
        person = MembershipFactory(role=Role.PROGRAM_LEAD.value).user
    else:
        person = MembershipFactory(program=site.program, role=role.value).user

    with pytest.raises(NotNow):
        plan_review(site=site, plan=plan_for(person), by=person)

    assert not Review.objects.exists()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (lambda: {"version": setting_profile(wording="us").version}, "profile of another scale version"),
        (lambda: {"team": ()}, "one lead"),
        (lambda: {"team": (Place(UserFactory(), Role.REVIEWER),)}, "one lead"),
        (lambda: {"team": (Place(UserFactory(), Role.LEAD), Place(UserFactory(), Role.LEAD))}, "one lead"),
    ],
)
def test_a_plan_that_contradicts_itself_is_refused(planner, changes, reason):
    with pytest.raises(PlanDoesNotHold, match=reason):
        plan_review(site=site_of(planner), plan=plan_for(planner, **changes()), by=planner)

    assert not Review.objects.exists()


def unpublished_copy(profile) -> SettingProfile:
    return SettingProfile.objects.create(
        version=profile.version, code="draft", setting=profile.setting, title="Draft", in_words="a draft"
    )


def test_an_unpublished_profile_is_refused(planner):
    draft = unpublished_copy(setting_profile())

    with pytest.raises(PlanDoesNotHold, match="not published"):
        plan_review(site=site_of(planner), plan=plan_for(planner, profile=draft), by=planner)


def retire(model, pk):
    model.objects.filter(pk=pk).update(status=Status.RETIRED, retired_at=timezone.now())


@pytest.mark.parametrize("what", ["version", "profile"])
def test_a_retired_definition_is_refused_for_a_new_review(planner, what):
    profile = setting_profile()
    retire(SettingProfile, profile.pk) if what == "profile" else retire(ScaleVersion, profile.version_id)
    profile = SettingProfile.objects.select_related("version").get(pk=profile.pk)

    with pytest.raises(PlanDoesNotHold, match="not published"):
        plan_review(site=site_of(planner), plan=plan_for(planner, profile=profile), by=planner)


@pytest.mark.parametrize("what", ["version", "profile"])
def test_a_review_keeps_a_definition_that_was_retired_and_its_plan_can_change(what):
    review = ReviewFactory()
    retire(SettingProfile, review.profile_id) if what == "profile" else retire(
        ScaleVersion, review.version_id
    )
    review = fresh(review)

    change(review, ends_on=date(2026, 10, 16))

    assert fresh(review).ends_on == date(2026, 10, 16)


def test_changing_the_plan_keeps_ratings_and_places():
    review = ReviewFactory()
    other = joined(review, Role.REVIEWER)
    place = review.members.get(user=other).pk
    rate(review, other, score=2, rationale="As seen.")

    change(review, ends_on=date(2026, 10, 16), kind="follow-up")

    kept = fresh(review)
    assert (kept.ends_on, kept.kind, kept.stage, kept.revision) == (
        date(2026, 10, 16),
        "follow-up",
        Stage.RATING,
        1,
    )
    assert kept.members.get(user=other).pk == place
    assert ratings_of(kept, other)[CODE].rationale == "As seen."
    assert kept.timeline.last().step == ReviewEvent.Step.PLAN_CHANGED


def test_a_plan_changed_meanwhile_is_not_overwritten():
    review = ReviewFactory()
    change(review, ends_on=date(2026, 10, 16))

    with pytest.raises(ChangedMeanwhile):
        change_plan(
            review=fresh(review),
            plan=plan_like(review, ends_on=date(2026, 10, 17)),
            by=lead_of(review),
            based_on=0,
        )

    assert fresh(review).ends_on == date(2026, 10, 16)


def test_before_rating_the_version_may_change():
    review = ReviewFactory()
    american = setting_profile(wording="us")

    change(review, profile=american)

    assert fresh(review).version == american.version


@pytest.mark.parametrize("setting_and_wording", [("primary-care", "uk"), ("community-mental-health", "us")])
def test_once_rating_began_version_and_profile_stay(setting_and_wording):
    review = ReviewFactory()
    rate(review, lead_of(review))

    with pytest.raises(PlanDoesNotHold, match="rating has begun"):
        change(review, profile=setting_profile(*setting_and_wording), ends_on=date(2026, 10, 20))

    assert (fresh(review).profile, fresh(review).ends_on) == (review.profile, review.ends_on)


def test_a_first_rating_sent_before_the_version_changed_is_not_kept_under_the_new_one():
    review = ReviewFactory()
    as_read = fresh(review)
    assert as_read.team
    change(review, profile=setting_profile(wording="us"))

    with contextlib.suppress(NotNow):
        save_rating(review=as_read, item_code=CODE, values={"score": 3}, based_on=0, by=lead_of(review))

    assert not Rating.objects.exclude(item__version=fresh(review).version).exists()


def test_someone_who_has_rated_cannot_leave_the_team():
    review = ReviewFactory()
    other = joined(review, Role.REVIEWER)
    rate(review, other)

    with pytest.raises(PlanDoesNotHold, match="cannot leave"):
        change(review, team=without(review, other), ends_on=date(2026, 10, 20))

    assert review.members.filter(user=other).exists()
    assert fresh(review).ends_on == review.ends_on


def test_someone_who_has_not_rated_may_leave_and_another_join():
    review = ReviewFactory()
    other, successor = joined(review, Role.REVIEWER), UserFactory()

    change(review, team=(*without(review, other), Place(successor, Role.REVIEWER)))

    assert {member.user for member in fresh(review).team} == {lead_of(review), successor}


def test_a_rating_sent_by_someone_who_just_left_the_team_is_refused():
    review = ReviewFactory()
    other = joined(review, Role.REVIEWER)
    as_read = fresh(review)
    assert as_read.team
    change(review, team=without(review, other))

    with pytest.raises(NotNow):
        save_rating(review=as_read, item_code=CODE, values={"score": 3}, based_on=0, by=other)


def test_the_lead_may_change_hands():
    review = ReviewFactory()
    old, new = lead_of(review), joined(review, Role.REVIEWER)

    change(review, team=(Place(old, Role.REVIEWER), Place(new, Role.LEAD)), by=old)

    assert lead_of(review) == new
    assert review.members.get(user=old).role == Role.REVIEWER


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.OBSERVER, Role.MODERATOR, None])
def test_only_the_lead_changes_the_plan(role):
    review = ReviewFactory()
    person = joined(review, role) if role else UserFactory(is_superuser=True)

    with pytest.raises(NotNow):
        change(review, by=person, ends_on=date(2026, 10, 20))


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage not in (Stage.PLANNED, Stage.RATING)])
def test_after_rating_the_plan_stays(stage):
    review = at_stage(ReviewFactory(), stage)

    with pytest.raises(NotNow):
        change(review, ends_on=date(2026, 10, 20))


def test_when_the_last_one_still_to_submit_leaves_the_team_the_draft_opens():
    review = ReviewFactory()
    other = joined(review, Role.REVIEWER)
    submitted_by(review, lead_of(review), 4)

    change(review, team=without(review, other))

    assert fresh(review).stage == Stage.DRAFT
    assert review.consensus.count() == 25


def test_when_the_last_one_still_to_submit_becomes_an_observer_consensus_opens():
    review = ReviewFactory()
    second, third = joined(review, Role.REVIEWER), joined(review, Role.REVIEWER)
    for person in (lead_of(review), second):
        submitted_by(review, person, 4)
    rate(review, third)

    change(review, team=(*without(review, third), Place(third, Role.OBSERVER)))

    assert fresh(review).stage == Stage.CONSENSUS


def test_a_reviewer_added_while_others_rate_is_waited_for():
    review = ReviewFactory()
    rate_all(fresh(review), lead_of(review), 4)
    other = UserFactory()
    change(review, team=(*places_of(review), Place(other, Role.REVIEWER)))

    submit_ratings(review=fresh(review), by=lead_of(review))

    assert fresh(review).stage == Stage.RATING
