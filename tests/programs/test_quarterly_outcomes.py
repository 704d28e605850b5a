"""The numbers of a quarter as rows: what the database keeps to, and what follows from them."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accounts.permissions import Role
from programs.actions.outcomes import QuarterThere, enter_quarter
from programs.models import QuarterlyOutcome, StartDefinition
from programs.outcomes.reading import Counted, Quarter
from tests.at_once import at_once
from tests.factories.programs import (
    MembershipFactory,
    QuarterlyOutcomeFactory,
    SiteFactory,
    StartDefinitionFactory,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("quarter", "ends_on"),
    [(1, date(2026, 3, 31)), (2, date(2026, 6, 30)), (3, date(2026, 9, 30)), (4, date(2026, 12, 31))],
)
def test_a_quarter_ends_on_its_last_day(quarter, ends_on):
    assert QuarterlyOutcomeFactory.build(site=None, by=None, quarter=quarter).ends_on == ends_on


@pytest.mark.parametrize(
    ("on_caseload", "in_work", "share"),
    [(40, 14, 0.35), (0, 0, None), (None, 3, None), (3, None, None), (2, 3, 1.5)],
)
def test_share_in_work_is_not_defined_without_people_on_the_caseload(on_caseload, in_work, share):
    row = QuarterlyOutcome(year=2026, quarter=1, on_caseload=on_caseload, in_work=in_work)

    assert row.share_in_work == share


def test_quarters_of_a_site_come_oldest_first_with_their_definition(django_assert_num_queries):
    site = SiteFactory()
    definition = StartDefinitionFactory(program=site.program)
    for year, quarter in ((2026, 1), (2025, 2), (2025, 4)):
        QuarterlyOutcomeFactory(
            site=site, year=year, quarter=quarter, starts_by_definition=2, definition=definition
        )
    QuarterlyOutcomeFactory()

    with django_assert_num_queries(1):
        rows = [(row.label, str(row.definition)) for row in QuarterlyOutcome.objects.of_site(site)]

    assert rows == [
        (label, "A paid competitive job kept for 13 weeks") for label in ("2025 Q2", "2025 Q4", "2026 Q1")
    ]


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"quarter": 5}, "a_quarter_is_one_of_four"),
        ({"year": 26}, "a_quarter_is_one_of_four"),
        ({"job_starts": 2, "starts_by_definition": 3}, "starts_that_count_are_among_all_starts"),
        ({"starts_by_definition": 3, "definition": None}, "starts_are_counted_by_a_definition"),
        ({"on_caseload": None, "job_starts": None, "in_work": None}, "a_quarter_has_a_number"),
    ],
)
def test_the_database_keeps_the_rules_of_a_quarter(values, rule):
    site = SiteFactory()
    values = {"definition": StartDefinitionFactory(program=site.program)} | values

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        QuarterlyOutcomeFactory(site=site, **values)


def test_a_quarter_is_entered_once_and_more_may_be_in_work_than_on_the_caseload():
    row = QuarterlyOutcomeFactory(on_caseload=10, in_work=12)

    with (
        pytest.raises(IntegrityError, match="one_row_of_outcomes_per_site_and_quarter"),
        transaction.atomic(),
    ):
        QuarterlyOutcomeFactory(site=row.site)


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "own", "words": "", "source": "Contract"},
        {"kind": "own", "words": "30 days"},
        {"words": "30 days"},
    ],
)
def test_own_words_have_their_source_and_stand_alone(values):
    with (
        pytest.raises(IntegrityError, match="own_words_are_there_where_they_are_chosen"),
        transaction.atomic(),
    ):
        StartDefinitionFactory(**values)

    own = StartDefinitionFactory(kind=StartDefinition.Kind.OWN, words="30 days", source="Contract, page 2")
    assert str(own) == "30 days"


def test_what_a_quarter_was_before_is_kept():
    row = QuarterlyOutcomeFactory(in_work=14)
    row.in_work = 15
    row.save()
    pk = row.pk
    row.delete()

    history = QuarterlyOutcome.pgh_event_models["insert"].objects.filter(pgh_obj_id=pk).order_by("pgh_id")
    assert [(one.pgh_label, one.in_work) for one in history] == [
        ("insert", 14),
        ("update", 14),
        ("delete", 15),
    ]


@pytest.mark.django_db(transaction=True)
def test_two_who_enter_the_same_quarter_at_once_leave_one_row():
    site = SiteFactory()
    managers = [
        MembershipFactory(program=site.program, role=Role.PROGRAM_MANAGER.value).user for _ in range(2)
    ]

    def entering(number: int):
        counted = Counted(on_caseload=number)
        return lambda: enter_quarter(
            site=site, quarter=Quarter(2026, 1), counted=counted, by=managers[number]
        )

    outcomes = at_once(entering(0), entering(1))

    assert {type(one) for one in outcomes} == {QuarterlyOutcome, QuarterThere}
    assert QuarterlyOutcome.objects.count() == 1
