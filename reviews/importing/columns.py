"""What a column of an old score sheet holds, guessed from its heading."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from reviews.importing.tables import Line
from scales.spec import ScaleSpec


class Field(StrEnum):
    """Everything on a score sheet besides the scores."""

    SITE = "site"
    PROGRAM = "program"
    STARTS = "starts"
    ENDS = "ends"
    KIND = "kind"
    INDEPENDENCE = "independence"
    REVIEWERS = "reviewers"
    PROFILE = "profile"
    TOTAL = "total"
    NOTE = "note"


REQUIRED = (Field.SITE, Field.STARTS)
# Headings as they stand on sheets in use, without case, spaces and signs.
HEADINGS: Mapping[str, Field] = {
    heading: field
    for field, headings in {
        Field.SITE: "site sitename team teamname service location",
        Field.PROGRAM: "program programme programname programmename agency",
        Field.STARTS: "firstday firstdayofthevisit startdate start date dateofvisit visitdate dateofreview reviewdate"
        " visit from",
        Field.ENDS: "lastday lastdayofthevisit enddate end to until",
        Field.KIND: "type typeofreview reviewtype kind",
        Field.INDEPENDENCE: "independence independent label",
        Field.REVIEWERS: "reviewers reviewer raters rater assessors assessor reviewedby",
        Field.PROFILE: "settingprofile profile setting",
        Field.TOTAL: "total totalscore sum totalpoints",
        Field.NOTE: "note notes comment comments remarks",
    }.items()
    for heading in headings.split()
}
ITEM = "item:"
# "5. Integration by frequent contact" is item 5, whatever the words.
_NUMBERED = re.compile(r"\W*([0-9]{1,3})[.):\s–-]+[^\W0-9]")
# Titles and addresses of a form may stand above its table.
LINES_TO_LOOK_AT = 30


@dataclass(frozen=True)
class Heads:
    """The line of headings, what each column is taken for ("" for nothing), and the lines below."""

    heads: tuple[str, ...]
    mapping: tuple[str, ...]
    lines: tuple[Line, ...]


def plain(text: str) -> str:
    """Without case, spaces, dots and other signs."""
    return "".join(one for one in text.casefold() if one.isalnum())


def targets(spec: ScaleSpec) -> list[str]:
    """Every code that a column can have, in the order of the template."""
    return [
        *(field.value for field in Field if field is not Field.TOTAL),
        *item_targets(spec),
        Field.TOTAL.value,
    ]


def item_targets(spec: ScaleSpec) -> list[str]:
    return [ITEM + item.code for item in spec.items]


def find_heads(lines: Sequence[Line], spec: ScaleSpec, extra: Mapping[str, Field] | None = None) -> Heads:
    """The line that names most columns, else the first. `extra`: headings in the reader's language, as `plain`."""
    known = headings_known(spec, extra or {})
    guesses = [guess(line.cells, known) for line in lines[:LINES_TO_LOOK_AT]]
    place = max(range(len(guesses)), key=lambda one: (sum(map(bool, guesses[one])), -one), default=0)
    if not guesses:
        return Heads((), (), ())
    return Heads(lines[place].cells, guesses[place], tuple(lines[place + 1 :]))


def guess(heads: Sequence[str], known: Mapping[str, str]) -> tuple[str, ...]:
    """A column is taken for what its heading names, and what two headings name for the first."""
    found: list[str] = []
    for head in heads:
        numbered = _NUMBERED.match(head)
        code = known.get(plain(head)) or (known.get(numbered.group(1), "") if numbered else "")
        found.append("" if code in found else code)
    return tuple(found)


def headings_known(spec: ScaleSpec, extra: Mapping[str, Field]) -> dict[str, str]:
    """Heading to code. What would name two items names neither."""
    by_heading: dict[str, set[str]] = {}
    for item in spec.items:
        number, code = str(item.number), ITEM + item.code
        for heading in _headings_of_item(number, (item.title, item.short_title, item.code)):
            by_heading.setdefault(plain(heading), set()).add(code)
    items = {heading: next(iter(codes)) for heading, codes in by_heading.items() if len(codes) == 1}
    fields = {heading: field.value for heading, field in {**HEADINGS, **extra}.items()}
    return {**items, **fields}


def titles_of_items(spec: ScaleSpec) -> set[str]:
    """Headings, as `plain`, that name an item by its title; a number or a code says nothing of the wording."""
    return {
        plain(heading)
        for item in spec.items
        for title in (item.title, item.short_title)
        for heading in _titled(str(item.number), title)
    }


def _titled(number: str, title: str) -> Iterable[str]:
    return title, f"{number}{title}", f"item{number}{title}", f"q{number}{title}"


def _headings_of_item(number: str, titles: Iterable[str]) -> Iterable[str]:
    yield from (number, f"item{number}", f"q{number}", f"i{number}", f"no{number}")
    for title in titles:
        yield from _titled(number, title)


def problems_of(mapping: Sequence[str], spec: ScaleSpec) -> tuple[list[str], list[str], bool]:
    """Codes that no column has though they are needed, codes that two have, and whether no column holds a score."""
    given = [code for code in mapping if code]
    twice = sorted({code for code in given if given.count(code) > 1})
    lacking = [field.value for field in REQUIRED if field.value not in given]
    return lacking, twice, not any(code in given for code in item_targets(spec))
