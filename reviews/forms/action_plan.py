"""The forms of an action plan: a goal, closing one, a progress note, and what became of a goal."""

from collections.abc import Mapping, Sequence
from datetime import date

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reviews.actions.action_plans import GoalTyped
from reviews.forms.targets import trouble_with_target
from reviews.models import Goal, GoalReading
from reviews.visit.dates import visit_dates
from scales.spec import ScaleSpec

CHOICES = "reviews/_partials/note_choices.html"
NO_CLIENTS = _("No client is named.")


def _helper(*fields) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*fields)
    return helper


def day_field(label, **more) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write a day, such as 2027-03-31.")},
        **more,
    )


class GoalForm(forms.Form):
    """`scores`: agreed scores by item code. `people`: account number by name, of those who may be reminded."""

    what = forms.CharField(
        label=_("What is to change"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NO_CLIENTS,
        error_messages={"required": _("Write what is to change.")},
    )
    item = forms.ChoiceField(label=_("Item"), required=False)
    target = forms.TypedChoiceField(
        label=_("Score to reach (optional)"), required=False, coerce=int, empty_value=None
    )
    owner = forms.CharField(
        label=_("Who sees to it"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"list": "people-of-the-program", "autocomplete": "off"}),
        help_text=_("One person. Whoever is on the list is reminded by the weekly letter."),
    )
    due_on = day_field(_("By when"), required=False)
    measure = forms.CharField(
        label=_("How we will know"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A sign by which everyone can tell that it is reached."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    def __init__(
        self, *args, spec: ScaleSpec, scores: Mapping[str, int | None], people: Mapping[str, int], **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.spec, self.scores, self.people = spec, scores, people
        items = [
            (section.title, [(item.code, f"{item.number} {item.short_title}") for item in section.items])
            for section in spec.sections
        ]
        self.fields["item"].choices = [("", gettext("The whole site")), *items]
        points = range(spec.minimum + 1, spec.maximum + 1)
        self.fields["target"].choices = [("", gettext("none")), *((point, str(point)) for point in points)]
        self.helper = _helper(
            "what",
            Div("item", "target", css_class="pair-of-fields"),
            Div("owner", "due_on", css_class="pair-of-fields"),
            "measure",
            "revision",
        )

    @staticmethod
    def initial_of(goal: Goal) -> dict:
        return {
            "what": goal.what,
            "item": goal.item.code if goal.item else "",
            "target": goal.target,
            "owner": goal.owner,
            "due_on": goal.due_on,
            "measure": goal.measure,
            "revision": goal.revision,
        }

    def clean_due_on(self):
        """A goal that is changed may keep the day that it has."""
        day = self.cleaned_data["due_on"]
        if day is not None and day < timezone.localdate() and day != self.initial.get("due_on"):
            raise forms.ValidationError(gettext("This day is past. Write today or a later day."))
        return day

    def clean(self):
        data = super().clean()
        code, target = data.get("item"), data.get("target")
        if target is None:
            return data
        if not code:
            self.add_error("target", gettext("A goal for the whole site has no score: choose none."))
        elif (score := self.scores.get(code)) is not None and (
            trouble := trouble_with_target(target=target, score=score, spec=self.spec)
        ):
            self.add_error("target", trouble)
        return data

    def typed(self) -> GoalTyped:
        data = self.cleaned_data
        owner = " ".join(data["owner"].split())
        return GoalTyped(
            what=data["what"].strip(),
            item_code=data["item"],
            target=data["target"],
            owner=owner,
            owner_user_id=self.people.get(owner),
            due_on=data["due_on"],
            measure=data["measure"].strip(),
        )


class CloseGoalForm(forms.Form):
    """`visit_began`: the first day of the visit that the plan follows."""

    status = forms.ChoiceField(
        label=_("What became of it"),
        choices=[
            (Goal.Status.REACHED, _("It is reached")),
            (Goal.Status.SET_ASIDE, _("It is set aside: we no longer go for it")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    closed_on = day_field(_("On which day"), required=True)
    reason = forms.CharField(
        label=_("Why it is set aside"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only where it is set aside. Whoever reads the plan reads this."),
    )

    def __init__(self, *args, visit_began: date, today: date | None = None, **kwargs):
        self.visit_began, self.today = visit_began, today or timezone.localdate()
        kwargs.setdefault("initial", {})
        kwargs["initial"].setdefault("closed_on", self.today)
        super().__init__(*args, **kwargs)
        self.helper = _helper(Field("status", template=CHOICES), "closed_on", "reason")

    def clean_closed_on(self):
        day = self.cleaned_data["closed_on"]
        if day > self.today:
            raise forms.ValidationError(gettext("This day is still to come."))
        return day

    def clean(self):
        data = super().clean()
        if data.get("status") == Goal.Status.SET_ASIDE and not data.get("reason", "").strip():
            self.add_error("reason", gettext("Write why it is set aside."))
        day = data.get("closed_on")
        if data.get("status") == Goal.Status.REACHED and day is not None and day < self.visit_began:
            began = visit_dates(self.visit_began, self.visit_began)
            said = gettext("The visit began on %(day)s. Write that day or a later one.") % {"day": began}
            self.add_error("closed_on", said)
        return data


class ProgressForm(forms.Form):
    """Its fields are named by the goal, so that a page can have one for each."""

    text = forms.CharField(
        label=_("How far it is"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=NO_CLIENTS,
        error_messages={"required": _("Write how far it is.")},
    )

    def __init__(self, *args, goal: Goal, **kwargs):
        super().__init__(*args, prefix=f"goal-{goal.pk}", **kwargs)
        self.helper = _helper("text")


class ReadBackForm(forms.Form):
    """What became of one goal of the last plan."""

    outcome = forms.ChoiceField(
        label=_("What became of it"),
        choices=GoalReading.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what became of it.")},
    )
    text = forms.CharField(
        label=_("What was seen (optional)"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=NO_CLIENTS,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    def __init__(self, *args, goal: Goal, **kwargs):
        super().__init__(*args, prefix=f"goal-{goal.pk}", **kwargs)
        self.helper = _helper(Field("outcome", template=CHOICES), "text", "revision")


class GoalFilterForm(forms.Form):
    """What the page of all goals shows: `show` and `site` of its address; what is not known is as if not asked.

    `sites`: numbers and names to choose from. With none of them, or where the address asks for another, one writes.
    """

    SHOW = (
        ("", _("All open goals")),
        ("overdue", _("Overdue")),
        ("soon", _("Due in the next 30 days")),
        ("unclear", _("Without an owner or a day")),
        ("mine", _("Mine")),
        ("closed", _("Reached or set aside")),
    )

    show = forms.ChoiceField(label=_("Show"), required=False, choices=SHOW)
    site = forms.CharField(
        label=_("Site"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "sites-with-goals", "class": "form-control"}),
    )

    def __init__(self, *args, sites: Sequence[tuple[int, str]] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["show"].widget.attrs["class"] = "form-select"
        choices = [("", gettext("All sites")), *((str(number), name) for number, name in sites)]
        if sites and self.data.get("site", "").strip() in dict(choices):
            self.fields["site"].widget = forms.Select(attrs={"class": "form-select"}, choices=choices)

    def asked(self) -> tuple[str, str]:
        """`show`, and a part of the site's name or its number; unknown values count as none."""
        self.is_valid()
        return self.cleaned_data.get("show", ""), self.cleaned_data.get("site", "")
