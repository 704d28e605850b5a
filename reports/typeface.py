"""Which characters the embedded fonts have, and texts made fit for them.

Source Sans sets Latin, Greek and Cyrillic; Kurinto the rest, and only in a report that needs it, for its files are
large. What neither has is written visibly, as [U+1F600]: a PDF with a box for a character is no PDF/UA.
"""

import dataclasses
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import weblate_fonts
from fontTools.ttLib import TTFont

FONTS_DIR = Path(weblate_fonts.__file__).parent / "static" / "weblate_fonts"
# Line ends that people paste; Django's templates know the first three only.
LINE_ENDS = re.compile("\r\n|\r|\v|\f|\x85|\u2028|\u2029")
# Marks of direction and of joining, and variants of emoji: they have no shape of their own.
SHAPELESS = re.compile(
    "[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)

# Below are control characters; some fonts list a few of them.
FIRST_PRINTABLE = 0x20

Value = TypeVar("Value")


@dataclass(frozen=True)
class Face:
    file: str
    weight: int
    style: str = "normal"


@dataclass(frozen=True)
class Family:
    """A family of fonts, by a name that CSS takes without quotes."""

    name: str
    faces: tuple[Face, ...]


SOURCE_SANS = Family(
    "Source Sans",
    (
        Face("source-sans/ttf/SourceSans3-Regular.ttf", 400),
        Face("source-sans/ttf/SourceSans3-Semibold.ttf", 600),
    ),
)


def _kurinto(name: str, suffix: str) -> Family:
    folder = "kurinto/ttf"
    return Family(
        f"Kurinto {name}".strip(),
        (
            Face(f"{folder}/KurintoSans{suffix}-Rg.ttf", 400),
            Face(f"{folder}/KurintoSans{suffix}-Bd.ttf", 600),
        ),
    )


KURINTO = _kurinto("", "")
CHINESE = _kurinto("SC", "SC")
TRADITIONAL = _kurinto("TC", "TC")
JAPANESE = _kurinto("JP", "JP")
KOREAN = _kurinto("KR", "KR")

FAMILIES = (SOURCE_SANS, KURINTO, CHINESE, TRADITIONAL, JAPANESE, KOREAN)

KANA = re.compile("[\u3040-\u30ff]")
HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7af]")


def fit(document: Value) -> tuple[Value, tuple[Family, ...]]:
    """A report, or another frozen value, with texts that the fonts can set, and the families that takes."""
    letters: set[str] = set()

    def note(text: str) -> str:
        letters.update(text)
        return text

    composed = map_texts(document, lambda text: note(_composed(text)))
    families, missing = families_for(letters)
    if missing:
        composed = map_texts(composed, lambda text: "".join(missing.get(one, one) for one in text))
    return composed, families


def families_for(letters: Iterable[str]) -> tuple[tuple[Family, ...], dict[str, str]]:
    """The fewest families that set these characters, and what to write for characters that none has."""
    wanted = {one for one in letters if one != "\n" and one not in characters(SOURCE_SANS)}
    families = [SOURCE_SANS]
    for family in _others(wanted):
        found = wanted & characters(family)
        if found:
            families.append(family)
            wanted -= found
    return tuple(families), {one: f"[U+{ord(one):04X}]" for one in wanted}


def _others(wanted: set[str]) -> list[Family]:
    """Kurinto, then the East Asian families, those first whose own letters are there."""
    if not wanted:
        return []
    text = "".join(wanted)
    east_asian = [CHINESE, TRADITIONAL, JAPANESE, KOREAN]
    if HANGUL.search(text):
        east_asian.insert(0, KOREAN)
    if KANA.search(text):
        east_asian.insert(0, JAPANESE)
    return [KURINTO, *dict.fromkeys(east_asian)]


@cache
def characters(family: Family) -> frozenset[str]:
    """Characters that every face of a family has."""
    return frozenset.intersection(*(_characters_of(face.file) for face in family.faces))


def _characters_of(file_name: str) -> frozenset[str]:
    with TTFont(path_of(file_name), lazy=True) as font:
        return frozenset(chr(one) for one in font.getBestCmap() if one >= FIRST_PRINTABLE)


@cache
def letters_of_glyphs(file_name: str) -> dict[int, tuple[str, ...]]:
    """Characters that a font sets with a glyph by itself, by the glyph's number."""
    letters: dict[int, tuple[str, ...]] = {}
    with TTFont(path_of(file_name), lazy=True) as font:
        for code_point, name in font.getBestCmap().items():
            glyph = font.getGlyphID(name)
            letters[glyph] = (*letters.get(glyph, ()), chr(code_point))
    return letters


def face_of(family_name: str, weight: int) -> Face | None:
    """The face that stands for a weight of a family; None for a family that is not ours."""
    family = next((one for one in FAMILIES if one.name == family_name), None)
    return min(family.faces, key=lambda face: abs(face.weight - weight)) if family else None


def map_texts(value: Value, change: Callable[[str], str]) -> Value:
    """The same frozen value with every text in it changed."""
    changed: Any = value
    if isinstance(value, str):
        changed = change(value)
    elif isinstance(value, tuple):
        changed = tuple(map_texts(one, change) for one in value)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = {
            field.name: map_texts(getattr(value, field.name), change) for field in dataclasses.fields(value)
        }
        changed = dataclasses.replace(value, **parts)
    return changed


def _composed(text: str) -> str:
    """One character where Unicode has one for a letter and its mark; no line end but the one that pages know."""
    if text.isascii() and text.isprintable():
        return text
    text = SHAPELESS.sub("", LINE_ENDS.sub("\n", text).replace("\t", " "))
    return unicodedata.normalize("NFC", text)


def path_of(file_name: str) -> Path:
    """Where a font file of the wheel is on this machine."""
    return FONTS_DIR / file_name
