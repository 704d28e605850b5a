"""Load definitions: create what is new, leave what is the same, refuse to change what is published."""

import logging
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from scales import spec
from scales.differences import differences
from scales.figures_file import ScaleFigures
from scales.models import Scale, ScaleFigure, ScaleVersion, SettingProfile, Status
from scales.to_rows import content_hash, write_profile, write_version

logger = logging.getLogger(__name__)


class PublishedDiffers(Exception):
    """The same version or profile is published already, with other content.

    `name`: which one; `differences`: one line for each place that differs.
    """

    def __init__(self, name: str, differences: list[str]):
        self.name, self.differences = name, differences
        listed = "\n".join(f"  - {line}" for line in differences)
        super().__init__(
            f"{name} is published and cannot change. The file differs in:\n{listed}\n"
            "Give the changed definition a new label: a correction is a new version."
        )


class DraftInTheWay(Exception):
    """Someone is drafting under the same label; a file does not publish over a draft."""

    def __init__(self, name: str):
        super().__init__(
            f"{name} is being drafted. Publish or delete the draft, or give the file another label."
        )


@transaction.atomic
def load_version(*, definition: spec.ScaleSpec) -> tuple[ScaleVersion, bool]:
    """Publish a scale version; returns it and whether it is new. Raises `PublishedDiffers`, `DraftInTheWay`."""
    scale, _ = Scale.objects.get_or_create(
        code=definition.scale_code, defaults={"name": definition.scale_name}
    )
    if scale.name != definition.scale_name:
        raise PublishedDiffers(
            scale.code, [f"name: “{scale.name}” is now “{definition.scale_name}” (a scale keeps its name)"]
        )
    existing = (
        ScaleVersion.objects.select_related("scale")
        .select_for_update(of=("self",))
        .filter(scale=scale, label=definition.label)
        .first()
    )
    if existing is not None:
        _refuse_change(f"{scale.code} {existing.label}", existing, definition)
        return existing, False
    version = ScaleVersion.objects.create(
        scale=scale,
        label=definition.label,
        title=definition.title,
        language=definition.language,
        source=definition.source,
        edition=definition.edition,
        permission=definition.permission,
        minimum=definition.minimum,
        maximum=definition.maximum,
    )
    write_version(version, definition)
    _publish(version, definition)
    return version, True


@transaction.atomic
def load_profile(*, definition: spec.ProfileSpec) -> tuple[SettingProfile, bool]:
    """Publish a setting profile of a loaded version; returns it and whether it is new.

    Raises `PublishedDiffers`, `DraftInTheWay` (also for a version that is still a draft), and
    `ScaleVersion.DoesNotExist` where its scale version is not loaded.
    """
    version = ScaleVersion.objects.select_related("scale").get(
        scale__code=definition.scale_code, label=definition.scale_label
    )
    if version.is_draft:
        raise DraftInTheWay(f"{definition.scale_code} {version.label}")
    order = version.to_spec().items_by_code
    definition = replace(
        definition,
        adjustments=tuple(sorted(definition.adjustments, key=lambda row: order[row.item].number)),
    )
    existing = (
        SettingProfile.objects.select_related("version__scale")
        .select_for_update(of=("self",))
        .filter(version=version, code=definition.code)
        .first()
    )
    if existing is not None:
        _refuse_change(f"profile {existing.code} of {version.label}", existing, definition)
        return existing, False
    profile = SettingProfile.objects.create(
        version=version,
        code=definition.code,
        setting=definition.setting,
        title=definition.title,
        in_words=definition.in_words,
        summary=definition.summary,
    )
    write_profile(profile, definition)
    _publish(profile, definition)
    return profile, True


@transaction.atomic
def load_figures(*, definition: ScaleFigures) -> tuple[Scale, bool]:
    """Say which figure of the worksheets each item takes; returns the scale and whether anything is new.

    Items of the scale that the file does not name keep what they have. Raises `Scale.DoesNotExist`.
    """
    scale = Scale.objects.get(code=definition.scale_code)
    before = {row.item_code: (row.figure, row.answers) for row in scale.figures.all()}
    changed = [row for row in definition.items if before.get(row.item) != (row.figure, row.answers)]
    ScaleFigure.objects.bulk_create(
        (
            ScaleFigure(scale=scale, item_code=row.item, figure=row.figure, answers=row.answers)
            for row in changed
        ),
        update_conflicts=True,
        unique_fields=["scale", "item_code"],
        update_fields=["figure", "answers"],
    )
    return scale, bool(changed)


def _refuse_change(name: str, existing: ScaleVersion | SettingProfile, definition) -> None:
    if existing.is_draft:
        raise DraftInTheWay(name)
    if found := list(differences(existing.to_spec(), definition)):
        raise PublishedDiffers(name, found)


def _publish(definition_row: ScaleVersion | SettingProfile, definition) -> None:
    definition_row.status = Status.PUBLISHED
    definition_row.published_at = timezone.now()
    definition_row.content_hash = content_hash(definition)
    definition_row.save(update_fields=["status", "published_at", "content_hash"])
    logger.info("definition published: %s", definition_row.pk)
