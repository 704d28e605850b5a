"""The parts of a profile beside its items: what it is called, its sources, and what it says of the whole scale."""

from collections import Counter
from collections.abc import Iterator

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from scales.forms.citing import LONGEST_CITATION, CitingForm, CitingPage, Paragraphs, made_code
from scales.forms.degrees import typed_in
from scales.forms.rows import CodeField, RowForm, Words, focus_on, rows_of
from scales.forms.statements import Reasons, Statements, rearranged
from scales.parts import ProfileGeneral, ProfileHead, general_of
from scales.spec import ProfileSource, ProfileSpec


class ProfileHeadForm(forms.Form):
    title = Words(label=_("Title"), max_length=200)
    in_words = Words(
        label=_("As a sentence names it"),
        max_length=100,
        help_text=_("It stands after “in”: “In primary care this item is known to cost 2 points.”"),
    )
    summary = Paragraphs(
        label=_("Summary"),
        required=False,
        rows=4,
        help_text=_(
            "What a reader should know first: which services it is for, and what the setting changes."
        ),
    )
    setting = CodeField(
        label=_("Code of the setting"),
        help_text=_("Sites of this setting are offered this profile when a review is planned."),
    )
    code = CodeField(
        label=_("Code of the profile"),
        help_text=_("Part of the profile's address. Of the profiles of one scale version, each has its own."),
    )

    def __init__(self, data=None, *, stored: ProfileHead):
        super().__init__(data, initial=vars(stored))
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "title", "in_words", "summary", Div("setting", "code", css_class="pair-of-fields")
        )

    def value(self) -> ProfileHead:
        return ProfileHead(**{name: self.cleaned_data[name] for name in self.fields})


class SourceRow(RowForm):
    """`before`: the code that the source has as saved; what cites it names that."""

    content = ("citation",)

    citation = Paragraphs(label=_("Source"), required=False, max_length=LONGEST_CITATION)
    code = CodeField(
        label=_("Short name"),
        required=False,
        help_text=_("Stands in brackets after what rests on it. Leave it empty and it is made for you."),
    )

    def check(self, data) -> None:
        self.ask_for("citation", _("Write the source, or tick Remove."))


class SourcesForm:
    """The sources of a profile. One that something rests on keeps its short name, and stays."""

    def __init__(self, data=None, *, spec: ProfileSpec, typed: list[dict] | None = None):
        self.spec, cited = spec, Counter(cited_sources(spec))
        initial = [
            {"before": row.code, "code": row.code, "citation": row.citation} for row in spec.sources
        ] or [{}]
        initial = initial if typed is None else typed
        self.rows = rows_of(SourceRow, prefix="sources", data=data, initial=initial)
        for number, row in enumerate(self.rows, 1):
            before = str(row["before"].value() or "")
            row.number, row.times_cited = number, cited[before]
            row.fields["citation"].label = _("Source %(number)s") % {"number": number}
            row.fields["code"].label = _("Short name of source %(number)s") % {"number": number}
            if row.times_cited:
                # Shown and not asked: what cites it names it so.
                row.fields["code"].disabled = True
                row.fields["code"].help_text = ""
                row.initial["code"] = before

    def all_forms(self) -> Iterator[forms.Form]:
        yield from self.rows

    @property
    def is_incomplete(self) -> bool:
        """Whether the page was sent without saying how many rows it has."""
        return self.rows.is_bound and not self.rows.management_form.is_valid()

    @property
    def errors(self) -> list:
        return self.rows.mistakes()

    def is_valid(self) -> bool:
        if self.rows.is_valid():
            self.rows.refuse_twins("code", _("Another source has this short name."))
            for row in self.rows:
                if row.times_cited and row.is_left_out():
                    told = _("Cited %(times)s times in this profile: give those another source first.")
                    row.add_error("remove", told % {"times": row.times_cited})
        return not self.errors

    def value(self) -> tuple[ProfileSource, ...]:
        rows = self.rows.kept()
        taken = {row.cleaned_data["code"] for row in rows}
        sources = []
        for row in rows:
            citation = row.cleaned_data["citation"]
            code = row.cleaned_data["code"] or made_code(citation, taken)
            taken.add(code)
            sources.append(ProfileSource(code=code, citation=citation))
        return tuple(sources)

    def rearranged(self, go: str) -> "SourcesForm":
        """The page as typed after `add`, `up:2` or `down:2`."""
        act, _colon, which = go.partition(":")
        rows = rearranged([row.typed() for row in self.rows], (act, which))
        form = type(self)(spec=self.spec, typed=rows)
        if act == "add":
            focus_on(form.rows.forms[-1], "citation")
        return form


class GeneralForm(CitingPage):
    """Notes on the sources, and the reasons accepted for every item."""

    def __init__(self, data=None, *, spec: ProfileSpec, typed=None):
        self.spec = spec
        typed = typed or {}
        cited = [row.source for row in (*spec.notes, *spec.unrated_reasons)]
        self.citing = CitingForm(data, sources=spec.sources, cited=cited, typed=typed.get("citing"))
        self.statements = Statements(
            data, sources=spec.sources, stored=spec.notes, typed=typed.get("statements")
        )
        self.reasons = Reasons(
            data, sources=spec.sources, stored=spec.unrated_reasons, typed=typed.get("reasons")
        )

    def all_forms(self) -> Iterator[forms.Form]:
        yield self.citing
        yield from self.statements
        yield from self.reasons

    def rows_on_a_source(self) -> Iterator[forms.Form]:
        yield from self.statements.kept()
        yield from self.reasons.kept()

    def all_rows(self) -> tuple:
        return (self.statements, self.reasons)

    def value(self) -> ProfileGeneral:
        taken = {reason.code for row in self.spec.adjustments for reason in row.unrated_reasons}
        return ProfileGeneral(
            notes=self.statements.value(self.source_of),
            unrated_reasons=self.reasons.value(self.source_of, taken),
        )

    def rearranged(self, go: str) -> "GeneralForm":
        act, _colon, rest = go.partition(":")
        name, _colon, which = rest.partition(":")
        rows = {"statements": self.statements.typed(), "reasons": self.reasons.typed()}
        if name in rows and act in ("add", "up", "down"):
            rows[name] = rearranged(rows[name], (act, which))
        form = type(self)(spec=self.spec, typed={"citing": typed_in(self.citing), **rows})
        if act == "add" and name in rows:
            getattr(form, name).focus_on_last()
        return form


def cited_sources(spec: ProfileSpec) -> Iterator[str]:
    """The code of a source once for every place that cites it."""
    general = general_of(spec)
    yield from (row.source for row in (*general.notes, *general.unrated_reasons))
    for row in spec.adjustments:
        yield from (one.source for one in (*row.statements, *row.thresholds, *row.unrated_reasons))
        if row.expected_loss:
            yield row.expected_loss.source
