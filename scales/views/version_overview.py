"""One look at a draft of a version: its parts, how much each holds, and how much is still to do in it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scales.draft_checks import Finding
from scales.models import ScaleVersion
from scales.spec import Item, ScaleSpec, Section


@dataclass(frozen=True)
class PartLine:
    """`to_do`: how many findings of the part must be mended before publishing."""

    title: str
    address: str
    holds: str
    to_do: int


@dataclass(frozen=True)
class ItemLine:
    item: Item
    address: str
    to_do: int


@dataclass(frozen=True)
class SectionLines:
    section: Section
    items: tuple[ItemLine, ...]


@dataclass(frozen=True)
class Overview:
    parts: tuple[PartLine, ...]
    sections: tuple[SectionLines, ...]


def overview_of(scale: ScaleSpec, findings: Sequence[Finding], version: ScaleVersion) -> Overview:
    must = [found for found in findings if found.must]
    of_parts = Counter(found.part for found in must)
    of_items = Counter(found.item for found in must if found.part == "item")
    parts = (
        ("head", _("About this version"), scale.title),
        ("outline", _("Sections and items"), _outline(scale)),
        ("bands", _("Bands of the total"), _bands(scale)),
        ("evidence", _("Kinds of evidence"), ", ".join(row.code for row in scale.evidence_sources)),
        ("principles", _("Principles"), _count_of_principles(scale)),
    )
    return Overview(
        parts=tuple(
            PartLine(
                title,
                reverse(f"scales:draft_{part}", args=[version.pk]),
                holds or _("nothing yet"),
                of_parts[part],
            )
            for part, title, holds in parts
        ),
        sections=tuple(
            SectionLines(
                section,
                tuple(
                    ItemLine(
                        item, reverse("scales:draft_item", args=[version.pk, item.code]), of_items[item.code]
                    )
                    for item in section.items
                ),
            )
            for section in scale.sections
        ),
    )


def _outline(scale: ScaleSpec) -> str:
    if not scale.sections:
        return ""
    sections = len(scale.sections)
    items = len(scale.items)
    return " · ".join(
        (
            ngettext("%(count)s section", "%(count)s sections", sections) % {"count": sections},
            ngettext("%(count)s item", "%(count)s items", items) % {"count": items},
        )
    )


def _bands(scale: ScaleSpec) -> str:
    return " · ".join(f"{band.lowest}–{band.highest} {band.label}" for band in scale.bands)


def _count_of_principles(scale: ScaleSpec) -> str:
    many = len(scale.principles)
    return ngettext("%(count)s principle", "%(count)s principles", many) % {"count": many} if many else ""
