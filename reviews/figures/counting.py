"""What the worksheets of a visit come to: the facts of an item, counted from the rows that the team entered.

A sum is given only where every row that belongs in it has its figures: 41 people over 2.1 posts says nothing true
when a third specialist's caseload is still to come. What is missing is named, never taken for zero.
"""

from collections.abc import Callable, Sequence

from reviews.figures.counted import Counted, CountedRow, Note, Rows
from reviews.figures.of_records import competitive_jobs, different, first_contact, fitting_contacts, tally
from reviews.figures.of_specialists import (
    caseload,
    community_hours,
    employer_contacts,
    employment_time,
    own_teams,
    phases,
)
from reviews.worksheets.columns import FIRST_CONTACTS, JOBS, RECORDS, SPECIALISTS, TEAMS
from scales.figures import TALLIES, Figure

__all__ = ["Counted", "CountedRow", "Note", "Rows", "count", "sheets_of"]


def sheets_of(figure: Figure) -> frozenset[str]:
    """The worksheets that a figure is counted from."""
    return _SHEETS[figure]


def count(figure: Figure, rows: Rows, *, component_codes: Sequence[str] = ()) -> Counted | None:
    """What the worksheets give for a figure; None where they hold nothing for it.

    `component_codes`: components of the item that takes the phases.
    """
    if figure in TALLIES:
        return tally(_TALLIED[figure], rows.get(RECORDS, ()))
    if figure is Figure.PHASES:
        return phases(rows.get(SPECIALISTS, ()), component_codes)
    return _COUNTS[figure](rows)


_COUNTS: dict[Figure, Callable[[Rows], Counted | None]] = {
    Figure.CASELOAD: caseload,
    Figure.EMPLOYMENT_TIME: employment_time,
    Figure.OWN_TEAMS: own_teams,
    Figure.FIRST_CONTACT: first_contact,
    Figure.FITTING_CONTACTS: fitting_contacts,
    Figure.EMPLOYER_CONTACTS: employer_contacts,
    Figure.JOB_TITLES: different("title", Note.SAME_TITLE_OFTEN),
    Figure.JOB_EMPLOYERS: different("employer", Note.SAME_EMPLOYER_OFTEN),
    Figure.COMPETITIVE_JOBS: competitive_jobs,
    Figure.COMMUNITY_HOURS: community_hours,
}

_TALLIED = {
    Figure.PROFILES: "profile",
    Figure.BENEFITS_ADVICE: "benefits",
    Figure.DISCLOSURE_TALKS: "disclosure",
    Figure.SUPPORT_IN_WORK: "supported",
    Figure.OUTREACH: "outreach",
}

_SHEETS = {
    **{figure: frozenset({SPECIALISTS}) for figure in Figure},
    Figure.OWN_TEAMS: frozenset({TEAMS, SPECIALISTS}),
    Figure.FIRST_CONTACT: frozenset({FIRST_CONTACTS}),
    **dict.fromkeys((Figure.JOB_TITLES, Figure.JOB_EMPLOYERS, Figure.COMPETITIVE_JOBS), frozenset({JOBS})),
    **dict.fromkeys((Figure.FITTING_CONTACTS, *TALLIES), frozenset({RECORDS})),
}
