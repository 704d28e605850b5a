"""The scale version that a program's reviews start with from now on."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from scales.models import ScaleVersion

NOT_ON_OFFER = _("This version is not open for new reviews (any more). Choose another one.")


class ChooseVersionForm(forms.Form):
    """Each version has a button of its own, so the form shows its error and no field."""

    version = forms.ModelChoiceField(
        ScaleVersion.objects.published(),
        label=_("Scale version"),
        error_messages={"required": NOT_ON_OFFER, "invalid_choice": NOT_ON_OFFER},
    )
    without_profiles = forms.BooleanField(label=_("Move before the profiles are there"), required=False)

    def ask_to_confirm(self, lacking: Sequence[str]) -> None:
        """`lacking`: names of the settings for which the version has no profile."""
        text = gettext(
            "No review of these sites can be planned with this version yet: %(settings)s."
            " Ask a scale administrator for the profiles first, or tick the box to move before they are there."
        )
        self.add_error("without_profiles", text % {"settings": ", ".join(lacking)})
