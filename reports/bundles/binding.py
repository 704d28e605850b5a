"""Several tagged PDFs bound into one that is tagged too: bookmarks, page labels, links and structure are carried over.

One source is in memory at a time. Page contents, fonts and pictures are copied as they are; what names another object
is numbered anew (ISO 32000-1: 7.5 file structure, 12.3 navigation, 12.4.2 page labels, 14.7 structure).
"""

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from reports.bundles.pdf_file import PdfFile, reference

# An address in the first source that stands for a place in the file: "part:2" is the second after it.
LINK_TO_PART = "part:"
# Read from the first source: what the whole file says of itself.
OF_THE_WHOLE = ("/Lang", "/MarkInfo", "/ViewerPreferences", "/Metadata")


@dataclass(frozen=True)
class Source:
    """`title`: its bookmark. `label`: stands before its page numbers; empty for the pages in front, i, ii, iii."""

    title: str
    label: str
    read: Callable[[], bytes]


def bind(sources: Sequence[Source], target: BinaryIO) -> None:
    """Write the bound file. The first source gives title and language of the whole."""
    file = PdfFile(target)
    whole = _Whole(file, len(sources))
    digest = hashlib.sha256()
    for place, source in enumerate(sources):
        data = source.read()
        digest.update(hashlib.sha256(data).digest())
        _Copy(whole, place, source, PdfReader(io.BytesIO(data), strict=False)).write()
    whole.write(digest.digest()[:16])


class _Whole:
    """What the sources are tied together by."""

    def __init__(self, file: PdfFile, parts: int) -> None:
        self.file = file
        self.root, self.pages, self.structure, self.outline = (file.reserve() for _one in range(4))
        self.first_pages = [file.reserve() for _part in range(parts)]
        self.bookmarks = [file.reserve() for _part in range(parts)]
        self.page_nodes: list[tuple[int, int]] = []
        self.documents: list[int] = []
        self.parents: list[int] = []
        self.roles = DictionaryObject()
        self.labels = ArrayObject()
        self.own = DictionaryObject()
        self.info = DictionaryObject()
        self.next_key = 0

    @property
    def page_count(self) -> int:
        return sum(count for _node, count in self.page_nodes)

    def write(self, identity: bytes) -> None:
        write, ends = self.file.write, (self.bookmarks[0], self.bookmarks[-1])
        nodes = ArrayObject(reference(node) for node, _count in self.page_nodes)
        write(self.pages, _dictionary(Type="/Pages", Kids=nodes, Count=self.page_count))
        outline = _dictionary(Type="/Outlines", First=reference(ends[0]), Last=reference(ends[1]))
        outline[NameObject("/Count")] = NumberObject(len(self.bookmarks))
        write(self.outline, outline)
        parents = self.file.add(_dictionary(Kids=_references(self.parents)))
        tree = _dictionary(
            Type="/StructTreeRoot", K=_references(self.documents), ParentTree=reference(parents)
        )
        tree[NameObject("/ParentTreeNextKey")] = NumberObject(self.next_key)
        if self.roles:
            tree[NameObject("/RoleMap")] = self.roles
        write(self.structure, tree)
        catalog = _dictionary(
            Type="/Catalog",
            Pages=reference(self.pages),
            Outlines=reference(self.outline),
            StructTreeRoot=reference(self.structure),
            PageLabels=_dictionary(Nums=self.labels),
            PageMode="/UseOutlines",
        )
        catalog.update(self.own)
        write(self.root, catalog)
        self.file.close(root=self.root, info=self.file.add(self.info), identity=identity)


class _Copy:
    """One source on its way into the file: everything that its pages, bookmarks and structure lead to."""

    def __init__(self, whole: _Whole, place: int, source: Source, reader: PdfReader) -> None:
        self.whole, self.place, self.source, self.reader = whole, place, source, reader
        self.numbers: dict[int, int] = {}
        self.waiting: list[int] = []
        self.names = dict(_destinations(reader.root_object))
        self.prefix = f"{place}-"
        self.first_key = whole.next_key

    def write(self) -> None:
        if self.place == 0:
            self._read_what_is_said_of_the_whole()
        self._pages()
        self._bookmark()
        self._structure()
        while self.waiting:
            old = self.waiting.pop()
            thing = self.reader.get_object(old)
            self.whole.file.write(self.numbers[old], self._copied(thing if thing is not None else _nothing()))

    def _read_what_is_said_of_the_whole(self) -> None:
        root = self.reader.root_object
        for key in OF_THE_WHOLE:
            if key in root:
                self.whole.own[NameObject(key)] = self._copied(root.raw_get(key))
        for key, value in (self.reader.trailer.get("/Info") or DictionaryObject()).items():
            self.whole.info[NameObject(key)] = self._copied(value)

    def _pages(self) -> None:
        whole, pages = self.whole, self.reader.pages
        node, kids = whole.file.reserve(), []
        for index, page in enumerate(pages):
            number = self.numbers[_number_of(page)] = (
                whole.first_pages[self.place] if index == 0 else whole.file.reserve()
            )
            kids.append(number)
        style = _dictionary(S="/D", P=TextStringObject(self.source.label))
        whole.labels.extend(
            [NumberObject(whole.page_count), style if self.source.label else _dictionary(S="/r")]
        )
        for number, page in zip(kids, pages, strict=True):
            entries = DictionaryObject({key: page.raw_get(key) for key in page if key != "/Parent"})
            copied = self._copied(entries)
            copied[NameObject("/Parent")] = reference(node)
            whole.file.write(number, copied)
        whole.file.write(
            node,
            _dictionary(
                Type="/Pages", Parent=reference(whole.pages), Kids=_references(kids), Count=len(kids)
            ),
        )
        whole.page_nodes.append((node, len(kids)))

    def _bookmark(self) -> None:
        """One bookmark, closed, with those of the source under it; a source's only one gives way to it."""
        whole, place = self.whole, self.place
        own = whole.bookmarks[place]
        entry = _dictionary(
            Title=TextStringObject(self.source.title),
            Parent=reference(whole.outline),
            Dest=ArrayObject([reference(whole.first_pages[place]), NameObject("/Fit")]),
        )
        if place > 0:
            entry[NameObject("/Prev")] = reference(whole.bookmarks[place - 1])
        if place + 1 < len(whole.bookmarks):
            entry[NameObject("/Next")] = reference(whole.bookmarks[place + 1])
        above: Any = self.reader.root_object.get("/Outlines", DictionaryObject())
        if "/First" in above and above.raw_get("/First") == above.raw_get("/Last"):
            above = above["/First"]
        if "/First" in above:
            # Those below name the one above them: it has become ours.
            self.numbers[_number_of(above)] = own
            for key in ("/First", "/Last"):
                entry[NameObject(key)] = self._copied(above.raw_get(key))
            children = sum(1 for _child in _siblings(above["/First"]))
            entry[NameObject("/Count")] = NumberObject(-children)
        whole.file.write(own, entry)

    def _structure(self) -> None:
        whole = self.whole
        tree: Any = self.reader.root_object["/StructTreeRoot"]
        self.numbers[_number_of(tree)] = whole.structure
        top = tree.raw_get("/K")
        top = top.get_object() if isinstance(top.get_object(), ArrayObject) else ArrayObject([top])
        language = self.reader.root_object.get("/Lang")
        for one in top:
            element = one.get_object()
            if language and "/Lang" not in element:
                element[NameObject("/Lang")] = TextStringObject(language)
            whole.documents.append(self._copied(one).idnum)
        for key, value in (tree.get("/RoleMap") or {}).items():
            whole.roles.setdefault(NameObject(key), value)
        numbers, keys = ArrayObject(), []
        for key, value in _tree_entries(tree["/ParentTree"], "/Nums"):
            keys.append(key + self.first_key)
            numbers.extend([NumberObject(keys[-1]), self._copied(value)])
        if keys:
            limits = ArrayObject([NumberObject(min(keys)), NumberObject(max(keys))])
            whole.parents.append(whole.file.add(_dictionary(Limits=limits, Nums=numbers)))
            whole.next_key = max(keys) + 1

    def _copied(self, thing: Any) -> Any:
        """The same with every object numbered anew; what it leads to waits to be written."""
        if isinstance(thing, IndirectObject):
            if thing.idnum not in self.numbers:
                self.numbers[thing.idnum] = self.whole.file.reserve()
                self.waiting.append(thing.idnum)
            return reference(self.numbers[thing.idnum])
        if isinstance(thing, ArrayObject):
            return ArrayObject(self._copied(one) for one in thing)
        if isinstance(thing, DictionaryObject):
            entries = {NameObject(key): self._entry(key, thing.raw_get(key), thing) for key in thing}
            if isinstance(thing, StreamObject):
                thing.update(entries)
                return thing
            return self._leading_to_a_part(DictionaryObject(entries))
        return thing

    def _entry(self, key: str, value: Any, thing: DictionaryObject) -> Any:
        if key in ("/StructParent", "/StructParents"):
            return NumberObject(int(value) + self.first_key)
        if (key == "/ID" and "/S" in thing) or key == "/Headers":
            return self._made_unique(value)
        is_place = key == "/Dest" or (key == "/D" and thing.get("/S") == "/GoTo")
        if is_place and isinstance(value, str | bytes):
            return self._copied(self.names.get(_text(value), value))
        return self._copied(value)

    def _made_unique(self, value: Any) -> Any:
        """Cells of two reports may go by the same name; in one file no two may."""
        if isinstance(value, ArrayObject):
            return ArrayObject(self._made_unique(one) for one in value)
        return ByteStringObject(f"{self.prefix}{_text(value)}".encode())

    def _leading_to_a_part(self, thing: DictionaryObject) -> DictionaryObject:
        action = thing.get("/A")
        address = action.get("/URI") if isinstance(action, DictionaryObject) else None
        if self.place == 0 and address is not None and _text(address).startswith(LINK_TO_PART):
            part = int(_text(address).removeprefix(LINK_TO_PART))
            del thing["/A"]
            page = reference(self.whole.first_pages[part])
            thing[NameObject("/Dest")] = ArrayObject([page, NameObject("/Fit")])
        return thing


def _destinations(root: DictionaryObject) -> Iterator[tuple[str, PdfObject]]:
    """Places in a file by their names (12.3.2.3)."""
    names = root.get("/Names") or DictionaryObject()
    found = [
        *_tree_entries(names.get("/Dests"), "/Names"),
        *(root.get("/Dests") or DictionaryObject()).items(),
    ]
    for name, place in found:
        place = place.get_object()
        yield _text(name), place["/D"] if isinstance(place, DictionaryObject) else place


def _tree_entries(node: Any, key: str) -> Iterator[tuple[Any, Any]]:
    """Pairs of a name tree or number tree (7.9.6, 7.9.7)."""
    node = node.get_object() if node is not None else DictionaryObject()
    entries = node.get(key) or ArrayObject()
    yield from zip(entries[::2], entries[1::2], strict=True)
    for kid in node.get("/Kids") or ():
        yield from _tree_entries(kid, key)


def _siblings(first: DictionaryObject) -> Iterator[DictionaryObject]:
    one: DictionaryObject | None = first
    while one is not None:
        yield one
        one = one.get("/Next")


def _number_of(thing: PdfObject) -> int:
    """Of an object of its own, which pages, structure and bookmarks always are (7.7.3, 12.3.3, 14.7.2)."""
    if thing.indirect_reference is None:
        raise ValueError("not an object of its own")
    return thing.indirect_reference.idnum


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _references(numbers: Iterable[int]) -> ArrayObject:
    return ArrayObject(reference(number) for number in numbers)


def _nothing() -> PdfObject:
    return DictionaryObject()


def _dictionary(**entries: Any) -> DictionaryObject:
    """Names given as text, counts as numbers."""
    return DictionaryObject({NameObject(f"/{key}"): _value(value) for key, value in entries.items()})


def _value(value: Any) -> PdfObject:
    if isinstance(value, PdfObject):
        return value
    return NumberObject(value) if isinstance(value, int) else NameObject(value)
