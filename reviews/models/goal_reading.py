"""What the reviewers of the next visit found had become of a goal."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reviews.models.action_plan import Goal
from reviews.models.influence import frozen_once_issued
from reviews.models.review import Review


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class GoalReading(models.Model):
    """`review`: the one at which the goal was looked at again. Part of its report, and final with it."""

    class Outcome(models.TextChoices):
        REACHED = "reached", _("reached")
        PARTLY = "partly", _("partly reached")
        NOT_REACHED = "not-reached", _("not reached")
        NO_LONGER_WANTED = "no-longer-wanted", _("no longer wanted")

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="readings")
    review = models.ForeignKey(Review, models.CASCADE, related_name="goal_readings")
    outcome = models.CharField(_("what became of it"), max_length=20, choices=Outcome)
    text = models.TextField(_("what was seen"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["review_id", "goal__place"]
        constraints = [
            models.UniqueConstraint(fields=["goal", "review"], name="a_goal_is_read_back_once_per_review"),
            models.CheckConstraint(
                name="a_reading_says_what_became_of_the_goal",
                condition=models.Q(outcome__in=["reached", "partly", "not-reached", "no-longer-wanted"]),
            ),
        ]
        triggers = [frozen_once_issued()]

    def __str__(self):
        return f"{self.goal_id}: {self.outcome}"
