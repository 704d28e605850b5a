"""What a visit's worksheets can count, by the name under which an item of a scale asks for it.

Which item takes which figure is data (`ScaleFigure`, loaded from `fixtures/scales/figures/`), kept per scale and not
per version: it saves typing and never changes an anchor.
"""

from enum import StrEnum

from scales.spec import Item, Reading


class Figure(StrEnum):
    """A count or share that the team's worksheets give."""

    CASELOAD = "caseload"  # people on all caseloads / full-time-equivalent specialists
    EMPLOYMENT_TIME = "employment-time"  # share of working time on employment services
    PHASES = "phases"  # phases of the work that every specialist carries
    OWN_TEAMS = "own-teams"  # share of the caseload from a specialist's own one or two teams
    FIRST_CONTACT = "first-contact"  # average days from joining to the first employer contact
    FITTING_CONTACTS = "fitting-contacts"  # share of employer contacts that fit the person's wishes
    EMPLOYER_CONTACTS = "employer-contacts"  # contacts a week, specialist by specialist
    JOB_TITLES = "job-titles"  # share of jobs that are different kinds of job
    JOB_EMPLOYERS = "job-employers"  # share of jobs that are with different employers
    COMPETITIVE_JOBS = "competitive-jobs"  # share of current jobs that are competitive
    COMMUNITY_HOURS = "community-hours"  # share of scheduled hours in the community, specialist by specialist
    # Of the client records read, how many show it: beside the item, and no suggestion.
    PROFILES = "profiles"
    BENEFITS_ADVICE = "benefits-advice"
    DISCLOSURE_TALKS = "disclosure-talks"
    SUPPORT_IN_WORK = "support-in-work"
    OUTREACH = "outreach"


TALLIES = frozenset(
    {
        Figure.PROFILES,
        Figure.BENEFITS_ADVICE,
        Figure.DISCLOSURE_TALKS,
        Figure.SUPPORT_IN_WORK,
        Figure.OUTREACH,
    }
)


class Answer(StrEnum):
    """A yes/no question that a worksheet answers, once every row of it agrees."""

    THREE_OR_MORE_TEAMS = "three-or-more-teams"
    TRACKING_WEEKLY = "tracking-weekly"
    TRACKING_MONTHLY = "tracking-monthly"


READINGS = {
    Figure.CASELOAD: Reading.RATIO,
    Figure.EMPLOYMENT_TIME: Reading.PERCENTAGE,
    Figure.PHASES: Reading.COMPONENTS,
    Figure.OWN_TEAMS: Reading.PERCENTAGE,
    Figure.FIRST_CONTACT: Reading.DAYS,
    Figure.FITTING_CONTACTS: Reading.PERCENTAGE,
    Figure.EMPLOYER_CONTACTS: Reading.CONTACTS,
    Figure.JOB_TITLES: Reading.PERCENTAGE,
    Figure.JOB_EMPLOYERS: Reading.PERCENTAGE,
    Figure.COMPETITIVE_JOBS: Reading.PERCENTAGE,
    Figure.COMMUNITY_HOURS: Reading.PERCENTAGE,
}

PER_SPECIALIST = {Figure.EMPLOYER_CONTACTS, Figure.COMMUNITY_HOURS}


def fits(figure: Figure, item: Item) -> bool:
    """Whether an item, as this version reads it, can take the figure."""
    if figure in TALLIES:
        return True
    return item.reading is READINGS[figure] and item.per_specialist == (figure in PER_SPECIALIST)
