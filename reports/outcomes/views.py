"""The page of a site's employment outcomes: how they went, and every quarter."""

from django.views.generic import TemplateView

from programs.views.outcomes import ReadOutcomes
from reports.outcomes.presentation import present_outcomes


class OutcomesPage(ReadOutcomes, TemplateView):
    template_name = "reports/outcomes.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(outcomes=present_outcomes(self.rows), **kwargs)
