"""The scale version that a program's reviews start with from now on."""

from django import forms
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
