"""Which scale version and which profile a program's new reviews start with.

What the program chose; else that of the review it planned last; else the newest in the reader's language. Only what
is published is on offer: where a choice was retired since, the next rule answers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from programs.models import Program, Site
from reviews.models import ProgramScale, Review, Stage
from scales.models import ScaleVersion, SettingProfile


class Why(StrEnum):
    """Why a program starts with a version."""

    CHOSEN = "chosen"
    LAST_REVIEW = "last review"
    NEWEST = "newest"


@dataclass(frozen=True)
class Start:
    """`version`: None where nothing is published. `choice`: what the program chose, even where it was retired since."""

    version: ScaleVersion | None
    why: Why
    choice: ProgramScale | None = None


def versions_on_offer() -> list[ScaleVersion]:
    """What a new review may use, newest first."""
    return list(
        ScaleVersion.objects.published()
        .select_related("scale", "published_by")
        .order_by("-published_at", "-pk")
    )


def starts_of(
    programs: Iterable[Program], *, language: str, offered: list[ScaleVersion] | None = None
) -> dict[int, Start]:
    """Program's number to what its new reviews start with, in at most three queries for any number of programs."""
    numbers = [program.pk for program in programs]
    offered = versions_on_offer() if offered is None else offered
    by_number = {version.pk: version for version in offered}
    choices = {
        choice.program_id: choice
        for choice in ProgramScale.objects.filter(program__in=numbers).select_related(
            "version__scale", "chosen_by"
        )
    }
    last = dict(
        Review.objects.filter(site__program__in=numbers)
        .exclude(stage=Stage.CANCELLED)
        .order_by("site__program", "-created_at", "-pk")
        .distinct("site__program")
        .values_list("site__program", "version")
    )
    starts = {}
    for number in numbers:
        choice = choices.get(number)
        if choice and choice.version_id in by_number:
            starts[number] = Start(by_number[choice.version_id], Why.CHOSEN, choice)
        elif last.get(number) in by_number:
            starts[number] = Start(by_number[last[number]], Why.LAST_REVIEW, choice)
        else:
            starts[number] = Start(_newest(offered, language), Why.NEWEST, choice)
    return starts


def start_of(program: Program, *, language: str, offered: list[ScaleVersion] | None = None) -> Start:
    return starts_of([program], language=language, offered=offered)[program.pk]


def newer_than(version: ScaleVersion | None, offered: list[ScaleVersion]) -> list[ScaleVersion]:
    """Later published versions of the same scale in the same language."""
    if version is None:
        return []
    return [
        other
        for other in offered
        if other.scale_id == version.scale_id
        and other.language.lower() == version.language.lower()
        and (other.published_at, other.pk) > (version.published_at, version.pk)
    ]


def usual_profile(site: Site, start: Start, *, language: str) -> SettingProfile | None:
    """The published profile of the site's setting in the version it starts with.

    Where the program did not choose that version, and it has no such profile, another version may have one.
    """
    if start.version is None:
        return None
    setting = site.setting.code
    own = SettingProfile.objects.published().filter(version=start.version, setting=setting)
    profile = own.order_by("-published_at", "-pk").first()
    if profile is None and start.why is not Why.CHOSEN:
        return SettingProfile.objects.usual_for(setting, language)
    return profile


def _newest(offered: list[ScaleVersion], language: str) -> ScaleVersion | None:
    in_language = (version for version in offered if version.language.lower() == language.lower())
    return next(in_language, None) or (offered[0] if offered else None)
