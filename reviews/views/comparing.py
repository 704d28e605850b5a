"""How one's own submitted ratings compare with the counting reviewers' and the agreed ones."""

from django.views.generic import TemplateView

from accounts.permissions import Permission
from reviews.past.comparing import comparison_for
from reviews.permissions import may_compare
from reviews.views.mixins import ReviewMixin


class Compare(ReviewMixin, TemplateView):
    permission = Permission.RATE
    template_name = "reviews/compare.html"

    def is_open(self) -> bool:
        return may_compare(self.request.user, self.review)

    def get_context_data(self, **kwargs):
        return super().get_context_data(page=comparison_for(self.request.user, self.review), **kwargs)
