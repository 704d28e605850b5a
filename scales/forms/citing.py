"""A source beside what rests on it: one that the profile has, or a new one written on the same page."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from scales.forms.codes import code_from
from scales.forms.rows import LONGEST_TEXT, CodeField, Words
from scales.spec import ProfileSource

# No code of a source begins with a plus sign.
NEW_SOURCE = "+new"
LONGEST_CITATION = 2000
LONGEST_MADE_CODE = 24


class Paragraphs(Words):
    """Words that may take more than a line."""

    def __init__(self, *, rows: int = 2, **kwargs):
        kwargs.setdefault("max_length", LONGEST_TEXT)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def made_code(citation: str, taken: Collection[str]) -> str:
    """A short name for a source that has none: the first words of what is cited."""
    return code_from(citation, taken=taken, instead="source", longest=LONGEST_MADE_CODE)


def source_choices(sources: Iterable[ProfileSource], cited: str = "") -> list[tuple[str, object]]:
    """`cited`: what the row names as saved; it stays on offer though the profile may have lost it."""
    known = [(source.code, f"{source.code}: {Truncator(source.citation).chars(50)}") for source in sources]
    if cited and cited != NEW_SOURCE and cited not in dict(known):
        known.append((cited, _("%(code)s (not among the sources)") % {"code": cited}))
    return known


def source_field() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("Source"), required=False)


def offer_sources(row: forms.Form, sources: Iterable[ProfileSource]) -> None:
    """Fill the choice of a row's own source; empty is the one chosen for the whole page."""
    cited = row.initial.get("source", "") if not row.is_bound else ""
    row.fields["source"].choices = [
        ("", _("As chosen above")),
        *source_choices(sources, cited),
        (NEW_SOURCE, _("The new source above")),
    ]


class CitingForm(forms.Form):
    """The source of every row that names none of its own, and room to write a new one.

    `cited`: the codes that the rows of the page name; the most frequent is offered first.
    """

    usual = forms.ChoiceField(
        label=_("Where this comes from"),
        required=False,
        help_text=_("The source of what you add on this page. A row can name another one."),
    )
    citation = Paragraphs(
        label=_("A new source"),
        required=False,
        max_length=LONGEST_CITATION,
        help_text=_(
            "A paper, a report, a talk, a decision: who, what, when, and where to find it. Once written, it is the "
            "source of what you add on this page."
        ),
    )
    short_name = CodeField(
        label=_("Short name of the new source"),
        required=False,
        help_text=_("Stands in brackets after what rests on it. Leave it empty and it is made for you."),
    )

    def __init__(
        self,
        data=None,
        *,
        sources: Sequence[ProfileSource],
        cited: Iterable[str] = (),
        typed: dict | None = None,
    ):
        self.sources = tuple(sources)
        self.offered = self._offered_first(cited)
        initial = {"usual": self.offered} if typed is None else typed
        super().__init__(data, prefix="citing", initial=initial)
        self.fields["usual"].choices = [
            *source_choices(self.sources),
            (NEW_SOURCE, _("A new source, written below")),
        ]

    def _offered_first(self, cited: Iterable[str]) -> str:
        codes = [source.code for source in self.sources]
        frequent = [code for code, _times in Counter(cited).most_common() if code in codes]
        return (frequent or codes or [NEW_SOURCE])[0]

    def clean_short_name(self) -> str:
        name = self.cleaned_data["short_name"]
        if name in self.codes:
            raise forms.ValidationError(
                _("Another source has this short name. Choose that one, or another name.")
            )
        return name

    @property
    def is_open(self) -> bool:
        """Whether the room for a new source is shown at once: there is none yet, or one is being written."""
        written = any(self[name].value() for name in ("citation", "short_name"))
        return not self.sources or written or bool(self.errors) or self["usual"].value() == NEW_SOURCE

    @property
    def codes(self) -> set[str]:
        return {source.code for source in self.sources}

    def new_source(self) -> ProfileSource | None:
        """The source written on this page, with its code; None where none is."""
        data = getattr(self, "cleaned_data", {})
        citation = data.get("citation", "")
        if not citation:
            return None
        code = data.get("short_name") or made_code(citation, self.codes)
        return ProfileSource(code=code, citation=citation)

    def code_of(self, chosen: str, *, others_name_the_new_one: bool = False) -> str:
        """The code that a row cites: its own choice, else the one for the page. Empty where there is none yet.

        A source that someone took the trouble to write goes before the one that the page offered unasked, unless
        other rows name the new one for themselves.
        """
        data = getattr(self, "cleaned_data", {})
        code = chosen or data.get("usual", "")
        if not chosen and code == self.offered and data.get("citation") and not others_name_the_new_one:
            code = NEW_SOURCE
        if code != NEW_SOURCE:
            return code
        new = self.new_source()
        return new.code if new else ""


class CitingPage:
    """A part of a profile whose rows rest on sources. A subclass gives its forms, and the rows that need a source."""

    citing: CitingForm

    def all_forms(self) -> Iterator[forms.Form]:
        """Every form of the page, in the order in which they stand."""
        raise NotImplementedError

    def rows_on_a_source(self) -> Iterator[forms.Form]:
        """Rows with something to rest on a source; each has a field `source`."""
        raise NotImplementedError

    def all_rows(self) -> tuple:
        """The lists of rows of the page, if it has any."""
        return ()

    @property
    def errors(self) -> list:
        """What is to be mended; empty when nothing is."""
        incomplete = [
            _("The page was sent only in part.") for rows in self.all_rows() if not rows.is_complete()
        ]
        return [*incomplete, *(form.errors for form in self.all_forms() if form.is_bound and form.errors)]

    @property
    def is_incomplete(self) -> bool:
        """Whether a page was sent without saying how many rows it has: nothing is taken out for being absent."""
        return not all(rows.is_complete() for rows in self.all_rows())

    def is_valid(self) -> bool:
        for form in self.all_forms():
            form.full_clean()
        for row in self.rows_on_a_source():
            if not row.has_error("source") and not self.source_of(row):
                self._ask_for_source(row)
        return not self.errors

    def source_of(self, row: forms.Form) -> str:
        return self.citing.code_of(
            row.cleaned_data.get("source", ""), others_name_the_new_one=self._rows_name_the_new_one
        )

    @cached_property
    def _rows_name_the_new_one(self) -> bool:
        """Asked once every form was read."""
        return any(row.cleaned_data.get("source") == NEW_SOURCE for row in self.rows_on_a_source())

    def _ask_for_source(self, row: forms.Form) -> None:
        if self.citing.has_error("citation"):
            return
        if row.cleaned_data.get("source") or self.citing.cleaned_data.get("usual"):
            self.citing.add_error("citation", _("Write the source that what you add here rests on."))
        else:
            row.add_error("source", _("Choose a source."))

    def refuse_source(self) -> None:
        """Someone else gave a source this short name meanwhile."""
        self.citing.add_error(
            "short_name", _("Someone has just added a source of this name. Choose another one.")
        )
