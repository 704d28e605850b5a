"""The form of one item: what a reviewer types, turned into the values of a rating."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from scales.spec import Item, ProfileSpec

NOT_RATED = "none"
OTHER_REASON = "other"


class RatingForm(forms.Form):
    """Everything about one item. `item`, `profile`: what is rated, and where. A draft may be incomplete."""

    score = forms.ChoiceField(label=_("Your score"), required=False, widget=forms.RadioSelect)
    unrated_code = forms.ChoiceField(label=_("Why it is not rated"), required=False)
    unrated_note = forms.CharField(
        label=_("The reason in your words"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    departure_reason = forms.CharField(
        label=_("If you depart from the suggestion: why"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    rationale = forms.CharField(
        label=_("Why this score"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Write what you saw, and which source. No names of people who use the service."),
    )
    evidence = forms.CharField(
        label=_("Evidence"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Interviews, records, documents, what you observed. No names of people who use the service."
        ),
    )
    recommendation = forms.CharField(
        label=_("Recommendation"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, item: Item, profile: ProfileSpec, suggests: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.item = item
        anchors = sorted(item.anchors, key=lambda anchor: -anchor.points)
        self.fields["score"].choices = [
            *((str(anchor.points), anchor.descriptor) for anchor in anchors),
            (NOT_RATED, _("Not rated, with a reason")),
        ]
        self.fields["score"].error_messages["invalid_choice"] = _(
            "“%(value)s” is not a score here: choose a whole number from %(lowest)s to %(highest)s, or Not rated."
        ) % {"value": "%(value)s", "lowest": anchors[-1].points, "highest": anchors[0].points}
        self.fields["unrated_code"].choices = [
            ("", _("Choose a reason")),
            *((reason.code, reason.text) for reason in profile.reasons_for_unrated(item.code)),
            (OTHER_REASON, _("Another reason, in your words")),
        ]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Field("score", template="reviews/_partials/anchor_cards.html"),
            Div("unrated_code", "unrated_note", css_class="unrated"),
            *([Div("departure_reason", css_class="departure")] if suggests else []),
            "rationale",
            "evidence",
            "recommendation",
        )

    @classmethod
    def initial_from(cls, rating) -> dict:
        """What the form shows of a rating; `rating` None where nothing has been typed yet."""
        if rating is None:
            return {"revision": 0}
        score = NOT_RATED if rating.not_rated else rating.score
        return {
            "score": "" if score is None else str(score),
            "unrated_code": rating.unrated_code
            or (OTHER_REASON if rating.not_rated and rating.unrated_note else ""),
            "unrated_note": rating.unrated_note,
            "departure_reason": rating.departure_reason,
            "rationale": rating.rationale,
            "evidence": rating.evidence,
            "recommendation": rating.recommendation,
            "revision": rating.revision,
        }

    def values(self) -> dict:
        """The fields of a rating. A reason for not rating is dropped where a score is given."""
        data = self.cleaned_data
        chosen = data["score"]
        not_rated = chosen == NOT_RATED
        code = data["unrated_code"] if not_rated and data["unrated_code"] != OTHER_REASON else ""
        values = {
            "score": int(chosen) if chosen and not not_rated else None,
            "not_rated": not_rated,
            "unrated_code": code,
            "unrated_note": data["unrated_note"] if not_rated else "",
            "rationale": data["rationale"],
            "evidence": data["evidence"],
            "recommendation": data["recommendation"],
        }
        if "departure_reason" in self.data or "departure_reason" in self.initial:
            values["departure_reason"] = data["departure_reason"]
        return values
