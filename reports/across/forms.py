"""What to compare, sent by GET: a comparison has an address."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports import words
from reports.across.choosing import Choice, InSight, Order, Type
from reviews.independence_words import LABELS


def _chosen_from(label, message) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, error_messages={"invalid_choice": message})


def _day(label) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write a date, such as 2026-10-14, or leave it empty.")},
    )


class AcrossForm(forms.Form):
    """Offers what the person may read. A field with nothing to choose between is left out of the page."""

    scale = _chosen_from(_("Scale"), _("Choose a scale from the list."))
    program = _chosen_from(_("Program"), _("Choose one of your programs."))
    region = _chosen_from(_("Region"), _("Choose a region from the list."))
    setting = _chosen_from(_("Setting"), _("Choose a setting from the list."))
    type = _chosen_from(_("Type of review"), _("Choose a type of review from the list."))
    independence = _chosen_from(_("Independence"), _("Choose from the list how independent the review was."))
    version = _chosen_from(_("Scale version"), _("Choose a scale version from the list."))
    profile = _chosen_from(_("Setting profile"), _("Choose a setting profile from the list."))
    visits_from = _day(_("Visits from"))
    visits_to = _day(_("Visits until"))
    order = _chosen_from(_("Order of the sites"), _("Choose an order from the list."))

    def __init__(self, data, *, in_sight: InSight):
        super().__init__(data)
        self.in_sight = in_sight
        offered = {
            "scale": list(in_sight.scales.items()),
            "program": [("", _("All your programs")), *in_sight.programs.items()],
            "region": [("", _("All regions")), *((region, region) for region in in_sight.regions)],
            "setting": [("", _("All settings")), *in_sight.settings.items()],
            "type": _types(in_sight),
            "independence": [
                ("", _("However independent")),
                *((label.value, LABELS[label]) for label in in_sight.independences),
            ],
            "version": [
                ("", _("All versions")),
                *((pk, version.title) for pk, version in in_sight.versions.items()),
            ],
            "profile": [("", _("All profiles")), *in_sight.profile_names.items()],
            "order": [("" if order is Order.LOWEST else order.value, order.label) for order in Order],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices
            self.fields[name].widget.attrs["class"] = "form-select"

    @property
    def shown(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if self._is_shown(name)]

    def _is_shown(self, name: str) -> bool:
        """A choice of one is none; but what came in an address is shown, so that its error has a place."""
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField) or self.data.get(name):
            return True
        return len([value for value, _label in field.choices if value]) > 1

    def clean(self):
        data = super().clean()
        first, last = data.get("visits_from"), data.get("visits_to")
        if first and last and last < first:
            self.add_error(
                "visits_to", _("This is before the first day. Choose a later day, or leave it empty.")
            )
        return data

    def choice(self) -> Choice:
        """What was chosen, of a valid form."""
        data = self.cleaned_data
        scale = _number(data["scale"]) or self._scale_of_version(data["version"])
        return Choice(
            versions=self.in_sight.versions_of(scale or self.in_sight.usual_scale()),
            program=_number(data["program"]),
            region=data["region"],
            setting=data["setting"],
            type=Type(data["type"] or Type.REVIEWS),
            independence=data["independence"],
            version=_number(data["version"]),
            profile=data["profile"],
            visits_from=data["visits_from"],
            visits_to=data["visits_to"],
            order=Order(data["order"] or Order.LOWEST),
        )

    def _scale_of_version(self, version: str) -> int | None:
        return self.in_sight.versions[int(version)].scale_id if version else None

    def in_words(self) -> list[tuple[str, str]]:
        """What was chosen, of a valid form: the label of each field that narrows anything, and its value."""
        said = []
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if name == "order" or not value:
                continue
            if isinstance(field, forms.ChoiceField):
                text = next(str(label) for code, label in field.choices if str(code) == value)
            else:
                text = words.day(value)
            said.append((str(field.label), text))
        return said


def _types(in_sight: InSight) -> list[tuple[str, str]]:
    offered = [type for type in Type if in_sight.has_self_assessments or not type.takes_self_assessments]
    return [("" if type is Type.REVIEWS else type.value, type.label) for type in offered]


def _number(value: str) -> int | None:
    return int(value) if value else None
