"""The consensus meeting: one page for all items, each saved as it is typed, on several devices at once."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView

from accounts.permissions import Permission
from reviews.actions.consensus import (
    ConsensusIncomplete,
    agree,
    agree_all_equal,
    back_to_consensus,
    open_draft,
)
from reviews.actions.presence import note_presence, others_present
from reviews.consensus.page import RowOnPage, after_save, on_page
from reviews.consensus.table import Meeting, changed_since, meeting_of
from reviews.consensus.words import heading, missing_lines, presence, presence_token, short_names
from reviews.forms.consensus import AgreeForm, BackForm, revisions_seen
from reviews.permissions import may_agree, may_edit_draft
from reviews.views.mixins import ReviewMixin


class MeetingMixin(ReviewMixin):
    """Pages of the meeting: for those whose scores count, once all their sets are in."""

    permission = Permission.EDIT_DRAFT

    def is_open(self) -> bool:
        return may_agree(self.request.user, self.review)

    @cached_property
    def meeting(self) -> Meeting:
        """As it stands when first asked for: after an action, so that what it changed is in it."""
        return meeting_of(self.review)

    def get_context_data(self, **kwargs):
        return super().get_context_data(meeting=self.meeting, **kwargs)


class WholeMeeting(MeetingMixin, TemplateView):
    """The page with every item."""

    template_name = "reviews/consensus.html"

    def get_context_data(self, **kwargs):
        here: RowOnPage | None = kwargs.get("box")
        boxes = {row.item.code: on_page(self.meeting, row) for row in self.meeting.rows}
        if here is not None:
            boxes[here.code] = here
        others = others_present(self.review, self.request.user)
        context = {
            "heading": heading(self.meeting),
            "names": list(short_names(self.meeting.raters).values()),
            "splits": [boxes[row.item.code] for row in self.meeting.splits],
            "equals": [boxes[row.item.code] for row in self.meeting.equals],
            "presence": presence(others, self.meeting.spec),
            "presence_token": presence_token(others),
            "missing": None,
            "box": None,
        }
        return super().get_context_data(**(context | kwargs))


class Consensus(WholeMeeting):
    """Look, agree all equal scores in one act, or close the meeting and open the draft."""

    def post(self, request, *args, **kwargs):
        if request.POST.get("go") == "agree-all":
            number = agree_all_equal(review=self.review, by=request.user)
            messages.success(
                request,
                ngettext("Agreed on %(number)s item.", "Agreed on %(number)s items.", number)
                % {"number": number},
            )
            return redirect(reverse("reviews:consensus", kwargs={"pk": self.review.pk}) + "#equal")
        try:
            open_draft(review=self.review, by=request.user)
        except ConsensusIncomplete as error:
            context = self.get_context_data(missing=missing_lines(error.missing), has_errors=True)
            return self.render_to_response(context, status=422)
        messages.success(request, _("The scores are agreed; the draft report is open."))
        return redirect("reviews:draft", pk=self.review.pk)


class AgreeItem(WholeMeeting):
    """Save one item. Told with 409: someone wrote meanwhile; with 422: something needs mending."""

    http_method_names = ["post", "options"]

    def post(self, request, *args, **kwargs):
        spec = self.review.version.to_spec()
        if kwargs["code"] not in spec.items_by_code:
            raise Http404
        item = spec.item(kwargs["code"])
        form = AgreeForm(request.POST, item=item, spec=spec, profile=self.review.profile.to_spec())
        form.is_valid()
        agreed = agree(
            review=self.review, item_code=item.code, values=form.values(), was=form.was(), by=request.user
        )
        if agreed.place_taken_by is not None:
            form.add_error(
                "priority",
                _("Item %(number)s has this place already.") % {"number": agreed.place_taken_by.item.number},
            )
        status = 409 if agreed.conflicts else 422 if form.errors else 200
        if status == 200 and not request.htmx:
            messages.success(request, _("Saved."))
            page = reverse("reviews:consensus", kwargs={"pk": self.review.pk})
            return redirect(f"{page}#row-{item.code}")
        # A button was pressed: the row is drawn anew. Saved while typing: what is being typed stays on the page.
        is_pressed = not request.htmx or "go" in request.POST or "settle" in request.POST
        box = after_save(self.meeting, form, agreed, page_stays=not is_pressed)
        if request.htmx:
            self.template_name = "reviews/_consensus/saved.html"
            context = MeetingMixin.get_context_data(self, box=box, is_pressed=is_pressed)
        else:
            context = self.get_context_data(box=box, has_errors=True)
        return self.render_to_response(context, status=status)


class Here(MeetingMixin, TemplateView):
    """Asked every few seconds: who else is here, and which items changed since the page last heard."""

    http_method_names = ["post", "options"]
    template_name = "reviews/_consensus/changes.html"

    def post(self, request, *args, **kwargs):
        spec = self.review.version.to_spec()
        on = request.POST.get("on", "")
        item_code = on if on in spec.items_by_code else ""
        note_presence(review=self.review, item_code=item_code, by=request.user)
        others = others_present(self.review, request.user)
        changed = changed_since(self.review, revisions_seen(request.POST.get("have", "")))
        is_news = presence_token(others) != request.POST.get("who", "")
        if not changed and not is_news:
            return HttpResponse(status=204)
        context = ReviewMixin.get_context_data(
            self,
            presence=presence(others, spec),
            presence_token=presence_token(others),
            boxes=[],
            meeting=None,
            box=None,
            live="heard",
        )
        if changed:
            boxes = [on_page(self.meeting, row) for row in self.meeting.rows if row.item.code in changed]
            context |= {"meeting": self.meeting, "boxes": boxes}
        return self.render_to_response(context)


class BackToConsensus(ReviewMixin, FormView):
    """From the draft back to the meeting, with a reason that the timeline keeps."""

    permission = Permission.EDIT_DRAFT
    form_class = BackForm
    template_name = "reviews/consensus_back.html"

    def is_open(self) -> bool:
        return may_edit_draft(self.request.user, self.review)

    def form_valid(self, form):
        back_to_consensus(
            review=self.review, reason=form.cleaned_data["reason_to_go_back"], by=self.request.user
        )
        messages.success(self.request, _("Consensus is open again. What was agreed is still here."))
        page, code = reverse("reviews:consensus", kwargs={"pk": self.review.pk}), self.request.GET.get("item")
        return redirect(f"{page}#row-{code}" if code in self.review.version.to_spec().items_by_code else page)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)
