"""How tightly the PDF is set: page 1, the gaps and the score sheet each fill one page, whatever the scale's length.

Estimates in points, from how long the texts are; a page that needs more runs on to another and loses nothing.
"""

from dataclasses import dataclass

from reports.item_parts import parts_of
from reports.item_views import ItemView
from reports.presentation import Report

# Height inside the margins of A4 and of Letter.
PAGE_HEIGHT = {"A4": 750.0, "letter": 700.0}
PAGE_WIDTH = 510.0
BODY_LINE = 15.0
LETTERS_IN_LINE = 98
LETTERS_IN_COLUMN = 44
# Page 1: all but its rows and what people wrote; what fits a line of its head; the rows' least and most height.
FIRST_FRAME = 222.0
LETTERS_IN_HEAD = {"eyebrow": 76, "site": 30, "place": 66}
LEAST_ROW, MOST_ROW = 12.0, 24.0
# The list of parts under them: rule and space, then its lines.
CONTENTS_FRAME, CONTENTS_LINE, LETTERS_IN_CONTENTS = 14.0, 12.5, 112
# The same rows on a page of their own.
CHART_FRAME = 96.0
# The gaps: height of all but the rows; of a line; width of the columns beside the figures and of each figure.
GAPS_FRAME = 78.0
GAPS_LINE = 10.9
SUMMARY_HEADING = 42.0
LETTERS_IN_NAME = 27
GAPS_NAMES, GAPS_FIGURE, GAPS_LETTER = 155.0, 30.0, 4.3
LEAST_GAPS_PADDING, MOST_GAPS_PADDING = 1.6, 4.4
# An item by item: its title and what it measures, then each text beside its label. Whole on a page where it is short.
ITEM_FRAME, ITEM_LINE, ITEM_SPACE, LETTERS_IN_TEXT = 52.0, 13.5, 3.0, 88
MOST_OF_A_PAGE_WHOLE = 0.5
# The score sheet: sizes tried, largest first; height of all but its rows; width of its columns of figures.
SHEET_SIZES = (9.0, 8.6, 8.2, 7.8, 7.4, 7.0, 6.6, 6.2)
SHEET_FRAME = 132.0
SHEET_FIGURES = 154.0
LEAST_PADDING = 1.0
LEAST_POINTS_WIDTH = 46.0
# Of a letter on average, as a part of the size.
LETTER_WIDTH = 0.447


@dataclass(frozen=True)
class Density:
    """`strip_row`: height of an item's row on page 1, or on the next page where the rows `start_a_page`.

    `gaps_padding`: of the rows of the gaps. `whole_items`: numbers of those never divided between two pages. The
    rest is the score sheet's: size and padding of its rows, width of its column of points, and whether there is room
    for the words of each anchor given.
    """

    strip_row: float
    strips_start_a_page: bool
    gaps_padding: float
    whole_items: frozenset[int]
    sheet_size: float
    sheet_padding: float
    points_width: float
    sheet_has_words: bool


def density(report: Report, paper: str) -> Density:
    height = PAGE_HEIGHT[paper]
    rows = max(_strip_rows(report), 1)
    headings = max(len(column) for column in report.columns) * 24
    row = (height - _above_the_strips(report) - headings) / rows
    start_a_page = row < LEAST_ROW
    if start_a_page:
        row = (height - CHART_FRAME - _contents(report) - headings) / rows
    size, padding, has_words = _sheet(report, height)
    return Density(
        strip_row=round(min(max(row, LEAST_ROW), MOST_ROW), 1),
        strips_start_a_page=start_a_page,
        gaps_padding=_gaps_padding(report, height),
        whole_items=_whole_items(report, height),
        sheet_size=size,
        sheet_padding=padding,
        points_width=_points_width(report),
        sheet_has_words=has_words,
    )


def _above_the_strips(report: Report) -> float:
    """Height of page 1 without the rows of items and their headings: head, total, sentences, lists, key."""
    document = report.document
    whole_lines = [report.lede, *report.warnings, report.unrated_sentence, *report.notices]
    if report.summary_first:
        whole_lines += document.summary.splitlines()
    lines = sum(_lines(text, LETTERS_IN_LINE) for text in whole_lines if text)
    strengths = sum(_lines(one.text + one.items, LETTERS_IN_COLUMN) for one in report.first_strengths)
    steps = sum(_lines(f"{one.text} {one.step} 00:", LETTERS_IN_COLUMN) for one in report.first_priorities)
    lists = max(strengths, steps)
    more = 13 if report.more_strengths or report.more_priorities else 0
    return (
        FIRST_FRAME
        + _contents(report)
        + _more_lines_of_the_head(report)
        + lines * BODY_LINE
        + len(report.notices) * BODY_LINE / 2
        + (lists * (BODY_LINE + 1.5) + 32 + more if lists else 0)
    )


def _contents(report: Report) -> float:
    titles = "   ".join(part.heading for part in report.parts.values())
    return CONTENTS_FRAME + CONTENTS_LINE * _lines(titles, LETTERS_IN_CONTENTS)


def _more_lines_of_the_head(report: Report) -> float:
    """Height of what does not fit one line each in the head of page 1."""
    document = report.document
    return (
        (_lines(f"{document.scale.title} {report.kind}", LETTERS_IN_HEAD["eyebrow"] - 22) - 1) * 12
        + (_lines(document.site, LETTERS_IN_HEAD["site"]) - 1) * 24
        + (_lines(f"{document.program} {document.setting} {report.visit}", LETTERS_IN_HEAD["place"]) - 1) * 14
    )


def _strip_rows(report: Report) -> int:
    return max(sum(len(section.items) for section in column) for column in report.columns)


def _gaps_padding(report: Report, height: float) -> float:
    """What lets the gaps end on the page they begin on; as wide as can be where they go on to another anyway."""
    items = [item for section in report.sections for item in section.items]
    figures = report.gap_columns - (3 if report.has_principles else 2)
    letters = (PAGE_WIDTH - GAPS_NAMES - figures * GAPS_FIGURE) / GAPS_LETTER
    lines = sum(
        max(_lines(item.line.short_title, LETTERS_IN_NAME), _lines(item.principles, letters))
        for item in items
    )
    said = [*report.warnings]
    if report.has_setting:
        said.append(report.attainable_sentence)
    if not report.summary_first:
        said += report.document.summary.splitlines()
    words = sum(_lines(text, LETTERS_IN_LINE) for text in said) * BODY_LINE
    if not report.summary_first:
        words += SUMMARY_HEADING
    rows = len(items) + len(report.sections) + 1
    left = height - GAPS_FRAME - words - (lines + len(report.sections) + 1) * GAPS_LINE
    padding = (left - 7 * len(report.sections)) / (2 * rows)
    return round(min(padding, MOST_GAPS_PADDING), 1) if padding >= LEAST_GAPS_PADDING else MOST_GAPS_PADDING


def _whole_items(report: Report, height: float) -> frozenset[int]:
    items = [item for section in report.sections for item in section.items]
    return frozenset(
        item.line.number for item in items if _item_height(item) <= MOST_OF_A_PAGE_WHOLE * height
    )


def _item_height(item: ItemView) -> float:
    texts = [part.text.splitlines() for part in parts_of(item)]
    lines = sum(_lines(line, LETTERS_IN_TEXT) for text in texts for line in text)
    return ITEM_FRAME + lines * ITEM_LINE + len(texts) * ITEM_SPACE


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
    return max(15.6 * len(report.points_line.split()), LEAST_POINTS_WIDTH)


def _lines(text: str, letters: float) -> int:
    return max(1, -(-len(text) // int(letters)))
