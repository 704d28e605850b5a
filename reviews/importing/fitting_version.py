"""Which scale version old score sheets are likely to be of: by the programs of a person, and by a file's headings."""

from collections import Counter
from collections.abc import Sequence

from accounts.permissions import Permission
from programs.models import Program
from reviews.importing.columns import LINES_TO_LOOK_AT, plain, titles_of_items
from reviews.models import PastImport, Result
from reviews.starting_version import Why, starts_of, versions_on_offer
from scales.models import ScaleVersion


def usual_version(user, *, language: str) -> ScaleVersion | None:
    """What most of the person's programs use; else that of their latest result; None where nothing shows it."""
    programs = list(Program.objects.where_holding(user, Permission.IMPORT_REVIEWS).order_by("pk"))
    offered = versions_on_offer()
    starts = starts_of(programs, language=language, offered=offered).values()
    used = Counter(start.version.pk for start in starts if start.version and start.why is not Why.NEWEST)
    by_number = {version.pk: version for version in offered}
    if used:
        return by_number[used.most_common(1)[0][0]]
    results = Result.objects.standing().filter(site__program__in=programs, version__in=by_number)
    latest = results.order_by("-starts_on", "-pk").values_list("version", flat=True).first()
    return by_number.get(latest)


def better_fitting(past_import: PastImport) -> ScaleVersion | None:
    """Another published version of the scale, more of whose titles of items stand in the file; None where none is."""
    found = [past_import.heads, *(cells for _number, cells in past_import.lines[:LINES_TO_LOOK_AT])]
    lines = [[plain(cell) for cell in cells] for cells in found]
    others = [one for one in versions_on_offer() if one.scale_id == past_import.version.scale_id]
    best, most = None, _fit(lines, past_import.version)
    for version in others:
        if (fit := _fit(lines, version)) > most:
            best, most = version, fit
    return best


def _fit(lines: Sequence[Sequence[str]], version: ScaleVersion) -> int:
    """`lines`: cells as `plain`, of which the headings may be any."""
    titles = titles_of_items(version.to_spec())
    return max(sum(cell in titles for cell in line) for line in lines)
