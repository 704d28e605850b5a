"""What a program's new reviews start with: read it, compare what is newer, and move to it."""

from functools import cached_property

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import FormView

from accounts.permissions import Permission, is_allowed
from programs.models import Program, Setting
from reviews.actions.program_scale import NotOnOffer, ProfilesLacking, choose_version
from reviews.actions.refusals import NotNow
from reviews.forms.program_scale import NOT_ON_OFFER, ChooseVersionForm
from reviews.starting_version import newer_than, start_of, versions_on_offer
from scales.models import ScaleVersion, SettingProfile


class ProgramScalePage(FormView):
    """Open to the program's managers and lead reviewers."""

    template_name = "reviews/program_scale.html"
    form_class = ChooseVersionForm

    @cached_property
    def program(self) -> Program:
        programs = Program.objects.visible_to(self.request.user).select_related("organization")
        return get_object_or_404(programs, pk=self.kwargs["pk"])

    def dispatch(self, request, *args, **kwargs):
        if not is_allowed(request.user, Permission.CHOOSE_SCALE, self.program):
            raise PermissionDenied
        try:
            return super().dispatch(request, *args, **kwargs)
        except NotNow as error:
            raise PermissionDenied from error

    def get_context_data(self, **kwargs):
        offered = versions_on_offer()
        start = start_of(self.program, language=get_language(), offered=offered)
        newer = newer_than(start.version, offered)
        others = [version for version in offered if version != start.version and version not in newer]
        return super().get_context_data(
            program=self.program,
            **({"to_confirm": None} | kwargs),
            start=start,
            lacking=self.lacking(start.version),
            groups=[
                (_("Newer versions"), [(version, self.lacking(version)) for version in newer]),
                (_("Other versions"), [(version, self.lacking(version)) for version in others]),
            ],
        )

    @cached_property
    def settings(self) -> list[Setting]:
        return list(Setting.objects.filter(sites__program=self.program).distinct())

    @cached_property
    def profiled(self) -> set[tuple[int, str]]:
        return set(SettingProfile.objects.published().values_list("version", "setting"))

    def lacking(self, version: ScaleVersion | None) -> list[str]:
        """Names of settings of the program's sites for which the version has no published profile."""
        if version is None:
            return []
        return [one.name for one in self.settings if (version.pk, one.code) not in self.profiled]

    def form_valid(self, form):
        try:
            choice = choose_version(program=self.program, by=self.request.user, **form.cleaned_data)
        except NotOnOffer:
            form.add_error("version", NOT_ON_OFFER)
            return self.form_invalid(form)
        except ProfilesLacking as error:
            form.ask_to_confirm(error.settings)
            return self.form_invalid(form, to_confirm=form.cleaned_data["version"].pk)
        messages.success(
            self.request, _("New reviews start with %(version)s.") % {"version": choice.version.title}
        )
        return super().form_valid(form)

    def form_invalid(self, form, **context):
        return self.render_to_response(self.get_context_data(form=form, **context), status=422)

    def get_success_url(self):
        return reverse("reviews:program_scale", args=[self.program.pk])
