"""A report as a workbook: the score sheet as on paper, the gaps, the texts, and where it all comes from."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from reports import words
from reports.document import ReportDocument, frozen_sha256
from reports.file_names import file_name
from reports.item_parts import evidence_label, parts_of, with_source
from reports.item_views import MOST_POINTS_IN_A_ROW, ItemView, SectionView
from reports.presentation import Fact, Report, present
from reports.reply_view import said_in_reply
from reports.writers.excel_file import ExcelFile, Sheet, Value
from reports.writers.goals_before import goals_before_in_excel
from reports.writers.influences import influences_in_excel
from reports.writers.texts import fit_for_xml
from reports.writers.written import WrittenFile

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHOSEN = "✕"


def write_excel(document: ReportDocument, paper: str = "") -> WrittenFile:
    """`paper`: "A4" or "letter"; by the report's language if empty."""
    with words.in_language(document.language):
        report = present(fit_for_xml(document), frozen_as=frozen_sha256(document))
        file = ExcelFile(
            title=f"{report.title}, {report.visit}",
            author=report.author,
            language=document.language,
            made_at=document.made_at,
            running=report.running,
            paper=paper or words.paper(document.language),
        )
        for write in SHEETS:
            write(file, report)
        return WrittenFile(file_name(document, "xlsx"), MEDIA_TYPE, file.data())


def _items(report: Report) -> Iterable[tuple[SectionView, ItemView]]:
    return ((section, item) for section in report.sections for item in section.items)


def _score(item: ItemView) -> Value:
    return item.line.score if item.is_rated else _("Not rated")


def _mark(sheet: Sheet, report: Report) -> None:
    if report.top_mark:
        sheet.write(report.top_mark, strong=True, mark=True, size=14)


# The score sheet


def _score_sheet(file: ExcelFile, report: Report) -> None:
    document = report.document
    points: Sequence[int] = range(document.scale.minimum, document.scale.maximum + 1)
    points = points if len(points) <= MOST_POINTS_IN_A_ROW else ()
    sheet = file.sheet(_("Score sheet"), [6, 6, 44, 70, 18, *[4] * len(points), 11, 7])
    sheet.write(report.title, strong=True, size=16)
    _mark(sheet, report)
    for name, text in (
        (_("Site"), document.site),
        (_("Raters"), report.raters),
        (_("Visit"), report.visit),
        (_("Total"), report.total_sentence),
        (_("Status"), report.status),
    ):
        sheet.write(name, None, text)
    sheet.row += 1
    score, most = 6 + len(points), 7 + len(points)
    point_names = [str(one) for one in points]
    sheet.head(
        _("No."),
        _("Item"),
        _("Criterion"),
        _("Anchor of the score"),
        _("Data source"),
        *point_names,
        _("Score"),
        _("Most"),
    )
    section_rows = [
        _section_on_sheet(sheet, section, points, score, document.scale.maximum)
        for section in report.sections
    ]
    total_row = sheet.write(None, None, _("Total"), *[None] * (most - 3), strong=True, lined=True)
    total = document.total
    for column, result in ((score, total.points), (most, total.maximum)):
        cells = "+".join(_cell(sheet, row, column) for row in section_rows)
        sheet.formula(total_row, column, cells, result)
    _below_the_total(sheet, report, total_row, score)
    for source in document.scale.evidence_sources:
        sheet.write(None, None, f"{source.code}: {source.title}")


def _section_on_sheet(
    sheet: Sheet, section: SectionView, points: Sequence[int], score: int, maximum: int
) -> int:
    """The row of a section, its points and the most they can be summed up; its items below."""
    title = f"{section.title} · {section.total_in_words}" if section.becomes else section.title
    row = sheet.write(None, None, title, *[None] * (score - 2), strong=True, lined=True)
    for item in section.items:
        ringed = [CHOSEN if point == item.line.score else None for point in points]
        descriptor = item.anchor.descriptor if item.anchor else ""
        written = sheet.write(
            item.line.number_in_section,
            item.line.number,
            item.line.title,
            descriptor,
            item.evidence_codes,
            *ringed,
            _score(item),
            maximum,
            lined=True,
        )
        sheet.centre(written, range(6, 6 + len(points)))
    results = (sum(item.line.score or 0 for item in section.items), section.maximum)
    for column, result in zip((score, score + 1), results, strict=True):
        first, last = _cell(sheet, row + 1, column), _cell(sheet, sheet.row, column)
        sheet.formula(row, column, f"SUM({first}:{last})", result)
    return row


def _below_the_total(sheet: Sheet, report: Report, total_row: int, score: int) -> None:
    """The band; with items unrated, what the total can become."""
    document = report.document
    total, before = document.total, [None] * (score - 4)
    if total.unrated:
        unrated_row = sheet.write(None, None, _("Items not rated"), *before, total.unrated)
        ends = (
            (_("Lowest the total can become"), document.scale.minimum, total.can_become.lowest),
            (_("Highest the total can become"), document.scale.maximum, total.can_become.highest),
        )
        for name, points, result in ends:
            row = sheet.write(None, None, name, *before, None)
            cells = f"{_cell(sheet, total_row, score)}+{_cell(sheet, unrated_row, score)}*{points}"
            sheet.formula(row, score, cells, result)
    sheet.write(None, None, _("Band"), total.band or report.band_line, strong=True)
    sheet.row += 1


def _cell(sheet: Sheet, row: int, column: int) -> str:
    return str(sheet.worksheet.cell(row, column).coordinate)


# The gaps


def _gaps(file: ExcelFile, report: Report) -> None:
    sheet = file.sheet(_("Gaps"), [6, 26, 40, 11, 8, 12, 12, 12, 12, 9, 9, 9, 9, 40])
    _mark(sheet, report)
    names = [
        _("No."),
        _("Section"),
        _("Item"),
        _("Score"),
        _("Gap"),
        _("Setting’s part, lowest"),
        _("Setting’s part, highest"),
        _("Open part, lowest"),
        _("Open part, highest"),
        _("Before"),
        _("Change"),
        _("Target"),
        _("Priority"),
        _("Principle"),
    ]
    head = sheet.head(*names)
    for section, item in _items(report):
        sheet.write(*_gap_row(section, item), lined=True)
    sheet.worksheet.auto_filter.ref = f"A{head}:{_cell(sheet, sheet.row, len(names))}"
    last = sheet.row
    document = report.document
    total = sheet.write(None, None, _("Total"), *[None] * (len(names) - 3), strong=True, lined=True)
    gap = document.gap
    sums = (
        document.total.points,
        gap.points,
        gap.setting.lowest,
        gap.setting.highest,
        gap.open.lowest,
        gap.open.highest,
    )
    for column, result in enumerate(sums, 4):
        sheet.formula(
            total, column, f"SUM({_cell(sheet, head + 1, column)}:{_cell(sheet, last, column)})", result
        )
    sheet.row += 1
    notes = (report.attainable_sentence, *(report.marks if report.has_previous else ()), *report.warnings)
    for note in notes:
        if note:
            sheet.write(None, note)


def _gap_row(section: SectionView, item: ItemView) -> list[Value]:
    line = item.line
    gap = line.gap
    parts = (
        (gap.points, gap.setting.lowest, gap.setting.highest, gap.open.lowest, gap.open.highest)
        if gap
        else (None,) * 5
    )
    name = f"{line.short_title} ({item.since})" if item.since else line.short_title
    place = item.priority.place if item.priority else None
    return [
        line.number,
        section.title,
        name,
        _score(item),
        *parts,
        line.previous,
        line.change,
        line.target,
        place,
        item.principles,
    ]


# Texts


def _texts(file: ExcelFile, report: Report) -> None:
    """One row per text; evidence has a sheet of its own."""
    sheet = file.sheet(_("Item by item"), [6, 34, 11, 24, 110])
    _mark(sheet, report)
    sheet.head(_("No."), _("Item"), _("Score"), _("What it is"), _("Text"))
    for _section, item in _items(report):
        named = (item.line.number, item.line.title, _score(item))
        sheet.write(*named, _("What it measures"), item.line.measures, lined=True)
        for part in parts_of(item):
            if part.label != evidence_label():
                sheet.write(*named, part.label, part.text, lined=True)


def _evidence(file: ExcelFile, report: Report) -> None:
    found = [item for _section, item in _items(report) if item.line.evidence]
    if not found:
        return
    sheet = file.sheet(evidence_label(), [6, 34, 18, 130])
    _mark(sheet, report)
    sheet.head(_("No."), _("Item"), _("Data source"), evidence_label())
    for item in found:
        line = item.line
        sheet.write(line.number, line.title, item.evidence_codes, line.evidence, lined=True)


def _influences(file: ExcelFile, report: Report) -> None:
    def begun(name: str, widths: Sequence[int]) -> Sheet:
        sheet = file.sheet(name, widths)
        _mark(sheet, report)
        return sheet

    influences_in_excel(report.influences, begun)


def _reply(file: ExcelFile, report: Report) -> None:
    sheet = file.sheet(_("Reply"), [40, 20, 110])
    _mark(sheet, report)
    sheet.head(_("The service’s reply"), _("What it is"), _("Text"))
    for heading, texts in said_in_reply(report.reply):
        for label, text in texts:
            sheet.write(heading, label, text, lined=True)


def _agreement(file: ExcelFile, report: Report) -> None:
    sheet = file.sheet(_("Agreement"), [6, 34, 18, 24, 100])
    _mark(sheet, report)
    for sentence in report.agreement.sentences:
        sheet.write(sentence)
    if report.agreement.splits:
        sheet.row += 1
        sheet.head(_("No."), _("Item"), _("Scores given"), _("Agreed"), _("Why"))
        for one in report.agreement.splits:
            sheet.write(one.number, one.title, one.scores, one.agreed, one.reason, lined=True)


def _plan(file: ExcelFile, report: Report) -> None:
    """With empty cells for what the service fills in."""
    plan = report.plan
    sheet = file.sheet(_("Action plan"), [6, 60, 34, 12, 24, 18, 44])
    _mark(sheet, report)
    goals_before_in_excel(sheet, plan.before)
    for sentence in (plan.written_by, plan.advice, plan.nothing):
        if sentence:
            sheet.write(sentence)
    if plan.goals:
        sheet.row += 1
        sheet.head(_("No."), _("What to do"), _("Item"), _("Score"), *plan.to_fill_in)
        blank = [None] * len(plan.to_fill_in)
        for one in plan.goals:
            item = f"{one.item_number} {one.item_title}"
            sheet.write(one.place, one.action, item, one.step, *blank, lined=True)


# Where it comes from


def _changes(file: ExcelFile, report: Report) -> None:
    changes = report.changes
    if changes is None:
        return
    sheet = file.sheet(_("Changes"), [34, 26, 60, 60])
    sheet.write(_("What changed in this edition"), strong=True, size=16)
    _mark(sheet, report)
    sheet.write(changes.said, strong=True)
    if changes.reason:
        sheet.write(_("Reason"), None, changes.reason)
    sheet.head(_("Where"), _("What"), _("Before"), _("Now"))
    for one in changes.lines:
        sheet.write(one.where, one.what, one.before, one.after, lined=True)


def _about(file: ExcelFile, report: Report) -> None:
    sheet = file.sheet(_("About"), [34, 120], landscape=False)
    sheet.write(report.title, strong=True, size=16)
    _mark(sheet, report)
    _rows(sheet, _("Total"), report.total_sentence, report.attainable_sentence, report.unrated_sentence)
    _rows(sheet, _("Summary"), report.lede, *report.warnings, report.document.summary)
    _rows(sheet, _("What is strong"), *(f"{one.text} ({one.items})" for one in report.strengths))
    _rows(
        sheet,
        _("What to do next"),
        *(f"{one.place}. {one.text} ({one.item_number}) {one.step}".strip() for one in report.priorities),
    )
    _part(sheet, _("The review"), report.facts)
    _part(sheet, report.parts["method"].title, report.method_facts)
    team = (", ".join(part for part in (one.name, one.role, one.employer) if part) for one in report.team)
    _rows(sheet, _("Team"), *team)
    _part(sheet, _("The scale"), report.scale_facts)
    _part(sheet, _("The setting"), report.profile_facts)
    _rows(sheet, "", *(with_source(note) for note in report.profile_notes))
    _rows(sheet, _("Sources on the setting"), *(f"[{one.number}] {one.citation}" for one in report.sources))
    for step in report.steps:
        said = f"{step.by}: {step.step}" + (f": {step.note}" if step.note else "")
        sheet.write(step.at, said, lined=True)
    _part(sheet, _("This document"), report.document_facts)


def _part(sheet: Sheet, heading: str, facts: Iterable[Fact]) -> None:
    sheet.write(heading, None, strong=True, lined=True)
    for fact in facts:
        sheet.write(fact.name, fact.text, lined=True)


def _rows(sheet: Sheet, name: str, *texts: str) -> None:
    for text in texts:
        if text:
            sheet.write(name, text, lined=True)


SHEETS = (
    _score_sheet,
    _gaps,
    _texts,
    _evidence,
    _influences,
    _agreement,
    _reply,
    _plan,
    _changes,
    _about,
)
