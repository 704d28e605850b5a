"""What a draft of a scale version still needs: its head, its bands, its outline, and each of its items."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from scales.checking import MOST_POINTS
from scales.draft_checks.finding import (
    BANDS,
    EVIDENCE,
    HEAD,
    ITEM,
    OUTLINE,
    PRINCIPLES,
    Finding,
    FindingKind,
    code,
    codes,
    listed,
    printable,
    texts,
)
from scales.draft_checks.item import item_findings
from scales.spec import Band, Item, ScaleSpec

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def version_findings(
    scale: ScaleSpec, others: Sequence[ScaleSpec] = (), origin: ScaleSpec | None = None
) -> tuple[Finding, ...]:
    """Everything found in a draft, in the order of the scale.

    `others`: published versions; those of the same scale in another language should have the same items.
    `origin`: the version that the draft was copied from.
    """
    return (
        *_head(scale),
        *_bands(scale),
        *_declared(scale),
        *_outline(scale),
        *(found for one in others for found in _against(scale, one)),
        *_since(scale, origin),
        *_items(scale),
    )


def has_points(scale: ScaleSpec) -> bool:
    """Whether the points run from a lowest to a highest score that can be gone through one by one."""
    return 0 <= scale.minimum < scale.maximum <= scale.minimum + MOST_POINTS


def _head(scale: ScaleSpec) -> Iterator[Finding]:
    yield from texts(
        HEAD,
        name=scale.scale_name,
        title=scale.title,
        language=scale.language,
        source=scale.source,
        edition=scale.edition,
        permission=scale.permission,
    )
    for name, given in (("scale", scale.scale_code), ("label", scale.label)):
        yield from (found.under((name,)) for found in code(HEAD, given))
    if scale.language.strip() and not LANGUAGE.fullmatch(scale.language):
        values = {"language": scale.language}
        yield Finding(("language",), HEAD, FindingKind.LANGUAGE_UNREADABLE, values=values)
    if not has_points(scale):
        points = {"minimum": scale.minimum, "maximum": scale.maximum, "most": MOST_POINTS}
        yield Finding(("maximum",), HEAD, FindingKind.POINTS_REVERSED, values=points)


def _bands(scale: ScaleSpec) -> Iterator[Finding]:
    if not scale.bands:
        yield Finding(("bands",), BANDS, FindingKind.NO_BANDS)
        return
    for position, band in enumerate(scale.bands, 1):
        place = ("bands", band.label or str(position))
        for found in (*texts(BANDS, label=band.label), *printable(BANDS, meaning=band.meaning)):
            yield found.under(place)
        if band.lowest > band.highest:
            values = {"lowest": band.lowest, "highest": band.highest}
            yield Finding(place, BANDS, FindingKind.BAND_REVERSED, values=values)
    labels = Counter(band.label for band in scale.bands if band.label)
    for label in (label for label, times in labels.items() if times > 1):
        yield Finding(("bands", label), BANDS, FindingKind.BAND_LABEL_TWICE, values={"label": label})
    if scale.items and has_points(scale):
        yield from _covered(scale)


def _covered(scale: ScaleSpec) -> Iterator[Finding]:
    """Each possible total lies in exactly one band, and no band reaches beyond them."""
    bands = sorted((one for one in scale.bands if one.lowest <= one.highest), key=lambda one: one.lowest)
    lowest, highest = scale.lowest_total, scale.highest_total
    expected = lowest
    before: Band | None = None
    for band in bands:
        if band.lowest < lowest or band.highest > highest:
            values = {"label": band.label, "lowest": lowest, "highest": highest}
            yield Finding(("bands", band.label), BANDS, FindingKind.BAND_BEYOND, values=values)
        if band.lowest > expected:
            yield _totals(FindingKind.TOTALS_WITHOUT_BAND, expected, min(band.lowest - 1, highest))
        elif before is not None and band.lowest < expected:
            last = min(expected - 1, band.highest)
            yield _totals(FindingKind.TOTALS_IN_TWO_BANDS, band.lowest, last, before.label, band.label)
        if band.highest >= expected:
            expected, before = band.highest + 1, band
    if expected <= highest:
        yield _totals(FindingKind.TOTALS_WITHOUT_BAND, expected, highest)


def _totals(what: FindingKind, lowest: int, highest: int, *labels: str) -> Finding:
    values = {"lowest": lowest, "highest": highest, "labels": labels}
    return Finding(("bands",), BANDS, what, values=values)


def _declared(scale: ScaleSpec) -> Iterator[Finding]:
    yield from codes(EVIDENCE, ("evidence_sources",), (row.code for row in scale.evidence_sources))
    for source in scale.evidence_sources:
        for found in texts(EVIDENCE, title=source.title):
            yield found.under(("evidence_sources", source.code))
    yield from codes(PRINCIPLES, ("principles",), (row.code for row in scale.principles))
    for principle in scale.principles:
        for found in texts(PRINCIPLES, title=principle.title):
            yield found.under(("principles", principle.code))
    if not scale.evidence_sources:
        yield Finding(("evidence_sources",), EVIDENCE, FindingKind.NO_EVIDENCE_DECLARED, must=False)
    if not scale.principles:
        yield Finding(("principles",), PRINCIPLES, FindingKind.NO_PRINCIPLES_DECLARED, must=False)


def _outline(scale: ScaleSpec) -> Iterator[Finding]:
    if not scale.sections:
        yield Finding(("sections",), OUTLINE, FindingKind.NO_SECTIONS)
    yield from codes(OUTLINE, ("sections",), (section.code for section in scale.sections))
    numbers = iter(range(1, len(scale.items) + 1))
    counted = Counter(item.code for item in scale.items)
    for position, section in enumerate(scale.sections, 1):
        place = ("sections", section.code)
        yield from (found.under(place) for found in texts(OUTLINE, title=section.title))
        if section.number != position:
            yield _out_of_place(section.number, position).under(place)
        if not section.items:
            yield Finding(place, OUTLINE, FindingKind.SECTION_EMPTY)
        for in_section, item in enumerate(section.items, 1):
            at = (*place, "items", item.code)
            yield from (found.under(at, item.code) for found in code(OUTLINE, item.code))
            if counted[item.code] > 1:
                yield Finding(at, OUTLINE, FindingKind.CODE_TWICE, item.code, {"code": item.code})
            number = next(numbers)
            if item.number != number:
                yield _out_of_place(item.number, number).under(at, item.code)
            elif item.number_in_section != in_section:
                yield _out_of_place(item.number_in_section, in_section).under(at, item.code)


def _out_of_place(number: int, wanted: int) -> Finding:
    values = {"number": number, "wanted": wanted}
    return Finding((), OUTLINE, FindingKind.NUMBER_OUT_OF_PLACE, values=values)


def _against(scale: ScaleSpec, other: ScaleSpec) -> Iterator[Finding]:
    """Two wordings of one scale join their items by code, so each item should be in both."""
    if other.scale_code != scale.scale_code or other.language.lower() == scale.language.lower():
        return
    for section in scale.sections:
        for item in section.items:
            if item.code not in other.items_by_code:
                place = ("sections", section.code, "items", item.code)
                values = {"code": item.code, "other": other.title}
                yield Finding(place, OUTLINE, FindingKind.ITEM_ONLY_HERE, item.code, values, must=False)
    for item in other.items:
        if item.code not in scale.items_by_code:
            values = {"code": item.code, "title": item.short_title, "other": other.title}
            yield Finding(("sections",), OUTLINE, FindingKind.ITEM_ONLY_THERE, values=values, must=False)


def _since(scale: ScaleSpec, origin: ScaleSpec | None) -> Iterator[Finding]:
    """What a copy in the same language left out, and what it kept that hardly stays true of it.

    A copy in another language is a translation: `_against` holds its items to those of the original.
    """
    if origin is None or origin.language.lower() != scale.language.lower():
        return
    if scale.edition.strip() and scale.edition == origin.edition:
        values = {"edition": scale.edition}
        yield Finding(("edition",), HEAD, FindingKind.EDITION_UNCHANGED, values=values, must=False)
    for item in origin.items:
        if item.code not in scale.items_by_code:
            left = {"code": item.code, "title": item.short_title, "other": origin.title}
            yield Finding(("sections",), OUTLINE, FindingKind.ITEM_LEFT_OUT, values=left, must=False)


def _items(scale: ScaleSpec) -> Iterator[Finding]:
    points = range(scale.minimum, scale.maximum + 1) if has_points(scale) else None
    for section in scale.sections:
        for item in section.items:
            place = ("sections", section.code, "items", item.code)
            for found in (*item_findings(item, points), *_names(item, scale)):
                yield found.under(place, item.code)


def _names(item: Item, scale: ScaleSpec) -> Iterator[Finding]:
    """The kinds of evidence and the principles that an item names."""
    evidence = {row.code for row in scale.evidence_sources}
    principles = {row.code for row in scale.principles}
    yield from listed(("evidence",), item.evidence, evidence, FindingKind.EVIDENCE_UNDECLARED)
    yield from listed(("principles",), item.principles, principles, FindingKind.PRINCIPLE_UNDECLARED)
    if evidence and not item.evidence:
        yield Finding(("evidence",), ITEM, FindingKind.NO_EVIDENCE, must=False)
    if principles and not item.principles:
        yield Finding(("principles",), ITEM, FindingKind.NO_PRINCIPLE, must=False)
