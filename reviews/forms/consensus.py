"""Agree one item: what was typed, and what the page showed before, turned into the values of an agreed rating."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.actions.consensus import MATTERS
from reviews.consensus.table import Row
from reviews.forms.rating import NOT_RATED, OTHER_REASON
from reviews.forms.targets import trouble_with_target
from scales.spec import Item, ProfileSpec, ScaleSpec

# The fields of the form, by the matter they belong to.
FIELDS = {
    "score": ("score", "unrated_code", "unrated_note"),
    **{matter: names for matter, names in MATTERS.items() if matter != "score"},
}
WAS, THEIRS = "was_", "theirs_"
MINE_HOLDS, THEIRS_HOLD = "mine", "theirs"
MOST_PLACES = 6


def shown(row: Row) -> dict[str, str]:
    """Field to what the page shows of an item: as stored, or as drafted before the first save."""
    agreed = row.agreed
    for_none = (
        {"unrated_code": agreed.unrated_code, "unrated_note": agreed.unrated_note}
        if agreed.not_rated
        else row.drafted_reason_for_none
    )
    if for_none["unrated_note"] and not for_none["unrated_code"]:
        for_none = for_none | {"unrated_code": OTHER_REASON}
    return {
        "score": NOT_RATED if agreed.not_rated else _text(agreed.score),
        **for_none,
        "reason": agreed.reason,
        "departure_reason": agreed.departure_reason,
        "rationale": agreed.rationale,
        "evidence": agreed.evidence,
        "recommendation": agreed.recommendation,
        "strength": agreed.strength,
        "priority": _text(agreed.priority),
        "action": agreed.action,
        "target": _text(agreed.target),
    }


def unrated_reasons(profile: ProfileSpec, item: Item) -> list[tuple[str, str]]:
    return [
        ("", _("Choose a reason")),
        *((reason.code, reason.text) for reason in profile.reasons_for_unrated(item.code)),
        (OTHER_REASON, _("Another reason, in your words")),
    ]


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


def _words(**kwargs) -> forms.CharField:
    return forms.CharField(required=False, **kwargs)


class AgreeForm(forms.Form):
    """One item, as the team agrees it; every part may be left for later.

    Beside each field the page sends `was_` and its name: what it showed when it was loaded or last refreshed. A button
    `settle` closes a conflict: `mine:<matter>` writes over what the page told of the other's, `theirs:<matter>` drops
    one's own.
    """

    score = forms.ChoiceField(label=_("Agreed score"), required=False)
    unrated_code = forms.ChoiceField(label=_("Why it is not rated"), required=False)
    unrated_note = _words(label=_("The reason in your words"))
    reason = _words(label=_("Reason for the agreed score"))
    departure_reason = _words(label=_("Why you depart from the suggestion"))
    rationale = _words(label=_("Why this score"))
    evidence = _words(label=_("Evidence"))
    recommendation = _words(label=_("Recommendation"))
    strength = _words(label=_("Strength, in one sentence for page 1"), max_length=200)
    action = _words(label=_("What to do next, in one sentence"), max_length=200)
    target = forms.ChoiceField(label=_("Target score"), required=False)
    priority = forms.ChoiceField(label=_("Place among what to do next"), required=False)
    revision = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, data, *, item: Item, spec: ScaleSpec, profile: ProfileSpec):
        lined = {name: value.replace("\r\n", "\n") for name, value in data.items()}
        super().__init__(lined)
        self.item, self.spec = item, spec
        points = [(str(point), str(point)) for point in range(spec.minimum, spec.maximum + 1)]
        self.fields["score"].choices = [*points, (NOT_RATED, _("n/r"))]
        self.fields["unrated_code"].choices = unrated_reasons(profile, item)
        self.fields["target"].choices = points
        self.fields["priority"].choices = [(str(place), str(place)) for place in range(1, MOST_PLACES + 1)]

    def clean(self):
        data = super().clean()
        if data.get("priority") and "action" in data and not data["action"]:
            self.add_error("action", _("Say in one sentence what to do."))
        score, target = data.get("score"), data.get("target")
        if target and score not in ("", NOT_RATED, None):
            trouble = trouble_with_target(target=int(target), score=int(score), spec=self.spec)
            if trouble:
                self.add_error("target", trouble)
        return data

    def typed_matters(self) -> list[str]:
        """The matters that the page sent whole, and without an error."""
        dropped = self._settled(THEIRS_HOLD)
        return [
            matter
            for matter, names in FIELDS.items()
            if matter not in dropped and all(name in self.data and name not in self.errors for name in names)
        ]

    def values(self) -> dict:
        """What was typed, as fields of an agreed rating."""
        return {
            name: value
            for matter in self.typed_matters()
            for name, value in _fields_of(matter, self.cleaned_data).items()
        }

    def was(self) -> dict:
        """What the page showed of the same fields, for the check against what others wrote meanwhile."""
        told = self._settled(MINE_HOLDS)
        was = {}
        for matter in self.typed_matters():
            before = THEIRS if matter in told else WAS
            was |= _fields_of(
                matter, {name: self.data.get(f"{before}{name}", "").strip() for name in FIELDS[matter]}
            )
        return was

    def sent(self, matter: str) -> dict[str, str]:
        """What was typed in a matter, as the page sent it."""
        return {name: self.data.get(name, "") for name in FIELDS[matter]}

    def sent_was(self, matter: str) -> dict[str, str]:
        return {name: self.data.get(f"{WAS}{name}", "") for name in FIELDS[matter]}

    def errors_in(self, matter: str) -> list[str]:
        return [error for name in FIELDS[matter] for error in self.errors.get(name, ())]

    def _settled(self, which: str) -> set[str]:
        holds, _, matter = self.data.get("settle", "").partition(":")
        return {matter} if holds == which else set()


def _fields_of(matter: str, data: dict[str, str]) -> dict:
    """The fields of an agreed rating from one matter of the form. With a score, a reason for none is dropped."""
    if matter == "score":
        not_rated = data["score"] == NOT_RATED
        code = data["unrated_code"] if not_rated and data["unrated_code"] != OTHER_REASON else ""
        return {
            "score": None if not_rated else _number(data["score"]),
            "not_rated": not_rated,
            "unrated_code": code,
            "unrated_note": data["unrated_note"] if not_rated else "",
        }
    if matter == "priority":
        return {
            "priority": _number(data["priority"]),
            "action": data["action"],
            "target": _number(data["target"]),
        }
    return {matter: data[matter]}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


def revisions_seen(text: str) -> dict[str, int]:
    """What a page says it has: `caseload-size:3 zero-exclusion:1` as item code to revision."""
    pairs = (one.partition(":") for one in text.split())
    return {code: number for code, _colon, digits in pairs if (number := _number(digits)) is not None}


class BackForm(forms.Form):
    """Why consensus is opened again."""

    reason_to_go_back = forms.CharField(
        label=_("Why consensus is opened again"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The timeline of the review keeps it."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
