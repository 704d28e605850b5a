"""The visit itself: its agenda, and the dates that a timetable sets."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews.models.review import Review
from reviews.visit.timetable import Anchor, Purpose, Unit, day_after


class Activity(models.TextChoices):
    INTERVIEW = "interview", _("Interview")
    OBSERVATION = "observation", _("Observation")
    RECORDS = "records", _("Records to read")
    DOCUMENT = "document", _("Document asked for")
    MEETING = "meeting", _("Meeting")


class AgendaEntry(models.Model):
    """One line of the visit's agenda. `day`: 1 is the first day of the visit, 0 is before it."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="agenda")
    activity = models.CharField(_("what"), max_length=12, choices=Activity)
    title = models.CharField(_("with whom, or of what"), max_length=120)
    day = models.PositiveSmallIntegerField(_("day of the visit"), default=1)
    starts_at = models.TimeField(_("starts at"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    remote = models.BooleanField(_("by video or phone"), default=False)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["review_id", "day", models.F("starts_at").asc(nulls_last=True), "pk"]
        verbose_name_plural = "agenda entries"
        constraints = [
            models.CheckConstraint(
                name="an_agenda_entry_is_done_by_someone",
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.get_activity_display()}: {self.title}"

    @property
    def is_done(self) -> bool:
        return self.done_at is not None


class TimetablePolicy(models.Model):
    """A named timetable, such as England's, from which a review takes its dates."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    note = models.TextField(_("where it comes from"), blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["name"]
        verbose_name = _("timetable")

    def __str__(self):
        return self.name


class TimedStep(models.Model):
    """A step and when it is due: `offset` units before or after a day of the review (`reviews.visit.timetable`)."""

    place = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("step"), max_length=160)
    anchor = models.CharField(
        _("counted from"), max_length=10, choices=[(anchor.value, anchor.value) for anchor in Anchor]
    )
    offset = models.PositiveSmallIntegerField(_("how many"))
    unit = models.CharField(_("unit"), max_length=6, choices=[(unit.value, unit.value) for unit in Unit])
    purpose = models.CharField(
        _("what it is"),
        max_length=12,
        choices=[(purpose.value, purpose.value) for purpose in Purpose],
        default=Purpose.STEP.value,
        db_default=Purpose.STEP.value,
    )

    class Meta:
        abstract = True

    def __str__(self):
        return self.title


class TimetableStep(TimedStep):
    policy = models.ForeignKey(TimetablePolicy, models.CASCADE, related_name="steps")

    class Meta:
        ordering = ["policy_id", "place", "pk"]


class Deadline(TimedStep):
    """A step of one review. `set_on`: the day set by hand, None where the rule counts."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="deadlines")
    set_on = models.DateField(_("due on"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["review_id", "place", "pk"]

    def due_on(self, issued_on: date | None = None) -> date | None:
        """The day it is due; None where it counts from an issue that has not been."""
        if self.set_on is not None:
            return self.set_on
        return day_after(
            Anchor(self.anchor),
            self.offset,
            Unit(self.unit),
            starts_on=self.review.starts_on,
            ends_on=self.review.ends_on,
            issued_on=issued_on,
        )

    def is_overdue(self, today: date, issued_on: date | None = None) -> bool:
        due = self.due_on(issued_on)
        return self.done_on is None and due is not None and due < today

    def is_soon(self, today: date, issued_on: date | None = None) -> bool:
        due = self.due_on(issued_on)
        return self.done_on is None and due is not None and today <= due <= today + timedelta(days=14)
