"""The goals of all of one's sites on one page."""

from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import ListView

from reviews.action_plans.listing import SITES_OFFERED, cards, goals_shown, sites_offered
from reviews.forms.action_plan import GoalFilterForm


class Actions(ListView):
    """Open goals, the most urgent first; narrowed by what is due and by site."""

    template_name = "reviews/actions.html"
    paginate_by = 25

    @cached_property
    def filter_form(self) -> GoalFilterForm:
        are_few = len(self.sites) <= SITES_OFFERED
        return GoalFilterForm(self.request.GET, sites=self.sites if are_few else ())

    @cached_property
    def sites(self) -> list[tuple[int, str]]:
        return sites_offered(self.request.user)

    @cached_property
    def today(self):
        return timezone.localdate()

    def get_queryset(self):
        show, site = self.filter_form.asked()
        return goals_shown(self.request.user, show, site, self.today)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        query = self.request.GET.copy()
        query.pop("page", None)
        return context | {
            "cards": cards(context["object_list"], self.today),
            "filter_form": self.filter_form,
            "site_names": [name for _, name in self.sites[:SITES_OFFERED]],
            "is_narrowed": any(self.filter_form.asked()),
            "query": query.urlencode(),
            "counted": context["paginator"].count,
        }
