"""A program moves to a scale version: its reviews from now on start with it, those planned already keep theirs."""

import logging

from django.db import transaction
from django.utils import timezone

from accounts.permissions import Permission, is_allowed
from programs.models import Program
from reviews.actions.refusals import NotNow
from reviews.models import ProgramScale
from scales.models import ScaleVersion, Status

logger = logging.getLogger(__name__)


class NotOnOffer(ValueError):
    """The version is not published (any more), so no new review may start with it."""


@transaction.atomic
def choose_version(*, program: Program, version: ScaleVersion, by) -> ProgramScale:
    """Raises `NotNow` for someone who may not choose, and `NotOnOffer`."""
    if not is_allowed(by, Permission.CHOOSE_SCALE, program):
        raise NotNow
    Program.objects.select_for_update(of=("self",)).get(pk=program.pk)
    version = ScaleVersion.objects.select_for_update(of=("self",), no_key=True).get(pk=version.pk)
    if version.status != Status.PUBLISHED:
        raise NotOnOffer
    choice = ProgramScale.objects.filter(program=program).first() or ProgramScale(program=program)
    if choice.version_id != version.pk:
        choice.version, choice.chosen_at, choice.chosen_by = version, timezone.now(), by
        choice.save()
        logger.info("scale version chosen: program %s, version %s", program.pk, version.pk)
    return choice
