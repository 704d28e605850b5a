"""The service's reply: typed and saved by its program managers, sent once, answered by the lead."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.permissions import Permission
from reviews.actions.answering import AnsweredMeanwhile, answer_reply
from reviews.actions.refusals import ChangedMeanwhile
from reviews.actions.replying import save_reply, send_reply, words_in
from reviews.forms.reply import WAS, AnswerForm, ReplyForm, WholeAnswerForm, field_name, shown
from reviews.models import Stage
from reviews.permissions import may_answer, may_read_reply, may_reply
from reviews.views.mixins import ReviewMixin


class Reply(ReviewMixin, TemplateView):
    """The draft's items, each with room for a reply. A POST saves.

    `go=send` saves and shows what will be sent; `go=send-it`, from that page, sends it for good.
    """

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
        if request.POST.get("go") == "send-it":
            return self._send()
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
        return self._asked_once_more(form)

    def _asked_once_more(self, form: ReplyForm, *, has_changed=False):
        """What will be sent, in full, with a button that does it."""
        rows = self.reply.items.select_related("item").order_by("item__number")
        said = [row for row in rows if row.text.strip() or row.evidence.strip()]
        whole = self.reply.text.strip()
        if not said and not whole:
            form.add_error("whole", _("Say something to the draft, if only that you agree with it."))
            return self._shown_again(form, 422)
        places = [_("the whole report")] if whole else []
        places += [_("item %(number)s") % {"number": row.item.number} for row in said]
        self.template_name = "reviews/send_reply.html"
        context = super().get_context_data(
            reply=self.reply,
            said=said,
            places=", ".join(places),
            seen=words_in(self.reply),
            has_errors=has_changed,
        )
        return self.render_to_response(context, status=409 if has_changed else 200)

    def _send(self):
        try:
            send_reply(review=self.review, seen=self.request.POST.get("seen", ""), by=self.request.user)
        except ChangedMeanwhile:
            self.__dict__.pop("reply", None)
            # Emptied meanwhile, there is nothing to send: the page to type on says so.
            form = self.get_form(shown(self.reply))
            form.is_valid()
            return self._asked_once_more(form, has_changed=True)
        messages.success(self.request, _("Your reply is sent. The lead reviewer answers it."))
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
    """What the service sent, to read by the team and the service; the lead answers, all in one form.

    A POST saves every answer that was typed, or none; `go=on` then goes on to what is left to do.
    """

    permission = Permission.READ_DRAFT
    template_name = "reviews/answers.html"

    def is_open(self) -> bool:
        may = may_answer if self.request.method == "POST" else may_read_reply
        return may(self.request.user, self.review)

    @cached_property
    def reply(self):
        return self.review.latest_reply

    def get_forms(self, data=None) -> list[WholeAnswerForm | AnswerForm]:
        """In the order of the page."""
        agreed = dict(self.review.consensus.values_list("item_id", "score"))
        spec = self.review.version.to_spec()
        may_rescore = self.review.stage == Stage.WITH_SERVICE
        whole = [WholeAnswerForm(data, reply=self.reply)] if self.reply.text else []
        return [
            *whole,
            *(
                AnswerForm(data, row=row, agreed=agreed.get(row.item_id), spec=spec, may_rescore=may_rescore)
                for row in self.reply.items.select_related("item").order_by("item__number")
            ),
        ]

    def get_context_data(self, **kwargs):
        typed = {form.code: form for form in kwargs.pop("typed", ())}
        forms = [typed.get(form.code, form) for form in self.get_forms()]
        return super().get_context_data(
            reply=self.reply,
            whole=next((form for form in forms if not form.code), None),
            forms=[form for form in forms if form.code],
            wrong=[form for form in forms if form.is_bound and form.errors],
            may_answer=may_answer(self.request.user, self.review),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        goes_on = request.POST.get("go") == "on"
        forms = self.get_forms(request.POST)
        typed = [form for form in forms if form.is_touched]
        if not typed and not goes_on:
            # Nothing was typed: each says what it waits for.
            typed = [form for form in forms if not form.stored]
        # Each is looked at, so that each says what is wrong with it.
        wrong = [form for form in typed if not form.is_valid()]
        if stale := tuple(form.code for form in typed if form.is_stale):
            self._tell_conflicts(typed, stale)
            return self._shown_again(typed, 409)
        if wrong:
            return self._shown_again(typed, 422)
        try:
            self._save(typed)
        except AnsweredMeanwhile as refusal:
            self._tell_conflicts(typed, refusal.places)
            return self._shown_again(typed, 409)
        if typed or not goes_on:
            messages.success(request, _("Saved."))
        return redirect("reviews:unresolved" if goes_on else "reviews:answers", pk=self.review.pk)

    def _save(self, typed) -> None:
        whole = next((form for form in typed if not form.code), None)
        answer_reply(
            review=self.review,
            items={form.code: (form.given(), form.cleaned_data["revision"]) for form in typed if form.code},
            whole=(whole.cleaned_data["answer"], whole.cleaned_data["revision"]) if whole else None,
            by=self.request.user,
        )

    def _tell_conflicts(self, typed, places: tuple[str, ...]) -> None:
        self.__dict__.pop("reply", None)
        now = {form.code: form for form in self.get_forms()}
        for form in typed:
            if form.code in places:
                form.tell_conflict(now[form.code])

    def _shown_again(self, typed, status: int):
        return self.render_to_response(self.get_context_data(typed=typed, has_errors=True), status=status)
