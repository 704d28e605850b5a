"""A draft held for one change: still a draft, locked, and the part still as the person saw it."""

import logging
from collections.abc import Iterable
from typing import TypeVar

from django.utils import timezone

from scales.actions.drafting import may_edit
from scales.actions.refusals import ChangedMeanwhile, CodeTaken, NotADraft
from scales.models import ScaleVersion, SettingProfile
from scales.parts import fingerprint

logger = logging.getLogger(__name__)

Definition = TypeVar("Definition", ScaleVersion, SettingProfile)

ABOVE = {ScaleVersion: ("scale",), SettingProfile: ("version__scale",)}


def open_draft(draft: Definition, by) -> Definition:
    """The draft, locked. Raises `NotAllowed`, `NotADraft`."""
    may_edit(by)
    model = type(draft)
    rows = model.objects.select_related(*ABOVE[model]).select_for_update(of=("self",))
    locked = rows.filter(pk=draft.pk).first()
    if locked is None or not locked.is_draft:
        raise NotADraft
    return locked


def is_change(stored: object, value: object, based_on: str) -> bool:
    """Whether there is something to save. Raises `ChangedMeanwhile` where the part is not what it was."""
    if stored == value:
        return False
    if fingerprint(stored) != based_on:
        raise ChangedMeanwhile(stored, fingerprint(stored))
    return True


def refuse_twins(codes: Iterable[str]) -> None:
    """Raises `CodeTaken` for the first code that comes twice."""
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise CodeTaken(code)
        seen.add(code)


def touch(definition: ScaleVersion | SettingProfile, by) -> None:
    """Save the row, and who changed the draft last."""
    definition.changed_at, definition.changed_by = timezone.now(), by
    definition.save()
    logger.info("draft changed: %s %s", type(definition).__name__, definition.pk)
