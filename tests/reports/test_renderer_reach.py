"""What the renderer may open: our own static files and small pictures that stand in the document itself."""

import base64
import io
import socket
import struct
import zlib
from contextlib import suppress
from urllib.request import OpenerDirector

import pytest
from PIL import Image

from reports import pdf
from reports.pdf import ImageTooLarge, OwnFiles, ResourceRefused, to_pdf
from reports.typeface import SOURCE_SANS

ELSEWHERE = [
    "http://example.org/x.png",
    "https://example.org/x.png",
    "HTTP://127.0.0.1:9/x.png",
    "//example.org/x.png",
    "ftp://example.org/x.png",
    "file:///etc/hostname",
    "file:/etc/hostname",
    "/etc/hostname",
    "../../manage.py",
    "static:/../manage.py",
    "static:/%2e%2e/manage.py",
    "static:/css/..%2f..%2fmanage.py",
    "static://etc/hostname",
    "static:/%2fetc/hostname",
    "fonts:/../../../../etc/hostname",
    "STATIC:/css/app.css",
    "gopher://example.org/1",
    "javascript:alert(1)",
    "blob:x",
]
SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"'
# How a document may ask for an address.
ASKING = {
    "img": '<img src="{}" alt="x"/>',
    "link": '<link rel="stylesheet" href="{}"/>',
    "css url()": "<style>p {{ background: url('{}') }}</style><p>x</p>",
    "css url() on a page": "<style>@page {{ background: url('{}') }}</style>",
    "css content": "<style>p::before {{ content: url('{}') }}</style><p>x</p>",
    "css list": "<style>li {{ list-style-image: url('{}') }}</style><ul><li>x</li></ul>",
    "@import": "<style>@import '{}';</style>",
    "@import url()": "<style>@import url('{}');</style>",
    "@font-face": "<style>@font-face {{ font-family: x; src: url('{}') }} p {{ font-family: x }}</style><p>x</p>",
    "svg image": f'<svg {SVG} role="img"><title>t</title><image href="{{}}" width="9" height="9"/></svg>',
    "svg image xlink": f'<svg {SVG} role="img"><title>t</title><image xlink:href="{{}}" width="9" height="9"/></svg>',
    "object": '<object data="{}" type="image/png">x</object>',
    "embed": '<embed src="{}" type="image/png"/>',
    "attachment": '<link rel="attachment" href="{}"/>',
    "linked attachment": '<p><a rel="attachment" href="{}">x</a></p>',
}


def written(body: str) -> bytes:
    return to_pdf(f'<html lang="en"><head><title>t</title></head><body>{body}</body></html>', (SOURCE_SANS,))


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*args, **kwargs):
        pytest.fail("The renderer opened a connection.")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize("address", ELSEWHERE)
def test_an_address_elsewhere_is_refused(address):
    with pytest.raises(ResourceRefused):
        written(ASKING["img"].format(address))


@pytest.mark.parametrize("asking", ASKING.values(), ids=ASKING.keys())
@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/x.png", "file:///etc/hostname", "static:/../manage.py"]
)
def test_it_is_refused_however_it_is_asked_for(asking, address):
    with pytest.raises(ResourceRefused):
        written(asking.format(address))


@pytest.mark.parametrize(
    "inside",
    [
        '<use href="{}#a"/>',
        "<style>@import '{}';</style><rect width='9' height='9'/>",
        "<style>rect {{ fill: url('{}') }}</style><rect width='9' height='9'/>",
    ],
)
@pytest.mark.parametrize("address", ["http://127.0.0.1:9/x.svg", "file:///etc/hostname"])
def test_what_a_drawing_cannot_ask_for_is_not_looked_for(inside, address, monkeypatch):
    opened = []
    monkeypatch.setattr(OpenerDirector, "open", lambda opener, url, *rest: opened.append(url))
    drawing = f'<svg {SVG} role="img"><title>t</title>{inside.format(address)}</svg>'

    with suppress(ResourceRefused):
        written(drawing)

    assert opened == []


def test_a_drawing_within_a_drawing_reaches_no_further():
    inner = f'<svg {SVG}><image href="file:///etc/hostname" width="9" height="9"/></svg>'
    outer = f'<img src="data:image/svg+xml;base64,{base64.b64encode(inner.encode()).decode()}" alt="x"/>'

    with pytest.raises(ResourceRefused):
        written(outer)


def test_an_entity_of_a_drawing_reads_no_file():
    inner = f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]><svg {SVG}><text>&x;</text></svg>'

    data = written(
        f'<img src="data:image/svg+xml;base64,{base64.b64encode(inner.encode()).decode()}" alt="x"/>'
    )

    assert data.startswith(b"%PDF")


def test_a_link_out_of_the_folder_of_static_files_is_refused(tmp_path, monkeypatch):
    outside = tmp_path / "outside.css"
    outside.write_text("p { color: red }")
    root = tmp_path / "static"
    root.mkdir()
    (root / "own.css").write_text("p { color: green }")
    (root / "link.css").symlink_to(outside)
    monkeypatch.setitem(pdf.ROOTS, "static:/", root)

    assert b"green" in OwnFiles().fetch("static:/own.css").read()
    with pytest.raises(ResourceRefused):
        OwnFiles().fetch("static:/link.css")
    with pytest.raises(ResourceRefused):
        written(ASKING["link"].format("static:/link.css"))


def test_nothing_is_followed_to_another_address():
    redirecting = [name for name in OwnFiles().handle_error.get("http", {}) if name in (301, 302, 303, 307)]

    assert redirecting == []


# Pictures


def png(width: int, height: int) -> bytes:
    """One colour: a few bytes for any number of points."""
    target = io.BytesIO()
    Image.new("1", (width, height)).save(target, "PNG")
    return target.getvalue()


def png_that_says(width: int, height: int) -> bytes:
    """A head without the points that it promises."""

    def part(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = part(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + part(b"IDAT", zlib.compress(b"")) + part(b"IEND", b"")


def as_address(data: bytes, kind: str = "image/png") -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def test_a_small_picture_in_the_document_is_set():
    assert b"/Image" in written(ASKING["img"].format(as_address(png(20, 20))))


@pytest.mark.parametrize("kind", ["image/png", "image/svg+xml", "text/plain"])
@pytest.mark.parametrize(("width", "height"), [(3000, 3000), (12_000, 12_000)])
def test_a_picture_of_too_many_points_is_refused_before_it_is_unpacked(kind, width, height):
    with pytest.raises(ImageTooLarge):
        written(ASKING["img"].format(as_address(png_that_says(width, height), kind)))


def test_a_picture_beyond_what_its_reader_takes_is_refused_by_the_same_name():
    with pytest.raises(ImageTooLarge):
        OwnFiles().fetch(as_address(png_that_says(60_000, 60_000)))


def test_an_address_that_holds_too_much_is_refused_before_it_is_read():
    with pytest.raises(ImageTooLarge):
        written(ASKING["img"].format("data:image/svg+xml," + "x" * pdf.LONGEST_DATA_ADDRESS))
