"""The page on a program's people: who sees it, what it tells, and what it keeps to itself."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.permissions import Role
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.programs import MembershipFactory, ProgramFactory
from tests.factories.reviews import ReviewFactory
from tests.reviews.pages import error_beside, form_on, text_of
from tests.reviews.situations import issued
from tests.visits import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return ProgramFactory()


@pytest.fixture
def manager(program):
    return MembershipFactory(program=program, role=Role.PROGRAM_MANAGER.value).user


@pytest.fixture
def managing(manager):
    return signed_in(manager)


def url(program) -> str:
    return reverse("programs:people", args=[program.pk])


def taking_back(membership) -> str:
    return reverse("programs:take_back", args=[membership.program_id, membership.pk])


def give(managing, program, email: str = "ada@example.org", name: str = "Ada Moss"):
    return managing.post(url(program), {"name": name, "email": email}, follow=True)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.PROGRAM_MANAGER, 200),
        (Role.VIEWER, 403),
        (Role.PROGRAM_LEAD, 403),
        (Role.PROGRAM_REVIEWER, 403),
    ],
)
def test_the_pages_are_open_to_managers_and_hidden_from_other_programs(program, role, status):
    viewer = MembershipFactory(program=program)
    own = signed_in(MembershipFactory(program=program, role=role.value).user)
    other = signed_in(MembershipFactory(role=role.value).user)

    for page in (url(program), taking_back(viewer)):
        assert own.get(page).status_code == status
        assert other.get(page).status_code == 404
        assert other.post(page).status_code == 404
    assert own.post(url(program)).status_code == {200: 422, 403: 403}[status]
    assert own.post(taking_back(viewer)).status_code == {200: 302, 403: 403}[status]


def test_user_administrators_and_superusers_change_roles_elsewhere(program):
    for traits in ({"is_user_admin": True}, {"is_superuser": True}):
        assert signed_in(UserFactory(**traits)).get(url(program)).status_code == 404


def test_access_is_given_on_the_page_and_shown_with_who_gave_it(managing, program, manager):
    said = text_of(give(managing, program))

    assert "Ada Moss can read the reports from now on. A letter tells how to sign in." in said
    assert "Ada Moss ada@example.org" in said
    assert f"by {manager.name}" in said


@pytest.mark.parametrize("traits", [{}, {"is_active": False}, {"password": PASSWORD}])
def test_nothing_tells_whether_there_was_an_account_before(traits):
    UserFactory(email="Ada@example.org", name="Dr A. Moss", **traits)

    # Before any request: in the one transaction of a test, what follows a request counts as done by its person.
    memberships = [MembershipFactory(role=Role.PROGRAM_MANAGER.value) for _ in range(2)]

    def told(membership, email: str) -> list[str]:
        """The page after access was given and given again, without what is of this program alone."""
        program, managing = membership.program, signed_in(membership.user)
        answers = [give(managing, program, email) for _ in range(2)]
        own = {email: "E", membership.user.name: "M", program.name: "P", program.organization.name: "O"}
        texts = [text_of(answer) for answer in answers]
        for word, instead in own.items():
            texts = [text.replace(word, instead) for text in texts]
        return [*texts, error_beside(answers[1], "email")]

    assert told(memberships[0], "ada@example.org") == told(memberships[1], "ben@example.org")


@pytest.mark.parametrize(
    ("name", "email", "field"),
    [
        ("", "ada@example.org", "name"),
        ("Ada", "", "email"),
        ("Ada", "ada", "email"),
        ("Ada", "ada@example.org\nBcc: all@example.org", "email"),
        ("A" * 151, "ada@example.org", "name"),
        ("Ada\x00", "ada@example.org", "name"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_stays_typed(managing, program, name, email, field):
    answer = managing.post(url(program), {"name": name, "email": email})

    assert answer.status_code == 422
    assert error_beside(answer, field)
    assert form_on(answer, "form-1")["name"] == name
    assert not User.objects.filter(email__startswith="ada").exists()


def test_a_viewer_reads_issued_reports_until_the_access_is_taken_back(program, managing, manager):
    review = issued()
    MembershipFactory(program=review.site.program, user=manager, role=Role.PROGRAM_MANAGER.value)
    give(managing, review.site.program)
    person = User.objects.get(email="ada@example.org")
    viewer, report = signed_in(person), reverse("reviews:detail", args=[review.pk])
    assert viewer.get(report).status_code == 200

    membership = person.memberships.get()
    assert "ada@example.org" in text_of(managing.get(taking_back(membership)))
    answer = managing.post(taking_back(membership), follow=True)

    assert "It ended at once." in text_of(answer)
    assert "ada@example.org" not in text_of(answer)
    assert viewer.get(report).status_code == 404
    assert "had ended already" in text_of(managing.post(taking_back(membership), follow=True))
    assert managing.get(taking_back(membership)).status_code == 404


def test_other_roles_are_shown_and_not_taken_back_here(managing, program):
    reviewer = MembershipFactory(program=program, role=Role.PROGRAM_REVIEWER.value)

    assert reviewer.user.name in text_of(managing.get(url(program)))
    assert reviewer.user.email not in text_of(managing.get(url(program)))
    assert taking_back(reviewer) not in managing.get(url(program)).content.decode()
    assert managing.get(taking_back(reviewer)).status_code == 403
    assert managing.post(taking_back(reviewer)).status_code == 403


def test_someone_with_another_role_here_keeps_one_name(managing, program):
    """They do not read the reports by that role; both rows are theirs, and say so."""
    lead = MembershipFactory(program=program, role=Role.PROGRAM_LEAD.value).user

    said = text_of(give(managing, program, lead.email, "Somebody Else"))

    assert f"{lead.name}, who is lead reviewer in the program here, can read the reports too" in said
    assert f"{lead.name} {lead.email.lower()} also lead reviewer in the program" in said
    assert "Somebody Else" not in said


def test_a_viewer_who_gets_another_role_later_stands_under_one_name(managing, program):
    give(managing, program, name="A. M.")
    person = User.objects.get(email="ada@example.org")
    User.objects.filter(pk=person.pk).update(name="Ada Moss-Hill")
    MembershipFactory(program=program, user=person, role=Role.PROGRAM_REVIEWER.value)

    said = text_of(managing.get(url(program)))

    assert "Ada Moss-Hill ada@example.org also reviewer in the program" in said
    assert "A. M." not in said


@pytest.mark.parametrize("role", [Role.PROGRAM_MANAGER, Role.VIEWER])
def test_someone_who_reads_the_reports_already_is_not_added_again(managing, program, role):
    reader = MembershipFactory(program=program, role=role.value).user

    answer = give(managing, program, reader.email, "Somebody Else")

    assert answer.status_code == 422
    assert "can read the reports already" in error_beside(answer, "email")
    assert form_on(answer, "form-1")["name"] == "Somebody Else"


def test_taking_back_says_what_stays_open(managing, program):
    viewer = MembershipFactory(program=program)
    page = text_of(managing.get(taking_back(viewer)))
    assert "can no longer open its reports as one." in page
    assert "Whoever is on the team of a review still reads the report of that review." in page

    MembershipFactory(program=program, user=viewer.user, role=Role.PROGRAM_MANAGER.value)

    page = text_of(managing.get(taking_back(viewer)))
    assert "still reads its reports as program manager." in page
    assert "can no longer open" not in page
    done = text_of(managing.post(taking_back(viewer), follow=True))
    assert "The access as a viewer is taken back. It ended at once." in done


def test_the_page_tells_what_a_viewer_sees_and_does_not(managing, manager):
    """Of issued reviews more than the report; of others nothing."""
    review, planned = issued(), ReviewFactory()
    for one in (review, planned):
        MembershipFactory(program=one.site.program, user=manager, role=Role.PROGRAM_MANAGER.value)
    viewers = [
        signed_in(MembershipFactory(program=one.site.program, role=Role.VIEWER.value).user)
        for one in (review, planned)
    ]

    said = text_of(managing.get(url(review.site.program)))
    assert "of those reviews the overview, agenda, dates and history" in said
    assert "nothing of a review before its report is issued" in said
    for page in ("detail", "agenda", "dates", "history"):
        assert viewers[0].get(reverse(f"reviews:{page}", args=[review.pk])).status_code == 200
        assert viewers[1].get(reverse(f"reviews:{page}", args=[planned.pk])).status_code == 404


def test_the_number_of_queries_does_not_grow_with_people(managing, program):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert managing.get(url(program)).status_code == 200
        return len(seen)

    give(managing, program)
    before = queries()
    for number in range(4):
        give(managing, program, f"person{number}@example.net")
        MembershipFactory(program=program, role=Role.PROGRAM_REVIEWER.value)

    assert queries() == before


def test_managers_find_the_page_from_home_and_from_a_site(manager, program, managing):
    site = ReviewFactory(site__program=program).site
    viewer = signed_in(MembershipFactory(program=program).user)

    for page in ("/", f"/sites/{site.pk}/"):
        assert url(program) in managing.get(page).content.decode()
        assert url(program) not in viewer.get(page).content.decode()
