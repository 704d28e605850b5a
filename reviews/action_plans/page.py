"""The page of one action plan: each goal with where it stands, its notes, and what became of it later."""

from dataclasses import dataclass, field, replace
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext

from reviews.action_plans import words
from reviews.models import ActionPlan, Goal, GoalNote, GoalReading, Review, Stage
from reviews.models.action_plan import GOALS_ENOUGH


@dataclass(frozen=True)
class GoalCard:
    """`corrected`: the item's score as the report was corrected since, None where it was not."""

    goal: Goal
    about: str
    step: str
    when: str
    is_late: bool
    lacks: str
    notes: list[GoalNote] = field(default_factory=list)
    corrected: int | None = None
    reading: GoalReading | None = None


@dataclass(frozen=True)
class PlanPage:
    """`too_many`: more open goals than are often met."""

    cards: list[GoalCard]
    open_goals: int
    overdue: int
    reached: int
    too_many: bool


def card_of(goal: Goal, today: date, **more) -> GoalCard:
    return GoalCard(
        goal=goal,
        about=words.about(goal),
        step=words.step(goal),
        when=words.when(goal, today),
        is_late=goal.is_overdue(today),
        lacks=words.lacking(goal),
        **more,
    )


def plan_page(plan: ActionPlan, *, is_over: bool = False) -> PlanPage:
    """In a fixed number of queries, however many goals there are. `is_over`: a later plan has taken its place."""
    today = timezone.localdate()
    goals = list(plan.goals.with_details().prefetch_related("notes__by").order_by("place"))
    corrected = _corrected_scores(plan)
    readings = final_readings(goals)
    cards = []
    for goal in goals:
        now = corrected.get(goal.item_id)
        cards.append(
            card_of(
                goal,
                today,
                notes=list(goal.notes.all()),
                corrected=now if now != goal.score_then else None,
                reading=readings.get(goal.pk),
            )
        )
    if is_over:
        cards = [_without_what_waits(card) for card in cards]
    open_goals = sum(goal.is_open for goal in goals)
    return PlanPage(
        cards=cards,
        open_goals=open_goals,
        overdue=sum(card.is_late for card in cards),
        reached=sum(goal.status == Goal.Status.REACHED for goal in goals),
        too_many=open_goals > GOALS_ENOUGH,
    )


def final_readings(goals: list[Goal]) -> dict[int, GoalReading]:
    """What became of goals, by goal: as the last issued report says; before it is issued nobody reads it here."""
    readings = (
        GoalReading.objects.filter(goal__in=[goal.pk for goal in goals], review__stage=Stage.ISSUED)
        .select_related("review", "by")
        .order_by("review__starts_on", "pk")
    )
    return {reading.goal_id: reading for reading in readings}


@dataclass(frozen=True)
class GoalBefore:
    """A goal of the plan before, what became of it, and the goal of this plan that goes on with it, if any."""

    card: GoalCard
    reading: GoalReading | None
    goes_on: bool

    @property
    def can_go_on(self) -> bool:
        """Whether it makes sense to carry it on: it was neither reached nor given up."""
        over = (GoalReading.Outcome.REACHED, GoalReading.Outcome.NO_LONGER_WANTED)
        return self.reading is None or self.reading.outcome not in over


def goals_before(review: Review, plan: ActionPlan) -> list[GoalBefore]:
    """Goals of the plan before this one that this review read back, or that are open still."""
    today = timezone.localdate()
    before = list(Goal.objects.before(review).with_details().order_by("place"))
    if not before:
        return []
    readings = {reading.goal_id: reading for reading in review.goal_readings.select_related("by")}
    carried = set(plan.goals.exclude(carried_from=None).values_list("carried_from", flat=True))
    return [
        GoalBefore(card_of(goal, today), readings.get(goal.pk), goal.pk in carried)
        for goal in before
        if goal.is_open or goal.pk in readings
    ]


def _without_what_waits(card: GoalCard) -> GoalCard:
    """Nothing of a plan that is over is overdue or still to be said."""
    if not card.goal.is_open:
        return card
    return replace(card, when=gettext("open until the next review"), is_late=False, lacks="")


def _corrected_scores(plan: ActionPlan) -> dict[int, int | None]:
    rows = plan.review.consensus.filter(correction__isnull=False, correction__edition__isnull=False)
    return dict(rows.values_list("item", "score"))
