"""What WeasyPrint leaves out of a tagged PDF, added before the file is written.

Header cells get their scope (ISO 14289-1, 7.5), links are marked to be printed, and text that copies out of the file
is what was typed even where one letter is set from several glyphs.
"""

import re
import unicodedata
from typing import Any

import pydyf

from reports.typeface import face_of, letters_of_glyphs

SCOPES = {"row": "/Row", "rowgroup": "/Row", "col": "/Column", "colgroup": "/Column"}
PRINTED = 4
# For a glyph whose text another glyph of its cluster says; an empty text would be an error.
NO_TEXT = "\u200b"
GLYPH_TEXT = re.compile(rb"^<([0-9a-f]{4})> <([0-9a-f]*)>$")


def finish(document: Any, pdf: pydyf.PDF) -> None:
    """The `finisher` of WeasyPrint's `write_pdf`."""
    scope_header_cells(document)
    print_links(pdf)
    mend_glyph_texts(document, pdf)


def scope_header_cells(document: Any) -> None:
    for page in document.pages:
        for box in page._page_box.descendants():
            if box.element_tag == "th" and getattr(box, "mark", None) is not None:
                scope = box.element.attrib.get("scope", "col")
                box.mark["A"]["Scope"] = SCOPES[scope]


def print_links(pdf: pydyf.PDF) -> None:
    for item in pdf.objects:
        if isinstance(item, pydyf.Dictionary) and item.get("Subtype") == "/Link":
            item["F"] = PRINTED


def mend_glyph_texts(document: Any, pdf: pydyf.PDF) -> None:
    """Give each glyph of a letter with its marks its own part of the text.

    WeasyPrint writes the whole cluster for one of its glyphs and nothing for the others; a letter that first occurs
    so would be missing wherever it stands alone later.
    """
    texts = {one["BaseFont"]: one["ToUnicode"] for one in pdf.objects if _is_font(one)}
    for font in document.fonts.values():
        face = face_of(font.family, font.weight)
        if face is None or font.name not in texts:
            continue
        number = int(texts[font.name].split()[0])
        own_letters = letters_of_glyphs(face.file)
        lines = pdf.objects[number].stream
        for position, line in enumerate(lines):
            if found := GLYPH_TEXT.match(line):
                glyph, text = int(found[1], 16), bytes.fromhex(found[2].decode()).decode("utf-16-be")
                mended = own_part(text, own_letters.get(glyph, ()), is_mark=not font.widths.get(glyph))
                if mended != text:
                    lines[position] = b"<%s> <%s>" % (found[1], mended.encode("utf-16-be").hex().encode())


def own_part(text: str, own_letters: tuple[str, ...], *, is_mark: bool) -> str:
    """What one glyph says of a cluster. `own_letters`: characters that it sets by itself.

    The mark of x̂ was given both characters and says the circumflex only; the x was given none and says x. The one
    glyph of a ligature keeps its letters.
    """
    if len(text) == 1:
        return text
    if not text:
        return own_letters[0] if own_letters else NO_TEXT
    decomposed = unicodedata.normalize("NFD", text)
    if own := next((letter for letter in own_letters if letter in decomposed), None):
        return own
    if is_mark and (marks := "".join(one for one in decomposed if unicodedata.combining(one))):
        return marks
    return text


def _is_font(item: Any) -> bool:
    return isinstance(item, pydyf.Dictionary) and item.get("Type") == "/Font" and "ToUnicode" in item
