"""Begin a setting profile: for which scale version and setting, what it is called, and what it starts from."""

from itertools import groupby

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.models import Setting
from reviews.actions.profiles import NewProfile
from scales.forms.citing import Paragraphs
from scales.forms.rows import Words
from scales.models import ScaleVersion, SettingProfile
from scales.profile_labels import profile_labels


class NewProfileForm(forms.Form):
    """What is left empty is proposed from the setting. `language`: of the person, whose wording comes first."""

    setting = forms.ModelChoiceField(
        Setting.objects.all(),
        label=_("Setting"),
        required=False,
        empty_label=_("A new setting, which you name"),
        help_text=_("The kind of health care that sites work inside."),
    )
    setting_name = Words(
        label=_("Name of the new setting"),
        required=False,
        max_length=100,
        help_text=_("Such as “Prison leavers”. It can then be chosen for sites."),
    )
    version = forms.ModelChoiceField(
        ScaleVersion.objects.none(),
        label=_("Scale version"),
        help_text=_("A profile belongs to one version of a scale, in one wording."),
    )
    copied_from = forms.ModelChoiceField(
        SettingProfile.objects.none(),
        label=_("Start from"),
        required=False,
        empty_label=_("Nothing: you say what the setting changes"),
        help_text=_("A copy of another profile is yours to change; the other one stays as it is."),
    )
    title = Words(
        label=_("Title"), required=False, max_length=200, help_text=_("Empty: the name of the setting.")
    )
    in_words = Words(
        label=_("As a sentence names it"),
        required=False,
        max_length=100,
        help_text=_(
            "It stands after “in”: “In primary care this item is known to cost 2 points.” For people, write "
            "“work with prison leavers”. Empty: as another profile of this setting says."
        ),
    )
    summary = Paragraphs(
        label=_("Summary"),
        required=False,
        rows=3,
        help_text=_("Which services it is for, and what the setting changes. You can write it later."),
    )

    def __init__(self, data=None, *, language: str, **kwargs):
        super().__init__(data, **kwargs)
        versions = list(
            ScaleVersion.objects.published()
            .select_related("scale")
            .order_by("scale__name", "-published_at", "-pk")
        )
        versions.sort(key=lambda version: version.language.lower() != language.lower())
        self.fields["version"].queryset = ScaleVersion.objects.published()
        self.fields["version"].choices = [(version.pk, version.title) for version in versions]
        if versions and "version" not in self.initial:
            self.initial["version"] = versions[0]
        profiles = SettingProfile.objects.readable().select_related("version__scale")
        profiles = profiles.order_by("version__title", "version_id", "title", "pk")
        self.fields["copied_from"].queryset = profiles
        labels = profile_labels(profiles)
        self.fields["copied_from"].choices = [
            ("", self.fields["copied_from"].empty_label),
            *(
                (version.title, [(profile.pk, labels[profile.pk]) for profile in group])
                for version, group in groupby(profiles, key=lambda profile: profile.version)
            ),
        ]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Div("setting", "setting_name", css_class="pair-of-fields"),
            Div("version", "copied_from", css_class="pair-of-fields"),
            Div("title", "in_words", css_class="pair-of-fields"),
            "summary",
        )

    def clean(self):
        data = super().clean()
        if not data.get("setting") and not data.get("setting_name") and not self.errors:
            self.add_error("setting_name", _("Choose a setting, or name a new one here."))
        if data.get("setting") and data.get("setting_name"):
            self.add_error(
                "setting_name",
                _("A setting is chosen already. Empty this, or choose “A new setting, which you name”."),
            )
        elif not self.errors and not data.get("in_words") and not self._said_before():
            self.add_error(
                "in_words",
                _(
                    "Write how a sentence names the setting. It stands after “in”: “primary care”, or “work with "
                    "prison leavers”."
                ),
            )
        version, copied = data.get("version"), data.get("copied_from")
        if version and copied and copied.version.scale_id != version.scale_id:
            self.add_error(
                "copied_from", _("This profile is of another scale. Choose one of the same scale.")
            )
        return data

    def _said_before(self) -> str:
        """How profiles of this setting name it in a sentence; empty for a setting that has none."""
        data = self.cleaned_data
        setting = data["setting"] or Setting.objects.filter(name__iexact=data["setting_name"]).first()
        if setting is None:
            return ""
        said = SettingProfile.objects.readable().filter(setting=setting.code)
        newest = said.order_by("-published_at", "-pk").first()
        return newest.in_words if newest else ""

    def new_profile(self) -> NewProfile:
        """What the profile is called, with what is proposed for all that was left empty."""
        data = self.cleaned_data
        setting, copied = data["setting"], data["copied_from"]
        name = setting.name if setting else data["setting_name"]
        is_same = bool(copied and setting and copied.setting == setting.code)
        proposed = {
            "title": copied.title if is_same else name,
            "in_words": copied.in_words if is_same else self._said_before(),
            "summary": copied.summary
            if is_same
            else gettext(
                "IPS in this setting: %(setting)s. The standard score, total and band stay as they are."
            )
            % {"setting": name},
        }
        chosen = {key: data[key] or words for key, words in proposed.items()}
        return NewProfile(setting=setting, setting_name=data["setting_name"], **chosen)
