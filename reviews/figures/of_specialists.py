"""Figures counted from the worksheets of employment specialists and their teams."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from reviews.figures.counted import (
    Cells,
    Counted,
    CountedRow,
    Note,
    Rows,
    agreed,
    any_cell,
    divided,
    folded,
    number_in,
    whole_in,
)
from reviews.worksheets.columns import MONTHLY, NO_CODES, SPECIALISTS, TEAMS, TRACKING, WEEKLY
from scales.facts import Facts, SpecialistFacts
from scales.figures import Answer


def caseload(rows: Rows) -> Counted | None:
    """People on all caseloads over full-time-equivalent specialists."""
    return _sum_of_specialists(rows, ("caseload", "fte"), lambda caseload, fte: (caseload, fte))


def employment_time(rows: Rows) -> Counted | None:
    """Each one's share of time on employment work, weighted by hours a week, or else by share of a full-time post."""
    specialists = rows.get(SPECIALISTS, ())
    if not any_cell(specialists, "employment_share"):
        return None
    weight = "hours" if all(number_in(row, "hours") is not None for row in specialists) else "fte"
    return _sum_of_specialists(
        rows, ("employment_share", weight), lambda share, weight: (weight * share / 100, weight)
    )


def _sum_of_specialists(
    rows: Rows, columns: tuple[str, str], terms: Callable[[Decimal, Decimal], tuple[Decimal, Decimal]]
) -> Counted | None:
    """Part and whole as sums over all specialists of the two numbers that each row comes to."""
    specialists = rows.get(SPECIALISTS, ())
    if not any_cell(specialists, *columns):
        return None
    values = [tuple(number_in(row, column) for column in columns) for row in specialists]
    summed = [terms(first, second) for first, second in values if first is not None and second is not None]
    left_out = len(values) - len(summed)
    part, whole = sum((one for one, _ in summed), Decimal()), sum((two for _, two in summed), Decimal())
    return Counted(
        facts=Facts() if left_out else divided(part, whole),
        answers={},
        sheet=SPECIALISTS,
        rows=tuple(
            CountedRow(row.get("name", ""), value) for row, value in zip(specialists, values, strict=True)
        ),
        note=Note.SOME_WITHOUT_FIGURES if left_out or not whole else None,
        left_out=left_out,
        columns=columns,
    )


def phases(specialists: Sequence[Cells], component_codes: Sequence[str]) -> Counted | None:
    """The phases that every specialist carries; asked of the reviewers where specialists carry different ones."""
    if not any_cell(specialists, "phases"):
        return None
    carried = [_codes(row.get("phases"), component_codes) for row in specialists]
    left_out = carried.count(None)
    differ = len({codes for codes in carried if codes is not None}) > 1
    note = Note.PHASES_DIFFER if differ else Note.SOME_WITHOUT_FIGURES if left_out else None
    return Counted(
        facts=Facts() if note else Facts(present=carried[0]),
        answers={},
        sheet=SPECIALISTS,
        rows=tuple(
            CountedRow(row.get("name", ""), (None if codes is None else row["phases"],))
            for row, codes in zip(specialists, carried, strict=True)
        ),
        note=note,
        left_out=left_out,
        columns=("phases",),
    )


def _codes(text: str | None, known: Sequence[str]) -> frozenset[str] | None:
    if not text:
        return None
    codes = frozenset() if text == NO_CODES else frozenset(text.split())
    return codes if codes <= set(known) else None


def employer_contacts(rows: Rows) -> Counted | None:
    """Contacts a week, specialist by specialist, and how often the form that tracks them is reviewed.

    A specialist with nobody looking for work needs no number: the scale leaves them out.
    """
    specialists = rows.get(SPECIALISTS, ())
    counts = any_cell(specialists, "employer_contacts")
    if not counts and not any_cell(specialists, "tracking"):
        return None
    read = [
        SpecialistFacts(
            label=row.get("name", ""),
            value=number_in(row, "employer_contacts"),
            job_seekers=whole_in(row, "job_seekers"),
        )
        for row in specialists
    ]
    left_out = sum(one.value is None and one.job_seekers != 0 for one in read)
    return Counted(
        facts=Facts(specialists=tuple(read)) if counts else Facts(),
        answers=_tracking([row.get("tracking", "") for row in specialists]),
        sheet=SPECIALISTS,
        rows=tuple(
            CountedRow(
                one.label,
                (one.value, number_in(row, "job_seekers"), row.get("tracking") or None),
            )
            for one, row in zip(read, specialists, strict=True)
        ),
        note=Note.SOME_WITHOUT_FIGURES if left_out else None,
        left_out=left_out,
        columns=("employer_contacts", "job_seekers", "tracking"),
    )


def _tracking(words: Sequence[str]) -> dict[Answer, bool]:
    """Whether the form is reviewed weekly, and at least monthly; no answer where specialists differ or one is open."""
    if not all(word in TRACKING for word in words):
        return {}
    enough = {Answer.TRACKING_WEEKLY: {WEEKLY}, Answer.TRACKING_MONTHLY: {WEEKLY, MONTHLY}}
    return agreed({answer: [word in them for word in words] for answer, them in enough.items()})


def community_hours(rows: Rows) -> Counted | None:
    """Hours in the community of hours a week, specialist by specialist."""
    specialists = rows.get(SPECIALISTS, ())
    if not any_cell(specialists, "community_hours"):
        return None
    columns = ("community_hours", "hours")
    read = [
        SpecialistFacts(
            label=row.get("name", ""),
            part=number_in(row, columns[0]),
            whole=number_in(row, columns[1]) or None,
        )
        for row in specialists
    ]
    left_out = sum(one.part is None or one.whole is None for one in read)
    return Counted(
        facts=Facts(specialists=tuple(read)),
        answers={},
        sheet=SPECIALISTS,
        rows=tuple(CountedRow(one.label, (one.part, one.whole)) for one in read),
        note=Note.SOME_WITHOUT_FIGURES if left_out else None,
        left_out=left_out,
        columns=columns,
    )


def own_teams(rows: Rows) -> Counted | None:
    """People who come from a specialist's own one or two teams, of all on the caseload.

    With three teams or more the two that supply most count. The caseload is that of the specialists' worksheet where
    it is there for everyone, else everyone named under a team.
    """
    if not rows.get(TEAMS):
        return None
    labels: dict[str, str] = {}
    teams: dict[str, dict[str, Decimal]] = {}
    lacking: set[str] = set()
    for row in rows[TEAMS]:
        who, people = folded(row.get("specialist", "")), number_in(row, "people")
        labels.setdefault(who, row.get("specialist", ""))
        own = teams.setdefault(who, {})
        if people is None or not who:
            lacking.add(who)
            continue
        team = folded(row.get("team", ""))
        own[team] = own.get(team, Decimal()) + people
    everyone = {folded(row.get("name", "")): row for row in rows.get(SPECIALISTS, ())}
    # Someone without a team in the list, and not without people: their caseload would drop out of the sum unseen.
    without_team = [
        who for who, row in everyone.items() if who not in teams and number_in(row, "caseload") != 0
    ]
    largest = {who: sum(sorted(own.values())[-2:], Decimal()) for who, own in teams.items()}
    from_teams = {who: sum(own.values(), Decimal()) for who, own in teams.items()}
    caseloads = {who: number_in(everyone[who], "caseload") for who in teams if who in everyone}
    known = {who: caseload for who, caseload in caseloads.items() if caseload is not None}
    wholes = known if len(known) == len(teams) else from_teams
    left_out = len(lacking) + len(without_team)
    note = Note.SOME_WITHOUT_FIGURES if left_out else None
    if not left_out and any(from_teams[who] > wholes[who] for who in teams):
        note = Note.CASELOADS_DIFFER
    part, whole = sum(largest.values(), Decimal()), sum(wholes.values(), Decimal())
    return Counted(
        facts=Facts() if note else divided(part, whole),
        answers=agreed({Answer.THREE_OR_MORE_TEAMS: [len(own) >= 3 for own in teams.values()]}),
        sheet=TEAMS,
        rows=tuple(
            CountedRow(labels[who], (Decimal(len(own)), largest[who], wholes[who]))
            for who, own in teams.items()
        ),
        note=note,
        left_out=left_out,
        columns=("team", "people", "caseload"),
    )
