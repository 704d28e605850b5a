"""Read the reviews of a site that a person may read now; one query, whatever their number."""

from django.utils import timezone

from programs.models import Site
from reports.trend.history import History, Visit, histories
from reports.trend.presentation import ThresholdLine
from reviews.independence import Label
from reviews.models import FundingThreshold, Kind, Result
from scales.models import Scale
from scales.scoring import Gap

# What a review by the service's own staff goes as, whatever it was planned as.
FORMS = {Label.GUIDED.value: Kind.GUIDED.value, Label.SELF.value: Kind.SELF.value}


def histories_for(user, site: Site) -> tuple[History, ...]:
    """Scale by scale; empty where there is nothing that the person may read."""
    results = Result.objects.readable_by(user).filter(site=site)
    rows = results.select_related("version__scale", "profile").oldest_first()
    return histories([_visit(row) for row in rows])


def _visit(result: Result) -> Visit:
    form = FORMS.get(result.independence, result.kind)
    return Visit(
        key=result.pk,
        review=result.review_id,
        starts_on=result.starts_on,
        ends_on=result.ends_on,
        form=form,
        independence=result.independence,
        is_self_assessed=result.is_self_assessed,
        spec=result.version.to_spec(),
        profile=result.profile.to_spec(),
        scores=result.scores_by_code(),
        points=result.points,
        lowest=result.lowest,
        highest=result.highest,
        band=result.band,
        gap=Gap(
            gap=result.setting_lowest + result.open_highest,
            setting_lowest=result.setting_lowest,
            setting_highest=result.setting_highest,
            open_lowest=result.open_lowest,
            open_highest=result.open_highest,
        ),
        attainable=(result.attainable_lowest, result.attainable_highest),
    )


def thresholds_of(site: Site, history: History) -> list[ThresholdLine]:
    """What funders of the program asked for on this scale, the oldest first; two queries."""
    today = timezone.localdate()
    scale = Scale.objects.filter(code=history.spec.scale_code)
    rows = FundingThreshold.objects.stretches(site.program_id, scale.get())
    return [
        ThresholdLine(
            points=row.points,
            source=row.source,
            since=row.since,
            until=row.until,
            is_in_force=row.since <= today and (row.until is None or today <= row.until),
        )
        for row in rows
    ]
