"""May a review be called independent? Every branch of the rule, on plain values and through a review."""

import pytest

from accounts.permissions import Role
from reviews.independence import Label, Rater, Reason, independence
from reviews.models import Kind, TeamMember
from tests.factories.programs import OrganizationFactory
from tests.factories.reviews import ReviewFactory
from tests.reviews.situations import fresh, joined

OUTSIDER = Rater(employed_by_service=False, worked_with_site=False, has_declared=True)
FRIEND = Rater(employed_by_service=False, worked_with_site=True, has_declared=True)
OWN = Rater(employed_by_service=True, worked_with_site=False, has_declared=True)
SILENT = Rater(employed_by_service=False, worked_with_site=False, has_declared=False)
SILENT_OWN = Rater(employed_by_service=True, worked_with_site=False, has_declared=False)

TABLE = [
    ([OUTSIDER, OUTSIDER], None, Label.INDEPENDENT, Reason.OUTSIDERS),
    ([OUTSIDER, OUTSIDER, OUTSIDER], None, Label.INDEPENDENT, Reason.OUTSIDERS),
    ([OUTSIDER], None, Label.PEER, Reason.ONE_RATER),
    ([FRIEND], None, Label.PEER, Reason.ONE_RATER),
    ([OUTSIDER, FRIEND], None, Label.PEER, Reason.WORKED_WITH_SITE),
    ([OUTSIDER, SILENT], None, Label.PEER, Reason.NOT_DECLARED),
    ([FRIEND, SILENT], None, Label.PEER, Reason.NOT_DECLARED),
    ([SILENT], None, Label.PEER, Reason.NOT_DECLARED),
    ([], None, Label.PEER, Reason.NOT_DECLARED),
    ([OWN, OUTSIDER], None, Label.GUIDED, Reason.EMPLOYED_BY_SERVICE),
    ([OWN, SILENT], None, Label.GUIDED, Reason.EMPLOYED_BY_SERVICE),
    ([OWN, FRIEND], None, Label.GUIDED, Reason.EMPLOYED_BY_SERVICE),
    ([OWN], None, Label.SELF, Reason.EMPLOYED_BY_SERVICE),
    ([OWN, SILENT_OWN], None, Label.SELF, Reason.EMPLOYED_BY_SERVICE),
    ([OUTSIDER, OUTSIDER], Label.SELF, Label.SELF, Reason.PLANNED_SO),
    ([OUTSIDER, OUTSIDER], Label.GUIDED, Label.GUIDED, Reason.PLANNED_SO),
    ([], Label.SELF, Label.SELF, Reason.PLANNED_SO),
]


@pytest.mark.parametrize(("raters", "planned_as", "label", "reason"), TABLE)
def test_the_label_follows_from_what_was_declared(raters, planned_as, label, reason):
    found = independence(raters, planned_as)

    assert (found.label, found.reason, found.raters) == (label, reason, len(raters))


@pytest.mark.parametrize("rater", [OUTSIDER, FRIEND, OWN, SILENT, SILENT_OWN])
@pytest.mark.parametrize("planned_as", [None, Label.SELF, Label.GUIDED])
def test_one_rater_is_never_independent(rater, planned_as):
    assert independence([rater], planned_as).label is not Label.INDEPENDENT


def team(review, *declared):
    """Replace the raters of the review by people with these (employer, worked with the site)."""
    for employer, worked in declared:
        place = review.members.filter(role=Role.LEAD.value, employer=None, worked_with_site=None).first()
        if place is None:
            joined(review, Role.REVIEWER, employer=employer, worked_with_site=worked)
        else:
            TeamMember.objects.filter(pk=place.pk).update(employer=employer, worked_with_site=worked)
    return fresh(review).independence


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("declared", "label", "reason"),
    [
        ([("trust", False), ("trust", False)], Label.INDEPENDENT, Reason.OUTSIDERS),
        ([("trust", False), ("trust", True)], Label.PEER, Reason.WORKED_WITH_SITE),
        ([("trust", False), ("trust", None)], Label.PEER, Reason.NOT_DECLARED),
        ([("trust", False), (None, False)], Label.PEER, Reason.NOT_DECLARED),
        ([("trust", False), ("service", False)], Label.GUIDED, Reason.EMPLOYED_BY_SERVICE),
        ([("service", False), ("service", True)], Label.SELF, Reason.EMPLOYED_BY_SERVICE),
        ([("trust", False)], Label.PEER, Reason.ONE_RATER),
        ([("service", False)], Label.SELF, Reason.EMPLOYED_BY_SERVICE),
        ([], Label.PEER, Reason.NOT_DECLARED),
    ],
)
def test_a_review_reads_its_label_from_its_raters(declared, label, reason):
    review = ReviewFactory()
    bodies = {"trust": OrganizationFactory(), "service": review.site.program.organization, None: None}

    found = team(review, *((bodies[employer], worked) for employer, worked in declared))

    assert (found.label, found.reason) == (label, reason)


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "label"), [(Kind.SELF, Label.SELF), (Kind.GUIDED, Label.GUIDED)])
def test_a_self_assessment_is_not_raised_by_declarations(kind, label):
    review = ReviewFactory(kind=kind)
    trust = OrganizationFactory()

    assert team(review, (trust, False), (trust, False)).label == label


@pytest.mark.django_db
def test_observers_and_moderators_neither_help_nor_harm():
    review = ReviewFactory()
    trust, service = OrganizationFactory(), review.site.program.organization
    for role in (Role.OBSERVER, Role.MODERATOR):
        joined(review, role, employer=service, worked_with_site=True)

    found = team(review, (trust, False), (trust, False))

    assert (found.label, found.raters) == (Label.INDEPENDENT, 2)
    assert team(ReviewFactory(), (trust, False)).label is Label.PEER
