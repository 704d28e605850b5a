"""An action plan as a PDF: a board pack has room for it."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone

from reports import words
from reports.action_plan_files import goal_rows
from reports.on_paper.writing import on_paper
from reviews.action_plans import words as of_goals
from reviews.models import ActionPlan


@dataclass(frozen=True)
class GoalOnPaper:
    about: str
    step: str
    what: str
    owner: str
    due: str
    said: str
    is_open: bool
    measure: str
    reason: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class PlanOnPaper:
    language: str
    site: str
    program: str
    visit: str
    made: str
    goals: tuple[GoalOnPaper, ...]


def plan_on_paper(plan: ActionPlan) -> PlanOnPaper:
    review = plan.review
    language = review.version.language
    with words.in_language(language):
        return PlanOnPaper(
            language=language,
            site=review.site.name,
            program=review.site.program.name,
            visit=words.days(review.starts_on, review.ends_on),
            made=words.day(timezone.localdate()),
            goals=tuple(
                GoalOnPaper(
                    about=of_goals.about(row.goal),
                    step=of_goals.step(row.goal),
                    what=row.goal.what,
                    owner=row.goal.owner,
                    due=words.day(row.goal.due_on) if row.goal.due_on else "",
                    said=row.said,
                    is_open=row.goal.is_open,
                    measure=row.goal.measure,
                    reason=row.goal.reason,
                    notes=tuple(f"{words.day(day)}, {who}: {text}" for day, who, text in row.notes),
                )
                for row in goal_rows(plan.goals.order_by("place"))
            ),
        )


def plan_pdf(plan: PlanOnPaper, paper: str = "") -> bytes:
    """`paper`: "A4" or "letter"; by the language of the scale if empty."""
    return on_paper(plan, _source, plan.language, paper)


def _source(plan: PlanOnPaper, paper: str, fonts: str) -> str:
    context = {"plan": plan, "paper": paper, "fonts": fonts, "language": plan.language}
    return render_to_string("reports/on_paper/action_plan.html", context)
