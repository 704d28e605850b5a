"""What the first page after sign-in reads, for every role that the person has, in a fixed number of queries."""

from accounts.permissions import Permission, is_allowed
from programs.models import Program, Site
from reviews.finishing.at_a_glance import at_a_glance
from reviews.home.first import first_of
from reviews.home.goals import open_goals
from reviews.home.my_sites import MANAGED, OVERSEEN, READ, my_sites, sites_as
from reviews.home.network import network_of
from reviews.home.visits import my_visits
from reviews.models import Review
from reviews.permissions import rated_sites
from reviews.version_news import version_news_for
from scales.models import ScaleVersion, SettingProfile

ISSUED_SHOWN = 10
SITES_SHOWN = 20
# Who has none of these has nothing yet.
PARTS = (
    "to_rate",
    "to_moderate",
    "to_reply_to",
    "replied",
    "to_finish",
    "my_sites",
    "network",
    "issued",
    "other_sites",
    "edits_definitions",
    "manages_people",
)


def home_of(user, *, language: str) -> dict[str, object]:
    """By the names that the template goes by."""
    blinded, work = rated_sites(user), _work(user)
    held = set(user.memberships.values_list("role", flat=True))
    reads, oversees, runs_plans = (bool(held & set(roles)) for roles in (READ, OVERSEEN, MANAGED))
    goals = open_goals(user, sites_as(user, *READ)) if reads else None
    page = {
        **work,
        **_definitions(user, language),
        "blinded_sites": blinded,
        "visits": my_visits(user, blinded_sites=blinded),
        "my_sites": my_sites(user, blinded_sites=blinded) if reads else None,
        "goals": goals,
        "runs_plans": runs_plans,
        "network": network_of(user, blinded_sites=blinded) if oversees else None,
        "to_finish": at_a_glance(user, work["to_finish"], blinded_sites=blinded),
        "issued": list(_issued(user)),
        **_other_sites(user),
        "managed": Program.objects.where_holding(user, Permission.INVITE_VIEWERS),
        "has_reviewed": user.team_places.counting().exists(),
        "can_plan": Site.objects.where_holding(user, Permission.PLAN_REVIEW).exists(),
    }
    return {
        **page,
        "first": first_of(
            to_rate=page["to_rate"],
            to_moderate=page["to_moderate"],
            to_reply_to=page["to_reply_to"],
            to_finish=page["to_finish"],
            goals=goals,
            runs_plans=runs_plans,
        ),
        "has_nothing": not any(page[part] for part in PARTS),
    }


def _work(user) -> dict[str, object]:
    """What waits for the person, or is with others after they did their part."""
    with_service = list(Review.objects.with_service_of(user).with_details())
    return {
        "to_rate": list(Review.objects.to_rate_by(user).with_details()),
        "to_moderate": list(Review.objects.to_moderate_by(user).with_details()),
        "to_reply_to": [review for review in with_service if review.replied_at is None],
        "replied": [review for review in with_service if review.replied_at],
        "to_finish": Review.objects.to_finish_by(user).with_details(),
    }


def _definitions(user, language: str) -> dict[str, object]:
    edits = is_allowed(user, Permission.EDIT_DEFINITIONS)
    drafts = {
        "draft_versions": ScaleVersion.objects.drafts(),
        "draft_profiles": SettingProfile.objects.drafts(),
    }
    return {
        **(drafts if edits else {}),
        "edits_definitions": edits,
        "manages_people": user.is_staff and is_allowed(user, Permission.MANAGE_PEOPLE),
        "version_news": version_news_for(user, language=language),
    }


def _issued(user):
    issued = Review.objects.visible_to(user).issued().with_details().with_report_state()
    return issued.latest_first()[:ISSUED_SHOWN]


def _other_sites(user) -> dict[str, object]:
    """Sites that the person may know of, but by no role that reads their reports."""
    read = Site.objects.where_holding(user, Permission.READ_REPORT)
    sites = Site.objects.visible_to(user).exclude(pk__in=read.values("pk"))
    found = list(sites.select_related("program", "setting")[: SITES_SHOWN + 1])
    return {"other_sites": found[:SITES_SHOWN], "more_sites": len(found) > SITES_SHOWN}
