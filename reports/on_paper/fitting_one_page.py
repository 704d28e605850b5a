"""How tightly the rows of a blank score sheet are set, so that all items stand on one page whatever the scale's length.

Estimates in points, from how long the titles are; a scale that needs more runs on to another page and loses nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.density import LETTER_WIDTH, PAGE_HEIGHT, PAGE_WIDTH

SIZES = (9.4, 9.0, 8.6, 8.2, 7.8, 7.4, 7.0, 6.6)
# Height of all but the rows: head, heading of the columns, key. Space above a section.
FRAME = 186.0
SECTION_SPACE = 5.0
# Width of the columns of numbers, of sources and of notes at least; letters of sources are smaller.
NUMBERS, LEAST_SOURCES, LEAST_NOTES = 36.0, 62.0, 84.0
SOURCES_SIZE = 0.88 * 0.52
LEAST_PADDING, MOST_PADDING = 0.9, 5.0
# Across, of the letters' size; and the space after it.
RING, SPACE_AFTER_RING = 1.45, 4.2


@dataclass(frozen=True)
class Fitting:
    """`size`: of the letters. `ring`: across. `padding`: above and below each row. The rest: widths of columns."""

    size: float
    ring: float
    padding: float
    codes: float
    points: float
    notes: float


def fitting(*, titles: Sequence[str], codes: int, sections: int, points: int, paper: str) -> Fitting:
    """The largest setting with which every title, a row for each section and one for the total fill one page.

    `codes`: letters in the longest list of sources. `points`: how many are to be ringed.
    """
    for size in SIZES:
        found = _fitted(size, titles, codes, sections, points, PAGE_HEIGHT[paper])
        if found.padding >= LEAST_PADDING:
            break
    return found


def _fitted(
    size: float, titles: Sequence[str], codes: int, sections: int, points: int, height: float
) -> Fitting:
    ring = round(size * RING, 1)
    of_points = round(max(points * (ring + SPACE_AFTER_RING), 48) + 4, 1)
    of_codes = round(max(codes * size * SOURCES_SIZE + 6, LEAST_SOURCES), 1)
    left = PAGE_WIDTH - NUMBERS - of_codes - of_points
    notes = round(max(left * 0.34, min(LEAST_NOTES, left / 2)), 1)
    letters = int((left - notes - 8) / (size * LETTER_WIDTH))
    rows = sum(max(-(-len(title) // letters) * size * 1.2, ring + 1.4) for title in titles)
    rows += (sections + 1) * (ring + 1.4) + sections * SECTION_SPACE
    room = (height - FRAME - rows) / (2 * (len(titles) + sections + 1))
    padding = round(max(min(room, MOST_PADDING), 0.0), 2)
    return Fitting(size, ring, padding, of_codes, of_points, notes)
