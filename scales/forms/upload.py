"""A definition file, uploaded or pasted, that becomes a draft; or every problem in it, line by line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext, gettext_lazy, ngettext

from scales.checking import Finding, misfits
from scales.models import Scale, ScaleVersion
from scales.sentence_words import in_words
from scales.spec import ProfileSpec, ScaleSpec
from scales.yaml_file import DefinitionError, FileKind, kind_of, read_profile, read_scale
from scales.yaml_nodes import lines_of

MOST_BYTES = 1024 * 1024
MOST_PROBLEMS = 50
MOST_QUOTED = 160
LABEL_LENGTH = 50


@dataclass(frozen=True)
class LineProblem:
    """What is wrong, where, and the line as it stands in the file."""

    line: int
    path: str
    reason: str
    written: str


class UploadForm(forms.Form):
    """`problems`: what keeps the file from being read, after `is_valid`; `more`: how many are not listed."""

    upload = forms.FileField(
        label=gettext_lazy("YAML file"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("At most 1 MB."),
    )
    text = forms.CharField(
        label=gettext_lazy("Or the text of the file"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "class": "form-control pasted"}),
    )
    label = forms.CharField(
        label=gettext_lazy("Label"),
        required=False,
        max_length=LABEL_LENGTH,
        validators=[validate_slug],
        help_text=gettext_lazy(
            "Leave it empty to take the label of the file (of a setting profile: its code). "
            "What stands here goes before it."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["upload"].widget.attrs |= {
            "accept": ".yaml,.yml,text/yaml,text/plain",
            "class": "form-control",
        }
        self.fields["label"].widget.attrs["class"] = "form-control"
        self.problems: list[LineProblem] = []
        self.more = 0
        self.definition: ScaleSpec | ProfileSpec | None = None
        self.version: ScaleVersion | None = None

    def clean_upload(self) -> bytes | None:
        upload = self.cleaned_data["upload"]
        if upload is None:
            return None
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(gettext("This file is too large: at most 1 MB."))
        return upload.read()

    def clean(self):
        data = super().clean()
        if "upload" not in data or "text" not in data:
            return data
        field, text = "text", data["text"]
        if data["upload"] is not None:
            field, text = "upload", self._text_of(data["upload"])
        elif not text.strip():
            self.add_error("upload", gettext("Choose a file, or paste its text below."))
            return data
        elif len(text.encode()) > MOST_BYTES:
            self.add_error("text", gettext("This text is too large: at most 1 MB."))
            return data
        if text is not None:
            self._read(text)
        if self.problems:
            count = len(self.problems) + self.more
            self.add_error(
                field,
                ngettext(
                    "There is %(count)s problem in this file. Nothing was loaded.",
                    "There are %(count)s problems in this file. Nothing was loaded.",
                    count,
                )
                % {"count": count},
            )
        return data

    def label_is_taken(self, proposed: str) -> None:
        """Say so beside the label, and fill in a free one where the person wrote none."""
        taken = self.taken_label
        self.add_error(
            "label",
            gettext("The label %(taken)s is taken. %(proposed)s is free.")
            % {"taken": taken, "proposed": proposed},
        )
        if not self.data.get("label"):
            self.data = self.data.copy()
            self.data["label"] = proposed

    @property
    def taken_label(self) -> str:
        """The label of the version, or the code of the profile, that the draft would have."""
        definition = self.definition
        return definition.code if isinstance(definition, ProfileSpec) else definition.label

    def _text_of(self, content: bytes) -> str | None:
        """The file's text, which stands in the box from here on; None, with a problem, for what is no text."""
        encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            before = content[: error.start].decode(encoding, errors="replace")
            line = len(lines_of(before))
            reason = gettext("this is not text in UTF-8; save the file as UTF-8 and upload it again")
            written = lines_of(content.decode(encoding, errors="replace"))[line - 1]
            self.problems = [LineProblem(line, "", reason, _quoted(written))]
            return None
        if "\0" not in text:
            self.data = self.data.copy()
            self.data["text"] = text
        return text

    def _read(self, text: str) -> None:
        kind = kind_of(text)
        if kind is FileKind.FIGURES:
            reason = gettext(
                "this file says which worksheet feeds which item; it is loaded on the server, with load_scale"
            )
            self.problems = [LineProblem(1, "figures_of", reason, _quoted(lines_of(text)[0]))]
            return
        try:
            if kind is FileKind.PROFILE:
                definition = read_profile(text, "", self._misfits)
            else:
                definition = read_scale(text, "", _name_is_free)
        except DefinitionError as error:
            lines = lines_of(text)
            self.more = max(0, len(error.problems) - MOST_PROBLEMS)
            self.problems = [
                LineProblem(
                    problem.line, problem.path, in_words(problem.reason), _quoted(lines[problem.line - 1])
                )
                for problem in error.problems[:MOST_PROBLEMS]
            ]
            return
        own = self.cleaned_data.get("label")
        if own:
            key = "code" if isinstance(definition, ProfileSpec) else "label"
            definition = replace(definition, **{key: own})
        self.definition = definition

    def _misfits(self, profile: ProfileSpec) -> Iterator[Finding]:
        published = ScaleVersion.objects.published().select_related("scale")
        self.version = published.filter(scale__code=profile.scale_code, label=profile.scale_label).first()
        if self.version is None:
            yield (
                ("label",),
                gettext("no published version of the scale “%(scale)s” has this label")
                % {"scale": profile.scale_code},
            )
            return
        yield from misfits(profile, self.version.to_spec())


def _name_is_free(scale: ScaleSpec) -> Iterator[Finding]:
    there = Scale.objects.filter(code=scale.scale_code, versions__isnull=False).first()
    if there is not None and there.name != scale.scale_name:
        yield (
            ("name",),
            gettext("the scale “%(code)s” is here already and is called “%(name)s”")
            % {"code": there.code, "name": there.name},
        )


def free_label(label: str, taken: set[str]) -> str:
    """`2008-uk-2` where `2008-uk` is taken, and so on."""
    stem = re.sub(r"-[0-9]{1,3}$", "", label)
    number = 2
    while (free := f"{stem[: LABEL_LENGTH - 4]}-{number}") in taken:
        number += 1
    return free


def _quoted(line: str) -> str:
    line = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "\N{REPLACEMENT CHARACTER}", line)
    return f"{line[:MOST_QUOTED]}…" if len(line) > MOST_QUOTED else line
