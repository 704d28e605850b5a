"""What is new about the scale version of someone's programs: one was retired, or a newer one is published."""

from dataclasses import dataclass

from programs.models import Program
from reviews.models import Review
from reviews.starting_version import Start, newer_than, starts_of, versions_on_offer
from scales.models import ScaleVersion, SettingProfile


@dataclass(frozen=True)
class VersionNews:
    """`newest`: a later published version in the same wording, None where there is none."""

    program: Program
    start: Start
    newest: ScaleVersion | None


def version_news_of(programs: list[Program], *, language: str) -> list[VersionNews]:
    """For programs whose version someone may choose; nothing of those that have what is newest."""
    if not programs:
        return []
    offered = versions_on_offer()
    starts = starts_of(programs, language=language, offered=offered)
    news = []
    for program in programs:
        start = starts[program.pk]
        newest = next(iter(newer_than(start.version, offered)), None)
        if newest or start.retired:
            news.append(VersionNews(program, start, newest))
    return news


def newer_without_profile(review: Review) -> ScaleVersion | None:
    """A later version in the wording of the review that it cannot take, for it has no profile of the setting yet."""
    newest = next(iter(newer_than(review.version, versions_on_offer())), None)
    profiles = SettingProfile.objects.published().filter(setting=review.site.setting.code)
    return newest if newest and not profiles.filter(version=newest).exists() else None
