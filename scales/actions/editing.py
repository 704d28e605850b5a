"""Change one part of a version's draft, unless someone else changed that part meanwhile."""

from django.db import IntegrityError, transaction

from scales import spec
from scales.actions.drafting import drop_if_empty, scale_named
from scales.actions.open_draft import is_change, open_draft, refuse_twins, touch
from scales.actions.refusals import CodeTaken, LabelTaken, NotThere
from scales.models import Band, EvidenceSource, Item, Principle, ScaleVersion, Section
from scales.parts import OutlineSection, VersionHead, bare, head_of, outline_of
from scales.to_rows import item_columns, keep_rows, write_item_rows


@transaction.atomic
def save_head(*, version: ScaleVersion, head: VersionHead, based_on: str, by) -> None:
    """Raises `NotADraft`, `ChangedMeanwhile`, `LabelTaken`, `NameIsKept`."""
    locked = open_draft(version, by)
    if not is_change(head_of(locked.to_spec()), head, based_on):
        return
    before = locked.scale
    if (before.code, before.name) != (head.scale_code, head.scale_name):
        if before.code == head.scale_code and not before.versions.exclude(pk=locked.pk).exists():
            before.name = head.scale_name
            before.save(update_fields=["name"])
        else:
            locked.scale = scale_named(head.scale_code, head.scale_name)
    own = ("label", "title", "language", "source", "edition", "permission", "minimum", "maximum")
    for name in own:
        setattr(locked, name, getattr(head, name))
    try:
        with transaction.atomic():
            touch(locked, by)
    except IntegrityError as error:
        raise LabelTaken(head.label) from error
    drop_if_empty(before)


@transaction.atomic
def save_bands(*, version: ScaleVersion, bands: tuple[spec.Band, ...], based_on: str, by) -> None:
    """Bands are kept from the highest to the lowest. Raises `NotADraft`, `ChangedMeanwhile`, `CodeTaken`."""
    locked = open_draft(version, by)
    bands = tuple(sorted(bands, key=lambda band: -band.lowest))
    if not is_change(locked.to_spec().bands, bands, based_on):
        return
    refuse_twins(str(band.lowest) for band in bands)
    keep_rows(
        Band,
        {"version": locked},
        "lowest",
        [
            {"lowest": row.lowest, "highest": row.highest, "label": row.label, "meaning": row.meaning}
            for row in bands
        ],
    )
    touch(locked, by)


@transaction.atomic
def save_evidence_sources(
    *, version: ScaleVersion, rows: tuple[spec.EvidenceSource, ...], based_on: str, by
) -> None:
    """Raises `NotADraft`, `ChangedMeanwhile`, `CodeTaken`."""
    _save_titled(EvidenceSource, lambda scale: scale.evidence_sources, version, rows, based_on, by)


@transaction.atomic
def save_principles(*, version: ScaleVersion, rows: tuple[spec.Principle, ...], based_on: str, by) -> None:
    """Raises `NotADraft`, `ChangedMeanwhile`, `CodeTaken`."""
    _save_titled(Principle, lambda scale: scale.principles, version, rows, based_on, by)


@transaction.atomic
def save_outline(*, version: ScaleVersion, outline: tuple[OutlineSection, ...], based_on: str, by) -> None:
    """Sections and items as they are to follow each other; both are numbered anew.

    An item whose `before` names none of the draft's is new: a judgement without words yet. What the outline does not
    name is removed with its anchors. Raises `NotADraft`, `ChangedMeanwhile`, `CodeTaken`.
    """
    locked = open_draft(version, by)
    refuse_twins(section.code for section in outline)
    refuse_twins(item.code for section in outline for item in section.items)
    is_renamed = any(row.before != row.code for section in outline for row in (section, *section.items))
    if not is_change(outline_of(locked.to_spec()), outline, based_on) and not is_renamed:
        return
    sections = {row.code: row for row in locked.sections.all()}
    items = {row.code: row for row in locked.items.all()}
    named = {item.before for section in outline for item in section.items}
    Item.objects.filter(version=locked, code__in=set(items) - named).delete()
    _park(locked, sections, items)
    number = 0
    for place, plain in enumerate(outline, 1):
        section = sections.pop(plain.before, None) or Section(version=locked)
        section.code, section.title, section.number = plain.code, plain.title, place
        section.save()
        for place_in_section, row in enumerate(plain.items, 1):
            number += 1
            item = items.pop(row.before, None) if row.before else None
            item = item or Item(version=locked, reading=spec.Reading.JUDGEMENT.value)
            item.section, item.number, item.number_in_section = section, number, place_in_section
            item.code, item.title, item.short_title = row.code, row.title, row.short_title
            item.save()
    Section.objects.filter(pk__in=[row.pk for row in sections.values()]).delete()
    touch(locked, by)


@transaction.atomic
def save_item(*, version: ScaleVersion, code: str, item: spec.Item, based_on: str, by) -> None:
    """Raises `NotADraft`, `ChangedMeanwhile`, `CodeTaken`, and `NotThere` where the item was removed meanwhile."""
    locked = open_draft(version, by)
    stored = locked.to_spec().items_by_code.get(code)
    if stored is None:
        raise NotThere(code)
    if not is_change(bare(stored), bare(item), based_on):
        return
    refuse_twins(str(anchor.points) for anchor in item.anchors)
    refuse_twins(component.code for component in item.components)
    refuse_twins(condition.code for condition in item.conditions)
    row = locked.items.get(code=code)
    if item.code != code and locked.items.filter(code=item.code).exists():
        raise CodeTaken(item.code)
    for name, value in item_columns(item).items():
        setattr(row, name, value)
    row.save()
    write_item_rows([(row, item)])
    touch(locked, by)


def _save_titled(model, part_of, version, rows, based_on, by) -> None:
    locked = open_draft(version, by)
    if not is_change(part_of(locked.to_spec()), rows, based_on):
        return
    refuse_twins(row.code for row in rows)
    keep_rows(
        model,
        {"version": locked},
        "code",
        [
            {"code": row.code, "title": row.title, "position": position}
            for position, row in enumerate(rows, 1)
        ],
    )
    touch(locked, by)


def _park(version: ScaleVersion, sections: dict[str, Section], items: dict[str, Item]) -> None:
    """Codes that nobody uses, so that two rows can trade theirs."""
    for row in (*sections.values(), *items.values()):
        if row.pk:
            type(row).objects.filter(pk=row.pk).update(code=f"-{row.pk}")
