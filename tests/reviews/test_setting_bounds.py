"""Bounds that a setting puts in place of printed ones: shown to reviewers and readers, scored beside the standard."""

from dataclasses import replace
from decimal import Decimal

import pytest

from reports.projection import project
from reviews.facts import setting_scores
from reviews.models import ItemFacts, Review
from scales.actions.drafting import draft_profile
from scales.actions.publishing import publish_profile
from scales.models import SettingProfile
from scales.spec import Adjustment, Degree, ReanchoredThreshold, Statement, StatementKind
from tests.factories.accounts import scale_administrator
from tests.factories.reviews import ReviewFactory
from tests.factories.scales import scale_version, shipped_profile
from tests.reports.reviews import draft as report_draft
from tests.reviews.pages import text_at, text_of
from tests.reviews.situations import fresh, lead_of

pytestmark = pytest.mark.django_db

EASIER = Adjustment(
    item="rapid-search",
    degree=Degree.PARTLY,
    statements=(Statement(StatementKind.CAUTION, "The gate opens late.", "england"),),
    thresholds=(
        ReanchoredThreshold(5, "england", upper=Decimal(45)),
        ReanchoredThreshold(4, "england", lower=Decimal(46), upper=Decimal(60)),
    ),
)


@pytest.fixture
def profile() -> SettingProfile:
    by, shipped = scale_administrator(), shipped_profile("primary-care")
    definition = replace(
        shipped,
        code="prison-leavers",
        title="Prison leavers",
        in_words="work with prison leavers",
        adjustments=(EASIER,),
        sources=tuple(one for one in shipped.sources if one.code == "england"),
        notes=(),
        unrated_reasons=(),
    )
    draft = draft_profile(definition=definition, version=scale_version(), by=by)
    return publish_profile(profile=draft, by=by, note="First.")


def with_days(review: Review, days: str) -> Review:
    ItemFacts.objects.create(
        review=review,
        item_id=review.version.item_ids()["rapid-search"],
        entries={"value": days, "answers": {"tracks-contacts": True}},
        updated_by=lead_of(review),
    )
    return fresh(review)


def rated_by_lead(client, review):
    client.force_login(lead_of(review))
    return client.get(f"/reviews/{review.pk}/ratings/rapid-search/")


def test_the_setting_score_stands_beside_the_suggested_one(client, profile):
    review = with_days(fresh(ReviewFactory(profile=profile)), "40")

    said = text_at(rated_by_lead(client, review), "suggestion")

    assert "Suggests 4" in said
    assert "In work with prison leavers: 5, by the bounds of the setting. The standard score stays." in said


def test_a_setting_without_bounds_of_its_own_says_nothing(client):
    review = with_days(fresh(ReviewFactory()), "40")

    page = rated_by_lead(client, review)

    assert "Suggests 4" in text_at(page, "suggestion")
    assert "by the bounds of the setting" not in text_of(page)
    assert setting_scores(review) == {}


def test_reviewers_and_readers_see_the_bounds_beside_the_printed_ones(client, profile):
    review = fresh(ReviewFactory(profile=profile))
    rating = text_of(rated_by_lead(client, review))
    read = text_of(client.get(f"/scales/ips-25/{profile.version.label}/profiles/prison-leavers/"))

    for page in (rating, read):
        assert "up to 45 days (as printed: up to 30; england)" in page
        assert "46 to 60 days (as printed: 31 to 60; england)" in page


def test_the_report_names_the_setting_score_beside_the_standard_one(client, profile):
    review = with_days(report_draft(4, profile=profile), "40")

    document = project(review, made_at=review.created_at)
    client.force_login(lead_of(review))
    page = text_of(client.get(f"/reviews/{review.pk}/report/"))

    scores = {item.code: item.setting_score for section in document.sections for item in section.items}
    assert {code: score for code, score in scores.items() if score is not None} == {"rapid-search": 5}
    assert "In work with prison leavers the facts come to 5, by the bounds of the setting." in page
