"""What an item of a draft still needs: its texts, its anchors, what it counts and what it asks."""

from collections import Counter
from collections.abc import Iterator

from scales.bounds import points_for_count
from scales.draft_checks.bounds import bound_findings
from scales.draft_checks.finding import ITEM, Finding, FindingKind, codes, listed, printable, texts
from scales.spec import Anchor, Item, Reading

NUMBERS = (Reading.RATIO, Reading.PERCENTAGE, Reading.DAYS, Reading.CONTACTS)


def item_findings(item: Item, points: range | None) -> Iterator[Finding]:
    """Places are told from the item on. `points`: the scores of the scale, lowest first; None while they cannot be."""
    yield from _texts(item)
    yield from _anchors(item, points)
    yield from _rows(item)
    if item.reading is Reading.COMPONENTS:
        yield from _counts(item)
    if item.reading in NUMBERS:
        yield from bound_findings(item)
    yield from _not_read(item)


def _texts(item: Item) -> Iterator[Finding]:
    yield from texts(ITEM, title=item.title, short_title=item.short_title, measures=item.measures)
    yield from printable(ITEM, intent=item.intent, note=item.note, unit=item.unit)
    if item.reading in (Reading.RATIO, Reading.PERCENTAGE):
        yield from texts(ITEM, part_label=item.part_label, whole_label=item.whole_label)
        return
    if item.reading in (Reading.DAYS, Reading.CONTACTS) and not item.unit.strip():
        yield from texts(ITEM, part_label=item.part_label)
    else:
        yield from printable(ITEM, part_label=item.part_label)


def _anchors(item: Item, points: range | None) -> Iterator[Finding]:
    counted = Counter(anchor.points for anchor in item.anchors)
    if points is not None:
        if missing := tuple(one for one in reversed(points) if one not in counted):
            yield Finding(("anchors",), ITEM, FindingKind.ANCHORS_MISSING, values={"points": missing})
        for beyond in (one for one in counted if one not in points):
            values = {"points": beyond, "minimum": points[0], "maximum": points[-1]}
            yield Finding(("anchors", str(beyond)), ITEM, FindingKind.ANCHOR_BEYOND, values=values)
    for twice in (one for one, times in counted.items() if times > 1):
        yield Finding(("anchors", str(twice)), ITEM, FindingKind.ANCHOR_TWICE, values={"points": twice})
    for anchor in item.anchors:
        for found in texts(ITEM, descriptor=anchor.descriptor):
            yield found.under(("anchors", str(anchor.points)))


def _rows(item: Item) -> Iterator[Finding]:
    """Components, and questions with the anchors that name them."""
    yield from codes(ITEM, ("components",), (row.code for row in item.components))
    for component in item.components:
        for found in texts(ITEM, text=component.text):
            yield found.under(("components", component.code))
    asked = {condition.code for condition in item.conditions}
    yield from codes(ITEM, ("conditions",), (row.code for row in item.conditions))
    used = {code for anchor in item.anchors for code in (*anchor.requires, *anchor.also_when)}
    for condition in item.conditions:
        place = ("conditions", condition.code)
        yield from (found.under(place) for found in texts(ITEM, question=condition.question))
        yield from listed((*place, "implies"), condition.implies, asked, FindingKind.CONDITION_UNDECLARED)
        if condition.code not in used and not condition.implies:
            yield Finding(place, ITEM, FindingKind.CONDITION_UNUSED, must=False)
    for anchor in item.anchors:
        place = ("anchors", str(anchor.points))
        for key, named in (("requires", anchor.requires), ("also_when", anchor.also_when)):
            yield from listed((*place, key), named, asked, FindingKind.CONDITION_UNDECLARED)


def _counts(item: Item) -> Iterator[Finding]:
    if not item.components:
        yield Finding(("components",), ITEM, FindingKind.NO_COMPONENTS)
    counting = [anchor for anchor in item.anchors if _is_counted(anchor)]
    if not counting:
        yield Finding(("anchors",), ITEM, FindingKind.NO_COUNTS)
        return
    taken: dict[int, int] = {}
    for anchor in sorted(counting, key=lambda one: one.points, reverse=True):
        place = ("anchors", str(anchor.points))
        lowest, highest = anchor.count_lowest, anchor.count_highest
        if lowest is None or highest is None or lowest > highest:
            yield Finding(place, ITEM, FindingKind.COUNT_INCOMPLETE)
            continue
        if highest > len(item.components):
            values = {"count": highest, "components": len(item.components)}
            yield Finding(place, ITEM, FindingKind.COUNT_BEYOND, values=values)
        for count in range(lowest, min(highest, len(item.components)) + 1):
            if count in taken:
                values = {"count": count, "points": anchor.points, "other": taken[count]}
                yield Finding(place, ITEM, FindingKind.COUNT_TWICE, values=values)
            taken.setdefault(count, anchor.points)
    if item.components:
        yield from _counts_without_anchor(item, taken)
    if _is_out_of_order([taken[count] for count in sorted(taken)]):
        yield Finding(("anchors",), ITEM, FindingKind.OUT_OF_ORDER, must=False)


def _counts_without_anchor(item: Item, taken: dict[int, int]) -> Iterator[Finding]:
    """Counts that no anchor takes: the form leaves some of them to the reviewers, others have no score at all."""
    for count in range(len(item.components) + 1):
        if count in taken:
            continue
        choice = points_for_count(item.anchors, count)
        what = FindingKind.COUNT_LEAVES_CHOICE if choice else FindingKind.COUNT_WITHOUT_SCORE
        values = {"count": count, "points": choice}
        yield Finding(("anchors",), ITEM, what, values=values, must=not choice)


def _not_read(item: Item) -> Iterator[Finding]:
    """What is entered for one way of reading the anchors and ignored by the way that is chosen."""
    has = {
        "bounds": item.reading not in NUMBERS and any(anchor.has_bounds for anchor in item.anchors),
        "components": item.reading is not Reading.COMPONENTS
        and bool(item.components or any(_is_counted(anchor) for anchor in item.anchors)),
        "few_seekers": item.few_seekers is not None and not item.per_specialist,
    }
    for what in (name for name, is_there in has.items() if is_there):
        values = {"ignored": what, "reading": item.reading.value}
        yield Finding(("reading",), ITEM, FindingKind.NUMBER_NOT_READ, values=values, must=False)


def _is_counted(anchor: Anchor) -> bool:
    return anchor.count_lowest is not None or anchor.count_highest is not None


def _is_out_of_order(points: list[int]) -> bool:
    """More in place should never score less."""
    return points != sorted(points)
