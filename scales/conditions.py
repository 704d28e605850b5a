"""What the yes/no questions of an item do to the scores in question, and which of them still matter.

An anchor whose `requires` are not all met gives way to the highest anchor under it whose are: no rule is
published for a number that is met without its side condition, and reviewers usually drop to the highest
anchor fully met. A met `also_when` brings the item down to its anchor whatever the number, and never raises
it; where the number itself leaves that anchor in question, it settles the question.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scales.facts import Facts
from scales.placing import Candidates, Placement
from scales.spec import Item

# The scores in question under one set of answers; None stands for no anchor at all.
Scores = frozenset[int | None]

# One for every way in which missing numbers can turn out.
Leaf = frozenset[Scores]


@dataclass(frozen=True)
class Split:
    """The outcome depends on this unanswered condition."""

    condition: str
    yes: "Leaf | Split"
    no: "Leaf | Split"

    def conditions(self) -> Iterator[str]:
        """Every condition on which the outcome depends, some of them more than once."""
        yield self.condition
        for branch in (self.yes, self.no):
            if isinstance(branch, Split):
                yield from branch.conditions()


Outcome = Leaf | Split


def leaves(outcome: Outcome) -> Iterator[Leaf]:
    """What the item can come to, under every set of answers that makes a difference."""
    if isinstance(outcome, Split):
        yield from leaves(outcome.yes)
        yield from leaves(outcome.no)
    else:
        yield outcome


class Unanswered(Exception):
    """A condition was asked for that nobody has answered."""

    def __init__(self, condition: str) -> None:
        super().__init__(condition)
        self.condition = condition


@dataclass(frozen=True)
class Answers:
    """What is known about the conditions of an item, with everything that follows from it.

    A yes also answers yes whatever it implies, even against a no (reviewed weekly is reviewed monthly); a no
    answers no, where there is no answer yet, whatever would have implied a yes.
    """

    known: Mapping[str, bool]
    implies: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, item: Item, facts: Facts) -> "Answers":
        """The answers given, and those that the facts give: is their whole under a number?"""
        by_facts = {one.code: one.whole_below for one in item.conditions if one.whole_below is not None}
        known = {code: answer for code, answer in facts.answers.items() if code not in by_facts}
        if facts.whole is not None:
            known |= {code: facts.whole < below for code, below in by_facts.items()}
        implies = {condition.code: condition.implies for condition in item.conditions}
        return cls(_with_implied(known, implies), implies)

    def assuming(self, condition: str, answer: bool) -> "Answers":
        return Answers(_with_implied({**self.known, condition: answer}, self.implies), self.implies)

    def is_met(self, condition: str) -> bool:
        """Raises `Unanswered` where that is not known."""
        if condition not in self.known:
            raise Unanswered(condition)
        return self.known[condition]

    def is_yes(self, condition: str) -> bool:
        return self.known.get(condition) is True

    def is_no(self, condition: str) -> bool:
        return self.known.get(condition) is False


def outcome(item: Item, placement: Placement, answers: Answers) -> Outcome:
    """What the placement comes to; a `Split` where that hangs on a condition not yet answered.

    A condition whose two answers come to the same does not appear.
    """
    try:
        return frozenset(
            _after_conditions(item, candidates, placement.reachable, answers)
            for candidates in placement.possible
        )
    except Unanswered as open_question:
        condition = open_question.condition
    yes = outcome(item, placement, answers.assuming(condition, True))
    no = outcome(item, placement, answers.assuming(condition, False))
    return yes if yes == no else Split(condition, yes, no)


def _after_conditions(
    item: Item, candidates: Candidates, reachable: frozenset[int], answers: Answers
) -> Scores:
    met = frozenset(highest_fully_met(item, one, reachable, answers) for one in candidates)
    highest = max((score for score in met if score is not None), default=None)
    for anchor in sorted(item.anchors, key=lambda anchor: anchor.points):
        if highest is not None and anchor.points > highest:
            break
        if any(answers.is_met(code) for code in anchor.also_when):
            return frozenset({anchor.points})
    return met or frozenset({None})


def highest_fully_met(item: Item, candidate: int, reachable: frozenset[int], answers: Answers) -> int | None:
    """Anchors under the candidate are bettered by its number, so only their conditions are asked."""
    for anchor in sorted(item.anchors, key=lambda anchor: anchor.points, reverse=True):
        is_bettered = anchor.points <= candidate and anchor.points in reachable
        if is_bettered and all(answers.is_met(code) for code in anchor.requires):
            return anchor.points
    return None


def _with_implied(known: Mapping[str, bool], implies: Mapping[str, tuple[str, ...]]) -> dict[str, bool]:
    closed = dict(known)
    waiting = [code for code, answer in known.items() if answer]
    while waiting:
        for code in implies.get(waiting.pop(), ()):
            if closed.get(code) is not True:
                closed[code] = True
                waiting.append(code)
    while ruled_out := [
        code
        for code, implied in implies.items()
        if code not in closed and any(closed.get(one) is False for one in implied)
    ]:
        closed |= dict.fromkeys(ruled_out, False)
    return closed
