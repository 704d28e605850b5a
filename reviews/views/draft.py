"""The draft report: what page 1 says, and what is still missing before it is issued."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.permissions import Permission
from reviews.actions.drafting import save_draft
from reviews.actions.refusals import ChangedMeanwhile
from reviews.finishing.moderating import standing_of
from reviews.forms.draft import DraftForms
from reviews.permissions import may_edit_draft
from reviews.views.mixins import ReviewMixin


class EditDraft(ReviewMixin, TemplateView):
    permission = Permission.EDIT_DRAFT
    template_name = "reviews/edit_draft.html"

    def is_open(self) -> bool:
        return may_edit_draft(self.request.user, self.review)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            forms=kwargs.pop("forms", None) or DraftForms(self.review),
            missing=self.review.missing_before_issue(),
            advice=self.review.advice_before_issue(),
            standing=standing_of(self.review),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        forms = DraftForms(self.review, request.POST)
        if forms.is_valid():
            try:
                save_draft(
                    review=self.review,
                    draft=forms.draft(),
                    by=request.user,
                    based_on=forms.form.cleaned_data["revision"],
                )
            except ChangedMeanwhile:
                forms.form.add_error(
                    None,
                    _(
                        "Someone saved this page since you opened it. Yours is still below and not saved: "
                        "open the page in another window, compare, and save there."
                    ),
                )
            else:
                messages.success(request, _("Saved."))
                pages = {"report": "reports:report", "unresolved": "reviews:unresolved"}
                follow = pages.get(request.POST.get("go"), "reviews:draft")
                return redirect(follow, pk=self.review.pk)
        return self.render_to_response(self.get_context_data(forms=forms, has_errors=True), status=422)
