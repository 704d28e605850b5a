"""A file of old score sheets: what was read from it, and how its columns and rows become past reviews."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from scales.models import ScaleVersion


class PastImportQuerySet(models.QuerySet):
    def of(self, user):
        """Files are their uploaders' own: one may hold sites of more programs than another person may see."""
        return self.filter(by=user).select_related("version__scale")

    def without_lines(self):
        """For pages that do not show the file's cells, of which there may be very many."""
        return self.defer("lines")

    def latest_first(self):
        return self.order_by("-at", "-pk")


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent(), exclude=["lines"])
class PastImport(models.Model):
    """One upload. Only the texts of its cells are kept; formulas and everything else of the file are not.

    `heads`: of the columns. `lines`: number of each line in the file, and its cells. `mapping`: per column the code of
    what it holds, "" for nothing. `answers`: what the person said where the file does not (`importing.answers`).
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="past_imports")
    at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    file_name = models.CharField(_("file"), max_length=200)
    version = models.ForeignKey(
        ScaleVersion, models.PROTECT, related_name="past_imports", verbose_name=_("scale version")
    )
    heads = models.JSONField(default=list)
    lines = models.JSONField(default=list)
    mapping = models.JSONField(default=list)
    answers = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=0)
    applied_at = models.DateTimeField(_("brought in"), null=True, blank=True)
    left_out = models.PositiveIntegerField(_("rows left out"), default=0)
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    objects = PastImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of past reviews")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="only_what_was_brought_in_is_taken_back",
                condition=Q(taken_back_at=None) | Q(applied_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.file_name}, {self.at:%Y-%m-%d}"

    @property
    def is_applied(self) -> bool:
        return self.applied_at is not None
