"""Whom it touches when a scale version or a setting profile is retired, told before it is done."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from programs.models import Program, Site
from reviews.models import Review, Stage
from reviews.starting_version import Start, starts_of, versions_on_offer
from scales.models import ScaleVersion, SettingProfile


@dataclass(frozen=True)
class ProgramAfter:
    """What a program's new reviews start with once the version is gone.

    `lacking`: names of settings of its sites for which that version has no profile.
    """

    program: Program
    start: Start
    lacking: tuple[str, ...]


@dataclass(frozen=True)
class EffectOfVersion:
    """`under_way`: reviews that keep the version; neither issued nor cancelled."""

    under_way: int
    programs: tuple[ProgramAfter, ...]


@dataclass(frozen=True)
class EffectOfProfile:
    """`programs`: those whose new reviews begin with the profile. `instead`: what they begin with then."""

    under_way: int
    programs: tuple[Program, ...]
    instead: SettingProfile | None


def effect_of_retiring_version(version: ScaleVersion, *, language: str) -> EffectOfVersion:
    """Counted over the reviews and programs of everyone, in a fixed number of queries."""
    offered = versions_on_offer()
    programs = _starting_with(version, offered, language)
    left = [other for other in offered if other != version]
    after = starts_of(programs, language=language, offered=left)
    profiled = set(SettingProfile.objects.published().values_list("version", "setting"))
    settings = defaultdict(set)
    sites = Site.objects.filter(program__in=programs).values_list("program", "setting__code", "setting__name")
    for program, code, name in sites:
        start = after[program]
        if start.version and (start.version.pk, code) not in profiled:
            settings[program].add(name)
    return EffectOfVersion(
        under_way=_under_way().filter(version=version).count(),
        programs=tuple(
            ProgramAfter(program, after[program.pk], tuple(sorted(settings[program.pk])))
            for program in programs
        ),
    )


def effect_of_retiring_profile(profile: SettingProfile, *, language: str) -> EffectOfProfile:
    """As of a version; nobody begins with a profile beside which a newer one of the same setting stands."""
    others = SettingProfile.objects.published().filter(version=profile.version_id, setting=profile.setting)
    newest_first = list(others.order_by("-published_at", "-pk"))
    programs: list[Program] = []
    if newest_first and newest_first[0] == profile:
        at_sites = _starting_with(profile.version, versions_on_offer(), language)
        here = set(
            Site.objects.filter(program__in=at_sites, setting__code=profile.setting).values_list(
                "program", flat=True
            )
        )
        programs = [program for program in at_sites if program.pk in here]
    return EffectOfProfile(
        under_way=_under_way().filter(profile=profile).count(),
        programs=tuple(programs),
        instead=next((other for other in newest_first if other != profile), None),
    )


def _under_way():
    return Review.objects.exclude(stage__in=(Stage.CANCELLED, Stage.ISSUED))


def _starting_with(version: ScaleVersion, offered: Sequence[ScaleVersion], language: str) -> list[Program]:
    programs = list(Program.objects.order_by("name", "pk"))
    starts = starts_of(programs, language=language, offered=list(offered))
    return [program for program in programs if starts[program.pk].version == version]
