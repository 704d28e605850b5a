"""Evidence notes of the team: find them, add one, mend one's own, withdraw it and put it back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from accounts.permissions import Permission
from reviews.actions.evidence import add_note, change_note, restore_note, withdraw_note
from reviews.actions.refusals import ChangedMeanwhile
from reviews.evidence.groups import by_item, by_source, found, items_to_show
from reviews.evidence.warnings import evidence_warnings, notes_of
from reviews.evidence.words import suggested_sources
from reviews.forms.evidence import EvidenceNoteForm, FindNotesForm
from reviews.models import EvidenceNote, Source
from reviews.permissions import may_read_own_ratings, may_read_visit, may_work_on_visit
from reviews.views.mixins import ReviewMixin


class Evidence(ReviewMixin, TemplateView):
    """All notes of the team, by source or by item; withdrawn ones apart."""

    permission = Permission.READ_VISIT
    template_name = "reviews/evidence.html"

    def is_open(self) -> bool:
        return may_read_visit(self.request.user, self.review)

    def get_context_data(self, **kwargs):
        spec = self.review.version.to_spec()
        every = notes_of(self.review)
        standing = [note for note in every if note.withdrawn_at is None]
        find_form = FindNotesForm(self.request.GET, spec=spec)
        wanted = find_form.wanted()
        shown = found(standing, **wanted)
        sections = None
        if find_form.is_by_item:
            only = items_to_show(spec, shown, wanted)
            sections = by_item(shown, spec, evidence_warnings(self.review), only)
        return super().get_context_data(
            find_form=find_form,
            is_narrowed=any(wanted.values()),
            wanted_item=wanted["item"],
            notes=shown,
            all_notes=len(standing),
            kinds=by_source(shown, Source.choices),
            sections=sections,
            withdrawn=[note for note in every if note.withdrawn_at is not None],
            may_add_note=may_work_on_visit(self.request.user, self.review),
            **kwargs,
        )


class NotePage(ReviewMixin, TemplateView):
    """The form of a note; what a valid one leads to is the subclass's `save`."""

    permission = Permission.WORK_ON_VISIT
    template_name = "reviews/evidence_note.html"
    note: EvidenceNote | None = None

    def is_open(self) -> bool:
        return may_work_on_visit(self.request.user, self.review)

    def get_initial(self) -> dict:
        raise NotImplementedError

    def save(self, form: EvidenceNoteForm) -> EvidenceNote:
        raise NotImplementedError

    def get_form(self, data=None) -> EvidenceNoteForm:
        return EvidenceNoteForm(data, spec=self.review.version.to_spec(), initial=self.get_initial())

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", self.get_form())
        kwargs.setdefault("changed_meanwhile", False)
        context = {
            "note": self.note,
            "suggested_sources": suggested_sources(self.review),
            "back": self.where_next(self.note),
        }
        return super().get_context_data(**(kwargs | context))

    @property
    def asked_item(self) -> str:
        """Code of the item that the page was opened for, "" where none."""
        code = self.request.GET.get("item", "")
        return code if code in self.review.version.to_spec().items_by_code else ""

    def where_next(self, note: EvidenceNote | None) -> str:
        """Back to the item that the note was begun on; else to all notes."""
        wants_item = self.request.GET.get("next") == "rate" and self.asked_item
        if wants_item and may_read_own_ratings(self.request.user, self.review):
            return f"{reverse('reviews:rate', args=[self.review.pk, self.asked_item])}#item-notes"
        page = reverse("reviews:evidence", args=[self.review.pk])
        return page if note is None else f"{page}#note-{note.pk}"

    def post(self, request, *args, **kwargs):
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form, has_errors=True), status=422)
        note = self.save(form)
        messages.success(request, _("Saved. The team sees this note."))
        if request.POST.get("go") == "another":
            asked = request.GET.copy()
            asked["like"] = str(note.pk)
            return redirect(f"{reverse('reviews:add_note', args=[self.review.pk])}?{asked.urlencode()}")
        return redirect(self.where_next(note))


class AddNote(NotePage):
    def get_initial(self) -> dict:
        initial = EvidenceNoteForm.initial_for(self.review, self.asked_item)
        like = self.request.GET.get("like", "")
        if like.isascii() and like.isdecimal() and len(like) < 19:
            same_source = self.review.evidence_notes.filter(pk=int(like)).first()
            if same_source is not None:
                initial |= EvidenceNoteForm.initial_like(same_source)
        return initial

    def save(self, form):
        return add_note(review=self.review, note=form.note(), by=self.request.user)


class OwnNoteMixin:
    """Loads `self.note`: one of this review that the user wrote. Another's is in sight, but not theirs to change."""

    permission = Permission.WORK_ON_VISIT

    @cached_property
    def note(self) -> EvidenceNote:
        return get_object_or_404(self.review.evidence_notes.prefetch_related("items"), pk=self.kwargs["note"])

    def is_open(self) -> bool:
        return may_work_on_visit(self.request.user, self.review) and self.note.by_id == self.request.user.pk


class EditNote(OwnNoteMixin, NotePage):
    def get_initial(self) -> dict:
        return EvidenceNoteForm.initial_of(self.note)

    def save(self, form):
        return change_note(
            note=self.note,
            typed=form.note(),
            based_on=form.cleaned_data["revision"],
            by=self.request.user,
        )

    def post(self, request, *args, **kwargs):
        try:
            return super().post(request, *args, **kwargs)
        except ChangedMeanwhile:
            # Both texts are shown; saving again from here replaces the one that was shown, and no later one.
            self.__dict__.pop("note", None)
            typed = request.POST.copy()
            typed["revision"] = str(self.note.revision)
            form = self.get_form(typed)
            form.is_valid()
            context = self.get_context_data(form=form, changed_meanwhile=True, has_errors=True)
            return self.render_to_response(context, status=409)


class WithdrawNote(OwnNoteMixin, ReviewMixin, View):
    def post(self, request, *args, **kwargs):
        withdraw_note(note=self.note, by=request.user)
        messages.success(request, _("The note is withdrawn. It is kept below, and you can put it back."))
        return redirect("reviews:evidence", pk=self.review.pk)


class RestoreNote(OwnNoteMixin, ReviewMixin, View):
    def post(self, request, *args, **kwargs):
        restore_note(note=self.note, by=request.user)
        messages.success(request, _("The note is back among the evidence."))
        return redirect(f"{reverse('reviews:evidence', args=[self.review.pk])}#note-{self.note.pk}")
