"""Start a draft from a definition, and delete one."""

import logging
from dataclasses import replace

from django.db import IntegrityError, transaction

from scales import spec
from scales.actions.refusals import LabelTaken, NameIsKept, NotADraft, NotAllowed, NotThere
from scales.checking import check_profile
from scales.models import Scale, ScaleVersion, SettingProfile, Status
from scales.parts import head_of
from scales.permissions import may_edit_definitions
from scales.to_rows import write_profile, write_version

logger = logging.getLogger(__name__)


class DoesNotFit(ValueError):
    """A profile does not fit the version it is drafted for. `problems`: one sentence each."""

    def __init__(self, problems: list[str]):
        super().__init__("\n".join(problems))
        self.problems = problems


@transaction.atomic
def draft_version(*, definition: spec.ScaleSpec, by, copied_from: ScaleVersion | None = None) -> ScaleVersion:
    """A draft with the content of a spec, in a new scale where there is none with its code.

    Raises `NotAllowed`, `LabelTaken`, and `NameIsKept` where the scale is there under another name.
    """
    may_edit(by)
    scale = scale_named(definition.scale_code, definition.scale_name)
    head = head_of(definition)
    own = ("label", "title", "language", "source", "edition", "permission", "minimum", "maximum")
    version = ScaleVersion(
        scale=scale,
        created_by=by,
        copied_from=_final(copied_from),
        **{name: getattr(head, name) for name in own},
    )
    _insert(version)
    write_version(version, definition)
    logger.info("version drafted: %s", version.pk)
    return version


@transaction.atomic
def draft_profile(
    *,
    definition: spec.ProfileSpec,
    version: ScaleVersion,
    by,
    copied_from: SettingProfile | None = None,
) -> SettingProfile:
    """A draft profile of a published version, whatever version the spec names.

    Raises `NotAllowed`, `LabelTaken`, `NotThere` where the version is not published (any more), and `DoesNotFit`.
    """
    may_edit(by)
    version = ScaleVersion.objects.select_related("scale").get(pk=version.pk)
    if version.status != Status.PUBLISHED:
        raise NotThere
    scale = version.to_spec()
    fitting = fitted(definition, scale)
    if problems := check_profile(fitting, scale):
        raise DoesNotFit(problems)
    profile = SettingProfile(
        version=version,
        created_by=by,
        copied_from=_final(copied_from),
        code=fitting.code,
        setting=fitting.setting,
        title=fitting.title,
        in_words=fitting.in_words,
        summary=fitting.summary,
    )
    _insert(profile)
    write_profile(profile, fitting)
    logger.info("profile drafted: %s", profile.pk)
    return profile


def fitted(definition: spec.ProfileSpec, scale: spec.ScaleSpec) -> spec.ProfileSpec:
    """The profile as one of this version, its adjustments in the order of the score sheet."""
    order = {item.code: item.number for item in scale.items}
    adjustments = sorted(definition.adjustments, key=lambda row: order.get(row.item, len(order) + 1))
    return replace(
        definition,
        scale_code=scale.scale_code,
        scale_label=scale.label,
        adjustments=tuple(adjustments),
    )


@transaction.atomic
def delete_draft(*, draft: ScaleVersion | SettingProfile, by) -> None:
    """Delete a draft with all its rows; a scale that has no other version goes with it. Raises `NotADraft`."""
    may_edit(by)
    locked = type(draft).objects.select_for_update(of=("self",)).filter(pk=draft.pk).first()
    if locked is None or not locked.is_draft:
        raise NotADraft
    locked.delete()
    if isinstance(locked, ScaleVersion):
        drop_if_empty(locked.scale)
    logger.info("draft deleted: %s %s", type(draft).__name__, draft.pk)


def may_edit(by) -> None:
    """Raises `NotAllowed`."""
    if not may_edit_definitions(by):
        raise NotAllowed


def scale_named(code: str, name: str) -> Scale:
    """The scale of this code, new where there is none. Raises `NameIsKept` where it has another name."""
    scale, _ = Scale.objects.get_or_create(code=code, defaults={"name": name})
    if scale.name != name:
        if scale.versions.exists():
            raise NameIsKept(scale.name)
        scale.name = name
        scale.save(update_fields=["name"])
    return scale


def drop_if_empty(scale: Scale) -> None:
    if not scale.versions.exists():
        scale.delete()


def _insert(definition: ScaleVersion | SettingProfile) -> None:
    try:
        with transaction.atomic():
            definition.save(force_insert=True)
    except IntegrityError as error:
        raise LabelTaken(str(definition)) from error


def _final(origin):
    """A draft may be deleted and is not named as an origin."""
    return None if origin is None or origin.is_draft else origin
