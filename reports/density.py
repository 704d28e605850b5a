"""How tightly the PDF is set: page 1 and the score sheet each fill one page, whatever the scale's length.

Estimates in points, from how long the texts are; a page that needs more runs on to another and loses nothing.
"""

from dataclasses import dataclass

from reports.presentation import Report

# Height inside the margins of A4 and of Letter.
PAGE_HEIGHT = {"A4": 750.0, "letter": 700.0}
PAGE_WIDTH = 510.0
BODY_LINE = 15.0
LETTERS_IN_LINE = 98
LETTERS_IN_COLUMN = 44


@dataclass(frozen=True)
class Density:
    """`strip_row`: height of an item's row on page 1. `sheet_size`, `sheet_padding`: of the score sheet's rows.

    `sheet_has_words`: whether the score sheet has room for the words of each anchor given.
    """

    strip_row: float
    sheet_size: float
    sheet_padding: float
    sheet_has_words: bool


def density(report: Report, paper: str) -> Density:
    height = PAGE_HEIGHT[paper]
    strip_row = (height - _above_the_strips(report)) / max(_strip_rows(report), 1)
    size, padding, has_words = _sheet(report, height)
    return Density(round(min(max(strip_row, 13.0), 24.0), 1), size, padding, has_words)


def _above_the_strips(report: Report) -> float:
    """Height of page 1 without the rows of items: head, total, sentences, lists, headings, key."""
    whole_lines = [report.lede, *report.warnings, report.unrated_sentence]
    if report.summary_first:
        whole_lines += report.document.summary.splitlines()
    lines = sum(_lines(text, LETTERS_IN_LINE) for text in whole_lines if text)
    strengths = sum(_lines(one.text + one.items, LETTERS_IN_COLUMN) for one in report.first_strengths)
    steps = sum(_lines(f"{one.text} {one.step} 00:", LETTERS_IN_COLUMN) for one in report.first_priorities)
    lists = max(strengths, steps)
    headings = max(len(column) for column in report.columns) * 24
    return 205 + lines * BODY_LINE + (lists * (BODY_LINE + 1.5) + 32 if lists else 0) + headings


def _strip_rows(report: Report) -> int:
    return max(sum(len(section.items) for section in column) for column in report.columns)


def _sheet(report: Report, height: float) -> tuple[float, float, bool]:
    """The largest setting of the score sheet that fits one page: with the words of the anchors, else without."""
    items = [item for section in report.sections for item in section.items]
    room = height - 150 - 16 * len(report.sections)
    criterion = PAGE_WIDTH - 125 - 15 * len(report.points_line.split())
    for has_words in (True, False):
        for size in (8.6, 8.2, 7.8, 7.4, 7.0, 6.6, 6.2) if has_words else (8.6, 7.8, 7.0, 6.2, 5.6):
            letters = criterion / (size * 0.47)
            needed = 0.0
            for item in items:
                text = item.line.title
                if has_words and item.anchor:
                    text = f"{text} {item.anchor.descriptor}"
                needed += _lines(text, letters) * size * 1.25 + 3.2
            if needed <= room:
                return size, round(min((room - needed) / len(items) / 2 + 1.2, 5.0), 1), has_words
    return 5.6, 0.6, False


def _lines(text: str, letters: float) -> int:
    return max(1, -(-len(text) // int(letters)))
