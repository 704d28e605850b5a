"""Agree one score per item from all submitted sets, and open the draft report."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.permissions import Permission
from reviews.actions.consensus import agree, open_draft
from reviews.forms.consensus import AgreeForm, agreement_of
from reviews.permissions import may_agree
from reviews.views.mixins import ReviewMixin


class Consensus(ReviewMixin, TemplateView):
    permission = Permission.EDIT_DRAFT
    template_name = "reviews/consensus.html"

    def is_open(self) -> bool:
        return may_agree(self.request.user, self.review)

    def get_form(self, data=None) -> AgreeForm:
        self.raters = [member for member in self.review.team if member.counts]
        sets = [member.own_set.by_code() for member in self.raters]
        return AgreeForm(data, spec=self.review.version.to_spec(), sets=sets)

    def get_context_data(self, **kwargs):
        form = kwargs.pop("form", None) or self.get_form()
        rows = form.rows()
        splits = sum(row.is_split for row in rows)
        return super().get_context_data(
            form=form,
            rows=rows,
            raters=self.raters,
            splits=splits,
            equal=len(rows) - splits,
            agreement=agreement_of(form.spec, form.sets),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form, has_errors=True), status=422)
        with transaction.atomic():
            for item_code, values in form.agreed().items():
                agree(review=self.review, item_code=item_code, values=values, by=request.user)
            open_draft(review=self.review, by=request.user)
        messages.success(request, _("The scores are agreed; the draft report is open."))
        return redirect("reviews:draft", pk=self.review.pk)
