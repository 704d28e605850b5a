"""The library: every scale with its versions and setting profiles, who published them, and where they are in use."""

from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.db.models import Prefetch
from django.utils.translation import get_language
from django.views.generic import TemplateView

from accounts.permissions import Permission, is_allowed
from reviews.definitions_in_use import Use, uses_for
from scales.models import Scale, ScaleVersion, SettingProfile, Status

PEOPLE = ("created_by", "changed_by", "published_by", "retired_by")
# Drafts first: they are what an editor comes for. What is retired stands apart, at the end.
ORDER = (Status.DRAFT, Status.PUBLISHED, Status.RETIRED)


@dataclass(frozen=True)
class ProfileRow:
    profile: SettingProfile
    use: Use


@dataclass(frozen=True)
class VersionRow:
    """`language`: its name where the interface knows it, else the tag."""

    version: ScaleVersion
    language: str
    use: Use
    profiles: tuple[ProfileRow, ...]

    @property
    def open_profile(self) -> SettingProfile | None:
        """A published profile, to begin a copy from."""
        return next((row.profile for row in self.profiles if row.profile.status == Status.PUBLISHED), None)


@dataclass(frozen=True)
class ScaleRow:
    scale: Scale
    versions: tuple[VersionRow, ...]
    retired: tuple[VersionRow, ...]


class Library(TemplateView):
    """Open to everyone signed in; drafts to those who edit definitions."""

    template_name = "reviews/library.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        can_edit = is_allowed(user, Permission.EDIT_DEFINITIONS)
        return super().get_context_data(scales=self.scales(can_edit), can_edit=can_edit, **kwargs)

    def scales(self, can_edit: bool) -> list[ScaleRow]:
        versions = ScaleVersion.objects if can_edit else ScaleVersion.objects.readable()
        profiles = SettingProfile.objects if can_edit else SettingProfile.objects.readable()
        versions = list(
            versions.select_related("scale", *PEOPLE)
            .prefetch_related(Prefetch("profiles", profiles.select_related(*PEOPLE)))
            .order_by("scale__name", "scale__code")
        )
        every_profile = [profile for version in versions for profile in version.profiles.all()]
        uses = uses_for(self.request.user, versions, every_profile, get_language())
        rows = []
        for scale, of_scale in groupby(versions, key=lambda version: version.scale):
            shown = [_row(version, uses) for version in sorted(of_scale, key=_place)]
            rows.append(
                ScaleRow(
                    scale,
                    tuple(row for row in shown if row.version.status != Status.RETIRED),
                    tuple(row for row in shown if row.version.status == Status.RETIRED),
                )
            )
        return rows


def _place(version: ScaleVersion) -> tuple:
    """By status and language, the newest first."""
    newest = -version.published_at.timestamp() if version.published_at else 0
    return ORDER.index(version.status), version.language.lower(), newest, version.label


def _row(version: ScaleVersion, uses) -> VersionRow:
    profiles = sorted(version.profiles.all(), key=lambda one: (ORDER.index(one.status), one.title))
    return VersionRow(
        version,
        dict(settings.LANGUAGES).get(version.language.lower(), version.language),
        uses.versions[version.pk],
        tuple(ProfileRow(profile, uses.profiles[profile.pk]) for profile in profiles),
    )
