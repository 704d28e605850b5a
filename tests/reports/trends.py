"""Sites with reviews to look back on."""

from datetime import date

from django.urls import reverse

from reviews.actions.results import figures
from reviews.models import Kind, Result, Review
from tests.factories.past import past_import_on
from tests.factories.scales import setting_profile, shipped_scale
from tests.reviews.situations import YEAR_BEFORE, issued

SLIPPED, ROSE, UNRATED = "caseload-size", "zero-exclusion", "competitive-jobs"
REST = {item.code: 4 for item in shipped_scale().items}


def trend_url(site, name: str = "trend") -> str:
    return reverse(f"reports:{name}", args=[site.pk])


def two_reviews(**fields) -> Review:
    """The newer of two: one item slipped by two points, one rose by one; the others are the same."""
    first = issued(REST | {SLIPPED: 5, ROSE: 2}, **(YEAR_BEFORE | fields))
    return issued(REST | {SLIPPED: 3, ROSE: 3}, site=first.site, kind=Kind.FOLLOW_UP, **fields)


def past_result(site, day: date, scores=3, *, profile=None, **fields) -> Result:
    """Of a review from before the product. `scores`: one for all items, or by code."""
    profile = profile or setting_profile()
    spec = profile.version.to_spec()
    given = scores if isinstance(scores, dict) else {item.code: scores for item in spec.items}
    values = {
        "site": site,
        "kind": Kind.FOLLOW_UP,
        "starts_on": day,
        "ends_on": day,
        "independence": "independent",
        "version": profile.version,
        "profile": profile,
        "imported_from": None if "review" in fields else past_import_on(profile.version),
        "spreads": [None] * len(spec.items),
        **figures(spec, profile.to_spec(), given),
    }
    return Result.objects.create(**(values | fields))
