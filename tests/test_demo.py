"""The demo: loaded once for this module, and read by its behaviour."""

from datetime import date
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings as project
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission, Role, is_allowed
from ipsfidelity.demo import DEMO_PASSWORD, accounts, email_of, moment
from programs.models import Organization, Program
from reports.document import from_json
from reviews.models import Rating, Result, Review, Stage
from reviews.past.history import past_of_item
from reviews.permissions import may_issue, may_rate
from scales.scoring import total

pytestmark = pytest.mark.django_db

HARBOUR = "Harbour Street Health Centre"
IN_THE_DEMO = {Stage.PLANNED, Stage.RATING, Stage.CONSENSUS, Stage.DRAFT, Stage.ISSUED}


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker):
    """The demo in the test database, taken out again after this module; each test runs inside."""
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        override_settings(
            DEMO=True,
            SECURE=False,
            PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
            STORAGES={
                **project.STORAGES,
                "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
            },
        ),
    ):
        call_command("load_scale", verbosity=0)
        yield load()
        transaction.set_rollback(True)


def load() -> str:
    out = StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


def rows() -> dict[str, int]:
    """How many rows each of our tables has, those of its history included."""
    ours = ("accounts", "programs", "reviews", "scales")
    return {
        model._meta.label: model._default_manager.count()
        for app in ours
        for model in apps.get_app_config(app).get_models()
    }


def harbour_street(year: int) -> Review:
    return Review.objects.with_details().get(site__name=HARBOUR, starts_on__year=year)


def total_of(review: Review):
    return total(review.version.to_spec(), dict(review.consensus.values_list("item__code", "score")))


def person(key: str) -> User:
    return User.objects.get(email=email_of(key))


def test_it_refuses_where_demo_is_off(settings):
    settings.DEMO = False
    before = rows()

    with pytest.raises(CommandError, match="only where DEMO is true"):
        load()

    assert rows() == before


def test_it_refuses_a_secure_service_even_where_demo_is_on(settings):
    settings.SECURE = True

    with pytest.raises(CommandError, match="SECURE is true"):
        load()


def test_loading_again_changes_nothing_and_says_so():
    before = rows()

    said = load()

    assert "nothing changed" in said
    assert rows() == before


def test_every_load_prints_each_account_with_its_role_and_the_password(demo):
    for said in (demo, load()):
        assert DEMO_PASSWORD in said
        for account in accounts():
            line = next(line for line in said.splitlines() if account.email in line)
            assert account.shown_as in line


def test_every_account_can_sign_in(client):
    for account in accounts():
        assert client.login(email=account.email, password=DEMO_PASSWORD), account.email
        client.logout()


def test_no_address_lies_outside_example_org():
    addresses = User.objects.values_list("email", flat=True)

    assert len(addresses) == len(accounts())
    assert {address.partition("@")[2] for address in addresses} == {"example.org"}


def test_every_organization_and_program_is_marked_as_demo():
    names = [one.name for model in (Organization, Program) for one in model.objects.all()]

    assert names
    assert all(name.endswith("(demo)") for name in names)


def test_there_is_a_review_in_every_stage_that_can_be_reached():
    assert set(Review.objects.values_list("stage", flat=True)) == IN_THE_DEMO


def test_harbour_street_has_two_years_of_history_up_to_92():
    totals = {year: total_of(harbour_street(year)) for year in (2024, 2025, 2026)}

    assert {year: one.points for year, one in totals.items()} == {2024: 69, 2025: 83, 2026: 92}
    assert totals[2026].band.label == "Fair fidelity"
    assert harbour_street(2026).previous() == harbour_street(2025).result


def test_the_issued_reports_are_frozen_with_what_was_agreed():
    edition = harbour_street(2026).editions.get()

    document = from_json(edition.document)

    assert edition.number == "1.0"
    assert bytes(edition.pdf).startswith(b"%PDF")
    assert document.total.points == 92
    assert document.previous.total.points == 83
    assert document.independence == "independent"


def test_every_issued_item_says_why_and_the_fullest_review_says_what_to_do():
    issued = Review.objects.issued()

    assert issued.count() == 4
    for review in issued:
        assert review.consensus.count() == 25
        assert review.advice_before_issue() == []
    for agreed in harbour_street(2026).consensus.select_related("item"):
        assert agreed.evidence, agreed.item.code
        assert bool(agreed.recommendation) == (agreed.score < 5), agreed.item.code


def test_the_reviews_happened_when_they_say():
    review = harbour_street(2024)

    assert review.created_at.date() == date(2024, 8, 12)
    assert review.editions.get().issued_at.date() == date(2024, 11, 5)
    steps = list(review.timeline.order_by("pk"))
    assert (steps[0].step, steps[-1].step) == ("planned", "issued")
    assert [step.at for step in steps] == sorted(step.at for step in steps)


def test_time_moves_on_after_a_moment_in_the_past():
    now = timezone.now()

    with moment("2024-10-09 09:00"):
        assert timezone.now().year == 2024

    assert timezone.now() >= now


def test_the_forensic_review_waits_for_the_lead_with_some_items_done():
    review = Review.objects.with_details().get(stage=Stage.RATING)
    own = Rating.objects.filter(rating_set__member__review=review, rating_set__member__user=person("lead"))

    assert may_rate(person("lead"), review)
    assert sum(rating.is_settled for rating in own) == 16
    assert own.filter(not_rated=True).exclude(unrated_code="").count() == 3
    assert Rating.objects.filter(rating_set__member__user=person("second"), score=5).exists()


def test_the_lead_can_issue_the_draft_though_one_item_is_not_rated():
    review = Review.objects.with_details().get(stage=Stage.DRAFT)

    assert may_issue(person("lead"), review)
    assert review.missing_before_issue() == []
    assert total_of(review).unrated == 1


@pytest.mark.parametrize(
    ("key", "program"),
    [("manager", "Fellside Works (demo)"), ("other-manager", "Bayside Employment Links (demo)")],
)
def test_neither_program_s_manager_sees_the_other_s_reviews(key, program):
    seen = Review.objects.visible_to(person(key))

    assert seen.exists()
    assert not seen.filter(site__program__name=program).exists()


def test_the_network_lead_brought_in_a_history_of_every_kind_of_site():
    past = Result.objects.imported().readable_by(person("network"))
    tarn = past.filter(site__program__name="Tarn Valley Jobs (demo)")
    ridge_house = Review.objects.get(site__name="Ridge House Community Team")

    assert past.count() == Result.objects.imported().count() == 16
    assert tarn.values("site").distinct().count() == 5
    assert {one.site.region.split()[0] for one in tarn} == {"Coast", "Valleys", "Moors"}
    assert {one.profile.setting for one in tarn} > {"primary-care", "community-mental-health"}
    assert {one.starts_on.year for one in tarn} == {2023, 2024, 2025}
    assert any(one.is_self_assessed for one in tarn)
    assert any(not one.is_complete for one in tarn)
    assert ridge_house.previous() == past.get(site=ridge_house.site, starts_on__year=2025)
    assert set(Result.objects.imported().readable_by(person("tarn-manager"))) == set(tarn)
    of_manager = Result.objects.imported().readable_by(person("manager"))
    assert {one.site.name for one in of_manager} == {"Lantern Road Community Team"}


def test_the_history_of_a_rating_names_who_rated():
    review, second = harbour_street(2026), person("second")

    own = past_of_item(review, "time-unlimited", second)[0]

    assert {change.who for change in own.changes} == {second.name}


def test_each_role_of_a_program_and_across_the_product_is_held_by_someone():
    links = Program.objects.get(name="Bayside Employment Links (demo)")
    in_program = {Role(role) for role in links.memberships.values_list("role", flat=True)}
    across = {role for user in User.objects.all() for role in user.roles}

    assert in_program == {
        Role.PROGRAM_LEAD,
        Role.PROGRAM_REVIEWER,
        Role.PROGRAM_MANAGER,
        Role.VIEWER,
        Role.NETWORK_LEAD,
    }
    assert across == {Role.SCALE_ADMIN, Role.USER_ADMIN}
    assert is_allowed(person("lead"), Permission.PLAN_REVIEW, links)
