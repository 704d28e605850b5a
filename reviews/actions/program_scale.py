"""A program moves to a scale version: its reviews from now on start with it, those planned already keep theirs."""

import logging

from django.db import transaction
from django.utils import timezone

from accounts.permissions import Permission, is_allowed
from programs.models import Program, Setting
from reviews.actions.refusals import NotNow
from reviews.models import ProgramScale
from scales.models import ScaleVersion, SettingProfile, Status

logger = logging.getLogger(__name__)


class NotOnOffer(ValueError):
    """The version is not published (any more), so no new review may start with it."""


class ProfilesLacking(ValueError):
    """No review of some sites of the program can be planned with the version. `settings`: the names of theirs."""

    def __init__(self, settings: list[str]):
        super().__init__(", ".join(settings))
        self.settings = settings


@transaction.atomic
def choose_version(
    *, program: Program, version: ScaleVersion, by, without_profiles: bool = False
) -> ProgramScale:
    """Raises `NotNow` for someone who may not choose, `NotOnOffer`, and `ProfilesLacking`.

    `without_profiles`: move although the version has no profile yet for a setting of the program's sites.
    """
    if not is_allowed(by, Permission.CHOOSE_SCALE, program):
        raise NotNow
    Program.objects.select_for_update(of=("self",)).get(pk=program.pk)
    version = ScaleVersion.objects.select_for_update(of=("self",), no_key=True).get(pk=version.pk)
    if version.status != Status.PUBLISHED:
        raise NotOnOffer
    if not without_profiles and (lacking := settings_lacking(program, version)):
        raise ProfilesLacking(lacking)
    choice = ProgramScale.objects.filter(program=program).first() or ProgramScale(program=program)
    if choice.version_id != version.pk:
        choice.version, choice.chosen_at, choice.chosen_by = version, timezone.now(), by
        choice.save()
        logger.info("scale version chosen: program %s, version %s", program.pk, version.pk)
    return choice


def settings_lacking(program: Program, version: ScaleVersion) -> list[str]:
    """Names of settings of the program's sites for which the version has no published profile."""
    has = SettingProfile.objects.published().filter(version=version).values("setting")
    lacking = Setting.objects.filter(sites__program=program).exclude(code__in=has).distinct()
    return [setting.name for setting in lacking]
