"""The action plan that follows an issued report: its goals, and what was noted on each of them."""

from datetime import date, timedelta

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q, Subquery
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from programs.models import Program
from reviews.models.review import Review
from scales.models import Item

# More than these, and few of them are met; more are allowed.
GOALS_ENOUGH = 4


class ActionPlanQuerySet(models.QuerySet):
    def before(self, review: Review):
        """The plan of the last report of the site that was issued before this review, as a queryset of one or none."""
        return self.filter(review=_last_with_a_plan_before(review))

    def after(self, review: Review):
        """Plans of later reviews of the site; with one of them, this review's own plan is over."""
        return self.filter(review__site=review.site_id, review__starts_on__gt=review.starts_on)

    def newest_of_sites(self):
        """Of each site the plan of its last review."""
        return self.filter(is_current=True)


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class ActionPlan(models.Model):
    """What a service does after a report: opened when the report is issued, seeded from its priorities.

    `is_current`: no later review of the site has a plan.
    """

    review = models.OneToOneField(Review, models.PROTECT, related_name="action_plan")
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_current = models.BooleanField(default=True, db_default=True, editable=False)
    revision = models.PositiveIntegerField(default=0)

    objects = ActionPlanQuerySet.as_manager()

    class Meta:
        ordering = ["review_id"]

    def __str__(self):
        return f"action plan of review {self.review_id}"


def _last_with_a_plan_before(review: Review) -> Subquery:
    """As a value that is looked up first; told as one of several, it has the database read every plan."""
    earlier = (
        Review.objects.issued()
        .filter(site=review.site_id, starts_on__lt=review.starts_on, action_plan__isnull=False)
        .exclude(pk=review.pk)
        .latest_first()
    )
    return Subquery(earlier.values("pk")[:1])


class GoalQuerySet(models.QuerySet):
    def before(self, review: Review):
        """Goals of the plan of the last report of the site that was issued before this review."""
        return self.filter(plan__review=_last_with_a_plan_before(review))

    def visible_to(self, user):
        """Goals of the newest plan of each site, where the user may read that plan now."""
        plans = ActionPlan.objects.filter(review__in=Review.objects.with_action_plan_for(user))
        return self.filter(plan__in=plans.newest_of_sites())

    def editable_by(self, user):
        """Those of programs whose plans the user runs."""
        programs = Program.objects.where_holding(user, Permission.EDIT_ACTION_PLAN)
        return self.filter(plan__review__site__program__in=programs)

    def open(self):
        return self.filter(status=Goal.Status.OPEN)

    def closed(self):
        return self.exclude(status=Goal.Status.OPEN)

    def overdue(self, today: date):
        return self.open().filter(due_on__lt=today)

    def due_within(self, today: date, days: int):
        """Open goals whose day is today or one of the `days` after it."""
        return self.open().filter(due_on__gte=today, due_on__lte=today + timedelta(days=days))

    def without_owner_or_day(self):
        return self.open().filter(Q(owner="") | Q(due_on=None))

    def owned_by(self, user):
        return self.filter(owner_user=user)

    def with_details(self):
        return self.select_related(
            "plan__review__site__program__organization",
            "item",
            "owner_user",
            "closed_by",
            "changed_by",
        )

    def soonest_first(self):
        """Open ones by their day, those without a day after them, closed ones last."""
        return self.order_by(
            models.Case(models.When(status=Goal.Status.OPEN, then=0), default=1),
            F("due_on").asc(nulls_last=True),
            "pk",
        )


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Goal(models.Model):
    """One goal. `item`: None for a goal of the site as a whole, which has no score.

    `score_then`: the agreed score when the report was issued, None where it was not rated; a correction of the
    report does not change it. `owner`: a name, of someone with an account (`owner_user`) or without.
    `carried_from`: the goal of the plan before that this one goes on with.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        REACHED = "reached", _("reached")
        SET_ASIDE = "set-aside", _("set aside")

    plan = models.ForeignKey(ActionPlan, models.CASCADE, related_name="goals")
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("item")
    )
    place = models.PositiveSmallIntegerField()
    score_then = models.PositiveSmallIntegerField(null=True, blank=True)
    target = models.PositiveSmallIntegerField(_("target score"), null=True, blank=True)
    what = models.CharField(_("what is to change"), max_length=500)
    owner = models.CharField(_("who sees to it"), max_length=120, blank=True)
    owner_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="goals"
    )
    due_on = models.DateField(_("by when"), null=True, blank=True)
    measure = models.CharField(_("how we will know"), max_length=500, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(_("why it was set aside"), blank=True)
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="carried_on")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    updated_at = models.DateTimeField(auto_now=True, db_default=Now())
    revision = models.PositiveIntegerField(default=0)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["plan_id", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "place"], name="one_goal_per_place", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(fields=["plan", "carried_from"], name="a_goal_is_carried_on_once"),
            models.CheckConstraint(
                name="a_goal_says_what_is_to_change",
                condition=~Q(what=""),
                violation_error_message=_("Say what is to change."),
            ),
            models.CheckConstraint(
                name="a_goal_without_an_item_has_no_score",
                condition=Q(item__isnull=False) | Q(score_then=None, target=None),
                violation_error_message=_("A goal for the whole site has no target score."),
            ),
            models.CheckConstraint(
                name="a_target_lies_above_the_score_then",
                condition=Q(target=None) | Q(score_then=None) | Q(target__gt=F("score_then")),
                violation_error_message=_("The target lies above the score."),
            ),
            models.CheckConstraint(
                name="an_owner_with_an_account_has_a_name",
                condition=Q(owner_user=None) | ~Q(owner=""),
            ),
            models.CheckConstraint(
                name="a_closed_goal_says_when_by_whom_and_why",
                condition=Q(status="open", closed_on=None, closed_by=None, reason="")
                | Q(status="reached", closed_on__isnull=False, closed_by__isnull=False, reason="")
                | Q(status="set-aside", closed_on__isnull=False, closed_by__isnull=False) & ~Q(reason=""),
                violation_error_message=_("Say why the goal is set aside."),
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(status="open"), name="open_goals_by_day"),
        ]

    def __str__(self):
        return self.what[:60]

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    def is_overdue(self, today: date) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < today


class GoalNote(models.Model):
    """A line on how far a goal is. Written once, kept as it was written."""

    goal = models.ForeignKey(Goal, models.CASCADE, related_name="notes")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("progress note"))

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="a_progress_note_says_something", condition=~Q(text="")),
        ]
        triggers = [
            pgtrigger.Protect(
                name="progress_notes_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self):
        return self.text[:60]
