"""Which scale version a program's new reviews start with, once the program has chosen."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programs.models import Program
from scales.models import ScaleVersion


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class ProgramScale(models.Model):
    """A program's own choice; reviews that are planned already keep their version."""

    program = models.OneToOneField(
        Program, models.CASCADE, related_name="chosen_scale", verbose_name=_("program")
    )
    version = models.ForeignKey(
        ScaleVersion, models.PROTECT, related_name="+", verbose_name=_("scale version")
    )
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["program_id"]

    def __str__(self):
        return f"{self.program}: {self.version}"
