"""Which reviews a person may know of, what came before a review, and in how many queries."""

from datetime import date

import pytest

from accounts.permissions import Role
from reviews.models import Review, Stage
from reviews.models.team import TEAM_ROLES
from tests.factories.accounts import UserFactory
from tests.factories.programs import MembershipFactory
from tests.factories.reviews import ReviewFactory
from tests.reviews.situations import YEAR_BEFORE, at_stage, fresh, in_draft, in_program, joined, lead_of

pytestmark = pytest.mark.django_db


def sees(user, review) -> bool:
    return Review.objects.visible_to(user).filter(pk=review.pk).exists()


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("role", TEAM_ROLES)
def test_the_team_sees_its_review_at_every_stage(role, stage):
    review = at_stage(ReviewFactory(), stage)
    person = lead_of(review) if role is Role.LEAD else joined(review, role)

    assert sees(person, review)


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize(
    ("role", "stages"),
    [
        (Role.PROGRAM_MANAGER, set(Stage)),
        (Role.VIEWER, {Stage.ISSUED}),
        (Role.NETWORK_LEAD, {Stage.ISSUED}),
        (Role.PROGRAM_LEAD, set()),
        (Role.PROGRAM_REVIEWER, set()),
    ],
)
def test_roles_in_the_program_see_what_is_theirs(role, stages, stage):
    review = at_stage(ReviewFactory(), stage)

    assert sees(in_program(review, role), review) is (stage in stages)


@pytest.mark.parametrize("stage", [Stage.RATING, Stage.ISSUED])
@pytest.mark.parametrize(
    "rights",
    [{}, {"is_scale_admin": True}, {"is_user_admin": True}, {"is_staff": True, "is_superuser": True}],
)
def test_roles_across_the_product_see_no_review(rights, stage):
    assert not sees(UserFactory(**rights), at_stage(ReviewFactory(), stage))


@pytest.mark.parametrize("role", [Role.PROGRAM_MANAGER, Role.VIEWER])
def test_a_role_in_another_program_shows_nothing(role):
    review = at_stage(ReviewFactory(), Stage.ISSUED)

    assert not sees(MembershipFactory(role=role.value).user, review)


def test_who_sees_a_review_for_two_reasons_sees_it_once():
    review = at_stage(ReviewFactory(), Stage.ISSUED)
    lead = lead_of(review)
    for role in (Role.PROGRAM_MANAGER, Role.VIEWER):
        MembershipFactory(program=review.site.program, user=lead, role=role.value)

    assert list(Review.objects.visible_to(lead)) == [review]


def test_the_previous_review_is_the_last_issued_one_of_the_site():
    now = ReviewFactory()
    for year, stage in (
        (2023, Stage.ISSUED),
        (2024, Stage.ISSUED),
        (2025, Stage.DRAFT),
        (2027, Stage.ISSUED),
    ):
        day = date(year, 10, 14)
        at_stage(ReviewFactory(site=now.site, starts_on=day, ends_on=day), stage)

    assert now.previous().starts_on.year == 2024


def test_a_review_of_another_site_is_not_the_previous_one():
    now = ReviewFactory()
    at_stage(ReviewFactory(**YEAR_BEFORE), Stage.ISSUED)

    assert now.previous() is None


@pytest.mark.parametrize("reviews", [3, 30])
def test_a_list_of_reviews_takes_one_query(reviews, django_assert_num_queries):
    lead = UserFactory()
    for _ in range(reviews):
        ReviewFactory(lead=lead)

    with django_assert_num_queries(1):
        found = [
            (
                review.site.program.organization.name,
                review.site.setting.name,
                review.profile.title,
                review.version.scale,
            )
            for review in Review.objects.visible_to(lead).with_details()
        ]

    assert len(found) == reviews


def test_team_and_independence_take_one_query(django_assert_num_queries):
    review = ReviewFactory()
    for role in (Role.REVIEWER, Role.OBSERVER, Role.MODERATOR):
        joined(review, role)
    review = fresh(review)

    with django_assert_num_queries(1):
        assert review.independence.raters == 2
        assert [member.user.name for member in review.team]


def test_what_is_missing_before_issue_takes_one_query(django_assert_num_queries):
    review = in_draft()

    with django_assert_num_queries(1):
        assert review.missing_before_issue() == []
