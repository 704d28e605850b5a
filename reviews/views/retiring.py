"""Retire what is published: what it means and whom it touches first, then a note and a button."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from reviews.retiring_effect import effect_of_retiring_profile, effect_of_retiring_version
from scales.actions.publishing import retire_profile, retire_version
from scales.actions.refusals import AlreadyRetired
from scales.forms.publishing import NoteForm
from scales.models import ScaleVersion, SettingProfile, Status
from scales.views.drafts import EditorMixin
from scales.views.publishing import profile_address, version_address


class Retire(EditorMixin, TemplateView):
    """What retiring means and whom it touches; then a note and the button."""

    template_name = "reviews/retire.html"

    @cached_property
    def definition(self):
        return get_object_or_404(self.readable(), pk=self.kwargs["pk"])

    def get(self, request, **kwargs):
        if self.definition.status != Status.PUBLISHED:
            raise Http404
        return super().get(request, **kwargs)

    def post(self, request, **kwargs):
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        try:
            self.retire(form.cleaned_data["note"])
        except AlreadyRetired:
            messages.info(request, _("It was retired already."))
        else:
            messages.success(request, _("Retired. No new review starts with it; those that have it keep it."))
        return redirect(self.address())

    def get_form(self, data=None) -> NoteForm:
        return NoteForm(data, help_text=_("Why it is retired, and what to use instead."))

    def get_context_data(self, **kwargs):
        context = {
            "form": self.get_form(),
            "definition": self.definition,
            "address": self.address(),
            "effect": self.effect(),
        }
        return super().get_context_data(**(context | kwargs))


class RetireVersion(Retire):
    extra_context = {"is_version": True}

    def readable(self):
        return ScaleVersion.objects.readable().select_related("scale")

    def effect(self):
        return effect_of_retiring_version(self.definition, language=get_language())

    def retire(self, note: str) -> None:
        retire_version(version=self.definition, by=self.request.user, note=note)

    def address(self) -> str:
        return version_address(self.definition)


class RetireProfile(Retire):
    extra_context = {"is_version": False}

    def readable(self):
        return SettingProfile.objects.readable().select_related("version__scale")

    def effect(self):
        return effect_of_retiring_profile(self.definition, language=get_language())

    def retire(self, note: str) -> None:
        retire_profile(profile=self.definition, by=self.request.user, note=note)

    def address(self) -> str:
        return profile_address(self.definition)
