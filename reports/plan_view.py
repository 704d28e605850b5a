"""The action plan as a report hands it over: seeded from the priorities, the rest for the service to fill in."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports import words
from reports.document import ReportDocument
from reports.goal_lines import GoalBeforeLine
from reports.item_views import Priority


@dataclass(frozen=True)
class Goal:
    """`step`: "3 → 5"; the score alone without a target."""

    place: int
    item_number: int
    item_title: str
    step: str
    action: str


@dataclass(frozen=True)
class Plan:
    """`to_fill_in`: heads of the columns that the service writes, `then_said` the same in a sentence.

    `written_by`: when it writes them. `advice`: how many goals; without any, `nothing` says so instead.
    """

    goals: tuple[Goal, ...]
    to_fill_in: tuple[str, ...]
    written_by: str
    advice: str
    nothing: str
    then_said: str
    before: "GoalsBefore | None" = None


@dataclass(frozen=True)
class GoalBefore:
    """`item`: "5 Frequent team contact", or that it is of the whole site. `step`: empty without an item."""

    place: int
    item: str
    step: str
    what: str
    outcome: str
    text: str


@dataclass(frozen=True)
class GoalsBefore:
    """What became of the goals of the last plan. `said`: which plan that was."""

    heading: str
    said: str
    goals: tuple[GoalBefore, ...]


def plan_view(document: ReportDocument, priorities: Sequence[Priority]) -> Plan:
    items = {item.number: item for item in document.items}
    goals = tuple(
        Goal(
            place=one.place,
            item_number=one.item_number,
            item_title=items[one.item_number].short_title,
            step=one.step or _score(items[one.item_number].score),
            action=one.text,
        )
        for one in priorities
    )
    return Plan(
        goals=goals,
        to_fill_in=(_("Who"), _("By when"), _("How we will know")),
        written_by=_written_by(document),
        advice=_advice(goals),
        nothing=_nothing(goals),
        before=_before(document),
        then_said=_(
            "Who does it, by when, and how we will know: the service adds these when it writes the plan."
        ),
    )


def _score(score: int | None) -> str:
    return _("not rated") if score is None else str(score)


def _before(document: ReportDocument) -> GoalsBefore | None:
    if not document.goals_before or document.goals_before_of is None:
        return None
    return GoalsBefore(
        heading=_("What became of the last plan’s goals"),
        said=_("Goals of the action plan after the review of %(day)s, as the reviewers found them.")
        % {"day": words.day(document.goals_before_of)},
        goals=tuple(
            GoalBefore(
                place=place,
                item=f"{one.item_number} {one.item_title}" if one.item_number else _("The whole site"),
                step=_step_then(one),
                what=one.what,
                outcome=words.capital(words.goal_outcome(one.outcome)),
                text=one.text,
            )
            for place, one in enumerate(document.goals_before, 1)
        ),
    )


def _step_then(one: GoalBeforeLine) -> str:
    if one.item_number is None:
        return ""
    return f"{_score(one.score_then)} → {one.target}" if one.target is not None else _score(one.score_then)


def _written_by(document: ReportDocument) -> str:
    if document.action_plan_by is None:
        return _("The service writes its action plan after this report.")
    return _("The service writes its action plan after this report, by %(day)s.") % {
        "day": words.day(document.action_plan_by)
    }


def _advice(goals: Sequence[Goal]) -> str:
    if not goals:
        return ""
    return _(
        "Three or four goals get further than a long list. Give each one person who answers for it, a day, and a "
        "sign by which everyone can tell that it is reached."
    )


def _nothing(goals: Sequence[Goal]) -> str:
    if goals:
        return ""
    return _(
        "The reviewers named no priority. The items with an open part in the gaps are where to look for one."
    )
