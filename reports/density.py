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
# The score sheet: sizes tried, largest first; height of all but its rows; width of its columns of figures.
SHEET_SIZES = (9.0, 8.6, 8.2, 7.8, 7.4, 7.0, 6.6, 6.2)
SHEET_FRAME = 132.0
SHEET_FIGURES = 154.0
LEAST_PADDING = 1.0
# Of a letter on average, as a part of the size.
LETTER_WIDTH = 0.447


@dataclass(frozen=True)
class Density:
    """`strip_row`: height of an item's row on page 1. The rest is the score sheet's: size and padding of its rows,
    width of its column of points, and whether there is room for the words of each anchor given.
    """

    strip_row: float
    sheet_size: float
    sheet_padding: float
    points_width: float
    sheet_has_words: bool


def density(report: Report, paper: str) -> Density:
    height = PAGE_HEIGHT[paper]
    strip_row = (height - _above_the_strips(report)) / max(_strip_rows(report), 1)
    size, padding, has_words = _sheet(report, height)
    return Density(round(min(max(strip_row, 13.0), 24.0), 1), size, padding, _points_width(report), has_words)


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
    rows = [(item.line.title, item.anchor) for section in report.sections for item in section.items]
    sections = len(report.sections)
    for has_words in (True, False):
        texts = [f"{title}: {anchor.descriptor}" if has_words and anchor else title for title, anchor in rows]
        for size in SHEET_SIZES:
            letters = (PAGE_WIDTH - SHEET_FIGURES - _points_width(report)) / (size * LETTER_WIDTH)
            lines = sum(_lines(text, letters) for text in texts) + sections + 1
            left = height - SHEET_FRAME - 5 * sections - lines * size * 1.22
            padding = left / (2 * len(rows) + sections + 2)
            if padding >= LEAST_PADDING:
                return size, round(min(padding, 5.0), 1), has_words
    return SHEET_SIZES[-1], LEAST_PADDING, False


def _points_width(report: Report) -> float:
    return 15.6 * len(report.points_line.split())


def _lines(text: str, letters: float) -> int:
    return max(1, -(-len(text) // int(letters)))
