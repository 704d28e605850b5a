"""A process of its own that begins to issue or to correct a report and is killed on the way, at a named point.

Run as `python -m tests.reports.killed DATABASE` it reads lines such as "issue:before-commit:12" and does each in a
fork of its own.
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


def main(database: str) -> None:
    """Do what is asked for, a line each; the answer is "killed" once the fork that did it was."""
    django.setup()
    from django.db import connections

    # Here, so that no fork has to.
    import tests.reports.steps  # noqa: F401

    connections["default"].settings_dict["NAME"] = database
    for line in sys.stdin:
        step, point, pk = line.strip().split(":")
        child = os.fork()
        if not child:
            begin(step, point, int(pk))
            os._exit(1)
        _, status = os.waitpid(child, 0)
        sys.stdout.write("killed\n" if os.WIFSIGNALED(status) else "not killed\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
