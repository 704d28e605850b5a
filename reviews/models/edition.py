"""An issued report: its data and its PDF, written once."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from reviews.models.review import Review


class EditionQuerySet(models.QuerySet):
    def without_files(self):
        """Leave the large columns in the database, those of a withdrawal too."""
        return self.select_related("withdrawal__by").defer("document", "pdf", "withdrawal__pdf")

    def without_pdfs(self):
        return self.select_related("withdrawal__by").defer("pdf", "withdrawal__pdf")

    def the_one_to_read_first(self):
        """Those of a review that hold before those withdrawn, the newest first."""
        by_standing = self.annotate(is_over=Q(withdrawal__isnull=False))
        return by_standing.order_by("review_id", "is_over", "-major", "-minor")


class Edition(models.Model):
    """Edition 1.0 of a report, later 1.1: frozen data, frozen PDF, and the SHA-256 of each."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="editions")
    major = models.PositiveSmallIntegerField(default=1)
    minor = models.PositiveSmallIntegerField(default=0)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    document = models.TextField()
    document_sha256 = models.CharField(max_length=64, db_index=True)
    pdf = models.BinaryField()
    pdf_sha256 = models.CharField(max_length=64, db_index=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["review_id", "major", "minor"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "major", "minor"], name="one_edition_per_number_of_a_review"
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="an_edition_is_written_once", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self):
        return self.number

    @property
    def is_withdrawn(self) -> bool:
        return hasattr(self, "withdrawal")

    @property
    def number(self) -> str:
        return f"{self.major}.{self.minor}"
