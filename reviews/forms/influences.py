"""The forms of a barrier or facilitator, and of a local adaptation."""

from dataclasses import asdict, dataclass

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reviews.actions.influences import AdaptationTyped, InfluenceTyped
from reviews.influences import words
from reviews.influences.cfir import CONSTRUCTS, DOMAIN_OF, DOMAINS
from reviews.models import Adaptation, Influence
from scales.spec import ScaleSpec

CHOICES = "reviews/_partials/note_choices.html"
TEXT = "reviews/_partials/note_text.html"
NO_SCORES = _(
    "The whole team reads this from the start: write what was said or seen, not what you would score. No client is "
    "named."
)
PLANNED, CAME_ABOUT = "planned", "came-about"


@dataclass(frozen=True)
class Choice:
    """A construct as it is picked: its radio, the plain words, and the framework's own name beside them."""

    radio: BoundWidget
    plain: str
    title: str


@dataclass(frozen=True)
class ChoicesOfDomain:
    """`is_open`: it holds what is chosen, or the page was opened for it."""

    title: str
    plain: str
    choices: tuple[Choice, ...]
    is_open: bool


class RecordForm(forms.Form):
    """What both have: the item it bears on, and the revision that the page showed."""

    item = forms.ChoiceField(label=_("Item it bears on"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, spec: ScaleSpec, **kwargs):
        super().__init__(*args, **kwargs)
        items = [
            (section.title, [(item.code, f"{item.number} {item.short_title}") for item in section.items])
            for section in spec.sections
        ]
        self.fields["item"].choices = [("", gettext("The whole site")), *items]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    @classmethod
    def initial_of(cls, record) -> dict:
        """What the form shows of a record that is kept."""
        raise NotImplementedError

    def typed(self):
        """What was typed, as the action takes it."""
        raise NotImplementedError


class InfluenceForm(RecordForm):
    """`domain`: code of the domain that the page was opened for, "" where none."""

    kind = forms.ChoiceField(
        label=_("Barrier or facilitator"),
        choices=[
            (Influence.Kind.BARRIER, _("Barrier: it gets in the way")),
            (Influence.Kind.FACILITATOR, _("Facilitator: it helps")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    construct = forms.ChoiceField(
        label=_("What it is about"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is about: open one of the five parts.")},
    )
    text = forms.CharField(
        label=_("What helps or hinders, and how"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=NO_SCORES,
        error_messages={"required": _("Write what helps or hinders.")},
    )

    field_order = ["kind", "construct", "text", "item", "revision"]

    def __init__(self, *args, domain: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.domain = domain
        self.fields["construct"].choices = [
            (code, words.construct_in_plain_words(code)) for code in CONSTRUCTS
        ]
        self.helper.layout = Layout(
            Field("kind", template=CHOICES),
            Field("construct", template="reviews/_influences/picker.html"),
            Field("text", template=TEXT),
            Div("item", css_class="record-item"),
            "revision",
        )

    @cached_property
    def domains(self) -> list[ChoicesOfDomain]:
        """The radios under the title of their domain."""
        radios = iter(self["construct"])
        chosen = DOMAIN_OF.get(str(self["construct"].value() or ""))
        return [
            ChoicesOfDomain(
                title=words.domain_title(domain.code),
                plain=words.domain_in_plain_words(domain.code),
                choices=tuple(
                    Choice(
                        next(radios),
                        words.construct_in_plain_words(construct.code),
                        words.construct_title(construct.code),
                    )
                    for construct in domain.constructs
                ),
                is_open=domain is chosen or (chosen is None and domain.code == self.domain),
            )
            for domain in DOMAINS
        ]

    @classmethod
    def initial_of(cls, record: Influence) -> dict:
        typed = asdict(InfluenceTyped.of(record))
        return typed | {"item": typed["item_code"], "revision": record.revision}

    def typed(self) -> InfluenceTyped:
        data = self.cleaned_data
        return InfluenceTyped(
            kind=data["kind"], construct=data["construct"], text=data["text"], item_code=data["item"]
        )


class AdaptationForm(RecordForm):
    what = forms.CharField(
        label=_("What is done differently here"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "An adaptation changes no score: the item is scored as it stands, by the standard anchors. This says what "
            "is done differently, and why, so that a reader understands the score."
        ),
        error_messages={"required": _("Write what is done differently.")},
    )
    why = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=NO_SCORES,
        error_messages={"required": _("Write why it is done differently.")},
    )
    planned = forms.ChoiceField(
        label=_("Planned or not"),
        choices=[
            (PLANNED, _("Yes, decided beforehand")),
            (CAME_ABOUT, _("No, it came about in the work")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    core_kept = forms.ChoiceField(
        label=_("Core of IPS kept"),
        choices=Adaptation.CoreKept,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three.")},
    )
    decided_by = forms.CharField(
        label=_("Who decided (optional)"),
        max_length=120,
        required=False,
        help_text=_("A role or a group, such as “the steering group”."),
    )
    since = forms.CharField(
        label=_("Since when (optional)"),
        max_length=60,
        required=False,
        help_text=_("As exact as is known: “spring 2025”."),
    )

    field_order = ["what", "why", "planned", "core_kept", "decided_by", "since", "item", "revision"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            Field("what", template=TEXT),
            Field("why", template=TEXT),
            Field("planned", template=CHOICES),
            Field("core_kept", template=CHOICES),
            Div("decided_by", "since", css_class="pair-of-fields"),
            Div("item", css_class="record-item"),
            "revision",
        )

    @classmethod
    def initial_of(cls, record: Adaptation) -> dict:
        typed = asdict(AdaptationTyped.of(record))
        planned = PLANNED if record.planned else CAME_ABOUT
        return typed | {"planned": planned, "item": typed["item_code"], "revision": record.revision}

    def typed(self) -> AdaptationTyped:
        data = self.cleaned_data
        return AdaptationTyped(
            what=data["what"],
            why=data["why"],
            planned=data["planned"] == PLANNED,
            core_kept=data["core_kept"],
            decided_by=data["decided_by"],
            since=data["since"],
            item_code=data["item"],
        )
