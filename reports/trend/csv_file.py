"""The reviews of a site as CSV (RFC 4180, UTF-8 with its mark): one row per review and item, its totals in each.

Headings and codes stay the same in every language; a text that a spreadsheet would compute is written as text.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from django.utils.text import slugify

from programs.models import Site
from reports.trend.history import History, Visit, change_of_total
from reports.writers.csv_file import ENCODING, MEDIA_TYPE, Value, guarded
from reports.writers.written import WrittenFile
from scales import scoring
from scales.spec import Item, Section


def write_trend(site: Site, histories: Sequence[History]) -> WrittenFile:
    """`histories`: at least one."""
    rows = [row for history in histories for visit in history.visits for row in _rows(site, history, visit)]
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(rows[0])
    writer.writerows([guarded(value) for value in row.values()] for row in rows)
    name = "-".join(part for part in ("trend", slugify(site.name)) if part)
    return WrittenFile(f"{name}.csv", MEDIA_TYPE, target.getvalue().encode(ENCODING))


def _rows(site: Site, history: History, visit: Visit) -> Iterator[Mapping[str, Value]]:
    of_visit = _of_the_visit(site, history, visit)
    for section in visit.spec.sections:
        of_section = _of_the_section(visit, section)
        for item in section.items:
            yield of_visit | of_section | _of_the_item(history, visit, item)


def _of_the_visit(site: Site, history: History, visit: Visit) -> dict[str, Value]:
    return {
        "organization": site.program.organization.name,
        "program": site.program.name,
        "site": site.name,
        "starts_on": visit.starts_on.isoformat(),
        "ends_on": visit.ends_on.isoformat(),
        "kind": visit.form,
        "independence": visit.independence,
        "imported": "yes" if visit.is_imported else "no",
        "scale": visit.spec.scale_code,
        "scale_version": visit.spec.label,
        "profile": visit.profile.code,
        "total": visit.points,
        "total_maximum": visit.spec.highest_total,
        "total_can_become_lowest": visit.lowest,
        "total_can_become_highest": visit.highest,
        "total_change": change_of_total(history.previous_of(visit), visit),
        "band": visit.band,
        "attainable_lowest": visit.attainable[0],
        "attainable_highest": visit.attainable[1],
    }


def _of_the_section(visit: Visit, section: Section) -> dict[str, Value]:
    total = visit.sections[section.code]
    return {
        "section_code": section.code,
        "section_title": section.title,
        "section_points": total.points,
        "section_maximum": total.maximum,
    }


def _of_the_item(history: History, visit: Visit, item: Item) -> dict[str, Value]:
    score = visit.scores.get(item.code)
    gap = scoring.gap(visit.spec, visit.profile, item.code, score)
    previous = history.previous_of(visit)
    return {
        "number": item.number,
        "code": item.code,
        "title": item.short_title,
        "score": score,
        "previous": previous.scores.get(item.code) if previous else None,
        "gap": gap.gap if gap else None,
        "gap_setting_lowest": gap.setting_lowest if gap else None,
        "gap_setting_highest": gap.setting_highest if gap else None,
        "gap_open_lowest": gap.open_lowest if gap else None,
        "gap_open_highest": gap.open_highest if gap else None,
    }
