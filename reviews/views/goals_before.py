"""Reading back: what became of the goals of the last plan, recorded by the reviewers of the next visit."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.permissions import Permission
from reviews.action_plans.reading_back import lines_to_read_back, plan_before, why_no_plan_before
from reviews.actions.goals_back import read_goal_back
from reviews.actions.refusals import ChangedMeanwhile
from reviews.forms.action_plan import ReadBackForm
from reviews.models import ActionPlan, Goal
from reviews.permissions import may_read_goals_back, may_read_goals_before
from reviews.views.mixins import ReviewMixin


class GoalsBefore(ReviewMixin, TemplateView):
    """Each goal of the last plan, and what became of it; who rates here reads it once their own set is in."""

    template_name = "reviews/goals_before.html"
    permission = Permission.RATE
    typed: ReadBackForm | None = None
    changed_meanwhile = False

    def is_open(self) -> bool:
        return may_read_goals_before(self.request.user, self.review)

    @cached_property
    def plan(self) -> ActionPlan | None:
        return plan_before(self.review)

    def get_context_data(self, **kwargs):
        can_write = may_read_goals_back(self.request.user, self.review)
        lines = lines_to_read_back(self.review, self.plan) if self.plan else []
        return super().get_context_data(
            plan=self.plan,
            no_plan="" if self.plan else why_no_plan_before(self.review),
            lines=[(line, self.form_of(line) if can_write else None) for line in lines],
            read_back=sum(line.reading is not None for line in lines),
            can_write=can_write,
            form=self.typed,
            changed_meanwhile=self.changed_meanwhile,
            **kwargs,
        )

    def form_of(self, line) -> ReadBackForm:
        goal, reading = line.card.goal, line.reading
        if self.typed is not None and self.typed.prefix == f"goal-{goal.pk}":
            return self.typed
        kept = (
            {"outcome": reading.outcome, "text": reading.text, "revision": reading.revision}
            if reading
            else {}
        )
        return ReadBackForm(goal=goal, initial=kept)


class ReadGoalBack(GoalsBefore):
    http_method_names = ["post"]

    def is_open(self) -> bool:
        return may_read_goals_back(self.request.user, self.review)

    def post(self, request, *args, **kwargs):
        goal = get_object_or_404(
            Goal, plan__in=ActionPlan.objects.before(self.review), pk=self.kwargs["goal"]
        )
        form = ReadBackForm(request.POST, goal=goal)
        if not form.is_valid():
            self.typed = form
            return self.render_to_response(self.get_context_data(has_errors=True), status=422)
        data = form.cleaned_data
        try:
            read_goal_back(
                review=self.review,
                goal=goal,
                outcome=data["outcome"],
                text=data["text"].strip(),
                based_on=data["revision"],
                by=request.user,
            )
        except ChangedMeanwhile:
            return self.show_both(goal)
        messages.success(request, _("Saved. The report will have it."))
        return redirect(f"{reverse('reviews:goals_before', args=[self.review.pk])}#goal-{goal.pk}")

    def show_both(self, goal: Goal):
        """Saving again from here replaces what is shown as saved, and nothing later."""
        kept = self.review.goal_readings.get(goal=goal)
        typed = self.request.POST.copy()
        typed[f"goal-{goal.pk}-revision"] = str(kept.revision)
        self.typed, self.changed_meanwhile = ReadBackForm(typed, goal=goal), True
        self.typed.is_valid()
        return self.render_to_response(self.get_context_data(has_errors=True), status=409)
