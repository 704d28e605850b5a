"""Worksheets: what the team counted at a visit, a row per specialist, job or record, entered once for all items."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reviews.models.review import Review


class Sheet(models.TextChoices):
    """The columns of each are in `reviews.worksheets.columns`."""

    SPECIALISTS = "specialists", _("Employment specialists")
    TEAMS = "teams", _("Teams and caseloads")
    JOBS = "jobs", _("Job starts")
    FIRST_CONTACTS = "first-contacts", _("Time to first employer contact")
    RECORDS = "records", _("Client records read")


class WorksheetRow(models.Model):
    """One line of a worksheet. `cells`: column code to the text that was typed; empty cells are left out."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="worksheet_rows")
    sheet = models.CharField(max_length=20, choices=Sheet)
    place = models.PositiveIntegerField()
    cells = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["review_id", "sheet", "place", "pk"]
        indexes = [models.Index(fields=["review", "sheet", "place"], name="rows_of_a_worksheet")]

    def __str__(self):
        return f"{self.review_id} {self.sheet} {self.place}"
