"""What the pages of past reviews show: columns, rows, problems, and the items of one result."""

from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.importing.columns import Field, item_targets
from reviews.importing.preview import Preview, PreviewRow
from reviews.importing.words import column_words, problem_words
from reviews.independence import Label
from reviews.independence_words import LABELS
from reviews.models import Kind, PastImport, Result
from reviews.visit.dates import visit_dates
from scales import scoring
from scales.spec import Item, ScaleSpec

ROWS_ON_A_PAGE = 100
PROBLEMS_IN_THE_SUMMARY = 20
EXAMPLES = 3


@dataclass(frozen=True)
class ShownProblem:
    """`cell`: what stands in the file there."""

    column: str
    cell: str
    says: str


@dataclass(frozen=True)
class ShownRow:
    """A row and what it becomes; empty texts where that is not known."""

    line: int
    site: str
    program: str
    days: str
    kind: str
    label: str
    profile: str
    total: str
    band: str
    unrated: str
    problems: tuple[ShownProblem, ...]
    page: int

    @property
    def anchor(self) -> str:
        return f"line-{self.line}"


def shown_rows(preview: Preview, spec: ScaleSpec, page: int) -> list[ShownRow]:
    first = (page - 1) * ROWS_ON_A_PAGE
    return [_shown(row, spec, page) for row in preview.rows[first : first + ROWS_ON_A_PAGE]]


def rows_to_mend(preview: Preview, spec: ScaleSpec) -> list[ShownRow]:
    """The first of the rows with a problem, for the summary; all of them stand in the table."""
    bad = ((place, row) for place, row in enumerate(preview.rows) if not row.is_good)
    return [
        _shown(row, spec, place // ROWS_ON_A_PAGE + 1) for place, row in islice(bad, PROBLEMS_IN_THE_SUMMARY)
    ]


def _shown(row: PreviewRow, spec: ScaleSpec, page: int) -> ShownRow:
    read = row.read
    problems = tuple(
        ShownProblem(column_words(code, spec), read.texts.get(code, ""), problem_words(found, spec))
        for code, found in row.problems.items()
    )
    came_to = row.figures if row.is_good else None
    return ShownRow(
        line=read.line,
        site=row.site.name if row.site else read.text(Field.SITE),
        program=row.site.program.name if row.site else "",
        days=visit_dates(read.starts_on, read.ends_on) if read.starts_on and read.ends_on else "",
        kind=str(Kind(read.kind).label) if read.kind else "",
        label=str(LABELS[Label(read.label)]) if read.label and row.is_good else "",
        profile=row.profile.title if row.profile else "",
        total=total_in_words(came_to, spec) if came_to else "",
        band=(came_to["band"] or _("Band not certain")) if came_to else "",
        unrated=unrated_in_words(came_to["unrated"]) if came_to else "",
        problems=problems,
        page=page,
    )


def total_in_words(figures: dict[str, object], spec: ScaleSpec) -> str:
    """ "92 of 125", or "79, can become 82 to 94"."""
    if figures["unrated"]:
        return _("%(points)s so far; %(lowest)s to %(highest)s of %(most)s once all are rated") % {
            **figures,
            "most": spec.highest_total,
        }
    return _("%(points)s of %(most)s") % {**figures, "most": spec.highest_total}


def unrated_in_words(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(count)s item unrated", "%(count)s items unrated", count) % {"count": count}


@dataclass(frozen=True)
class ShownColumn:
    """A column of the file. `examples`: what stands in it, of those that hold no scores."""

    place: int
    head: str
    examples: tuple[str, ...]


def shown_columns(past_import: PastImport, spec: ScaleSpec) -> list[ShownColumn]:
    """Scores are not shown: who rates one of these sites should not read them here."""
    of_scores = {*item_targets(spec), Field.TOTAL.value}
    columns = []
    for place, head in enumerate(past_import.heads):
        cells = [cells[place] for _number, cells in past_import.lines if place < len(cells) and cells[place]]
        hidden = past_import.mapping[place] in of_scores or all(_is_short_number(cell) for cell in cells)
        examples = () if hidden else tuple(dict.fromkeys(cells))[:EXAMPLES]
        columns.append(ShownColumn(place, head, examples))
    return columns


def _is_short_number(cell: str) -> bool:
    return len(cell) < 5 and cell.replace(".", "").replace(",", "").isdigit()


@dataclass(frozen=True)
class ShownItem:
    item: Item
    score: int | None
    gap: str
    setting: str
    open: str


@dataclass(frozen=True)
class ShownSection:
    title: str
    total: str
    items: tuple[ShownItem, ...]


def shown_sections(result: Result) -> list[ShownSection]:
    """The items of a result, section by section, each with its gap and the gap's two parts."""
    spec, profile, scores = result.version.to_spec(), result.profile.to_spec(), result.scores_by_code()
    totals = scoring.section_totals(spec, scores)
    sections = []
    for section in spec.sections:
        items = []
        for item in section.items:
            gap = scoring.gap(spec, profile, item.code, scores[item.code])
            parts = ("", "", "")
            if gap is not None:
                parts = (
                    str(gap.gap),
                    span(gap.setting_lowest, gap.setting_highest),
                    span(gap.open_lowest, gap.open_highest),
                )
            items.append(ShownItem(item, scores[item.code], *parts))
        total = totals[section.code]
        words = _("%(points)s of %(most)s") % {"points": total.points, "most": total.maximum}
        sections.append(ShownSection(section.title, words, tuple(items)))
    return sections


def span(lowest: int, highest: int) -> str:
    """ "2", or "1–2"."""
    return str(lowest) if lowest == highest else f"{lowest}–{highest}"


def pages_of(count: int) -> range:
    """Numbers of the pages that so many rows take."""
    return range(1, max(count - 1, 0) // ROWS_ON_A_PAGE + 2)
