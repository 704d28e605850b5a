"""Publish a draft for good, and retire what is published from new use. Who, when and why stay with it."""

import logging

from django.db import transaction
from django.utils import timezone

from scales.actions.drafting import may_edit
from scales.actions.open_draft import open_draft
from scales.actions.refusals import AlreadyRetired, ChangedMeanwhile, NotReady, NotThere
from scales.draft_checks import profile_findings, version_findings
from scales.models import ScaleVersion, SettingProfile, Status
from scales.parts import fingerprint
from scales.to_rows import content_hash

logger = logging.getLogger(__name__)


@transaction.atomic
def publish_version(*, version: ScaleVersion, by, note: str, based_on: str = "") -> ScaleVersion:
    """Raises `NotAllowed`, `NotADraft`, and `NotReady` with what the checks ask for.

    `based_on`: the fingerprint of the draft as the publisher read it; `ChangedMeanwhile` where it is another by now.
    """
    locked = open_draft(version, by)
    definition = locked.to_spec()
    _refuse_unread(definition, based_on)
    _refuse_unready(version_findings(definition))
    return _publish(locked, definition, by, note)


@transaction.atomic
def publish_profile(*, profile: SettingProfile, by, note: str, based_on: str = "") -> SettingProfile:
    """As `publish_version`; raises `NotThere` where its version is not published (any more)."""
    locked = open_draft(profile, by)
    version = ScaleVersion.objects.select_for_update(of=("self",)).get(pk=locked.version_id)
    if version.status != Status.PUBLISHED:
        raise NotThere(version.label)
    definition = locked.to_spec()
    _refuse_unread(definition, based_on)
    _refuse_unready(profile_findings(definition, locked.version.to_spec()))
    return _publish(locked, definition, by, note)


@transaction.atomic
def retire_version(*, version: ScaleVersion, by, note: str) -> ScaleVersion:
    """No new review starts on it; reviews that have it keep it. Raises `NotAllowed`, `AlreadyRetired`."""
    return _retire(version, by, note)


@transaction.atomic
def retire_profile(*, profile: SettingProfile, by, note: str) -> SettingProfile:
    """As `retire_version`."""
    return _retire(profile, by, note)


def _refuse_unread(definition, based_on: str) -> None:
    if based_on and fingerprint(definition) != based_on:
        raise ChangedMeanwhile(definition, fingerprint(definition))


def _refuse_unready(findings) -> None:
    if must := [finding for finding in findings if finding.must]:
        raise NotReady(must)


def _publish(draft, definition, by, note: str):
    draft.status = Status.PUBLISHED
    draft.published_at, draft.published_by, draft.published_note = timezone.now(), by, note
    draft.content_hash = content_hash(definition)
    draft.save()
    logger.info("definition published: %s %s", type(draft).__name__, draft.pk)
    return draft


def _retire(definition, by, note: str):
    may_edit(by)
    locked = type(definition).objects.select_for_update(of=("self",)).get(pk=definition.pk)
    if locked.status != Status.PUBLISHED:
        raise AlreadyRetired
    locked.status = Status.RETIRED
    locked.retired_at, locked.retired_by, locked.retired_note = timezone.now(), by, note
    locked.save(update_fields=["status", "retired_at", "retired_by", "retired_note"])
    logger.info("definition retired: %s %s", type(definition).__name__, definition.pk)
    return locked
