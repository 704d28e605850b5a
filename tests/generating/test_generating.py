"""Generated data are what the product itself would have written, are marked, and go only where nothing else is."""

import hashlib
import io
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, F
from pypdf import PdfReader

from accounts.models import User
from ipsfidelity.generating.order import Order
from ipsfidelity.generating.running import generate
from ipsfidelity.generating.world import NETWORK_LEAD
from programs.models import Organization, Program, QuarterlyOutcome, Site
from reports.document import from_json
from reviews.actions.results import record_result
from reviews.models import (
    ActionPlan,
    ConsensusRating,
    Edition,
    FundingThreshold,
    Goal,
    GoalNote,
    Rating,
    RatingSet,
    Result,
    Review,
    Stage,
    TeamMember,
)
from tests.factories.programs import SiteFactory

pytestmark = pytest.mark.django_db

ORDER = Order(sites=24, reviews=60, seed=7, until=date(2026, 6, 30))
BESIDE = {"id", "written_at", "_state"}


def values(result: Result) -> dict:
    return {name: value for name, value in vars(result).items() if name not in BESIDE}


def summary() -> list[tuple]:
    """What two runs have in common: everything but primary keys."""
    results = Result.objects.order_by("site__name", "starts_on")
    ratings = Rating.objects.order_by("rating_set__member__user__email", "updated_at", "item__number")
    agreed = ConsensusRating.objects.order_by("review__site__name", "review__starts_on", "item__number")
    return [
        *results.values_list("site__name", "site__region", "kind", "starts_on", "scores", "spreads", "band"),
        *ratings.values_list("rating_set__member__user__email", "item__code", "score", "updated_at"),
        *agreed.values_list("item__code", "score", "priority", "target", "agreed_by__name", "reason"),
        *Edition.objects.order_by("review__site__name", "issued_at").values_list("document_sha256"),
        *Goal.objects.order_by("plan__review__site__name", "plan__begun_at", "place").values_list(
            "what", "owner", "due_on", "status", "closed_on"
        ),
        *QuarterlyOutcome.objects.order_by("site__name", "year", "quarter").values_list(
            "site__name", "year", "quarter", "on_caseload", "in_work"
        ),
    ]


def test_results_are_those_that_issuing_would_have_written():
    generate(ORDER, password="x")

    assert Review.objects.count() == ORDER.reviews
    assert Result.objects.count() == Review.objects.issued().count() > ORDER.reviews / 2
    for review in Review.objects.issued().with_details():
        generated = values(review.result)
        assert values(record_result(review)) == generated


def test_every_set_and_every_agreement_is_whole():
    generate(ORDER, password="x")

    submitted = RatingSet.objects.filter(submitted_at__isnull=False).annotate(rated=Count("ratings"))
    items = {len(version.to_spec().items) for version in {one.version for one in Review.objects.all()}}
    assert {one.rated for one in submitted} == items
    assert {one.rated for one in Review.objects.issued().annotate(rated=Count("consensus"))} == items
    counting = TeamMember.objects.counting().filter(review__stage=Stage.ISSUED)
    assert not counting.filter(rating_set__submitted_at=None).exists()
    # What a sleeping trigger would have refused: an item of another version.
    assert not Rating.objects.exclude(
        item__section__version=F("rating_set__member__review__version")
    ).exists()
    assert not ConsensusRating.objects.exclude(item__section__version=F("review__version")).exists()


def test_an_edition_is_frozen_data_that_can_be_read():
    generate(ORDER, password="x")

    for edition in Edition.objects.select_related("review__result"):
        document, result = from_json(edition.document), edition.review.result
        assert document.total.points == result.points
        assert tuple(item.score for item in document.items) == tuple(result.scores)
        assert edition.document_sha256 == hashlib.sha256(edition.document.encode()).hexdigest()
    assert len(PdfReader(io.BytesIO(bytes(edition.pdf))).pages) == 1


def test_plans_outcomes_and_thresholds_follow():
    generate(ORDER, password="x")

    goals = Goal.objects.select_related("plan__review", "item")
    assert ActionPlan.objects.count() == Review.objects.issued().count()
    agreed = ConsensusRating.objects.filter(review__stage=Stage.ISSUED, priority__isnull=False)
    seeded = {(one.review_id, one.item_id, one.score, one.target) for one in agreed}
    assert {(one.plan.review_id, one.item_id, one.score_then, one.target) for one in goals} == seeded
    assert {one.status for one in goals} == set(Goal.Status)
    assert GoalNote.objects.filter(at__date__lte=ORDER.until).count() == GoalNote.objects.count() > 0
    quarters = QuarterlyOutcome.objects.all()
    assert max(one.ends_on for one in quarters) < ORDER.until + timedelta(days=1)
    assert FundingThreshold.objects.exclude(valid_from__lte=ORDER.until).count() == 0


def test_no_score_goes_beyond_what_its_setting_leaves():
    generate(ORDER, password="x")

    scored = 0
    for result in Result.objects.select_related("version__scale", "profile__version"):
        spec, profile = result.version.to_spec(), result.profile.to_spec()
        for code, score in result.scores_by_code().items():
            if score is not None:
                scored += 1
                assert spec.minimum <= score <= spec.maximum - profile.loss(code)[0]
    assert scored


def test_the_same_seed_gives_the_same_data_and_another_seed_other():
    found = []
    for seed in (3, 3, 4):
        start = transaction.savepoint()
        generate(Order(sites=6, reviews=14, seed=seed, until=ORDER.until), password="x")
        found.append(summary())
        transaction.savepoint_rollback(start)

    assert found[0] == found[1]
    assert found[0] != found[2]


def test_what_is_submitted_or_issued_stays_as_it_is_afterwards():
    generate(ORDER, password="x")

    with pytest.raises(IntegrityError, match="final"), transaction.atomic():
        Rating.objects.filter(rating_set__submitted_at__isnull=False).first().save()
    with pytest.raises(IntegrityError, match="issued"), transaction.atomic():
        ConsensusRating.objects.filter(review__stage=Stage.ISSUED).first().delete()


def test_a_database_user_who_may_not_put_triggers_to_sleep_gets_the_same_data():
    order = Order(sites=6, reviews=14, seed=3, until=ORDER.until)
    start = transaction.savepoint()
    generate(order, password="x")
    expected = summary()
    transaction.savepoint_rollback(start)
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE plain_user")
        cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO plain_user")
        cursor.execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO plain_user")
        cursor.execute("SET LOCAL ROLE plain_user")

    generate(order, password="x")

    assert summary() == expected
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def test_everything_is_marked_as_generated():
    generate(ORDER, password="x")

    for model in (Organization, Program, Site, User):
        assert not model.objects.exclude(name__endswith="(generated)").exists()
    assert not User.objects.exclude(email__endswith="@generated.example").exists()
    assert not Site.objects.exclude(region__endswith="(generated)").exists()


def test_the_command_tells_how_to_sign_in(client):
    printed = io.StringIO()

    call_command("generate", sites=3, reviews=6, until=ORDER.until, stdout=printed)

    password = printed.getvalue().split("with the password ")[1].split()[0]
    assert client.login(email=NETWORK_LEAD, password=password)
    assert client.get("/").status_code == 200


def test_nothing_is_generated_beside_real_data_unless_it_is_asked_for():
    site = SiteFactory()

    with pytest.raises(CommandError, match="not invented"):
        call_command("generate", sites=2, reviews=2, stdout=io.StringIO())
    assert list(Site.objects.all()) == [site]

    call_command("generate", sites=2, reviews=2, anyway=True, stdout=io.StringIO())
    assert Site.objects.count() == 3


def test_nothing_is_generated_twice():
    call_command("generate", sites=2, reviews=2, stdout=io.StringIO())

    with pytest.raises(CommandError, match="already"):
        call_command("generate", sites=2, reviews=2, anyway=True, stdout=io.StringIO())


def test_without_definitions_it_says_what_to_do(no_definitions):
    with pytest.raises(CommandError, match="load_scale"):
        call_command("generate", sites=2, reviews=2, stdout=io.StringIO())
