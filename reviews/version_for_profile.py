"""Which scale version a new setting profile is proposed for."""

from collections import Counter

from django.db.models import Count
from django.db.models.functions import Lower

from reviews.models import Review, Stage
from reviews.starting_version import is_same_wording, versions_on_offer
from scales.models import ScaleVersion, SettingProfile


def version_for_new_profile(*, origin: SettingProfile | None, language: str) -> ScaleVersion | None:
    """The newest published version in the wording of the profile copied, else in the wording most reviews use.

    `language`: of the person, which decides while there are no reviews. None where nothing is published.
    """
    offered = versions_on_offer()
    if origin is not None:
        same = [one for one in offered if is_same_wording(one, origin.version)]
        same += [one for one in offered if one.scale_id == origin.version.scale_id]
        if same:
            return same[0]
    if not offered:
        return None
    reviews = _reviews_by_wording()
    # The first of equals is the newest.
    return max(
        offered,
        key=lambda one: (
            reviews[one.scale_id, one.language.lower()],
            one.language.lower() == language.lower(),
        ),
    )


def _reviews_by_wording() -> Counter:
    """Scale and language to how many reviews use them."""
    rows = (
        Review.objects.exclude(stage=Stage.CANCELLED)
        .order_by()
        .values_list("version__scale", Lower("version__language"))
        .annotate(times=Count("pk"))
    )
    return Counter({(scale, language): times for scale, language, times in rows})
