"""Writes plain specs into the rows of an empty draft, and gives the hash by which content is compared."""

import hashlib
import json
from collections.abc import Iterable, Sequence
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
            **item_columns(row),
        )
        for section, plain in zip(sections, definition.sections, strict=True)
        for row in plain.items
    )
    write_item_rows(list(zip(items, definition.items, strict=True)))
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


def item_columns(item: spec.Item) -> dict[str, object]:
    """Field name to value of what stands in the item's own row, its place on the score sheet left out."""
    return {
        "code": item.code,
        "title": item.title,
        "short_title": item.short_title,
        "measures": item.measures,
        "intent": item.intent,
        "note": item.note,
        "reading": item.reading.value,
        "unit": item.unit,
        "part_label": item.part_label,
        "whole_label": item.whole_label,
        "per_specialist": item.per_specialist,
        "few_seekers_below": item.few_seekers.fewer_than if item.few_seekers else None,
        "few_seekers_times": item.few_seekers.times if item.few_seekers else None,
        "evidence": list(item.evidence),
        "principles": list(item.principles),
    }


def write_item_rows(pairs: list[tuple[Item, spec.Item]]) -> None:
    """Anchors, components and conditions of items; rows that are there already are changed, the others removed."""
    owned = {
        Anchor: (
            "points",
            lambda plain: [
                {
                    "points": row.points,
                    "descriptor": row.descriptor,
                    "lower": row.lower,
                    "upper": row.upper,
                    "lower_open": row.lower_open,
                    "upper_open": row.upper_open,
                    "count_lowest": row.count_lowest,
                    "count_highest": row.count_highest,
                    "requires": list(row.requires),
                    "also_when": list(row.also_when),
                }
                for row in plain.anchors
            ],
        ),
        Component: (
            "code",
            lambda plain: [
                {"position": position, "code": row.code, "text": row.text}
                for position, row in enumerate(plain.components, 1)
            ],
        ),
        Condition: (
            "code",
            lambda plain: [
                {
                    "position": position,
                    "code": row.code,
                    "question": row.question,
                    "implies": list(row.implies),
                    "whole_below": row.whole_below,
                }
                for position, row in enumerate(plain.conditions, 1)
            ],
        ),
    }
    for model, (key, rows_of) in owned.items():
        keep_rows_of_many(model, "item", key, [(item, rows_of(plain)) for item, plain in pairs])


def keep_rows(model, owner: dict[str, object], key: str, rows: list[dict]) -> None:
    """Make the rows of one owner, such as `{"version": version}`, be these; `key` tells which is which."""
    ((name, row),) = owner.items()
    keep_rows_of_many(model, name, key, [(row, rows)])


def keep_rows_of_many(model, owner: str, key: str, wanted: list[tuple[object, list[dict]]]) -> None:
    """As `keep_rows`, of many owners in four queries: what is the same stays untouched."""
    stored = {
        (getattr(row, f"{owner}_id"), getattr(row, key)): row
        for row in model.objects.filter(**{f"{owner}__in": [one.pk for one, _rows in wanted]})
    }
    new, changed = [], []
    for one, rows in wanted:
        for columns in rows:
            row = stored.pop((one.pk, columns[key]), None)
            if row is None:
                new.append(model(**{owner: one}, **columns))
            elif any(getattr(row, name) != value for name, value in columns.items()):
                for name, value in columns.items():
                    setattr(row, name, value)
                changed.append(row)
    model.objects.filter(pk__in=[row.pk for row in stored.values()]).delete()
    for row in changed:
        row.save()
    model.objects.bulk_create(new)


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
    write_general_rows(profile, definition.notes, definition.unrated_reasons)
    write_adjustment_rows(profile, list(zip(adjustments, definition.adjustments, strict=True)))


def write_general_rows(
    profile: SettingProfile,
    notes: Iterable[spec.Statement],
    reasons: Iterable[spec.UnratedReason],
) -> None:
    """What the profile says beside its items, where nothing of it is there yet."""
    _write_statements(profile, [(None, notes)])
    _write_reasons(profile, [(None, reasons)])


def write_adjustment_rows(
    profile: SettingProfile, pairs: Sequence[tuple[Adjustment, spec.Adjustment]]
) -> None:
    """Statements, reasons and thresholds of adjustments that have none yet."""
    _write_statements(profile, [(row, plain.statements) for row, plain in pairs])
    _write_reasons(profile, [(row, plain.unrated_reasons) for row, plain in pairs])
    ReanchoredThreshold.objects.bulk_create(
        ReanchoredThreshold(
            adjustment=adjustment,
            points=threshold.points,
            lower=threshold.lower,
            upper=threshold.upper,
            source=threshold.source,
        )
        for adjustment, plain in pairs
        for threshold in plain.thresholds
    )


def _write_statements(profile: SettingProfile, owners) -> None:
    Statement.objects.bulk_create(
        Statement(
            profile=profile,
            adjustment=owner,
            position=position,
            kind=row.kind.value,
            text=row.text,
            source=row.source,
        )
        for owner, rows in owners
        for position, row in enumerate(rows, 1)
    )


def _write_reasons(profile: SettingProfile, owners) -> None:
    UnratedReason.objects.bulk_create(
        UnratedReason(
            profile=profile,
            adjustment=owner,
            position=position,
            code=row.code,
            text=row.text,
            source=row.source,
        )
        for owner, rows in owners
        for position, row in enumerate(rows, 1)
    )
