"""Puts a suggestion into words: the sum as a reviewer would say it, the suggested score, or what keeps it open."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.figures.counting import Counted
from reviews.figures.words import count_in_words, notes_in_words, sum_in_words
from reviews.number_words import average_of_points, exact, result_of
from scales.figures import Figure
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
    Step,
    Suggestion,
)


@dataclass(frozen=True)
class SuggestionWords:
    """`sums`: one sentence per step. `verdict`: the outcome. `because`: conditions that moved it.

    `notes`: what to know about the worksheet behind it. `in_setting`: the score by the bounds of the setting, where
    it has bounds of its own and the facts give one.
    """

    sums: tuple[str, ...]
    verdict: str
    because: tuple[str, ...]
    notes: tuple[str, ...] = ()
    in_setting: str = ""


def put_in_words(
    item: Item, suggestion: Suggestion, counted: Counted | None = None, figure: Figure | None = None
) -> SuggestionWords:
    """`counted`, `figure`: what the worksheets gave for the item, and as which figure."""
    sums = _Sums(item, suggestion, counted, figure)
    return SuggestionWords(
        sums=sums.lines(),
        verdict=_verdict(item, suggestion),
        because=_because(item, suggestion, counted),
        notes=notes_in_words(counted) if counted else (),
    )


def setting_score_in_words(score: int, setting: str) -> str:
    """`setting`: as a sentence names it."""
    return _("In %(setting)s: %(score)s, by the bounds of the setting. The standard score stays.") % {
        "setting": setting,
        "score": score,
    }


@dataclass(frozen=True)
class _Sums:
    """The steps of a suggestion, one line each."""

    item: Item
    suggestion: Suggestion
    counted: Counted | None
    figure: Figure | None

    def lines(self) -> tuple[str, ...]:
        """The averages of figures and of points in one line each, figures first."""
        steps = self.suggestion.steps
        lines = [self._step(step) for step in steps if not isinstance(step, Average)]
        if not lines and self.figure and self.counted:
            lines = [self._without_steps(self.figure, self.counted)]
        averages = {step.of: step for step in steps if isinstance(step, Average)}
        if AverageOf.NUMBERS in averages:
            figures = averages[AverageOf.NUMBERS]
            lines.append(
                _("%(figures)s %(unit)s: average %(result)s")
                % {
                    "figures": _list([self._result(value) for value in figures.values]),
                    "unit": self.item.unit,
                    "result": self._result(figures.result),
                }
            )
        results = [step.result for of, step in averages.items() if of is not AverageOf.NUMBERS]
        if results:
            points = [_either(row.points) for row in self.suggestion.specialist_points if row.points]
            low, high = (average_of_points(self.item, result) for result in (min(results), max(results)))
            lines.append(
                _("As points %(points)s: average %(result)s")
                % {
                    "points": _list(points),
                    "result": low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high},
                }
            )
        return tuple(line for line in lines if line)

    def _result(self, value) -> str:
        return result_of(self.item, value, is_decided=self.suggestion.score is not None)

    def _without_steps(self, figure: Figure, counted: Counted) -> str:
        """The sum of a worksheet whose outcome the suggestion takes as it is, such as an average of days."""
        value = counted.facts.value
        return sum_in_words(figure, counted, "" if value is None else self._result(value)) or ""

    def _worded(self, value) -> str | None:
        """The sum of a worksheet, where it gave the two numbers."""
        if self.figure is None or self.counted is None:
            return None
        return sum_in_words(self.figure, self.counted, self._result(value))

    def _step(self, step: Step) -> str:
        match step:
            case Quotient(part, whole, value, place):
                plain = f"{self._who(place)}{exact(part)} / {exact(whole)} = {self._result(value)}"
                return self._worded(value) or plain
            case Percentage(part, whole, value, place):
                words = self._share_of_hours if self._counts_hours else self._share
                return (self._worded(value) if place is None else None) or words(part, whole, value, place)
            case Count(present, of):
                is_counted = self.counted is not None and self.counted.facts.present is not None
                worded = count_in_words(self.figure, present, of) if is_counted and self.figure else None
                return worded or _("%(present)s of %(of)s in place") % {"present": present, "of": of}
            case Relieved(place, seekers, needed):
                return _(
                    "%(who)swith %(seekers)s looking for work, %(needed)s contacts a week are enough for the top"
                ) % {"who": self._who(place), "seekers": seekers, "needed": needed}
            case LeftOut(place):
                return _("%(who)snobody is looking for work, so left out of the average") % {
                    "who": self._who(place)
                }
        raise TypeError(step)

    @property
    def _counts_hours(self) -> bool:
        return self.figure is Figure.COMMUNITY_HOURS and bool(self.counted and self.counted.facts.specialists)

    def _share(self, part, whole, value, place) -> str:
        return _("%(who)s%(part)s of %(whole)s = %(value)s %%") % self._numbers(part, whole, value, place)

    def _share_of_hours(self, part, whole, value, place) -> str:
        return _("%(who)s%(part)s of %(whole)s hours a week in the community = %(value)s %%") % self._numbers(
            part, whole, value, place
        )

    def _numbers(self, part, whole, value, place) -> dict[str, str]:
        return {
            "who": self._who(place),
            "part": exact(part),
            "whole": exact(whole),
            "value": self._result(value),
        }

    def _who(self, place: int | None) -> str:
        return "" if place is None else f"{_specialist(self.suggestion, place)}: "


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


def _because(item: Item, suggestion: Suggestion, counted: Counted | None) -> tuple[str, ...]:
    questions = {condition.code: condition.question for condition in item.conditions}
    lines = [_("No to “%(question)s”") % {"question": questions[code]} for code in suggestion.unmet]
    if suggestion.forced_by:
        lines.append(_forced(item, suggestion, counted))
    if suggestion.score is not None and suggestion.by_number not in (None, suggestion.score):
        lines.append(_("By the number alone it would be %(score)s.") % {"score": suggestion.by_number})
    needed = [missing for missing in suggestion.missing if missing.fact != Fact.ANSWER]
    answers = len(suggestion.missing) - len(needed)
    if needed and suggestion.score is None:
        lines.append(_("Some figures are still missing."))
    if answers:
        lines.append(
            ngettext("One question is still open.", "%(count)s questions are still open.", answers)
            % {"count": answers}
        )
    return tuple(lines)


def _forced(item: Item, suggestion: Suggestion, counted: Counted | None) -> str:
    """The condition that decides by itself: "Are there fewer than 10 current jobs?" Yes, 9."""
    condition = next(one for one in item.conditions if one.code == suggestion.forced_by)
    words = {"score": suggestion.score, "question": condition.question}
    wholes = [step.whole for step in suggestion.steps if isinstance(step, Quotient | Percentage)]
    if counted is not None and counted.facts.whole is not None:
        wholes.append(counted.facts.whole)
    if condition.whole_below is None or not wholes:
        return _("Placed at %(score)s, whatever the number: yes to “%(question)s”") % words
    return _("Placed at %(score)s, whatever the number: “%(question)s” Yes, %(whole)s.") % {
        **words,
        "whole": exact(wholes[0]),
    }


def _specialist(suggestion: Suggestion, place: int) -> str:
    points = suggestion.specialist_points
    label = points[place].label if place < len(points) else ""
    return label or _("Specialist %(number)s") % {"number": place + 1}
