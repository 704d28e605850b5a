"""Several issued reports in one file: what was asked for, which editions it holds, and how far it is."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programs.models import Program
from reviews.models import Edition


class BundleQuerySet(models.QuerySet):
    def of(self, user):
        """One's own: nobody sees another's."""
        return self.filter(asked_by=user)

    def open(self):
        """Still to be made."""
        return self.filter(state__in=Bundle.OPEN)

    def expired(self):
        return self.filter(expires_at__lte=timezone.now())

    def with_counts(self):
        """`of_all`, `settled`, `included`: how many reports were asked for, are dealt with, are in the file."""
        settled = ~Q(reports__state=BundledReport.State.WAITING)
        # Counting drops the order of the model.
        return (
            self.select_related("program")
            .order_by(*Bundle._meta.ordering)
            .annotate(
                of_all=Count("reports"),
                settled=Count("reports", filter=settled),
                included=Count("reports", filter=Q(reports__state=BundledReport.State.DONE)),
            )
        )


class Bundle(models.Model):
    """A file of several reports, made as a job and kept for some days."""

    class Form(models.TextChoices):
        ZIP = "zip", _("One zip file with a PDF of each report")
        BOUND = "pdf", _("One PDF with all reports bound together")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to begin")
        WORKING = "working", _("being made")
        DONE = "done", _("ready")
        STOPPED = "stopped", _("stopped")

    class Trouble(models.TextChoices):
        NONE = "", ""
        NOTHING_LEFT = "nothing-left", _("None of the reports could be put into it.")
        BROKEN = (
            "broken",
            _(
                "Something went wrong on our side, more than once. Ask again, or tell whoever looks after the product."
            ),
        )

    OPEN = (State.WAITING, State.WORKING)

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    program = models.ForeignKey(Program, models.PROTECT, related_name="+", null=True)
    visits_from = models.DateField(null=True)
    visits_to = models.DateField(null=True)
    form = models.CharField(max_length=3, choices=Form)
    with_workbooks = models.BooleanField(default=False)
    language = models.CharField(max_length=20)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    error = models.CharField(max_length=12, choices=Trouble, blank=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    file = models.FileField(max_length=200, blank=True)
    file_size = models.PositiveBigIntegerField(null=True)
    file_sha256 = models.CharField(max_length=64, blank=True)

    objects = BundleQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_bundle_has_its_file_once_it_is_done",
                condition=Q(state="done", finished_at__isnull=False, file_size__isnull=False)
                & ~Q(file="")
                & ~Q(file_sha256="")
                | ~Q(state="done") & Q(file="", file_sha256="", file_size=None),
            ),
            models.CheckConstraint(
                name="a_bundle_s_period_ends_on_or_after_its_start",
                condition=Q(visits_to__gte=F("visits_from")),
            ),
            models.CheckConstraint(
                name="workbooks_are_in_zip_files_only",
                condition=Q(with_workbooks=False) | Q(form="zip"),
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="bundles_to_delete")]

    def __str__(self):
        return f"{self.pk}: {self.form}, {self.state}"

    @property
    def asked_on(self) -> date:
        return timezone.localdate(self.asked_at)

    @property
    def kept_until(self) -> date:
        return timezone.localdate(self.expires_at)

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_done(self) -> bool:
        return self.state == self.State.DONE


class BundledReport(models.Model):
    """One edition's place in a bundle, fixed when it was asked for. `name`: its file in a zip, without an ending."""

    class State(models.TextChoices):
        WAITING = "waiting", _("to come")
        DONE = "done", _("in the file")
        LEFT_OUT = "left-out", _("left out")

    class Reason(models.TextChoices):
        NONE = "", ""
        NOT_ALLOWED = "not-allowed", _("You may not read this report now.")
        ALTERED = (
            "altered",
            _("The stored PDF is not the one that was issued. Tell whoever looks after the product."),
        )

    bundle = models.ForeignKey(Bundle, models.CASCADE, related_name="reports")
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    name = models.CharField(max_length=400)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=12, choices=Reason, blank=True)
    made_at = models.DateTimeField(null=True)
    pages = models.PositiveIntegerField(null=True)
    workbook = models.BinaryField(null=True)

    class Meta:
        ordering = ["bundle_id", "place"]
        constraints = [
            models.UniqueConstraint(fields=["bundle", "edition"], name="an_edition_is_in_a_bundle_once"),
            models.UniqueConstraint(fields=["bundle", "place"], name="one_report_per_place_in_a_bundle"),
            models.UniqueConstraint(fields=["bundle", "name"], name="file_names_in_a_bundle_differ"),
            models.CheckConstraint(
                name="a_bundled_report_is_settled_at_a_moment",
                condition=Q(state="waiting", made_at=None) | ~Q(state="waiting") & Q(made_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_report_is_left_out_for_a_reason",
                condition=Q(state="left-out") & ~Q(reason="") | ~Q(state="left-out") & Q(reason=""),
            ),
        ]

    def __str__(self):
        return f"{self.bundle_id}/{self.place}: {self.state}"
