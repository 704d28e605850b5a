"""Which two definitions to compare."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from scales.models import Status


class PairForm(forms.Form):
    """Two of some definitions, sent by GET so that a comparison has an address of its own."""

    before = forms.ChoiceField(label=_("Before"))
    after = forms.ChoiceField(label=_("After"))

    def __init__(self, *args, definitions: Iterable, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose one")), *((one.pk, _titled(one)) for one in definitions)]
        for name in ("before", "after"):
            self.fields[name].choices = choices
            self.fields[name].widget.attrs["class"] = "form-select"


def _titled(definition) -> str:
    """A profile with its version; what is not published says so."""
    title = definition.title
    if hasattr(definition, "version"):
        title = f"{title} – {definition.version.title}"
    if definition.status == Status.PUBLISHED:
        return title
    return f"{title} ({definition.get_status_display()})"
