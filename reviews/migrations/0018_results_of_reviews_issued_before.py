"""What reviews issued before there were results came to, read from their frozen reports."""

import json
from collections import defaultdict

from django.db import migrations
from django.db.models import Q


def write_results(apps, schema_editor):
    Result = apps.get_model("reviews", "Result")
    Review = apps.get_model("reviews", "Review")
    for review in Review.objects.filter(stage="issued", result=None).iterator():
        editions = review.editions.order_by("major", "minor")
        holding = editions.filter(withdrawal=None).last()
        if (edition := holding or editions.last()) is not None:
            Result.objects.create(review=review, stands=holding is not None, **_of_report(apps, review, edition))


def _of_report(apps, review, edition) -> dict[str, object]:
    report = json.loads(edition.document)
    items = [item for section in report["sections"] for item in section["items"]]
    total, gap, attainable = report["total"], report["gap"], report["attainable"]
    return {
        "site_id": review.site_id,
        "kind": review.kind,
        "starts_on": review.starts_on,
        "ends_on": review.ends_on,
        "independence": report["independence"],
        "version_id": review.version_id,
        "profile_id": review.profile_id,
        "scores": [item["score"] for item in items],
        "spreads": _spreads(apps, review, [item["code"] for item in items]),
        "points": total["points"],
        "rated": total["rated"],
        "unrated": total["unrated"],
        "lowest": total["can_become"]["lowest"],
        "highest": total["can_become"]["highest"],
        "band": total["band"] or "",
        "setting_lowest": gap["setting"]["lowest"],
        "setting_highest": gap["setting"]["highest"],
        "open_lowest": gap["open"]["lowest"],
        "open_highest": gap["open"]["highest"],
        "attainable_lowest": attainable["lowest"],
        "attainable_highest": attainable["highest"],
    }


def _spreads(apps, review, codes: list[str]) -> list[int | None]:
    """Of the reviewers whose scores count, on the sets as they were submitted."""
    sets = apps.get_model("reviews", "RatingSet").objects.filter(
        ~Q(submitted_at=None), member__review=review, member__role__in=["lead reviewer", "reviewer"]
    )
    raters = list(sets.values_list("pk", flat=True))
    given = defaultdict(list)
    rows = apps.get_model("reviews", "Rating").objects.filter(rating_set__in=raters).exclude(score=None)
    for code, score in rows.values_list("item__code", "score"):
        given[code].append(score)
    return [
        max(given[code]) - min(given[code]) if len(given[code]) == len(raters) > 1 else None for code in codes
    ]


class Migration(migrations.Migration):
    dependencies = [("reviews", "0015_imported_reviews")]

    # Backwards there is nothing to take back: the table goes with the migration that made it.
    operations = [migrations.RunPython(write_results, migrations.RunPython.noop)]
