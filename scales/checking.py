"""Whether a definition makes sense as a whole, once its parts can be read: codes, anchors, bands, sources.

Each problem is a place in the definition, such as `("sections", "staffing", "items", "caseload-size")`, and a
reason in plain words.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from scales.spec import Anchor, Item, ProfileSpec, ReanchoredThreshold, ScaleSpec

Place = tuple[str, ...]
Finding = tuple[Place, str]

MOST_POINTS = 100


def scale_problems(scale: ScaleSpec) -> Iterator[Finding]:
    """What keeps a scale version from being used for reviews."""
    if not scale.minimum < scale.maximum <= scale.minimum + MOST_POINTS:
        yield ("maximum",), f"should be above the minimum of {scale.minimum}, by at most {MOST_POINTS}"
        return
    yield from _band_problems(scale)
    codes = Counter(item.code for item in scale.items)
    for section in scale.sections:
        for item in section.items:
            place = ("sections", section.code, "items", item.code)
            if codes[item.code] > 1:
                yield place, f"another item has the code {item.code} too"
            for inner, reason in _item_problems(item, scale):
                yield (*place, *inner), reason


def profile_problems(profile: ProfileSpec) -> Iterator[Finding]:
    """What is wrong with a profile by itself, whatever its scale."""
    sources = {source.code for source in profile.sources}
    for place, source in _cited(profile):
        if source not in sources:
            yield place, f"the source {source} is not declared"
    shared = {reason.code for reason in profile.unrated_reasons}
    for adjustment in profile.adjustments:
        place = ("adjustments", adjustment.item)
        loss = adjustment.expected_loss
        if loss and loss.lowest > loss.highest:
            yield (
                (*place, "expected_loss"),
                f"the lowest, {loss.lowest}, is above the highest, {loss.highest}",
            )
        for reason in adjustment.unrated_reasons:
            if reason.code in shared:
                yield (
                    (*place, "unrated_reasons", reason.code),
                    "this reason is accepted for every item already",
                )
        for threshold in adjustment.thresholds:
            at = (*place, "thresholds", str(threshold.points))
            if threshold.lower is None and threshold.upper is None:
                yield at, "needs at_least, at_most or both"
            if _are_reversed(threshold):
                yield at, "the lower bound is above the upper one"


def check_profile(profile: ProfileSpec, scale: ScaleSpec) -> list[str]:
    """What in a profile does not fit its scale version, one sentence for each; empty when all fits."""
    found = []
    if (profile.scale_code, profile.scale_label) != (scale.scale_code, scale.label):
        found.append(
            f"The profile is for {profile.scale_code} {profile.scale_label}, "
            f"not for {scale.scale_code} {scale.label}."
        )
    widest = scale.maximum - scale.minimum
    for adjustment in profile.adjustments:
        place = f"adjustments › {adjustment.item}"
        if adjustment.item not in scale.items_by_code:
            found.append(f"{place}: the scale has no item with this code.")
        if adjustment.expected_loss and adjustment.expected_loss.highest > widest:
            found.append(f"{place} › expected_loss: an item has only {widest} points to lose.")
        for threshold in adjustment.thresholds:
            if not scale.minimum <= threshold.points <= scale.maximum:
                found.append(
                    f"{place} › thresholds › {threshold.points}: scores run from {scale.minimum} "
                    f"to {scale.maximum}."
                )
    return found


def _band_problems(scale: ScaleSpec) -> Iterator[Finding]:
    """Bands run from the highest total to the lowest and take in each possible total once."""
    expected = scale.highest_total
    for band in scale.bands:
        place: Place = ("bands", band.label)
        if band.lowest > band.highest:
            yield place, f"the lowest, {band.lowest}, is above the highest, {band.highest}"
            return
        if band.highest > expected:
            earlier = "the band before it" if expected < scale.highest_total else "the highest possible total"
            yield (*place, "highest"), f"{band.highest} runs into {earlier}; it should be {expected}"
        elif band.highest < expected:
            yield (*place, "highest"), f"no band covers {_run(band.highest + 1, expected)}"
        expected = band.lowest - 1
    lowest = scale.lowest_total
    if expected >= lowest:
        yield ("bands",), f"no band covers {_run(lowest, expected)}"
    elif expected < lowest - 1:
        at = ("bands", scale.bands[-1].label, "lowest")
        yield at, f"{expected + 1} is under the lowest possible total of {lowest}"


def _item_problems(item: Item, scale: ScaleSpec) -> Iterator[Finding]:
    yield from _undeclared(
        ("evidence",), item.evidence, {row.code for row in scale.evidence_sources}, "evidence"
    )
    yield from _undeclared(
        ("principles",), item.principles, {row.code for row in scale.principles}, "principle"
    )
    conditions = {condition.code for condition in item.conditions}
    for condition in item.conditions:
        at = ("conditions", condition.code, "implies")
        yield from _undeclared(at, condition.implies, conditions, "condition")
    points = [anchor.points for anchor in item.anchors]
    for missing in range(scale.minimum, scale.maximum + 1):
        if missing not in points:
            yield ("anchors",), f"there is no anchor for {missing}"
    if points != sorted(points, reverse=True):
        yield ("anchors",), "should run from the highest score to the lowest"
    for anchor in item.anchors:
        place = ("anchors", str(anchor.points))
        if not scale.minimum <= anchor.points <= scale.maximum:
            yield place, f"scores run from {scale.minimum} to {scale.maximum}"
        yield from _undeclared((*place, "requires"), anchor.requires, conditions, "condition")
        yield from _undeclared((*place, "also_when"), anchor.also_when, conditions, "condition")
        if _are_reversed(anchor):
            yield place, "the lower bound is above the upper one"
    yield from _count_problems(item)


def _count_problems(item: Item) -> Iterator[Finding]:
    taken: set[int] = set()
    for anchor in item.anchors:
        place = ("anchors", str(anchor.points), "present")
        counts = _counts(anchor)
        if counts and max(counts) > len(item.components):
            yield place, f"the item has {len(item.components)} components"
        if both := taken.intersection(counts):
            yield place, f"another anchor takes {min(both)} present already"
        taken.update(counts)


def _counts(anchor: Anchor) -> range:
    if anchor.count_lowest is None or anchor.count_highest is None:
        return range(0)
    return range(anchor.count_lowest, anchor.count_highest + 1)


def _are_reversed(bounds: Anchor | ReanchoredThreshold) -> bool:
    return bounds.lower is not None and bounds.upper is not None and bounds.lower > bounds.upper


def _undeclared(place: Place, codes: Iterable[str], declared: set[str], what: str) -> Iterator[Finding]:
    for code in codes:
        if code not in declared:
            yield place, f"the {what} {code} is not declared"


def _cited(profile: ProfileSpec) -> Iterator[tuple[Place, str]]:
    """Every place of a profile that names a source, with the code it names."""
    for position, note in enumerate(profile.notes, 1):
        yield ("notes", str(position), "source"), note.source
    for reason in profile.unrated_reasons:
        yield ("unrated_reasons", reason.code, "source"), reason.source
    for adjustment in profile.adjustments:
        place = ("adjustments", adjustment.item)
        if adjustment.expected_loss:
            yield (*place, "expected_loss", "source"), adjustment.expected_loss.source
        for position, statement in enumerate(adjustment.statements, 1):
            yield (*place, "statements", str(position), "source"), statement.source
        for reason in adjustment.unrated_reasons:
            yield (*place, "unrated_reasons", reason.code, "source"), reason.source
        for threshold in adjustment.thresholds:
            yield (*place, "thresholds", str(threshold.points), "source"), threshold.source


def _run(lowest: int, highest: int) -> str:
    return f"a total of {lowest}" if lowest == highest else f"totals from {lowest} to {highest}"
