"""The words of the worksheets: columns, choices, what a sheet is for, and what is wrong with a cell or a table."""

from datetime import date

from django.utils.formats import date_format, localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reviews.figures.counted import Cells, number_in
from reviews.worksheets.columns import (
    FIRST_CONTACTS,
    JOBS,
    NO,
    NO_CODES,
    RECORDS,
    SPECIALISTS,
    TEAMS,
    YES,
    Column,
    Kind,
    SheetColumns,
)
from reviews.worksheets.reading import MOST_ROWS, Problem

_SHEET_HELP = {
    SPECIALISTS: gettext_lazy(
        "One row for each employment specialist, by initials. Leave empty what is not known yet; 0 means none."
    ),
    TEAMS: gettext_lazy("One row for each treatment team that supplies people to a specialist’s caseload."),
    JOBS: gettext_lazy("One row for each job start of the period under review. Name no client."),
    FIRST_CONTACTS: gettext_lazy(
        "One row for each record read, by a number you give it: either both dates or the days between them."
    ),
    RECORDS: gettext_lazy(
        "One row for each record read, by a number you give it. Yes where it is there, no where it should be and "
        "is not, empty where it does not apply or was not looked for."
    ),
}

_LABELS = {
    "name": gettext_lazy("Initials"),
    "fte": gettext_lazy("Full-time equivalent"),
    "hours": gettext_lazy("Hours a week"),
    "caseload": gettext_lazy("People on the caseload"),
    "employment_share": gettext_lazy("Time on employment work (%)"),
    "phases": gettext_lazy("Phases carried"),
    "community_hours": gettext_lazy("Hours a week in the community"),
    "employer_contacts": gettext_lazy("Employer contacts a week"),
    "job_seekers": gettext_lazy("People looking for work"),
    "tracking": gettext_lazy("Tracking form reviewed"),
    "specialist": gettext_lazy("Specialist (initials)"),
    "team": gettext_lazy("Team"),
    "people": gettext_lazy("People from this team"),
    "title": gettext_lazy("Job title"),
    "employer": gettext_lazy("Employer"),
    "competitive": gettext_lazy("Competitive"),
    "started_on": gettext_lazy("Started on"),
    "still_held": gettext_lazy("Held now"),
    "record": gettext_lazy("Record number"),
    "joined_on": gettext_lazy("Joined on"),
    "first_contact_on": gettext_lazy("First employer contact on"),
    "days": gettext_lazy("Days between"),
    "contacts": gettext_lazy("Employer contacts in the record"),
    "fitting": gettext_lazy("Of them fitting the person’s wishes"),
    "profile": gettext_lazy("Written profile"),
    "benefits": gettext_lazy("Benefits advice"),
    "disclosure": gettext_lazy("Talk about disclosure"),
    "supported": gettext_lazy("Support in work"),
    "outreach": gettext_lazy("Outreach"),
    "note": gettext_lazy("Note"),
}

_HELP = {
    "name": gettext_lazy("Of the specialist, such as AK."),
    "fte": gettext_lazy("1 is full time, 0.5 half time."),
    "hours": gettext_lazy("Scheduled hours of work a week."),
    "employment_share": gettext_lazy("From 0 to 100, such as 98."),
    "phases": gettext_lazy("Letters, such as a-f or a, b, d; - where none."),
    "community_hours": gettext_lazy("Of the scheduled hours of a week."),
    "employer_contacts": gettext_lazy("Face to face, for people who look for work; repeat visits count."),
    "job_seekers": gettext_lazy("On this caseload now."),
    "tracking": gettext_lazy("How often the team leader goes over the form with employer contacts."),
    "people": gettext_lazy("On this specialist’s caseload."),
    "title": gettext_lazy("Write the same kind of job the same way each time."),
    "employer": gettext_lazy("Write the same employer the same way each time."),
    "competitive": gettext_lazy(
        "Permanent, at least the minimum wage, open to anyone, not set aside for people with disabilities."
    ),
    "record": gettext_lazy("A number you give it, such as 1. Never a name or a patient number."),
    "joined_on": gettext_lazy("When the person joined the service."),
    "first_contact_on": gettext_lazy("First meeting with an employer face to face about a competitive job."),
    "days": gettext_lazy("Where the two dates are not at hand."),
    "benefits": gettext_lazy("The person was offered advice on benefits and work."),
    "disclosure": gettext_lazy("Specialist and person talked about what to tell an employer."),
    "supported": gettext_lazy("The person works and gets support that is written down."),
    "outreach": gettext_lazy("Somebody reached out when the person stayed away."),
    "note": gettext_lazy("No names."),
}

_CHOICES = {
    "weekly": gettext_lazy("Weekly"),
    "monthly": gettext_lazy("Monthly"),
    "less": gettext_lazy("Less often"),
    "none": gettext_lazy("None"),
    YES: gettext_lazy("Yes"),
    NO: gettext_lazy("No"),
}

_PROBLEMS = {
    Problem.REQUIRED: gettext_lazy("This cell is needed."),
    Problem.NOT_A_NUMBER: gettext_lazy("Write a number, such as 2.1."),
    Problem.NOT_WHOLE: gettext_lazy("Write a whole number."),
    Problem.NEGATIVE: gettext_lazy("This cannot be less than zero."),
    Problem.A_FRACTION: gettext_lazy("Write a share from 0 to 100: 98 for 98 %, not 0.98."),
    Problem.NOT_A_DATE: gettext_lazy("Write a date, such as 2026-10-14."),
    Problem.DATE_ORDER: gettext_lazy("This is before the first of the two dates."),
    Problem.NOT_YES_NO: gettext_lazy("Write yes or no, or leave it empty."),
    Problem.NOT_A_CODE: gettext_lazy("Write letters of the phases, such as a-f or a, b, d."),
    Problem.TWO_ANSWERS: gettext_lazy(
        "The two dates give another number: leave this empty or mend the dates."
    ),
    Problem.DUPLICATE: gettext_lazy("Another row has the same."),
    Problem.TOO_MANY_CELLS: gettext_lazy(
        "This row has more cells than the table has columns. A text with a comma in it needs quotation marks."
    ),
    Problem.UNREADABLE: gettext_lazy("A quotation mark is opened and never closed."),
}


def sheet_help(code: str) -> str:
    """What goes into a worksheet, in a sentence or two."""
    return str(_SHEET_HELP[code])


def column_label(code: str) -> str:
    return str(_LABELS[code])


def column_help(code: str) -> str:
    """How a column is filled; empty where its label says it."""
    return str(_HELP.get(code, ""))


def headings_of(sheet: SheetColumns) -> dict[str, str]:
    """What a line of headings may say, lower-cased, to column code: labels in the page's language, and the codes."""
    own = [column.code for column in sheet.columns]
    return {code.casefold(): code for code in own} | {column_label(code).casefold(): code for code in own}


def choice_label(code: str) -> str:
    return str(_CHOICES.get(code, capfirst(code)))


def cell_words(column: Column, value: str) -> str:
    """A cell as a reader sees it; as it stands where it cannot be read."""
    if not value:
        return ""
    match column.kind:
        case Kind.YES_NO | Kind.CHOICE:
            return choice_label(value)
        case Kind.NUMBER | Kind.WHOLE | Kind.PERCENT:
            return _number_words({column.code: value}, column.code)
        case Kind.DATE:
            try:
                return date_format(date.fromisoformat(value), "DATE_FORMAT")
            except ValueError:
                return value
        case Kind.CODES:
            return _("None") if value == NO_CODES else ", ".join(value.split())
    return value


def _number_words(row: Cells, column: str) -> str:
    number = number_in(row, column)
    return row[column] if number is None or column == "record" else localize(number)


def problem_words(problem: Problem, column: Column | None = None) -> str:
    """What is wrong with a cell and how to mend it; without `column`, what is wrong with a whole table."""
    if problem is Problem.TOO_MANY:
        return _("Too long: at most %(rows)s rows at a time.") % {"rows": MOST_ROWS}
    if column is not None and problem is Problem.TOO_LARGE:
        most = 100 if column.kind is Kind.PERCENT else column.most
        return _("This is too large: at most %(most)s.") % {"most": localize(most)}
    if column is not None and problem is Problem.TOO_LONG:
        return _("This is too long: at most %(longest)s characters.") % {"longest": column.longest}
    if column is not None and problem is Problem.NOT_A_CHOICE:
        return _("Write one of these: %(choices)s.") % {
            "choices": ", ".join(choice_label(choice).lower() for choice in column.choices)
        }
    if column is not None and problem is Problem.PART_OVER_WHOLE:
        return _("This is more than what it is a part of: look at the cells of this row.")
    return str(_PROBLEMS.get(problem, _("This cell cannot be read.")))
