"""Whether a definition makes sense as a whole, once its parts can be read: codes, anchors, bands, sources.

Each problem is a place in the definition, such as `("sections", "staffing", "items", "caseload-size")`, and a
reason in plain words.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from scales.sentences import Sentence
from scales.sentences import sentence as _
from scales.spec import Anchor, Item, ProfileSpec, ReanchoredThreshold, ScaleSpec

Place = tuple[str, ...]
Finding = tuple[Place, str]

MOST_POINTS = 100


def scale_problems(scale: ScaleSpec) -> Iterator[Finding]:
    """What keeps a scale version from being used for reviews."""
    if not scale.minimum < scale.maximum <= scale.minimum + MOST_POINTS:
        yield (
            ("maximum",),
            _(
                "should be above the minimum of %(minimum)s, by at most %(most)s",
                minimum=scale.minimum,
                most=MOST_POINTS,
            ),
        )
        return
    yield from _band_problems(scale)
    codes = Counter(item.code for item in scale.items)
    for section in scale.sections:
        for item in section.items:
            place = ("sections", section.code, "items", item.code)
            if codes[item.code] > 1:
                yield place, _("another item has the code %(code)s too", code=item.code)
            for inner, reason in _item_problems(item, scale):
                yield (*place, *inner), reason


def profile_problems(profile: ProfileSpec) -> Iterator[Finding]:
    """What is wrong with a profile by itself, whatever its scale."""
    sources = {source.code for source in profile.sources}
    for place, source in _cited(profile):
        if source not in sources:
            yield place, _("the source %(code)s is not declared", code=source)
    shared = {reason.code for reason in profile.unrated_reasons}
    for adjustment in profile.adjustments:
        place = ("adjustments", adjustment.item)
        loss = adjustment.expected_loss
        if loss and loss.lowest > loss.highest:
            yield (
                (*place, "expected_loss"),
                _(
                    "the lowest, %(lowest)s, is above the highest, %(highest)s",
                    lowest=loss.lowest,
                    highest=loss.highest,
                ),
            )
        for reason in adjustment.unrated_reasons:
            if reason.code in shared:
                yield (
                    (*place, "unrated_reasons", reason.code),
                    _("this reason is accepted for every item already"),
                )
        for threshold in adjustment.thresholds:
            at = (*place, "thresholds", str(threshold.points))
            if threshold.lower is None and threshold.upper is None:
                yield at, _("needs at_least, at_most or both")
            if _are_reversed(threshold):
                yield at, _("the lower bound is above the upper one")


def check_profile(profile: ProfileSpec, scale: ScaleSpec) -> list[str]:
    """What in a profile does not fit its scale version, one sentence for each; empty when all fits."""
    found: list[str] = []
    if (profile.scale_code, profile.scale_label) != (scale.scale_code, scale.label):
        found.append(
            _(
                "The profile is for %(scale)s %(label)s, not for %(other_scale)s %(other_label)s.",
                scale=profile.scale_code,
                label=profile.scale_label,
                other_scale=scale.scale_code,
                other_label=scale.label,
            )
        )
    return found + [
        _("%(place)s: %(reason)s.", place=" › ".join(place), reason=reason)
        for place, reason in misfits(profile, scale)
    ]


def misfits(profile: ProfileSpec, scale: ScaleSpec) -> Iterator[Finding]:
    """What a profile says of items, points or losses that its scale version does not have."""
    widest = scale.maximum - scale.minimum
    for adjustment in profile.adjustments:
        place = ("adjustments", adjustment.item)
        if adjustment.item not in scale.items_by_code:
            yield place, _("the scale has no item with this code")
        if adjustment.expected_loss and adjustment.expected_loss.highest > widest:
            yield (*place, "expected_loss"), _("an item has only %(most)s points to lose", most=widest)
        for threshold in adjustment.thresholds:
            if not scale.minimum <= threshold.points <= scale.maximum:
                yield (*place, "thresholds", str(threshold.points)), _scores_run(scale)


def _band_problems(scale: ScaleSpec) -> Iterator[Finding]:
    """Bands run from the highest total to the lowest and take in each possible total once."""
    expected = scale.highest_total
    for band in scale.bands:
        place: Place = ("bands", band.label)
        if band.lowest > band.highest:
            yield (
                place,
                _(
                    "the lowest, %(lowest)s, is above the highest, %(highest)s",
                    lowest=band.lowest,
                    highest=band.highest,
                ),
            )
            return
        if band.highest > expected:
            is_lower = expected < scale.highest_total
            yield (
                (*place, "highest"),
                _(
                    "%(highest)s runs into %(earlier)s; it should be %(expected)s",
                    highest=band.highest,
                    earlier=_("the band before it") if is_lower else _("the highest possible total"),
                    expected=expected,
                ),
            )
        elif band.highest < expected:
            yield (*place, "highest"), _not_covered(band.highest + 1, expected)
        expected = band.lowest - 1
    lowest = scale.lowest_total
    if expected >= lowest:
        yield ("bands",), _not_covered(lowest, expected)
    elif expected < lowest - 1:
        at = ("bands", scale.bands[-1].label, "lowest")
        yield (
            at,
            _(
                "%(total)s is under the lowest possible total of %(lowest)s",
                total=expected + 1,
                lowest=lowest,
            ),
        )


def _item_problems(item: Item, scale: ScaleSpec) -> Iterator[Finding]:
    evidence = {row.code for row in scale.evidence_sources}
    principles = {row.code for row in scale.principles}
    for code in _undeclared(item.evidence, evidence):
        yield ("evidence",), _("the evidence %(code)s is not declared", code=code)
    for code in _undeclared(item.principles, principles):
        yield ("principles",), _("the principle %(code)s is not declared", code=code)
    conditions = {condition.code for condition in item.conditions}
    for condition in item.conditions:
        at = ("conditions", condition.code, "implies")
        yield from _unknown_conditions(at, condition.implies, conditions)
    points = [anchor.points for anchor in item.anchors]
    for missing in range(scale.minimum, scale.maximum + 1):
        if missing not in points:
            yield ("anchors",), _("there is no anchor for %(points)s", points=missing)
    if points != sorted(points, reverse=True):
        yield ("anchors",), _("should run from the highest score to the lowest")
    for anchor in item.anchors:
        place = ("anchors", str(anchor.points))
        if not scale.minimum <= anchor.points <= scale.maximum:
            yield place, _scores_run(scale)
        yield from _unknown_conditions((*place, "requires"), anchor.requires, conditions)
        yield from _unknown_conditions((*place, "also_when"), anchor.also_when, conditions)
        if _are_reversed(anchor):
            yield place, _("the lower bound is above the upper one")
    yield from _count_problems(item)


def _count_problems(item: Item) -> Iterator[Finding]:
    taken: set[int] = set()
    for anchor in item.anchors:
        place = ("anchors", str(anchor.points), "present")
        counts = _counts(anchor)
        if counts and max(counts) > len(item.components):
            yield place, _("the item has %(count)s components", count=len(item.components))
            continue
        if both := taken.intersection(counts):
            yield place, _("another anchor takes %(count)s present already", count=min(both))
        taken.update(counts)


def _counts(anchor: Anchor) -> range:
    if anchor.count_lowest is None or anchor.count_highest is None:
        return range(0)
    return range(anchor.count_lowest, anchor.count_highest + 1)


def _are_reversed(bounds: Anchor | ReanchoredThreshold) -> bool:
    return bounds.lower is not None and bounds.upper is not None and bounds.lower > bounds.upper


def _undeclared(codes: Iterable[str], declared: set[str]) -> list[str]:
    return [code for code in codes if code not in declared]


def _unknown_conditions(place: Place, codes: Iterable[str], declared: set[str]) -> Iterator[Finding]:
    for code in _undeclared(codes, declared):
        yield place, _("the condition %(code)s is not declared", code=code)


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


def _scores_run(scale: ScaleSpec) -> Sentence:
    return _("scores run from %(minimum)s to %(maximum)s", minimum=scale.minimum, maximum=scale.maximum)


def _not_covered(lowest: int, highest: int) -> Sentence:
    if lowest == highest:
        return _("no band covers a total of %(total)s", total=lowest)
    return _("no band covers totals from %(lowest)s to %(highest)s", lowest=lowest, highest=highest)
