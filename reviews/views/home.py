"""The first page after sign-in."""

from django.utils.translation import get_language
from django.views.generic import TemplateView

from reviews.home.page import home_of


class Home(TemplateView):
    """What to do next, then where the person's visits, sites and programs stand."""

    template_name = "reviews/home.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**home_of(self.request.user, language=get_language()), **kwargs)
