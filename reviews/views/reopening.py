"""Open one's own submitted ratings again, with a reason."""

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView

from accounts.permissions import Permission
from reviews.actions.reopening import reopen_ratings
from reviews.forms.reopening import ReopenForm
from reviews.permissions import has_reopened, may_reopen
from reviews.views.mixins import ReviewMixin


class ReopenRatings(ReviewMixin, FormView):
    permission = Permission.RATE
    form_class = ReopenForm
    template_name = "reviews/reopen.html"

    def is_open(self) -> bool:
        user, review = self.request.user, self.review
        # A second click finds the set reopened by the first.
        return may_reopen(user, review) or (self.request.method == "POST" and has_reopened(user, review))

    def form_valid(self, form):
        reopen_ratings(review=self.review, reason=form.cleaned_data["reason"], by=self.request.user)
        messages.success(self.request, _("Your ratings are open again. Submit them once they are right."))
        return super().form_valid(form)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_success_url(self):
        return reverse("reviews:ratings", kwargs={"pk": self.review.pk})
