"""The agenda of a visit: read it, add to it, change, tick off and remove entries; and the schedule to print."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from django_htmx.http import HttpResponseClientRefresh

from accounts.permissions import Permission
from reviews.actions.agenda import add_entry, change_entry, remove_entry, start_agenda, tick_entry
from reviews.actions.refusals import ChangedMeanwhile
from reviews.forms.agenda import AgendaForm
from reviews.models import AgendaEntry
from reviews.permissions import may_work_on_visit
from reviews.views.mixins import ReviewMixin
from reviews.visit.agenda import agenda_of
from reviews.visit.deadlines import deadlines_of
from reviews.visit.schedule import documents_needed_by, paper


class AgendaPage(ReviewMixin, TemplateView):
    """Everyone who sees the review reads it; who works on the visit finds the buttons."""

    template_name = "reviews/agenda.html"

    def get_context_data(self, **kwargs):
        user, review = self.request.user, self.review
        return super().get_context_data(
            agenda=agenda_of(review), can_work=may_work_on_visit(user, review), **kwargs
        )


class VisitSchedule(ReviewMixin, TemplateView):
    """The visit on one sheet of paper."""

    template_name = "reviews/visit_schedule.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            agenda=agenda_of(self.review),
            needed_by=documents_needed_by(self.review, deadlines_of(self.review)),
            paper=paper(self.review),
            **kwargs,
        )


class AtTheVisit(ReviewMixin, TemplateView):
    """What only who works on the visit does, while it is open. `entry`: None where it was removed."""

    permission = Permission.WORK_ON_VISIT

    def is_open(self) -> bool:
        return may_work_on_visit(self.request.user, self.review)

    @cached_property
    def entry(self) -> AgendaEntry | None:
        return self.review.agenda.filter(pk=self.kwargs["entry"]).first()

    def to_agenda(self, fragment: str = ""):
        return redirect(reverse("reviews:agenda", args=[self.review.pk]) + fragment)

    def entry_is_gone(self):
        messages.warning(self.request, _("Someone removed this entry from the agenda."))
        return HttpResponseClientRefresh() if self.request.htmx else self.to_agenda()


class StartAgenda(AtTheVisit):
    http_method_names = ["post"]

    def post(self, request, **kwargs):
        try:
            start_agenda(review=self.review, by=request.user)
        except ChangedMeanwhile:
            messages.warning(request, _("The agenda has entries already. It stays as it is."))
        else:
            messages.success(request, _("The agenda begins with the entries of the template."))
        return self.to_agenda()


class AddAgendaEntry(AtTheVisit):
    template_name = "reviews/agenda_entry.html"
    entry = None

    def get_form(self, data=None) -> AgendaForm:
        return AgendaForm(data, review=self.review, first_day=self.request.GET.get("day", ""))

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **({"form": self.get_form(), "entry": None, "is_gone": False} | kwargs)
        )

    def post(self, request, **kwargs):
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        entry = add_entry(review=self.review, line=form.line(), by=request.user)
        messages.success(request, _("Added: %(title)s.") % {"title": entry.title})
        return self.to_agenda(f"#entry-{entry.pk}")


class EditAgendaEntry(AtTheVisit):
    """Who was changing an entry that someone removed or changed meanwhile keeps what they typed."""

    template_name = "reviews/agenda_entry.html"

    def get_form(self, data=None) -> AgendaForm:
        return AgendaForm(data, review=self.review, entry=self.entry)

    def get_context_data(self, **kwargs):
        found = {"entry": self.entry, "is_gone": self.entry is None, "differences": ()}
        return super().get_context_data(**({"form": self.get_form()} | found | kwargs))

    def get(self, request, **kwargs):
        if self.entry is None:
            raise Http404
        return self.render_to_response(self.get_context_data())

    def post(self, request, **kwargs):
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        try:
            return self.save(form)
        except AgendaEntry.DoesNotExist:
            self.entry, told = None, {}
        except ChangedMeanwhile:
            self.entry.refresh_from_db()
            form.typed_over(self.entry)
            told = {"differences": form.differences(self.entry)}
        return self.render_to_response(self.get_context_data(form=form, **told), status=409)

    def save(self, form):
        if self.entry is None:
            raise AgendaEntry.DoesNotExist
        entry = change_entry(
            review=self.review,
            entry=self.entry,
            line=form.line(),
            by=self.request.user,
            based_on=form.cleaned_data["revision"],
        )
        messages.success(self.request, _("Saved: %(title)s.") % {"title": entry.title})
        return self.to_agenda(f"#entry-{entry.pk}")


class TickAgendaEntry(AtTheVisit):
    """One button: done, or not done after all. By htmx, the line of the entry comes back."""

    template_name = "reviews/_partials/agenda_ticked.html"
    http_method_names = ["post"]

    def post(self, request, **kwargs):
        is_done = request.POST.get("done") == "yes"
        try:
            if self.entry is None:
                raise AgendaEntry.DoesNotExist
            entry = tick_entry(review=self.review, entry=self.entry, is_done=is_done, by=request.user)
        except AgendaEntry.DoesNotExist:
            return self.entry_is_gone()
        if not request.htmx:
            return self.to_agenda(f"#entry-{entry.pk}")
        agenda = agenda_of(self.review)
        return self.render_to_response(self.get_context_data(entry=entry, agenda=agenda, can_work=True))


class RemoveAgendaEntry(AtTheVisit):
    http_method_names = ["post"]

    def post(self, request, **kwargs):
        based_on = request.POST.get("revision", "")
        based_on = int(based_on) if based_on.isdecimal() else -1
        try:
            if self.entry is None:
                raise AgendaEntry.DoesNotExist
            remove_entry(review=self.review, entry=self.entry, by=request.user, based_on=based_on)
        except ChangedMeanwhile:
            messages.warning(
                request,
                _("Someone changed this entry since you opened it. Read it again before you remove it."),
            )
            return redirect("reviews:edit_agenda_entry", self.review.pk, self.entry.pk)
        except AgendaEntry.DoesNotExist:
            return self.entry_is_gone()
        messages.success(request, _("Removed: %(title)s.") % {"title": self.entry.title})
        return self.to_agenda()
