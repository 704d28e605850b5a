"""How a draft goes on: what is unresolved, the moderator's word, and sending it to the service."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from accounts.permissions import Permission
from reviews.actions.moderating import DraftIncomplete, NothingNoted, decide_on_draft, send_to_moderator
from reviews.actions.refusals import ChangedMeanwhile
from reviews.actions.replying import back_to_draft, move_reply_date, send_to_service
from reviews.finishing.dates import proposed_reply_by
from reviews.finishing.next_step import next_step_for
from reviews.finishing.state import state_of
from reviews.finishing.unresolved import missing_before_service, unanswered, unresolved_of
from reviews.forms.finishing import BackToDraftForm, ModerateForm, ReplyDateForm
from reviews.models import Stage
from reviews.permissions import (
    may_answer,
    may_edit_draft,
    may_issue,
    may_lead_reply,
    may_moderate,
    may_read_reply,
    may_read_unresolved,
    may_send_to_moderator,
    may_send_to_service,
)
from reviews.views.mixins import ReviewMixin


class Unresolved(ReviewMixin, TemplateView):
    """Everything unresolved, and where the draft goes from here. A POST sends it to the moderator."""

    permission = Permission.READ_DRAFT
    template_name = "reviews/unresolved.html"

    def is_open(self) -> bool:
        may = may_send_to_moderator if self.request.method == "POST" else may_read_unresolved
        return may(self.request.user, self.review)

    def get_context_data(self, **kwargs):
        user, review = self.request.user, self.review
        unresolved, reply = unresolved_of(review), review.latest_reply
        has_reply = may_read_reply(user, review)
        return super().get_context_data(
            unresolved=unresolved,
            standing=unresolved.standing,
            next_step=next_step_for(user, review, reply, unresolved),
            reply=reply,
            answers_missing=unanswered(review),
            may={
                "edit": may_edit_draft(user, review),
                "send_to_moderator": may_send_to_moderator(user, review),
                "moderate": may_moderate(user, review),
                "send_to_service": may_send_to_service(user, review),
                "lead_reply": may_lead_reply(user, review),
                "read_reply": has_reply,
                "issue": may_issue(user, review),
                "answer": has_reply and may_answer(user, review),
            },
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        try:
            send_to_moderator(review=self.review, by=request.user)
        except DraftIncomplete:
            return self.render_to_response(self.get_context_data(has_errors=True), status=422)
        messages.success(request, _("The draft is with the moderator."))
        return redirect("reviews:unresolved", pk=self.review.pk)


class Moderate(ReviewMixin, FormView):
    """The moderator approves the draft, or returns it with notes."""

    permission = Permission.MODERATE
    form_class = ModerateForm
    template_name = "reviews/moderate.html"

    def is_open(self) -> bool:
        return may_moderate(self.request.user, self.review)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"spec": self.review.version.to_spec()}

    def get_initial(self):
        return {"state": state_of(self.review)}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        form, scores = context["form"], dict(self.review.consensus.values_list("item__code", "score"))
        sections = [
            (
                section.title,
                [(item, scores.get(item.code), form[f"item-{item.code}"]) for item in section.items],
            )
            for section in self.review.version.to_spec().sections
        ]
        return context | {"sections": sections, "unresolved": unresolved_of(self.review)}

    def form_valid(self, form):
        data = form.cleaned_data
        approve = self.request.POST.get("go") == "approve"
        try:
            decide_on_draft(
                review=self.review,
                approve=approve,
                note=data["note"],
                item_notes=form.item_notes(),
                state=data["state"],
                by=self.request.user,
            )
        except NothingNoted:
            form.add_error("note", _("Say what is to be mended: here, or beside an item."))
            return self.form_invalid(form)
        except ChangedMeanwhile:
            form.add_error(
                None,
                _(
                    "The draft changed since you opened this page. Read it again, then decide; your notes are below."
                ),
            )
            form.data = form.data.copy()
            form.data["state"] = state_of(self.review)
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("The draft is approved.") if approve else _("The draft is returned with your notes."),
        )
        return redirect("reviews:unresolved", pk=self.review.pk)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


class SendToService(ReviewMixin, FormView):
    """The draft goes to the service with a last day to reply; while it is there, the day can be moved."""

    permission = Permission.ISSUE_REPORT
    form_class = ReplyDateForm
    template_name = "reviews/send_to_service.html"

    def is_open(self) -> bool:
        user, review = self.request.user, self.review
        if may_send_to_service(user, review):
            return True
        return may_lead_reply(user, review) and not may_read_reply(user, review)

    def get_initial(self):
        reply = self.review.latest_reply if self.review.stage == Stage.WITH_SERVICE else None
        return {"reply_by": reply.reply_by if reply else proposed_reply_by(self.review)}

    def get_context_data(self, **kwargs):
        managers = self.review.site.program.holders_of(Permission.REPLY)
        is_out = self.review.stage == Stage.WITH_SERVICE
        # A form that was sent is shown again with what was typed, and with the same lines as its errors.
        awaited = () if is_out or self.request.method == "POST" else missing_before_service(self.review)
        return super().get_context_data(managers=managers, is_out=is_out, awaited=awaited, **kwargs)

    def form_valid(self, form):
        act = move_reply_date if self.review.stage == Stage.WITH_SERVICE else send_to_service
        day = form.cleaned_data["reply_by"]
        try:
            act(review=self.review, reply_by=day, by=self.request.user)
        except DraftIncomplete as incomplete:
            for line in incomplete.missing:
                form.add_error(None, line.text)
            return self.form_invalid(form)
        messages.success(
            self.request, _("The service may reply until %(day)s.") % {"day": date_format(day, "DATE_FORMAT")}
        )
        return redirect("reviews:unresolved", pk=self.review.pk)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


class BackToDraft(ReviewMixin, FormView):
    """From the service back to the draft, with a reason that the timeline keeps."""

    permission = Permission.ISSUE_REPORT
    form_class = BackToDraftForm
    template_name = "reviews/back_to_draft.html"

    def is_open(self) -> bool:
        return may_lead_reply(self.request.user, self.review)

    def form_valid(self, form):
        back_to_draft(review=self.review, reason=form.cleaned_data["reason"], by=self.request.user)
        messages.success(self.request, _("The draft is yours again. What the service sent is still here."))
        return redirect("reviews:unresolved", pk=self.review.pk)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)
