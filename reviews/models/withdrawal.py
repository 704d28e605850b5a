"""That an edition no longer holds: said once, with a reason, beside the edition, which stays as it is."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.models.edition import Edition


class Withdrawal(models.Model):
    """An edition's withdrawal, with its files marked as withdrawn: made once, then served in place of its own.

    `document_sha256`: of the data with the mark in it, which is written from the edition's own and this row.
    """

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="withdrawal")
    reason = models.TextField(_("reason for the withdrawal"))
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    document_sha256 = models.CharField(max_length=64, db_index=True)
    pdf = models.BinaryField()
    pdf_sha256 = models.CharField(max_length=64, db_index=True)

    class Meta:
        ordering = ["edition_id"]
        constraints = [
            models.CheckConstraint(name="a_withdrawal_says_why", condition=~Q(reason="")),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_withdrawal_is_written_once", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self):
        return f"{self.edition_id}, {self.at:%Y-%m-%d}"
