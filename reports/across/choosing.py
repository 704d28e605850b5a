"""Which results are compared across sites: what somebody may choose from, and what a choice names."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from programs.models import Program, Setting, Site
from reviews.independence import Label
from reviews.models import Kind, Result
from scales.models import ScaleVersion, SettingProfile


class Type(models.TextChoices):
    """Which reviews count. What services found when they assessed themselves is in only where it is asked for."""

    REVIEWS = "reviews", _("Reviews")
    BASELINE = Kind.BASELINE.value, _("Baseline reviews only")
    FOLLOW_UP = Kind.FOLLOW_UP.value, _("Follow-up reviews only")
    WITH_SELF = "with-self-assessments", _("Reviews and self-assessments together")
    SELF = "self-assessments", _("Self-assessments only")

    @property
    def takes_self_assessments(self) -> bool:
        return self in (Type.WITH_SELF, Type.SELF)


class Order(models.TextChoices):
    """How sites stand in the table."""

    LOWEST = "lowest", _("Lowest total first")
    HIGHEST = "highest", _("Highest total first")
    FELL = "fell", _("Lost most points first")
    ROSE = "rose", _("Gained most points first")
    OPEN = "open", _("Most open to the service first")
    NAME = "name", _("By name")


@dataclass(frozen=True)
class Choice:
    """Empty or None where everything is meant. `profile`, `setting`: codes. Dates: of the visit's first day.

    `versions`: those of the one scale whose items are compared.
    """

    versions: tuple[int, ...] = ()
    program: int | None = None
    region: str = ""
    setting: str = ""
    type: Type = Type.REVIEWS
    independence: str = ""
    version: int | None = None
    profile: str = ""
    visits_from: date | None = None
    visits_to: date | None = None
    order: Order = Order.LOWEST


class InSight:
    """What a person may choose from: only what occurs in results that they may read."""

    def __init__(self, user) -> None:
        self.user = user
        self._places, self._measures = _occurring(user)

    def __bool__(self) -> bool:
        return bool(self._measures)

    @cached_property
    def versions(self) -> Mapping[int, ScaleVersion]:
        """By number, those published last first."""
        numbers = {version for _kind, _independence, version, _profile, _count in self._measures}
        found = ScaleVersion.objects.filter(pk__in=numbers).select_related("scale")
        return {version.pk: version for version in found.order_by("-published_at", "-pk")}

    @cached_property
    def profiles(self) -> Mapping[int, SettingProfile]:
        numbers = {profile for _kind, _independence, _version, profile, _count in self._measures}
        return {profile.pk: profile for profile in SettingProfile.objects.filter(pk__in=numbers)}

    @cached_property
    def scales(self) -> dict[int, str]:
        """Names by number, the one of the most results first."""
        counted: Counter[int] = Counter()
        for _kind, _independence, version, _profile, count in self._measures:
            counted[self.versions[version].scale_id] += count
        names = {version.scale_id: version.scale.name for version in self.versions.values()}
        return {scale: names[scale] for scale, _count in counted.most_common()}

    @cached_property
    def programs(self) -> dict[int, str]:
        """Two of one name are told apart by their organization."""
        numbers = {program for program, _region, _setting in self._places}
        found = list(Program.objects.filter(pk__in=numbers).select_related("organization"))
        names = Counter(program.name for program in found)
        return {
            program.pk: f"{program.name} ({program.organization})"
            if names[program.name] > 1
            else program.name
            for program in found
        }

    @cached_property
    def regions(self) -> list[str]:
        return sorted({region for _program, region, _setting in self._places if region}, key=str.casefold)

    @cached_property
    def settings(self) -> dict[str, str]:
        numbers = {setting for _program, _region, setting in self._places}
        return {setting.code: setting.name for setting in Setting.objects.filter(pk__in=numbers)}

    @cached_property
    def independences(self) -> list[Label]:
        found = {independence for _kind, independence, *_rest in self._measures}
        return [label for label in Label if label.value in found]

    @cached_property
    def has_self_assessments(self) -> bool:
        return any(is_self_assessment(kind, independence) for kind, independence, *_rest in self._measures)

    @cached_property
    def profile_names(self) -> dict[str, str]:
        """By code, which the wordings of one profile share."""
        return {
            profile.code: profile.title
            for profile in sorted(self.profiles.values(), key=lambda one: (one.title, -one.pk))
        }

    def versions_of(self, scale: int) -> tuple[int, ...]:
        return tuple(number for number, version in self.versions.items() if version.scale_id == scale)

    def usual_scale(self) -> int:
        return next(iter(self.scales))


def _occurring(user) -> tuple[list[tuple], list[tuple]]:
    """Program, region and setting of the sites; and kind, independence, version, profile and how many results.

    One query that reads the results once: there may be tens of thousands.
    """
    readable = Result.objects.readable_by(user).order_by()
    try:
        sql, values = readable.values_list(
            "site_id", "kind", "independence", "version_id", "profile_id"
        ).query.sql_with_params()
    except EmptyResultSet:
        return [], []
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH readable (site, kind, independence, version, profile) AS MATERIALIZED ({sql}),
                 places AS (SELECT DISTINCT program_id, region, setting_id FROM {Site._meta.db_table}
                            WHERE id IN (SELECT site FROM readable)),
                 measures AS (SELECT kind, independence, version, profile, count(*) AS results
                              FROM readable GROUP BY kind, independence, version, profile)
            SELECT (SELECT jsonb_agg(jsonb_build_array(program_id, region, setting_id)) FROM places),
                   (SELECT jsonb_agg(jsonb_build_array(kind, independence, version, profile, results))
                    FROM measures)
            """,
            values,
        )
        found = [json.loads(column) if column else [] for column in cursor.fetchone()]
    places, measures = ([tuple(row) for row in rows] for rows in found)
    return places, measures


def is_self_assessment(kind: str, independence: str) -> bool:
    return Result(kind=kind, independence=independence).is_self_assessed


def comparable(user, choice: Choice):
    """Results of one scale that the user may read, with or without self-assessments as chosen."""
    found = Result.objects.readable_by(user).filter(version__in=choice.versions)
    return found if choice.type.takes_self_assessments else found.reviewed()


def chosen(user, choice: Choice):
    """The results that a choice names, several of a site where it has them."""
    found = comparable(user, choice)
    if choice.type is Type.SELF:
        found = found.self_assessed()
    narrowed = {
        "kind": choice.type.value if choice.type in (Type.BASELINE, Type.FOLLOW_UP) else "",
        "site__program": choice.program,
        "site__region": choice.region,
        "site__setting__code": choice.setting,
        "independence": choice.independence,
        "version": choice.version,
        "profile__code": choice.profile,
        "starts_on__gte": choice.visits_from,
        "starts_on__lte": choice.visits_to,
    }
    return found.filter(**{name: value for name, value in narrowed.items() if value})
