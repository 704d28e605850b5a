"""One item as a report shows it: on page 1, in the table of gaps, on its own, and on the score sheet."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports import charts, sentences, words
from reports.document import AnchorLine, ItemLine, Range, ReportDocument, SectionLine, StatementLine
from reports.reply_view import new_scores_of
from scales.spec import StatementKind

# What reviewers look for is theirs to know while scoring; a reader is told what an item is for here, and what to mind.
SHOWN_STATEMENTS = {StatementKind.INTENT.value, StatementKind.CAUTION.value}
# The score sheet prints every point of the scale beside each item, as the form does, while they fit there.
MOST_POINTS_IN_A_ROW = 11


@dataclass(frozen=True)
class Priority:
    """`step`: "3 → 5"; empty without a target."""

    place: int
    text: str
    item_number: int
    anchor_id: str
    step: str


@dataclass(frozen=True)
class Statement:
    """`source`: number of the source in the list at the end."""

    text: str
    source: int | None


@dataclass(frozen=True)
class SheetPoint:
    points: int
    is_chosen: bool


@dataclass(frozen=True)
class GapFigures:
    """One row of figures in the table of gaps."""

    score: str
    gap: str
    setting: str
    open: str
    previous: str
    change: str


@dataclass(frozen=True)
class ItemView:
    line: ItemLine
    anchor_id: str
    place: str
    score: str
    score_of: str
    is_rated: bool
    strip: charts.Strip
    change: str
    since: str
    gap: GapFigures
    gap_sentence: str
    target: str
    principles: str
    evidence_codes: str
    anchor: AnchorLine | None
    next_anchor: AnchorLine | None
    departure: str
    new_scores: tuple[str, ...]
    loss: str
    loss_source: int | None
    setting_score: str
    statements: tuple[Statement, ...]
    strength: str
    priority: Priority | None
    points: tuple[SheetPoint, ...]


@dataclass(frozen=True)
class SectionView:
    title: str
    code: str
    total: str
    maximum: int
    of_maximum: str
    becomes: str
    items: tuple[ItemView, ...]

    @property
    def total_in_words(self) -> str:
        """ "28 / 40"; with items unrated "17 so far, of 40 · can become 18–22"."""
        points = f"{self.total} {self.of_maximum}"
        if not self.becomes:
            return points
        return f"{points} · " + _("can become %(range)s") % {"range": self.becomes}


def section_view(
    section: SectionLine,
    document: ReportDocument,
    source_numbers: dict[str, int],
    priorities: Sequence[Priority],
) -> SectionView:
    total = section.total
    return SectionView(
        title=section.title,
        code=section.code,
        total=str(total.points),
        maximum=total.maximum,
        of_maximum=_("so far, of %(maximum)s") % {"maximum": total.maximum}
        if total.unrated
        else f"/ {total.maximum}",
        becomes=words.span(total.can_become) if total.unrated else "",
        items=tuple(
            _item_view(item, section, document, source_numbers, priorities) for item in section.items
        ),
    )


def _item_view(
    item: ItemLine,
    section: SectionLine,
    document: ReportDocument,
    source_numbers: dict[str, int],
    priorities: Sequence[Priority],
) -> ItemView:
    maximum = document.scale.maximum
    is_rated = item.score is not None
    short_of_top = item.gap is None or item.gap.points > 0
    said = [one for one in item.setting_statements if one.kind in SHOWN_STATEMENTS]
    return ItemView(
        line=item,
        anchor_id=f"item-{item.number}",
        place=f"{section.title} {item.number_in_section}",
        score=str(item.score) if is_rated else "–",
        score_of=_("%(score)s of %(maximum)s") % {"score": item.score, "maximum": maximum}
        if is_rated
        else _("Not rated"),
        is_rated=is_rated,
        strip=charts.item_strip(item, maximum, sentences.item_chart(item, maximum)),
        change=words.change(item.change) if item.change else "",
        since=sentences.since(item, document),
        gap=_gap_figures(item),
        gap_sentence=sentences.item_gap(item, item.gap) if item.gap and item.gap.points else "",
        target=str(item.target) if item.target is not None else "",
        principles=", ".join(item.principles),
        evidence_codes=", ".join(item.evidence_codes),
        anchor=item.anchor,
        next_anchor=item.next_anchor,
        departure=_("The facts suggest %(suggested)s; the reviewers decided on %(score)s.")
        % {"suggested": item.suggested, "score": item.score}
        if item.departs
        else "",
        new_scores=new_scores_of(item.number, document),
        loss=_loss(item, document) if short_of_top else "",
        loss_source=source_numbers.get(item.loss_source),
        setting_score=_setting_score(item, document),
        statements=statements(said, source_numbers) if short_of_top else (),
        strength=next((one.text for one in document.strengths if one.item_number == item.number), ""),
        priority=next((one for one in priorities if one.item_number == item.number), None),
        points=tuple(SheetPoint(points, points == item.score) for points in _points_on_sheet(item, document)),
    )


def points_line(document: ReportDocument) -> str:
    """The head of the score sheet's column of points: each of them, or from where to where if there are many."""
    points = _points_of_scale(document)
    if len(points) > MOST_POINTS_IN_A_ROW:
        return words.span(Range(points[0], points[-1]))
    return " ".join(map(str, points))


def _points_on_sheet(item: ItemLine, document: ReportDocument) -> Sequence[int]:
    """Every point of the scale, to be ringed; the score alone where there are too many for a row."""
    points = _points_of_scale(document)
    if len(points) <= MOST_POINTS_IN_A_ROW:
        return points
    return () if item.score is None else (item.score,)


def _points_of_scale(document: ReportDocument) -> range:
    return range(document.scale.minimum, document.scale.maximum + 1)


def _gap_figures(item: ItemLine) -> GapFigures:
    return GapFigures(
        score="–" if item.score is None else str(item.score),
        gap=str(item.gap.points) if item.gap else "–",
        setting=words.span(item.gap.setting) if item.gap else "–",
        open=words.span(item.gap.open) if item.gap else "–",
        previous="" if item.previous is None else str(item.previous),
        change=words.change(item.change),
    )


def _loss(item: ItemLine, document: ReportDocument) -> str:
    if item.expected_loss is None or not item.expected_loss.highest:
        return ""
    return _("%(setting)s is known to cost this item %(loss)s points.") % {
        "setting": words.capital(document.setting),
        "loss": words.span(item.expected_loss),
    }


def _setting_score(item: ItemLine, document: ReportDocument) -> str:
    """Beside the standard score; empty where the setting has no bounds of its own, or no facts were found."""
    if item.setting_score is None:
        return ""
    return _("In %(setting)s the facts come to %(score)s, by the bounds of the setting.") % {
        "setting": document.setting,
        "score": item.setting_score,
    }


def statements(lines: Sequence[StatementLine], source_numbers: dict[str, int]) -> tuple[Statement, ...]:
    return tuple(Statement(line.text, source_numbers.get(line.source)) for line in lines)
