"""Correct an issued report, and withdraw an edition: readers have the last edition until the next is issued."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from accounts.forms import ConfirmedFormMixin
from accounts.permissions import Permission
from reports import words
from reports.correction_forms import CorrectItemForm, CorrectPage1Form, IssueCorrectionForm, WithdrawForm
from reports.edition_view import changes_view
from reports.editions import compose_correction, corrected, latest_edition, stamp_withdrawal
from reports.html import page_body
from reports.presentation import draft_mark
from reports.views import OneEdition
from reviews.actions.correcting import (
    NothingCorrected,
    begin_correction,
    correct_item,
    correct_page_1,
    drop_correction,
    issue_correction,
)
from reviews.actions.refusals import ChangedMeanwhile
from reviews.actions.withdrawing import withdraw_edition
from reviews.models.correction import page_1_of
from reviews.permissions import may_correct
from reviews.views.mixins import ReviewMixin


class CorrectingMixin(ReviewMixin):
    """For the lead of an issued review."""

    permission = Permission.CORRECT_REPORT

    def is_open(self) -> bool:
        return may_correct(self.request.user, self.review)

    @cached_property
    def correction(self):
        correction = self.review.corrections.filter(ended_at=None).select_related("begun_by").first()
        if correction is not None:
            correction.review = self.review
        return correction

    @cached_property
    def document(self):
        """The report as the open correction has it."""
        return corrected(self.correction, made_at=timezone.now())

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def changed_meanwhile(self, form, name: str, now):
        """Shown again with what was typed; sent once more it goes through, over what is there `now`."""
        form.data = form.data.copy()
        form.data[name] = now
        form.add_error(
            None,
            _(
                "This was changed elsewhere since you opened the page, so nothing was saved. What you typed is "
                "below: send it again to go ahead with it."
            ),
        )
        return self.form_invalid(form)

    def overview(self):
        return redirect("reports:correct", pk=self.review.pk)


class OpenCorrectionMixin:
    """Behind `CorrectingMixin`: where no correction is open, back to the page that begins one."""

    def dispatch(self, request, *args, **kwargs):
        if self.correction is None:
            return self.overview()
        return super().dispatch(request, *args, **kwargs)


class Correct(CorrectingMixin, TemplateView):
    """What is corrected so far, item by item; sent, it begins a correction."""

    template_name = "reports/correct.html"

    def get_context_data(self, **kwargs):
        shown = {}
        if self.correction is not None:
            rows = self.correction.by_code()
            with words.in_language(self.document.language):
                changes = changes_view(self.document)
            shown = {
                "sections": [
                    (section.title, [(item, item.code in rows) for item in section.items])
                    for section in self.document.sections
                ],
                "changes": changes,
                "language": self.document.language,
                "corrects_anything": self.correction.corrects_anything,
            }
        return super().get_context_data(
            correction=self.correction, last=latest_edition(self.review), **shown, **kwargs
        )

    def post(self, request, *args, **kwargs):
        begin_correction(review=self.review, by=request.user)
        return self.overview()


class CorrectItem(CorrectingMixin, OpenCorrectionMixin, FormView):
    """The rating of one item, as it was issued and as it will be."""

    form_class = CorrectItemForm
    template_name = "reports/correct_item.html"

    def get_form_kwargs(self):
        review, code = self.review, self.kwargs["code"]
        agreed = review.consensus.select_related("item").filter(item__code=code).first()
        if agreed is None:
            raise Http404
        spec = review.version.to_spec()
        return super().get_form_kwargs() | {
            "agreed": agreed,
            "row": self.correction.by_code().get(code),
            "item": spec.item(code),
            "profile": review.profile.to_spec(),
            "spec": spec,
        }

    def form_valid(self, form):
        try:
            row = correct_item(
                review=self.review,
                item_code=self.kwargs["code"],
                values=form.values(),
                based_on=form.cleaned_data["revision"],
                by=self.request.user,
            )
        except ChangedMeanwhile:
            row = self.correction.by_code().get(self.kwargs["code"])
            return self.changed_meanwhile(form, "revision", row.revision if row else 0)
        said = _("Saved. Readers see it once you issue the correction.") if row else _("As it was issued.")
        messages.success(self.request, said)
        return self.overview()


class CorrectSummary(CorrectingMixin, OpenCorrectionMixin, FormView):
    """The summary on page 1, and how the review was done."""

    form_class = CorrectPage1Form
    template_name = "reports/correct_summary.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"issued": page_1_of(self.review)}

    def get_initial(self):
        return self.correction.page_1_now | {"was": self.correction.mark_of_page_1}

    def form_valid(self, form):
        try:
            correct_page_1(
                review=self.review, values=form.values(), was=form.cleaned_data["was"], by=self.request.user
            )
        except ChangedMeanwhile:
            return self.changed_meanwhile(form, "was", self.correction.mark_of_page_1)
        messages.success(self.request, _("Saved. Readers see it once you issue the correction."))
        return self.overview()


class PreviewCorrection(CorrectingMixin, OpenCorrectionMixin, TemplateView):
    """The whole report as it will be."""

    template_name = "reports/preview_correction.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            title=self.document.site,
            language=self.document.language,
            body=page_body(self.document),
            draft_mark=draft_mark(self.document),
            **kwargs,
        )


class DropCorrection(CorrectingMixin, OpenCorrectionMixin, View):
    """End the correction; the report stays as it is."""

    http_method_names = ("post", "options")

    def post(self, request, *args, **kwargs):
        drop_correction(review=self.review, by=request.user)
        messages.success(request, _("The correction is dropped. The report stays as it was issued."))
        return redirect("reports:report", pk=self.review.pk)


class IssueCorrection(CorrectingMixin, OpenCorrectionMixin, ConfirmedFormMixin, FormView):
    """The list of changes, and the confirmation that issues them as the next edition."""

    form_class = IssueCorrectionForm
    template_name = "reports/issue_correction.html"

    def get_initial(self):
        return {"revision": self.correction.revision}

    def get_context_data(self, **kwargs):
        with words.in_language(self.document.language):
            changes = changes_view(self.document)
        return super().get_context_data(
            changes=changes,
            language=self.document.language,
            corrects_anything=self.correction.corrects_anything,
            **kwargs,
        )

    def form_valid(self, form):
        data = form.cleaned_data
        try:
            edition = issue_correction(
                review=self.review,
                reason=data["reason"],
                based_on=data["revision"],
                compose=compose_correction,
                by=self.request.user,
            )
        except ChangedMeanwhile:
            return self.changed_meanwhile(form, "revision", self.correction.revision)
        except NothingCorrected:
            form.add_error(None, _("Nothing is corrected yet."))
            return self.form_invalid(form)
        messages.success(self.request, _("Edition %(number)s is issued.") % {"number": edition.number})
        return redirect("reports:report", pk=self.review.pk)


class WithdrawEdition(OneEdition, ConfirmedFormMixin, FormView):
    """Say of an edition that it no longer holds."""

    permission = Permission.CORRECT_REPORT
    form_class = WithdrawForm
    template_name = "reports/withdraw.html"

    def is_open(self) -> bool:
        return may_correct(self.request.user, self.review) and not self.edition.is_withdrawn

    def get_context_data(self, **kwargs):
        later = self.review.editions.filter(withdrawal=None).exclude(pk=self.edition.pk).exists()
        return super().get_context_data(edition=self.edition, others_hold=later, **kwargs)

    def form_valid(self, form):
        withdraw_edition(
            edition=self.edition,
            reason=form.cleaned_data["reason"],
            stamp=stamp_withdrawal,
            by=self.request.user,
        )
        said = _("Edition %(number)s is withdrawn. Every copy given out from now on says so.")
        messages.success(self.request, said % {"number": self.edition.number})
        return redirect("reports:report", pk=self.review.pk)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)
