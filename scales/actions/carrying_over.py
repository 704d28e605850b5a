"""Carry the setting profiles of an earlier version over to a later one, as drafts."""

import logging
from dataclasses import dataclass, replace

from django.db import transaction

from scales.actions.drafting import draft_profile, may_edit
from scales.actions.refusals import NotThere
from scales.fitting import fitting_adjustments, items_left_out, items_to_read_again
from scales.forms.codes import code_from
from scales.models import ScaleVersion, SettingProfile, Status

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Carrying:
    """What carrying a profile over does. `left_out`: titles of items that the later version lacks.

    `to_read`: titles, as there, of items whose anchors moved.
    """

    profile: SettingProfile
    left_out: tuple[str, ...]
    to_read: tuple[str, ...]


@dataclass(frozen=True)
class CarryingOver:
    """`origin`: the version that the profiles are of; None where there is nothing to carry over."""

    origin: ScaleVersion | None
    profiles: tuple[Carrying, ...] = ()


def carrying_over(version: ScaleVersion) -> CarryingOver:
    """The published profiles of an earlier version for settings that this one has no profile of, not even a draft.

    The earlier version is the one that this was drafted from, else the newest in the same wording.
    """
    if version.status != Status.PUBLISHED:
        return CarryingOver(None)
    taken = set(version.profiles.values_list("setting", flat=True))
    for origin in _earlier(version):
        rows = origin.profiles.published().select_related("version__scale").order_by("-published_at", "-pk")
        newest: dict[str, SettingProfile] = {}
        for profile in rows:
            newest.setdefault(profile.setting, profile)
        if newest:
            left = sorted(
                (one for one in newest.values() if one.setting not in taken), key=lambda one: one.title
            )
            return CarryingOver(origin if left else None, tuple(_carrying(one, version) for one in left))
    return CarryingOver(None)


@transaction.atomic
def carry_over_profiles(*, version: ScaleVersion, by) -> CarryingOver:
    """Draft what `carrying_over` names. Raises `NotAllowed`, and `NotThere` where the version is not published."""
    may_edit(by)
    locked = ScaleVersion.objects.select_for_update(of=("self",), no_key=True).get(pk=version.pk)
    if locked.status != Status.PUBLISHED:
        raise NotThere
    scale, done = locked.to_spec(), carrying_over(locked)
    for one in done.profiles:
        definition = one.profile.to_spec()
        codes = set(locked.profiles.values_list("code", flat=True))
        own = replace(
            definition,
            code=code_from(definition.code, taken=codes, instead="profile"),
            adjustments=fitting_adjustments(definition, scale),
        )
        draft_profile(definition=own, version=locked, by=by, copied_from=one.profile)
    logger.info("profiles carried over: %s to version %s", len(done.profiles), locked.pk)
    return done


def _earlier(version: ScaleVersion) -> list[ScaleVersion]:
    others = (
        ScaleVersion.objects.readable()
        .filter(
            scale=version.scale_id, language__iexact=version.language, published_at__lte=version.published_at
        )
        .exclude(pk=version.pk)
        .select_related("scale")
        .order_by("-published_at", "-pk")
    )
    return sorted(others, key=lambda one: one.pk != version.copied_from_id)


def _carrying(profile: SettingProfile, version: ScaleVersion) -> Carrying:
    spec, before, after = profile.to_spec(), profile.version.to_spec(), version.to_spec()
    return Carrying(
        profile,
        tuple(before.item(code).short_title for code in items_left_out(spec, after)),
        tuple(after.item(code).short_title for code in items_to_read_again(spec, before, after)),
    )
