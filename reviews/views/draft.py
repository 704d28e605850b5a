"""The draft report: what page 1 says, and what is still missing before it is issued."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.permissions import Permission
from reviews.actions.drafting import save_draft
from reviews.actions.refusals import ChangedMeanwhile
from reviews.finishing.moderating import standing_of
from reviews.forms.draft import DraftForms
from reviews.permissions import may_edit_draft
from reviews.views.mixins import ReviewMixin

PAGES = {"report": "reports:report", "unresolved": "reviews:unresolved"}


class EditDraft(ReviewMixin, TemplateView):
    """Page 1's words. A POST saves; as one types, rows that are still half are left out and said to be."""

    permission = Permission.EDIT_DRAFT
    template_name = "reviews/edit_draft.html"

    def is_open(self) -> bool:
        return may_edit_draft(self.request.user, self.review)

    def get_context_data(self, **kwargs):
        context = {"saved_at": None, "is_whole": True, "revision": self.review.revision}
        return super().get_context_data(
            forms=kwargs.pop("forms", None) or DraftForms(self.review),
            missing=self.review.missing_before_issue(),
            advice=self.review.advice_before_issue(),
            standing=standing_of(self.review),
            **(context | kwargs),
        )

    def post(self, request, *args, **kwargs):
        forms = DraftForms(self.review, request.POST)
        is_whole = forms.is_valid()
        # A page that is left sends what was typed as it stands, without a button.
        is_typing = request.htmx or "go" not in request.POST
        if not is_whole and not (is_typing and forms.can_be_kept()):
            return self._shown_again(forms, 422)
        try:
            saved = save_draft(
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
            return self._shown_again(forms, 409 if request.htmx else 422)
        if request.htmx:
            return self._shown_again(forms, 200, is_whole=is_whole, revision=saved.revision)
        messages.success(request, _("Saved."))
        return redirect(PAGES.get(request.POST.get("go"), "reviews:draft"), pk=self.review.pk)

    def _shown_again(self, forms: DraftForms, status: int, **kwargs):
        if self.request.htmx:
            self.template_name = "reviews/_draft/saved.html"
        is_saved = status == 200
        context = self.get_context_data(
            forms=forms,
            saved_at=timezone.localtime() if is_saved else None,
            has_errors=not is_saved,
            **kwargs,
        )
        return self.render_to_response(context, status=status)
