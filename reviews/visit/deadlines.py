"""The dates of a review as they are read: when each step is due, whether it is done, near or past."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.models import Deadline, Review, Stage
from reviews.visit.timetable import Anchor, Purpose
from reviews.visit.timetable_words import rule_in_words

SHOWN_NEXT = 3


@dataclass(frozen=True)
class DueStep:
    """One step of a review. `due_on`: None until the issue that it counts from.

    `is_settled`: it led up to a report that is issued. `is_passed`: a last day that is over, with nothing left to do.
    """

    deadline: Deadline
    due_on: date | None
    is_overdue: bool
    is_soon: bool
    is_settled: bool
    is_passed: bool
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
        if self.is_passed:
            return _("Passed")
        if self.is_settled:
            return _("Settled: the report is issued")
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
    return _steps(review, first_issued_on(review))


def _steps(review: Review, issued_on: date | None) -> list[DueStep]:
    today = timezone.localdate()
    return [_due_step(deadline, today, issued_on) for deadline in review.deadlines.all()]


def _due_step(deadline: Deadline, today: date, issued_on: date | None) -> DueStep:
    due_on = deadline.due_on(issued_on)
    is_open = deadline.done_on is None and due_on is not None
    is_settled = is_open and issued_on is not None and _leads_up_to_issue(deadline, due_on, issued_on)
    is_passed = is_open and due_on < today and deadline.purpose == Purpose.LAST_DAY
    is_over = is_settled or is_passed
    return DueStep(
        deadline=deadline,
        due_on=due_on,
        is_overdue=not is_over and deadline.is_overdue(today, issued_on),
        is_soon=not is_over and deadline.is_soon(today, issued_on),
        is_settled=is_settled,
        is_passed=is_passed,
        today=today,
    )


def _leads_up_to_issue(deadline: Deadline, due_on: date, issued_on: date) -> bool:
    """What was due by then, and the report itself; an action plan comes after it whenever it is due."""
    if deadline.anchor == Anchor.AFTER_ISSUE or deadline.purpose == Purpose.ACTION_PLAN:
        return False
    return deadline.anchor == Anchor.BEFORE_VISIT or due_on <= issued_on or deadline.purpose == Purpose.REPORT


def next_deadlines_of(review: Review) -> list[DueStep]:
    """The three steps to do next: not done, and with a date, the earliest first.

    What was to be ready before the visit is no next step once rating has begun.
    """
    return _to_do_next(review, deadlines_of(review))


def next_deadlines_before_issue(review: Review) -> list[DueStep]:
    """The same of a review that is not issued; no query where its deadlines were read along with it."""
    return _to_do_next(review, _steps(review, None))


def _to_do_next(review: Review, steps: Iterable[DueStep]) -> list[DueStep]:
    past = set() if review.stage == Stage.PLANNED else {Anchor.BEFORE_VISIT.value}
    open_ones = (
        step
        for step in steps
        if not (step.is_done or step.is_settled or step.is_passed) and step.deadline.anchor not in past
    )
    return earliest(open_ones)[:SHOWN_NEXT]


def by_date(steps: Iterable[DueStep]) -> list[DueStep]:
    """In the order of their dates; those that have none yet come last."""
    return sorted(steps, key=lambda step: step.due_on or date.max)


def earliest(steps: Iterable[DueStep]) -> list[DueStep]:
    """Those that have a date, in the order of their dates."""
    return sorted((step for step in steps if step.due_on), key=lambda step: step.due_on)


def action_plan_by(review: Review, issued_on: date | None) -> date | None:
    """The day of the step that is the action plan; None where no step has a day."""
    for deadline in review.deadlines.all():
        if deadline.purpose == Purpose.ACTION_PLAN:
            deadline.review = review
            return deadline.due_on(issued_on)
    return None


def first_issued_on(review: Review) -> date | None:
    """The day of the first edition; a correction moves no dates."""
    issued_at = review.editions.order_by("major", "minor").values_list("issued_at", flat=True).first()
    return issued_at and timezone.localdate(issued_at)
