"""Read a review's barriers, facilitators and adaptations for its report, in two queries; not what was withdrawn."""

from reports.influence_lines import AdaptationLine, InfluenceLine
from reviews.influences.cfir import CONSTRUCTS, DOMAIN_OF
from reviews.models import Influence, Review


def influence_lines(review: Review) -> tuple[InfluenceLine, ...]:
    """By construct in the framework's order; of each, barriers first, then as they were written."""
    order = list(CONSTRUCTS)
    rows = review.influences.standing().select_related("item").order_by("noted_at", "pk")
    return tuple(
        InfluenceLine(
            domain=DOMAIN_OF[row.construct].code,
            construct=row.construct,
            kind=row.kind,
            item_number=row.item.number if row.item else None,
            item_title=row.item.short_title if row.item else "",
            text=row.text,
        )
        for row in sorted(
            rows, key=lambda row: (order.index(row.construct), row.kind != Influence.Kind.BARRIER)
        )
    )


def adaptation_lines(review: Review) -> tuple[AdaptationLine, ...]:
    """Those of the whole site first, then by item."""
    rows = review.adaptations.standing().select_related("item").order_by("noted_at", "pk")
    return tuple(
        AdaptationLine(
            what=row.what,
            why=row.why,
            planned=row.planned,
            core_kept=row.core_kept,
            decided_by=row.decided_by,
            since=row.since,
            item_number=row.item.number if row.item else None,
            item_title=row.item.short_title if row.item else "",
        )
        for row in sorted(rows, key=lambda row: row.item.number if row.item else 0)
    )
