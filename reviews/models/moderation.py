"""The moderator's word on a draft: each time it was with them, and what they noted beside the items."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.models.review import Review
from scales.models import Item
from scales.models.status import frozen_with

UNTIL_ISSUED = "parent.stage = 'issued'"


class Moderation(models.Model):
    """One time that the draft was with the moderator. `state`: which draft they decided on, as its SHA-256."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("approved")
        RETURNED = "returned", _("returned")

    review = models.ForeignKey(Review, models.CASCADE, related_name="moderations")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.TextField(_("on the whole draft"), blank=True)
    state = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["review_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review"],
                condition=Q(outcome=""),
                name="a_draft_is_with_the_moderator_once_at_a_time",
            ),
            models.CheckConstraint(
                name="a_draft_is_decided_on_by_someone",
                condition=Q(outcome="", decided_at=None, decided_by=None, state="")
                | ~Q(outcome="") & Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(state=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_moderation_is_decided_once",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=~pgtrigger.Q(old__outcome=""),
            ),
            frozen_with("reviews_review", "{row}.review_id", closed=UNTIL_ISSUED, name="frozen_once_issued"),
        ]

    def __str__(self):
        return f"{self.review_id}: {self.outcome or 'open'}"


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class ModerationNote(models.Model):
    """What the moderator noted on one item; written with the decision."""

    moderation = models.ForeignKey(Moderation, models.CASCADE, related_name="notes")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    text = models.TextField(_("note"))

    class Meta:
        ordering = ["moderation_id", "item_id"]
        constraints = [
            models.UniqueConstraint(fields=["moderation", "item"], name="one_note_per_moderation_and_item")
        ]
        triggers = [
            frozen_with(
                "reviews_moderation",
                "{row}.moderation_id",
                closed="parent.outcome <> ''",
                name="frozen_once_decided",
            )
        ]

    def __str__(self):
        return f"{self.item_id}: {self.text[:40]}"
