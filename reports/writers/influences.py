"""Part 5 in a Word document and in a workbook, in the words and the order of the page."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from reports.influences_view import (
    Influences,
    about,
    core_kept_in_words,
    planned_in_words,
)
from reports.presentation import Report
from reports.writers.excel_file import Sheet
from reports.writers.word_file import WordFile


def influences_in_word(file: WordFile, report: Report) -> None:
    part = report.influences
    file.heading(report.parts["influences"].heading, 1)
    if part.nothing:
        file.paragraph(part.nothing)
    if part.domains:
        file.paragraph(part.intro)
        _domains_in_word(file, part)
        file.paragraph(part.framework)
    if part.adaptations:
        file.heading(_("Local adaptations"), 2)
        file.paragraph(part.on_adaptations)
    for adaptation in part.adaptations:
        file.heading(adaptation.heading, 3)
        for label, text in adaptation.parts:
            file.labelled(label, text)


def _domains_in_word(file: WordFile, part: Influences) -> None:
    for domain in part.domains:
        file.heading(f"{domain.title} · {domain.counts}", 2)
        file.paragraph(domain.plain)
        for construct in domain.constructs:
            file.heading(about(construct), 3)
            for one in construct.lines:
                file.labelled(one.kind, f"{one.text} ({one.item})" if one.item else one.text)


def influences_in_excel(part: Influences, begun: Callable[[str, Sequence[int]], Sheet]) -> None:
    """A sheet of barriers and facilitators, and one of adaptations. `begun`: begins a sheet by its name and widths."""
    if part.domains:
        _barriers(part, begun(_("Barriers and facilitators"), [24, 34, 46, 14, 6, 26, 100]))
    if part.adaptations:
        _adaptations(part, begun(_("Local adaptations"), [6, 26, 70, 70, 30, 34, 30, 20]))


def _barriers(part: Influences, sheet: Sheet) -> None:
    sheet.head(
        _("Domain"), _("Construct"), _("In plain words"), _("What it is"), _("No."), _("Item"), _("Text")
    )
    for domain in part.domains:
        for construct in domain.constructs:
            for one in construct.lines:
                sheet.write(
                    domain.title,
                    construct.title,
                    construct.plain,
                    one.kind,
                    one.line.item_number,
                    one.line.item_title or _("The whole site"),
                    one.text,
                    lined=True,
                )
    sheet.row += 1
    sheet.write(part.framework)


def _adaptations(part: Influences, sheet: Sheet) -> None:
    sheet.head(
        _("No."),
        _("Item"),
        _("What"),
        _("Why"),
        _("Planned"),
        _("Core of IPS kept"),
        _("Who decided"),
        _("Since"),
    )
    for one in part.adaptations:
        line = one.line
        sheet.write(
            line.item_number,
            line.item_title or _("The whole site"),
            line.what,
            line.why,
            planned_in_words(line.planned),
            core_kept_in_words(line.core_kept),
            line.decided_by,
            line.since,
            lined=True,
        )
    sheet.row += 1
    sheet.write(None, part.on_adaptations)
