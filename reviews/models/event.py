"""The readable timeline of a review: one row per step, never changed."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reviews.models.review import Review


class ReviewEvent(models.Model):
    class Step(models.TextChoices):
        PLANNED = "planned", _("planned the review")
        PLAN_CHANGED = "plan-changed", _("changed the plan")
        RATING_BEGAN = "rating-began", _("began rating")
        SUBMITTED = "submitted", _("submitted their ratings")
        REOPENED = "reopened", _("reopened their submitted ratings")
        CONSENSUS_OPENED = "consensus-opened", _("opened consensus: all ratings are in")
        DRAFT_OPENED = "draft-opened", _("opened the draft report")
        BACK_TO_CONSENSUS = "back-to-consensus", _("went back from the draft to consensus")
        DRAFT_CHANGED = "draft-changed", _("worked on the draft report")
        SENT_TO_MODERATOR = "sent-to-moderator", _("sent the draft to the moderator")
        DRAFT_APPROVED = "draft-approved", _("approved the draft")
        DRAFT_RETURNED = "draft-returned", _("returned the draft with notes")
        SENT_TO_SERVICE = "sent-to-service", _("sent the draft to the service")
        REPLY_DATE_MOVED = "reply-date-moved", _("moved the last day to reply")
        REPLIED = "replied", _("sent the service's reply")
        REPLY_ANSWERED = "reply-answered", _("answered the service's reply")
        RESCORED = "rescored", _("changed a score after the service's reply")
        BACK_TO_DRAFT = "back-to-draft", _("took the draft back from the service")
        REPLY_NOT_ASKED = "reply-not-asked", _("went on without asking the service for a reply")
        ISSUED = "issued", _("issued the report")
        CORRECTION_BEGUN = "correction-begun", _("began a correction")
        CORRECTION_DROPPED = "correction-dropped", _("dropped the correction")
        CORRECTED = "corrected", _("issued a corrected edition")
        WITHDRAWN = "withdrawn", _("withdrew an edition")
        CANCELLED = "cancelled", _("cancelled the review")

    review = models.ForeignKey(Review, models.PROTECT, related_name="timeline")
    step = models.CharField(max_length=20, choices=Step)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["review_id", "at", "pk"]
        triggers = [
            pgtrigger.Protect(
                name="the_timeline_is_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self):
        return f"{self.by} {self.get_step_display()}"
