"""Copy the setting profiles of an earlier version to a later one: what it does first, then a button."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from scales.actions.carrying_over import carry_over_profiles, carrying_over
from scales.models import ScaleVersion
from scales.views.drafts import EditorMixin


class CarryOverProfiles(EditorMixin, TemplateView):
    template_name = "scales/carry_over.html"

    @cached_property
    def version(self) -> ScaleVersion:
        published = ScaleVersion.objects.published().select_related("scale", "copied_from")
        return get_object_or_404(published, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(version=self.version, carrying=carrying_over(self.version), **kwargs)

    def post(self, request, *args, **kwargs):
        done = carry_over_profiles(version=self.version, by=request.user)
        number = len(done.profiles)
        if number:
            words = ngettext(
                "%(number)s profile is copied as a draft. Look it over, then publish it.",
                "%(number)s profiles are copied as drafts. Look them over, then publish them.",
                number,
            )
            messages.success(request, words % {"number": number})
        else:
            messages.info(request, _("There was nothing left to copy."))
        return redirect(f"{reverse('reviews:library')}#version-{self.version.pk}")
