"""The service's reply: typed and saved by its program managers, sent once, answered by the lead."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.permissions import Permission
from reviews.actions.answering import answer_on_item, answer_on_whole
from reviews.actions.refusals import ChangedMeanwhile
from reviews.actions.replying import NothingSaid, save_reply, send_reply
from reviews.forms.reply import WAS, AnswerForm, ReplyForm, WholeAnswerForm, field_name, shown
from reviews.models import Stage
from reviews.permissions import may_answer, may_read_reply, may_reply
from reviews.views.mixins import ReviewMixin


class Reply(ReviewMixin, TemplateView):
    """The draft's items, each with room for a reply. A POST saves; `go=send` sends it for good."""

    permission = Permission.REPLY
    template_name = "reviews/reply.html"

    def is_open(self) -> bool:
        return may_reply(self.request.user, self.review)

    @cached_property
    def reply(self):
        return self.review.latest_reply

    def get_form(self, data=None) -> ReplyForm:
        return ReplyForm(data, reply=self.reply, spec=self.review.version.to_spec())

    def get_context_data(self, **kwargs):
        form = kwargs.pop("form", None) or self.get_form()
        stored = shown(self.reply)
        spec = self.review.version.to_spec()
        scores = dict(self.review.consensus.values_list("item__code", "score"))
        sections = [
            (
                section.title,
                [
                    (
                        item,
                        scores.get(item.code),
                        [form[field_name(item.code, name)] for name in ("text", "evidence")],
                        any(form[field_name(item.code, name)].value() for name in ("text", "evidence")),
                    )
                    for item in section.items
                ],
            )
            for section in spec.sections
        ]
        was = [(f"{WAS}{name}", stored.get(name, "")) for name in form.fields]
        context = {"form": form, "reply": self.reply, "sections": sections, "was": was, "saved_at": None}
        return super().get_context_data(**(context | kwargs))

    def post(self, request, *args, **kwargs):
        form = self.get_form(request.POST)
        form.is_valid()
        saved = save_reply(review=self.review, words=form.words(), was=form.was(), by=request.user)
        self.__dict__.pop("reply", None)
        self._tell_conflicts(form, saved.conflicts)
        if form.errors:
            return self._shown_again(form, 409 if saved.conflicts else 422)
        if request.htmx:
            return self._shown_again(form, 200)
        if request.POST.get("go") != "send":
            messages.success(request, _("Saved. Nobody else reads it before you send it."))
            return redirect("reviews:reply", pk=self.review.pk)
        try:
            send_reply(review=self.review, by=request.user)
        except NothingSaid:
            form.add_error("whole", _("Say something to the draft, if only that you agree with it."))
            return self._shown_again(form, 422)
        messages.success(request, _("Your reply is sent. The lead reviewer answers it."))
        return redirect("reviews:answers", pk=self.review.pk)

    def _tell_conflicts(self, form: ReplyForm, conflicts) -> None:
        stored = shown(self.reply)
        for code, name in conflicts:
            field = field_name(code, name)
            form.add_error(
                field,
                _(
                    "Someone else wrote here meanwhile: “%(text)s”. Yours is in the box; save again to keep yours."
                )
                % {"text": stored.get(field, "")},
            )

    def _shown_again(self, form: ReplyForm, status: int):
        if self.request.htmx:
            self.template_name = "reviews/_reply/saved.html"
        saved_at = timezone.localtime() if status == 200 else None
        context = self.get_context_data(form=form, saved_at=saved_at, has_errors=status != 200)
        return self.render_to_response(context, status=status)


class Answers(ReviewMixin, TemplateView):
    """What the service sent, to read by the team and the service; the lead answers, one item at a time."""

    permission = Permission.READ_DRAFT
    template_name = "reviews/answers.html"

    def is_open(self) -> bool:
        may = may_answer if self.request.method == "POST" else may_read_reply
        return may(self.request.user, self.review)

    @cached_property
    def reply(self):
        return self.review.latest_reply

    def _item_form(self, row, agreed: dict, data=None) -> AnswerForm:
        return AnswerForm(
            data,
            row=row,
            agreed=agreed.get(row.item_id),
            spec=self.review.version.to_spec(),
            may_rescore=self.review.stage == Stage.WITH_SERVICE,
        )

    def get_context_data(self, **kwargs):
        sent: AnswerForm | None = kwargs.pop("sent", None)
        agreed = dict(self.review.consensus.values_list("item_id", "score"))
        rows = self.reply.items.select_related("item").order_by("item__number")
        forms = [
            sent if sent is not None and sent.prefix == row.item.code else self._item_form(row, agreed)
            for row in rows
        ]
        whole = sent if isinstance(sent, WholeAnswerForm) else WholeAnswerForm(reply=self.reply)
        return super().get_context_data(
            reply=self.reply,
            forms=forms,
            whole=whole,
            sent=sent,
            may_answer=may_answer(self.request.user, self.review),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        of = request.POST.get("of", "")
        row = self.reply.items.select_related("item").filter(item__code=of).first()
        if row is None:
            form = WholeAnswerForm(request.POST, reply=self.reply)
        else:
            agreed = dict(self.review.consensus.values_list("item_id", "score"))
            form = self._item_form(row, agreed, request.POST)
        if form.is_valid():
            try:
                self._save(form, of if row else "")
            except ChangedMeanwhile:
                form.add_error(
                    None,
                    _("Someone answered here since you opened the page. Yours is still below and not saved."),
                )
            else:
                messages.success(request, _("Saved."))
                anchor = f"#item-{of}" if row else "#whole"
                return redirect(reverse("reviews:answers", kwargs={"pk": self.review.pk}) + anchor)
        context = self.get_context_data(sent=form, has_errors=True)
        return self.render_to_response(context, status=422)

    def _save(self, form, code: str) -> None:
        based_on, by = form.cleaned_data["revision"], self.request.user
        if code:
            answer_on_item(review=self.review, item_code=code, answer=form.given(), based_on=based_on, by=by)
        else:
            text = form.cleaned_data["answer"]
            answer_on_whole(review=self.review, text=text, based_on=based_on, by=by)
