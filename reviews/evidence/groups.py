"""The page of all notes: which are looked for, and in which order they stand."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reviews.evidence.warnings import EvidenceWarning, Lookout, same_name
from scales.spec import Item, ScaleSpec


@dataclass(frozen=True)
class OneSource:
    """One person, meeting, document or record."""

    who_or_what: str
    notes: tuple


@dataclass(frozen=True)
class SourcesOfKind:
    title: str
    sources: tuple[OneSource, ...]


@dataclass(frozen=True)
class NotesOnItem:
    item: Item
    notes: tuple
    warnings: tuple[EvidenceWarning, ...]


@dataclass(frozen=True)
class NotesOnSection:
    title: str
    items: tuple[NotesOnItem, ...]


@dataclass(frozen=True)
class ThinItems:
    """What is worth a look before submitting. `silent`: items without a note, where others have some."""

    no_notes_at_all: bool
    silent: tuple[Item, ...]
    with_notes: tuple[tuple[Item, tuple[EvidenceWarning, ...]], ...]

    def __bool__(self) -> bool:
        return bool(self.no_notes_at_all or self.silent or self.with_notes)


def thin_items(spec: ScaleSpec, warnings: Mapping[str, tuple[EvidenceWarning, ...]]) -> ThinItems:
    silent = tuple(
        item for item in spec.items if any(one.kind is Lookout.NO_NOTES for one in warnings[item.code])
    )
    if len(silent) == len(spec.items):
        return ThinItems(no_notes_at_all=True, silent=(), with_notes=())
    with_notes = tuple(
        (item, warnings[item.code]) for item in spec.items if warnings[item.code] and item not in silent
    )
    return ThinItems(no_notes_at_all=False, silent=silent, with_notes=with_notes)


def found(notes: Iterable, *, item: str = "", source: str = "", words: str = "") -> list:
    """The notes on an item, of a source kind and with every one of the words; what is empty is not asked."""
    wanted = words.casefold().split()
    return [
        note
        for note in notes
        if (not item or item in {one.code for one in note.items.all()})
        and (not source or note.source == source)
        and all(word in f"{note.who_or_what} {note.text}".casefold() for word in wanted)
    ]


def by_source(notes: Iterable, kinds: Iterable[tuple[str, str]]) -> list[SourcesOfKind]:
    """`kinds`: code and title of each source kind, in the order they are shown."""
    groups: dict[str, dict[str, list]] = {}
    for note in notes:
        groups.setdefault(note.source, {}).setdefault(same_name(note.who_or_what), []).append(note)
    return [
        SourcesOfKind(
            title,
            tuple(
                OneSource(groups[code][name][0].who_or_what, tuple(groups[code][name]))
                for name in sorted(groups[code], key=_as_counted)
            ),
        )
        for code, title in kinds
        if code in groups
    ]


def _as_counted(name: str) -> list:
    """Record 9 comes before record 10."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d{1,9})", name)]


def items_to_show(spec: ScaleSpec, notes: Iterable, wanted: Mapping[str, str]) -> set[str]:
    """Codes of the items that stand on the page: the one asked for, those with a find, or all when nothing is asked."""
    if wanted["item"]:
        return {wanted["item"]}
    if any(wanted.values()):
        return {item.code for note in notes for item in note.items.all()}
    return set(spec.items_by_code)


def by_item(
    notes: Iterable, spec: ScaleSpec, warnings: Mapping[str, tuple[EvidenceWarning, ...]], only: Iterable[str]
) -> list[NotesOnSection]:
    """`only`: codes of the items to show. A note on three items stands under each of them."""
    of_item: dict[str, list] = {code: [] for code in only}
    for note in notes:
        for item in note.items.all():
            if item.code in of_item:
                of_item[item.code].append(note)
    sections = (
        NotesOnSection(
            section.title,
            tuple(
                NotesOnItem(item, tuple(of_item[item.code]), warnings[item.code])
                for item in section.items
                if item.code in of_item
            ),
        )
        for section in spec.sections
    )
    return [section for section in sections if section.items]
