"""A setting profile: what a setting does to the items of one scale version. It explains a gap, never a score."""

from functools import lru_cache

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from scales import spec
from scales.from_rows import read_profile
from scales.models.status import (
    PublishedOnce,
    Status,
    frozen_with,
    published_stays_as_it_is,
    status_matches_its_dates,
)
from scales.models.version import Item, ScaleVersion, tracked

OF_PROFILE = frozen_with("scales_settingprofile", "{row}.profile_id")
OF_ADJUSTMENT = frozen_with(
    "scales_settingprofile",
    "SELECT adjustment.profile_id FROM scales_adjustment adjustment WHERE adjustment.id = {row}.adjustment_id",
)
OF_OWN_ADJUSTMENT = frozen_with(
    "scales_settingprofile",
    "SELECT adjustment.profile_id FROM scales_adjustment adjustment WHERE adjustment.id = {row}.adjustment_id",
    name="frozen_with_its_adjustment",
)


class SettingProfileQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=Status.PUBLISHED)

    def readable(self):
        """Published or retired: drafts are their editors' alone."""
        return self.exclude(status=Status.DRAFT)

    def drafts(self):
        """With those who drafted them, what was worked on last first."""
        found = self.filter(status=Status.DRAFT).select_related("version", "created_by", "changed_by")
        return found.order_by(Coalesce("changed_at", "created_at").desc(), "-pk")

    def for_same_setting_as(self, profile: "SettingProfile"):
        """The other profiles of its version that are for its setting."""
        return self.filter(version=profile.version_id, setting=profile.setting).exclude(pk=profile.pk)

    def usual_for(self, setting: str, language: str):
        """The newest published profile of a setting, in the wording of the language where there is one; or None."""
        found = self.published().filter(setting=setting, version__status=Status.PUBLISHED)
        in_language = found.filter(version__language__iexact=language)
        return (in_language if in_language else found).order_by("-published_at").first()


@tracked
class SettingProfile(PublishedOnce):
    """One setting's reading of one scale version; `setting` is the code that sites carry too."""

    version = models.ForeignKey(ScaleVersion, models.PROTECT, related_name="profiles")
    code = models.SlugField(_("code"))
    setting = models.SlugField(_("setting"))
    title = models.CharField(_("title"), max_length=200)
    in_words = models.CharField(_("as a sentence names it"), max_length=100)
    summary = models.TextField(_("summary"), blank=True)

    objects = SettingProfileQuerySet.as_manager()

    class Meta:
        ordering = ["version_id", "title"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="one_profile_per_code_of_a_version"),
            status_matches_its_dates("profile_status_matches_its_dates"),
        ]
        triggers = [published_stays_as_it_is()]

    def __str__(self):
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.status == Status.DRAFT

    def to_spec(self) -> spec.ProfileSpec:
        """The whole profile as plain values; a published one is read once per process, for it cannot change."""
        if self.is_draft:
            return read_profile(self)
        return _published_spec(self.pk, self.content_hash)


class ProfileSource(models.Model):
    profile = models.ForeignKey(SettingProfile, models.CASCADE, related_name="sources")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(_("code"))
    citation = models.TextField(_("citation"))

    class Meta:
        ordering = ["profile_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "code"], name="profile_source_codes_are_unique")
        ]
        triggers = [OF_PROFILE]

    def __str__(self):
        return self.citation


@tracked
class Adjustment(models.Model):
    """What the setting does to one item."""

    profile = models.ForeignKey(SettingProfile, models.CASCADE, related_name="adjustments")
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    degree = models.CharField(
        _("degree"), max_length=10, choices=[(degree.value, degree.value) for degree in spec.Degree]
    )
    loss_lowest = models.PositiveSmallIntegerField(_("lowest expected loss"), null=True, blank=True)
    loss_highest = models.PositiveSmallIntegerField(_("highest expected loss"), null=True, blank=True)
    loss_source = models.SlugField(_("source of the expected loss"), blank=True)

    class Meta:
        ordering = ["profile_id", "item_id"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "item"], name="one_adjustment_per_item_of_a_profile"),
            models.CheckConstraint(
                name="expected_loss_is_whole",
                condition=Q(loss_lowest=None, loss_highest=None, loss_source="")
                | Q(Q(loss_highest__gte=F("loss_lowest")) & ~Q(loss_source=""), loss_lowest__isnull=False),
            ),
        ]
        triggers = [OF_PROFILE]

    def __str__(self):
        return f"{self.item}: {self.degree}"


class ProfileOrAdjustment(models.Model):
    """A row that speaks of the whole profile, or of one adjustment in it."""

    profile = models.ForeignKey(SettingProfile, models.CASCADE, related_name="%(class)ss")
    adjustment = models.ForeignKey(
        Adjustment, models.CASCADE, related_name="%(class)ss", null=True, blank=True
    )
    position = models.PositiveSmallIntegerField()
    source = models.SlugField(_("source"))

    class Meta:
        abstract = True


class Statement(ProfileOrAdjustment):
    """What to look for, acceptable evidence, the item's intent, or a caution about the source."""

    kind = models.CharField(
        _("kind"), max_length=10, choices=[(kind.value, kind.value) for kind in spec.StatementKind]
    )
    text = models.TextField(_("text"))

    class Meta:
        ordering = ["profile_id", "adjustment_id", "position"]
        triggers = [OF_PROFILE, OF_OWN_ADJUSTMENT]

    def __str__(self):
        return self.text


class UnratedReason(ProfileOrAdjustment):
    """An accepted reason for leaving an item, or any item, without a score."""

    code = models.SlugField(_("code"))
    text = models.TextField(_("text"))

    class Meta:
        ordering = ["profile_id", "adjustment_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "adjustment", "code"],
                name="unrated_reason_codes_are_unique",
                nulls_distinct=False,
            )
        ]
        triggers = [OF_PROFILE, OF_OWN_ADJUSTMENT]

    def __str__(self):
        return self.text


class ReanchoredThreshold(models.Model):
    """Replacement bounds of one anchor; they give a setting score beside the standard one."""

    adjustment = models.ForeignKey(Adjustment, models.CASCADE, related_name="thresholds")
    points = models.PositiveSmallIntegerField(_("points"))
    lower = models.DecimalField(_("from"), max_digits=12, decimal_places=4, null=True, blank=True)
    upper = models.DecimalField(_("up to"), max_digits=12, decimal_places=4, null=True, blank=True)
    source = models.SlugField(_("source"))

    class Meta:
        ordering = ["adjustment_id", "-points"]
        constraints = [
            models.UniqueConstraint(
                fields=["adjustment", "points"], name="one_threshold_per_score_of_an_item"
            )
        ]
        triggers = [OF_ADJUSTMENT]

    def __str__(self):
        return f"{self.points}"


@lru_cache(maxsize=64)
def _published_spec(profile_id: int, content_hash: str) -> spec.ProfileSpec:
    return read_profile(SettingProfile.objects.select_related("version__scale").get(pk=profile_id))
