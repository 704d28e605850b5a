"""What the service types in reply to a draft, and what the lead answers."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.actions.answering import Answer
from reviews.actions.replying import ON_AN_ITEM, Words
from reviews.models import ItemReply, ServiceReply
from scales.spec import ScaleSpec

LONGEST = 8000
WAS = "was_"
WHOLE = "whole"


def field_name(code: str, name: str) -> str:
    """ "caseload-size.text"; of the whole report "whole"."""
    return f"{code}.{name}" if code else WHOLE


def _words(label, rows: int, **kwargs) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=LONGEST, widget=widget, **kwargs)


class ReplyForm(forms.Form):
    """Beside each field the page sends `was_` and its name: what it showed when it was loaded or last saved."""

    def __init__(self, data=None, *, reply: ServiceReply, spec: ScaleSpec):
        self.spec = spec
        super().__init__(data, initial=shown(reply))
        self.fields[WHOLE] = _words(_("On the whole report"), 4)
        for item in spec.items:
            self.fields[field_name(item.code, "text")] = _words(_("What you say to this item"), 3)
            self.fields[field_name(item.code, "evidence")] = _words(_("Evidence that you add"), 3)

    def words(self) -> Words:
        """What was typed, in every field that is sound."""
        return self._words_of(self.cleaned_data)

    def was(self) -> Words:
        return self._words_of({name: self.data.get(f"{WAS}{name}", "") for name in self.fields})

    def _words_of(self, values: Mapping[str, str]) -> Words:
        sound = {name: _one_kind_of_break(values[name]) for name in values if name in self.cleaned_data}
        items = {
            item.code: {
                name: sound[field_name(item.code, name)]
                for name in ON_AN_ITEM
                if field_name(item.code, name) in sound
            }
            for item in self.spec.items
        }
        return Words(text=sound.get(WHOLE), items=items)


def shown(reply: ServiceReply) -> dict[str, str]:
    """Field to what is stored."""
    found = {WHOLE: reply.text}
    for row in reply.items.select_related("item"):
        found |= {field_name(row.item.code, name): getattr(row, name) for name in ON_AN_ITEM}
    return found


def _one_kind_of_break(text: str) -> str:
    """Browsers send line ends as two characters; what is compared is what is stored."""
    return text.replace("\r\n", "\n").strip()


class _PartOfAnswers(forms.Form):
    """One of the forms on the page of the answers, which are saved together.

    Beside each field the page sends `was_` and its name: what it showed, so that what nobody touched here is left
    alone. `revision`: of the answer as it was shown. `stored`: the answer that is there.
    """

    stored = ""
    code = ""
    title = ""

    @property
    def was(self) -> list[tuple[str, str]]:
        return [(f"{WAS}{self.add_prefix(name)}", self._was(name)) for name in self._typed_names()]

    @property
    def is_touched(self) -> bool:
        """Whether something else was typed than the page showed."""
        return any(self._is_typed(name) for name in self._typed_names())

    @property
    def is_stale(self) -> bool:
        """Whether someone answered since the page was opened."""
        shown = self.data.get(self.add_prefix("revision"), "")
        return shown.isdecimal() and shown != str(self.initial["revision"])

    def tell_conflict(self, now: "_PartOfAnswers") -> None:
        """Someone answered meanwhile: say what, keep what was typed here, and base the next save on what is there."""
        mine = [name for name in self._typed_names() if self._is_typed(name)]
        self.data = self.data.copy()
        for name in self._typed_names():
            self.data[f"{WAS}{self.add_prefix(name)}"] = now._was(name)
            if name not in mine:
                self.data[self.add_prefix(name)] = now._was(name)
        self.data[self.add_prefix("revision")] = now.get_initial_for_field(now.fields["revision"], "revision")
        self.full_clean()
        said = _(
            "Someone else wrote here meanwhile: “%(text)s”. Yours is in the box; save again to keep yours."
        )
        self.add_error(mine[0] if mine else "answer", said % {"text": now.stored})
        self.stored = now.stored

    def _typed_names(self) -> list[str]:
        return [name for name in self.fields if name != "revision"]

    def _is_typed(self, name: str) -> bool:
        text = self.data.get(self.add_prefix(name))
        return text is not None and _one_kind_of_break(text) != _one_kind_of_break(self._was(name))

    def _was(self, name: str) -> str:
        first = str(self.get_initial_for_field(self.fields[name], name) or "")
        return self.data.get(f"{WAS}{self.add_prefix(name)}", first) if self.is_bound else first


class AnswerForm(_PartOfAnswers):
    """The answer to one item's reply, and a new score where it changes."""

    answer = _words(_("Your answer"), 3)
    score = forms.TypedChoiceField(label=_("New score"), required=False, coerce=int, empty_value=None)
    reason = forms.CharField(
        label=_("Why the score changes"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Printed in the report beside the old and the new score."),
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, data=None, *, row: ItemReply, agreed: int | None, spec: ScaleSpec, may_rescore: bool):
        self.row, self.agreed, self.stored = row, agreed, row.answer
        self.code, self.title = row.item.code, f"{row.item.number} {row.item.short_title}"
        super().__init__(
            data,
            prefix=row.item.code,
            initial={"answer": row.answer, "reason": row.rescore_reason, "revision": row.revision},
        )
        stays = _("Stays as it is: %(score)s") % {"score": "–" if agreed is None else agreed}
        points = [point for point in range(spec.minimum, spec.maximum + 1) if point != agreed]
        self.fields["score"].choices = [("", stays), *((point, str(point)) for point in points)]
        if not may_rescore:
            del self.fields["score"], self.fields["reason"]

    def clean(self):
        data = super().clean()
        score, reason = data.get("score"), data.get("reason")
        if "reason" in self.fields and not reason and (score is not None or self.row.rescored):
            self.add_error("reason", _("Say why the score changes."))
        if reason and "score" in data and score is None and not self.row.rescored:
            self.add_error(
                "score", _("Choose the new score that this is the reason for, or take the reason out.")
            )
        if "answer" in data and not data["answer"]:
            self.add_error("answer", _("Answer what the service said, if only in a word."))
        return data

    def given(self) -> Answer:
        data = self.cleaned_data
        return Answer(data["answer"], data.get("score"), data.get("reason", ""))

    def tell_conflict(self, now: "AnswerForm") -> None:
        self.row, self.agreed = now.row, now.agreed
        if "score" in self.fields:
            self.fields["score"].choices = now.fields["score"].choices
        super().tell_conflict(now)


class WholeAnswerForm(_PartOfAnswers):
    answer = _words(_("Your answer"), 3)
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    title = _("On the whole report")

    def __init__(self, data=None, *, reply: ServiceReply):
        self.stored = reply.answer
        super().__init__(data, prefix=WHOLE, initial={"answer": reply.answer, "revision": reply.revision})

    def clean_answer(self):
        if not self.cleaned_data["answer"]:
            raise forms.ValidationError(_("Answer what the service said, if only in a word."))
        return self.cleaned_data["answer"]
