"""The columns of each worksheet, by code: what a team counts at a visit. Labels are in `reviews.worksheets.words`."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """What a cell of a column holds."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    WHOLE = "whole"
    DATE = "date"
    YES_NO = "yes-no"
    CHOICE = "choice"
    CODES = "codes"  # codes of components, in their order, such as "a b d"; "-" where none of them


@dataclass(frozen=True)
class Column:
    """`choices`: the words a CHOICE column takes. `most`: the largest number that can be right. `longest`: of text."""

    code: str
    kind: Kind
    required: bool = False
    choices: tuple[str, ...] = ()
    most: Decimal | None = None
    longest: int = 80


@dataclass(frozen=True)
class SheetColumns:
    """`key`: columns in which no two rows may agree, such as a record's number; empty where rows may repeat.

    `part_of`: columns that count a part of what another counts. `in_order`: two dates, the earlier first;
    `days_between`: the column that holds the days between them instead.
    """

    code: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    part_of: tuple[tuple[str, str], ...] = ()
    in_order: tuple[str, str] | None = None
    days_between: str = ""

    def column(self, code: str) -> Column:
        """Raises KeyError for a code that is no column of this sheet."""
        for column in self.columns:
            if column.code == code:
                return column
        raise KeyError(code)


SPECIALISTS, TEAMS, JOBS = "specialists", "teams", "jobs"
FIRST_CONTACTS, RECORDS = "first-contacts", "records"

YES, NO = "yes", "no"

# How often the team leader goes over the form on which employer contacts are tracked.
WEEKLY, MONTHLY = "weekly", "monthly"
TRACKING = (WEEKLY, MONTHLY, "less", "none")

# What a cell of codes holds where none of them is carried.
NO_CODES = "-"

SHEETS: dict[str, SheetColumns] = {
    sheet.code: sheet
    for sheet in (
        SheetColumns(
            SPECIALISTS,
            (
                Column("name", Kind.TEXT, required=True, longest=40),
                Column("fte", Kind.NUMBER, most=Decimal(2)),
                Column("hours", Kind.NUMBER, most=Decimal(80)),
                Column("caseload", Kind.WHOLE, most=Decimal(999)),
                Column("employment_share", Kind.PERCENT),
                Column("phases", Kind.CODES),
                Column("community_hours", Kind.NUMBER, most=Decimal(80)),
                Column("employer_contacts", Kind.NUMBER, most=Decimal(999)),
                Column("job_seekers", Kind.WHOLE, most=Decimal(999)),
                Column("tracking", Kind.CHOICE, choices=TRACKING),
            ),
            key=("name",),
            part_of=(("community_hours", "hours"), ("job_seekers", "caseload")),
        ),
        SheetColumns(
            TEAMS,
            (
                Column("specialist", Kind.TEXT, required=True, longest=40),
                Column("team", Kind.TEXT, required=True),
                Column("people", Kind.WHOLE, required=True, most=Decimal(999)),
            ),
            key=("specialist", "team"),
        ),
        SheetColumns(
            JOBS,
            (
                Column("title", Kind.TEXT, required=True),
                Column("employer", Kind.TEXT, required=True),
                Column("competitive", Kind.YES_NO),
                Column("started_on", Kind.DATE),
                Column("still_held", Kind.YES_NO),
            ),
        ),
        SheetColumns(
            FIRST_CONTACTS,
            (
                Column("record", Kind.WHOLE, required=True, most=Decimal(999_999)),
                Column("joined_on", Kind.DATE),
                Column("first_contact_on", Kind.DATE),
                Column("days", Kind.WHOLE, most=Decimal(3660)),
            ),
            key=("record",),
            in_order=("joined_on", "first_contact_on"),
            days_between="days",
        ),
        SheetColumns(
            RECORDS,
            (
                Column("record", Kind.WHOLE, required=True, most=Decimal(999_999)),
                Column("contacts", Kind.WHOLE, most=Decimal(999)),
                Column("fitting", Kind.WHOLE, most=Decimal(999)),
                Column("profile", Kind.YES_NO),
                Column("benefits", Kind.YES_NO),
                Column("disclosure", Kind.YES_NO),
                Column("supported", Kind.YES_NO),
                Column("outreach", Kind.YES_NO),
                Column("note", Kind.TEXT, longest=500),
            ),
            key=("record",),
            part_of=(("fitting", "contacts"),),
        ),
    )
}
