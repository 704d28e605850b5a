"""A PDF 1.7 file written object by object, so that what is large need never be in memory whole (ISO 32000-1, 7.5)."""

import io
import zlib
from typing import BinaryIO

from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DecodedStreamObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
)

# Objects that are packed into one compressed stream; a viewer reads a whole stream for any of them.
PACKED_TOGETHER = 200
UNUSED, PLAIN, PACKED = 0, 1, 2
ENTRY = (1, 4, 2)


class PdfFile:
    """Numbers are handed out by `reserve`, objects written by `write` in any order; `close` ends the file."""

    def __init__(self, target: BinaryIO) -> None:
        self.target = target
        self.length = 0
        self.table = bytearray(sum(ENTRY))
        self.packed: list[tuple[int, bytes]] = []
        self._put(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def reserve(self) -> int:
        """The number of an object that will be written later."""
        self.table += bytes(sum(ENTRY))
        return len(self.table) // sum(ENTRY) - 1

    def write(self, number: int, thing: PdfObject) -> None:
        if isinstance(thing, StreamObject):
            self._plain(number, thing)
            return
        self.packed.append((number, _bytes_of(thing)))
        if len(self.packed) == PACKED_TOGETHER:
            self._pack()

    def add(self, thing: PdfObject) -> int:
        number = self.reserve()
        self.write(number, thing)
        return number

    def close(self, *, root: int, info: int, identity: bytes) -> None:
        """`identity`: 16 bytes that tell this file from another."""
        self._pack()
        number, start = self.reserve(), self.length
        self._enter(number, PLAIN, start, 0)
        table = DecodedStreamObject()
        table.set_data(zlib.compress(bytes(self.table)))
        table.update(
            {
                NameObject("/Type"): NameObject("/XRef"),
                NameObject("/Filter"): NameObject("/FlateDecode"),
                NameObject("/Size"): NumberObject(len(self.table) // sum(ENTRY)),
                NameObject("/W"): ArrayObject(NumberObject(width) for width in ENTRY),
                NameObject("/Root"): reference(root),
                NameObject("/Info"): reference(info),
                NameObject("/ID"): ArrayObject([ByteStringObject(identity), ByteStringObject(identity)]),
            }
        )
        self._put(b"%d 0 obj\n" % number + _bytes_of(table) + b"\nendobj\n")
        self._put(b"startxref\n%d\n%%%%EOF\n" % start)

    def _plain(self, number: int, thing: PdfObject) -> None:
        self._enter(number, PLAIN, self.length, 0)
        self._put(b"%d 0 obj\n" % number + _bytes_of(thing) + b"\nendobj\n")

    def _pack(self) -> None:
        """Write what waits as one object stream (7.5.7)."""
        if not self.packed:
            return
        holder, places, bodies, length = self.reserve(), [], [], 0
        for index, (number, body) in enumerate(self.packed):
            self._enter(number, PACKED, holder, index)
            places.append(b"%d %d" % (number, length))
            bodies.append(body)
            length += len(body) + 1
        head = b" ".join(places) + b"\n"
        stream = DecodedStreamObject()
        stream.set_data(zlib.compress(head + b"\n".join(bodies)))
        stream.update(
            {
                NameObject("/Type"): NameObject("/ObjStm"),
                NameObject("/Filter"): NameObject("/FlateDecode"),
                NameObject("/N"): NumberObject(len(self.packed)),
                NameObject("/First"): NumberObject(len(head)),
            }
        )
        self.packed = []
        self._plain(holder, stream)

    def _enter(self, number: int, kind: int, where: int, index: int) -> None:
        width = sum(ENTRY)
        entry = b"".join(
            value.to_bytes(size, "big") for value, size in zip((kind, where, index), ENTRY, strict=True)
        )
        self.table[number * width : (number + 1) * width] = entry

    def _put(self, data: bytes) -> None:
        self.target.write(data)
        self.length += len(data)


def reference(number: int) -> IndirectObject:
    return IndirectObject(number, 0, None)


def _bytes_of(thing: PdfObject) -> bytes:
    target = io.BytesIO()
    thing.write_to_stream(target)
    return target.getvalue()
