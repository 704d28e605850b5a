"""What the first page after sign-in reads, for every role that the person has, in a fixed number of queries."""

from collections import Counter

from django.db.models import Count

from accounts.permissions import Permission, is_allowed
from programs.models import Program, Site
from reviews.home.first import first_of
from reviews.home.goals import open_goals
from reviews.home.held import MANAGED, OVERSEEN, READ, Held, held_by
from reviews.home.my_sites import my_sites
from reviews.home.network import network_of
from reviews.home.visits import my_visits
from reviews.home.work import work_of
from reviews.models import Review
from reviews.version_news import version_news_of
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
    held, work = held_by(user), work_of(user)
    goals = open_goals(user, held.as_one_of(*READ)) if held.as_one_of(*READ) else None
    runs_plans = bool(held.as_one_of(*MANAGED))
    to_reply_to, replied = _with_service(user, held)
    page = {
        "to_rate": work.to_rate,
        "to_moderate": work.to_moderate,
        "to_finish": work.to_finish,
        "to_reply_to": to_reply_to,
        "replied": replied,
        "visits": my_visits(work),
        "blinded_sites": work.blinded,
        "goals": goals,
        "runs_plans": runs_plans,
        **_sites(user, held, work.blinded),
        **_programs(held, language),
        **_administration(user),
        "issued": list(_issued(user)),
        "has_reviewed": user.team_places.counting().exists(),
    }
    return {
        **page,
        "first": first_of(
            to_rate=work.to_rate,
            to_moderate=work.to_moderate,
            to_reply_to=to_reply_to,
            to_finish=work.to_finish,
            goals=goals,
            runs_plans=runs_plans,
        ),
        "has_nothing": not any(page[part] for part in PARTS),
    }


def _with_service(user, held: Held) -> tuple[list[Review], list[Review]]:
    """Drafts to reply to, and those that were replied to."""
    if not held.where(Permission.REPLY):
        return [], []
    reviews = list(Review.objects.with_service_of(user).with_details())
    return (
        [review for review in reviews if review.replied_at is None],
        [review for review in reviews if review.replied_at],
    )


def _sites(user, held: Held, blinded: set[int]) -> dict[str, object]:
    """What the person reads of each site, of many, or of none: by the role in the program."""
    mine, network = held.as_one_of(*READ), held.as_one_of(*OVERSEEN)
    others = held.where(Permission.VIEW_PROGRAM) - held.where(Permission.READ_REPORT)
    number = _number_of_sites(mine | network | others)
    in_mine, in_network, in_others = (
        sum(number[program] for program in programs) for programs in (mine, network, others)
    )
    other_sites = Site.objects.filter(program__in=others).select_related("program", "setting")
    return {
        "my_sites": my_sites(user, mine, number=in_mine, blinded_sites=blinded) if in_mine else None,
        "network": network_of(user, network, number=in_network, blinded_sites=blinded)
        if in_network
        else None,
        "other_sites": list(other_sites[:SITES_SHOWN]) if in_others else [],
        "more_sites": in_others > SITES_SHOWN,
        "can_plan": any(number[program] for program in held.where(Permission.PLAN_REVIEW)),
    }


def _number_of_sites(programs: set[int]) -> Counter:
    """Of each program."""
    rows = Site.objects.filter(program__in=programs).order_by().values_list("program")
    return Counter(dict(rows.annotate(Count("pk"))))


def _programs(held: Held, language: str) -> dict[str, object]:
    invites, chooses = held.where(Permission.INVITE_VIEWERS), held.where(Permission.CHOOSE_SCALE)
    programs = list(Program.objects.filter(pk__in=invites | chooses).order_by("name", "pk"))
    return {
        "managed": [program for program in programs if program.pk in invites],
        "version_news": version_news_of(
            [program for program in programs if program.pk in chooses], language=language
        ),
    }


def _administration(user) -> dict[str, object]:
    edits = is_allowed(user, Permission.EDIT_DEFINITIONS)
    drafts = {
        "draft_versions": ScaleVersion.objects.drafts(),
        "draft_profiles": SettingProfile.objects.drafts(),
    }
    return {
        **(drafts if edits else {}),
        "edits_definitions": edits,
        "manages_people": user.is_staff and is_allowed(user, Permission.MANAGE_PEOPLE),
    }


def _issued(user):
    issued = Review.objects.visible_to(user).issued().with_details().with_report_state()
    return issued.latest_first()[:ISSUED_SHOWN]
