"""The agenda of a visit as it is read: the entries of each day with when they end, and how many are done."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from reviews.models import AgendaEntry, Review


@dataclass(frozen=True)
class AgendaDay:
    """`number`: 0 is before the visit. `on`: its date, None before the visit and on a day that the visit lost."""

    number: int
    on: date | None
    entries: tuple[AgendaEntry, ...]

    @property
    def is_lost(self) -> bool:
        """The visit was made shorter, and these entries still stand on a day it no longer has."""
        return self.number > 0 and self.on is None


@dataclass(frozen=True)
class Agenda:
    days: tuple[AgendaDay, ...]

    @property
    def entries(self) -> list[AgendaEntry]:
        return [entry for day in self.days for entry in day.entries]

    @property
    def total(self) -> int:
        return len(self.entries)

    @property
    def done(self) -> int:
        return sum(entry.is_done for entry in self.entries)

    @property
    def before(self) -> AgendaDay:
        return self.days[0]

    @property
    def at_the_visit(self) -> tuple[AgendaDay, ...]:
        return self.days[1:]


def agenda_of(review: Review) -> Agenda:
    """Every day of the visit, those without an entry too; one query."""
    by_day: dict[int, list[AgendaEntry]] = {}
    for entry in review.agenda.select_related("done_by"):
        by_day.setdefault(entry.day, []).append(entry)
    last = max([days_of_visit(review), *by_day])
    return Agenda(
        tuple(AgendaDay(day, day_of(review, day), tuple(by_day.get(day, ()))) for day in range(last + 1))
    )


def left_undone(review: Review) -> list[str]:
    """Entries that were not ticked off, in the agenda's order; empty where nobody ticked any. One query."""
    entries = list(review.agenda.all())
    if not any(entry.is_done for entry in entries):
        return []
    return [str(entry) for entry in entries if not entry.is_done]


def days_of_visit(review: Review) -> int:
    return (review.ends_on - review.starts_on).days + 1


def day_of(review: Review, number: int) -> date | None:
    """The date of the first, second ... day of the visit; None where the visit has no such day."""
    if not 1 <= number <= days_of_visit(review):
        return None
    return review.starts_on + timedelta(days=number - 1)


def ends_at(entry: AgendaEntry) -> time | None:
    """When it ends; None where no start or no length is set, or it runs past midnight."""
    if entry.starts_at is None or not entry.minutes:
        return None
    day = date(2000, 1, 1)
    end = datetime.combine(day, entry.starts_at) + timedelta(minutes=entry.minutes)
    return end.time() if end.date() == day else None
