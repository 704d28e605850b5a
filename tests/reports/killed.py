"""A process of its own that begins to issue or to correct a report and is killed on the way, at a named point.

Run as `python -m tests.reports.killed DATABASE issue:before-commit:12 …`: each of these is done by its own fork.
"""

import os
import signal
import sys

import django

POINTS = (
    "before-compose",
    "after-compose",
    "before-edition",
    "after-edition",
    "before-stage",
    "after-stage",
    "before-commit",
    "after-commit",
)


def die(*args, **kwargs) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def dying_before(call):
    return die


def dying_after(call):
    def and_die(*args, **kwargs):
        call(*args, **kwargs)
        die()

    return and_die


def begin(step: str, point: str, pk: int) -> None:
    from django.db import connections

    from reviews.models import Correction, Edition, Review

    when, _, where = point.partition("-")
    dying = dying_before if when == "before" else dying_after
    compose = None
    if where == "compose":
        compose = dying
    elif where == "edition":
        Edition.save = dying(Edition.save)
    elif where == "stage":
        of = Review if step == "issue" else Correction
        of.save = dying(of.save)
    elif where == "commit":
        database = connections["default"]
        database.commit = dying(database.commit)
    from tests.reports.steps import correct, issue

    {"issue": issue, "correct": correct}[step](pk, compose)


def main(database: str, *tasks: str) -> None:
    django.setup()
    from django.db import connections

    connections["default"].settings_dict["NAME"] = database
    for task in tasks:
        step, point, pk = task.split(":")
        child = os.fork()
        if not child:
            begin(step, point, int(pk))
            os._exit(1)  # It was not killed.
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            sys.exit(f"{task} was not killed")


if __name__ == "__main__":
    main(*sys.argv[1:])
