"""Open an action plan, and run its goals: add, change, move, close, reopen, carry on, note progress."""

import logging
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from programs.models import Site
from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.models import ActionPlan, ConsensusRating, Goal, GoalNote, Review
from reviews.permissions import may_comment_on_action_plan, may_edit_action_plan
from scales.scoring import UnknownItem, check_score

logger = logging.getLogger(__name__)

TYPED = ("what", "target", "owner", "owner_user_id", "due_on", "measure")


@dataclass(frozen=True)
class GoalTyped:
    """What is typed of a goal. `item_code`: "" for the site as a whole. `owner_user_id`: of the owner's account."""

    what: str
    item_code: str = ""
    target: int | None = None
    owner: str = ""
    owner_user_id: int | None = None
    due_on: date | None = None
    measure: str = ""

    @classmethod
    def of(cls, goal: Goal) -> "GoalTyped":
        code = goal.item.code if goal.item else ""
        return cls(item_code=code, **{name: getattr(goal, name) for name in TYPED})


def open_plan(*, review: Review, by) -> ActionPlan:
    """The plan of a report that is issued in this very transaction, with a goal for each of its priorities."""
    # Two reports of one site that are issued at the same moment know of each other's plan.
    Site.objects.select_for_update().get(pk=review.site_id)
    is_current = not ActionPlan.objects.after(review).exists()
    earlier = ActionPlan.objects.filter(review__site=review.site_id, is_current=True)
    earlier.filter(review__starts_on__lt=review.starts_on).update(is_current=False)
    plan = ActionPlan.objects.create(
        review=review, begun_at=timezone.now(), begun_by=by, is_current=is_current
    )
    priorities = review.consensus.filter(priority__isnull=False).order_by("priority")
    Goal.objects.bulk_create(_seeded(plan, rating, place) for place, rating in enumerate(priorities, 1))
    logger.info("action plan opened: review %s", review.pk)
    return plan


@transaction.atomic
def start_plan(*, review: Review, by) -> ActionPlan:
    """The same for a report that was issued without a plan; where it has one, that one. Raises `NotNow`."""
    review = Review.objects.select_for_update(of=("self",)).with_details().get(pk=review.pk)
    if not may_edit_action_plan(by, review):
        raise NotNow
    plan = ActionPlan.objects.filter(review=review).first()
    return plan or open_plan(review=review, by=by)


@transaction.atomic
def add_goal(*, plan: ActionPlan, typed: GoalTyped, by) -> Goal:
    """Add a goal at the end. The same sent twice is one. Raises `NotNow`, `UnknownItem` and `ScoreOutOfRange`."""
    plan = _locked(plan.pk, by)
    item_id = _item_id(plan, typed)
    values = {name: getattr(typed, name) for name in TYPED}
    if kept := plan.goals.open().filter(item=item_id, revision=0, changed_by=by, **values).first():
        return kept
    goal = plan.goals.create(
        item_id=item_id,
        score_then=_score_then(plan, item_id),
        place=_last_place(plan),
        changed_by=by,
        **values,
    )
    logger.info("goal added: plan %s goal %s", plan.pk, goal.pk)
    return goal


@transaction.atomic
def change_goal(*, goal: Goal, typed: GoalTyped, based_on: int, by) -> Goal:
    """Change a goal; the same again changes nothing.

    Raises `NotNow`, `UnknownItem`, `ScoreOutOfRange`, and `ChangedMeanwhile` when it was changed since the page was
    opened.
    """
    plan, goal = _locked_with(goal, by)
    item_id = _item_id(plan, typed)
    if GoalTyped.of(goal) == typed:
        return goal
    if goal.revision != based_on:
        raise ChangedMeanwhile
    if item_id != goal.item_id:
        goal.item_id, goal.score_then = item_id, _score_then(plan, item_id)
    for name in TYPED:
        setattr(goal, name, getattr(typed, name))
    return _changed(goal, "changed", by)


@transaction.atomic
def move_goal(*, goal: Goal, up: bool, by) -> Goal:
    """Let it change places with its neighbour; at the end of the list it stays. Raises `NotNow`."""
    plan, goal = _locked_with(goal, by)
    others = plan.goals.filter(place__lt=goal.place) if up else plan.goals.filter(place__gt=goal.place)
    other = others.order_by("-place" if up else "place").first()
    if other is not None:
        goal.place, other.place = other.place, goal.place
        goal.save(update_fields=["place"])
        other.save(update_fields=["place"])
    return goal


@transaction.atomic
def close_goal(*, goal: Goal, status: str, closed_on: date, reason: str = "", by) -> Goal:
    """Reached, or set aside with a reason. Raises `NotNow`, also for a goal that is closed already."""
    _plan, goal = _locked_with(goal, by)
    if not goal.is_open:
        raise NotNow
    goal.status, goal.closed_on, goal.closed_by = status, closed_on, by
    goal.reason = reason.strip() if status == Goal.Status.SET_ASIDE else ""
    return _changed(goal, status, by)


@transaction.atomic
def reopen_goal(*, goal: Goal, by) -> Goal:
    """Take a closed goal up again. Raises `NotNow`."""
    _plan, goal = _locked_with(goal, by)
    if goal.is_open:
        return goal
    goal.status, goal.closed_on, goal.closed_by, goal.reason = Goal.Status.OPEN, None, None, ""
    return _changed(goal, "reopened", by)


@transaction.atomic
def carry_on(*, plan: ActionPlan, goal: Goal, by) -> Goal:
    """Go on with a goal of the plan before, in this plan, from the score that was agreed now. Once only.

    The day is left open: the one that was set then is over. Raises `NotNow`.
    """
    plan = _locked(plan.pk, by)
    if not ActionPlan.objects.before(plan.review).filter(pk=goal.plan_id).exists():
        raise NotNow
    if kept := plan.goals.filter(carried_from=goal).first():
        return kept
    item_id = plan.review.version.item_ids().get(goal.item.code) if goal.item else None
    score = _score_then(plan, item_id)
    target = goal.target if item_id and (score is None or (goal.target or 0) > score) else None
    carried = plan.goals.create(
        item_id=item_id,
        score_then=score,
        target=target,
        place=_last_place(plan),
        carried_from=goal,
        changed_by=by,
        **{name: getattr(goal, name) for name in ("what", "owner", "owner_user_id", "measure")},
    )
    logger.info("goal carried on: plan %s goal %s", plan.pk, carried.pk)
    return carried


@transaction.atomic
def add_progress(*, goal: Goal, text: str, by) -> GoalNote:
    """Note how far a goal is. The same sent twice by the same person is one. Raises `NotNow`."""
    review = Review.objects.with_details().get(action_plan=goal.plan_id)
    if not may_comment_on_action_plan(by, review):
        raise NotNow
    goal = Goal.objects.select_for_update(of=("self",)).get(pk=goal.pk)
    last = goal.notes.order_by("at", "pk").last()
    if last is not None and (last.by_id, last.text) == (by.pk, text):
        return last
    note = goal.notes.create(text=text, by=by)
    logger.info("progress noted: goal %s note %s", goal.pk, note.pk)
    return note


def _seeded(plan: ActionPlan, rating: ConsensusRating, place: int) -> Goal:
    has_way_to_go = rating.target is not None and (rating.score is None or rating.target > rating.score)
    return Goal(
        plan=plan,
        item_id=rating.item_id,
        place=place,
        score_then=rating.score,
        target=rating.target if has_way_to_go else None,
        what=rating.action,
    )


def _changed(goal: Goal, step: str, by) -> Goal:
    goal.revision += 1
    goal.changed_by = by
    goal.save()
    logger.info("goal %s: plan %s goal %s", step, goal.plan_id, goal.pk)
    return goal


def _locked(pk: int, by) -> ActionPlan:
    """The plan as it is now, locked: whoever changes it waits here. Raises `NotNow`."""
    plan = ActionPlan.objects.select_for_update(of=("self",)).get(pk=pk)
    plan.review = Review.objects.with_details().get(pk=plan.review_id)
    if not may_edit_action_plan(by, plan.review):
        raise NotNow
    return plan


def _locked_with(goal: Goal, by) -> tuple[ActionPlan, Goal]:
    plan = _locked(goal.plan_id, by)
    rows = Goal.objects.select_for_update(of=("self",)).select_related("item")
    return plan, rows.get(pk=goal.pk)


def _item_id(plan: ActionPlan, typed: GoalTyped) -> int | None:
    version = plan.review.version
    if not typed.item_code:
        return None
    if typed.item_code not in version.item_ids():
        raise UnknownItem(typed.item_code)
    check_score(version.to_spec(), typed.item_code, typed.target)
    return version.item_ids()[typed.item_code]


def _score_then(plan: ActionPlan, item_id: int | None) -> int | None:
    """The agreed score as it stands now; a goal that is seeded takes it when the report is issued."""
    agreed = plan.review.consensus.filter(item=item_id).first() if item_id else None
    return agreed.score if agreed else None


def _last_place(plan: ActionPlan) -> int:
    return (plan.goals.aggregate(last=Max("place"))["last"] or 0) + 1
