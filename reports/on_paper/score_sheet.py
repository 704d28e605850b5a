"""A blank score sheet for those who work on paper: one page to ring scores on, then every anchor with room for notes.

It says what the scale asks and whose review it is; never a score or a fact.
"""

from dataclasses import dataclass

from django.template.loader import render_to_string

from reports import words
from reports.document import Range
from reports.on_paper.fitting_one_page import Fitting, fitting
from reports.on_paper.writing import on_paper
from reviews.models import Review
from scales.spec import Anchor, Item, ScaleSpec, Section

# The points of each item stand side by side to be ringed, while they fit there; else a box takes the number.
MOST_POINTS_IN_A_ROW = 11


@dataclass(frozen=True)
class Head:
    """What is known beforehand; an empty text is a line to write on."""

    site: str = ""
    program: str = ""
    visit: str = ""
    setting: str = ""


@dataclass(frozen=True)
class BlankItem:
    """`anchors`: the lowest point first, as on the form."""

    item: Item
    codes: str
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True)
class BlankSection:
    section: Section
    maximum: int
    items: tuple[BlankItem, ...]


@dataclass(frozen=True)
class BlankSheet:
    scale: ScaleSpec
    head: Head
    sections: tuple[BlankSection, ...]

    @property
    def points(self) -> tuple[int, ...]:
        """Points to ring; none where a box takes the number."""
        points = tuple(range(self.scale.minimum, self.scale.maximum + 1))
        return points if len(points) <= MOST_POINTS_IN_A_ROW else ()

    @property
    def points_span(self) -> str:
        return words.span(Range(self.scale.minimum, self.scale.maximum))

    def fitting(self, paper: str) -> Fitting:
        items = [item for section in self.sections for item in section.items]
        return fitting(
            titles=[one.item.title for one in items],
            codes=max((len(one.codes) for one in items), default=0),
            sections=len(self.sections),
            points=len(self.points),
            paper=paper,
        )


def blank_sheet(scale: ScaleSpec, head: Head | None = None) -> BlankSheet:
    return BlankSheet(
        scale=scale,
        head=head or Head(),
        sections=tuple(
            BlankSection(
                section=section,
                maximum=scale.maximum * len(section.items),
                items=tuple(map(_blank_item, section.items)),
            )
            for section in scale.sections
        ),
    )


def _blank_item(item: Item) -> BlankItem:
    lowest_first = sorted(item.anchors, key=lambda anchor: anchor.points)
    return BlankItem(item, ", ".join(item.evidence), tuple(lowest_first))


def sheet_of_review(review: Review) -> BlankSheet:
    scale = review.version.to_spec()
    with words.in_language(scale.language):
        head = Head(
            site=", ".join(part for part in (review.site.name, review.site.place) if part),
            program=review.site.program.name,
            visit=words.days(review.starts_on, review.ends_on),
            setting=review.profile.title,
        )
    return blank_sheet(scale, head)


def score_sheet_pdf(sheet: BlankSheet, paper: str = "") -> bytes:
    """`paper`: "A4" or "letter"; by the language of the scale if empty."""
    return on_paper(sheet, score_sheet_source, sheet.scale.language, paper)


def score_sheet_source(sheet: BlankSheet, paper: str, fonts: str) -> str:
    context = {
        "sheet": sheet,
        "language": sheet.scale.language,
        "paper": paper,
        "fonts": fonts,
        "fitting": sheet.fitting(paper),
    }
    return render_to_string("reports/on_paper/score_sheet.html", context)
