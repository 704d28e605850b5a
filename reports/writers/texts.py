"""Texts that people typed, made fit for files: XML takes not every character, a spreadsheet reads some as formulas."""

import re
import unicodedata
from collections.abc import Iterator

from reports.document import ReportDocument
from reports.typeface import LINE_ENDS, map_texts

# What XML 1.0 cannot hold, not even escaped.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# A spreadsheet may take a text that starts so for a formula; the wide ones are those of East Asian keyboards.
FORMULA_STARTS = tuple("=+-@＝＋－＠")
# A cell holds 32,767 UTF-16 units; a character is one or two.
LONGEST_IN_A_CELL = 16_000


def fit_for_xml(document: ReportDocument) -> ReportDocument:
    """The same report with one kind of line end; what XML cannot hold is written visibly, as [U+0001]."""
    return map_texts(document, fit_text)


def fit_text(text: str) -> str:
    if text.isprintable():
        return text
    return NOT_IN_XML.sub(lambda found: f"[U+{ord(found[0]):04X}]", LINE_ENDS.sub("\n", text))


def looks_like_a_formula(text: str) -> bool:
    return text.lstrip().startswith(FORMULA_STARTS)


def pieces(text: str) -> Iterator[str]:
    """A text in pieces that a cell of a workbook can hold; joined again they are the text."""
    for start in range(0, len(text), LONGEST_IN_A_CELL):
        yield text[start : start + LONGEST_IN_A_CELL]


def reads_right_to_left(text: str) -> bool:
    """As `dir="auto"` decides it on the page: by the first letter that has a direction."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False
