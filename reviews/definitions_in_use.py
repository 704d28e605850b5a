"""Where scale versions and setting profiles are in use: in how many reviews, and which programs start with them.

A scale administrator, who answers for what is retired, sees all of it; anyone else what they may see anyway.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q

from accounts.permissions import Permission, is_allowed
from programs.models import Program, Site
from reviews.models import Review, Stage
from reviews.starting_version import starts_of
from scales.models import ScaleVersion, SettingProfile, Status


@dataclass
class Use:
    """Reviews in any stage but cancelled, and the names of programs whose new reviews start with it."""

    under_way: int = 0
    issued: int = 0
    programs: list[str] = field(default_factory=list)

    @property
    def is_none(self) -> bool:
        return not (self.under_way or self.issued or self.programs)


@dataclass
class Uses:
    """By the number of the version, and of the profile; what is not in use anywhere has an empty use."""

    versions: dict[int, Use]
    profiles: dict[int, Use]


def uses_for(
    user, versions: Iterable[ScaleVersion], profiles: Iterable[SettingProfile], language: str
) -> Uses:
    """Counted in a fixed number of queries, however many definitions, reviews and programs there are."""
    everywhere = is_allowed(user, Permission.EDIT_DEFINITIONS)
    uses = Uses(versions=defaultdict(Use), profiles=defaultdict(Use))
    reviews = Review.objects.all() if everywhere else Review.objects.visible_to(user)
    _count_reviews(uses, reviews)
    programs = list(Program.objects.all() if everywhere else Program.objects.visible_to(user))
    _name_programs(uses, programs, list(versions), list(profiles), language)
    return uses


def _count_reviews(uses: Uses, reviews) -> None:
    rows = (
        reviews.exclude(stage=Stage.CANCELLED)
        .order_by()
        .values_list("version", "profile")
        .annotate(
            issued=Count("pk", filter=Q(stage=Stage.ISSUED)),
            under_way=Count("pk", filter=~Q(stage=Stage.ISSUED)),
        )
    )
    for version, profile, issued, under_way in rows:
        for use in (uses.versions[version], uses.profiles[profile]):
            use.issued += issued
            use.under_way += under_way


def _name_programs(uses: Uses, programs, versions, profiles, language: str) -> None:
    offered = sorted(
        (version for version in versions if version.status == Status.PUBLISHED),
        key=lambda version: (version.published_at, version.pk),
        reverse=True,
    )
    settings = defaultdict(set)
    for program, setting in Site.objects.filter(program__in=programs).values_list("program", "setting__code"):
        settings[program].add(setting)
    usual = {
        (profile.version_id, profile.setting): profile
        for profile in sorted(
            (profile for profile in profiles if profile.status == Status.PUBLISHED),
            key=lambda profile: (profile.published_at, profile.pk),
        )
    }
    starts = starts_of(programs, language=language, offered=offered)
    for program in programs:
        version = starts[program.pk].version
        if version is None:
            continue
        uses.versions[version.pk].programs.append(program.name)
        for setting in settings[program.pk]:
            if profile := usual.get((version.pk, setting)):
                uses.profiles[profile.pk].programs.append(program.name)
