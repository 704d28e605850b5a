"""Facts behind the score of an item: the team's, entered once, as typed."""

from django.conf import settings
from django.db import models

from reviews.models.review import Review
from scales.models import Item


class ItemFacts(models.Model):
    """What the team counted for one item. `entries` keeps the figures as typed (`reviews.facts` reads them)."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="facts")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    entries = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["review_id", "item_id"]
        verbose_name_plural = "item facts"
        constraints = [
            models.UniqueConstraint(fields=["review", "item"], name="facts_of_an_item_are_entered_once")
        ]

    def __str__(self):
        return f"{self.review_id}: {self.item_id}"
