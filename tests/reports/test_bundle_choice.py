"""Which reports somebody gets in a bundle, and by which file names."""

from datetime import date

import pytest

from accounts.permissions import Role
from reports.bundles.choosing import Choice, count, editions, first_editions, names_of, programs_of
from reviews.models import Review, Stage
from reviews.permissions import may_read_report
from tests.factories.accounts import UserFactory
from tests.factories.programs import MembershipFactory, ProgramFactory, SiteFactory
from tests.factories.reviews import ReviewFactory
from tests.reports.bundles import issue, manager_of, manager_with, rate_again, reports_of
from tests.reviews.situations import at_stage, fresh, in_program, joined, lead_of, submitted_by

pytestmark = pytest.mark.django_db


def test_of_many_reports_the_same_may_be_read_as_one_by_one():
    review, other = (ReviewFactory() for _one in range(2))
    team = [joined(review, role) for role in (Role.REVIEWER, Role.OBSERVER, Role.MODERATOR)]
    program = [
        in_program(review, role)
        for role in (
            Role.PROGRAM_MANAGER,
            Role.VIEWER,
            Role.PROGRAM_LEAD,
            Role.PROGRAM_REVIEWER,
            Role.NETWORK_LEAD,
        )
    ]
    gone = in_program(review, Role.PROGRAM_MANAGER, is_active=False)
    rates_again = in_program(review, Role.VIEWER)
    rate_again(rates_again, review)
    administrators = [UserFactory(is_scale_admin=True), UserFactory(is_user_admin=True, is_superuser=True)]
    people = [lead_of(review), *team, *program, gone, rates_again, *administrators, UserFactory()]
    at_stage(other, Stage.ISSUED)

    found = {}
    for stage in (Stage.RATING, Stage.WITH_SERVICE, Stage.ISSUED, Stage.CANCELLED):
        at_stage(review, stage)
        for place, user in enumerate(people):
            one_by_one = {one.pk for one in Review.objects.all() if may_read_report(user, fresh(one))}
            many = set(Review.objects.with_report_for(user).values_list("pk", flat=True))
            assert many == one_by_one, (stage, place)
            found[stage, place] = review.pk in many

    assert sum(found.values()) == 7
    assert all(stage == Stage.ISSUED for (stage, _place), may in found.items() if may)


def test_the_latest_edition_of_each_report_is_chosen():
    program = ProgramFactory()
    (first,) = reports_of(program, 1)
    corrected = issue(first.review, minor=1)

    assert editions(manager_of(program), Choice()) == [corrected]


def test_program_and_dates_narrow_the_choice_and_both_ends_count():
    one, other = ProgramFactory(name="A"), ProgramFactory(name="B")
    first, second, third = reports_of(one, 3)
    reports_of(other, 1)
    reports_of(ProgramFactory(), 1)
    user = manager_of(one, other)

    assert programs_of(user) == [one, other]
    assert len(editions(user, Choice())) == 4
    assert editions(user, Choice(program=one)) == [first, second, third]
    assert editions(user, Choice(program=one, visits_from=date(2026, 1, 12))) == [second, third]
    assert editions(user, Choice(program=one, visits_to=date(2026, 1, 12))) == [first, second]
    assert count(user, Choice()) == 4
    assert count(user, Choice(program=one, visits_from=date(2026, 1, 12))) == 2
    assert first_editions(user, Choice(), 3) == [first, second, third]


@pytest.mark.parametrize("number", [3, 30])
def test_choosing_takes_the_same_queries_for_3_and_30_reports(number, django_assert_num_queries):
    user = manager_with(number)

    with django_assert_num_queries(1):
        assert len(names_of(editions(user, Choice()))) == number


def test_sites_of_one_name_and_names_without_latin_letters_give_files_of_different_names():
    one, other = ProgramFactory(name="Bayside IPS"), ProgramFactory(name="北区")
    for program, name in ((one, "Harbour Street"), (one, "Harbour-Street"), (one, "北"), (one, "南")):
        issue(ReviewFactory(site=SiteFactory(program=program, name=name)))
    day = "2026-10-14-edition-1.0"

    alone = names_of(editions(manager_of(one), Choice()))
    assert alone[:2] == [f"fidelity-review-harbour-street-{day}", f"fidelity-review-harbour-street-{day}-2"]
    assert alone[2:] == [f"fidelity-review-{day}", f"fidelity-review-{day}-2"]

    issue(ReviewFactory(site=SiteFactory(program=other, name="../../etc/passwd")))
    both = names_of(editions(manager_of(one, other), Choice()))
    assert both[0] == f"bayside-ips/fidelity-review-harbour-street-{day}"
    assert both[4] == f"program-{other.pk}/fidelity-review-etcpasswd-{day}"
    assert len(set(both)) == 5


def test_a_viewer_of_two_programs_who_rates_a_site_of_one_gets_all_but_that_site():
    one, other = ProgramFactory(name="A"), ProgramFactory(name="B")
    first, second = reports_of(one, 2)
    (third,) = reports_of(other, 1)
    user = MembershipFactory(program=one, role=Role.VIEWER.value).user
    MembershipFactory(program=other, user=user, role=Role.VIEWER.value)
    again = rate_again(user, first.review)

    assert editions(user, Choice()) == [second, third]
    submitted_by(again, user)
    assert editions(user, Choice()) == [first, second, third]
