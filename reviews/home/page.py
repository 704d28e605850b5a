"""What the first page after sign-in reads, for every role that the person has, in a fixed number of queries."""

from django.db.models import Count, Exists

from accounts.permissions import Permission, is_allowed
from programs.models import Program, Site
from reviews.home.first import first_of
from reviews.home.goals import open_goals
from reviews.home.held import MANAGED, OVERSEEN, READ, Held, held_by
from reviews.home.my_sites import my_sites
from reviews.home.network import network_of
from reviews.home.visits import my_visits
from reviews.home.work import counts, work_of
from reviews.models import Review, TeamMember
from reviews.version_news import version_news_of
from scales.models import ScaleVersion, SettingProfile

ISSUED_SHOWN = 10
SITES_SHOWN = 20
# Who has none of these, and is on no team, has nothing yet.
PARTS = (
    "to_reply_to",
    "replied",
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
    programs, issued = _programs(held), list(_issued(user, held))
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
        **_sites(user, held, programs, work.blinded),
        "managed": [one for one in programs if one.pk in held.where(Permission.INVITE_VIEWERS)],
        "may_import": bool(held.where(Permission.IMPORT_REVIEWS)),
        "version_news": version_news_of(
            [one for one in programs if one.pk in held.where(Permission.CHOOSE_SCALE)], language=language
        ),
        **_administration(user),
        "issued": issued,
        "has_reviewed": any(map(counts, work.reviews)) or any(one.reader_has_reviewed for one in issued),
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
        "has_nothing": not work.reviews and not any(page[part] for part in PARTS),
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


def _sites(user, held: Held, programs: list[Program], blinded: set[int]) -> dict[str, object]:
    """What the person reads of each site, of many, or of none: by the role in the program."""
    filled = {program.pk for program in programs if program.number_of_sites}
    mine, network = held.as_one_of(*READ) & filled, held.as_one_of(*OVERSEEN) & filled
    others = (held.where(Permission.VIEW_PROGRAM) - held.where(Permission.READ_REPORT)) & filled
    other_sites = Site.objects.filter(program__in=others).select_related("program", "setting")
    return {
        "my_sites": my_sites(user, mine, blinded_sites=blinded) if mine else None,
        "network": network_of(user, network, blinded_sites=blinded) if network else None,
        "other_sites": list(other_sites[:SITES_SHOWN]),
        "more_sites": sum(one.number_of_sites for one in programs if one.pk in others) > SITES_SHOWN,
        "can_plan": bool(held.where(Permission.PLAN_REVIEW) & filled),
    }


def _programs(held: Held) -> list[Program]:
    """`number_of_sites`: of each."""
    programs = Program.objects.filter(pk__in=held.where(Permission.VIEW_PROGRAM))
    return list(programs.annotate(number_of_sites=Count("sites")).order_by("name", "pk"))


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


def _issued(user, held: Held):
    """The latest issued reviews that the user may see, in two queries: first which they are, then all of them.

    Asked by role and by team apart: either is quick among many.
    `reader_has_reviewed`: whether the person's own scores counted in any review, on each of these.
    """
    own, issued = TeamMember.objects.filter(user=user), Review.objects.issued().latest_first().values("pk")
    by_role = issued.filter(site__program__in=held.where(Permission.VIEW_REVIEW))[:ISSUED_SHOWN]
    on_team = issued.filter(pk__in=own.values("review"))[:ISSUED_SHOWN]
    return (
        Review.objects.filter(pk__in=list(by_role.union(on_team).values_list("pk", flat=True)))
        .with_details()
        .with_report_state()
        .annotate(reader_has_reviewed=Exists(own.counting()))
        .latest_first()[:ISSUED_SHOWN]
    )
