"""What follows from a plan: agenda, dates, what the report will be called, and a word on other open reviews."""

from datetime import date

import pytest

from accounts.permissions import Role
from reviews.models import Kind, Review, Stage
from reviews.visit.timetable import Anchor, Unit
from tests.factories.accounts import UserFactory
from tests.factories.programs import MembershipFactory, OrganizationFactory, SiteFactory
from tests.factories.reviews import ReviewFactory, TimetablePolicyFactory
from tests.factories.scales import setting_profile
from tests.reviews.pages import form_on, text_of
from tests.reviews.plans import plan_post, row
from tests.reviews.situations import at_stage, fresh, joined, lead_of

pytestmark = pytest.mark.django_db

NEW = "/reviews/new/"
OPEN_TOO = "Another review of this site is open."


@pytest.fixture
def planner(client):
    user = MembershipFactory(role=Role.PROGRAM_LEAD.value).user
    client.force_login(user)
    return user


@pytest.fixture
def site(planner):
    return SiteFactory(program=planner.memberships.get().program)


@pytest.fixture
def england():
    return TimetablePolicyFactory(
        name="A timetable", steps=[("Portfolio checked", Anchor.BEFORE_VISIT, 3, Unit.WEEKS)]
    )


def test_a_planned_review_has_an_agenda_and_the_dates_of_its_timetable(client, planner, site, england):
    client.post(NEW, plan_post(site, row(planner, Role.LEAD), timetable=england.pk))

    review = Review.objects.get()
    assert review.agenda.count() == 22
    assert review.deadlines.get().due_on() == date(2026, 9, 23)


def test_a_plan_without_a_timetable_has_no_dates(client, planner, site, england):
    client.post(NEW, plan_post(site, row(planner, Role.LEAD), timetable=""))

    assert not Review.objects.get().deadlines.exists()


def test_the_first_timetable_is_preselected(client, planner, site, england):
    TimetablePolicyFactory(name="B timetable")
    setting_profile()

    first = form_on(client.get(NEW), "form-1")["timetable"]

    assert first == str(england.pk)


def test_changing_the_plan_keeps_agenda_and_dates(client, planner, site, england):
    client.post(NEW, plan_post(site, row(planner, Role.LEAD), timetable=england.pk))
    review = Review.objects.get()
    page = client.get(f"/reviews/{review.pk}/plan/")
    fields = form_on(page, "form-1") | {"starts_on": "2026-10-21", "ends_on": "2026-10-22"}

    client.post(f"/reviews/{review.pk}/plan/", fields)

    assert "timetable" not in fields
    assert review.agenda.count() == 22
    assert fresh(review).deadlines.get().due_on() == date(2026, 9, 30)


def told_after(client, review, **changes) -> str:
    url = f"/reviews/{review.pk}/plan/"
    fields = form_on(client.get(url), "form-1") | changes
    client.post(url, fields)
    return text_of(client.get(url))


def declare(review, **declared):
    review.members.update(**declared)


@pytest.mark.parametrize(
    ("declared", "label"),
    [
        ("outsiders", "Independent review : two reviewers, neither employed by the service."),
        ("worked there", "Peer review : a reviewer has worked with this site in the last two years."),
        ("nothing", "Peer review : not every reviewer has declared their ties to the service."),
        ("own staff", "Self-assessment : rated by the service’s own staff."),
    ],
)
def test_the_plan_says_what_the_report_will_be_called_and_why(client, declared, label):
    review = ReviewFactory()
    joined(review, Role.REVIEWER)
    if declared != "nothing":
        own = review.site.program.organization
        employer = own if declared == "own staff" else OrganizationFactory()
        declare(review, employer=employer, worked_with_site=declared == "worked there")
    client.force_login(lead_of(review))

    text = told_after(client, review, ends_on="2026-10-16")

    assert f"As it stands, the report is called {label}" in text
    assert f"Its report will be called: {label.partition(' :')[0]} (" in text


def test_a_guided_self_assessment_is_called_so_whatever_is_declared(client):
    review = ReviewFactory(kind=Kind.GUIDED)
    declare(review, employer=OrganizationFactory(), worked_with_site=False)
    client.force_login(lead_of(review))

    text = text_of(client.get(f"/reviews/{review.pk}/plan/"))

    assert "Guided self-assessment : planned as a guided self-assessment." in text


def test_who_has_not_declared_everything_is_named(client):
    review = ReviewFactory(lead=UserFactory(name="Menna Prys"))
    joined(review, Role.REVIEWER, user=UserFactory(name="Idris Okafor"), employer=OrganizationFactory())
    joined(review, Role.MODERATOR, user=UserFactory(name="Anselm Roe"))
    client.force_login(lead_of(review))

    text = text_of(client.get(f"/reviews/{review.pk}/plan/"))

    assert "Not everything is declared yet by: Menna Prys, Idris Okafor." in text


# Other open reviews of the site


def test_another_open_review_of_the_site_is_pointed_out_and_blocks_nothing(client, planner, site):
    other = ReviewFactory(site=site, lead=planner)

    before = client.get(f"{NEW}?site={site.pk}")
    after = client.post(NEW, plan_post(site, row(planner, Role.LEAD)), follow=True)

    assert OPEN_TOO in text_of(before)
    assert f'href="/reviews/{other.pk}/"' in before.content.decode()
    assert OPEN_TOO in text_of(after)
    assert Review.objects.count() == 2


def test_an_open_review_out_of_sight_is_not_described(client, planner, site):
    other = ReviewFactory(site=site)

    page = client.get(f"{NEW}?site={site.pk}")

    assert OPEN_TOO in text_of(page)
    assert f"/reviews/{other.pk}/" not in page.content.decode()


@pytest.mark.parametrize("stage", [Stage.ISSUED, Stage.CANCELLED])
def test_a_closed_review_is_no_reason_for_a_word(client, planner, site, stage):
    at_stage(ReviewFactory(site=site, lead=planner), stage)
    ReviewFactory(lead=planner)

    assert OPEN_TOO not in text_of(client.get(f"{NEW}?site={site.pk}"))


def test_a_review_is_not_another_one_to_itself(client):
    review = ReviewFactory()
    client.force_login(lead_of(review))

    assert OPEN_TOO not in told_after(client, review, ends_on="2026-10-16")
