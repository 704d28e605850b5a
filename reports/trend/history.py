"""The reviews of one site by one scale over time, as plain frozen values: what its page, charts and file are made from.

Joined by item code: an item keeps its place through another wording of the scale. What services found when they
assessed themselves stands beside the reviews, and is never compared with them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from scales import scoring
from scales.comparing import anchors_moved
from scales.spec import Item, ProfileSpec, ScaleSpec, Section


@dataclass(frozen=True)
class Visit:
    """One review whose scores stand.

    `key`: tells it from every other. `review`: the number of the review in the product, None for one that was imported.
    `form`: its type, a code; a review by the service's own staff goes as the self-assessment that it is.
    `scores`: by item code. `points`: of the rated items; `lowest`, `highest`: what the total can become.
    `band`: "" where it is not certain. `gap`: of all rated items.
    """

    key: int
    review: int | None
    starts_on: date
    ends_on: date
    form: str
    independence: str
    is_self_assessed: bool
    spec: ScaleSpec
    profile: ProfileSpec
    scores: Mapping[str, int | None]
    points: int
    lowest: int
    highest: int
    band: str
    gap: scoring.Gap
    attainable: tuple[int, int]

    @property
    def is_complete(self) -> bool:
        return self.lowest == self.highest

    @property
    def is_imported(self) -> bool:
        return self.review is None

    @cached_property
    def sections(self) -> dict[str, scoring.Subtotal]:
        return scoring.section_totals(self.spec, self.scores)

    def item(self, code: str) -> Item | None:
        """None where this version of the scale does not have it."""
        return self.spec.items_by_code.get(code)


@dataclass(frozen=True)
class Turn:
    """What is another between two reviews that follow each other. `moved`: items by other anchors than before."""

    before: Visit
    after: Visit
    moved: frozenset[str]

    @property
    def has_new_version(self) -> bool:
        return self.before.spec.label != self.after.spec.label

    @property
    def gone(self) -> tuple[Item, ...]:
        """Items that the version after does not have."""
        return tuple(item for item in self.before.spec.items if self.after.item(item.code) is None)

    @property
    def new(self) -> tuple[Item, ...]:
        return tuple(item for item in self.after.spec.items if self.before.item(item.code) is None)

    @property
    def has_new_profile(self) -> bool:
        return self.before.profile.code != self.after.profile.code

    @property
    def has_other_bands(self) -> bool:
        return _bands(self.before.spec) != _bands(self.after.spec)


@dataclass(frozen=True)
class History:
    """All reviews of a site by one scale, oldest first; there is at least one.

    `also_on_axis`: days of something else that is drawn below on the same axis of time.
    """

    visits: tuple[Visit, ...]
    also_on_axis: tuple[date, ...] = ()

    @cached_property
    def spec(self) -> ScaleSpec:
        """The version of the newest review: its bands and titles are shown."""
        return self.visits[-1].spec

    @cached_property
    def reviewed(self) -> tuple[Visit, ...]:
        return tuple(visit for visit in self.visits if not visit.is_self_assessed)

    @cached_property
    def line(self) -> tuple[Visit, ...]:
        """Those that are compared with each other: the reviews, or the self-assessments where there is nothing else."""
        return self.reviewed or self.visits

    @property
    def latest(self) -> Visit:
        return self.line[-1]

    @property
    def before(self) -> Visit | None:
        """The one that the latest is held against."""
        return self.previous_of(self.latest)

    @property
    def has_self_assessments(self) -> bool:
        return len(self.reviewed) < len(self.visits)

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """Where the version of the scale or the setting profile changes."""
        turns = (_turn(before, after) for before, after in pairwise(self.visits))
        return tuple(turn for turn in turns if turn.has_new_version or turn.has_new_profile)

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """In the order of the newest score sheet, then those that only an earlier version has."""
        found: dict[str, Item] = {}
        for visit in reversed(self.visits):
            found = found | {item.code: item for item in visit.spec.items if item.code not in found}
        return tuple(found.values())

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        found: dict[str, Section] = {}
        for visit in reversed(self.visits):
            found = found | {part.code: part for part in visit.spec.sections if part.code not in found}
        return tuple(found.values())

    @cached_property
    def moved_since_previous(self) -> dict[int, frozenset[str]]:
        """Of each review, by its key: items by other anchors than in the one that it is compared with."""
        pairs = ((visit, self.previous_of(visit)) for visit in self.visits)
        return {visit.key: moved_between(before, visit) if before else frozenset() for visit, before in pairs}

    def previous_of(self, visit: Visit) -> Visit | None:
        """The one before it to compare it with: of a review a review, of a self-assessment one of its type."""
        earlier = None
        for one in self.visits:
            if one.key == visit.key:
                return earlier
            if one.is_self_assessed == visit.is_self_assessed and (
                visit.form == one.form or not one.is_self_assessed
            ):
                earlier = one
        return None


def moved_between(before: Visit, after: Visit) -> frozenset[str]:
    """Items that are scored by other anchors in one review than in the other."""
    return frozenset() if before.spec is after.spec else anchors_moved(before.spec, after.spec)


def totals_compare(before: Visit, after: Visit) -> bool:
    """Whether one total less the other says anything: every item rated, and the scale goes from and to the same."""
    same_ends = (before.spec.lowest_total, before.spec.highest_total) == (
        after.spec.lowest_total,
        after.spec.highest_total,
    )
    return same_ends and before.is_complete and after.is_complete


def change_of_total(before: Visit | None, after: Visit) -> int | None:
    if before is None or not totals_compare(before, after):
        return None
    return after.points - before.points


def items_compare(before: Visit, after: Visit) -> bool:
    """Whether the points of an item mean the same: the scale scores from and to the same."""
    return (before.spec.minimum, before.spec.maximum) == (after.spec.minimum, after.spec.maximum)


def histories(visits: Sequence[Visit]) -> tuple[History, ...]:
    """Scale by scale, never mixed; that of the newest review first. `visits`: oldest first."""
    by_scale: dict[str, list[Visit]] = {}
    for visit in visits:
        by_scale.setdefault(visit.spec.scale_code, []).append(visit)
    found = [History(tuple(own)) for own in by_scale.values()]
    places = {visit.key: place for place, visit in enumerate(visits)}
    return tuple(sorted(found, key=lambda history: -places[history.visits[-1].key]))


def _turn(before: Visit, after: Visit) -> Turn:
    return Turn(before, after, moved_between(before, after))


def _bands(spec: ScaleSpec) -> tuple[tuple[int, int, str], ...]:
    return tuple((band.lowest, band.highest, band.label) for band in spec.bands)
