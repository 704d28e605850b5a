"""Items by site: one row per site with its scores, total and band, and what changed since the review before."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports import words
from reports.across import bars, reading
from reports.across.comparison import Comparison
from reports.across.counting import totals_compare
from reports.document import Range
from reviews.independence_words import LABELS
from reviews.models import Kind, Result
from reviews.models.result import SELF_ASSESSED
from scales.spec import ScaleSpec


@dataclass(frozen=True)
class Cell:
    """`score`: None where unrated. `level`: the shade. `change`: points since the review before, None if unknown."""

    score: int | None
    level: int | None
    change: int | None
    is_there: bool = True

    @property
    def text(self) -> str:
        if not self.is_there:
            return words.DASH
        return _("n/r") if self.score is None else str(self.score)

    @property
    def change_in_words(self) -> str:
        return words.change(self.change) if self.change else ""


@dataclass(frozen=True)
class SiteRow:
    """`mark`: "Self-assessment" where it is one. `becomes`: what a total with unrated items can become.

    `since`: when the review before was, and what sets it apart from this one; or that there is none.
    """

    result: Result
    mark: str
    cells: tuple[Cell, ...]
    becomes: str
    band: str
    before: Result | None
    change: int | None
    since: str

    @property
    def change_in_words(self) -> str:
        """ "" where there is no review before."""
        if self.change is None:
            return _("not comparable") if self.before else ""
        return words.change(self.change)

    @property
    def is_not_comparable(self) -> bool:
        return self.before is not None and self.change is None

    @property
    def open(self) -> str:
        """Points open to the service."""
        return words.span(Range(self.result.open_lowest, self.result.open_highest))

    @property
    def visit(self) -> str:
        return words.month(self.result.starts_on)


def rows(comparison: Comparison, results: Iterable[Result]) -> list[SiteRow]:
    """`results`: as `Comparison.in_order` gives them; two more queries, for the reviews before and what is read."""
    found = list(results)
    earlier = reading.before(found)
    specs = {number: version.to_spec() for number, version in comparison.in_sight.versions.items()}
    read = reading.programs_read(comparison.user)
    return [_row(comparison, one, earlier.get(one.before_id), specs, read) for one in found]


def sections(comparison: Comparison) -> list[tuple[str, int]]:
    """Titles of the sections over the columns, each with how many it covers."""
    return [
        (title, len(list(items))) for title, items in groupby(comparison.joined, key=lambda one: one.section)
    ]


def key(comparison: Comparison) -> list[tuple[int, str]]:
    """The shades in use, each with its scores; without scores where versions have other highest or lowest ones."""
    ends = {(spec.minimum, spec.maximum) for spec in comparison.specs.values()}
    if len(ends) > 1:
        return [(shade, "") for shade in range(bars.LEVELS)]
    ((lowest, highest),) = ends
    shades = groupby(comparison.points, key=lambda score: bars.level(score, lowest, highest))
    return [
        (shade, words.span(Range(scores[0], scores[-1])))
        for shade, found in shades
        for scores in [list(found)]
    ]


def mark_of(kind: str, independence: str) -> str:
    """What a self-assessment is marked with, wherever its scores stand; "" for a review."""
    if kind in SELF_ASSESSED:
        return str(Kind(kind).label)
    is_one = Result(kind=kind, independence=independence).is_self_assessed
    return words.independence(independence) if is_one else ""


def _becomes(result: Result) -> str:
    """ "can become 94–106"; "" where the total is complete."""
    if result.is_complete:
        return ""
    return _("can become %(range)s") % {"range": words.span(Range(result.lowest, result.highest))}


def _row(
    comparison: Comparison,
    result: Result,
    before: Result | None,
    specs: Mapping[int, ScaleSpec],
    read: Container[int],
) -> SiteRow:
    spec = specs[result.version_id]
    scores = _by_code(result, spec)
    then_spec = specs[before.version_id] if before else None
    then = _by_code(before, then_spec) if before and then_spec and _points_alike(spec, then_spec) else {}
    return SiteRow(
        result=result,
        mark=mark_of(result.kind, result.independence),
        cells=tuple(_cell(joined.item.code, spec, scores, then) for joined in comparison.joined),
        becomes=_becomes(result),
        band=result.band or _("Not certain yet"),
        before=before,
        change=_change(result, before, spec, then_spec) if before and then_spec else None,
        since=_since(result, before) if before else _no_before(result, read),
    )


def _cell(
    code: str, spec: ScaleSpec, scores: Mapping[str, int | None], then: Mapping[str, int | None]
) -> Cell:
    score, earlier = scores.get(code), then.get(code)
    return Cell(
        score=score,
        level=None if score is None else bars.level(score, spec.minimum, spec.maximum),
        change=None if score is None or earlier is None else score - earlier,
        is_there=code in scores,
    )


def _change(result: Result, before: Result, now: ScaleSpec, then: ScaleSpec) -> int | None:
    """Of the total; None unless both are complete sums of the same items."""
    if result.is_complete and before.is_complete and totals_compare(now, then):
        return result.points - before.points
    return None


def _no_before(result: Result, read: Container[int]) -> str:
    """`read`: programs of which the reader may read every review; of others there may be earlier ones."""
    if result.site.program_id in read:
        return _("first review")
    return _("the first that you may read")


def _since(result: Result, before: Result) -> str:
    """ "since May 2025; then a self-assessment; then another scale version"."""
    said = [_("since %(month)s") % {"month": date_format(before.starts_on, "M Y")}]
    if before.is_self_assessed and not result.is_self_assessed:
        said.append(_("then a self-assessment"))
    if before.version_id != result.version_id:
        said.append(_("then another scale version"))
    if before.profile_id != result.profile_id and before.version_id == result.version_id:
        said.append(_("then another setting profile"))
    return "; ".join(said)


def _by_code(result: Result, spec: ScaleSpec) -> dict[str, int | None]:
    return {item.code: score for item, score in zip(spec.items, result.scores, strict=True)}


def _points_alike(now: ScaleSpec, then: ScaleSpec) -> bool:
    return (now.minimum, now.maximum) == (then.minimum, then.maximum)


def independence_of(result: Result) -> str:
    return str(LABELS.get(result.label, result.independence))
