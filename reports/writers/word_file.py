"""A Word document part by part: real headings, lists, captioned tables, language, paper. `word` fills it."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from reports.writers.package import repacked
from reports.writers.texts import reads_right_to_left

PAPERS = {"A4": (Mm(210), Mm(297)), "letter": (Mm(215.9), Mm(279.4))}
MARGIN = Mm(20)
FONT = "Calibri"
NAVY = RGBColor(0x16, 0x32, 0x4A)
MARK = RGBColor(0xA3, 0x4F, 0x00)
SIZES = {"Normal": 10.5, "Title": 24, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11.5, "Caption": 9.5}


@dataclass(frozen=True)
class About:
    """What the file says of itself. `mark`: stands over every page; empty for a report that is issued."""

    title: str
    subject: str
    author: str
    language: str
    made_at: datetime
    running: str
    mark: str


@dataclass(frozen=True)
class Table:
    """`shares`: widths, of a hundred. `numbers`: columns set to the right. `strong`: rows of sections and totals."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    shares: Sequence[int]
    numbers: frozenset[int] = frozenset()
    strong: frozenset[int] = field(default_factory=frozenset)


class WordFile:
    def __init__(self, about: About, paper: str) -> None:
        self.document = Document()
        self.about = about
        self.tables = 0
        self.style_ids = {style.name: style.style_id for style in self.document.styles}
        self._set_styles()
        self._set_paper(paper)
        self._set_properties()
        self._set_margins_of_pages()

    # What is written

    def title(self, text: str) -> None:
        self._filled(self._added("Title"), text)

    def heading(self, text: str, level: int) -> None:
        self._filled(self._added(f"Heading {level}"), text)

    def paragraph(
        self, text: str, *, style: str = "", strong: bool = False, size: float | None = None
    ) -> None:
        """Blank lines part paragraphs; other line ends stay within theirs."""
        for part in _paragraphs(text):
            written = self._filled(self._added(style), part, strong=strong)
            if size:
                for run in written.runs:
                    run.font.size = Pt(size)

    def labelled(self, label: str, text: str) -> None:
        """The label in bold in front of the text; above it where the text runs from right to left."""
        first, *others = _paragraphs(text) or [""]
        paragraph = self.document.add_paragraph()
        paragraph.add_run(label).bold = True
        if reads_right_to_left(first):
            paragraph.paragraph_format.keep_with_next = True
            others = [first, *others]
        else:
            paragraph.add_run(f"  {first}")
        for part in others:
            self._filled(self.document.add_paragraph(), part)

    def points(self, texts: Sequence[str], *, numbered: bool = False) -> None:
        for text in texts:
            self.paragraph(text, style="List Number" if numbered else "List Bullet")

    def table(self, table: Table) -> None:
        self._caption(table.caption)
        columns = len(table.head)
        made = self.document.add_table(rows=1 + len(table.rows), cols=columns, style="Table Grid")
        made.autofit = False
        _describe(made, table.caption)
        widths = [int(self.width * share / sum(table.shares)) for share in table.shares]
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        for place, (row, texts) in enumerate(zip(made.rows, [table.head, *table.rows], strict=True)):
            _keep_whole(row, is_head=place == 0)
            strong = place == 0 or place - 1 in table.strong
            for number, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
                cell.width = widths[number]
                paragraph = self._filled(cell.paragraphs[0], text, strong=strong)
                paragraph.paragraph_format.space_after = Pt(1)
                if number in table.numbers:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                if strong:
                    _shade(cell)
        self.document.add_paragraph()

    def data(self) -> bytes:
        target = io.BytesIO()
        self.document.save(target)
        return repacked(target.getvalue())

    @property
    def width(self) -> int:
        """Of the text on a page."""
        page = self.document.sections[0]
        return page.page_width - page.left_margin - page.right_margin

    # How it is written

    def _added(self, style: str = ""):
        """A new paragraph; the style by its id, for looking it up by name takes as long as all the rest."""
        paragraph = self.document.add_paragraph()
        if style:
            paragraph._p.style = self.style_ids[style]
        return paragraph

    def _filled(self, paragraph, text: str, *, strong: bool = False):
        run = paragraph.add_run(text)
        if strong:
            run.bold = True
        if reads_right_to_left(text):
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
            run.font.rtl = True
        return paragraph

    def _caption(self, text: str) -> None:
        self.tables += 1
        paragraph = self._added("Caption")
        paragraph.paragraph_format.keep_with_next = True
        paragraph.add_run(_("Table") + " ")
        _add_field(paragraph, "SEQ Table \\* ARABIC", str(self.tables))
        paragraph.add_run(f": {text}")

    def _set_styles(self) -> None:
        styles = self.document.styles
        (defaults,) = styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr")
        fonts, language = defaults.find(qn("w:rFonts")), defaults.find(qn("w:lang"))
        for name in ("ascii", "hAnsi"):
            fonts.attrib.pop(qn(f"w:{name}Theme"), None)
            fonts.set(qn(f"w:{name}"), FONT)
        language.set(qn("w:val"), self.about.language)
        for name, size in SIZES.items():
            style = styles[name]
            style.font.size = Pt(size)
            if name != "Normal":
                style.font.color.rgb = NAVY
        styles["Normal"].paragraph_format.space_after = Pt(5)

    def _set_paper(self, paper: str) -> None:
        page = self.document.sections[0]
        page.page_width, page.page_height = PAPERS[paper]
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN

    def _set_properties(self) -> None:
        about, properties = self.about, self.document.core_properties
        moment = about.made_at.astimezone(UTC).replace(tzinfo=None)
        properties.title, properties.subject = about.title[:255], about.subject[:255]
        properties.author = properties.last_modified_by = about.author[:255]
        properties.language, properties.comments, properties.keywords = about.language, "", ""
        properties.created = properties.modified = moment

    def _set_margins_of_pages(self) -> None:
        page = self.document.sections[0]
        if self.about.mark:
            paragraph = page.header.paragraphs[0]
            run = paragraph.add_run(self.about.mark)
            run.bold, run.font.color.rgb, run.font.size = True, MARK, Pt(14)
        foot = page.footer.paragraphs[0]
        page_word, of_word = pgettext("in front of a page number", "Page"), pgettext("page 1 of 9", "of")
        foot.add_run(f"{self.about.running} · {page_word} ")
        _add_field(foot, "PAGE", "1")
        foot.add_run(f" {of_word} ")
        _add_field(foot, "NUMPAGES", "1")


def _paragraphs(text: str) -> list[str]:
    return [part.strip("\n") for part in text.split("\n\n") if part.strip()]


def _add_field(paragraph, code: str, shown: str) -> None:
    """A number that Word keeps right."""
    found = OxmlElement("w:fldSimple")
    found.set(qn("w:instr"), f" {code} ")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = shown
    run.append(text)
    found.append(run)
    paragraph._p.append(found)


def _describe(table, caption: str) -> None:
    """What a screen reader says of the table."""
    described = OxmlElement("w:tblCaption")
    described.set(qn("w:val"), caption)
    table._tbl.tblPr.append(described)


def _keep_whole(row, *, is_head: bool) -> None:
    """No row is cut by the end of a page; the head stands again on each."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))


def _shade(cell) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "E6ECF1")):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)
