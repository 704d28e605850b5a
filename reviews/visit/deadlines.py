"""The dates of a review as they are read: when each step is due, whether it is done, near or past."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.models import Deadline, Review, Stage
from reviews.visit.timetable import Anchor
from reviews.visit.timetable_words import rule_in_words

SHOWN_NEXT = 3
# Titles of steps are typed; the shipped timetable has "Action plan agreed".
ACTION_PLAN = "action plan"


@dataclass(frozen=True)
class DueStep:
    """One step of a review. `due_on`: None until the issue that it counts from."""

    deadline: Deadline
    due_on: date | None
    is_overdue: bool
    is_soon: bool
    today: date

    @property
    def is_done(self) -> bool:
        return self.deadline.done_on is not None

    @property
    def rule(self) -> str:
        """ "3 weeks before the visit"."""
        return rule_in_words(self.deadline.anchor, self.deadline.offset, self.deadline.unit)

    @property
    def state(self) -> str:
        """Whether it is done, overdue, soon or later, in words."""
        if self.is_done:
            return _("Done")
        if self.due_on is None:
            return _("Waits for issue")
        days = (self.due_on - self.today).days
        if self.is_overdue:
            return ngettext("Overdue by %(days)d day", "Overdue by %(days)d days", -days) % {"days": -days}
        if days == 0:
            return _("Due today")
        if self.is_soon:
            return ngettext("Soon: in %(days)d day", "Soon: in %(days)d days", days) % {"days": days}
        return ngettext("In %(days)d day", "In %(days)d days", days) % {"days": days}


def deadlines_of(review: Review) -> list[DueStep]:
    """Every step of a review in the order of its timetable; two queries."""
    today, issued_on = timezone.localdate(), first_issued_on(review)
    return [
        DueStep(
            deadline=deadline,
            due_on=deadline.due_on(issued_on),
            is_overdue=deadline.is_overdue(today, issued_on),
            is_soon=deadline.is_soon(today, issued_on),
            today=today,
        )
        for deadline in review.deadlines.all()
    ]


def next_deadlines_of(review: Review) -> list[DueStep]:
    """The three steps to do next: not done, and with a date, the earliest first.

    What was to be ready before the visit is no next step once rating has begun.
    """
    past = set() if review.stage == Stage.PLANNED else {Anchor.BEFORE_VISIT.value}
    steps = (step for step in deadlines_of(review) if not step.is_done and step.deadline.anchor not in past)
    return earliest(steps)[:SHOWN_NEXT]


def earliest(steps: Iterable[DueStep]) -> list[DueStep]:
    """Those that have a date, in the order of their dates."""
    return sorted((step for step in steps if step.due_on), key=lambda step: step.due_on)


def action_plan_by(review: Review, issued_on: date | None) -> date | None:
    """The day of the step that names the action plan, as England's timetable does; None where no step has a day."""
    for deadline in review.deadlines.all():
        if ACTION_PLAN in deadline.title.lower():
            deadline.review = review
            return deadline.due_on(issued_on)
    return None


def first_issued_on(review: Review) -> date | None:
    """The day of the first edition; a correction moves no dates."""
    issued_at = review.editions.order_by("major", "minor").values_list("issued_at", flat=True).first()
    return issued_at and timezone.localdate(issued_at)
