"""The team's agreed rating of one item: what the report prints."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.models.rating import RatedItem, score_or_not_rated
from reviews.models.review import Review
from scales.models.status import frozen_with


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class ConsensusRating(RatedItem):
    """`strength`: a sentence for page 1. `priority`: its place among what to do next; `action`, `target` go with it."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="consensus")
    strength = models.CharField(_("strength, in one sentence"), max_length=200, blank=True)
    priority = models.PositiveSmallIntegerField(_("priority"), null=True, blank=True)
    action = models.CharField(_("what to do next, in one sentence"), max_length=200, blank=True)
    target = models.PositiveSmallIntegerField(_("target score"), null=True, blank=True)

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
        triggers = [frozen_with("reviews_review", "{row}.review_id", closed="parent.stage = 'issued'")]

    def __str__(self):
        return f"{self.item_id}: {self.score}"
