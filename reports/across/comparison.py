"""One comparison across sites: what was chosen, and what the database counted of it. Each part is read once."""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from reports.across import counting, reading
from reports.across.choosing import Choice, InSight, is_self_assessment
from scales.spec import ProfileSpec, ScaleSpec

# Under so many sites nothing can be read from what they have in common.
FEW_SITES = 5


class Comparison:
    def __init__(self, user, in_sight: InSight, choice: Choice) -> None:
        self.user, self.in_sight, self.choice = user, in_sight, choice

    @cached_property
    def results(self) -> list[int]:
        """Numbers of the results that count, one of each site."""
        return reading.latest_of_sites(self.user, self.choice)

    @property
    def sites(self) -> int:
        return len(self.results)

    @property
    def is_few(self) -> bool:
        return self.sites < FEW_SITES

    @cached_property
    def _counted(self) -> tuple[list[reading.Group], reading.Totals]:
        return reading.groups_and_totals(self.results)

    @property
    def groups(self) -> list[reading.Group]:
        return self._counted[0]

    @property
    def totals(self) -> reading.Totals:
        return self._counted[1]

    @cached_property
    def specs(self) -> Mapping[int, ScaleSpec]:
        """By the number of the version; the one that most sites were scored on first."""
        counted: Counter[int] = Counter()
        for group in self.groups:
            counted[group.version] += group.sites
        return {
            version: self.in_sight.versions[version].to_spec()
            for version, _sites in sorted(counted.items(), key=lambda one: (-one[1], -one[0]))
        }

    @cached_property
    def profiles(self) -> Mapping[int, ProfileSpec]:
        numbers = {group.profile for group in self.groups}
        return {number: self.in_sight.profiles[number].to_spec() for number in sorted(numbers)}

    @cached_property
    def joined(self) -> tuple[counting.JoinedItem, ...]:
        return counting.joined_items(list(self.specs.values()))

    @cached_property
    def points(self) -> range:
        return counting.points_in_use(self.specs.values())

    @cached_property
    def items(self) -> tuple[counting.ItemAcross, ...]:
        return counting.items_across(reading.scores(self.results), self.specs, self.profiles)

    @cached_property
    def agreement(self) -> tuple[counting.ItemAgreement, ...]:
        return counting.agreement_across(reading.spreads(self.results), self.specs)

    @cached_property
    def rated_by_several(self) -> tuple[int, int]:
        """Reviews that agreement is counted from, and those from old score sheets that it cannot be counted from."""
        return reading.rated_by_several(self.results)

    @cached_property
    def moved(self) -> counting.Moved:
        return counting.moved_between(list(self.specs.values()))

    @property
    def totals_compare(self) -> bool:
        first, *others = self.specs.values()
        return all(counting.totals_compare(first, other) for other in others)

    @property
    def complete(self) -> int:
        return sum(group.complete for group in self.groups)

    @property
    def self_assessed(self) -> int:
        return sum(group.sites for group in self.groups if is_self_assessment(group.kind, group.independence))

    @property
    def imported(self) -> int:
        return sum(group.sites for group in self.groups if group.is_imported)

    @cached_property
    def bands(self) -> list[tuple[str, int]]:
        """Band labels with how many sites came out there, the highest band first; "" where it is not certain."""
        counted: Counter[str] = Counter()
        for group in self.groups:
            counted[group.band] += group.sites
        known = {
            band.label: None
            for spec in self.specs.values()
            for band in sorted(spec.bands, key=lambda band: -band.lowest)
        }
        labels = [*known, *(label for label in counted if label and label not in known)]
        return [(label, counted[label]) for label in labels] + [("", counted[""])] * bool(counted[""])

    @cached_property
    def influences(self) -> Mapping[tuple[str, str], int]:
        return reading.influences(self.results)

    @cached_property
    def adaptations(self) -> list[reading.AdaptationCount]:
        return reading.adaptations(self.results)

    def in_order(self):
        return reading.in_order(self.user, self.choice, self.results)
