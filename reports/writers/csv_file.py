"""A report as CSV (RFC 4180, UTF-8 with its mark): one row per item, the report's own particulars in each.

Headings are the names of docs/report-json.md and stay the same in every language.
"""

import csv
import io
from collections.abc import Mapping

from reports.document import GapLine, ItemLine, ReportDocument, SectionLine
from reports.file_names import file_name
from reports.writers.texts import looks_like_a_formula
from reports.writers.written import WrittenFile

MEDIA_TYPE = "text/csv; charset=utf-8"
# By this mark spreadsheets know the encoding.
ENCODING = "utf-8-sig"
# In front of a text that a spreadsheet would compute.
GUARD = "'"

WITHDRAWN = " WITHDRAWN"

Value = str | int | None


def write_csv(document: ReportDocument, paper: str = "") -> WrittenFile:
    rows = [
        _of_the_report(document) | _of_the_section(section) | _of_the_item(item, document)
        for section in document.sections
        for item in section.items
    ]
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(rows[0])
    writer.writerows([guarded(value) for value in row.values()] for row in rows)
    return WrittenFile(file_name(document, "csv"), MEDIA_TYPE, target.getvalue().encode(ENCODING))


def guarded(value: Value) -> Value:
    """A text that a spreadsheet would compute has a mark in front."""
    return f"{GUARD}{value}" if isinstance(value, str) and looks_like_a_formula(value) else value


def _of_the_report(document: ReportDocument) -> Mapping[str, Value]:
    total = document.total
    return {
        "edition": f"{document.edition or 'DRAFT'}{WITHDRAWN if document.withdrawn else ''}",
        "corrects": document.corrects,
        "organization": document.organization,
        "program": document.program,
        "site": document.site,
        "starts_on": document.starts_on.isoformat(),
        "ends_on": document.ends_on.isoformat(),
        "kind": document.kind,
        "independence": document.independence,
        "scale": document.scale.code,
        "scale_version": document.scale.label,
        "profile": document.profile.code,
        "total": total.points,
        "total_maximum": total.maximum,
        "total_rated": total.rated,
        "total_unrated": total.unrated,
        "total_can_become_lowest": total.can_become.lowest,
        "total_can_become_highest": total.can_become.highest,
        "band": total.band,
        "attainable_lowest": document.attainable.lowest,
        "attainable_highest": document.attainable.highest,
        "summary": document.summary,
    }


def _of_the_section(section: SectionLine) -> Mapping[str, Value]:
    return {
        "section_code": section.code,
        "section_title": section.title,
        "section_points": section.total.points,
        "section_maximum": section.total.maximum,
    }


def _of_the_item(item: ItemLine, document: ReportDocument) -> Mapping[str, Value]:
    strengths = [line.text for line in document.strengths if line.item_number == item.number]
    chosen = [place for place in enumerate(document.priorities, 1) if place[1].item_code == item.code]
    place, priority = chosen[0] if chosen else (None, None)
    return {
        "number": item.number,
        "number_in_section": item.number_in_section,
        "code": item.code,
        "title": item.title,
        "short_title": item.short_title,
        "evidence_codes": " ".join(item.evidence_codes),
        "score": item.score,
        "anchor": item.anchor.descriptor if item.anchor else "",
        "unrated_reason": item.unrated_reason,
        "suggested": item.suggested,
        "departure_reason": item.departure_reason,
        **_of_the_gap(item.gap),
        "previous": item.previous,
        "change": item.change,
        "target": item.target,
        "strength": strengths[0] if strengths else "",
        "evidence": item.evidence,
        "rationale": item.rationale,
        "recommendation": item.recommendation,
        "priority": place,
        "priority_action": priority.action if priority else "",
        "corrected": "\n".join(
            f"{line.field}: {line.before} → {line.after}"
            for line in document.changes
            if line.item_number == item.number
        ),
        **_influences_on(item, document),
    }


def _influences_on(item: ItemLine, document: ReportDocument) -> Mapping[str, Value]:
    """What was recorded of this item; several texts have a blank line between them."""
    influences = [line for line in document.influences if line.item_number == item.number]
    adaptations = [line for line in document.adaptations if line.item_number == item.number]
    return {
        "barriers": "\n\n".join(line.text for line in influences if line.kind == "barrier"),
        "facilitators": "\n\n".join(line.text for line in influences if line.kind == "facilitator"),
        "adaptations": "\n\n".join(f"{line.what}\n{line.why}" for line in adaptations),
    }


def _of_the_gap(gap: GapLine | None) -> Mapping[str, Value]:
    return {
        "gap": gap.points if gap else None,
        "gap_setting_lowest": gap.setting.lowest if gap else None,
        "gap_setting_highest": gap.setting.highest if gap else None,
        "gap_open_lowest": gap.open.lowest if gap else None,
        "gap_open_highest": gap.open.highest if gap else None,
    }
