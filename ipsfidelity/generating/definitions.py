"""Which definitions generated reviews are scored on: the scale that most published setting profiles belong to."""

from collections import Counter
from dataclasses import dataclass

from scales.models import ScaleVersion, SettingProfile


class NoDefinitions(Exception):
    """No published scale version with a published setting profile is in the database."""


@dataclass(frozen=True)
class Definitions:
    """`profiles`: of each version, the newest published one by the code of its setting. Settings are of them all."""

    versions: list[ScaleVersion]
    profiles: dict[int, dict[str, SettingProfile]]
    settings: list[str]

    @property
    def codes(self) -> list[str]:
        """Of every item in any of the versions."""
        return sorted({item.code for version in self.versions for item in version.to_spec().items})


def published_definitions() -> Definitions:
    """Raises `NoDefinitions`."""
    published = list(
        SettingProfile.objects.published()
        .select_related("version__scale")
        .filter(version__status="published")
        .order_by("pk")
    )
    if not published:
        raise NoDefinitions
    of_scale = Counter(profile.version.scale_id for profile in published)
    scale = max(of_scale, key=lambda pk: (of_scale[pk], -pk))
    versions: dict[int, ScaleVersion] = {}
    profiles: dict[int, dict[str, SettingProfile]] = {}
    for profile in published:
        if profile.version.scale_id == scale:
            versions.setdefault(profile.version_id, profile.version)
            profiles.setdefault(profile.version_id, {})[profile.to_spec().setting] = profile
    shared = set.intersection(*(set(of_version) for of_version in profiles.values()))
    if not shared:
        raise NoDefinitions
    return Definitions(sorted(versions.values(), key=lambda one: one.label), profiles, sorted(shared))
