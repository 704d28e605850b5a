"""One entry of a visit's agenda."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reviews.actions.agenda import Line, line_of
from reviews.models import Activity, AgendaEntry, Review
from reviews.visit.agenda import day_of, days_of_visit
from reviews.visit.dates import visit_dates

LONGEST = 600


class AgendaForm(forms.Form):
    """`entry`: the entry that is changed, None for a new one. `first_day`: the day a new one begins with, as text."""

    activity = forms.ChoiceField(label=gettext_lazy("What"), choices=Activity.choices)
    title = forms.CharField(
        label=gettext_lazy("With whom, or of what"),
        max_length=120,
        help_text=gettext_lazy("A role, a meeting or a document. Never a client's name."),
    )
    day = forms.TypedChoiceField(label=gettext_lazy("Day"), coerce=int)
    starts_at = forms.TimeField(
        label=gettext_lazy("Starts at"),
        required=False,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": gettext_lazy("Write a time, such as 14:30.")},
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        required=False,
        min_value=1,
        max_value=LONGEST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    remote = forms.BooleanField(label=gettext_lazy("By video or phone"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    def __init__(self, data=None, *, review: Review, entry: AgendaEntry | None = None, first_day: str = ""):
        super().__init__(data, initial=initial_from(entry) if entry else {"day": first_day or 1})
        self.fields["day"].choices = day_choices(review, entry)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "title",
            Div("activity", "day", css_class="pair-of-fields"),
            Div("starts_at", "minutes", css_class="pair-of-fields"),
            "remote",
            "revision",
        )

    def line(self) -> Line:
        data = self.cleaned_data
        return Line(
            activity=data["activity"],
            title=data["title"],
            day=data["day"],
            starts_at=data["starts_at"],
            minutes=data["minutes"],
            remote=data["remote"],
        )

    def differences(self, entry: AgendaEntry) -> list[tuple[str, str, str]]:
        """Where the saved entry and what was typed differ: label, saved, typed."""
        saved, typed = line_of(entry), self.line()
        days = dict(self.fields["day"].choices)
        return [
            (
                self.fields[name].label,
                in_words(name, getattr(saved, name), days),
                in_words(name, getattr(typed, name), days),
            )
            for name in Line.__dataclass_fields__
            if getattr(saved, name) != getattr(typed, name)
        ]

    def typed_over(self, entry: AgendaEntry) -> None:
        """Keep what was typed, now based on the entry as it is saved: sending it again replaces that."""
        self.data = self.data.copy()
        self.data[self.add_prefix("revision")] = entry.revision


def initial_from(entry: AgendaEntry) -> dict:
    line = line_of(entry)
    return {name: getattr(line, name) for name in Line.__dataclass_fields__} | {"revision": entry.revision}


def day_choices(review: Review, entry: AgendaEntry | None) -> list[tuple[int, str]]:
    """Before the visit, each of its days, and the day the entry has where the visit lost it."""
    choices = [(0, _("Before the visit"))]
    for number in range(1, days_of_visit(review) + 1):
        on = day_of(review, number)
        choices.append(
            (number, _("Day %(number)s, %(date)s") % {"number": number, "date": visit_dates(on, on)})
        )
    if entry is not None and entry.day > days_of_visit(review):
        choices.append((entry.day, _("Day %(number)s") % {"number": entry.day}))
    return choices


def in_words(name: str, value, days: dict[int, str]) -> str:
    """A value of an entry as a person reads it; a dash where there is none."""
    if name == "remote":
        return _("Yes") if value else _("No")
    if value in (None, ""):
        return "–"
    if name == "activity":
        return str(Activity(value).label)
    if name == "day":
        return days.get(value, str(value))
    return value.strftime("%H:%M") if name == "starts_at" else str(value)
