"""The forms of a quarter's numbers, of a table of them, and of the definition of a job start."""

from collections.abc import Mapping
from functools import cached_property

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programs.models import QuarterlyOutcome, StartDefinition
from programs.outcomes.files import MOST_BYTES, NotText, text_of_file
from programs.outcomes.reading import (
    EARLIEST_YEAR,
    MOST_CHARACTERS,
    MOST_PEOPLE,
    Counted,
    Known,
    Problem,
    Quarter,
    ReadTable,
    read_table,
)
from programs.outcomes.words import headings, problem_words

NUMBER_WIDGET = {"inputmode": "numeric", "autocomplete": "off"}
WHOLE = _("Write a whole number, 0 or more; leave it empty where it is not known.")
KEEP, REPLACE = "keep", "replace"
THERE_ALREADY = _("This quarter is entered already. Open it in the table to change it.")


def number_field(label, help_text="") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=0,
        max_value=MOST_PEOPLE,
        widget=forms.TextInput(attrs=NUMBER_WIDGET),
        error_messages={"invalid": WHOLE, "min_value": WHOLE, "max_value": _("This number is too large.")},
    )


class CountedForm(forms.Form):
    """The numbers of a quarter. `definitions`: of the program, the one chosen last first."""

    on_caseload = number_field(
        _("People on the caseload"),
        _("At the end of the quarter. Leave a number empty where it is not known."),
    )
    in_work = number_field(_("People in work"), _("In paid competitive work at the end of the quarter."))
    job_starts = number_field(_("Job starts"), _("All starts in paid competitive work during the quarter."))
    starts_by_definition = number_field(_("Job starts that count"))
    definition = forms.ModelChoiceField(
        StartDefinition.objects.none(), label=_("Counted by"), required=False, empty_label=None
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=500,
        required=False,
        help_text=_(
            "What to know when reading these numbers, such as a vacancy or a new way of counting. No client is named."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    head: tuple[str, ...] = ()

    def __init__(self, *args, definitions, **kwargs):
        super().__init__(*args, **kwargs)
        numbers = ["on_caseload", "in_work", "job_starts"]
        if definitions:
            self.fields["definition"].queryset = definitions
            if len(definitions) == 1:
                self.fields["definition"].widget = forms.HiddenInput()
                help_text = _("Of these, the starts that count: “%(words)s”.") % {"words": definitions[0]}
            else:
                help_text = _("Of these, the starts that count by the definition below.")
            self.fields["starts_by_definition"].help_text = help_text
            self.initial.setdefault("definition", definitions[0].pk)
            numbers += ["starts_by_definition", "definition"]
        else:
            del self.fields["starts_by_definition"], self.fields["definition"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Div(*self.head, css_class="quarter-head"),
            Div(*numbers, css_class="quarter-numbers"),
            "note",
            "revision",
        )

    @classmethod
    def initial_of(cls, row: QuarterlyOutcome) -> dict:
        names = (*QuarterlyOutcome.NUMBERS, "note", "revision")
        initial = {name: getattr(row, name) for name in names}
        return initial | ({"definition": row.definition_id} if row.definition_id else {})

    def clean(self):
        data = super().clean()
        if not self.errors:
            self.add_problems(self.counted().problems())
        return data

    def add_problems(self, problems: Mapping[str, Problem]) -> None:
        for name, problem in problems.items():
            self.add_error(name, problem_words(problem))

    def counted(self) -> Counted:
        data = self.cleaned_data
        definition = data.get("definition")
        return Counted(
            **{name: data.get(name) for name in QuarterlyOutcome.NUMBERS},
            definition=definition.pk if definition else None,
            note=data["note"],
        )


class NewQuarterForm(CountedForm):
    """A quarter that is not there yet."""

    year = forms.IntegerField(
        label=_("Year"),
        min_value=EARLIEST_YEAR,
        widget=forms.TextInput(attrs=NUMBER_WIDGET),
        error_messages={
            "required": _("Give the year, such as 2026."),
            "invalid": _("Give the year, such as 2026."),
            "min_value": _("Give the year, such as 2026."),
        },
    )
    quarter = forms.TypedChoiceField(
        label=_("Quarter"),
        coerce=int,
        choices=[
            (1, _("Q1: January to March")),
            (2, _("Q2: April to June")),
            (3, _("Q3: July to September")),
            (4, _("Q4: October to December")),
        ],
    )

    field_order = ["year", "quarter"]
    head = ("year", "quarter")

    def clean(self):
        data = super().clean()
        if "year" in data and "quarter" in data and self.asked.entered_from > timezone.localdate():
            self.add_error("quarter", problem_words(Problem.NOT_OVER, self.asked))
        return data

    @property
    def asked(self) -> Quarter:
        return Quarter(self.cleaned_data["year"], self.cleaned_data["quarter"])


class PasteQuartersForm(forms.Form):
    """A table pasted from a spreadsheet, or a CSV file. `known`: what the site and its program have."""

    text = forms.CharField(
        label=_("The table"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "class": "pasted"}),
    )
    upload = forms.FileField(label=_("Or a CSV file"), required=False, allow_empty_file=True)
    how = forms.ChoiceField(
        label=_("Quarters that are entered already"),
        choices=[
            (KEEP, _("Keep them as they are")),
            (REPLACE, _("Replace them by what the table says")),
        ],
        widget=forms.RadioSelect,
        initial=KEEP,
    )
    state = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, known: Known, data=None, files=None):
        super().__init__(data, files)
        self.known = known
        self.fields["upload"].widget.attrs["accept"] = ".csv,.txt,text/csv,text/plain"

    def clean_upload(self) -> str | None:
        """The text of the file; None where none was sent."""
        upload = self.cleaned_data["upload"]
        if upload is None:
            return None
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is too large: at most 1 MB."))
        try:
            return text_of_file(upload.read())
        except NotText as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self):
        data = super().clean()
        if data.get("upload") is not None:
            data["text"] = data["upload"]
            # What was in the file stands in the box from here on, to be mended there.
            self.data = self.data.copy()
            self.data["text"] = data["upload"]
        if "text" in data and "upload" in data and not data["text"].strip():
            self.add_error("text", _("Paste a table, or choose a file."))
        elif len(data.get("text", "")) > MOST_CHARACTERS:
            self.add_error("text", _("This table is too large."))
        return data

    @property
    def replaces(self) -> bool:
        return self.cleaned_data["how"] == REPLACE

    @cached_property
    def table(self) -> ReadTable | None:
        """What was read; None while there is no table to read."""
        if not self.is_bound or not self.is_valid():
            return None
        return read_table(self.cleaned_data["text"], headings(), self.known)

    def rows(self) -> dict[Quarter, Counted]:
        return {row.quarter: row.counted for row in self.table.rows}


class DefinitionForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Which job starts count"),
        choices=StartDefinition.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose which starts count.")},
    )
    words = forms.CharField(
        label=_("In own words"),
        max_length=200,
        required=False,
        help_text=_("Only where you chose “Own words”."),
    )
    source = forms.CharField(
        label=_("Where this is written"),
        max_length=300,
        required=False,
        help_text=_("Such as the contract or the data guide, and its page. Needed for own words."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self):
        data = super().clean()
        if data.get("kind") == StartDefinition.Kind.OWN:
            if not data.get("words"):
                self.add_error("words", _("Write which starts count."))
            if not data.get("source"):
                self.add_error("source", _("Write where this is written."))
        else:
            data["words"] = ""
        return data
