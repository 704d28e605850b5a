"""Page 1 of the report: a summary, what is strong, and what to do next."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Layout
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from reviews.actions.drafting import Draft, NextStep
from reviews.evidence.counts import interviews_observations_records
from reviews.forms.targets import trouble_with_target
from reviews.models import ConsensusRating, Review
from reviews.visit.agenda import left_undone
from scales.spec import ScaleSpec

MOST_STRENGTHS = 5
MOST_STEPS = 4
COUNTS = ("interviews", "observations", "records")
OF_THE_REVIEW = ("summary", *COUNTS, "not_seen")
WHERE_FROM = '<p id="counted-from" class="form-text">{}</p>'
COUNTED_FROM = _(
    "The numbers filled in here come from the evidence notes, the agenda and the list of records read. "
    "They are saved with the page: change them where they are wrong."
)

LEFT_UNDONE = '<p id="left-undone" class="form-text">{} {}</p>'
AGENDA_LEFT = _("Not ticked off on the agenda:")


def _count(label) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=999)


def _helper(*layout) -> FormHelper:
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*layout)
    return helper


class DraftForm(forms.Form):
    summary = forms.CharField(
        label=_("Summary"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Two or three sentences, strengths first. The figures are added for you."),
    )
    interviews, observations, records = (
        _count(_("Interviews")),
        _count(_("Observations")),
        _count(_("Records read")),
    )
    not_seen = forms.CharField(
        label=_("What was not seen"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Meetings, people or records that the visit missed, and why. The report says it with the method."
        ),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, counted: frozenset[str] = frozenset(), undone: str = "", **kwargs):
        """`counted`: names of the fields whose number was taken from the visit's own pages. `undone`: of the agenda."""
        super().__init__(*args, **kwargs)
        counts = Div("interviews", "observations", "records", css_class="three-fields")
        for name in counted:
            self.fields[name].widget.attrs["aria-describedby"] = "counted-from"
        where_from = [HTML(format_html(WHERE_FROM, COUNTED_FROM))] if counted else []
        left = [HTML(format_html(LEFT_UNDONE, AGENDA_LEFT, undone))] if undone else []
        if undone:
            self.fields["not_seen"].widget.attrs["aria-describedby"] = "id_not_seen_helptext left-undone"
        self.helper = _helper("summary", counts, *where_from, "not_seen", *left, "revision")


class ItemRowForm(forms.Form):
    """A row about one item, chosen from the score sheet."""

    item = forms.ChoiceField(label=_("Item"), required=False)

    def __init__(self, *args, items: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", _("No item")), *items]

    def need_both(self, name: str, message) -> dict:
        """An item without words, or words without an item, is half a row."""
        data = self.cleaned_data
        if data.get("item") and not data.get(name):
            self.add_error(name, message)
        if data.get(name) and not data.get("item"):
            self.add_error("item", _("Choose the item that this is about."))
        return data


class StrengthForm(ItemRowForm):
    text = forms.CharField(label=_("What is strong, in one sentence"), required=False, max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = _helper(Div("item", "text", css_class="draft-row"))

    def clean(self):
        super().clean()
        return self.need_both("text", _("Say in one sentence what is strong."))


class NextStepForm(ItemRowForm):
    action = forms.CharField(label=_("What to do next, in one sentence"), required=False, max_length=200)
    target = forms.ChoiceField(label=_("Target score"), required=False)

    def __init__(self, *args, scores: dict[str, int | None], spec: ScaleSpec, **kwargs):
        super().__init__(*args, **kwargs)
        self.scores, self.spec = scores, spec
        points = range(spec.minimum, spec.maximum + 1)
        self.fields["target"].choices = [("", _("None")), *((str(point), point) for point in points)]
        self.helper = _helper(Div("item", "action", "target", css_class="draft-row with-target"))

    def clean(self):
        super().clean()
        data = self.need_both("action", _("Say in one sentence what to do."))
        score = self.scores.get(data.get("item"))
        target = data.get("target")
        if target and not data.get("item") and not data.get("action"):
            self.add_error("item", _("Choose the item that this is about."))
            self.add_error("action", _("Say in one sentence what to do."))
        if target and score is not None:
            trouble = trouble_with_target(target=int(target), score=score, spec=self.spec)
            if trouble:
                self.add_error("target", trouble)
        return data


class BaseRows(forms.BaseFormSet):
    def clean(self):
        if any(self.errors):
            return
        chosen = [form.cleaned_data["item"] for form in self.forms if form.cleaned_data.get("item")]
        if len(set(chosen)) < len(chosen):
            raise forms.ValidationError(_("An item is named twice."))

    def filled(self) -> list[dict]:
        """The rows that are whole."""
        return [form.cleaned_data for form in self.forms if not form.errors and form.cleaned_data.get("item")]

    @property
    def lacks_only_halves(self) -> bool:
        """Whether at most single rows are wrong, as they are while they are being typed."""
        return self.management_form.is_valid() and not self.non_form_errors()


class DraftForms:
    """The three parts of the page, read and written together."""

    def __init__(self, review: Review, data=None):
        spec = review.version.to_spec()
        agreed = {row.item.code: row for row in review.consensus.select_related("item")}
        choices = [
            (item.code, f"{item.number} {item.short_title}: {_score(agreed.get(item.code))}")
            for item in spec.items
        ]
        counted, undone = _counted(review), "; ".join(left_undone(review))
        self.form = DraftForm(
            data,
            initial={name: getattr(review, name) for name in (*OF_THE_REVIEW, "revision")} | counted,
            counted=frozenset(counted),
            undone=undone,
        )
        strong = [row for row in agreed.values() if row.strength]
        self.strengths = forms.formset_factory(
            StrengthForm, formset=BaseRows, extra=max(1, MOST_STRENGTHS - len(strong))
        )(
            data,
            prefix="strengths",
            initial=[{"item": row.item.code, "text": row.strength} for row in strong],
            form_kwargs={"items": choices},
        )
        first = sorted((row for row in agreed.values() if row.priority), key=lambda row: row.priority)
        self.steps = forms.formset_factory(
            NextStepForm, formset=BaseRows, extra=max(1, MOST_STEPS - len(first))
        )(
            data,
            prefix="steps",
            initial=[{"item": row.item.code, "action": row.action, "target": row.target} for row in first],
            form_kwargs={
                "items": choices,
                "scores": {code: row.score for code, row in agreed.items()},
                "spec": spec,
            },
        )

    @property
    def formsets(self) -> tuple:
        return self.strengths, self.steps

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.strengths.is_valid(), self.steps.is_valid()])

    def can_be_kept(self) -> bool:
        """Whether what is whole can be saved while rows are still being typed."""
        return self.form.is_valid() and all(rows.lacks_only_halves for rows in self.formsets)

    def draft(self) -> Draft:
        data = self.form.cleaned_data
        return Draft(
            summary=data["summary"],
            interviews=data["interviews"],
            observations=data["observations"],
            records=data["records"],
            not_seen=data["not_seen"].strip(),
            strengths={row["item"]: row["text"] for row in self.strengths.filled()},
            next_steps=tuple(
                NextStep(row["item"], row["action"], int(row["target"]) if row["target"] else None)
                for row in self.steps.filled()
            ),
        )


def _counted(review: Review) -> dict[str, int]:
    """For each count that is not said yet, what the visit's own pages come to."""
    if None not in (review.interviews, review.observations, review.records):
        return {}
    counts = interviews_observations_records(review)
    return {
        name: number
        for name in COUNTS
        if getattr(review, name) is None and (number := getattr(counts, name)) is not None
    }


def _score(row: ConsensusRating | None) -> str:
    return "–" if row is None or row.score is None else str(row.score)
