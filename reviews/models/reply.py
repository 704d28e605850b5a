"""What the service says to the draft, item by item and on the whole, and what the lead answers."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.models.review import Review
from scales.models import Item
from scales.models.status import frozen_with


def answers_alone_after_sending(words: tuple[str, ...], sent: str, *, rows_of_it=False) -> pgtrigger.Trigger:
    """Refuse to change the service's own words once they are sent; answers are still written beside them.

    `words`: columns that are the service's. `sent`: SQL that says whether a row `{row}` belongs to a sent reply.
    `rows_of_it`: whether the rows are parts of a reply, of which none is added later.
    """
    changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in words)
    return pgtrigger.Trigger(
        name="a_sent_reply_keeps_its_words",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF TG_OP = 'INSERT' THEN
                IF {sent.format(row="NEW") if rows_of_it else "FALSE"} THEN
                    RAISE EXCEPTION '%: a sent reply stays as it is', TG_TABLE_NAME
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            END IF;
            IF {sent.format(row="OLD")} THEN
                IF TG_OP = 'DELETE' OR {changed} THEN
                    RAISE EXCEPTION '% %: a sent reply stays as it is', TG_TABLE_NAME, OLD.id
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        """,
    )


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class ServiceReply(models.Model):
    """One time that the draft was with the service. `ended_at`: when it went back to draft, else None."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="service_replies")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reply_by = models.DateField(_("last day to reply"))
    text = models.TextField(_("on the whole report"), blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.TextField(_("answer"), blank=True)
    revision = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["review_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review"],
                condition=Q(ended_at=None),
                name="a_draft_is_with_the_service_once_at_a_time",
            ),
            models.CheckConstraint(
                name="a_reply_is_sent_by_someone",
                condition=Q(replied_at=None, replied_by=None)
                | Q(replied_at__isnull=False, replied_by__isnull=False),
            ),
        ]
        triggers = [
            answers_alone_after_sending(
                ("review_id", "text", "replied_at", "replied_by_id"), "{row}.replied_at IS NOT NULL"
            ),
            frozen_with(
                "reviews_review",
                "{row}.review_id",
                closed="parent.stage = 'issued'",
                name="frozen_once_issued",
            ),
        ]

    def __str__(self):
        return f"{self.review_id}, by {self.reply_by}"

    @property
    def is_sent(self) -> bool:
        return self.replied_at is not None


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class ItemReply(models.Model):
    """What the service says to one item. `rescored`: whether the score changed after it; the old one is kept here."""

    reply = models.ForeignKey(ServiceReply, models.CASCADE, related_name="items")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    text = models.TextField(_("reply"), blank=True)
    evidence = models.TextField(_("evidence that you add"), blank=True)
    answer = models.TextField(_("answer"), blank=True)
    rescored = models.BooleanField(default=False)
    score_before = models.PositiveSmallIntegerField(null=True, blank=True)
    score_after = models.PositiveSmallIntegerField(null=True, blank=True)
    rescore_reason = models.TextField(_("reason for the new score"), blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["reply_id", "item_id"]
        constraints = [
            models.UniqueConstraint(fields=["reply", "item"], name="one_reply_per_item"),
            models.CheckConstraint(
                name="a_new_score_has_a_reason",
                condition=Q(rescored=False, score_before=None, score_after=None, rescore_reason="")
                | Q(rescored=True, score_after__isnull=False) & ~Q(rescore_reason=""),
                violation_error_message=_("Say why the score changes."),
            ),
        ]
        triggers = [
            answers_alone_after_sending(
                ("reply_id", "item_id", "text", "evidence"),
                "EXISTS (SELECT 1 FROM reviews_servicereply reply"
                " WHERE reply.id = {row}.reply_id AND reply.replied_at IS NOT NULL)",
                rows_of_it=True,
            ),
            frozen_with(
                "reviews_review",
                "SELECT review_id FROM reviews_servicereply WHERE id = {row}.reply_id",
                closed="parent.stage = 'issued'",
                name="frozen_once_issued",
            ),
        ]

    def __str__(self):
        return f"{self.item_id}: {self.text[:40]}"
