"""One reviewer's own ratings: blind until submitted, then frozen."""

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.missing import MissingPiece, missing_before_submission
from reviews.models.team import TeamMember
from scales.models import Item
from scales.models.status import frozen_with
from scales.spec import ScaleSpec
from scales.suggestion import Suggestion


def score_or_not_rated(name: str) -> models.CheckConstraint:
    """A rating has a score, or is marked not rated, or neither yet; never both."""
    return models.CheckConstraint(
        name=name,
        condition=Q(not_rated=False) | Q(score=None),
        violation_error_message=_("An item is either scored or not rated."),
    )


class RatedItem(models.Model):
    """What is written about one item, alone or in consensus. `score` None and not `not_rated`: not yet."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField(_("score"), null=True, blank=True)
    not_rated = models.BooleanField(_("not rated"), default=False)
    unrated_code = models.SlugField(_("reason for not rating"), blank=True)
    unrated_note = models.TextField(_("reason in your words"), blank=True)
    rationale = models.TextField(_("why this score"), blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    recommendation = models.TextField(_("recommendation"), blank=True)
    suggested = models.PositiveSmallIntegerField(_("suggested score"), null=True, blank=True, editable=False)
    departure_reason = models.TextField(_("why you depart from the suggestion"), blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True

    @property
    def is_settled(self) -> bool:
        return self.score is not None or self.not_rated


class RatingSetQuerySet(models.QuerySet):
    def of(self, review, user):
        return self.filter(member__review=review, member__user=user.pk)

    def submitted_by(self, review, user):
        return self.of(review, user).filter(submitted_at__isnull=False)


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class RatingSet(models.Model):
    """All of one reviewer's ratings in a review.

    Submitted, it stays so; only while others still rate may it be reopened, counted and with a reason.
    """

    member = models.OneToOneField(TeamMember, models.CASCADE, related_name="rating_set")
    submitted_at = models.DateTimeField(null=True, blank=True)
    reopenings = models.PositiveSmallIntegerField(default=0, editable=False)
    reopening_reason = models.TextField(_("why the ratings were reopened"), blank=True)

    objects = RatingSetQuerySet.as_manager()

    class Meta:
        triggers = [
            pgtrigger.Trigger(
                name="a_submitted_set_stays_submitted",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__submitted_at__isnull=False),
                func="""
                    IF TG_OP = 'UPDATE' THEN
                        IF NEW.submitted_at IS NULL AND NEW.member_id = OLD.member_id
                           AND NEW.reopenings = OLD.reopenings + 1 AND btrim(NEW.reopening_reason) <> ''
                           AND EXISTS (SELECT 1 FROM reviews_review review
                                       JOIN reviews_teammember member ON member.review_id = review.id
                                       WHERE member.id = OLD.member_id AND review.stage = 'rating') THEN
                            RETURN NEW;
                        END IF;
                    END IF;
                    RAISE EXCEPTION 'rating set % is submitted and stays as it is', OLD.id
                        USING ERRCODE = 'integrity_constraint_violation';
                """,
            )
        ]

    def __str__(self):
        return f"{self.member}"

    @property
    def is_submitted(self) -> bool:
        return self.submitted_at is not None

    def by_code(self) -> dict[str, "Rating"]:
        """The ratings begun so far, by item code; one query."""
        return {rating.item.code: rating for rating in self.ratings.select_related("item")}

    def missing(self, spec: ScaleSpec, suggestions: dict[str, Suggestion]) -> list[MissingPiece]:
        """What keeps the set from being submitted, in the order of the score sheet."""
        return missing_before_submission(spec, self.by_code(), suggestions, self.items_in_conflict())

    def items_in_conflict(self) -> set[str]:
        """Codes of items with two texts to choose from."""
        open_conflicts = RatingConflict.objects.filter(rating__rating_set=self, resolved_at=None)
        return set(open_conflicts.values_list("rating__item__code", flat=True))


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Rating(RatedItem):
    """One reviewer's judgement of one item, with its evidence."""

    rating_set = models.ForeignKey(RatingSet, models.CASCADE, related_name="ratings")
    # Points that this reviewer gave each specialist, where the item is judged specialist by specialist: they are
    # scores, so they are not among the facts that the team shares.
    specialist_points = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["rating_set_id", "item_id"]
        constraints = [
            models.UniqueConstraint(fields=["rating_set", "item"], name="one_rating_per_reviewer_and_item"),
            score_or_not_rated("rating_is_a_score_or_not_rated"),
        ]
        triggers = [
            frozen_with("reviews_ratingset", "{row}.rating_set_id", closed="parent.submitted_at IS NOT NULL")
        ]

    def __str__(self):
        return f"{self.item_id}: {self.score}"

    def open_conflict(self):
        """The text kept aside from another window, or None."""
        return self.conflicts.filter(resolved_at=None).first()


class RatingConflict(models.Model):
    """A save that was based on an older revision: kept whole beside the rating until its writer chooses."""

    rating = models.ForeignKey(Rating, models.CASCADE, related_name="conflicts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)
    values = models.JSONField()
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["rating_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rating"], condition=Q(resolved_at=None), name="one_open_conflict_per_rating"
            )
        ]

    def __str__(self):
        return f"{self.rating_id} {self.at:%H:%M}"

    def differences(self) -> list[tuple[str, object, object]]:
        """Label, saved value and kept value of each field in which the two differ."""
        saved = self.rating
        return [
            (saved._meta.get_field(name).verbose_name, getattr(saved, name), kept)
            for name, kept in self.values.items()
            if getattr(saved, name) != kept
        ]
