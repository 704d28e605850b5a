"""Past reviews: the file, what its columns hold, and what it does not say itself."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programs.models import Site
from reviews.importing.columns import find_heads, plain, problems_of, targets
from reviews.importing.preview import Answers, Preview
from reviews.importing.score_sheet import turned
from reviews.importing.tables import MOST_BYTES, FileProblem, NotReadable, read_lines
from reviews.importing.words import column_words, file_problem_words, headings_of_reader
from reviews.models import Kind, PastImport
from scales.models import ScaleVersion

MOST_SITES_TO_CHOOSE_FROM = 40
# On one page; the next ones follow once these are answered.
MOST_SITES_TO_ASK_FOR = 20
DAY_FIRST, MONTH_FIRST = "day", "month"


class FileForm(forms.Form):
    """A file for a version that is known. `heads`: what was read, after `is_valid`."""

    upload = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("An Excel workbook (.xlsx) or a CSV file."),
        error_messages={"required": _("Choose a file."), "invalid": _("Choose a file.")},
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".xlsx,.xlsm,.csv,.txt,.tsv"}),
    )

    def __init__(self, *args, version: ScaleVersion | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.version, self.heads = version, None

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        try:
            self.lines = read_lines(upload.read(MOST_BYTES + 1))
        except NotReadable as error:
            raise forms.ValidationError(file_problem_words(error.problem)) from error
        return upload

    def clean(self):
        data = super().clean()
        version = data.get("version") or self.version
        if version is not None and "upload" in data:
            spec, own = version.to_spec(), headings_of_reader()
            self.heads = find_heads(turned(self.lines, spec, own) or self.lines, spec, own)
            if not self.heads.lines:
                self.add_error("upload", file_problem_words(FileProblem.EMPTY))
        return data

    @property
    def file_name(self) -> str:
        return self.cleaned_data["upload"].name[-200:]


class UploadForm(FileForm):
    version = forms.ModelChoiceField(
        ScaleVersion.objects.none(),
        label=_("Scale version that the reviews were scored with"),
        empty_label=None,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    field_order = ("version", "upload")

    def __init__(self, *args, usual: ScaleVersion | None = None, **kwargs):
        """`usual`: the version that stands chosen at first; the newest where it is None."""
        super().__init__(*args, **kwargs)
        if usual:
            self.initial["version"] = usual.pk
        published = ScaleVersion.objects.published().select_related("scale")
        self.fields["version"].queryset = published.order_by("-published_at", "-pk")


class ColumnsForm(forms.Form):
    """One choice per column of the file."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, past_import: PastImport, **kwargs):
        super().__init__(*args, **kwargs)
        self.spec = past_import.version.to_spec()
        self.fields["revision"].initial = past_import.revision
        choices = [("", gettext("Leave this column out"))]
        choices += [(code, column_words(code, self.spec)) for code in targets(self.spec)]
        for place, (head, code) in enumerate(zip(past_import.heads, past_import.mapping, strict=True)):
            self.fields[self.name(place)] = forms.ChoiceField(
                label=head or gettext("Column %(number)s") % {"number": place + 1},
                choices=choices,
                required=False,
                initial=code,
                widget=forms.Select(attrs={"class": "form-select"}),
            )
        self.columns = len(past_import.heads)

    @staticmethod
    def name(place: int) -> str:
        return f"column-{place}"

    @property
    def mapping(self) -> list[str]:
        return [self.cleaned_data[self.name(place)] for place in range(self.columns)]

    def clean(self):
        data = super().clean()
        if any(self.name(place) not in data for place in range(self.columns)):
            return data
        lacking, twice, has_no_scores = problems_of(self.mapping, self.spec)
        for code in lacking:
            words = gettext("Say which column holds this: %(column)s.")
            self.add_error(None, words % {"column": column_words(code, self.spec)})
        for code in twice:
            last = max(place for place in range(self.columns) if self.mapping[place] == code)
            words = gettext("Two columns are said to hold this: %(column)s.")
            self.add_error(self.name(last), words % {"column": column_words(code, self.spec)})
        if has_no_scores:
            self.add_error(None, gettext("No column holds the scores of an item."))
        return data


class AnswersForm(forms.Form):
    """What the file does not say: how its days are written, what its reviews were, which sites it means."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    dates = forms.ChoiceField(
        label=_("How days such as 3/4/2024 are written in the file"),
        choices=[(DAY_FIRST, _("3 April: day, then month")), (MONTH_FIRST, _("March 4: month, then day"))],
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(
        label=_("Type of the reviews that do not say it"),
        help_text=_("A self-assessment is never counted among reviews. In doubt, choose that."),
        choices=[("", _("Choose one")), *Kind.choices],
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, *args, past_import: PastImport, preview: Preview, **kwargs):
        super().__init__(*args, **kwargs)
        self.answers = Answers.of(past_import)
        self.questions = preview.questions[:MOST_SITES_TO_ASK_FOR]
        self.fields["revision"].initial = past_import.revision
        self.fields["dates"].initial = DAY_FIRST if preview.day_first else MONTH_FIRST
        self.fields["kind"].initial = self.answers.kind
        if not preview.asks_dates:
            del self.fields["dates"]
        if not preview.asks_kind:
            del self.fields["kind"]
        closest = _Closest(preview.sites if preview.questions else ())
        for place, question in enumerate(self.questions):
            written = f"{question.written} ({question.program})" if question.program else question.written
            self.fields[f"site-{place}"] = forms.ChoiceField(
                label=gettext("Site that the file calls “%(name)s”") % {"name": written},
                choices=closest.choices(question.written, self.answers.sites.get(question.key)),
                required=False,
                initial=self.answers.sites.get(question.key, ""),
                widget=forms.Select(attrs={"class": "form-select"}),
            )

    @property
    def asks(self) -> bool:
        return len(self.fields) > 1

    def given(self) -> Answers:
        data, sites = self.cleaned_data, dict(self.answers.sites)
        for place, question in enumerate(self.questions):
            sites.pop(question.key, None)
            if chosen := data[f"site-{place}"]:
                sites[question.key] = int(chosen)
        dates = data.get("dates")
        return Answers(
            day_first=dates == DAY_FIRST if dates else self.answers.day_first,
            kind=data.get("kind", self.answers.kind),
            sites=sites,
        )


class _Closest:
    """Choices of a site for a name, the closest names first; of very many sites only those."""

    def __init__(self, sites: Sequence[Site]):
        self.pieces = {site: _pieces(site.name) for site in sites}

    def choices(self, written: str, chosen: int | None) -> list[tuple[str, str]]:
        asked = _pieces(written)
        ordered = sorted(
            self.pieces,
            key=lambda site: (
                site.pk != chosen,
                -len(asked & self.pieces[site]) / (len(self.pieces[site]) + len(asked) or 1),
                site.name,
            ),
        )
        named = [
            (str(site.pk), f"{site.name}, {site.program.name}")
            for site in ordered[:MOST_SITES_TO_CHOOSE_FROM]
        ]
        return [("", gettext("None of these: leave its rows out")), *named]


def _pieces(name: str) -> set[str]:
    """Every two signs that stand side by side, by which misspelled names are alike."""
    text = plain(name)
    return {text[place : place + 2] for place in range(len(text))}
