"""Publish a draft for good: what it means first, then a note and a button."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from scales.actions.publishing import publish_profile, publish_version
from scales.actions.refusals import ChangedMeanwhile, NotReady, NotThere
from scales.comparing import compare_profiles, compare_versions
from scales.comparing_words import profile_summary, version_summary
from scales.draft_checks import profile_findings, version_findings
from scales.forms.publishing import NoteForm
from scales.models import ScaleVersion, SettingProfile
from scales.parts import fingerprint
from scales.views import finding_lines, profile_drafts
from scales.views.drafts import ProfileDraftMixin, VersionDraftMixin


class PublishDraft(TemplateView):
    """What stands in the way, what to know, what changed; then a note and the button.

    `based_on`: the draft as it was read here, so that nobody publishes what someone else has changed since.
    """

    def post(self, request, **kwargs):
        if done := self.published_by_a_first_click():
            return redirect(self.address_of(done))
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.answer(form, 422)
        try:
            published = self.publish(form.cleaned_data["note"], request.POST.get("based_on", ""))
        except ChangedMeanwhile:
            return self.answer(form, 409, changed_meanwhile=True)
        except NotReady:
            return self.answer(form, 422)
        except NotThere:
            form.add_error(
                None, _("The version that this profile belongs to is retired. Start the profile on another.")
            )
            return self.answer(form, 422)
        messages.success(request, _("Published. New reviews can use it from now on."))
        return redirect(self.address_of(published))

    def get_form(self, data=None) -> NoteForm:
        return NoteForm(data, help_text=_("What is new and why, for those who choose when to move to it."))

    def answer(self, form, status: int, **context):
        # Whatever was read before the refusal may be out of date.
        self.__dict__.pop("spec", None)
        return self.render_to_response(self.get_context_data(form=form, **context), status=status)

    def get_context_data(self, **kwargs):
        lines = self.lines()
        context = {
            "form": self.get_form(),
            "musts": [line for line in lines if line.must],
            "standing_out": [line for line in lines if line.stands_out],
            "notices": [line for line in lines if not line.must and not line.stands_out],
            "changes": self.changes(),
            "based_on": fingerprint(self.spec),
            "changed_meanwhile": False,
            "here": "publish",
        }
        return super().get_context_data(**(context | kwargs))


class PublishVersion(VersionDraftMixin, PublishDraft):
    template_name = "scales/publish_version.html"

    def lines(self):
        published = self.version.scale.versions.published().select_related("scale")
        others = [version.to_spec() for version in published]
        findings = version_findings(self.spec, others, self.origin)
        return finding_lines.lines_of(findings, self.spec, self.version)

    def changes(self):
        origin = self.version.copied_from
        return version_summary(compare_versions(origin.to_spec(), self.spec)) if origin else None

    def publish(self, note: str, based_on: str):
        return publish_version(version=self.version, by=self.request.user, note=note, based_on=based_on)

    def published_by_a_first_click(self):
        own = ScaleVersion.objects.published().filter(published_by=self.request.user)
        return own.select_related("scale").filter(pk=self.kwargs["pk"]).first()

    def address_of(self, version) -> str:
        return version_address(version)


class PublishProfile(ProfileDraftMixin, PublishDraft):
    template_name = "scales/publish_profile.html"

    def lines(self):
        return profile_drafts.lines_of(profile_findings(self.spec, self.scale), self.scale, self.profile)

    def changes(self):
        origin = self.profile.copied_from
        if origin is None:
            return None
        before = origin.version.to_spec()
        return profile_summary(compare_profiles(origin.to_spec(), before, self.spec, self.scale))

    def get_context_data(self, **kwargs):
        same = list(SettingProfile.objects.published().for_same_setting_as(self.profile))
        return super().get_context_data(same_setting=same, **kwargs)

    def publish(self, note: str, based_on: str):
        return publish_profile(profile=self.profile, by=self.request.user, note=note, based_on=based_on)

    def published_by_a_first_click(self):
        own = SettingProfile.objects.published().filter(published_by=self.request.user)
        return own.select_related("version__scale").filter(pk=self.kwargs["pk"]).first()

    def address_of(self, profile) -> str:
        return profile_address(profile)


def version_address(version: ScaleVersion) -> str:
    return reverse("scales:version", args=[version.scale.code, version.label])


def profile_address(profile: SettingProfile) -> str:
    version = profile.version
    return reverse("scales:profile", args=[version.scale.code, version.label, profile.code])
