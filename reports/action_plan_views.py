"""Goals as files: one plan as PDF, workbook and CSV, and the goals of one's sites as workbook and CSV."""

from django.http import Http404
from django.utils import timezone
from django.views.generic import View

from accounts.permissions import Permission
from reports.action_plan_files import actions_file, plan_file
from reports.file_names import action_plan_name
from reports.on_paper.action_plan import plan_on_paper, plan_pdf
from reports.paper_views import paper_of, sheet_response
from reports.views import file_response
from reviews.action_plans.listing import goals_shown
from reviews.forms.action_plan import GoalFilterForm
from reviews.models import ActionPlan
from reviews.permissions import may_read_action_plan
from reviews.views.mixins import ReviewMixin


class PlanFileMixin(ReviewMixin):
    """Whoever reads the plan may have it as a file; a report without a plan has none."""

    permission = Permission.READ_ACTION_PLAN

    def is_open(self) -> bool:
        return may_read_action_plan(self.request.user, self.review)

    def plan(self) -> ActionPlan:
        plan = ActionPlan.objects.filter(review=self.review).first()
        if plan is None:
            raise Http404
        plan.review = self.review
        return plan


class ActionPlanPdf(PlanFileMixin, View):
    def get(self, request, *args, **kwargs):
        sheet = plan_on_paper(self.plan())
        data = plan_pdf(sheet, paper_of(request, sheet.language))
        return sheet_response(request, action_plan_name(self.review, "pdf"), data)


class ActionPlanFile(PlanFileMixin, View):
    ending = ""

    def get(self, request, *args, **kwargs):
        return _kept(request, plan_file(self.plan(), self.ending))


class ActionsFile(View):
    """What the page of all goals shows, all its pages together."""

    ending = ""

    def get(self, request, *args, **kwargs):
        user = request.user
        show, site = GoalFilterForm(request.GET).asked()
        goals = goals_shown(user, show, site, timezone.localdate())
        return _kept(request, actions_file(goals, self.ending))


def _kept(request, file):
    response = file_response(request, file, is_kept=True)
    response["Cache-Control"] = "private, no-store"
    return response
