"""Evidence notes: what was said, seen or read, by source, tied to the items it bears on."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.models.review import Review
from scales.models import Item


class Source(models.TextChoices):
    INTERVIEW = "interview", _("Interview")
    OBSERVATION = "observation", _("Observation")
    RECORD = "record", _("Client record")
    DOCUMENT = "document", _("Document")
    DATA = "data", _("Service data")


class EvidenceNoteQuerySet(models.QuerySet):
    def standing(self):
        """Notes that were not withdrawn."""
        return self.filter(withdrawn_at=None)


class EvidenceNote(models.Model):
    """What one source gave. Shared by the team; notes that contradict each other both stay.

    `who_or_what`: a role, meeting, document or record number, never a client's name.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="evidence_notes")
    source = models.CharField(_("source"), max_length=12, choices=Source)
    who_or_what = models.CharField(_("who or what"), max_length=120)
    remote = models.BooleanField(_("by video or phone"), default=False)
    text = models.TextField(_("what was said, seen or read"))
    items = models.ManyToManyField(Item, related_name="+", blank=True, verbose_name=_("items it bears on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    revision = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = EvidenceNoteQuerySet.as_manager()

    class Meta:
        ordering = ["review_id", "noted_at", "pk"]
        indexes = [
            models.Index(fields=["review", "source"], condition=Q(withdrawn_at=None), name="notes_by_source")
        ]

    def __str__(self):
        return f"{self.get_source_display()}: {self.who_or_what}"
