"""The action plan of an issued report: read it, run its goals, note progress; and start one where there is none."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from accounts.permissions import Permission, is_allowed
from reviews.action_plans.page import goals_before, plan_page
from reviews.action_plans.people import people_to_remind
from reviews.action_plans.words import about
from reviews.actions.action_plans import (
    add_goal,
    add_progress,
    carry_on,
    change_goal,
    close_goal,
    move_goal,
    reopen_goal,
    start_plan,
)
from reviews.actions.refusals import ChangedMeanwhile
from reviews.forms.action_plan import CloseGoalForm, GoalForm, ProgressForm
from reviews.models import ActionPlan, Goal
from reviews.permissions import may_comment_on_action_plan, may_edit_action_plan, may_read_action_plan
from reviews.views.mixins import ReviewMixin


class PlanMixin(ReviewMixin):
    """Loads `self.plan`, None where the report has none yet, and `self.goal`, one of it."""

    permission = Permission.EDIT_ACTION_PLAN

    def is_open(self) -> bool:
        return may_edit_action_plan(self.request.user, self.review)

    @cached_property
    def plan(self) -> ActionPlan | None:
        plan = ActionPlan.objects.filter(review=self.review).select_related("begun_by").first()
        if plan is not None:
            plan.review = self.review
        return plan

    @cached_property
    def goal(self) -> Goal:
        goals = Goal.objects.with_details()
        return get_object_or_404(goals, plan__review=self.review, pk=self.kwargs["goal"])

    def where_next(self, goal: Goal | None = None):
        page = reverse("reviews:action_plan", args=[self.review.pk])
        return page if goal is None else f"{page}#goal-{goal.pk}"


class ActionPlanPage(PlanMixin, TemplateView):
    """Everyone who may read the plan reads it; who runs it finds the buttons."""

    template_name = "reviews/action_plan.html"
    permission = Permission.READ_ACTION_PLAN
    progress: ProgressForm | None = None

    def is_open(self) -> bool:
        return may_read_action_plan(self.request.user, self.review)

    def get_context_data(self, **kwargs):
        user, review = self.request.user, self.review
        later = (
            ActionPlan.objects.after(review).select_related("review").order_by("review__starts_on").first()
        )
        # The page is open to the user, so that what is asked here is their role, and whether the plan is over.
        may_comment = later is None and is_allowed(user, Permission.COMMENT_ON_ACTION_PLAN, review)
        page = plan_page(self.plan, is_over=later is not None) if self.plan else None
        cards = [(card, self.progress_form(card.goal, may_comment)) for card in page.cards] if page else []
        return super().get_context_data(
            plan=self.plan,
            page=page,
            cards=cards,
            before=goals_before(review, self.plan) if self.plan else [],
            later=later,
            can_edit=later is None and is_allowed(user, Permission.EDIT_ACTION_PLAN, review),
            can_comment=may_comment,
            form=self.progress,
            **kwargs,
        )

    def progress_form(self, goal: Goal, may_comment: bool) -> ProgressForm | None:
        if not may_comment:
            return None
        if self.progress is not None and self.progress.prefix == f"goal-{goal.pk}":
            return self.progress
        return ProgressForm(goal=goal)


class NoteProgress(ActionPlanPage):
    """Add a progress note; what cannot be taken is shown again on the plan."""

    http_method_names = ["post"]
    permission = Permission.COMMENT_ON_ACTION_PLAN

    def is_open(self) -> bool:
        return may_comment_on_action_plan(self.request.user, self.review)

    def post(self, request, *args, **kwargs):
        form = ProgressForm(request.POST, goal=self.goal)
        if not form.is_valid():
            self.progress = form
            return self.render_to_response(self.get_context_data(), status=422)
        add_progress(goal=self.goal, text=form.cleaned_data["text"], by=request.user)
        messages.success(request, _("Noted."))
        return redirect(self.where_next(self.goal))


class StartActionPlan(PlanMixin, View):
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        start_plan(review=self.review, by=request.user)
        messages.success(request, _("The action plan begins with the priorities of the report."))
        return redirect(self.where_next())


class GoalPage(PlanMixin, TemplateView):
    """The form of a goal; what a valid one leads to is the subclass's `save`."""

    template_name = "reviews/action_plan_goal.html"

    def get_initial(self) -> dict:
        raise NotImplementedError

    def save(self, form: GoalForm) -> Goal:
        raise NotImplementedError

    def get_form(self, data=None) -> GoalForm:
        return GoalForm(
            data,
            initial=self.get_initial(),
            spec=self.review.version.to_spec(),
            scores=dict(self.review.consensus.values_list("item__code", "score")),
            people=self.people,
        )

    @cached_property
    def people(self) -> dict[str, int]:
        return people_to_remind(self.review.site.program)

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", self.get_form())
        kwargs.setdefault("changed_meanwhile", False)
        kwargs.setdefault("goal", None)
        return super().get_context_data(
            people=list(self.people), back=self.where_next(kwargs["goal"]), **kwargs
        )

    def post(self, request, *args, **kwargs):
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form, has_errors=True), status=422)
        goal = self.save(form)
        messages.success(request, _("Saved."))
        return redirect(self.where_next(goal))


class AddGoal(GoalPage):
    def get_initial(self) -> dict:
        if self.plan is None:
            raise Http404
        return {"item": self.request.GET.get("item", "")}

    def save(self, form):
        return add_goal(plan=self.plan, typed=form.typed(), by=self.request.user)


class EditGoal(GoalPage):
    def get_initial(self) -> dict:
        return GoalForm.initial_of(self.goal)

    def get_context_data(self, **kwargs):
        found = {"goal": self.goal, "saved_about": about(self.goal)}
        return super().get_context_data(**(kwargs | found))

    def save(self, form):
        based_on = form.cleaned_data["revision"]
        return change_goal(goal=self.goal, typed=form.typed(), based_on=based_on, by=self.request.user)

    def post(self, request, *args, **kwargs):
        try:
            return super().post(request, *args, **kwargs)
        except ChangedMeanwhile:
            # Both are shown; saving again from here replaces the one that was shown, and no later one.
            self.__dict__.pop("goal", None)
            typed = request.POST.copy()
            typed["revision"] = str(self.goal.revision)
            form = self.get_form(typed)
            form.is_valid()
            context = self.get_context_data(form=form, changed_meanwhile=True, has_errors=True)
            return self.render_to_response(context, status=409)


class CloseGoal(PlanMixin, TemplateView):
    """Say that a goal is reached, or why it is set aside."""

    template_name = "reviews/action_plan_close.html"

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", self.get_form(initial=self.get_initial()))
        found = {"goal": self.goal, "about": about(self.goal), "back": self.where_next(self.goal)}
        return super().get_context_data(**(kwargs | found))

    def get_form(self, data=None, **kwargs) -> CloseGoalForm:
        return CloseGoalForm(data, visit_began=self.review.starts_on, **kwargs)

    def get_initial(self) -> dict:
        asked = self.request.GET.get("as", "")
        return {"status": asked} if asked in Goal.Status.values else {}

    def get(self, request, *args, **kwargs):
        return (
            super().get(request, *args, **kwargs)
            if self.goal.is_open
            else redirect(self.where_next(self.goal))
        )

    def post(self, request, *args, **kwargs):
        if not self.goal.is_open:
            messages.warning(request, _("This goal was closed meanwhile."))
            return redirect(self.where_next(self.goal))
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        close_goal(goal=self.goal, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(self.where_next(self.goal))


class ReopenGoal(PlanMixin, View):
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        reopen_goal(goal=self.goal, by=request.user)
        messages.success(request, _("The goal is open again."))
        return redirect(self.where_next(self.goal))


class MoveGoal(PlanMixin, View):
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        move_goal(goal=self.goal, up=request.POST.get("direction") == "up", by=request.user)
        return redirect(self.where_next(self.goal))


class CarryOnGoal(PlanMixin, View):
    """Go on with a goal of the plan before."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        earlier = Goal.objects.before(self.review)
        goal = get_object_or_404(earlier.select_related("item"), pk=self.kwargs["goal"])
        if self.plan is None:
            raise Http404
        carried = carry_on(plan=self.plan, goal=goal, by=request.user)
        messages.success(request, _("The goal is in this plan now. Give it a new day."))
        return redirect(self.where_next(carried))
