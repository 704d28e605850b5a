"""The total that a program's funder asks for: a line beside the band, never instead of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import Lead
from django.utils.translation import gettext_lazy as _

from programs.models import Program
from scales.models import Scale


@dataclass(frozen=True)
class Stretch:
    """A threshold and the days it counts, both included; `until` is None where it counts still."""

    points: int
    source: str
    since: date
    until: date | None


class FundingThresholdQuerySet(models.QuerySet):
    def on_day(self, day: date):
        """Of each program and scale, the one that began last by that day, unless it had ended."""
        begun = self.filter(valid_from__lte=day).order_by("program_id", "scale_id", "-valid_from")
        latest = self.model.objects.filter(pk__in=begun.distinct("program_id", "scale_id").values("pk"))
        return latest.filter(Q(ends_on=None) | Q(ends_on__gte=day))

    def in_force(self, program: Program | int, scale: Scale | int, on: date) -> "FundingThreshold | None":
        return self.filter(program=program, scale=scale).on_day(on).first()

    def of_programs(
        self, programs: Iterable[Program | int], scale: Scale | int, on: date
    ) -> dict[int, "FundingThreshold"]:
        """Number of a program to the one that counts that day, in one query for any number of programs."""
        rows = self.filter(program__in=programs, scale=scale).on_day(on)
        return {row.program_id: row for row in rows}

    def with_last_day(self):
        """Each can then tell its `last_day`."""
        next_one = Window(
            Lead("valid_from"), partition_by=["program_id", "scale_id"], order_by=F("valid_from").asc()
        )
        return self.annotate(next_begins=next_one)

    def stretches(self, program: Program | int, scale: Scale | int) -> list[Stretch]:
        """All of a program and scale, the oldest first: how a line over time is drawn."""
        rows = self.filter(program=program, scale=scale).with_last_day().order_by("valid_from")
        return [Stretch(row.points, row.source, row.valid_from, row.last_day) for row in rows]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class FundingThreshold(models.Model):
    """What a funder asks a program's sites to reach.

    `points`: within what the scale's total can be. `source`: who set it, and where that is written. It counts from
    `valid_from` until another begins, or through `ends_on`.
    """

    program = models.ForeignKey(
        Program, models.CASCADE, related_name="funding_thresholds", verbose_name=_("program")
    )
    scale = models.ForeignKey(Scale, models.PROTECT, related_name="+", verbose_name=_("scale"))
    points = models.PositiveIntegerField(_("total asked for"))
    source = models.CharField(_("source"), max_length=300)
    valid_from = models.DateField(_("valid from"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = FundingThresholdQuerySet.as_manager()

    class Meta:
        verbose_name = _("funding threshold")
        verbose_name_plural = _("funding thresholds")
        ordering = ["program_id", "scale_id", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "scale", "valid_from"],
                name="one_threshold_begins_on_a_day",
                violation_error_message=_("Another threshold begins on this day."),
            ),
            models.CheckConstraint(
                name="a_threshold_has_a_source",
                condition=~Q(source=""),
                violation_error_message=_("Write who set this threshold, and where it is written."),
            ),
            models.CheckConstraint(
                name="a_threshold_ends_on_or_after_its_first_day",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("valid_from")),
                violation_error_message=_("The last day is before the first."),
            ),
        ]

    def __str__(self):
        return f"{self.program_id}, {self.scale_id}: {self.points} from {self.valid_from:%Y-%m-%d}"

    @property
    def last_day(self) -> date | None:
        """The last day it counts, the next one begun or not; None where it counts still. Needs `with_last_day()`."""
        before_next = self.next_begins - timedelta(days=1) if self.next_begins else None
        return min(filter(None, (self.ends_on, before_next)), default=None)
