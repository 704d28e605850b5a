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


class AnswerForm(forms.Form):
    """The answer to one item's reply, and a new score where it changes. `revision`: of the answer as it was shown."""

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
        self.row, self.agreed = row, agreed
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
        if data.get("score") is not None and not data.get("reason"):
            self.add_error("reason", _("Say why the score changes."))
        if not data.get("answer"):
            self.add_error("answer", _("Answer what the service said, if only in a word."))
        return data

    def given(self) -> Answer:
        data = self.cleaned_data
        return Answer(data["answer"], data.get("score"), data.get("reason", ""))


class WholeAnswerForm(forms.Form):
    answer = _words(_("Your answer"), 3)
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, data=None, *, reply: ServiceReply):
        super().__init__(data, prefix=WHOLE, initial={"answer": reply.answer, "revision": reply.revision})

    def clean_answer(self):
        if not self.cleaned_data["answer"]:
            raise forms.ValidationError(_("Answer what the service said, if only in a word."))
        return self.cleaned_data["answer"]
