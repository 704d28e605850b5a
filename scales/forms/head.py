"""What is said of a version as a whole, and the form by which a new version is begun."""

from dataclasses import replace

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from scales.checking import MOST_POINTS
from scales.forms.codes import code_from
from scales.forms.rows import LONGEST_CODE, LONGEST_TEXT, CodeField, Words, whole
from scales.parts import VersionHead
from scales.spec import ScaleSpec
from scales.yaml_nodes import LANGUAGE

HIGHEST_POINTS = 999
A_NEW_SCALE = "+new"
LABEL_HELP = _(
    "A short name of this version for addresses and files, such as 2025-uk: letters, digits and hyphens."
    " No other version of the scale may have it."
)
WELL_FORMED_LANGUAGE = RegexValidator(
    rf"\A(?:{LANGUAGE.pattern})\Z",
    _("Write the language as a tag: the language, a hyphen, the country, such as en-GB."),
)


def _long(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class LabelField(CodeField):
    """A label typed as words is made into one: "Pilot 2025" is `pilot-2025`."""

    def to_python(self, value):
        typed = super().to_python(value)
        return code_from(typed, taken=(), instead=typed, longest=LONGEST_CODE) if " " in typed else typed


class WordingForm(forms.Form):
    """The fields that every version has, whichever way it is begun."""

    field_order = (
        "scale",
        "scale_name",
        "scale_code",
        "title",
        "label",
        "language",
        "edition",
        "source",
        "permission",
        "minimum",
        "maximum",
    )

    label = LabelField(label=_("Label"), help_text=LABEL_HELP)
    title = Words(
        label=_("Title"),
        max_length=200,
        help_text=_("What people read: the scale, the wording, the year."),
    )
    language = forms.CharField(
        label=_("Language of the wording"),
        max_length=10,
        validators=[WELL_FORMED_LANGUAGE],
        help_text=_("A language tag, such as en-US or en-GB."),
    )

    def __init__(self, data=None, *, initial=None):
        super().__init__(data, initial=initial)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class PointsForm(WordingForm):
    minimum = forms.IntegerField(label=_("Lowest score of an item"), min_value=0, max_value=HIGHEST_POINTS)
    maximum = forms.IntegerField(label=_("Highest score of an item"), min_value=1, max_value=HIGHEST_POINTS)

    def clean(self):
        data = super().clean()
        lowest, highest = data.get("minimum"), data.get("maximum")
        if lowest is not None and highest is not None:
            if highest <= lowest:
                self.add_error("maximum", _("The highest score should be above the lowest."))
            elif highest > lowest + MOST_POINTS:
                message = _("The highest score can be at most %(most)s above the lowest.")
                self.add_error("maximum", message % {"most": MOST_POINTS})
        return data


class ScaleFields(forms.Form):
    scale_code = CodeField(
        label=_("Code of the scale"),
        help_text=_(
            "What all versions of the scale have in common, such as ips-25. Reviews are compared by it."
        ),
    )
    scale_name = Words(label=_("Name of the scale"), max_length=100, help_text=_("Such as IPS-25."))


class HeadForm(ScaleFields, PointsForm):
    """The head of a version's draft. `keeps_scale`: the scale has published versions, so its code and name stay."""

    source = Words(
        label=_("Source"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=_long(3),
        help_text=_("Who made the scale, and what this wording rests on."),
    )
    edition = Words(
        label=_("Edition"),
        required=False,
        max_length=100,
        help_text=_("The date or number that the source gives itself."),
    )
    permission = Words(
        label=_("Permission to use the wording"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=_long(3),
        help_text=_("Who allowed it and for what; or that the wording is your own."),
    )

    def __init__(self, data=None, *, head: VersionHead, keeps_scale: bool, typed: dict | None = None):
        super().__init__(data, initial=vars(head) if typed is None else typed)
        self.head, self.keeps_scale = head, keeps_scale
        if keeps_scale:
            del self.fields["scale_code"], self.fields["scale_name"]
        scale = () if keeps_scale else (Div("scale_name", "scale_code", css_class="pair-of-fields"),)
        self.words = FormHelper()
        self.words.form_tag, self.words.disable_csrf = False, True
        self.words.layout = Layout(
            *scale,
            Div("title", "label", css_class="pair-of-fields"),
            Div("language", "edition", css_class="pair-of-fields"),
            "source",
            "permission",
        )
        self.points = FormHelper()
        self.points.form_tag, self.points.disable_csrf = False, True
        self.points.layout = Layout(
            Div(
                Field("minimum", inputmode="numeric"),
                Field("maximum", inputmode="numeric"),
                css_class="points-pair",
            )
        )

    def value(self) -> VersionHead:
        return replace(self.head, **{name: self.cleaned_data[name] for name in self.fields})

    def rearranged(self, go: str) -> "HeadForm":
        """The form as typed; nothing in it moves."""
        typed = {name: self[name].data for name in self.fields}
        return HeadForm(head=self.head, keeps_scale=self.keeps_scale, typed=typed)

    def points_as_typed(self) -> tuple[int, int] | None:
        """Lowest and highest score where the two that are typed make sense together."""
        lowest, highest = (whole(self[name].value()) for name in ("minimum", "maximum"))
        if lowest is None or highest is None or not lowest < highest <= lowest + MOST_POINTS:
            return None
        return lowest, highest


class NewVersionForm(WordingForm):
    """A copy of a version: what it shall be called."""

    def __init__(self, data=None, *, copied: ScaleSpec, label: str):
        initial = {"label": label, "title": copied.title, "language": copied.language}
        super().__init__(data, initial=initial)
        self.copied = copied
        self.helper.layout = Layout("title", "label", "language")

    def definition(self) -> ScaleSpec:
        return replace(self.copied, **self.cleaned_data)


class FirstVersionForm(PointsForm, ScaleFields):
    """A version from nothing, of a scale that is there or of a new one."""

    scale = forms.ChoiceField(label=_("Scale"))

    def __init__(self, data=None, *, scales: dict[str, str]):
        """`scales`: the names of the scales that are there, by code."""
        super().__init__(data, initial={"minimum": 1, "maximum": 5, "scale": A_NEW_SCALE})
        self.scales = scales
        self.fields["scale"].choices = [(A_NEW_SCALE, _("A new scale")), *scales.items()]
        for name in ("scale_code", "scale_name"):
            self.fields[name].required = False
        self.fields["scale_code"].help_text = _(
            "For a new scale: what all its versions have in common, such as ips-25."
        )
        self.fields["scale_name"].help_text = _("For a new scale, such as IPS-25.")
        self.helper.layout = Layout(
            "scale",
            Div("scale_name", "scale_code", css_class="pair-of-fields"),
            "title",
            "label",
            "language",
            Div(
                Field("minimum", inputmode="numeric"),
                Field("maximum", inputmode="numeric"),
                css_class="points-pair",
            ),
        )

    def clean(self):
        data = super().clean()
        if data.get("scale") != A_NEW_SCALE:
            return data
        for name, message in (
            ("scale_name", _("Name the new scale, or choose one that is there.")),
            ("scale_code", _("Give the new scale a code, or choose a scale that is there.")),
        ):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, message)
        if data.get("scale_code") in self.scales:
            self.add_error("scale_code", _("A scale has this code already: choose it above."))
        return data

    def definition(self) -> ScaleSpec:
        data = self.cleaned_data
        code = data["scale"]
        is_new = code == A_NEW_SCALE
        return ScaleSpec(
            scale_code=data["scale_code"] if is_new else code,
            scale_name=data["scale_name"] if is_new else self.scales[code],
            label=data["label"],
            title=data["title"],
            language=data["language"],
            source="",
            edition="",
            permission="",
            minimum=data["minimum"],
            maximum=data["maximum"],
            sections=(),
            bands=(),
        )


def free_label(label: str, taken: set[str]) -> str:
    """A label like the one given that no version of the scale has: `2008-uk` gives `2008-uk-2`."""
    number, free = 1, label
    while free in taken:
        number += 1
        end = f"-{number}"
        free = label[: LONGEST_CODE - len(end)] + end
    return free


def what_follows(scale: ScaleSpec, lowest: int, highest: int) -> list[str]:
    """What the checks will ask of the anchors and bands when scores run from `lowest` to `highest`."""
    if (lowest, highest) == (scale.minimum, scale.maximum) or not scale.items:
        return []
    wanted = set(range(lowest, highest + 1))
    without = sum(bool(wanted - {anchor.points for anchor in item.anchors}) for item in scale.items)
    beyond = sum(any(anchor.points not in wanted for anchor in item.anchors) for item in scale.items)
    told = []
    if without:
        told.append(
            ngettext(
                "%(items)s item has no anchor yet for one of these scores: the checks will ask for it.",
                "%(items)s items have no anchor yet for one of these scores: the checks will ask for them.",
                without,
            )
            % {"items": without}
        )
    if beyond:
        told.append(
            ngettext(
                "%(items)s item has an anchor outside these scores: the checks will ask to remove it.",
                "%(items)s items have anchors outside these scores: the checks will ask to remove them.",
                beyond,
            )
            % {"items": beyond}
        )
    many = len(scale.items)
    told.append(
        _("Totals will run from %(lowest)s to %(highest)s: the bands should cover just these.")
        % {"lowest": lowest * many, "highest": highest * many}
    )
    return told
