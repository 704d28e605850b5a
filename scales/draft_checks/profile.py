"""What a draft of a setting profile still needs: its head, its sources, and what it says of each item."""

from collections import Counter
from collections.abc import Iterator

from scales.draft_checks.bounds import overlap, range_findings, range_of
from scales.draft_checks.finding import (
    GENERAL,
    HEAD,
    ITEM,
    SOURCES,
    Finding,
    FindingKind,
    Place,
    code,
    codes,
    texts,
)
from scales.scoring import attainable
from scales.spec import Adjustment, Degree, ProfileSpec, ReanchoredThreshold, ScaleSpec


def profile_findings(profile: ProfileSpec, scale: ScaleSpec) -> tuple[Finding, ...]:
    """Everything found in a draft, in the order of its pages. `scale`: the version that it belongs to."""
    return (
        *_head(profile, scale),
        *_sources(profile),
        *_general(profile),
        *(found for row in profile.adjustments for found in _adjustment(row, profile, scale)),
        *_as_a_whole(profile, scale),
    )


def _head(profile: ProfileSpec, scale: ScaleSpec) -> Iterator[Finding]:
    for name, given in (("code", profile.code), ("setting", profile.setting)):
        yield from (found.under((name,)) for found in code(HEAD, given))
    yield from texts(HEAD, title=profile.title, in_words=profile.in_words, summary=profile.summary)
    if (profile.scale_code, profile.scale_label) != (scale.scale_code, scale.label):
        yield Finding(("scale",), HEAD, FindingKind.OTHER_SCALE, values={"scale": scale.title})


def _sources(profile: ProfileSpec) -> Iterator[Finding]:
    yield from codes(SOURCES, ("sources",), (source.code for source in profile.sources))
    cited = set(_cited(profile))
    for source in profile.sources:
        for found in texts(SOURCES, citation=source.citation):
            yield found.under(("sources", source.code))
        if source.code not in cited:
            values = {"source": source.code}
            yield Finding(
                ("sources", source.code), SOURCES, FindingKind.SOURCE_UNCITED, values=values, must=False
            )


def _cited(profile: ProfileSpec) -> Iterator[str]:
    yield from (note.source for note in profile.notes)
    yield from (reason.source for reason in profile.unrated_reasons)
    for row in profile.adjustments:
        yield from (statement.source for statement in row.statements)
        yield from (threshold.source for threshold in row.thresholds)
        yield from (reason.source for reason in row.unrated_reasons)
        if row.expected_loss:
            yield row.expected_loss.source


def _general(profile: ProfileSpec) -> Iterator[Finding]:
    for position, note in enumerate(profile.notes, 1):
        place = ("notes", str(position))
        yield from _sourced(GENERAL, place, note.source, profile)
        yield from (found.under(place) for found in texts(GENERAL, text=note.text))
    yield from codes(GENERAL, ("unrated_reasons",), (reason.code for reason in profile.unrated_reasons))
    for reason in profile.unrated_reasons:
        place = ("unrated_reasons", reason.code)
        yield from _sourced(GENERAL, place, reason.source, profile)
        yield from (found.under(place) for found in texts(GENERAL, text=reason.text))


def _adjustment(adjustment: Adjustment, profile: ProfileSpec, scale: ScaleSpec) -> Iterator[Finding]:
    for found in (
        *_of_the_item(adjustment, profile, scale),
        *_loss(adjustment, profile, scale),
        *_said(adjustment, profile),
        *_thresholds(adjustment, profile, scale),
    ):
        yield found.under(("adjustments", adjustment.item), adjustment.item)


def _of_the_item(adjustment: Adjustment, profile: ProfileSpec, scale: ScaleSpec) -> Iterator[Finding]:
    values = {"code": adjustment.item}
    if adjustment.item not in scale.items_by_code:
        yield Finding((), ITEM, FindingKind.ITEM_UNKNOWN, values=values)
    rows = [one for one in profile.adjustments if one.item == adjustment.item]
    if len(rows) > 1 and rows[0] is adjustment:
        yield Finding((), ITEM, FindingKind.ITEM_TWICE, values=values)
    says_why = adjustment.statements or adjustment.expected_loss
    if adjustment.degree is not Degree.SAME and not says_why:
        values = {"degree": adjustment.degree.value}
        yield Finding(("degree",), ITEM, FindingKind.DEGREE_UNSOURCED, values=values)


def _loss(adjustment: Adjustment, profile: ProfileSpec, scale: ScaleSpec) -> Iterator[Finding]:
    loss, place, widest = adjustment.expected_loss, ("expected_loss",), scale.maximum - scale.minimum
    if loss is None:
        return
    yield from _sourced(ITEM, place, loss.source, profile)
    if loss.lowest > loss.highest:
        values = {"lowest": loss.lowest, "highest": loss.highest}
        yield Finding(place, ITEM, FindingKind.LOSS_REVERSED, values=values)
    if adjustment.degree is Degree.SAME and max(loss.lowest, loss.highest) > 0:
        values = {"highest": max(loss.lowest, loss.highest)}
        yield Finding(("degree",), ITEM, FindingKind.LOSS_WHILE_SAME, values=values)
    if max(loss.lowest, loss.highest) > widest:
        values = {"highest": max(loss.lowest, loss.highest), "widest": widest}
        yield Finding(place, ITEM, FindingKind.LOSS_TOO_HIGH, values=values)


def _said(adjustment: Adjustment, profile: ProfileSpec) -> Iterator[Finding]:
    for position, statement in enumerate(adjustment.statements, 1):
        place = ("statements", str(position))
        yield from _sourced(ITEM, place, statement.source, profile)
        yield from (found.under(place) for found in texts(ITEM, text=statement.text))
    shared = {reason.code for reason in profile.unrated_reasons}
    yield from codes(ITEM, ("unrated_reasons",), (reason.code for reason in adjustment.unrated_reasons))
    for reason in adjustment.unrated_reasons:
        place = ("unrated_reasons", reason.code)
        yield from _sourced(ITEM, place, reason.source, profile)
        yield from (found.under(place) for found in texts(ITEM, text=reason.text))
        if reason.code in shared:
            yield Finding(place, ITEM, FindingKind.REASON_SHARED, values={"code": reason.code})


def _thresholds(adjustment: Adjustment, profile: ProfileSpec, scale: ScaleSpec) -> Iterator[Finding]:
    for threshold in adjustment.thresholds:
        place = ("thresholds", str(threshold.points))
        yield from _sourced(ITEM, place, threshold.source, profile)
        if not scale.minimum <= threshold.points <= scale.maximum:
            values = {"points": threshold.points, "minimum": scale.minimum, "maximum": scale.maximum}
            yield Finding(place, ITEM, FindingKind.THRESHOLD_BEYOND, values=values)
        if not _has_bounds(threshold):
            yield Finding(place, ITEM, FindingKind.THRESHOLD_EMPTY)
    counted = Counter(threshold.points for threshold in adjustment.thresholds)
    for twice in (one for one, times in counted.items() if times > 1):
        place, values = ("thresholds", str(twice)), {"points": twice}
        yield Finding(place, ITEM, FindingKind.ANCHOR_TWICE, values=values)
    ranges = [range_of(threshold) for threshold in adjustment.thresholds if _has_bounds(threshold)]
    # Two replacements that meet in one number are as a printed form may be; only an overlap is unclear.
    yield from (found for found in range_findings("thresholds", ranges) if found.must)
    yield from _beside_printed(adjustment, scale)


def _beside_printed(adjustment: Adjustment, scale: ScaleSpec) -> Iterator[Finding]:
    """Bounds of the setting that run into printed ones which still hold for another score."""
    item = scale.items_by_code.get(adjustment.item)
    if item is None:
        return
    own = {threshold.points for threshold in adjustment.thresholds}
    printed = [range_of(anchor) for anchor in item.anchors if anchor.has_bounds and anchor.points not in own]
    for threshold in (one for one in adjustment.thresholds if _has_bounds(one)):
        here = range_of(threshold)
        for there in (one for one in printed if one.is_sound and here.is_sound):
            shared = overlap(here, there)
            if shared is None:
                continue
            values = {"points": here.points, "other": there.points, "from": shared[0], "to": shared[1]}
            place, covers = ("thresholds", str(here.points)), shared == (there.lower, there.upper)
            # The higher score counts: one that swallows a lower one whole leaves nothing to choose.
            if covers and here.points > there.points:
                yield Finding(place, ITEM, FindingKind.BOUNDS_OVER_PRINTED, values=values, must=False)
            else:
                yield Finding(place, ITEM, FindingKind.BOUNDS_OVERLAP_PRINTED, values=values)


def _as_a_whole(profile: ProfileSpec, scale: ScaleSpec) -> Iterator[Finding]:
    rows = profile.adjustments
    if not (profile.notes or profile.unrated_reasons or rows):
        yield Finding((), ITEM, FindingKind.SAYS_NOTHING, must=False)
    if any(row.degree is Degree.LIMITED for row in rows) and scale.items:
        lowest, highest = attainable(scale, profile)
        if lowest == highest == scale.highest_total:
            values = {"total": highest}
            yield Finding((), ITEM, FindingKind.LIMITED_COSTS_NOTHING, values=values, must=False)


def _sourced(part: str, place: Place, source: str, profile: ProfileSpec) -> Iterator[Finding]:
    if not source:
        yield Finding(place, part, FindingKind.SOURCE_MISSING)
    elif source not in {one.code for one in profile.sources}:
        yield Finding(place, part, FindingKind.SOURCE_UNDECLARED, values={"source": source})


def _has_bounds(threshold: ReanchoredThreshold) -> bool:
    return threshold.lower is not None or threshold.upper is not None
