"""What a fidelity review came to: the scores that stand, and the figures that follow from them."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from programs.models import Program, Site
from reviews.independence import Label
from reviews.models.past_import import PastImport
from reviews.models.review import Kind, Review
from reviews.models.team import TeamMember
from scales.models import ScaleVersion, SettingProfile

SELF_ASSESSED = (Kind.SELF, Kind.GUIDED)
# A visit that was planned as a review is no review where those who rated turned out to be the service's own.
SELF_LABELLED = (Label.SELF.value, Label.GUIDED.value)
BY_THE_SERVICE = Q(kind__in=SELF_ASSESSED) | Q(independence__in=SELF_LABELLED)


def points_per_item(verbose_name) -> ArrayField:
    """In the order of the score sheet; None where an item has none."""
    return ArrayField(models.PositiveSmallIntegerField(null=True), verbose_name=verbose_name)


class ResultQuerySet(models.QuerySet):
    def standing(self):
        """Without those of which every edition was withdrawn."""
        return self.filter(stands=True)

    def readable_by(self, user):
        """Standing results that the user may read: by a role in the program, or on the team that reviewed.

        Never of a site that the user is rating now: what it scored before would colour their own ratings.
        """
        if not user.is_active:
            return self.none()
        team = TeamMember.objects
        reads = [role.value for role in Role if Permission.READ_REPORT in ROLE_PERMISSIONS[role]]
        programs = Program.objects.where_holding(user, Permission.READ_REPORT)
        rated = team.still_rating().filter(user=user)
        return (
            self.standing()
            .filter(
                Q(site__program__in=programs)
                | Q(review__in=team.filter(user=user, role__in=reads).values("review"))
            )
            .exclude(site__in=rated.values("review__site"))
        )

    def reviewed(self):
        """Without what services found when they assessed themselves."""
        return self.exclude(BY_THE_SERVICE)

    def self_assessed(self):
        return self.filter(BY_THE_SERVICE)

    def of_scale(self, scale):
        return self.filter(version__scale=scale)

    def latest_of_sites(self):
        """Of these, the newest of each site."""
        newest = self.order_by("site_id", "-starts_on", "-pk").distinct("site_id")
        return self.model.objects.filter(pk__in=newest.values("pk"))

    def imported(self):
        """Past reviews that were brought in from old score sheets."""
        return self.filter(imported_from__isnull=False)

    def oldest_first(self):
        return self.order_by("starts_on", "pk")

    def latest_first(self):
        return self.order_by("-starts_on", "-pk")

    def with_details(self):
        return self.select_related("site__program", "site__setting", "version__scale", "profile")


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Result(models.Model):
    """One row per issued review, and per review of the past that was brought in from a score sheet.

    Written where a report is issued, corrected or withdrawn, so that pages about many reviews read one small row of
    each. `independence`: a `Label`. `scores`: of the items of the version in the order of its score sheet, None where
    unrated. `spreads`: the highest minus the lowest of the reviewers' own submitted scores, in the same order, None
    where they cannot be compared. `lowest`, `highest`: what the total can become. `band`: its label, "" where it is
    not certain. The gap's parts and the attainable total are points, by the review's own setting profile.
    `stands`: False once every edition of the report is withdrawn, or the import is taken back. `imported_from`,
    `source_line`: the file that a past review came with, and its line there; `reviewers`, `source_note`: what that
    line says of who reviewed, and beside.
    """

    review = models.OneToOneField(
        Review, models.PROTECT, null=True, blank=True, related_name="result", verbose_name=_("review")
    )
    site = models.ForeignKey(
        Site, models.PROTECT, related_name="results", verbose_name=_("site"), db_index=False
    )
    kind = models.CharField(_("type of review"), max_length=12, choices=Kind)
    starts_on = models.DateField(_("first day of the visit"))
    ends_on = models.DateField(_("last day of the visit"))
    independence = models.CharField(_("independence"), max_length=30)
    version = models.ForeignKey(
        ScaleVersion, models.PROTECT, related_name="results", verbose_name=_("scale version")
    )
    profile = models.ForeignKey(
        SettingProfile, models.PROTECT, related_name="results", verbose_name=_("setting profile")
    )
    scores = points_per_item(_("scores"))
    spreads = points_per_item(_("how far apart the reviewers were"))
    points = models.PositiveIntegerField(_("total"))
    rated = models.PositiveSmallIntegerField(_("rated items"))
    unrated = models.PositiveSmallIntegerField(_("unrated items"))
    lowest = models.PositiveIntegerField(_("lowest that the total can become"))
    highest = models.PositiveIntegerField(_("highest that the total can become"))
    band = models.CharField(_("band"), max_length=100, blank=True)
    setting_lowest = models.PositiveIntegerField()
    setting_highest = models.PositiveIntegerField()
    open_lowest = models.PositiveIntegerField()
    open_highest = models.PositiveIntegerField()
    attainable_lowest = models.PositiveIntegerField()
    attainable_highest = models.PositiveIntegerField()
    stands = models.BooleanField(default=True)
    imported_from = models.ForeignKey(
        PastImport,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="results",
        verbose_name=_("file it came with"),
    )
    source_line = models.PositiveIntegerField(_("line in that file"), null=True, blank=True)
    reviewers = models.CharField(_("reviewers"), max_length=300, blank=True, default="", db_default="")
    source_note = models.CharField(_("note"), max_length=500, blank=True, default="", db_default="")
    written_at = models.DateTimeField(auto_now=True)

    objects = ResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("result")
        ordering = ["-starts_on", "-pk"]
        indexes = [
            models.Index(
                fields=["site", "-starts_on", "-id"],
                condition=Q(stands=True),
                name="standing_results_of_a_site",
            ),
            models.Index(fields=["site"], name="results_of_a_site"),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_total_lies_in_what_it_can_become",
                condition=Q(points__lte=F("lowest"), lowest__lte=F("highest")),
            ),
            models.CheckConstraint(
                name="a_complete_total_becomes_nothing_else",
                condition=~Q(unrated=0) | Q(points=F("lowest"), lowest=F("highest")),
            ),
            models.CheckConstraint(
                name="a_result_counts_every_item",
                condition=Q(scores__len=F("rated") + F("unrated"), spreads__len=F("rated") + F("unrated")),
            ),
            models.CheckConstraint(
                name="a_result_ends_on_or_after_its_start", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="a_result_is_of_a_review_or_of_an_import",
                condition=Q(review__isnull=True, imported_from__isnull=False)
                | Q(review__isnull=False, imported_from__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["site", "version", "starts_on"],
                condition=Q(stands=True, imported_from__isnull=False),
                name="a_past_review_is_brought_in_once",
            ),
        ]

    def __str__(self):
        return f"{self.site_id} {self.starts_on:%Y-%m-%d}: {self.points}"

    @property
    def is_complete(self) -> bool:
        return self.unrated == 0

    @property
    def is_self_assessed(self) -> bool:
        return self.kind in SELF_ASSESSED or self.independence in SELF_LABELLED

    @property
    def is_imported(self) -> bool:
        return self.imported_from_id is not None
        return self.kind in SELF_ASSESSED or self.independence in SELF_LABELLED

    @property
    def label(self) -> Label:
        return Label(self.independence)

    def change_since(self, earlier: "Result") -> int | None:
        """Points gained since then; None where one of the totals is a range, or the scale goes from or to another."""
        now, then = self.version.to_spec(), earlier.version.to_spec()
        same_ends = (now.lowest_total, now.highest_total) == (then.lowest_total, then.highest_total)
        if not (same_ends and self.is_complete and earlier.is_complete):
            return None
        return self.points - earlier.points

    def scores_by_code(self) -> dict[str, int | None]:
        """Item code to score, in the order of the score sheet."""
        return self._by_code(self.scores)

    def spreads_by_code(self) -> dict[str, int | None]:
        return self._by_code(self.spreads)

    def _by_code(self, values: list[int | None]) -> dict[str, int | None]:
        return {item.code: value for item, value in zip(self.version.to_spec().items, values, strict=True)}
