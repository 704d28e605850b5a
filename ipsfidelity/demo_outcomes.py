"""Invented employment outcomes of the demo, entered by the actions that a manager's pages use."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager

from accounts.models import User
from programs.actions.outcomes import choose_definition, enter_quarter
from programs.models import Program, Site
from programs.outcomes.reading import NUMBERS, Counted, read_quarter

IN_THE_FILE = ("on_caseload", "in_work", "job_starts", "starts_by_definition")


def add_outcomes(
    described: dict,
    programs: Mapping[str, Program],
    sites: Mapping[str, Site],
    people: Mapping[str, User],
    moment: Callable[[str], AbstractContextManager],
) -> None:
    """`moment`: lets what happens inside happen then."""
    definitions: dict[str, int] = {}
    for program, choices in described["definitions"].items():
        for choice in choices:
            with moment(choice["at"]):
                chosen = choose_definition(
                    program=programs[program],
                    kind=choice["kind"],
                    words="",
                    source=choice.get("source", ""),
                    by=people[choice["by"]],
                )
            definitions[choice["kind"]] = chosen.pk
    manager = people[next(iter(described["definitions"].values()))[0]["by"]]
    for site, rows in described["sites"].items():
        for row in rows:
            numbers = dict(zip(IN_THE_FILE, row["numbers"], strict=True))
            quarter = read_quarter(row["quarter"])
            counted_by = definitions.get(row.get("counted_by"))
            with moment(row["at"]):
                enter_quarter(
                    site=sites[site],
                    quarter=quarter,
                    counted=Counted(
                        **{name: numbers[name] for name in NUMBERS},
                        definition=counted_by,
                        note=row.get("note", ""),
                    ),
                    by=manager,
                )
