"""The signs and parts in place, item by item: boxes and notes, as on the item's own page."""

from collections.abc import Collection
from enum import StrEnum

from reviews.forms.facts import FactsForm
from reviews.models import ItemFacts
from scales.spec import Item


class State(StrEnum):
    """How an item stands after a save."""

    UNTOUCHED = "untouched"
    SAVED = "saved"
    UNREADABLE = "unreadable"
    CHANGED = "changed by someone else"


class ComponentsForm(FactsForm):
    """What is in place of one item; its other facts stay as they are.

    `stored`: the facts as the team has them, None where there are none. `given`: as for `FactsForm`.
    """

    def __init__(self, data=None, *, item: Item, stored: ItemFacts | None, given: Collection[str] = ()):
        self.stored, self.state = stored, State.UNTOUCHED
        is_sent = data is not None and f"{item.code}-facts_revision" in data
        super().__init__(
            data if is_sent else None,
            item=item,
            entries=stored.entries if stored else {},
            revision=stored.revision if stored else 0,
            given=given,
            prefix=item.code,
        )
        # Its own hidden field for the revision stands in the page; boxes belong to the page's one form.
        del self.helper.layout[0]
        for field in self.fields.values():
            field.widget.attrs["form"] = "worksheet"

    def _fields(self, initial: dict, entries: dict) -> tuple[dict, list]:
        fields, layout = {}, []
        if not self._is_given("present"):
            self._add_components(fields, layout, initial, entries)
        return fields, layout

    def asked_conditions(self) -> list:
        """Questions are asked on the item's own page."""
        return []

    @property
    def is_asked(self) -> bool:
        return "present" in self.fields

    def entries(self) -> dict:
        """What to keep: boxes and notes as they are now, everything else as it was."""
        others = {name: value for name, value in self.before.items() if name not in ("present", "notes")}
        return others | self._asked_entries()

    @property
    def is_unsaved(self) -> bool:
        return self.state in (State.UNREADABLE, State.CHANGED)

    @property
    def shown_revision(self) -> int:
        """What the page goes on from: the stored one, unless what was typed is not saved."""
        if self.is_unsaved:
            return self.cleaned_data.get("facts_revision", 0)
        return self.stored.revision if self.stored else 0

    @property
    def theirs(self) -> list[tuple[str, bool, str]]:
        """Each component with what a colleague saved: whether in place, and the note."""
        entries = self.stored.entries if self.stored else {}
        present, notes = entries.get("present") or [], entries.get("notes", {})
        return [
            (component.text, component.code in present, notes.get(component.code, ""))
            for component in self.item.components
        ]
