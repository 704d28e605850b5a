"""Puts a suggestion into words: the sum as a reviewer would say it, the suggested score, or what keeps it open."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scales.spec import Item
from scales.suggestion import (
    Average,
    AverageOf,
    Count,
    Fact,
    LeftOut,
    Percentage,
    Quotient,
    Reason,
    Relieved,
    Suggestion,
)


@dataclass(frozen=True)
class SuggestionWords:
    """`sums`: one sentence per step. `verdict`: the outcome. `because`: conditions that moved it."""

    sums: tuple[str, ...]
    verdict: str
    because: tuple[str, ...]


def put_in_words(item: Item, suggestion: Suggestion) -> SuggestionWords:
    return SuggestionWords(
        sums=_sums(item, suggestion),
        verdict=_verdict(item, suggestion),
        because=_because(item, suggestion),
    )


def _sums(item: Item, suggestion: Suggestion) -> tuple[str, ...]:
    """One line a step; the averages of figures and of points in one line each, figures first."""
    averages = {step.of: step for step in suggestion.steps if isinstance(step, Average)}
    lines = [_step(item, suggestion, step) for step in suggestion.steps if not isinstance(step, Average)]
    if AverageOf.NUMBERS in averages:
        figures = averages[AverageOf.NUMBERS]
        lines.append(
            _("%(figures)s %(unit)s: average %(result)s")
            % {
                "figures": _list([_number(value) for value in figures.values]),
                "unit": item.unit,
                "result": _number(figures.result),
            }
        )
    results = [step.result for of, step in averages.items() if of is not AverageOf.NUMBERS]
    if results:
        points = [_either(row.points) for row in suggestion.specialist_points if row.points]
        low, high = _number(min(results)), _number(max(results))
        lines.append(
            _("As points %(points)s: average %(result)s")
            % {
                "points": _list(points),
                "result": low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high},
            }
        )
    return tuple(lines)


def _list(words: list[str]) -> str:
    """5, 4 and 3."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def _either(points: tuple[int, ...]) -> str:
    return (
        _("%(lower)s or %(higher)s") % {"lower": points[-1], "higher": points[0]}
        if len(points) > 1
        else str(points[0])
    )


def _step(item: Item, suggestion: Suggestion, step) -> str:
    def who(place: int | None) -> str:
        return "" if place is None else f"{_specialist(suggestion, place)}: "

    match step:
        case Quotient(part, whole, value, place):
            return f"{who(place)}{_number(part)} / {_number(whole)} = {_number(value)}"
        case Percentage(part, whole, value, place):
            return _("%(who)s%(part)s of %(whole)s = %(value)s %%") % {
                "who": who(place),
                "part": _number(part),
                "whole": _number(whole),
                "value": _number(value),
            }
        case Count(present, of):
            return _("%(present)s of %(of)s in place") % {"present": present, "of": of}
        case Relieved(place, seekers, needed):
            return _(
                "%(who)swith %(seekers)s looking for work, %(needed)s contacts a week are enough for the top"
            ) % {
                "who": who(place),
                "seekers": seekers,
                "needed": needed,
            }
        case LeftOut(place):
            return _("%(who)snobody is looking for work, so left out of the average") % {"who": who(place)}
    raise TypeError(step)


def _verdict(item: Item, suggestion: Suggestion) -> str:
    if suggestion.score is not None:
        return _("Suggests %(score)s") % {"score": suggestion.score}
    if suggestion.missing:
        return _("No suggestion yet")
    if suggestion.between:
        higher, lower = suggestion.between
        reasons = {
            Reason.BETWEEN_ANCHORS: _(
                "Falls between the printed anchors %(lower)s and %(higher)s: you decide"
            ),
            Reason.IN_TWO_ANCHORS: _("Printed under both %(lower)s and %(higher)s: you decide"),
            Reason.EXACT_HALF: _("Exactly half-way between %(lower)s and %(higher)s: you decide"),
            Reason.READINGS_DIFFER: _(
                "The ways to average give %(lower)s and %(higher)s, and the scale does not say which holds: you decide"
            ),
        }
        several = sum(bool(row.points) for row in suggestion.specialist_points) > 1
        if several and suggestion.reason in (Reason.BETWEEN_ANCHORS, Reason.IN_TWO_ANCHORS):
            return _(
                "One specialist lies between two scores, so the average is open, %(lower)s or %(higher)s: you decide"
            ) % {"lower": lower, "higher": higher}
        words = reasons.get(suggestion.reason, _("Open between %(lower)s and %(higher)s: you decide"))
        return words % {"lower": lower, "higher": higher}
    return _("The facts do not settle it: your judgement")


def _because(item: Item, suggestion: Suggestion) -> tuple[str, ...]:
    questions = {condition.code: condition.question for condition in item.conditions}
    lines = [_("No to “%(question)s”") % {"question": questions[code]} for code in suggestion.unmet]
    if suggestion.forced_by:
        lines.append(
            _("Placed at %(score)s, whatever the number: yes to “%(question)s”")
            % {"score": suggestion.score, "question": questions[suggestion.forced_by]}
        )
    if suggestion.score is not None and suggestion.by_number not in (None, suggestion.score):
        lines.append(_("By the number alone it would be %(score)s.") % {"score": suggestion.by_number})
    needed = [missing for missing in suggestion.missing if missing.fact != Fact.ANSWER]
    answers = len(suggestion.missing) - len(needed)
    if needed and not suggestion.score:
        lines.append(_("Some figures are still missing."))
    if answers:
        lines.append(
            ngettext("One question is still open.", "%(count)s questions are still open.", answers)
            % {"count": answers}
        )
    return tuple(lines)


def _specialist(suggestion: Suggestion, place: int) -> str:
    points = suggestion.specialist_points
    label = points[place].label if place < len(points) else ""
    return label or _("Specialist %(number)s") % {"number": place + 1}


def _number(value: Decimal) -> str:
    """At most two decimals, so that 19.5238… reads 19.52 and 20.49 stays apart from 20."""
    rounded = value.quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
    return localize(rounded.quantize(Decimal(1)) if rounded == rounded.to_integral() else rounded)
