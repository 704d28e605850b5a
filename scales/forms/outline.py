"""Sections and items as they follow each other: added, named, put in another place or section, removed."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from scales.forms.codes import code_from
from scales.forms.rows import LAST, CodeField, PlacedRowForm, Words, focus_on, move, rows_of, whole
from scales.parts import OutlineItem, OutlineSection
from scales.spec import Item, ScaleSpec

MOST_SECTIONS = 20
MOST_ITEMS = 110
LONGEST_SHORT_TITLE = 40


class OutlineRowForm(PlacedRowForm):
    """A row that the page showed stays until it is ticked for removal, so an empty one is asked for its title."""

    def is_left_out(self) -> bool:
        typed = self.typed()
        return bool(typed["remove"]) if typed["was"] else super().is_left_out()


class SectionForm(OutlineRowForm):
    title = Words(label=gettext_lazy("Title of the section"), required=False, max_length=100)
    code = CodeField(label=gettext_lazy("Code"), required=False)
    remove = forms.BooleanField(label=gettext_lazy("Remove this section"), required=False)

    content = ("title", "code")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _number_as_it_changes(self, "place", "remove")

    def check(self, data) -> None:
        self.ask_for("title", _("Name the section, or tick “Remove this section”."))


class ItemForm(OutlineRowForm):
    """One item. `section`: the position of its section among the forms; `was`: section and place as the page showed."""

    section = forms.ChoiceField(label=gettext_lazy("Section"), required=False)
    title = Words(label=gettext_lazy("Title"), required=False, max_length=200)
    short_title = Words(label=gettext_lazy("Short title"), required=False, max_length=LONGEST_SHORT_TITLE)
    code = CodeField(
        label=gettext_lazy("Code"),
        required=False,
        help_text=gettext_lazy("Reviews on other versions are compared item by item by this code."),
    )
    remove = forms.BooleanField(label=gettext_lazy("Remove this item"), required=False)

    content = ("title", "short_title", "code")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].widget.attrs["class"] = "form-control place"
        _number_as_it_changes(self, "place", "section", "remove")

    def check(self, data) -> None:
        self.ask_for("title", _("Name the item, or tick “Remove this item”."))

    def order(self) -> tuple[int, int]:
        """An item that is moved to another section without a place of its own there comes last in it."""
        typed = self.typed()
        section, _dot, was = str(typed["was"] or "").partition(".")
        place, shown = whole(typed["place"]), whole(was)
        is_elsewhere = section != str(typed["section"] or "")
        if place is None or (is_elsewhere and place == shown):
            return LAST, 0
        if shown is None or is_elsewhere or place < shown:
            return place, -1
        return place, int(place > shown)


@dataclass(frozen=True)
class ShownItem:
    """`position`: among the forms. `number`, `in_section`: what the item will be; None where it goes.

    `stored`: the item as saved, which goes with all it has; None for a new one.
    """

    form: ItemForm
    position: int
    number: int | None
    in_section: int | None
    stored: Item | None

    @property
    def is_open(self) -> bool:
        """Whether its further fields are shown: where they say something other than what is saved."""
        if self.stored is None or self.form.errors:
            return True
        typed = self.form.typed()
        names = ("title", "short_title", "code")
        return bool(typed["remove"]) or any(typed[name] != getattr(self.stored, name) for name in names)

    @property
    def goes_with(self) -> str:
        """What an item that is ticked for removal takes along."""
        if self.stored is None or not self.form.typed()["remove"]:
            return ""
        parts = len(self.stored.anchors), len(self.stored.components), len(self.stored.conditions)
        return _("goes when you save, with %(anchors)s, %(components)s and %(conditions)s") % {
            "anchors": ngettext("%(count)s anchor", "%(count)s anchors", parts[0]) % {"count": parts[0]},
            "components": ngettext("%(count)s component", "%(count)s components", parts[1])
            % {"count": parts[1]},
            "conditions": ngettext("%(count)s question", "%(count)s questions", parts[2])
            % {"count": parts[2]},
        }


@dataclass(frozen=True)
class ShownSection:
    """A section of the page with its items, in order."""

    form: SectionForm
    position: int
    items: tuple[ShownItem, ...]

    @property
    def goes_with(self) -> str:
        stored = sum(line.stored is not None for line in self.items)
        if not stored or not self.form.typed()["remove"]:
            return ""
        text = ngettext(
            "This section goes when you save, and %(count)s item with its anchors goes with it."
            " Move it first to keep it.",
            "This section goes when you save, and %(count)s items with their anchors go with it."
            " Move them first to keep them.",
            stored,
        )
        return text % {"count": stored}


class OutlinePart:
    """The outline of a draft. `scale`: the draft as saved; `typed`: rows of sections and of items instead of it."""

    def __init__(
        self, data=None, *, scale: ScaleSpec, typed: tuple[list, list] | None = None, told: str = ""
    ):
        self.scale, self.told = scale, told
        sections, items = _rows_of(scale) if typed is None else typed
        self.sections = rows_of(
            SectionForm, prefix="sections", data=data, initial=sections, spare=1, most=MOST_SECTIONS
        )
        most = max(MOST_ITEMS, len(scale.items))
        self.items = rows_of(ItemForm, prefix="items", data=data, initial=items, most=most)
        choices = [
            (str(position), str(row.typed()["title"] or _("A new section")))
            for position, row in enumerate(self.sections)
        ]
        for row in self.items:
            row.fields["section"].choices = choices

    @property
    def formsets(self) -> tuple:
        return self.sections, self.items

    @property
    def errors(self) -> list:
        return [*self.sections.mistakes(), *self.items.mistakes()]

    def is_valid(self) -> bool:
        if self.sections.is_valid() & self.items.is_valid():
            self._check()
        return not self.errors

    def value(self) -> tuple[OutlineSection, ...]:
        by_section = self._items_by_section()
        kept = [row for row in self.sections.in_order() if not row.is_left_out()]
        codes = _Codes(row.cleaned_data["code"] for row in kept)
        of_items = _Codes(row.cleaned_data["code"] for row in self.items.kept())
        return tuple(
            OutlineSection(
                code=codes.of(row.cleaned_data, "section"),
                title=row.cleaned_data["title"],
                items=tuple(
                    _outline_item(one, of_items)
                    for one in by_section[self._position(row)]
                    if not one.is_left_out()
                ),
                before=row.cleaned_data["before"],
            )
            for row in kept
        )

    def shown(self) -> tuple[ShownSection, ...]:
        """What the page shows, in the order of the places typed and numbered as saving would number it."""
        by_section, number, found = self._items_by_section(), 0, []
        for section in self.sections.in_order():
            position, lines, in_section = self._position(section), [], 0
            goes = bool(section.typed()["remove"])
            for row in by_section[position]:
                typed = row.typed()
                stays = not goes and not typed["remove"]
                number, in_section = number + stays, in_section + stays
                stored = self.scale.items_by_code.get(str(typed["before"] or ""))
                at = self.items.forms.index(row)
                told = (number, in_section) if stays else (None, None)
                lines.append(ShownItem(row, at, *told, stored))
            found.append(ShownSection(section, position, tuple(lines)))
        return tuple(found)

    def rearranged(self, go: str) -> "OutlinePart":
        """As typed, numbered anew, after what a button asks: `add-section`, `add:0`, `up:items:3`, `down:sections:1`.

        A row keeps its position in what is sent, so that its fields keep their names while it moves.
        """
        act, _colon, which = go.partition(":")
        kind, _colon, position = which.partition(":")
        order = self.sections.in_order()
        if kind == "sections":
            move(order, whole(position), act)
        by_section = self._items_by_section()
        places = [by_section[self._position(row)] for row in order]
        if kind == "items":
            _move_item(places, whole(position), act)
        sections = [row.typed() for row in self.sections.forms]
        items = [row.typed() for row in self.items.forms]
        for place, row in enumerate(order, 1):
            here = self._position(row)
            sections[here] |= {"place": place, "was": place}
            _number(items, places[place - 1], here)
        opened = self._add(act, which, sections, items)
        part = OutlinePart(scale=self.scale, typed=(sections, items), told=self._told(kind, position, places))
        if opened is not None:
            focus_on((part.sections if opened == "sections" else part.items).forms[-1], "title")
        return part

    def _add(self, act: str, which: str, sections: list[dict], items: list[dict]) -> str | None:
        """Add an empty row where one is asked for; returns to which list."""
        if act == "add-section" and len(sections) < MOST_SECTIONS:
            sections.append({"place": len(sections) + 1, "was": len(sections) + 1})
            return "sections"
        section = whole(which)
        if act == "add" and section is not None and section < len(sections) and len(items) < MOST_ITEMS:
            here = (row for row in items if str(row.get("section")) == str(section))
            last = 1 + sum(not row.get("remove") for row in here)
            items.append({"section": str(section), "place": last, "was": f"{section}.{last}"})
            return "items"
        return None

    def _told(self, kind: str, position: str, places: list[list[ItemForm]]) -> str:
        """Where an item stands after a button moved it."""
        if kind != "items":
            return ""
        flat = [row for rows in places for row in rows if not row.typed()["remove"]]
        for number, row in enumerate(flat, 1):
            if row.prefix == f"items-{position}":
                title = row.typed()["short_title"] or row.typed()["title"]
                return _("%(title)s is item %(number)s now.") % {"title": title, "number": number}
        return ""

    def _items_by_section(self) -> list[list[ItemForm]]:
        """The rows of items under the position of their section; one that names none comes under the first."""
        found: list[list[ItemForm]] = [[] for _row in self.sections.forms]
        for row in self.items.in_order():
            section = whole(row.typed()["section"])
            if section is None or section >= len(found):
                section = 0
            if found:
                found[section].append(row)
        return found

    def _position(self, row: SectionForm) -> int:
        return self.sections.forms.index(row)

    def _check(self) -> None:
        self.sections.refuse_twins("code", _("Another section has this code."))
        self.items.refuse_twins("code", _("Another item has this code."))
        by_section = self._items_by_section()
        for row in self.sections:
            has_items = any(not item.is_left_out() for item in by_section[self._position(row)])
            if has_items and row.is_left_out() and not row.typed()["remove"]:
                row.add_error("title", _("Name the section: it has items."))


def _number_as_it_changes(row: PlacedRowForm, *names: str) -> None:
    """A change of these fields numbers the page anew, without saving."""
    for name in names:
        row.fields[name].widget.attrs["data-renumbers"] = True
    row.fields["place"].widget.attrs["inputmode"] = "numeric"


class _Codes:
    """Codes for rows that have none yet, in the words of their titles."""

    def __init__(self, given):
        self.taken = {code for code in given if code}

    def of(self, data: dict, instead: str) -> str:
        code = data["code"] or code_from(data["title"], taken=self.taken, instead=instead)
        self.taken.add(code)
        return code


def _outline_item(row: ItemForm, codes: _Codes) -> OutlineItem:
    data = row.cleaned_data
    short_title = data["short_title"]
    if not short_title and len(data["title"]) <= LONGEST_SHORT_TITLE:
        short_title = data["title"]
    return OutlineItem(codes.of(data, "item"), data["title"], short_title, before=data["before"])


def _rows_of(scale: ScaleSpec) -> tuple[list[dict], list[dict]]:
    sections, items = [], []
    for position, section in enumerate(scale.sections):
        place = position + 1
        sections.append(
            {
                "before": section.code,
                "place": place,
                "was": place,
                "title": section.title,
                "code": section.code,
            }
        )
        items += [
            {
                "before": item.code,
                "section": str(position),
                "place": in_section,
                "was": f"{position}.{in_section}",
                "title": item.title,
                "short_title": item.short_title,
                "code": item.code,
            }
            for in_section, item in enumerate(section.items, 1)
        ]
    return sections, items


def _number(items: list[dict], rows: list[ItemForm], section: int) -> None:
    """Places of the items of one section; one that is removed shares the number of the next."""
    place = 1
    for row in rows:
        typed = items[int(row.prefix.rpartition("-")[2])]
        typed |= {"section": str(section), "place": place, "was": f"{section}.{place}"}
        place += not typed["remove"]


def _move_item(places: list[list[ItemForm]], position: int | None, act: str) -> None:
    """One place up or down; past the end of its section into the neighbouring one."""
    for here, rows in enumerate(places):
        found = [place for place, row in enumerate(rows) if row.prefix == f"items-{position}"]
        if not found:
            continue
        is_first, is_last = found[0] == 0, found[0] == len(rows) - 1
        if act == "up" and is_first:
            if here > 0:
                places[here - 1].append(rows.pop(0))
        elif act == "down" and is_last:
            if here < len(places) - 1:
                places[here + 1].insert(0, rows.pop())
        else:
            move(rows, position, act)
        return
