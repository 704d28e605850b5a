"""Past reviews from old score sheets: the file, and what came of a row of it."""

from datetime import date

from django.utils import timezone

from programs.models import Site
from reviews.actions.results import figures
from reviews.independence import Label
from reviews.models import Kind, PastImport, Result
from tests.factories.accounts import UserFactory
from tests.factories.programs import SiteFactory
from tests.factories.scales import setting_profile


def past_import_on(version) -> PastImport:
    """The file that past reviews on a scale version came with; one for all of them."""
    return PastImport.objects.filter(version=version).first() or PastImport.objects.create(
        by=UserFactory(), file_name="old-sheets.csv", version=version, applied_at=timezone.now()
    )


def past_result(site: Site | None = None, *, scores: int | dict = 3, wording: str = "uk", **values) -> Result:
    """`scores`: of every item, or item code to score, where others are unrated."""
    site = site or SiteFactory()
    profile = setting_profile(site.setting.code, wording)
    spec = profile.version.to_spec()
    given = scores if isinstance(scores, dict) else {item.code: scores for item in spec.items}
    day = values.pop("starts_on", date(2023, 3, 14))
    return Result.objects.create(
        **{
            "site": site,
            "kind": Kind.BASELINE,
            "starts_on": day,
            "ends_on": day,
            "independence": Label.NOT_STATED.value,
            "version": profile.version,
            "profile": profile,
            "spreads": [None] * len(spec.items),
            "imported_from": past_import_on(profile.version),
            "source_line": 2,
            **figures(spec, profile.to_spec(), given),
            **values,
        }
    )
