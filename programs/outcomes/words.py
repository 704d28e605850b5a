"""Problems and headings of a table of quarters, in words."""

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

from programs.outcomes.reading import (
    COLUMNS,
    DEFINITION,
    IN_WORK,
    JOB_STARTS,
    LATEST_YEAR,
    NOTE,
    ON_CASELOAD,
    QUARTER,
    STARTS_BY_DEFINITION,
    Problem,
    Quarter,
)

HEADINGS = {
    QUARTER: gettext_lazy("Quarter"),
    ON_CASELOAD: gettext_lazy("People on the caseload"),
    JOB_STARTS: gettext_lazy("Job starts"),
    IN_WORK: gettext_lazy("People in work"),
    STARTS_BY_DEFINITION: gettext_lazy("Job starts that count"),
    DEFINITION: gettext_lazy("Counted by"),
    NOTE: gettext_lazy("Note"),
}

PROBLEMS = {
    Problem.NO_QUARTER: gettext_lazy("Give the quarter, such as 2026 Q1."),
    Problem.QUARTER: gettext_lazy("This is no quarter. Write it as 2026 Q1, Q1 2026, 2026-1 or 1/2026."),
    Problem.NOT_OVER: gettext_lazy("This quarter is not over yet."),
    Problem.WHOLE_NUMBER: gettext_lazy(
        "Write a whole number, 0 or more; leave it empty where it is not known."
    ),
    Problem.TOO_LARGE: gettext_lazy("This number is too large."),
    Problem.NO_NUMBER: gettext_lazy("Give at least one number of the quarter."),
    Problem.MORE_THAN_STARTS: gettext_lazy("No more starts can count than there were."),
    Problem.UNKNOWN_DEFINITION: gettext_lazy("These are not the words of a definition of this program."),
    Problem.NO_DEFINITION: gettext_lazy("Choose first which job starts count in this program."),
    Problem.LONG_NOTE: gettext_lazy("Write at most 500 characters."),
    Problem.DUPLICATE: gettext_lazy("This quarter stands in the table twice."),
    Problem.TOO_MANY_CELLS: gettext_lazy("This line has more cells than there are columns."),
    Problem.UNREADABLE: gettext_lazy(
        "A quotation mark is opened and not closed, so the table cannot be read."
    ),
    Problem.TOO_MANY: gettext_lazy("The table is too large: at most 400 quarters at a time."),
    Problem.NO_QUARTERS: gettext_lazy("No column has the heading “Quarter”."),
}

MORE_IN_WORK = gettext_lazy(
    "More people in work than on the caseload: that can be so where people left the caseload. Please check."
)


def headings() -> dict[str, str]:
    """Heading to column: as the language of the page says it, and by the column's own name."""
    own = {str(HEADINGS[column]): column for column in COLUMNS}
    return own | {column: column for column in COLUMNS}


def problem_words(problem: Problem, quarter: Quarter | None = None) -> str:
    """`quarter`: of the row, where it could be read."""
    if problem is Problem.NOT_OVER and quarter and quarter.year <= LATEST_YEAR:
        day = date_format(quarter.entered_from, "DATE_FORMAT")
        return gettext("This quarter is not over yet. It can be entered from %(day)s on.") % {"day": day}
    return str(PROBLEMS[problem])
