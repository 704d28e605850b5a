"""The components of an item: what is either in place or not, and counted for the score."""

from django.utils.translation import gettext_lazy as _

from scales.forms.keyed_rows import KeyedRow, KeyedRows, Passage
from scales.forms.rows import CodeField
from scales.spec import Component


class ComponentRow(KeyedRow):
    text = Passage(label=_("What is to be in place"))
    code = CodeField(label=_("Code"), required=False)

    content = ("text", "code")
    names_itself_by = "text"

    def check(self, data) -> None:
        self.ask_for("text", _("Say what is to be in place, or tick Remove."))


class ComponentRows(KeyedRows):
    row_form = ComponentRow
    prefix = "components"
    letter = "c"

    def initial_of(self, row: Component, keys) -> dict:
        return {"text": row.text}

    def is_valid(self) -> bool:
        if super().is_valid():
            self.refuse_twins(_("Another component of this item has this code."))
        return super().is_valid()

    def value(self, codes: dict[str, str]) -> tuple[Component, ...]:
        """`codes`: key to the code that each row shall have."""
        return tuple(Component(codes[key], row.words("text")) for key, row in self.by_key().items())
