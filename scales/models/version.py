"""A scale in one version and wording: sections, items, anchors, bands. Rows for editing; rules use `to_spec()`."""

from functools import lru_cache

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from scales import spec
from scales.from_rows import read_version
from scales.models.status import (
    PublishedOnce,
    Status,
    frozen_with,
    published_stays_as_it_is,
    status_matches_its_dates,
)

OF_VERSION = frozen_with("scales_scaleversion", "{row}.version_id")
OF_ITEM = frozen_with(
    "scales_scaleversion", "SELECT item.version_id FROM scales_item item WHERE item.id = {row}.item_id"
)
OF_SECTION = frozen_with(
    "scales_scaleversion",
    "SELECT section.version_id FROM scales_section section WHERE section.id = {row}.section_id",
    name="frozen_with_its_section",
)


def tracked(model):
    """Keep every old row of a definition, with who and when."""
    return pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())(model)


def codes(verbose_name) -> ArrayField:
    return ArrayField(models.CharField(max_length=60), verbose_name=verbose_name, default=list, blank=True)


class Scale(models.Model):
    """A fidelity scale, whatever its versions."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        ordering = ["code"]
        triggers = [
            pgtrigger.Trigger(
                name="a_scale_in_use_keeps_its_name",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func="""
                    IF EXISTS (SELECT 1 FROM scales_scaleversion version
                               WHERE version.scale_id = OLD.id AND version.status <> 'draft') THEN
                        RAISE EXCEPTION 'scale % has published versions and keeps its name', OLD.code
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return self.name


class ScaleVersionQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=Status.PUBLISHED)

    def readable(self):
        """Published or retired: drafts are their editors' alone."""
        return self.exclude(status=Status.DRAFT)

    def drafts(self):
        """With those who drafted them, what was worked on last first."""
        found = self.filter(status=Status.DRAFT).select_related("scale", "created_by", "changed_by")
        return found.order_by(Coalesce("changed_at", "created_at").desc(), "-pk")

    def get_by_natural_key(self, scale_code: str, label: str) -> "ScaleVersion":
        return self.get(scale__code=scale_code, label=label)


@tracked
class ScaleVersion(PublishedOnce):
    """One edition of a scale in one wording. Published, it never changes; a review keeps it for life."""

    scale = models.ForeignKey(Scale, models.PROTECT, related_name="versions")
    label = models.SlugField(_("label"))
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language of the wording"), max_length=10)
    source = models.TextField(_("source"))
    edition = models.CharField(_("edition"), max_length=100)
    permission = models.TextField(_("permission to use the wording"))
    minimum = models.PositiveSmallIntegerField(_("lowest score"), default=1)
    maximum = models.PositiveSmallIntegerField(_("highest score"), default=5)

    objects = ScaleVersionQuerySet.as_manager()

    class Meta:
        ordering = ["scale_id", "label"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "label"], name="one_version_per_label_of_a_scale"),
            models.CheckConstraint(name="highest_score_above_lowest", condition=Q(maximum__gt=F("minimum"))),
            status_matches_its_dates("version_status_matches_its_dates"),
        ]
        triggers = [published_stays_as_it_is()]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.scale.code, self.label)

    @property
    def is_draft(self) -> bool:
        return self.status == Status.DRAFT

    def to_spec(self) -> spec.ScaleSpec:
        """The whole version as plain values; a published one is read once per process, for it cannot change."""
        if self.is_draft:
            return read_version(self)
        return _published_spec(self.pk, self.content_hash)

    def item_ids(self) -> dict[str, int]:
        """Primary key of each item by its code."""
        if self.is_draft:
            return _item_ids(self.pk)
        return _published_item_ids(self.pk, self.content_hash)


class Section(models.Model):
    version = models.ForeignKey(ScaleVersion, models.CASCADE, related_name="sections")
    number = models.PositiveSmallIntegerField(_("number"))
    code = models.SlugField(_("code"))
    title = models.CharField(_("title"), max_length=100)

    class Meta:
        ordering = ["version_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="section_codes_are_unique"),
            models.UniqueConstraint(
                fields=["version", "number"],
                name="section_numbers_are_unique",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]
        triggers = [OF_VERSION]

    def __str__(self):
        return self.title


@tracked
class Item(models.Model):
    """One row of the score sheet, and how its anchors are read."""

    version = models.ForeignKey(ScaleVersion, models.CASCADE, related_name="items")
    section = models.ForeignKey(Section, models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField(_("number"))
    number_in_section = models.PositiveSmallIntegerField(_("number in its section"))
    code = models.SlugField(_("code"), max_length=60)
    title = models.CharField(_("title"), max_length=200)
    short_title = models.CharField(_("short title"), max_length=40)
    measures = models.TextField(_("what it measures"))
    intent = models.TextField(_("intent"), blank=True)
    note = models.TextField(_("note"), blank=True)
    reading = models.CharField(
        _("how its anchors are read"),
        max_length=12,
        choices=[(reading.value, reading.value) for reading in spec.Reading],
    )
    unit = models.CharField(_("unit"), max_length=100, blank=True)
    part_label = models.CharField(_("what the first number counts"), max_length=200, blank=True)
    whole_label = models.CharField(_("what the second number counts"), max_length=200, blank=True)
    per_specialist = models.BooleanField(_("rate each specialist, average, closest point"), default=False)
    few_seekers_below = models.PositiveSmallIntegerField(null=True, blank=True)
    few_seekers_times = models.PositiveSmallIntegerField(null=True, blank=True)
    evidence = codes(_("evidence"))
    principles = codes(_("principles"))

    class Meta:
        ordering = ["version_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="item_codes_are_unique"),
            models.UniqueConstraint(
                fields=["version", "number"],
                name="item_numbers_are_unique",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="relief_for_few_job_seekers_is_whole",
                condition=Q(few_seekers_below=None, few_seekers_times=None)
                | Q(few_seekers_below__isnull=False, few_seekers_times__isnull=False),
            ),
        ]
        triggers = [OF_VERSION, OF_SECTION]

    def __str__(self):
        return f"{self.number} {self.short_title}"


@tracked
class Anchor(models.Model):
    """What one score on an item takes."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="anchors")
    points = models.PositiveSmallIntegerField(_("points"))
    descriptor = models.TextField(_("descriptor"))
    lower = models.DecimalField(_("from"), max_digits=12, decimal_places=4, null=True, blank=True)
    upper = models.DecimalField(_("up to"), max_digits=12, decimal_places=4, null=True, blank=True)
    lower_open = models.BooleanField(_("above, not from"), default=False)
    upper_open = models.BooleanField(_("below, not up to"), default=False)
    count_lowest = models.PositiveSmallIntegerField(_("components from"), null=True, blank=True)
    count_highest = models.PositiveSmallIntegerField(_("components up to"), null=True, blank=True)
    requires = codes(_("conditions that must be met"))
    also_when = codes(_("conditions that lead here by themselves"))

    class Meta:
        ordering = ["item_id", "-points"]
        constraints = [
            models.UniqueConstraint(fields=["item", "points"], name="one_anchor_per_score_of_an_item"),
            models.CheckConstraint(
                name="anchor_bounds_in_order",
                condition=Q(lower=None) | Q(upper=None) | Q(upper__gte=F("lower")),
            ),
        ]
        triggers = [OF_ITEM]

    def __str__(self):
        return f"{self.points}: {self.descriptor}"


@tracked
class Component(models.Model):
    """Something that is either in place or not, counted for the score."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="components")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(_("code"))
    text = models.TextField(_("text"))

    class Meta:
        ordering = ["item_id", "position"]
        constraints = [models.UniqueConstraint(fields=["item", "code"], name="component_codes_are_unique")]
        triggers = [OF_ITEM]

    def __str__(self):
        return self.text


@tracked
class Condition(models.Model):
    """A yes/no question beside the number of an item."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="conditions")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(_("code"))
    question = models.TextField(_("question"))
    implies = codes(_("also answers yes to"))
    whole_below = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)

    class Meta:
        ordering = ["item_id", "position"]
        constraints = [models.UniqueConstraint(fields=["item", "code"], name="condition_codes_are_unique")]
        triggers = [OF_ITEM]

    def __str__(self):
        return self.question


class EvidenceSource(models.Model):
    version = models.ForeignKey(ScaleVersion, models.CASCADE, related_name="evidence_sources")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=200)

    class Meta:
        ordering = ["version_id", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="evidence_codes_are_unique")]
        triggers = [OF_VERSION]

    def __str__(self):
        return f"{self.code}: {self.title}"


class Principle(models.Model):
    version = models.ForeignKey(ScaleVersion, models.CASCADE, related_name="principles")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(_("code"))
    title = models.CharField(_("title"), max_length=200)

    class Meta:
        ordering = ["version_id", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="principle_codes_are_unique")]
        triggers = [OF_VERSION]

    def __str__(self):
        return self.title


@tracked
class Band(models.Model):
    """A named range of totals."""

    version = models.ForeignKey(ScaleVersion, models.CASCADE, related_name="bands")
    lowest = models.PositiveSmallIntegerField(_("from"))
    highest = models.PositiveSmallIntegerField(_("up to"))
    label = models.CharField(_("label"), max_length=100)
    meaning = models.TextField(_("meaning"), blank=True)

    class Meta:
        ordering = ["version_id", "-lowest"]
        constraints = [
            models.UniqueConstraint(fields=["version", "lowest"], name="bands_start_apart"),
            models.CheckConstraint(name="band_ends_in_order", condition=Q(highest__gte=F("lowest"))),
        ]
        triggers = [OF_VERSION]

    def __str__(self):
        return f"{self.lowest}–{self.highest} {self.label}"


@lru_cache(maxsize=64)
def _published_spec(version_id: int, content_hash: str) -> spec.ScaleSpec:
    return read_version(ScaleVersion.objects.select_related("scale").get(pk=version_id))


@lru_cache(maxsize=64)
def _published_item_ids(version_id: int, content_hash: str) -> dict[str, int]:
    return _item_ids(version_id)


def _item_ids(version_id: int) -> dict[str, int]:
    return dict(Item.objects.filter(version=version_id).values_list("code", "pk"))
