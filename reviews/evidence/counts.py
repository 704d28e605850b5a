"""How much the visit rests on: interviews, observations and records that the team's own pages name."""

from dataclasses import dataclass

from django.db.models import Count

from reviews.evidence.warnings import same_name
from reviews.models import Activity, Sheet, Source


@dataclass(frozen=True)
class EvidenceCounts:
    """None where nothing is named: not counted is not none."""

    interviews: int | None
    observations: int | None
    records: int | None


def interviews_observations_records(review) -> EvidenceCounts:
    """Different people and meetings named in notes or in agenda entries that are done; three queries.

    Records: those that notes name, or the lines of the records worksheet where these are more. An agenda entry stands
    for any number of records, so it counts none.
    """
    named = {(source, same_name(who)) for source, who in _notes(review)}
    kinds = {Activity.INTERVIEW: Source.INTERVIEW, Activity.OBSERVATION: Source.OBSERVATION}
    done = review.agenda.filter(done_at__isnull=False, activity__in=kinds)
    named |= {
        (kinds[activity], same_name(title)) for activity, title in done.values_list("activity", "title")
    }
    numbers = [source for source, _who in named]
    on_sheet = review.worksheet_rows.filter(sheet=Sheet.RECORDS).count()
    return EvidenceCounts(
        interviews=numbers.count(Source.INTERVIEW) or None,
        observations=numbers.count(Source.OBSERVATION) or None,
        records=max(numbers.count(Source.RECORD), on_sheet) or None,
    )


def notes_by_source(review) -> list[tuple[str, int]]:
    """Each kind of source with how many notes come from it, also none; empty where there is no note at all."""
    counts = dict(
        review.evidence_notes.standing().order_by().values_list("source").annotate(notes=Count("pk"))
    )
    return [(source, counts.get(source, 0)) for source in Source.values] if counts else []


def _notes(review):
    return review.evidence_notes.standing().values_list("source", "who_or_what")
