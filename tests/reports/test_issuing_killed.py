"""A process that is killed while it issues or corrects leaves the report as it was, or the whole edition."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from reports.document import from_json, sha256
from reviews.models import Edition, ReviewEvent, Stage
from tests.reports.killed import POINTS
from tests.reports.steps import begun
from tests.reviews.situations import fresh, in_draft

pytestmark = pytest.mark.django_db(transaction=True)

PROJECT = Path(__file__).resolve().parents[2]
*BEFORE, COMMITTED = POINTS


@pytest.fixture
def kill(transactional_db):
    """Begin a step in another process, which is killed at a point of it."""
    command = [sys.executable, "-m", "tests.reports.killed", connection.settings_dict["NAME"]]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "ipsfidelity.settings"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=PROJECT, env=environment, **pipes) as process:

        def ask(step: str, point: str, review) -> None:
            process.stdin.write(f"{step}:{point}:{review.pk}\n")
            process.stdin.flush()
            assert process.stdout.readline().strip() == "killed", point

        yield ask
        process.stdin.close()


def is_whole(edition: Edition) -> bool:
    return (
        sha256(edition.document) == edition.document_sha256
        and sha256(bytes(edition.pdf)) == edition.pdf_sha256
        and from_json(edition.document).edition == edition.number
    )


def state(review) -> tuple:
    """Stage, editions, agreed score, and whether a correction is open, for each that there is."""
    score = review.consensus.get(item__code="caseload-size").score
    editions = [edition.number for edition in review.editions.all()]
    return fresh(review).stage, editions, score, [one.is_open for one in review.corrections.all()]


def test_a_killed_process_leaves_the_report_as_it_was_or_the_whole_edition(kill):
    review = in_draft(4)

    for point in BEFORE:
        kill("issue", point, review)
        assert state(review) == (Stage.DRAFT, [], 4, []), point
    kill("issue", COMMITTED, review)
    assert state(review) == (Stage.ISSUED, ["1.0"], 4, [])

    begun(review, score=2)
    for point in BEFORE:
        kill("correct", point, review)
        assert state(review) == (Stage.ISSUED, ["1.0"], 4, [True]), point
    kill("correct", COMMITTED, review)
    assert state(review) == (Stage.ISSUED, ["1.0", "1.1"], 2, [False])

    assert all(map(is_whole, review.editions.all()))
    steps = review.timeline.filter(step__in=(ReviewEvent.Step.ISSUED, ReviewEvent.Step.CORRECTED))
    assert steps.count() == 2
