"""Timetables that reviews take their dates from: read them, add one, change one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import ListView, TemplateView

from accounts.permissions import Permission, is_allowed
from reviews.actions.refusals import ChangedMeanwhile
from reviews.actions.timetables import NameTaken, add_timetable, change_timetable
from reviews.forms.timetables import TimetableForm, step_formset
from reviews.models import TimetablePolicy


class Timetables(ListView):
    """Every timetable with its steps, open to read for everyone signed in."""

    template_name = "reviews/timetables.html"
    context_object_name = "timetables"

    def get_queryset(self):
        return TimetablePolicy.objects.prefetch_related("steps")

    def get_context_data(self, **kwargs):
        can_edit = is_allowed(self.request.user, Permission.EDIT_DEFINITIONS)
        return super().get_context_data(can_edit=can_edit, **kwargs)


class TimetablePage(TemplateView):
    """The form of a timetable with its steps; what a valid one leads to is the subclass's `save`."""

    template_name = "reviews/timetable.html"
    timetable = None

    def dispatch(self, request, *args, **kwargs):
        if not is_allowed(request.user, Permission.EDIT_DEFINITIONS):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", TimetableForm(timetable=self.timetable))
        kwargs.setdefault("steps", step_formset(None, timetable=self.timetable))
        context = {"timetable": self.timetable, "is_changed": False, "has_errors": False}
        return super().get_context_data(**(context | kwargs))

    def post(self, request, **kwargs):
        form = TimetableForm(request.POST, timetable=self.timetable)
        steps = step_formset(request.POST, timetable=self.timetable)
        status, is_changed = 422, False
        if form.is_valid() & steps.is_valid():
            try:
                self.save(form.cleaned_data, steps.steps())
            except NameTaken:
                form.add_error("name", _("Another timetable has this name."))
            except ChangedMeanwhile:
                self.timetable.refresh_from_db()
                form.typed_over(self.timetable)
                status, is_changed = 409, True
            else:
                return redirect("reviews:timetables")
        return self.render_to_response(
            self.get_context_data(form=form, steps=steps, is_changed=is_changed, has_errors=status == 422),
            status=status,
        )


class NewTimetable(TimetablePage):
    def save(self, data, steps) -> None:
        add_timetable(name=data["name"], note=data["note"], steps=steps, by=self.request.user)
        messages.success(self.request, _("The timetable is added."))


class EditTimetable(TimetablePage):
    def dispatch(self, request, *args, **kwargs):
        self.timetable = get_object_or_404(TimetablePolicy, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def save(self, data, steps) -> None:
        change_timetable(
            timetable=self.timetable,
            name=data["name"],
            note=data["note"],
            steps=steps,
            by=self.request.user,
            based_on=data["revision"],
        )
        messages.success(
            self.request, _("The timetable is changed. Reviews that are planned already keep their dates.")
        )
