"""From the facts of an item to a suggested score, by the printed anchors, never by a guess.

Anchors, counts and the rule for averages are those of the Supported Employment Fidelity Scale, 7 January
2008, held as data in the scale version. What the form leaves open stays open: a number between two printed
anchors or in both, an exact half, a fact nobody has found out yet. The suggestion then says what is in
question and the reviewer decides, as the reviewer does in any case.
"""

from fractions import Fraction

from scales.conditions import Answers, Outcome, Split, Unanswered, highest_fully_met, leaves, outcome
from scales.facts import Facts, FactsError, FactsProblem, SpecialistFacts, check_facts
from scales.placing import Placement, place
from scales.spec import Item, Reading
from scales.suggestion import (
    Average,
    AverageOf,
    Count,
    Fact,
    LeftOut,
    Missing,
    Percentage,
    Quotient,
    Reason,
    Relieved,
    SpecialistPoints,
    Step,
    Suggestion,
)

__all__ = [
    "Average",
    "AverageOf",
    "Count",
    "Fact",
    "Facts",
    "FactsError",
    "FactsProblem",
    "LeftOut",
    "Missing",
    "Percentage",
    "Quotient",
    "Reason",
    "Relieved",
    "SpecialistFacts",
    "SpecialistPoints",
    "Step",
    "Suggestion",
    "suggest",
]


def suggest(item: Item, facts: Facts) -> Suggestion:
    """The score that the facts of an item come to, or what keeps it open.

    17 different kinds of 20 jobs are 85 %, a 5. 42 people on 2.05 specialists are 20.49 each, between "up to
    20" and "21 to 25": undecided between 5 and 4. Five contacts a week under a monthly review are 4 by number
    and 3 as suggested, with the weekly review unmet. Raises `FactsError` for a fact that cannot be.
    """
    check_facts(item, facts)
    placement = place(item, facts)
    answers = Answers.of(item, facts)
    found = outcome(item, placement, answers)
    has_number = item.reading is not Reading.JUDGEMENT or item.per_specialist
    by_number = placement.by_number if has_number else None

    if missing := _missing(item, placement, found):
        return _suggestion(placement, by_number, None, Reason.NOT_ENOUGH_FACTS, missing=missing)

    # Nothing is missing, so whatever is still unknown makes no difference: there is one set of scores.
    ((scores,),) = leaves(found)
    settled = [score for score in scores if score is not None]
    unmet = _unmet(item, placement, answers, min(settled) if len(settled) == len(scores) else None)
    if len(settled) < len(scores):
        reason = Reason.NO_ANCHOR_FITS if has_number else Reason.JUDGEMENT
        return _suggestion(placement, by_number, None, reason, unmet=unmet)
    if len(settled) > 1:
        between = (max(settled), min(settled))
        return _suggestion(placement, by_number, None, placement.undecided, between=between, unmet=unmet)
    (score,) = settled
    forced_by = _forced_by(item, answers, score)
    if item.per_specialist and forced_by is None:
        try:
            readings = {score} | _averaged_in_full(item, placement, answers)
        except Unanswered as question:
            asked = (Missing(Fact.ANSWER, condition=question.condition),)
            return _suggestion(placement, by_number, None, Reason.NOT_ENOUGH_FACTS, missing=asked)
        if len(readings) > 1:
            between = (max(readings), min(readings))
            return _suggestion(
                placement, by_number, None, Reason.READINGS_DIFFER, between=between, unmet=unmet
            )
    return _suggestion(
        placement,
        by_number,
        score,
        Reason.DECIDED,
        unmet=() if forced_by else unmet,
        forced_by=forced_by,
    )


def _averaged_in_full(item: Item, placement: Placement, answers: Answers) -> set[int]:
    """The other way to read "rate each, average": each specialist held to the conditions first, then the average.

    Six and three contacts under a monthly review are 3.5 to 4 averaged and then held to 3; held to 3 and 2 or 3
    first, the average is 2.5 to 3. The published rule does not say which. Empty where a specialist fits no anchor.
    """
    held = [
        {highest_fully_met(item, points, placement.reachable, answers) for points in row.points}
        for row in placement.specialist_points
        if row.points
    ]
    rated = [{points for points in row if points is not None} for row in held]
    if not rated or not all(rated):
        return set()
    closest = set()
    for choose in (min, max):
        average = Fraction(sum(choose(row) for row in rated), len(rated))
        distance = min(abs(anchor.points - average) for anchor in item.anchors)
        closest |= {anchor.points for anchor in item.anchors if abs(anchor.points - average) == distance}
    return closest


def _suggestion(
    placement: Placement,
    by_number: int | None,
    score: int | None,
    reason: Reason,
    *,
    between: tuple[int, int] | None = None,
    missing: tuple[Missing, ...] = (),
    unmet: tuple[str, ...] = (),
    forced_by: str | None = None,
) -> Suggestion:
    return Suggestion(
        score=score,
        reason=reason,
        between=between,
        missing=missing,
        steps=placement.steps,
        by_number=by_number,
        unmet=unmet,
        forced_by=forced_by,
        specialist_points=placement.specialist_points,
    )


def _missing(item: Item, placement: Placement, found: Outcome) -> tuple[Missing, ...]:
    """The facts on which the outcome hangs: numbers first, then conditions in the order of the item."""
    matters = placement.missing and any(len(leaf) > 1 for leaf in leaves(found))
    missing = list(placement.missing) if matters else []
    open_codes = set(found.conditions()) if isinstance(found, Split) else set()
    by_code = {condition.code: condition for condition in item.conditions}
    for code in sorted(open_codes, key=list(by_code).index):
        is_whole = by_code[code].whole_below is not None
        fact = Missing(Fact.WHOLE) if is_whole else Missing(Fact.ANSWER, condition=code)
        if fact not in missing:
            missing.append(fact)
    return tuple(missing)


def _unmet(item: Item, placement: Placement, answers: Answers, lowest: int | None) -> tuple[str, ...]:
    """Conditions answered no without which a higher anchor, up to what the number allows, would hold."""
    top = max((one for candidates in placement.possible for one in candidates), default=None)
    if top is None:
        return ()
    needed = {
        code
        for anchor in item.anchors
        if anchor.points <= top and (lowest is None or anchor.points > lowest)
        for code in anchor.requires
    }
    return tuple(one.code for one in item.conditions if one.code in needed and answers.is_no(one.code))


def _forced_by(item: Item, answers: Answers, score: int) -> str | None:
    """The condition, answered yes, that by itself places the item at this score."""
    return next((code for code in item.anchor(score).also_when if answers.is_yes(code)), None)
