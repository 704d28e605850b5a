"""Results of sites as the first page reads them, of reviews that are issued and hold nothing else."""

from datetime import date

from accounts.permissions import Role
from reviews.actions.results import figures
from reviews.models import Kind, Result, Stage
from tests.factories.accounts import UserFactory
from tests.factories.programs import MembershipFactory, SiteFactory
from tests.factories.reviews import ReviewFactory
from tests.factories.scales import setting_profile

THEN, NOW = date(2024, 5, 14), date(2025, 5, 13)


def a_result(site, scores=4, on=NOW, *, setting="community-mental-health", wording="uk", **fields) -> Result:
    """`scores`: one for all items, or item code to score over a 4 for the others."""
    profile = setting_profile(setting, wording)
    spec = profile.version.to_spec()
    each = {item.code: scores if isinstance(scores, int) else 4 for item in spec.items}
    each |= scores if isinstance(scores, dict) else {}
    values = {
        "kind": Kind.FOLLOW_UP,
        "starts_on": on,
        "ends_on": on,
        "independence": "independent",
        "version": profile.version,
        "profile": profile,
        "spreads": [None] * len(spec.items),
        **figures(spec, profile.to_spec(), each),
    }
    review = ReviewFactory(
        site=site,
        profile=profile,
        starts_on=on,
        ends_on=on,
        kind=fields.get("kind", values["kind"]),
        stage=Stage.ISSUED,
    )
    return Result.objects.create(site=site, review=review, **(values | fields))


def a_slip(site, **scores) -> Result:
    """From 4 on every item to these scores; hyphens of item codes are written as underscores."""
    a_result(site, 4, THEN)
    return a_result(site, {code.replace("_", "-"): score for code, score in scores.items()})


def in_role(role: Role, *programs, user=None):
    user = user or UserFactory()
    for program in programs:
        MembershipFactory(program=program, user=user, role=role.value)
    return user


def sites_of(program, number: int) -> list:
    return [SiteFactory(program=program) for _ in range(number)]
