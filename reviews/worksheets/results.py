"""What the facts of an item come to, ready to be shown: the rows counted, the sum in words, the suggestion."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.formats import localize
from django.utils.translation import gettext as _

from reviews.facts import (
    ItemCount,
    facts_of_items,
    suggestion_for,
    takes_own_points,
    with_own_points,
)
from reviews.figures.words import tally_in_words
from reviews.models import Sheet
from reviews.suggestion_words import SuggestionWords, put_in_words, setting_score_in_words
from reviews.worksheets.columns import SHEETS, Kind
from reviews.worksheets.items import sheet_of
from reviews.worksheets.words import cell_words, column_label
from scales.figures import Figure
from scales.setting_score import setting_score
from scales.spec import Item, ProfileSpec
from scales.suggesting import Suggestion

# Rows shown beside an item; the others are in the worksheet.
MOST_ROWS = 12


@dataclass(frozen=True)
class ResultRow:
    label: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """`suggestion`, `words`: None while there are no facts that suggest anything."""

    item: Item
    found: ItemCount
    suggestion: Suggestion | None
    words: SuggestionWords | None

    @property
    def sheet(self) -> Sheet | None:
        """The worksheet to fill in for this item."""
        if self.found.counted is not None:
            return Sheet(self.found.counted.sheet)
        return sheet_of(self.found.figure) if self.found.figure else None

    @property
    def is_counted(self) -> bool:
        return self.found.counted is not None

    @property
    def tally(self) -> str:
        counted = self.found.counted
        return (tally_in_words(self.found.figure, counted) or "") if counted else ""

    @property
    def gives(self) -> bool:
        """Whether the worksheet gives a fact of this item, so that it is not asked again."""
        return bool(self.found.from_worksheet)

    @property
    def answered(self) -> list[tuple[str, bool]]:
        """The item's questions that the worksheet answers."""
        return [
            (condition.question, self.found.facts.answers[condition.code])
            for condition in self.item.conditions
            if condition.code in self.found.from_worksheet
        ]

    @property
    def headings(self) -> list[str]:
        counted = self.found.counted
        match self.found.figure:
            case Figure.JOB_TITLES | Figure.JOB_EMPLOYERS:
                return [column_label(counted.columns[0]), _("Job starts")]
            case Figure.OWN_TEAMS:
                return [
                    column_label("specialist"),
                    _("Teams"),
                    _("People from the one or two largest"),
                    column_label("caseload"),
                ]
        return [column_label(SHEETS[counted.sheet].columns[0].code), *map(column_label, counted.columns)]

    @property
    def rows(self) -> list[ResultRow]:
        """Not for a tally, which is said in one line."""
        counted = self.found.counted
        if counted is None or counted.tally is not None:
            return []
        return [
            ResultRow(
                row.label,
                tuple(_words(code, value) for code, value in zip(counted.columns, row.values, strict=True)),
            )
            for row in counted.rows[:MOST_ROWS]
        ]

    @property
    def more_rows(self) -> int:
        return max(0, len(self.found.counted.rows) - MOST_ROWS) if self.rows else 0


def results(review, items: Iterable[Item]) -> list[Result]:
    """What the facts of some items come to; the points of an item judged specialist by specialist are left out."""
    found, profile = facts_of_items(review), review.profile.to_spec()
    return [result_of_item(item, found[item.code], profile) for item in items]


def result_of_item(
    item: Item, found: ItemCount, profile: ProfileSpec, own_points: Sequence[dict] = ()
) -> Result:
    """`profile`: of the review. `own_points`: of the one reviewer who reads it (`Rating.specialist_points`)."""
    facts, has_facts = found.facts, found.has_facts or found.counted is not None
    if takes_own_points(item):
        facts, has_facts = with_own_points(facts, own_points), has_facts or bool(own_points)
    suggestion = suggestion_for(item, facts) if item.takes_facts else None
    words = None
    if suggestion is not None and has_facts:
        words = put_in_words(item, suggestion, found.counted, found.figure)
        in_setting = setting_score(item, profile.adjustment(item.code), facts)
        if in_setting is not None:
            words = replace(words, in_setting=setting_score_in_words(in_setting, profile.in_words))
    return Result(item, found, suggestion, words)


def _words(code: str, value) -> str:
    """A value counted, by the kind of its column; a number under a column of texts is how many there are."""
    if value is None:
        return ""
    column = next((one for sheet in SHEETS.values() for one in sheet.columns if one.code == code), None)
    if column is None or column.kind is Kind.TEXT:
        return localize(value)
    return cell_words(column, str(value))
