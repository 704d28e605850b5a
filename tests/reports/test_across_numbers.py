"""Every number on the pages across sites equals that of plain SQL over the agreed and the submitted scores."""

from datetime import date

import pytest
from django.db import connection

from accounts.permissions import Role
from reports.across.choosing import Choice, InSight
from reports.across.comparison import Comparison
from reports.across.lines import agreement_lines
from reviews.models import ConsensusRating, Influence, Stage
from reviews.models.result import Result
from scales.scoring import gap
from tests.factories.influences import AdaptationFactory, InfluenceFactory
from tests.factories.programs import ProgramFactory, SiteFactory
from tests.factories.scales import setting_profile
from tests.reports.across import reader_of, result, sites_of
from tests.reviews.situations import YEAR_BEFORE, at_stage, in_consensus, in_draft

pytestmark = pytest.mark.django_db

# Of each site the issued review that began last.
LATEST = """
    latest AS (
        SELECT DISTINCT ON (review.site_id) review.id, review.version_id FROM reviews_review review
        WHERE review.stage = 'issued' ORDER BY review.site_id, review.starts_on DESC
    )
"""
AGREED = f"""
    WITH {LATEST} SELECT item.code, consensus.score, count(*) FROM latest
    JOIN reviews_consensusrating consensus ON consensus.review_id = latest.id
    JOIN scales_item item ON item.id = consensus.item_id GROUP BY item.code, consensus.score
"""
TOTALS = f"""
    WITH {LATEST}, totals AS (
        SELECT sum(score) AS points, count(*) FILTER (WHERE score IS NULL) AS unrated FROM latest
        JOIN reviews_consensusrating consensus ON consensus.review_id = latest.id GROUP BY latest.id
    )
    SELECT min(points), max(points) FROM totals WHERE unrated = 0
"""
SPREADS = f"""
    WITH {LATEST}, given AS (
        SELECT latest.id, item.code, max(rating.score) - min(rating.score) AS spread FROM latest
        JOIN reviews_teammember member ON member.review_id = latest.id
        JOIN reviews_ratingset own ON own.member_id = member.id
        JOIN reviews_rating rating ON rating.rating_set_id = own.id
        JOIN scales_item item ON item.id = rating.item_id
        WHERE rating.score IS NOT NULL GROUP BY latest.id, item.code HAVING count(*) > 1
    )
    SELECT code, count(*), count(*) FILTER (WHERE spread = 0), count(*) FILTER (WHERE spread <= 1)
    FROM given GROUP BY code
"""


def sql(statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def compared(user, **chosen) -> Comparison:
    in_sight = InSight(user)
    return Comparison(user, in_sight, Choice(versions=in_sight.versions_of(in_sight.usual_scale()), **chosen))


@pytest.fixture
def network():
    """Four sites of two settings: one reviewed twice, one by two reviewers who differ, one with an item unrated."""
    program = ProgramFactory()
    codes = [item.code for item in setting_profile().version.to_spec().items]
    sites = {"program": program}
    once = in_draft({codes[0]: 2, codes[3]: 4}, site=SiteFactory(name="Once", **sites))
    first = in_draft(2, site=SiteFactory(name="Twice", **sites), **YEAR_BEFORE)
    at_stage(first, Stage.ISSUED)
    second = in_draft({codes[0]: 3}, site=first.site)
    primary = in_draft(
        {codes[0]: 3, codes[4]: 3, codes[5]: None}, setting="primary-care", site__program=program
    )
    others = dict.fromkeys(codes, 4) | {codes[0]: 2, codes[1]: 5}
    apart = in_consensus(4, others, site=SiteFactory(name="Apart", **sites))
    for item in apart.version.item_ids().values():
        ConsensusRating.objects.update_or_create(review=apart, item_id=item, defaults={"score": 4})
    for review in (once, second, primary, apart):
        at_stage(review, Stage.ISSUED)
    return program


def test_scores_below_the_top_and_unrated_equal_plain_sql(network):
    comparison = compared(reader_of(network))
    agreed = sql(AGREED)

    found = {
        (one.joined.item.code, score): sites
        for one in comparison.items
        for score, sites in (*one.scores.items(), *([(None, one.unrated)] if one.unrated else []))
    }
    assert found == {(code, score): sites for code, score, sites in agreed}
    most = setting_profile().version.maximum
    for one in comparison.items:
        code = one.joined.item.code
        assert one.below == sum(
            sites for other, score, sites in agreed if other == code and score is not None and score < most
        )
    assert comparison.sites == 4
    assert {score for _code, score, _sites in agreed} == {None, 2, 3, 4, 5}


def test_the_parts_of_the_gap_are_those_of_each_review_by_its_own_setting(network):
    comparison = compared(reader_of(network))
    latest = Result.objects.filter(pk__in=comparison.results).with_details()

    for one in comparison.items:
        code = one.joined.item.code
        gaps = [
            gap(row.version.to_spec(), row.profile.to_spec(), code, row.scores_by_code()[code])
            for row in latest
        ]
        for part in ("gap", "setting_lowest", "setting_highest", "open_lowest", "open_highest"):
            assert getattr(one.gap, part) == sum(getattr(found, part) for found in gaps if found)
    assert {row.profile.code for row in latest} == {"community-mental-health", "primary-care"}
    assert sum(one.gap.setting_highest for one in comparison.items) > 0


def test_totals_and_bands_equal_plain_sql(network):
    comparison = compared(reader_of(network))

    assert [(comparison.totals.lowest, comparison.totals.highest)] == sql(TOTALS)
    assert (comparison.complete, comparison.sites) == (3, 4)
    assert sum(sites for _label, sites in comparison.bands) == 4


def test_agreement_equals_plain_sql_over_the_submitted_ratings(network):
    lines = [line.item for line in agreement_lines(compared(reader_of(network)))]

    found = {(one.joined.item.code, one.compared, one.exact, one.within_one) for one in lines}
    assert found == set(sql(SPREADS))
    assert len({(exact, within) for _code, _compared, exact, within in found}) == 3


def test_barriers_are_counted_by_site_and_withdrawn_ones_are_not(network):
    one, other, *_rest = [
        row.review for row in Result.objects.order_by("pk").filter(site__name__in=["Once", "Apart"])
    ]
    with_records(one, other)

    comparison = compared(reader_of(network))

    barrier, facilitator = Influence.Kind.BARRIER.value, Influence.Kind.FACILITATOR.value
    assert comparison.influences == {
        (barrier, "financing"): 2,
        (barrier, "market-pressure"): 1,
        (barrier, "outer-setting"): 2,
        (facilitator, "financing"): 1,
        (facilitator, "outer-setting"): 1,
    }
    assert [(row.planned, row.core_kept, row.adaptations) for row in comparison.adaptations] == [
        (True, "yes", 2)
    ]


def with_records(one, other) -> None:
    """Recorded before issue: afterwards they are frozen."""
    type(one).objects.filter(pk__in=[one.pk, other.pk]).update(stage=Stage.DRAFT)
    for review in (one, one, other):
        InfluenceFactory(review=review)
    InfluenceFactory(review=one, construct="market-pressure")
    InfluenceFactory(review=other, kind=Influence.Kind.FACILITATOR)
    gone = InfluenceFactory(review=other, construct="cost")
    Influence.objects.filter(pk=gone.pk).update(withdrawn_at="2026-10-15T10:00Z")
    for review in (one, other):
        AdaptationFactory(review=review)
    type(one).objects.filter(pk__in=[one.pk, other.pk]).update(stage=Stage.ISSUED)


def test_of_each_site_the_latest_within_the_choice_counts_and_changes_go_by_the_one_before():
    program = ProgramFactory()
    one, other = sites_of(program, 2)
    for year, score in ((2023, 3), (2024, 5), (2025, 4)):
        result(one, score, date(year, 5, 1))
    latest = result(other, 2, date(2024, 6, 1))
    user = reader_of(program, role=Role.PROGRAM_MANAGER)

    rows = {row.site_id: row for row in compared(user).in_order()}
    earlier = compared(user, visits_to=date(2024, 12, 31))
    before = {
        row.site_id: Result.objects.get(pk=row.before_id).starts_on.year
        for row in rows.values()
        if row.before_id
    }

    assert {site: row.starts_on.year for site, row in rows.items()} == {one.pk: 2025, other.pk: 2024}
    assert before == {one.pk: 2024}
    assert sorted(row.starts_on.year for row in earlier.in_order()) == [2024, 2024]
    assert latest.pk in earlier.results
