"""The team's agreed rating of one item: what the report prints."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.models.frozen_consensus import issued_ratings_change_by_correction_alone
from reviews.models.rating import RatedItem, score_or_not_rated
from reviews.models.review import Review


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class ConsensusRating(RatedItem):
    """`reason`: why the team agreed a score that not all of its reviewers gave.

    `strength`: a sentence for page 1. `priority`: its place among what to do next; `action`, `target` go with it.
    `correction`: the one that gave it its values after the report was issued.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="consensus")
    reason = models.TextField(_("reason for the agreed score"), blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    strength = models.CharField(_("strength, in one sentence"), max_length=200, blank=True)
    priority = models.PositiveSmallIntegerField(_("priority"), null=True, blank=True)
    action = models.CharField(_("what to do next, in one sentence"), max_length=200, blank=True)
    target = models.PositiveSmallIntegerField(_("target score"), null=True, blank=True)
    correction = models.ForeignKey(
        "reviews.Correction", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["review_id", "item_id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "item"], name="one_consensus_per_review_and_item"),
            models.UniqueConstraint(
                fields=["review", "priority"],
                condition=Q(priority__isnull=False),
                name="one_item_per_priority",
                violation_error_message=_("Two items have the same place among the priorities."),
            ),
            models.CheckConstraint(
                name="a_priority_says_what_to_do",
                condition=Q(priority=None) | ~Q(action=""),
                violation_error_message=_("Say in one sentence what to do."),
            ),
            score_or_not_rated("consensus_is_a_score_or_not_rated"),
        ]
        triggers = issued_ratings_change_by_correction_alone()

    def __str__(self):
        return f"{self.item_id}: {self.score}"


class ConsensusPresence(models.Model):
    """Who has the consensus page of a review open, and on which item; the other device shows it."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="present")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    item_code = models.SlugField(blank=True, max_length=60)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "user"], name="one_presence_per_person_and_review")
        ]

    def __str__(self):
        return f"{self.user_id} {self.item_code}"
