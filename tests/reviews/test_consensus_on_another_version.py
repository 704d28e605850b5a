"""The meeting shows the previous review's scores; where the scale version is another, it says what moved."""

import pytest

from accounts.permissions import Role
from tests.factories.reviews import ReviewFactory
from tests.reviews.another_version import MOVED, NEW, REWORDED, next_profile
from tests.reviews.meetings import url
from tests.reviews.pages import text_at, text_of
from tests.reviews.situations import YEAR_BEFORE, in_consensus, issued, joined, lead_of, submitted_by

pytestmark = pytest.mark.django_db

EXPLAINED = "Anchor moved since: the previous review used another scale version"


def test_an_item_whose_anchor_moved_says_so_beside_its_previous_score(client):
    before = issued(2, **YEAR_BEFORE)
    review = ReviewFactory(site=before.site, profile=next_profile())
    submitted_by(review, joined(review, Role.REVIEWER), 4)
    submitted_by(review, lead_of(review), 4)
    client.force_login(lead_of(review))

    page = client.get(url(review))

    assert "equal · previous 2 · anchor moved since" in text_at(page, f"row-{MOVED}")
    assert "new since the previous review" in text_at(page, f"row-{NEW}")
    assert "moved" not in text_at(page, f"row-{REWORDED}")
    assert EXPLAINED in text_of(page)


def test_on_the_same_version_nothing_is_marked(client):
    before = issued(2, **YEAR_BEFORE)
    review = in_consensus(site=before.site)
    client.force_login(lead_of(review))

    page = client.get(url(review))

    assert "previous 2" in text_at(page, f"row-{MOVED}")
    assert EXPLAINED not in text_of(page)
