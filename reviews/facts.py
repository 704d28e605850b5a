"""Carries facts across: from worksheets and from figures typed for an item to plain `Facts`, and on to suggestions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation

from reviews.figures.counting import Counted, Rows, count
from scales.facts import Facts, FactsError, SpecialistFacts
from scales.figures import Answer, Figure, fits
from scales.models import ScaleFigure
from scales.setting_score import setting_score
from scales.spec import Item, Reading, ScaleSpec
from scales.suggesting import Suggestion, suggest


@dataclass(frozen=True)
class ItemCount:
    """What the team found for one item.

    `facts`: what the worksheets give, over what was typed for the item. `counted`: the worksheets' part, None where
    they hold nothing for it. `figure`: which figure the item takes. `entries`: as typed for the item.
    `from_worksheet`: names of the facts (`part`, `whole`, …) and codes of the conditions that a worksheet gives.
    """

    facts: Facts
    counted: Counted | None = None
    figure: Figure | None = None
    entries: dict = field(default_factory=dict)
    from_worksheet: frozenset[str] = frozenset()

    @property
    def has_facts(self) -> bool:
        return self.facts != Facts()


def facts_of_items(review) -> dict[str, ItemCount]:
    """Item code to what the team found, for every item of the review's version; three queries."""
    items = review.version.to_spec().items
    taken = _figures(review, items)
    return _counts(review, items, taken, review.facts.all(), review.worksheet_rows.all() if taken else ())


def suggestions_for(review, own_set=None) -> dict[str, Suggestion]:
    """Item code to what its facts suggest, for every item that has facts.

    `own_set`: whose points the items judged specialist by specialist take; without it they have no suggestion, for
    points are scores, and each reviewer's own.
    """
    points = {} if own_set is None else _points_of(own_set)
    return suggestions_from(review.version.to_spec(), facts_of_items(review), points)


def suggestions_from(
    spec: ScaleSpec, counts: Mapping[str, ItemCount], points: Mapping[str, Sequence[Mapping]]
) -> dict[str, Suggestion]:
    """As `suggestions_for`, of what was read already. `points`: one reviewer's own, by item code."""
    suggestions = {}
    for code, found in counts.items():
        item = spec.item(code)
        if takes_own_points(item):
            own = points.get(code)
            suggestion = suggestion_for(item, with_own_points(found.facts, own)) if own else None
        else:
            suggestion = suggestion_for(item, found.facts) if found.has_facts else None
        if suggestion is not None:
            suggestions[code] = suggestion
    return suggestions


def setting_scores(review) -> dict[str, int]:
    """Item code to what its facts come to by the setting's own bounds; no query where the setting has none."""
    spec, profile = review.version.to_spec(), review.profile.to_spec()
    if not any(row.thresholds for row in profile.adjustments):
        return {}
    found = facts_of_items(review)
    scores = {
        item.code: setting_score(item, profile.adjustment(item.code), found[item.code].facts)
        for item in spec.items
    }
    return {code: score for code, score in scores.items() if score is not None}


def suggestion_for(item: Item, facts: Facts) -> Suggestion | None:
    """What facts suggest; None where one of them cannot be."""
    try:
        return suggest(item, facts)
    except FactsError:
        return None


def takes_own_points(item: Item) -> bool:
    """Whether each reviewer gives each specialist points of their own, as for the quality of employer contact."""
    return item.per_specialist and item.reading is Reading.JUDGEMENT


def with_own_points(facts: Facts, points: Sequence[Mapping]) -> Facts:
    """The facts with one reviewer's points (`Rating.specialist_points`) for the specialists."""
    return replace(facts, specialists=_specialists(points))


def read_entries(entries: dict) -> Facts:
    """Entries hold numbers as the text that was typed; what is empty or not a number is not known."""
    present = entries.get("present")
    return Facts(
        part=_number(entries.get("part")),
        whole=_number(entries.get("whole")),
        value=_number(entries.get("value")),
        specialists=_specialists(entries.get("specialists", [])),
        present=None if present is None else frozenset(present),
        answers=dict(entries.get("answers", {})),
    )


def _specialists(rows: Sequence[Mapping]) -> tuple[SpecialistFacts, ...]:
    return tuple(
        SpecialistFacts(
            label=row.get("label", ""),
            value=_number(row.get("value")),
            part=_number(row.get("part")),
            whole=_number(row.get("whole")),
            job_seekers=row.get("job_seekers"),
        )
        for row in rows
    )


def _figures(review, items: Sequence[Item]) -> dict[str, ScaleFigure]:
    """Item code to the figure it takes, where the item as this version reads it can take it; one query."""
    by_code = {item.code: item for item in items}
    rows = ScaleFigure.objects.filter(scale=review.version.scale_id, item_code__in=by_code)
    return {row.item_code: row for row in rows if fits(Figure(row.figure), by_code[row.item_code])}


def _counts(review, items, taken: Mapping[str, ScaleFigure], typed, worksheet_rows) -> dict[str, ItemCount]:
    codes = {pk: code for code, pk in review.version.item_ids().items()}
    entries = {codes[row.item_id]: row.entries for row in typed if row.item_id in codes}
    sheets: dict[str, list] = {}
    for row in worksheet_rows:
        sheets.setdefault(row.sheet, []).append(row.cells)
    return {
        item.code: _count_item(item, entries.get(item.code, {}), taken.get(item.code), sheets)
        for item in items
    }


def _count_item(item: Item, entries: dict, taken: ScaleFigure | None, rows: Rows) -> ItemCount:
    if takes_own_points(item):
        entries = {name: value for name, value in entries.items() if name != "specialists"}
    facts = read_entries(entries)
    if taken is None:
        return ItemCount(facts, entries=entries)
    figure = Figure(taken.figure)
    counted = count(figure, rows, component_codes=[component.code for component in item.components])
    if counted is None:
        return ItemCount(facts, figure=figure, entries=entries)
    given = _given(counted.facts)
    answers = _answers(item, taken, counted)
    return ItemCount(
        facts=replace(facts, **_without_other_number(given), answers={**facts.answers, **answers}),
        counted=counted,
        figure=figure,
        entries=entries,
        from_worksheet=frozenset(given) | frozenset(answers),
    )


def _given(facts: Facts) -> dict[str, object]:
    named = {name: getattr(facts, name) for name in ("part", "whole", "value", "present")}
    known = {name: value for name, value in named.items() if value is not None}
    return known | ({"specialists": facts.specialists} if facts.specialists else {})


def _without_other_number(given: dict[str, object]) -> dict[str, object]:
    """A finished number that was typed gives way to the two numbers that a worksheet gives."""
    return given | {"value": None} if "whole" in given else given


def _answers(item: Item, taken: ScaleFigure, counted: Counted) -> dict[str, bool]:
    """Condition code to the worksheet's answer; a condition that this version does not ask is passed over."""
    asked = {condition.code for condition in item.conditions}
    named = {code: word for code, word in taken.answers.items() if code in asked and word in list(Answer)}
    return {
        code: counted.answers[Answer(word)] for code, word in named.items() if Answer(word) in counted.answers
    }


def _points_of(own_set) -> dict[str, list]:
    """Item code to the points that one reviewer gave specialist by specialist; one query."""
    rows = own_set.ratings.exclude(specialist_points=[]).values_list("item__code", "specialist_points")
    return dict(rows)


def _number(text: str | None) -> Decimal | None:
    if text in (None, ""):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
