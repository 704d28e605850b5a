"""Writes plain specs into the rows of an empty draft, and gives the hash by which content is compared."""

import hashlib
import json
from dataclasses import asdict
from decimal import Decimal

from scales import spec
from scales.models.profile import (
    Adjustment,
    ProfileSource,
    ReanchoredThreshold,
    SettingProfile,
    Statement,
    UnratedReason,
)
from scales.models.version import (
    Anchor,
    Band,
    Component,
    Condition,
    EvidenceSource,
    Item,
    Principle,
    ScaleVersion,
    Section,
)


def content_hash(definition: spec.ScaleSpec | spec.ProfileSpec) -> str:
    """SHA-256 of a spec; equal for equal content, however its decimals are written."""

    def plain(value):
        if isinstance(value, Decimal):
            return format(value.normalize(), "f")
        raise TypeError(type(value))

    text = json.dumps(asdict(definition), default=plain, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def write_version(version: ScaleVersion, definition: spec.ScaleSpec) -> None:
    """Fill an empty draft with the rows of a spec. The version row itself is the caller's."""
    sections = Section.objects.bulk_create(
        Section(version=version, number=row.number, code=row.code, title=row.title)
        for row in definition.sections
    )
    items = Item.objects.bulk_create(
        Item(
            version=version,
            section=section,
            number=row.number,
            number_in_section=row.number_in_section,
            code=row.code,
            title=row.title,
            short_title=row.short_title,
            measures=row.measures,
            intent=row.intent,
            note=row.note,
            reading=row.reading.value,
            unit=row.unit,
            part_label=row.part_label,
            whole_label=row.whole_label,
            per_specialist=row.per_specialist,
            few_seekers_below=row.few_seekers.fewer_than if row.few_seekers else None,
            few_seekers_times=row.few_seekers.times if row.few_seekers else None,
            evidence=list(row.evidence),
            principles=list(row.principles),
        )
        for section, plain in zip(sections, definition.sections, strict=True)
        for row in plain.items
    )
    pairs = list(zip(items, definition.items, strict=True))
    Anchor.objects.bulk_create(
        Anchor(
            item=item,
            points=row.points,
            descriptor=row.descriptor,
            lower=row.lower,
            upper=row.upper,
            lower_open=row.lower_open,
            upper_open=row.upper_open,
            count_lowest=row.count_lowest,
            count_highest=row.count_highest,
            requires=list(row.requires),
            also_when=list(row.also_when),
        )
        for item, plain in pairs
        for row in plain.anchors
    )
    Component.objects.bulk_create(
        Component(item=item, position=position, code=row.code, text=row.text)
        for item, plain in pairs
        for position, row in enumerate(plain.components, 1)
    )
    Condition.objects.bulk_create(
        Condition(
            item=item,
            position=position,
            code=row.code,
            question=row.question,
            implies=list(row.implies),
            whole_below=row.whole_below,
        )
        for item, plain in pairs
        for position, row in enumerate(plain.conditions, 1)
    )
    Band.objects.bulk_create(
        Band(version=version, lowest=row.lowest, highest=row.highest, label=row.label, meaning=row.meaning)
        for row in definition.bands
    )
    EvidenceSource.objects.bulk_create(
        EvidenceSource(version=version, position=position, code=row.code, title=row.title)
        for position, row in enumerate(definition.evidence_sources, 1)
    )
    Principle.objects.bulk_create(
        Principle(version=version, position=position, code=row.code, title=row.title)
        for position, row in enumerate(definition.principles, 1)
    )


def write_profile(profile: SettingProfile, definition: spec.ProfileSpec) -> None:
    """Fill an empty draft profile with the rows of a spec. Its items must be in the version (`check_profile`)."""
    items = {item.code: item for item in profile.version.items.all()}
    ProfileSource.objects.bulk_create(
        ProfileSource(profile=profile, position=position, code=row.code, citation=row.citation)
        for position, row in enumerate(definition.sources, 1)
    )
    adjustments = Adjustment.objects.bulk_create(
        Adjustment(
            profile=profile,
            item=items[row.item],
            degree=row.degree.value,
            loss_lowest=row.expected_loss.lowest if row.expected_loss else None,
            loss_highest=row.expected_loss.highest if row.expected_loss else None,
            loss_source=row.expected_loss.source if row.expected_loss else "",
        )
        for row in definition.adjustments
    )
    owners = [(None, definition.notes, definition.unrated_reasons)] + [
        (adjustment, row.statements, row.unrated_reasons)
        for adjustment, row in zip(adjustments, definition.adjustments, strict=True)
    ]
    Statement.objects.bulk_create(
        Statement(
            profile=profile,
            adjustment=owner,
            position=position,
            kind=row.kind.value,
            text=row.text,
            source=row.source,
        )
        for owner, statements, _reasons in owners
        for position, row in enumerate(statements, 1)
    )
    UnratedReason.objects.bulk_create(
        UnratedReason(
            profile=profile,
            adjustment=owner,
            position=position,
            code=row.code,
            text=row.text,
            source=row.source,
        )
        for owner, _statements, reasons in owners
        for position, row in enumerate(reasons, 1)
    )
    ReanchoredThreshold.objects.bulk_create(
        ReanchoredThreshold(
            adjustment=adjustment,
            points=threshold.points,
            lower=threshold.lower,
            upper=threshold.upper,
            source=threshold.source,
        )
        for adjustment, row in zip(adjustments, definition.adjustments, strict=True)
        for threshold in row.thresholds
    )
