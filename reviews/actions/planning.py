"""Plan a review, and change the plan until ratings are in."""

import logging
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.permissions import Role
from programs.models import Organization, Site
from reviews.actions.agenda import fill_agenda
from reviews.actions.consensus import open_what_comes_after_rating
from reviews.actions.deadlines import copy_steps
from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.models import Review, ReviewEvent, Stage, TeamMember, TimetablePolicy
from reviews.permissions import may_edit_plan, may_plan_review
from scales.models import ScaleVersion, SettingProfile, Status

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Place:
    """One person's place on the team, with what they declared; None is not declared yet."""

    user: object
    role: Role
    employer: Organization | None = None
    worked_with_site: bool | None = None


@dataclass(frozen=True)
class Plan:
    """What planning settles. `team` has one lead. `timetable`: what a new review takes its dates from, if any."""

    kind: str
    mode: str
    starts_on: date
    ends_on: date
    version: ScaleVersion
    profile: SettingProfile
    team: tuple[Place, ...]
    timetable: TimetablePolicy | None = None


class PlanDoesNotHold(ValueError):
    """The plan contradicts itself: a profile of another scale version, an unpublished one, no lead."""


@transaction.atomic
def plan_review(*, site: Site, plan: Plan, by) -> Review:
    """Create a review in stage planned, with a first agenda and the dates of its timetable.

    Raises `NotNow` and `PlanDoesNotHold`.
    """
    if not may_plan_review(by, site):
        raise NotNow
    _check(plan)
    review = Review.objects.create(
        site=site,
        kind=plan.kind,
        mode=plan.mode,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        version=plan.version,
        profile=plan.profile,
        created_by=by,
    )
    _set_team(review, plan.team)
    fill_agenda(review)
    if plan.timetable is not None:
        copy_steps(review, plan.timetable)
    review.timeline.create(step=ReviewEvent.Step.PLANNED, by=by)
    logger.info("review planned: %s", review.pk)
    return review


@transaction.atomic
def change_plan(*, review: Review, plan: Plan, by, based_on: int) -> Review:
    """Replace the plan. Once someone has begun to rate, scale version and profile stay.

    Agenda and dates stay too: dates that follow the visit by rule move with it.

    Raises `NotNow`, `PlanDoesNotHold`, and `ChangedMeanwhile` when the plan is no longer the one the change began from.
    """
    locked = Review.objects.select_for_update(of=("self",)).with_details().get(pk=review.pk)
    if not may_edit_plan(by, locked):
        raise NotNow
    if locked.revision != based_on:
        raise ChangedMeanwhile
    _check(plan, keeps=locked)
    if locked.stage != Stage.PLANNED and (locked.version, locked.profile) != (plan.version, plan.profile):
        raise PlanDoesNotHold("rating has begun")
    for name in ("kind", "mode", "starts_on", "ends_on", "version", "profile"):
        setattr(locked, name, getattr(plan, name))
    locked.revision += 1
    locked.save()
    _set_team(locked, plan.team)
    if locked.stage == Stage.RATING:
        open_what_comes_after_rating(review=locked, by=by)
    locked.timeline.create(step=ReviewEvent.Step.PLAN_CHANGED, by=by)
    logger.info("plan changed: review %s", locked.pk)
    return locked


def _check(plan: Plan, keeps: Review | None = None) -> None:
    """`keeps`: the review whose plan is changed; what it has stays good, even where it was retired since."""
    if plan.profile.version_id != plan.version.pk:
        raise PlanDoesNotHold("profile of another scale version")
    is_new = keeps is None or (keeps.version_id, keeps.profile_id) != (plan.version.pk, plan.profile.pk)
    if is_new and not _are_published(plan.profile):
        raise PlanDoesNotHold("not published")
    if [place.role for place in plan.team].count(Role.LEAD) != 1:
        raise PlanDoesNotHold("one lead")


def _are_published(profile: SettingProfile) -> bool:
    """Whether profile and version are published now; retiring one waits until the plan is in."""
    rows = SettingProfile.objects.select_for_update(of=("self", "version"), no_key=True)
    now = rows.select_related("version").get(pk=profile.pk)
    return {now.status, now.version.status} == {Status.PUBLISHED}


def _set_team(review: Review, team: tuple[Place, ...]) -> None:
    """Keep who stays (and what they have rated), add who is new, remove who left without having rated."""
    staying = {place.user.pk for place in team}
    leaving = review.members.exclude(user__in=staying)
    if leaving.filter(rating_set__isnull=False).exists():
        raise PlanDoesNotHold("someone who has rated cannot leave the team")
    leaving.delete()
    # The lead may change hands: two leads at once would break the rule of one.
    review.members.filter(role=Role.LEAD.value).update(role=Role.REVIEWER.value)
    for place in team:
        TeamMember.objects.update_or_create(
            review=review,
            user=place.user,
            defaults={
                "role": place.role.value,
                "employer": place.employer,
                "worked_with_site": place.worked_with_site,
            },
        )
    review.__dict__.pop("team", None)
