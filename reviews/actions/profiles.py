"""Begin a setting profile: its setting, new where no site has it yet, and a draft copied from another profile."""

import logging
from dataclasses import dataclass

from django.db import transaction

from accounts.permissions import Permission, is_allowed
from programs.models import Setting
from reviews.actions.refusals import NotNow
from scales.actions.drafting import draft_profile
from scales.fitting import fitting_adjustments
from scales.forms.codes import code_from
from scales.models import ScaleVersion, SettingProfile
from scales.spec import ProfileSpec

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class NewProfile:
    """What a new profile is called. `setting`: one that sites have; None for a new one named `setting_name`."""

    setting: Setting | None
    setting_name: str
    title: str
    in_words: str
    summary: str


@dataclass(frozen=True)
class Begun:
    """`left_out`: codes of the items that the profile copied speaks of, and this scale version does not have."""

    profile: SettingProfile
    left_out: tuple[str, ...]


@transaction.atomic
def begin_profile(
    *, version: ScaleVersion, new: NewProfile, copied_from: SettingProfile | None = None, by
) -> Begun:
    """A draft profile of a version, from another profile of the scale or from nothing.

    The setting is added for sites to be given it where it is new. Raises `NotNow`, and `NotThere` where the version
    is not published (any more).
    """
    if not is_allowed(by, Permission.EDIT_DEFINITIONS):
        raise NotNow
    ScaleVersion.objects.select_for_update(of=("self",), no_key=True).get(pk=version.pk)
    setting = new.setting or setting_named(new.setting_name)
    scale = version.to_spec()
    copied = copied_from.to_spec() if copied_from else None
    taken = set(version.profiles.values_list("code", flat=True))
    definition = ProfileSpec(
        code=code_from(setting.code, taken=taken, instead="profile"),
        scale_code=scale.scale_code,
        scale_label=scale.label,
        setting=setting.code,
        title=new.title,
        in_words=new.in_words,
        summary=new.summary,
        sources=copied.sources if copied else (),
        notes=copied.notes if copied else (),
        adjustments=fitting_adjustments(copied, scale) if copied else (),
        unrated_reasons=copied.unrated_reasons if copied else (),
    )
    profile = draft_profile(definition=definition, version=version, by=by, copied_from=copied_from)
    left_out = (row.item for row in (copied.adjustments if copied else ()))
    logger.info("profile begun: %s", profile.pk)
    return Begun(profile, tuple(code for code in left_out if code not in scale.items_by_code))


def setting_named(name: str) -> Setting:
    """The setting of this name, however it is capitalized; added where there is none."""
    existing = Setting.objects.filter(name__iexact=name).first()
    if existing is not None:
        return existing
    taken = set(Setting.objects.values_list("code", flat=True))
    code = code_from(name, taken=taken, instead="setting")
    setting, _is_new = Setting.objects.get_or_create(code=code, defaults={"name": name})
    logger.info("setting added: %s", setting.pk)
    return setting
