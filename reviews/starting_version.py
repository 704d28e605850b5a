"""Which scale version and which profile a program's new reviews start with.

What the program chose; else that of the review it planned last. Only what is published is on offer: where that was
retired, the newest of the same scale in the same language, and where there is none the program chooses. A program
with neither a choice nor a review starts with the newest in the reader's language.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from programs.models import Program, Site
from reviews.models import ProgramScale, Review, Stage
from scales.models import ScaleVersion, SettingProfile, Status


class Why(StrEnum):
    """Why a program starts with a version."""

    CHOSEN = "chosen"
    LAST_REVIEW = "last review"
    SAME_WORDING = "same wording"
    NEWEST = "newest"
    NONE_LEFT = "none left"


@dataclass(frozen=True)
class Start:
    """`version`: None where nothing is published, or nothing in the wording that the program had.

    `choice`: what the program chose, even where it was retired since. `retired`: what it started with before.
    """

    version: ScaleVersion | None
    why: Why
    choice: ProgramScale | None = None
    retired: ScaleVersion | None = None


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
    last = {
        review.site.program_id: review
        for review in Review.objects.filter(site__program__in=numbers)
        .exclude(stage=Stage.CANCELLED)
        .select_related("site", "version__scale")
        .order_by("site__program_id", "-created_at", "-pk")
        .distinct("site__program_id")
    }
    starts = {}
    for number in numbers:
        choice, review = choices.get(number), last.get(number)
        if choice and choice.version_id in by_number:
            starts[number] = Start(by_number[choice.version_id], Why.CHOSEN, choice)
            continue
        # A review that was planned after a choice says more of the program than the choice.
        had = review.version if review and _is_later(review, choice) else choice and choice.version
        if had is None:
            starts[number] = Start(_newest(offered, language), Why.NEWEST)
        elif had.pk in by_number:
            starts[number] = Start(by_number[had.pk], Why.LAST_REVIEW, choice)
        else:
            version = next((one for one in offered if is_same_wording(one, had)), None)
            why = Why.SAME_WORDING if version else Why.NONE_LEFT
            starts[number] = Start(version, why, choice, retired=had)
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
        if is_same_wording(other, version)
        and (other.published_at, other.pk) > (version.published_at, version.pk)
    ]


def is_same_wording(one: ScaleVersion, other: ScaleVersion) -> bool:
    """Whether two versions are of one scale in one language."""
    return one.scale_id == other.scale_id and one.language.lower() == other.language.lower()


def usual_profile(site: Site, start: Start) -> SettingProfile | None:
    """The published profile of the site's setting in the version it starts with.

    Where the program did not choose that version, and it has no such profile, an earlier one of the same wording may.
    """
    if start.version is None:
        return None
    found = SettingProfile.objects.published().filter(
        version__status=Status.PUBLISHED, setting=site.setting.code
    )
    profile = found.filter(version=start.version).order_by("-published_at", "-pk").first()
    if profile is None and start.why is not Why.CHOSEN:
        same = found.filter(
            version__scale=start.version.scale_id, version__language__iexact=start.version.language
        )
        return same.order_by("-published_at", "-pk").first()
    return profile


def _is_later(review: Review, choice: ProgramScale | None) -> bool:
    return choice is None or review.created_at > choice.chosen_at


def _newest(offered: list[ScaleVersion], language: str) -> ScaleVersion | None:
    in_language = (version for version in offered if version.language.lower() == language.lower())
    return next(in_language, None) or (offered[0] if offered else None)
