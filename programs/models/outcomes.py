"""What became of the people a site works with, quarter by quarter, and which job starts a program counts."""

from datetime import date, timedelta

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programs.models.places import Program, Site

EARLIEST_YEAR, LATEST_YEAR = 1990, 2100


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class StartDefinition(models.Model):
    """Which job starts a program counts: chosen from a list, or in its own words with where they are written.

    A program may change it; the one chosen last counts from then on, and each quarter keeps the one it was counted by.
    """

    class Kind(models.TextChoices):
        FIRST_DAY = "first day", _("Any paid competitive job, from the first day worked")
        WEEKS_4 = "4 weeks", _("A paid competitive job kept for 4 weeks")
        WEEKS_13 = "13 weeks", _("A paid competitive job kept for 13 weeks")
        WEEKS_26 = "26 weeks", _("A paid competitive job kept for 26 weeks")
        OWN = "own", _("Own words")

    program = models.ForeignKey(
        Program, models.CASCADE, related_name="start_definitions", verbose_name=_("program")
    )
    kind = models.CharField(_("which starts count"), max_length=12, choices=Kind)
    words = models.CharField(_("own words"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("definition of a job start")
        verbose_name_plural = _("definitions of a job start")
        ordering = ["-chosen_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "kind", "words"],
                name="a_program_has_each_definition_of_a_start_once",
                violation_error_message=_("This program has this definition already."),
            ),
            models.CheckConstraint(
                name="own_words_are_there_where_they_are_chosen",
                condition=(Q(kind="own") & ~Q(words="") & ~Q(source="")) | (~Q(kind="own") & Q(words="")),
                violation_error_message=_("Write which starts count, and where that is written."),
            ),
        ]

    def __str__(self):
        return self.words or str(self.get_kind_display())


class QuarterlyOutcomeQuerySet(models.QuerySet):
    def oldest_first(self):
        return self.order_by("year", "quarter")

    def of_site(self, site: Site):
        """Every quarter of a site, oldest first, each with the definition it was counted by."""
        return self.filter(site=site).select_related("definition").oldest_first()


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class QuarterlyOutcome(models.Model):
    """The numbers of one site in one quarter; None is not known, which is not zero.

    `on_caseload` and `in_work`: people at the end of the quarter. `job_starts`: all starts in the quarter;
    `starts_by_definition`: those among them that count by `definition`.
    """

    NUMBERS = ("on_caseload", "job_starts", "in_work", "starts_by_definition")

    site = models.ForeignKey(Site, models.CASCADE, related_name="quarterly_outcomes", verbose_name=_("site"))
    year = models.PositiveSmallIntegerField(_("year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    on_caseload = models.PositiveIntegerField(_("people on the caseload"), null=True, blank=True)
    job_starts = models.PositiveIntegerField(_("job starts"), null=True, blank=True)
    in_work = models.PositiveIntegerField(_("people in work"), null=True, blank=True)
    starts_by_definition = models.PositiveIntegerField(
        _("job starts that count by the definition"), null=True, blank=True
    )
    definition = models.ForeignKey(
        StartDefinition,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="outcomes",
        verbose_name=_("definition of a job start"),
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = QuarterlyOutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("quarter of employment outcomes")
        verbose_name_plural = _("quarters of employment outcomes")
        ordering = ["site_id", "year", "quarter"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "year", "quarter"],
                name="one_row_of_outcomes_per_site_and_quarter",
                violation_error_message=_("This quarter is entered already."),
            ),
            models.CheckConstraint(
                name="a_quarter_is_one_of_four",
                condition=Q(quarter__gte=1, quarter__lte=4)
                & Q(year__gte=EARLIEST_YEAR, year__lte=LATEST_YEAR),
                violation_error_message=_("Give a year, and a quarter from 1 to 4."),
            ),
            models.CheckConstraint(
                name="starts_that_count_are_among_all_starts",
                condition=Q(starts_by_definition=None)
                | Q(job_starts=None)
                | Q(starts_by_definition__lte=F("job_starts")),
                violation_error_message=_("No more starts can count than there were."),
            ),
            models.CheckConstraint(
                name="starts_are_counted_by_a_definition",
                condition=Q(starts_by_definition=None) | Q(definition__isnull=False),
                violation_error_message=_("Say which starts count."),
            ),
            models.CheckConstraint(
                name="a_quarter_has_a_number",
                condition=Q(on_caseload__isnull=False)
                | Q(job_starts__isnull=False)
                | Q(in_work__isnull=False)
                | Q(starts_by_definition__isnull=False),
                violation_error_message=_("Give at least one number."),
            ),
        ]

    def __str__(self):
        return f"{self.site_id}: {self.label}"

    @property
    def label(self) -> str:
        return f"{self.year} Q{self.quarter}"

    @property
    def ends_on(self) -> date:
        """The last day of the quarter."""
        first_after = (
            date(self.year + 1, 1, 1) if self.quarter == 4 else date(self.year, 3 * self.quarter + 1, 1)
        )
        return first_after - timedelta(days=1)

    @property
    def share_in_work(self) -> float | None:
        """People in work for each person on the caseload; None where either is unknown or nobody is on it.

        May pass 1: who left the caseload may be in work still.
        """
        if not self.on_caseload or self.in_work is None:
            return None
        return self.in_work / self.on_caseload

    @property
    def starts_per_person(self) -> float | None:
        """Job starts in the quarter for each person on the caseload; None as above."""
        if not self.on_caseload or self.job_starts is None:
            return None
        return self.job_starts / self.on_caseload
