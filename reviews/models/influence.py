"""What helps or hinders a service, and what it does differently: recorded by the team, never part of a score."""

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reviews.influences.cfir import CONSTRUCTS
from reviews.models.review import Review
from scales.models import Item
from scales.models.status import frozen_with


def frozen_once_issued():
    return frozen_with(
        "reviews_review", "{row}.review_id", closed="parent.stage = 'issued'", name="frozen_once_issued"
    )


class SiteRecordQuerySet(models.QuerySet):
    def standing(self):
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)


class SiteRecord(models.Model):
    """What the team records of a site beside the scores. `item`: the item it bears on, None for the whole site.

    `by` wrote it first, `changed_by` last changed it. Withdrawn ones are kept, and are not in the report.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="%(class)ss")
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("item")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    noted_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    revision = models.PositiveIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = SiteRecordQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["review_id", "noted_at", "pk"]

    def clean(self):
        if self.item_id and self.item_id not in self.review.version.item_ids().values():
            raise ValidationError({"item": gettext("This item is not in the review's scale version.")})


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Influence(SiteRecord):
    """What stands in the way of good IPS here, or helps it. `construct`: code of a construct of the updated CFIR."""

    class Kind(models.TextChoices):
        BARRIER = "barrier", _("Barrier")
        FACILITATOR = "facilitator", _("Facilitator")

    kind = models.CharField(_("barrier or facilitator"), max_length=12, choices=Kind)
    construct = models.SlugField(_("what it is about"), max_length=60, db_index=False)
    text = models.TextField(_("what helps or hinders"))

    class Meta(SiteRecord.Meta):
        constraints = [
            models.CheckConstraint(
                name="an_influence_helps_or_hinders",
                condition=Q(kind__in=["barrier", "facilitator"]),
                violation_error_message=_("Say whether it is a barrier or a facilitator."),
            ),
            models.CheckConstraint(
                name="an_influence_is_said_in_words",
                condition=~Q(text="") & ~Q(construct=""),
                violation_error_message=_("Say what helps or hinders, and what it is about."),
            ),
        ]
        triggers = [frozen_once_issued()]

    def __str__(self):
        return f"{self.kind}, {self.construct}: {self.text[:40]}"

    def clean(self):
        super().clean()
        if self.construct not in CONSTRUCTS:
            raise ValidationError({"construct": gettext("Choose what it is about.")})


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Adaptation(SiteRecord):
    """What is done differently here than IPS says, and why. It never changes a score.

    What is asked follows FRAME: whether a change was planned or came about, who decided, since when, and whether it
    keeps what the model stands for. Source: Wiltsey Stirman S, Baumann AA, Miller CJ. The FRAME: an expanded framework
    for reporting adaptations and modifications to evidence-based interventions. Implementation Science 2019;14:58.
    """

    class CoreKept(models.TextChoices):
        YES = "yes", _("Yes, what makes it IPS is kept")
        NO = "no", _("No, part of it is lost")
        UNSURE = "unsure", _("Not sure")

    what = models.TextField(_("what is done differently"))
    why = models.TextField(_("why"))
    planned = models.BooleanField(_("planned"))
    decided_by = models.CharField(_("who decided"), max_length=120, blank=True)
    since = models.CharField(_("since when"), max_length=60, blank=True)
    core_kept = models.CharField(_("core of IPS kept"), max_length=6, choices=CoreKept)

    class Meta(SiteRecord.Meta):
        constraints = [
            models.CheckConstraint(
                name="an_adaptation_says_what_and_why",
                condition=~Q(what="") & ~Q(why=""),
                violation_error_message=_("Say what is done differently, and why."),
            ),
            models.CheckConstraint(
                name="an_adaptation_says_whether_the_core_is_kept",
                condition=Q(core_kept__in=["yes", "no", "unsure"]),
                violation_error_message=_("Say whether what makes it IPS is kept."),
            ),
        ]
        triggers = [frozen_once_issued()]

    def __str__(self):
        return self.what[:60]
