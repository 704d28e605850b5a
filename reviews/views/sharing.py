"""Sharing an issued report with people who have no account: its links, a new one, and taking one back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from accounts.permissions import Permission
from reviews.actions.sharing import DayOutOfReach, make_link, revoke_link
from reviews.forms.sharing import OUT_OF_REACH, ShareForm
from reviews.models import SharedLink
from reviews.permissions import may_share_report
from reviews.views.mixins import ReviewMixin


class SharingMixin(ReviewMixin):
    permission = Permission.SHARE_REPORT

    def is_open(self) -> bool:
        return may_share_report(self.request.user, self.review)


class Share(SharingMixin, FormView):
    """Every link of the report, and a form for a new one.

    The answer to the form shows the new address itself, and is no redirect: the address is kept nowhere, so no
    later page could show it.
    """

    template_name = "reviews/share.html"
    form_class = ShareForm

    def get_context_data(self, **kwargs):
        links = list(self.review.shared_links.with_use().select_related("created_by", "revoked_by"))
        return super().get_context_data(
            opening=[link for link in links if link.is_opening],
            closed=[link for link in links if not link.is_opening],
            **({"new": None, "address": ""} | kwargs),
        )

    def form_valid(self, form):
        label, last_day = form.cleaned_data["label"], form.cleaned_data["last_day"]
        try:
            new = make_link(review=self.review, label=label, last_day=last_day, by=self.request.user)
        except DayOutOfReach:
            form.add_error("last_day", OUT_OF_REACH)
            return self.form_invalid(form)
        address = self.request.build_absolute_uri(reverse("reports:shared", args=[new.token]))
        context = self.get_context_data(form=self.form_class(), new=new.link, address=address)
        return self.render_to_response(context, headers={"Cache-Control": "private, no-store"})

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


class RevokeLink(SharingMixin, TemplateView):
    """Asks once more, then takes the link back for good."""

    template_name = "reviews/revoke_link.html"

    @cached_property
    def link(self) -> SharedLink:
        return get_object_or_404(self.review.shared_links.with_use(), pk=self.kwargs["link"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs | {"link": self.link})

    def post(self, request, *args, **kwargs):
        link = revoke_link(link=self.link, by=request.user)
        messages.success(request, _("The link for %(whom)s opens nothing any more.") % {"whom": link.label})
        return redirect("reviews:share", pk=self.review.pk)
