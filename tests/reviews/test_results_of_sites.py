"""Which results of many sites count: the newest of each, and no service's own findings among reviews."""

from datetime import date

import pytest

from reviews.independence import Label
from reviews.models import Kind, Result
from tests.factories.programs import ProgramFactory
from tests.reports.across import result, sites_of

pytestmark = pytest.mark.django_db


def test_of_each_site_the_newest_result_counts():
    """Sites are not named in the order of their numbers."""
    one, other = sites_of(ProgramFactory(), 2)
    type(one).objects.filter(pk=one.pk).update(name="Z")
    days = (date(2024, 1, 1), date(2026, 1, 1), date(2025, 1, 1))
    _first, newest, _second = (result(one, on=day) for day in days)
    only = result(other, on=days[0])

    assert set(Result.objects.all().latest_of_sites()) == {newest, only}
    assert set(Result.objects.filter(site=other).latest_of_sites()) == {only}


@pytest.mark.parametrize(
    ("kind", "label", "is_one"),
    [
        (Kind.BASELINE, Label.INDEPENDENT, False),
        (Kind.FOLLOW_UP, Label.PEER, False),
        (Kind.SELF, Label.SELF, True),
        (Kind.GUIDED, Label.GUIDED, True),
        (Kind.FOLLOW_UP, Label.SELF, True),
        (Kind.FOLLOW_UP, Label.GUIDED, True),
    ],
)
def test_a_visit_whose_raters_were_the_service_s_own_is_a_self_assessment(kind, label, is_one):
    (site,) = sites_of(ProgramFactory(), 1)
    found = result(site, kind=kind, independence=label)

    assert found.is_self_assessed is is_one
    assert Result.objects.reviewed().exists() is not is_one
    assert Result.objects.self_assessed().exists() is is_one
