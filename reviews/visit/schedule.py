"""The visit on one sheet of paper: its size, and the day that documents are needed by."""

from datetime import date, timedelta

from reviews.models import Review
from reviews.visit.deadlines import DueStep, earliest

# Where paper is Letter; everywhere else it is A4.
LETTER_REGIONS = {"US", "CA", "MX"}
# Documents are looked through within the month before the visit, and a week before it at the latest.
LOOKED_THROUGH_WITHIN, NEEDED_AHEAD = timedelta(days=31), timedelta(days=7)


def paper(review: Review) -> str:
    """ "letter" or "a4", by the region of the scale's wording, as the report's."""
    region = review.version.language.partition("-")[2].upper()
    return "letter" if region in LETTER_REGIONS else "a4"


def documents_needed_by(review: Review, steps: list[DueStep]) -> date:
    """When documents must be in: by the first step of the month before the visit, else a week before the visit.

    With England's timetable this is the check of the portfolio, three weeks before.
    """
    month_before = review.starts_on - LOOKED_THROUGH_WITHIN
    near = [step for step in earliest(steps) if month_before <= step.due_on < review.starts_on]
    return near[0].due_on if near else review.starts_on - NEEDED_AHEAD
