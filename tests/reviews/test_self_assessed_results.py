"""A service's own findings are not among reviews, however the visit was planned."""

import pytest

from reviews.independence import Label
from reviews.models import Kind, Result
from tests.factories.programs import ProgramFactory
from tests.reports.across import result, sites_of

pytestmark = pytest.mark.django_db


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
