"""What the reviews of a site came to, in figures short enough for a line of a table."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from programs.models import Site
from reviews.models import Result

MINUS = "\u2212"


@dataclass(frozen=True)
class ResultLine:
    """`total`: "92 of 125", a range while items are unrated. `change`: since the one before it, "" where not known."""

    total: str
    band: str
    change: str


def results_at(user, site: Site) -> dict[int, ResultLine]:
    """By the number of the result's review, of those that the user may read now; one query.

    A result that was imported has no review, and its number is None: it counts for the change of the next.
    """
    rows = Result.objects.readable_by(user).filter(site=site).select_related("version__scale").oldest_first()
    lines, latest = {}, {}
    for row in rows:
        # A self-assessment is held against one of its type, never against a review.
        place = (row.version.scale_id, (row.kind, row.independence) if row.is_self_assessed else "")
        lines[row.review_id] = _line(row, latest.get(place))
        latest[place] = row
    return lines


def _line(row: Result, before: Result | None) -> ResultLine:
    spec = row.version.to_spec()
    points = str(row.points) if row.is_complete else f"{row.lowest}–{row.highest}"
    change = row.change_since(before) if before else None
    return ResultLine(
        total=_("%(points)s of %(maximum)s") % {"points": points, "maximum": spec.highest_total},
        band=row.band,
        change="" if change is None else f"{change:+d}".replace("-", MINUS) if change else "0",
    )
