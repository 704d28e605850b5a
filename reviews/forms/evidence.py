"""The form of an evidence note, and the one that looks for notes."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.actions.evidence import NoteText
from reviews.models import EvidenceNote, Mode, Review, Source
from scales.spec import ScaleSpec

ON_SITE, REMOTE = "on-site", "remote"
CHOICES = "reviews/_partials/note_choices.html"


def _item_choices(spec: ScaleSpec) -> list[tuple[str, str]]:
    return [(item.code, f"{item.number} {item.short_title}") for item in spec.items]


class EvidenceNoteForm(forms.Form):
    source = forms.ChoiceField(
        label=_("Source"),
        choices=Source,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where this comes from.")},
    )
    who_or_what = forms.CharField(
        label=_("Who or what"),
        max_length=120,
        widget=forms.TextInput(attrs={"list": "suggested-sources", "autocomplete": "off"}),
        help_text=_(
            "A role, meeting, document or record number: “employment specialist 2”, “record 7”. Number people of the "
            "same role, so that two sources are told apart. Never a client's name."
        ),
        error_messages={"required": _("Say who or what it was: a role, meeting, document or record number.")},
    )
    how = forms.ChoiceField(
        label=_("How"),
        choices=[(ON_SITE, _("On site")), (REMOTE, _("By video or phone"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )
    text = forms.CharField(
        label=_("What was said, seen or read"),
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_(
            "No client is named. Your score stays yours: write what was said or seen, not what you would give."
        ),
        error_messages={"required": _("Write what was said, seen or read.")},
    )
    items = forms.MultipleChoiceField(
        label=_("Items it bears on"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose the items that this bears on; one is enough.")},
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, spec: ScaleSpec, **kwargs):
        super().__init__(*args, **kwargs)
        self.spec = spec
        self.fields["items"].choices = _item_choices(spec)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Field("source", template=CHOICES),
            Div("who_or_what", Field("how", template=CHOICES), css_class="who-and-how"),
            Field("text", template="reviews/_partials/note_text.html"),
            "revision",
        )

    @property
    def item_sections(self) -> list[tuple[str, list]]:
        """The boxes of the items under the title of their section."""
        boxes = iter(self["items"])
        return [(section.title, [next(boxes) for _item in section.items]) for section in self.spec.sections]

    @classmethod
    def initial_of(cls, note: EvidenceNote) -> dict:
        return cls.initial_like(note) | {
            "text": note.text,
            "items": [item.code for item in note.items.all()],
            "revision": note.revision,
        }

    @classmethod
    def initial_like(cls, note: EvidenceNote) -> dict:
        """A new note from the same source."""
        return {
            "source": note.source,
            "who_or_what": note.who_or_what,
            "how": REMOTE if note.remote else ON_SITE,
            "revision": 0,
        }

    @classmethod
    def initial_for(cls, review: Review, item_code: str) -> dict:
        return {
            "how": REMOTE if review.mode == Mode.REMOTE else ON_SITE,
            "items": [item_code] if item_code else [],
            "revision": 0,
        }

    def note(self) -> NoteText:
        data = self.cleaned_data
        return NoteText(
            source=data["source"],
            who_or_what=data["who_or_what"],
            remote=data["how"] == REMOTE,
            text=data["text"],
            item_codes=frozenset(data["items"]),
        )


class FindNotesForm(forms.Form):
    """What to look for, and how the notes are grouped; an address with anything else shows all."""

    BY_SOURCE, BY_ITEM = "source", "item"

    item = forms.ChoiceField(label=_("Item"), required=False)
    source = forms.ChoiceField(
        label=_("Source"), required=False, choices=[("", _("All sources")), *Source.choices]
    )
    words = forms.CharField(
        label=_("Words"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    group = forms.ChoiceField(
        label=_("In the order of"),
        required=False,
        choices=[(BY_SOURCE, _("sources")), (BY_ITEM, _("items"))],
    )

    def __init__(self, *args, spec: ScaleSpec, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [("", _("All items")), *_item_choices(spec)]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(Div("item", "source", "words", "group", css_class="find-notes"))

    def wanted(self) -> dict[str, str]:
        """`item`, `source` and `words`, each "" where nothing or something unknown is asked."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in ("item", "source", "words")}

    @property
    def is_by_item(self) -> bool:
        self.is_valid()
        return self.cleaned_data.get("group") == self.BY_ITEM
