"""Facts and evidence of a visit: the team's from the start, and nobody's while they rate the same site anew."""

import pytest

from accounts.permissions import Role
from reviews.models import Stage
from reviews.permissions import may_read_visit, may_work_on_visit
from tests.factories.reviews import ReviewFactory
from tests.reviews.situations import YEAR_BEFORE, at_stage, fresh, in_program, issued, joined, lead_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.OBSERVER])
@pytest.mark.parametrize("stage", [Stage.PLANNED, Stage.RATING, Stage.CONSENSUS])
def test_everyone_at_the_visit_writes_until_consensus_is_done(role, stage):
    review = at_stage(ReviewFactory(), stage)

    assert may_work_on_visit(joined(review, role), fresh(review))


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.WITH_SERVICE, Stage.ISSUED, Stage.CANCELLED])
def test_nobody_writes_afterwards(stage):
    review = at_stage(ReviewFactory(), stage)

    assert not may_work_on_visit(lead_of(review), review)


@pytest.mark.parametrize(
    ("stage", "reads"), [(Stage.RATING, False), (Stage.CONSENSUS, False), (Stage.DRAFT, True)]
)
def test_a_moderator_reads_once_there_is_a_draft(stage, reads):
    review = at_stage(ReviewFactory(), stage)

    assert may_read_visit(joined(review, Role.MODERATOR), fresh(review)) is reads


def test_a_role_in_the_service_reads_none_of_it():
    review = issued()

    assert not may_read_visit(in_program(review, Role.PROGRAM_MANAGER), fresh(review))


def test_facts_of_the_last_review_are_closed_while_one_rates_the_site_anew():
    before = issued(**YEAR_BEFORE)
    lead = lead_of(before)
    assert may_read_visit(lead, fresh(before))

    ReviewFactory(site=before.site, lead=lead)

    assert not may_read_visit(lead, fresh(before))
