"""What someone does first, over all their roles: the most urgent thing, with its day in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.finishing.next_step import NextStep
from reviews.home.goals import OpenGoals
from reviews.home.words import day_and_distance
from reviews.models import Review, Stage
from reviews.visit.dates import visit_dates


@dataclass(frozen=True)
class Task:
    """`what`: "Reply to the draft"; empty where the link says it. `link`: the site, or what is to do.

    `day`: when it is due; what waits for the person without a day counts as due today.
    """

    day: date
    what: str
    link: str
    when: str
    where: str


@dataclass(frozen=True)
class First:
    """`task`: None where nothing waits. `more`: how many others do."""

    task: Task | None
    more: int


def first_of(
    *,
    to_rate: Iterable[Review],
    to_moderate: Iterable[Review],
    to_reply_to: Iterable[Review],
    to_finish: Iterable[tuple[Review, NextStep | None]],
    goals: OpenGoals | None,
    runs_plans: bool,
) -> First:
    """From what the page reads anyway; no query. `goals` are counted for whoever runs the plans, or owns some."""
    today = timezone.localdate()
    tasks = [
        *(_rating(review, today) for review in to_rate),
        *(
            _task(review, _("Moderate the draft"), "reviews:moderate", _("it waits for you"), today)
            for review in to_moderate
        ),
        *(
            _task(
                review,
                _("Reply to the draft"),
                "reviews:reply",
                _("last day %(day)s") % {"day": day_and_distance(review.reply_by, today)},
                review.reply_by,
            )
            for review in to_reply_to
        ),
        *(_finishing(review, step, today) for review, step in to_finish if _is_own(review, step)),
        *_goals(goals, today, runs_plans=runs_plans),
    ]
    # Of what is due the same day the first stays first: sorting keeps the order of the kinds above.
    tasks.sort(key=lambda task: task.day)
    return First(tasks[0] if tasks else None, max(len(tasks) - 1, 0))


def _task(review: Review, what: str, page: str, when: str, day: date) -> Task:
    return Task(day, what, review.site.name, when, reverse(page, kwargs={"pk": review.pk}))


def _rating(review: Review, today: date) -> Task:
    if review.visit_is_ahead:
        when = day_and_distance(review.starts_on, today)
        return _task(review, _("Prepare the visit"), "reviews:agenda", when, review.starts_on)
    what = _("Go on rating") if review.has_begun else _("Start rating")
    when = _("visit %(days)s") % {"days": visit_dates(review.starts_on, review.ends_on)}
    return _task(review, what, "reviews:ratings", when, min(review.ends_on, today))


def _is_own(review: Review, step: NextStep | None) -> bool:
    return review.stage == Stage.CONSENSUS or (step is not None and not step.is_waiting)


def _finishing(review: Review, step: NextStep | None, today: date) -> Task:
    when = _("visit %(days)s") % {"days": visit_dates(review.starts_on, review.ends_on)}
    if review.stage == Stage.CONSENSUS or step is None:
        return _task(review, _("Agree the scores"), "reviews:consensus", when, today)
    return Task(today, step.label, review.site.name, when, step.where)


def _goals(goals: OpenGoals | None, today: date, *, runs_plans: bool) -> list[Task]:
    late = 0 if goals is None else goals.overdue if runs_plans else goals.own_overdue
    if late:
        says = ngettext(
            "Look after %(number)d goal that is overdue", "Look after %(number)d goals that are overdue", late
        ) % {"number": late}
        since = _("the first since %(day)s") % {"day": visit_dates(goals.oldest_on, goals.oldest_on)}
        return [Task(today, "", says, since if runs_plans else "", "#goals")]
    if runs_plans and goals is not None and goals.without_owner_or_day:
        says = ngettext(
            "Say who sees to %(number)d goal, and by when",
            "Say who sees to %(number)d goals, and by when",
            goals.without_owner_or_day,
        )
        return [
            Task(today, "", says % {"number": goals.without_owner_or_day}, "", reverse("reviews:actions"))
        ]
    return []
