"""A correction of an issued report: the new values, kept apart until they are issued as another edition."""

import hashlib
import json

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reviews.models.consensus import ConsensusRating
from reviews.models.edition import Edition
from reviews.models.frozen_consensus import CORRECTABLE
from reviews.models.rating import RatedItem, score_or_not_rated
from reviews.models.review import Review
from scales.models.status import frozen_with

HOW_IT_WAS_DONE = ("interviews", "observations", "records", "not_seen")
PAGE_1 = ("summary", *HOW_IT_WAS_DONE)


def page_1_of(review: Review) -> dict[str, str | int | None]:
    """What the review itself says of the whole visit, by the field's name."""
    return {name: getattr(review, name) for name in PAGE_1}


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Correction(models.Model):
    """One correction, from its beginning to the edition that it was issued as, or until it was dropped.

    `summary`: the new one, None where it stays. `corrects_how_it_was_done`: the counts and `not_seen` are new, where
    a count of None is not said; else they stay. `revision`: counts every change within, to its items too.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="corrections")
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    summary = models.TextField(_("summary"), null=True, blank=True)
    corrects_how_it_was_done = models.BooleanField(default=False)
    interviews = models.PositiveSmallIntegerField(_("interviews"), null=True, blank=True)
    observations = models.PositiveSmallIntegerField(_("observations"), null=True, blank=True)
    records = models.PositiveSmallIntegerField(_("records read"), null=True, blank=True)
    not_seen = models.TextField(_("what was not seen"), blank=True, default="")
    reason = models.TextField(_("reason for the correction"), blank=True)
    revision = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    edition = models.OneToOneField(
        Edition, models.PROTECT, null=True, blank=True, related_name="issued_correction"
    )

    class Meta:
        ordering = ["review_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review"],
                condition=Q(ended_at=None),
                name="one_open_correction_per_review",
            ),
            models.CheckConstraint(
                name="a_correction_that_is_issued_has_ended_and_says_why",
                condition=Q(edition=None) | (Q(ended_at__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="a_correction_ends_after_it_begins",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("begun_at")),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="an_ended_correction_stays_as_it_is",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__ended_at__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.review_id}, begun {self.begun_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @property
    def page_1_now(self) -> dict[str, str | int | None]:
        """The summary and how the review was done, as the corrected report will have them."""
        corrected = {} if self.summary is None else {"summary": self.summary}
        if self.corrects_how_it_was_done:
            corrected |= {name: getattr(self, name) for name in HOW_IT_WAS_DONE}
        return page_1_of(self.review) | corrected

    @property
    def mark_of_page_1(self) -> str:
        """SHA-256 of `page_1_now`: by it a page says what it showed."""
        return hashlib.sha256(json.dumps(self.page_1_now).encode()).hexdigest()

    @property
    def corrects_page_1(self) -> bool:
        return self.summary is not None or self.corrects_how_it_was_done

    @property
    def corrects_anything(self) -> bool:
        return self.corrects_page_1 or self.items.exists()

    def by_code(self) -> dict[str, "CorrectedItem"]:
        """What is corrected so far, by item code; one query."""
        return {row.item.code: row for row in self.items.select_related("item")}


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class CorrectedItem(RatedItem):
    """The agreed rating of one item as the correction will have it: every field of `CORRECTABLE`."""

    correction = models.ForeignKey(Correction, models.CASCADE, related_name="items")
    strength = models.CharField(_("strength, in one sentence"), max_length=200, blank=True)
    action = models.CharField(_("what to do next, in one sentence"), max_length=200, blank=True)
    target = models.PositiveSmallIntegerField(_("target score"), null=True, blank=True)

    class Meta:
        ordering = ["correction_id", "item_id"]
        constraints = [
            models.UniqueConstraint(fields=["correction", "item"], name="one_row_per_item_of_a_correction"),
            score_or_not_rated("a_correction_is_a_score_or_not_rated"),
        ]
        triggers = [
            frozen_with(
                "reviews_correction",
                "{row}.correction_id",
                closed="parent.ended_at IS NOT NULL",
                name="frozen_once_ended",
            )
        ]

    def __str__(self):
        return f"{self.item_id}: {self.score}"

    def put_into(self, rating: ConsensusRating) -> ConsensusRating:
        """The agreed rating with the corrected values, not saved."""
        for name in CORRECTABLE:
            setattr(rating, name, getattr(self, name))
        return rating
