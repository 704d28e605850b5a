"""Forms by which a lead corrects an issued report, and withdraws an edition of it."""

from collections.abc import Iterator, Mapping

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import ConfirmedForm
from reviews.forms.targets import trouble_with_target
from reviews.models import ConsensusRating, CorrectedItem
from reviews.models.frozen_consensus import CORRECTABLE
from scales.spec import Item, ProfileSpec, ScaleSpec

NOT_RATED, OTHER_REASON = "none", "other"
LONGEST_REASON = 1000
NO_NAMES = _("No names of people who use the service.")


def plain_helper() -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


def _words(label, rows: int) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}))


class CorrectItemForm(forms.Form):
    """The rating of one item as the corrected report will have it. `agreed`: as it was issued."""

    score = forms.ChoiceField(
        label=_("Score"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a score, or that the item is not rated.")},
    )
    unrated_code = forms.ChoiceField(label=_("Why it is not rated"), required=False)
    unrated_note = _words(_("The reason in your words"), 2)
    departure_reason = _words(_("Why the score departs from the suggestion"), 2)
    rationale = _words(_("Why this score"), 4)
    evidence = _words(_("Evidence"), 4)
    recommendation = _words(_("Recommendation"), 3)
    strength = forms.CharField(label=_("Strength, in one sentence"), required=False, max_length=200)
    action = forms.CharField(
        label=_("What to do next, in one sentence"),
        max_length=200,
        error_messages={"required": _("Say in one sentence what to do.")},
    )
    target = forms.TypedChoiceField(label=_("Target score"), required=False, coerce=int, empty_value=None)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        *args,
        agreed: ConsensusRating,
        row: CorrectedItem | None,
        item: Item,
        profile: ProfileSpec,
        spec: ScaleSpec,
        **kwargs,
    ):
        self.agreed, self.item, self.spec = agreed, item, spec
        kwargs["initial"] = _shown(row or agreed) | {"revision": row.revision if row else 0}
        super().__init__(*args, **kwargs)
        anchors = sorted(item.anchors, key=lambda anchor: -anchor.points)
        self.fields["score"].choices = [
            *((str(anchor.points), f"{anchor.points}  {anchor.descriptor}") for anchor in anchors),
            (NOT_RATED, _("Not rated, with a reason")),
        ]
        reasons = [(reason.code, reason.text) for reason in profile.reasons_for_unrated(item.code)]
        self.fields["unrated_code"].choices = [
            ("", _("Choose a reason")),
            *reasons,
            (OTHER_REASON, _("Another reason, in your words")),
        ]
        points = range(spec.minimum, spec.maximum + 1)
        self.fields["target"].choices = [("", _("No target")), *((one, str(one)) for one in points)]
        if agreed.suggested is None:
            del self.fields["departure_reason"]
        if agreed.priority is None:
            del self.fields["action"], self.fields["target"]

    def with_issued(self) -> Iterator[tuple[forms.BoundField, str]]:
        """Each field but the score and what is hidden, with what was issued in it."""
        issued = _shown(self.agreed)
        for field in self.visible_fields():
            if field.name != "score":
                value = issued[field.name]
                choices = dict(getattr(field.field, "choices", ()))
                yield field, str(choices.get(value, value)) if value not in ("", None) else ""

    def issued_score(self) -> str:
        return dict(self.fields["score"].choices).get(_shown(self.agreed)["score"], "")

    def clean(self):
        data = super().clean()
        chosen = data.get("score")
        if chosen == NOT_RATED:
            if not data.get("unrated_code"):
                self.add_error("unrated_code", _("Say why the item is not rated."))
            elif data["unrated_code"] == OTHER_REASON and not data.get("unrated_note"):
                self.add_error("unrated_note", _("Write the reason in your words."))
        elif chosen:
            self._check_words_of(int(chosen), data)
        return data

    def _check_words_of(self, score: int, data: dict) -> None:
        suggested = self.agreed.suggested
        if suggested is not None and score != suggested and not data.get("departure_reason"):
            text = _("The facts suggest %(score)s: say why the score departs from it.") % {"score": suggested}
            self.add_error("departure_reason", text)
        if data.get("target") is not None:
            trouble = trouble_with_target(target=data["target"], score=score, spec=self.spec)
            if trouble:
                self.add_error("target", trouble)

    def values(self) -> dict:
        """The fields of an agreed rating; a reason for not rating is dropped where a score is given."""
        data = self.cleaned_data
        not_rated = data["score"] == NOT_RATED
        code = data["unrated_code"] if not_rated and data["unrated_code"] != OTHER_REASON else ""
        return {name: _one_kind_of_break(data[name]) for name in CORRECTABLE if name in data} | {
            "score": None if not_rated else int(data["score"]),
            "not_rated": not_rated,
            "unrated_code": code,
            "unrated_note": data["unrated_note"] if not_rated else "",
        }


def _shown(rating: ConsensusRating | CorrectedItem) -> dict:
    code = rating.unrated_code or (OTHER_REASON if rating.unrated_note else "")
    return {name: getattr(rating, name) for name in CORRECTABLE if name != "not_rated"} | {
        "score": NOT_RATED if rating.not_rated else str(rating.score),
        "unrated_code": code,
    }


def _one_kind_of_break(value):
    """Browsers send line ends as two characters; what is compared is what is stored."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _number(label) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=999)


class CorrectPage1Form(forms.Form):
    """The summary, and how the review was done. `was`: mark of what the page showed. `issued`: by field, as it was."""

    summary = _words(_("Summary"), 5)
    interviews = _number(_("Interviews"))
    observations = _number(_("Observations"))
    records = _number(_("Records read"))
    not_seen = _words(_("What was not seen"), 3)
    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, issued: Mapping[str, str | int | None], **kwargs):
        super().__init__(*args, **kwargs)
        self.issued = issued
        self.helper = plain_helper()
        counts = Div("interviews", "observations", "records", css_class="three-fields")
        self.helper.layout = Layout("summary", counts, "not_seen", "was")

    def as_issued(self) -> Iterator[tuple[str, str]]:
        """Label and words of what was said."""
        for name, value in self.issued.items():
            if value not in ("", None):
                yield self.fields[name].label, str(value)

    def values(self) -> dict[str, str | int | None]:
        return {name: _one_kind_of_break(self.cleaned_data[name]) for name in self.issued}


class IssueCorrectionForm(ConfirmedForm):
    reason = forms.CharField(
        label=_("Why the report is corrected"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Printed in the report above the list of changes. No names of people who use the service."
        ),
        error_messages={"required": _("Say why the report is corrected.")},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = plain_helper()


class WithdrawForm(ConfirmedForm):
    reason = forms.CharField(
        label=_("Why the edition is withdrawn"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everyone who opens the edition reads it. No names of people who use the service."),
        error_messages={"required": _("Say why the edition is withdrawn.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = plain_helper()
