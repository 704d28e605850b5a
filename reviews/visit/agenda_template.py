"""What a visit's agenda begins with: who is spoken to, what is observed and what is read, spread over its days.

The roles, meetings and papers are those that a fidelity review always asks for. The times are a start for two reviewers
who stay together over two days; on a visit of one day they part, so some lines stand at the same time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reviews.models import Activity, AgendaEntry, Mode, Review

ON_PAPER = (Activity.DOCUMENT, Activity.RECORDS)


@dataclass(frozen=True)
class Slot:
    day: int
    starts_at: time
    minutes: int


@dataclass(frozen=True)
class TemplateLine:
    """`of_two_days`, `of_one_day`: when it takes place on a visit that long; None leaves it out there.

    `joins_by_video`: someone from outside the building, who joins by video where a visit is part remote.
    """

    activity: Activity
    title: Promise
    of_two_days: Slot
    of_one_day: Slot | None
    joins_by_video: bool = False


def _slot(day: int, clock: str, minutes: int) -> Slot:
    return Slot(day, time.fromisoformat(clock), minutes)


# Asked for before the visit.
DOCUMENTS = (
    _("Caseload list of each employment specialist"),
    _("List of job starts in the last twelve months"),
    _("Employer contact logs"),
    _("Intake and assessment forms"),
    _("Leaflets and posters"),
    _("Supervision notes of the team leader"),
)

LINES = (
    TemplateLine(
        Activity.MEETING,
        _("Welcome: what the review is for and how the days run"),
        _slot(1, "09:00", 30),
        _slot(1, "09:00", 15),
    ),
    TemplateLine(
        Activity.INTERVIEW,
        _("Executive director"),
        _slot(1, "09:30", 45),
        _slot(1, "09:15", 30),
        joins_by_video=True,
    ),
    TemplateLine(
        Activity.INTERVIEW, _("Team leader of the IPS team"), _slot(1, "10:15", 60), _slot(1, "09:15", 45)
    ),
    TemplateLine(Activity.OBSERVATION, _("IPS team meeting"), _slot(1, "11:30", 60), _slot(1, "10:00", 45)),
    TemplateLine(
        Activity.INTERVIEW,
        _("Every employment specialist, one at a time"),
        _slot(1, "13:15", 120),
        _slot(1, "10:45", 90),
    ),
    TemplateLine(Activity.INTERVIEW, _("Clinical leaders"), _slot(1, "15:15", 45), _slot(1, "10:45", 30)),
    TemplateLine(
        Activity.RECORDS, _("Client records, a numbered sample"), _slot(1, "16:00", 75), _slot(1, "15:00", 60)
    ),
    TemplateLine(
        Activity.OBSERVATION, _("Clinical team meeting"), _slot(2, "09:00", 60), _slot(1, "13:00", 45)
    ),
    TemplateLine(
        Activity.INTERVIEW,
        _("Clinicians of the treatment team"),
        _slot(2, "10:00", 45),
        _slot(1, "11:30", 30),
    ),
    TemplateLine(
        Activity.INTERVIEW, _("Clients who offered to talk"), _slot(2, "11:00", 60), _slot(1, "13:00", 45)
    ),
    TemplateLine(
        Activity.INTERVIEW, _("Family members, where they wish"), _slot(2, "12:00", 30), _slot(1, "13:45", 15)
    ),
    TemplateLine(
        Activity.OBSERVATION,
        _("An employment specialist with employers"),
        _slot(2, "13:15", 90),
        _slot(1, "14:00", 60),
    ),
    TemplateLine(
        Activity.INTERVIEW,
        _("Benefits counselor"),
        _slot(2, "14:45", 30),
        _slot(1, "14:00", 30),
        joins_by_video=True,
    ),
    TemplateLine(
        Activity.INTERVIEW,
        _("Public employment agency"),
        _slot(2, "15:15", 30),
        _slot(1, "14:30", 30),
        joins_by_video=True,
    ),
    TemplateLine(Activity.RECORDS, _("Client records, the rest of the sample"), _slot(2, "15:45", 45), None),
    TemplateLine(
        Activity.MEETING,
        _("Closing: thanks, and what comes next"),
        _slot(2, "16:30", 30),
        _slot(1, "16:00", 30),
    ),
)


def agenda_for(review: Review) -> Iterator[AgendaEntry]:
    """The unsaved entries of a review's first agenda, in the language that is active."""
    for title in DOCUMENTS:
        yield AgendaEntry(review=review, activity=Activity.DOCUMENT, title=str(title), day=0)
    takes_one_day = review.starts_on == review.ends_on
    for line in LINES:
        slot = line.of_one_day if takes_one_day else line.of_two_days
        if slot is None:
            continue
        is_remote = review.mode == Mode.REMOTE and line.activity not in ON_PAPER
        yield AgendaEntry(
            review=review,
            activity=line.activity,
            title=str(line.title),
            day=slot.day,
            starts_at=slot.starts_at,
            minutes=slot.minutes,
            remote=is_remote or (review.mode == Mode.HYBRID and line.joins_by_video),
        )
