"""Where a site stands: its newest result, what moved since the one before, and what follows from it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import ngettext

from accounts.permissions import Permission, is_allowed
from programs.models import Site
from reviews.home.change import Change, Move, change_between
from reviews.home.ranking import Latest, latest_of
from reviews.home.words import (
    band_in_words,
    change_in_words,
    span,
    threshold_in_words,
    total_in_words,
    whose_part,
)
from reviews.models import ActionPlan, FundingThreshold, Result


@dataclass(frozen=True)
class MovedItem:
    """An item that moved, as a page shows it. `part`: whose what is missing now is."""

    move: Move

    @property
    def part(self) -> str:
        return whose_part(self.move.gap)


@dataclass(frozen=True)
class Standing:
    """`previous`: the result that it is compared with, None where there is none.

    `threshold`: the total that the program's funder asks for today, None where none is set.
    `reads_all`: whether the reader may read every review of the site; if not, there may be earlier ones.
    """

    result: Result
    previous: Result | None
    threshold: FundingThreshold | None = None
    reads_all: bool = True

    @property
    def site(self) -> Site:
        return self.result.site

    @cached_property
    def change(self) -> Change | None:
        if self.previous is None:
            return None
        result = self.result
        return change_between(
            result.version.to_spec(),
            result.profile.to_spec(),
            result.scores_by_code(),
            self.previous.scores_by_code(),
        )

    @property
    def has_slipped(self) -> bool:
        return self.change is not None and self.change.points < 0

    @cached_property
    def slipped(self) -> list[MovedItem]:
        return [MovedItem(move) for move in self.change.slipped] if self.change else []

    @cached_property
    def rose(self) -> list[MovedItem]:
        return [MovedItem(move) for move in self.change.rose] if self.change else []

    @property
    def has_setting_part(self) -> bool:
        """Whether the setting accounts for some of what the items that slipped are missing."""
        return any(one.move.gap.setting_highest for one in self.slipped)

    @property
    def in_another_profile(self) -> bool:
        return self.previous is not None and self.previous.profile.code != self.result.profile.code

    @property
    def in_another_version(self) -> bool:
        return self.previous is not None and self.previous.version_id != self.result.version_id

    @property
    def total(self) -> str:
        return total_in_words(self.result)

    @property
    def band(self) -> str:
        return band_in_words(self.result)

    @property
    def moved(self) -> str:
        return change_in_words(self.result, self.change, reads_all=self.reads_all)

    @property
    def attainable(self) -> str:
        return span(self.result.attainable_lowest, self.result.attainable_highest)

    @property
    def setting_costs(self) -> bool:
        """Whether a service that does all it can still stays under the highest total in this setting."""
        return self.result.attainable_lowest < self.result.version.to_spec().highest_total

    @property
    def beside_threshold(self) -> str:
        """Where the total lies beside the funder's line; empty without a line, and for a self-assessment."""
        if self.threshold is None or self.result.is_self_assessed:
            return ""
        return threshold_in_words(self.result, self.threshold.points)

    @property
    def open(self) -> str:
        """ "13 to 16 points"."""
        result = self.result
        said = ngettext("%(points)s point", "%(points)s points", result.open_highest)
        return said % {"points": span(result.open_lowest, result.open_highest)}


def standings(latest: Iterable[Latest], *, reads_all: bool = True) -> list[Standing]:
    """The whole results of these, in their order, each beside its program's threshold; two queries."""
    latest = list(latest)
    wanted = {pk for one in latest for pk in (one.result, one.previous) if pk}
    plans = ActionPlan.objects.filter(review=OuterRef("review"))
    rows = Result.objects.with_details().annotate(has_plan=Exists(plans)).in_bulk(wanted)
    thresholds = _thresholds({row.site.program_id for row in rows.values()})
    standings = []
    for one in latest:
        row = rows[one.result]
        threshold = thresholds.get((row.site.program_id, row.version.scale_id))
        standings.append(Standing(row, rows.get(one.previous), threshold, reads_all))
    return standings


def _thresholds(programs: set[int]) -> dict[tuple[int, int], FundingThreshold]:
    """By program and scale."""
    today = FundingThreshold.objects.filter(program__in=programs).on_day(timezone.localdate())
    return {(row.program_id, row.scale_id): row for row in today}


def standing_of_site(user, site: Site) -> Standing | None:
    """As far as the user may read its results."""
    latest = latest_of(user, Site.objects.filter(pk=site.pk)).of_sites
    reads_all = is_allowed(user, Permission.READ_REPORT, site)
    return next(iter(standings(latest, reads_all=reads_all)), None)
