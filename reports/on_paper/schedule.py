"""The schedule of a visit as a PDF: what is asked for, then each day with its times and a box to tick."""

from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string

from reports import words
from reports.on_paper.writing import on_paper
from reviews.models import Review
from reviews.templatetags.visit_words import clock
from reviews.visit.agenda import AgendaDay, agenda_of
from reviews.visit.deadlines import deadlines_of
from reviews.visit.schedule import documents_needed_by


@dataclass(frozen=True)
class Line:
    """`times`: "09:00–09:45", empty where no start is set."""

    times: str
    title: str
    kind: str
    remote: bool
    is_done: bool


@dataclass(frozen=True)
class Day:
    """`number`, `on`: as of an `AgendaDay`, whose heading it shares."""

    number: int
    on: date | None
    entries: tuple[Line, ...]


@dataclass(frozen=True)
class Schedule:
    language: str
    site: str
    visit: str
    mode: str
    place: str
    team: str
    needed_by: str
    asked_for: tuple[Line, ...]
    days: tuple[Day, ...]


def schedule_of(review: Review) -> Schedule:
    language = review.version.language
    agenda = agenda_of(review)
    with words.in_language(language):
        return Schedule(
            language=language,
            site=review.site.name,
            visit=words.days(review.starts_on, review.ends_on),
            mode=words.mode(review.mode),
            place=review.site.place,
            team=", ".join(f"{one.user.name} ({one.get_role_display()})" for one in review.team),
            needed_by=words.day(documents_needed_by(review, deadlines_of(review))),
            asked_for=_lines(agenda.before),
            days=tuple(Day(day.number, day.on, _lines(day)) for day in agenda.at_the_visit if day.entries),
        )


def schedule_pdf(schedule: Schedule, paper: str = "") -> bytes:
    """`paper`: "A4" or "letter"; by the language of the scale if empty."""
    return on_paper(schedule, _source, schedule.language, paper)


def _source(schedule: Schedule, paper: str, fonts: str) -> str:
    context = {"schedule": schedule, "paper": paper, "fonts": fonts, "language": schedule.language}
    return render_to_string("reports/on_paper/visit_schedule.html", context)


def _lines(day: AgendaDay) -> tuple[Line, ...]:
    return tuple(
        Line(clock(entry), entry.title, str(entry.get_activity_display()), entry.remote, entry.is_done)
        for entry in day.entries
    )
