"""A report as a Word document that can be edited further: the same words as the page, in the same order."""

from django.utils.translation import gettext as _

from reports import words
from reports.document import ReportDocument, frozen_sha256
from reports.file_names import file_name
from reports.item_parts import parts_of, with_source
from reports.item_views import ItemView, SectionView
from reports.presentation import Fact, Report, present
from reports.reply_view import said_in_reply
from reports.writers.goals_before import goals_before_in_word
from reports.writers.influences import influences_in_word
from reports.writers.texts import fit_for_xml
from reports.writers.word_file import About, Table, WordFile
from reports.writers.written import WrittenFile

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def write_word(document: ReportDocument, paper: str = "") -> WrittenFile:
    """`paper`: "A4" or "letter"; by the report's language if empty."""
    with words.in_language(document.language):
        report = present(fit_for_xml(document), frozen_as=frozen_sha256(document))
        file = WordFile(_about(report), paper or words.paper(document.language))
        for write in PARTS:
            write(file, report)
        return WrittenFile(file_name(document, "docx"), MEDIA_TYPE, file.data())


def _about(report: Report) -> About:
    return About(
        title=f"{report.title}, {report.visit}",
        subject=f"{report.document.scale.title} · {report.status}",
        author=report.author,
        language=report.document.language,
        made_at=report.document.made_at,
        running=report.running,
        mark=report.top_mark,
    )


def _first_page(file: WordFile, report: Report) -> None:
    document = report.document
    file.title(report.title)
    for notice in report.notices:
        file.paragraph(notice, strong=True)
    file.paragraph(f"{_('IPS fidelity review')} · {document.scale.title} · {report.kind}")
    file.paragraph(f"{document.program} · {document.setting} · {report.visit}")
    file.paragraph(": ".join(part for part in (report.label, report.label_reason) if part))
    if report.method:
        file.paragraph(report.method)
    file.paragraph(report.total_sentence, strong=True, size=18)
    for sentence in (report.lede, report.unrated_sentence, *report.warnings, document.summary):
        file.paragraph(sentence)
    if report.strengths:
        file.heading(_("What is strong"), 1)
        file.points([f"{strength.text} ({strength.items})" for strength in report.strengths])
    if report.priorities:
        file.heading(_("What to do next"), 1)
        file.points(
            [
                f"{one.text} ({one.item_number}{': ' if one.step else ''}{one.step})"
                for one in report.priorities
            ],
            numbered=True,
        )
    file.paragraph(_("Numbers beside a sentence are items."))
    file.labelled(_("In this report"), " · ".join(part.heading for part in report.parts.values()))
    file.paragraph(f"{report.status} · " + _("made %(when)s") % {"when": report.made})


def _gaps(file: WordFile, report: Report) -> None:
    file.heading(report.parts["gaps"].heading, 1)
    file.table(_gap_table(report))
    if report.has_setting:
        file.paragraph(_("A range, such as 2–3, says that the points lie between the two."))
        file.paragraph(report.attainable_sentence)
    for mark in report.marks if report.has_previous else ():
        file.paragraph(mark)


def _gap_table(report: Report) -> Table:
    columns = [
        (_("No."), 5, True),
        (_("Item"), 30, False),
        (_("Score"), 8, True),
        (_("Gap"), 7, True),
        *([(_("Setting’s part"), 10, True)] if report.has_setting else []),
        (_("Open part"), 9, True),
        *([(_("Before"), 9, True), (_("Change"), 9, True)] if report.has_previous else []),
        *([(_("Target"), 9, True)] if report.has_targets else []),
        *([(_("Principle"), 20, False)] if report.has_principles else []),
    ]
    rows, strong = [], set()
    for section in report.sections:
        strong.add(len(rows))
        rows.append(["", _section_title(section), _section_total(section), *[""] * (len(columns) - 3)])
        rows += [_gap_row(item, report) for item in section.items]
    strong.add(len(rows))
    rows.append(_gap_total(report))
    return Table(
        caption=_("Where the gaps are"),
        head=[name for name, _share, _number in columns],
        rows=rows,
        shares=[share for _name, share, _number in columns],
        numbers=frozenset(place for place, column in enumerate(columns) if column[2]),
        strong=frozenset(strong),
    )


def _gap_row(item: ItemView, report: Report) -> list[str]:
    name = item.line.short_title
    if report.has_previous and item.since:
        name = f"{name} ({item.since})"
    return [
        str(item.line.number),
        name,
        item.gap.score,
        item.gap.gap,
        *([item.gap.setting] if report.has_setting else []),
        item.gap.open,
        *([item.gap.previous, item.gap.change] if report.has_previous else []),
        *([item.target] if report.has_targets else []),
        *([item.principles] if report.has_principles else []),
    ]


def _gap_total(report: Report) -> list[str]:
    total = report.gap_total
    return [
        "",
        _("Total"),
        total.score,
        total.gap,
        *([total.setting] if report.has_setting else []),
        total.open,
        *([total.previous, total.change] if report.has_previous else []),
        *([""] if report.has_targets else []),
        *([""] if report.has_principles else []),
    ]


def _method(file: WordFile, report: Report) -> None:
    file.heading(report.parts["method"].heading, 1)
    if report.team:
        file.paragraph(_("Team"), strong=True)
        file.points(
            [", ".join(part for part in (one.name, one.role, one.employer) if part) for one in report.team]
        )
    _facts(file, report.method_facts)


def _items(file: WordFile, report: Report) -> None:
    file.heading(report.parts["items"].heading, 1)
    for section in report.sections:
        file.heading(f"{section.title} · {section.total_in_words}", 2)
        for item in section.items:
            file.heading(f"{item.line.number}  {item.line.title}", 3)
            change = ", ".join(part for part in (item.change, item.since if item.change else "") if part)
            file.paragraph(f"{item.score_of} ({change})" if change else item.score_of, strong=True)
            file.paragraph(item.line.measures)
            said = ""
            for part in parts_of(item):
                if part.label == said:
                    file.paragraph(part.text)
                else:
                    file.labelled(part.label, part.text)
                said = part.label


def _agreement(file: WordFile, report: Report) -> None:
    agreement = report.agreement
    file.heading(report.parts["agreement"].heading, 1)
    for sentence in agreement.sentences:
        file.paragraph(sentence)
    if agreement.splits:
        rows = [[str(one.number), one.title, one.scores, one.agreed, one.reason] for one in agreement.splits]
        head = [_("No."), _("Item"), _("Scores given"), _("Agreed"), _("Why")]
        file.table(Table(_("Scores that were talked through"), head, rows, [6, 24, 14, 14, 42]))
        file.paragraph(_("Scores stand from low to high, so that they do not tell who gave which."))


def _reply(file: WordFile, report: Report) -> None:
    file.heading(report.parts["reply"].heading, 1)
    for heading, texts in said_in_reply(report.reply):
        if heading and texts:
            file.heading(heading, 2)
        for label, text in texts:
            if label:
                file.labelled(label, text)
            else:
                file.paragraph(text)


def _plan(file: WordFile, report: Report) -> None:
    plan = report.plan
    file.heading(report.parts["plan"].heading, 1)
    goals_before_in_word(file, plan.before)
    file.paragraph(" ".join(part for part in (plan.written_by, plan.advice, plan.nothing) if part))
    if plan.goals:
        blank = [""] * len(plan.to_fill_in)
        rows = [
            [str(one.place), one.action, f"{one.item_number} {one.item_title}", one.step, *blank]
            for one in plan.goals
        ]
        head = [_("No."), _("What to do"), _("Item"), _("Score"), *plan.to_fill_in]
        file.table(Table(_("Action plan"), head, rows, [5, 24, 18, 9, 14, 12, 18]))


def _section_title(section: SectionView) -> str:
    """In a table; with the total that is not one number yet, for which a column of figures has no room."""
    return f"{section.title} · {section.total_in_words}" if section.becomes else section.title


def _section_total(section: SectionView) -> str:
    return section.total if section.becomes else section.total_in_words


def _score_sheet(file: WordFile, report: Report) -> None:
    file.heading(report.parts["sheet"].heading, 1)
    file.labelled(_("Site"), report.document.site)
    file.labelled(_("Raters"), report.raters)
    file.labelled(_("Visit"), report.visit)
    file.labelled(_("Total"), report.total_sentence)
    rows, strong = [], set()
    for section in report.sections:
        strong.add(len(rows))
        rows.append(["", _section_title(section), "", _section_total(section)])
        for item in section.items:
            words_of = f"{item.line.title}: {item.anchor.descriptor}" if item.anchor else item.line.title
            place = f"{item.line.number_in_section} ({item.line.number})"
            rows.append([place, words_of, item.evidence_codes, item.score])
    strong.add(len(rows))
    rows.append(["", report.total_sentence, "", report.figure])
    file.table(
        Table(
            caption=_("Score sheet"),
            head=[_("No."), _("Criterion"), _("Data source"), _("Score")],
            rows=rows,
            shares=[9, 60, 19, 12],
            numbers=frozenset({3}),
            strong=frozenset(strong),
        )
    )
    sources = report.document.scale.evidence_sources
    if sources:
        file.paragraph(" · ".join(f"{source.code}: {source.title}" for source in sources))


def _provenance(file: WordFile, report: Report) -> None:
    file.heading(report.parts["provenance"].heading, 1)
    file.heading(_("The review"), 2)
    _facts(file, report.facts)
    file.heading(_("The scale"), 2)
    _facts(file, report.scale_facts)
    file.heading(_("The setting"), 2)
    _facts(file, report.profile_facts)
    file.points([with_source(note) for note in report.profile_notes])
    if report.sources:
        file.heading(_("Sources on the setting"), 3)
        for source in report.sources:
            file.paragraph(f"[{source.number}] {source.citation}")
    if report.steps:
        file.heading(_("Steps"), 2)
        rows = [[one.at, one.by, f"{one.step}: {one.note}" if one.note else one.step] for one in report.steps]
        file.table(Table(_("Steps"), [_("When"), _("Who"), _("What")], rows, [30, 25, 45]))
    _changes(file, report)
    file.heading(_("This document"), 2)
    _facts(file, report.document_facts)


def _changes(file: WordFile, report: Report) -> None:
    changes = report.changes
    if changes is None:
        return
    file.heading(_("What changed in this edition"), 2)
    file.paragraph(changes.said)
    if changes.reason:
        file.labelled(_("Reason"), changes.reason)
    rows = [[one.where, one.what, one.before, one.after] for one in changes.lines]
    if rows:
        head = [_("Where"), _("What"), _("Before"), _("Now")]
        file.table(Table(_("What changed in this edition"), head, rows, [22, 18, 30, 30]))


def _facts(file: WordFile, facts: tuple[Fact, ...]) -> None:
    for fact in facts:
        file.labelled(fact.name, fact.text)


PARTS = (
    _first_page,
    _gaps,
    _method,
    _items,
    influences_in_word,
    _agreement,
    _reply,
    _plan,
    _score_sheet,
    _provenance,
)
