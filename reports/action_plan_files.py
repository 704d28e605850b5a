"""Goals as files: one action plan, or the goals of all of one's sites, as a workbook and as CSV."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports import words
from reports.file_names import action_plan_name
from reports.writers.csv_file import ENCODING, guarded
from reports.writers.csv_file import MEDIA_TYPE as CSV
from reports.writers.excel import MEDIA_TYPE as EXCEL
from reports.writers.excel_file import ExcelFile
from reports.writers.texts import LINE_ENDS, NOT_IN_XML
from reports.writers.written import WrittenFile
from reviews.action_plans.words import when
from reviews.models import ActionPlan, Goal, Review

# Headings of the CSV files, the same in every language.
COLUMNS = (
    "program",
    "site",
    "visit",
    "place",
    "item_number",
    "item",
    "score_then",
    "target",
    "what",
    "owner",
    "due_on",
    "measure",
    "status",
    "closed_on",
    "reason",
    "notes",
)
WIDTHS = (26, 28, 14, 6, 6, 26, 8, 8, 50, 22, 14, 40, 24, 14, 30, 60)


@dataclass(frozen=True)
class GoalRow:
    """`said`: where it stands in words. `notes`: day, who wrote it and text, newest first."""

    goal: Goal
    said: str
    notes: tuple[tuple[date, str, str], ...]


def goal_rows(goals: Iterable[Goal]) -> list[GoalRow]:
    """`goals`: a queryset; notes are read with it, in one query more."""
    today = timezone.localdate()
    found = goals.with_details().prefetch_related("notes__by")
    return [GoalRow(goal, when(goal, today), _notes(goal)) for goal in found]


def plan_file(plan: ActionPlan, ending: str) -> WrittenFile:
    """In the language of the scale, as the report is."""
    review: Review = plan.review
    language = review.version.language
    with words.in_language(language):
        title = _("Action plan: %(site)s, %(visit)s") % {
            "site": review.site.name,
            "visit": words.days(review.starts_on, review.ends_on),
        }
        rows = goal_rows(plan.goals.order_by("place"))
        return _written(rows, title, language, action_plan_name(review, ending), ending)


def actions_file(goals: Iterable[Goal], ending: str) -> WrittenFile:
    """In the language of the reader: sites may have scales in several."""
    rows = goal_rows(goals)
    return _written(rows, _("Goals of your sites"), get_language() or "en-us", f"goals.{ending}", ending)


def _written(rows: Sequence[GoalRow], title: str, language: str, name: str, ending: str) -> WrittenFile:
    if ending == "csv":
        return WrittenFile(name, CSV, _csv(rows))
    return WrittenFile(name, EXCEL, _excel(rows, title, language, timezone.now()))


def _csv(rows: Sequence[GoalRow]) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([guarded(value) for value in _values(row, row.goal.status)] for row in rows)
    return target.getvalue().encode(ENCODING)


def _excel(rows: Sequence[GoalRow], title: str, language: str, made_at: datetime) -> bytes:
    product = _("IPS fidelity reviews")
    file = ExcelFile(
        title=title,
        author=product,
        language=language,
        made_at=made_at,
        running=title,
        paper=words.paper(language),
    )
    sheet = file.sheet(_("Goals"), WIDTHS)
    sheet.write(title, strong=True, size=16)
    sheet.write(_("As of %(day)s") % {"day": words.day(timezone.localdate(made_at))})
    sheet.head(
        _("Program"),
        _("Site"),
        _("Visit"),
        _("Place"),
        _("No."),
        _("Item"),
        _("Score then"),
        _("Score to reach"),
        _("What is to change"),
        _("Who sees to it"),
        _("By when"),
        _("How we will know"),
        _("Where it stands"),
        _("Closed on"),
        _("Why it was set aside"),
        _("Progress"),
    )
    for row in rows:
        sheet.write(*(_fit(value) for value in _values(row, row.said)), lined=True)
    return file.data()


def _values(row: GoalRow, status: str) -> list[str | int | None]:
    goal = row.goal
    review = goal.plan.review
    return [
        review.site.program.name,
        review.site.name,
        review.starts_on.isoformat(),
        goal.place,
        goal.item.number if goal.item else None,
        goal.item.short_title if goal.item else _("The whole site"),
        goal.score_then,
        goal.target,
        goal.what,
        goal.owner,
        _iso(goal.due_on),
        goal.measure,
        status,
        _iso(goal.closed_on),
        goal.reason,
        "\n".join(f"{day.isoformat()}, {who}: {text}" for day, who, text in row.notes),
    ]


def _notes(goal: Goal) -> tuple[tuple[date, str, str], ...]:
    return tuple((timezone.localdate(note.at), note.by.name, note.text) for note in goal.notes.all())


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _fit(value: str | int | None) -> str | int | None:
    """What XML cannot hold is written visibly, as in the report's own workbook."""
    if not isinstance(value, str):
        return value
    return NOT_IN_XML.sub(lambda found: f"[U+{ord(found[0]):04X}]", LINE_ENDS.sub("\n", value))
