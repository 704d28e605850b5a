"""The last day to reply that is proposed when a draft goes to the service."""

from datetime import date, timedelta

from django.utils import timezone

from reviews.models import Review
from reviews.visit.deadlines import deadlines_of
from reviews.visit.timetable import Anchor

A_WEEK = timedelta(days=7)


def proposed_reply_by(review: Review) -> date:
    """The second of the review's dates after its visit, which follows the report's own; a week ahead at the soonest.

    England's timetable: the report within four weeks, the service's evidence on single items within five.
    """
    soonest = timezone.localdate() + A_WEEK
    after = [
        step.due_on
        for step in deadlines_of(review)
        if step.deadline.anchor == Anchor.AFTER_VISIT and step.due_on is not None and not step.is_done
    ]
    days = sorted(after)[:2]
    return max(soonest, days[-1]) if days else soonest
