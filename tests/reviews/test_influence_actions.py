"""Barriers, facilitators and adaptations: the team's, kept until the report is issued, never over another's save."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from accounts.permissions import Role
from reviews.actions.influences import (
    AdaptationTyped,
    InfluenceTyped,
    UnknownConstruct,
    add_record,
    change_record,
    restore_record,
    withdraw_record,
)
from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.finishing.state import state_of
from reviews.influences.cfir import CONSTRUCTS, DOMAIN_OF, DOMAINS
from reviews.models import Adaptation, Influence, Stage
from scales.scoring import UnknownItem
from tests.factories.influences import AdaptationFactory, InfluenceFactory
from tests.factories.reviews import ReviewFactory
from tests.reviews.situations import at_stage, fresh, in_draft, in_program, issued, joined, lead_of

pytestmark = pytest.mark.django_db

BARRIER = InfluenceTyped("barrier", "financing", "The contract ends in March.", "time-unlimited")
ADAPTATION = AdaptationTyped(
    what="First meetings are by video.",
    why="The crossing takes half a day.",
    planned=True,
    core_kept="yes",
    decided_by="The steering group",
    since="May 2026",
    item_code="community-based",
)
BOTH = pytest.mark.parametrize("typed", [BARRIER, ADAPTATION], ids=["influence", "adaptation"])


@pytest.fixture
def review():
    return ReviewFactory()


def kept(record):
    return type(record).objects.select_related("item").get(pk=record.pk)


@BOTH
def test_it_is_kept_as_it_was_typed_once_however_often_it_is_sent(review, typed):
    lead = lead_of(review)

    first, second = (add_record(review=review, typed=typed, by=lead) for _send in range(2))

    assert first == second
    assert typed.of(kept(first)) == typed
    assert (kept(first).by, kept(first).changed_by, kept(first).revision) == (lead, None, 0)


@BOTH
def test_item_of_another_scale_is_refused_and_no_item_is_the_whole_site(review, typed):
    lead = lead_of(review)

    with pytest.raises(UnknownItem):
        add_record(review=review, typed=replace(typed, item_code="no-such-item"), by=lead)

    assert add_record(review=review, typed=replace(typed, item_code=""), by=lead).item is None


def test_construct_that_the_framework_does_not_have_is_refused(review):
    with pytest.raises(UnknownConstruct):
        add_record(review=review, typed=replace(BARRIER, construct="weather"), by=lead_of(review))


@BOTH
@pytest.mark.parametrize(
    ("stage", "recorders"),
    [
        (Stage.PLANNED, {"lead", "reviewer", "observer"}),
        (Stage.CONSENSUS, {"lead", "reviewer", "observer"}),
        (Stage.DRAFT, {"lead", "reviewer"}),
        (Stage.WITH_SERVICE, set()),
        (Stage.CANCELLED, set()),
    ],
)
def test_the_team_records_during_the_visit_and_who_edits_the_draft_in_draft(review, typed, stage, recorders):
    people = {
        "lead": lead_of(review),
        "reviewer": joined(review, Role.REVIEWER),
        "observer": joined(review, Role.OBSERVER),
        "moderator": joined(review, Role.MODERATOR),
        "manager": in_program(review, Role.PROGRAM_MANAGER),
    }
    review = at_stage(review, stage)

    done = set()
    for name, person in people.items():
        try:
            add_record(review=review, typed=typed, by=person)
            done.add(name)
        except NotNow:
            pass

    assert done == recorders


@BOTH
def test_a_colleague_mends_it_and_both_names_stand(review, typed):
    record = add_record(review=review, typed=typed, by=lead_of(review))
    colleague = joined(review, Role.REVIEWER)
    other = replace(typed, item_code="")

    change_record(record=record, typed=other, based_on=0, by=colleague)

    now = kept(record)
    assert typed.of(now) == other
    assert (now.by, now.changed_by, now.revision) == (lead_of(review), colleague, 1)
    assert type(record).pgh_event_model.objects.filter(pgh_obj_id=record.pk).count() == 1


@BOTH
def test_change_based_on_an_older_one_overwrites_nothing_and_the_same_again_is_no_conflict(review, typed):
    lead = lead_of(review)
    record = add_record(review=review, typed=typed, by=lead)
    first, second = replace(typed, item_code=""), replace(typed, item_code="disclosure")
    change_record(record=record, typed=first, based_on=0, by=lead)

    with pytest.raises(ChangedMeanwhile):
        change_record(record=record, typed=second, based_on=0, by=lead)

    assert change_record(record=record, typed=first, based_on=0, by=lead).revision == 1


@BOTH
def test_withdrawn_it_is_kept_and_can_be_put_back(review, typed):
    lead = lead_of(review)
    record = add_record(review=review, typed=typed, by=lead)
    standing = typed.model.objects.standing()

    withdraw_record(record=record, by=lead)
    assert withdraw_record(record=record, by=lead).revision == 1
    assert not standing.exists()
    assert typed.of(kept(record)) == typed

    restore_record(record=record, by=lead)
    assert standing.get() == record


def test_a_change_after_approval_makes_it_another_draft():
    review = in_draft()
    empty = state_of(review)

    record = add_record(review=review, typed=BARRIER, by=lead_of(review))
    with_one = state_of(review)
    withdraw_record(record=record, by=lead_of(review))

    assert with_one != empty
    assert state_of(review) == empty


# In the database


@pytest.mark.parametrize("factory", [InfluenceFactory, AdaptationFactory])
def test_an_issued_report_keeps_what_it_has_and_takes_no_more(factory):
    review = issued()
    before = factory(review=in_draft())
    record = type(before)

    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        factory(review=review)
    at_stage(before.review, Stage.ISSUED)
    for change in (lambda rows: rows.update(item=None), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
            change(record.objects.filter(pk=before.pk))


@pytest.mark.parametrize(
    ("factory", "wrong", "name"),
    [
        (InfluenceFactory, {"kind": "rumour"}, "an_influence_helps_or_hinders"),
        (InfluenceFactory, {"text": ""}, "an_influence_is_said_in_words"),
        (AdaptationFactory, {"why": ""}, "an_adaptation_says_what_and_why"),
        (AdaptationFactory, {"core_kept": "maybe"}, "an_adaptation_says_whether_the_core_is_kept"),
    ],
)
def test_the_database_refuses_what_says_nothing(factory, wrong, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        factory(**wrong)


def test_a_row_is_asked_for_an_item_of_its_own_scale_and_a_construct_that_there_is(review):
    elsewhere = ReviewFactory(wording="us").version.item_ids()["disclosure"]
    InfluenceFactory(review=review, item_code="disclosure").full_clean()

    for model, wrong in (
        (Influence, {"construct": "weather"}),
        (Influence, {"item_id": elsewhere}),
        (Adaptation, {"item_id": elsewhere}),
    ):
        factory = InfluenceFactory if model is Influence else AdaptationFactory
        with pytest.raises(ValidationError):
            factory.build(review=fresh(review), by=lead_of(review), **wrong).full_clean()


# The framework


def test_the_framework_has_five_domains_and_names_each_construct_once():
    codes = [construct.code for domain in DOMAINS for construct in domain.constructs]

    assert len(DOMAINS) == 5
    assert len(set(codes)) == len(codes) == len(CONSTRUCTS) == len(DOMAIN_OF)
    assert max(map(len, codes)) <= 60
    assert all(one.title and one.plain for one in CONSTRUCTS.values())


def test_the_constructs_that_british_columbia_used_are_there():
    """Three health centers in British Columbia, sorted by the updated CFIR; by domain."""
    used = {
        "innovation": {"evidence-base", "source"},
        "outer-setting": {"financing", "local-conditions", "partnerships-and-connections"},
        "inner-setting": {
            "information-technology-infrastructure",
            "work-infrastructure",
            "relational-connections",
            "human-equality-centeredness",
            "recipient-centeredness",
            "communications",
        },
        "individuals": {
            "high-level-leaders",
            "mid-level-leaders",
            "other-implementation-support",
            "implementation-team-members",
            "innovation-recipients",
        },
        "process": {
            "assessing-needs-of-deliverers",
            "assessing-needs-of-recipients",
            "tailoring-strategies",
            "engaging-recipients",
            "adapting",
            "planning",
        },
    }

    assert all(used[domain.code] <= {one.code for one in domain.constructs} for domain in DOMAINS)
