"""Write down what an issued review came to, in the transaction that issues, corrects or withdraws its report."""

from collections import defaultdict
from collections.abc import Mapping

from reviews.models import Rating, Result, Review
from scales import scoring
from scales.spec import ProfileSpec, ScaleSpec


def record_result(review: Review) -> Result:
    """Bring the result of an issued review to what is agreed now; with no edition that holds, it does not stand."""
    spec = review.version.to_spec()
    agreed = dict(review.consensus.values_list("item__code", "score"))
    values = {
        "site_id": review.site_id,
        "kind": review.kind,
        "starts_on": review.starts_on,
        "ends_on": review.ends_on,
        "independence": review.independence.label.value,
        "version_id": review.version_id,
        "profile_id": review.profile_id,
        "spreads": _spreads(review, spec),
        "stands": _stands(review),
        **figures(spec, review.profile.to_spec(), agreed),
    }
    result, _is_new = Result.objects.update_or_create(review=review, defaults=values)
    return result


def figures(spec: ScaleSpec, profile: ProfileSpec, scores: scoring.Scores) -> dict[str, object]:
    """What follows from the scores, by the names of the fields of a result.

    `scores`: by item code. Raises `ScoreOutOfRange` and `UnknownItem`.
    """
    total, gaps = scoring.total(spec, scores), scoring.gap_totals(spec, profile, scores)
    attainable_lowest, attainable_highest = scoring.attainable(spec, profile)
    return {
        "scores": [scores.get(item.code) for item in spec.items],
        "points": total.points,
        "rated": total.rated,
        "unrated": total.unrated,
        "lowest": total.lowest,
        "highest": total.highest,
        "band": total.band.label if total.band else "",
        "setting_lowest": gaps.setting_lowest,
        "setting_highest": gaps.setting_highest,
        "open_lowest": gaps.open_lowest,
        "open_highest": gaps.open_highest,
        "attainable_lowest": attainable_lowest,
        "attainable_highest": attainable_highest,
    }


def _spreads(review: Review, spec: ScaleSpec) -> list[int | None]:
    """On the sets as submitted, of those whose scores count; one query."""
    raters = [member.pk for member in review.team if member.counts and member.has_submitted]
    given: Mapping[str, list[int]] = defaultdict(list)
    rows = Rating.objects.filter(rating_set__member__in=raters, score__isnull=False)
    for code, score in rows.values_list("item__code", "score"):
        given[code].append(score)
    return [
        max(given[item.code]) - min(given[item.code])
        if len(raters) > 1 and len(given[item.code]) == len(raters)
        else None
        for item in spec.items
    ]


def _stands(review: Review) -> bool:
    editions = review.editions.values_list("withdrawal", flat=True)
    return not editions or None in editions
