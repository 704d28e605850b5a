"""Plans of a review: as an action takes them, and as the form posts them."""

from datetime import date

from accounts.permissions import Role
from reviews.actions.planning import Place, Plan
from reviews.models import Kind, Mode
from tests.factories.scales import setting_profile
from tests.reviews.situations import fresh, lead_of


def plan_for(lead, *others: Place, profile=None, **changes) -> Plan:
    """`others`: places beside the lead's."""
    profile = profile or setting_profile()
    values = {
        "kind": Kind.BASELINE,
        "mode": Mode.ON_SITE,
        "starts_on": date(2026, 10, 14),
        "ends_on": date(2026, 10, 15),
        "profile": profile,
        "version": profile.version,
        "team": (Place(user=lead, role=Role.LEAD), *others),
    }
    return Plan(**(values | changes))


def places_of(review) -> tuple[Place, ...]:
    return tuple(
        Place(member.user, Role(member.role), member.employer, member.worked_with_site)
        for member in fresh(review).team
    )


def plan_like(review, **changes) -> Plan:
    """The plan as it stands, with changes."""
    values = {
        "kind": review.kind,
        "mode": review.mode,
        "starts_on": review.starts_on,
        "ends_on": review.ends_on,
        "team": places_of(review),
    }
    return plan_for(lead_of(review), **({"profile": review.profile} | values | changes))


def plan_post(site, *team: dict, profile=None, **changes) -> dict:
    """What the form posts. `team`: rows such as `{"user": 3, "role": "reviewer"}`."""
    values = {
        "site": site.pk,
        "kind": Kind.BASELINE.value,
        "mode": Mode.ON_SITE.value,
        "starts_on": "2026-10-14",
        "ends_on": "2026-10-15",
        "profile": (profile or setting_profile()).pk,
        "revision": 0,
        "team-TOTAL_FORMS": len(team),
        "team-INITIAL_FORMS": min(len(team), 1),
    }
    for number, row in enumerate(team):
        values |= {f"team-{number}-{name}": value for name, value in row.items()}
    return values | changes


def row(user, role: Role = Role.REVIEWER, employer=None, worked: str = "") -> dict:
    return {
        "user": user.pk,
        "role": role.value,
        "employer": employer.pk if employer else "",
        "worked_with_site": worked,
    }
