"""Items over many sites: how often each score was given, what holds sites back, how far reviewers agreed.

Plain values. What the database counted comes in by version, profile and place on the score sheet; here it is joined by
item code over the versions of one scale.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scales.comparing.anchors import anchors_moved
from scales.scoring import Gap, gap
from scales.spec import Item, ProfileSpec, ScaleSpec

NO_GAP = Gap(0, 0, 0, 0, 0)


@dataclass(frozen=True)
class Counted:
    """How many sites have this score at this place of the score sheet, or these spreads; None where there is none.

    `place`: from 1, in the order of the version's items.
    """

    version: int
    profile: int
    place: int
    value: int | None
    sites: int


@dataclass(frozen=True)
class JoinedItem:
    """An item as the newest version that has it words it, with the title of its section there."""

    item: Item
    section: str


@dataclass(frozen=True)
class ItemAcross:
    """One item over sites. `scores`: points to how many sites have them. `below`: sites under the most points.

    `gap`: the points lost by all of them, and how they are shared between settings and services.
    """

    joined: JoinedItem
    scores: Mapping[int, int]
    unrated: int
    below: int
    gap: Gap

    @property
    def rated(self) -> int:
        return sum(self.scores.values())


@dataclass(frozen=True)
class ItemAgreement:
    """In how many reviews all reviewers scored an item, gave it the same score, and were at most one point apart."""

    joined: JoinedItem
    compared: int
    exact: int
    within_one: int


@dataclass(frozen=True)
class Moved:
    """Items that not all of the versions in use have, and items whose anchors ask for something else in some."""

    not_in_all: tuple[JoinedItem, ...]
    moved: tuple[JoinedItem, ...]


def joined_items(specs: Sequence[ScaleSpec]) -> tuple[JoinedItem, ...]:
    """Every item of these versions once, by code: in the order of the first, then what only later ones have."""
    found: dict[str, JoinedItem] = {}
    for spec in specs:
        for section in spec.sections:
            for item in section.items:
                found.setdefault(item.code, JoinedItem(item, section.title))
    return tuple(found.values())


def items_across(
    counted: Iterable[Counted], specs: Mapping[int, ScaleSpec], profiles: Mapping[int, ProfileSpec]
) -> tuple[ItemAcross, ...]:
    """`specs`, `profiles`: by the numbers in `counted`, the version whose words are used first."""
    scores: dict[str, Counter[int]] = defaultdict(Counter)
    unrated: Counter[str] = Counter()
    below: Counter[str] = Counter()
    gaps: dict[str, Gap] = defaultdict(lambda: NO_GAP)
    for one in counted:
        spec = specs[one.version]
        code = spec.items[one.place - 1].code
        if one.value is None:
            unrated[code] += one.sites
            continue
        scores[code][one.value] += one.sites
        below[code] += one.sites if one.value < spec.maximum else 0
        found = gap(spec, profiles[one.profile], code, one.value)
        if found:
            gaps[code] = _added(gaps[code], found, one.sites)
    return tuple(
        ItemAcross(joined, dict(scores[code]), unrated[code], below[code], gaps[code])
        for joined in joined_items(list(specs.values()))
        for code in [joined.item.code]
    )


def by_open_points(items: Iterable[ItemAcross]) -> tuple[ItemAcross, ...]:
    """Items on which points are lost: the most that is open to services first, then the most lost."""
    return tuple(
        sorted(
            (one for one in items if one.below),
            key=lambda one: (
                -(one.gap.open_lowest + one.gap.open_highest),
                -one.gap.gap,
                one.joined.item.number,
            ),
        )
    )


def points_in_use(specs: Iterable[ScaleSpec]) -> range:
    """Every score that one of the versions has."""
    known = list(specs)
    return range(min(spec.minimum for spec in known), max(spec.maximum for spec in known) + 1)


def agreement_across(counted: Iterable[Counted], specs: Mapping[int, ScaleSpec]) -> tuple[ItemAgreement, ...]:
    """`counted`: how far apart the reviewers were; None where they cannot be compared."""
    spreads: dict[str, Counter[int]] = defaultdict(Counter)
    for one in counted:
        if one.value is not None:
            spreads[specs[one.version].items[one.place - 1].code][one.value] += one.sites
    return tuple(
        ItemAgreement(
            joined,
            compared=sum(found.values()),
            exact=found[0],
            within_one=found[0] + found[1],
        )
        for joined in joined_items(list(specs.values()))
        if (found := spreads[joined.item.code])
    )


def moved_between(specs: Sequence[ScaleSpec]) -> Moved:
    """What keeps scores of several versions from standing side by side; nothing where there is one."""
    items = joined_items(specs)
    moved = {code for spec in specs[1:] for code in anchors_moved(spec, specs[0])}
    return Moved(
        not_in_all=tuple(
            one for one in items if not all(one.item.code in spec.items_by_code for spec in specs)
        ),
        moved=tuple(one for one in items if one.item.code in moved),
    )


def totals_compare(now: ScaleSpec, then: ScaleSpec) -> bool:
    """Whether totals of two versions are sums of the same items by the same points."""
    return (now.minimum, now.maximum, set(now.items_by_code)) == (
        then.minimum,
        then.maximum,
        set(then.items_by_code),
    )


def _added(to: Gap, one: Gap, times: int) -> Gap:
    return Gap(
        gap=to.gap + times * one.gap,
        setting_lowest=to.setting_lowest + times * one.setting_lowest,
        setting_highest=to.setting_highest + times * one.setting_highest,
        open_lowest=to.open_lowest + times * one.open_lowest,
        open_highest=to.open_highest + times * one.open_highest,
    )
