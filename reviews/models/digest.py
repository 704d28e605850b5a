"""The weekly letter about goals: that it was sent, and who does not want it."""

from django.conf import settings
from django.db import models


class Digest(models.Model):
    """One letter to one person in one week. `week`: its Monday. `goals`: how many it spoke of."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    week = models.DateField()
    sent_at = models.DateTimeField(auto_now_add=True)
    goals = models.PositiveIntegerField()

    class Meta:
        ordering = ["-week", "user_id"]
        constraints = [
            models.UniqueConstraint(fields=["user", "week"], name="one_digest_per_person_and_week")
        ]

    def __str__(self):
        return f"{self.user_id} {self.week}"


class DigestRefusal(models.Model):
    """Someone wants no weekly letter; taken away when they want it again."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digest_refusal")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["user_id"]

    def __str__(self):
        return str(self.user_id)
