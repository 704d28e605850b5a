"""Begin a setting profile, and see how a reviewer will meet it while it is being edited."""

from django.contrib import messages
from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from reviews.actions.profiles import begin_profile
from reviews.forms.profiles import NewProfileForm
from reviews.version_for_profile import version_for_new_profile
from scales.actions.refusals import LabelTaken, NotThere
from scales.models import ScaleVersion, SettingProfile
from scales.views.drafts import EditorMixin
from scales.views.profile_drafts import AdjustmentMixin


class NewProfilePage(EditorMixin, TemplateView):
    """`?from=`: the profile to start from. `?version=`: the scale version it is for."""

    template_name = "reviews/new_profile.html"

    def get_form(self, data=None) -> NewProfileForm:
        return NewProfileForm(data, language=get_language(), initial=self.get_initial())

    def get_initial(self) -> dict:
        versions = ScaleVersion.objects.published()
        profiles = SettingProfile.objects.readable().select_related("version__scale")
        initial = {
            "version": _named(versions, self.request.GET.get("version", "")),
            "copied_from": _named(profiles, self.request.GET.get("from", "")),
        }
        if not initial["version"]:
            initial["version"] = version_for_new_profile(
                origin=initial["copied_from"], language=get_language()
            )
        return {name: value for name, value in initial.items() if value is not None}

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", self.get_form())
        return super().get_context_data(**kwargs)

    def post(self, request, *args, **kwargs):
        form = self.get_form(request.POST)
        if form.is_valid():
            data = form.cleaned_data
            try:
                begun = begin_profile(
                    version=data["version"],
                    new=form.new_profile(),
                    copied_from=data["copied_from"],
                    by=request.user,
                )
            except NotThere:
                form.add_error("version", _("This version is not published any more. Choose another one."))
            except LabelTaken:
                form.add_error(
                    None, _("Someone has just begun a profile of this setting. Send this once more.")
                )
            else:
                self.tell(begun, data)
                return redirect("scales:profile_draft", begun.profile.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def tell(self, begun, data) -> None:
        messages.success(
            self.request, _("The draft is begun. Nobody but editors sees it until it is published.")
        )
        if begun.left_out:
            copied = data["copied_from"].version.to_spec()
            titles = [copied.item(code).short_title for code in begun.left_out]
            messages.warning(
                self.request,
                _("Left out, for this version has no such items: %(items)s.") % {"items": ", ".join(titles)},
            )
        for other in SettingProfile.objects.for_same_setting_as(begun.profile):
            messages.warning(self.request, _same_setting(other))


class PreviewAdjustment(AdjustmentMixin, TemplateView):
    """How a reviewer will see what is typed about an item, how its gaps are shared, and the attainable total."""

    template_name = "reviews/_partials/adjustment_preview.html"

    def get(self, request, *args, **kwargs):
        return HttpResponseNotAllowed(["POST"])

    def post(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data(**self.preview_as_typed()))


def _same_setting(other: SettingProfile) -> str:
    if other.is_draft:
        words = _("This version has another draft for the same setting: “%(title)s”.")
    else:
        words = _(
            "This version has another profile for the same setting: “%(title)s”. Once yours is published, new reviews "
            "begin with yours, and the other one can be retired."
        )
    return words % {"title": other.title}


def _named(rows, text: str):
    """The row whose number an address names, or None where it is no number or not among these."""
    return rows.filter(pk=int(text)).first() if text.isascii() and text.isdigit() and len(text) < 10 else None
