"""Reads one cell of a worksheet as people write it: numbers, shares, days, yes or no, lists of codes."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum

from reviews.worksheets.columns import NO, NO_CODES, YES, Column, Kind


class Problem(StrEnum):
    """What keeps a cell, or a whole table, from being kept."""

    REQUIRED = "required"
    NOT_A_NUMBER = "not-a-number"
    NOT_WHOLE = "not-whole"
    NEGATIVE = "negative"
    TOO_LARGE = "too-large"
    A_FRACTION = "a-fraction"
    TOO_LONG = "too-long"
    NOT_A_DATE = "not-a-date"
    DATE_ORDER = "date-order"
    NOT_YES_NO = "not-yes-no"
    NOT_A_CHOICE = "not-a-choice"
    NOT_A_CODE = "not-a-code"
    PART_OVER_WHOLE = "part-over-whole"
    TWO_ANSWERS = "two-answers"
    DUPLICATE = "duplicate"
    TOO_MANY_CELLS = "too-many-cells"
    # Of a whole table.
    TOO_MANY = "too-many"
    UNREADABLE = "unreadable"


class CellError(ValueError):
    """A cell that cannot be kept as it is."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


# Longer than any number, day or word that can be right.
_LONGEST = 24
# A list of all codes, each with a comma.
_LONGEST_LIST = 400
_EARLIEST, _LATEST = 1980, 2100

_NUMBER = re.compile(r"([+-]?)([0-9]*)(?:[.,]([0-9]*))?")
_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4}|[0-9]{2})")
_DAY_AND_WORD = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -]([0-9]{4}|[0-9]{2})")
_WORD_AND_DAY = re.compile(r"([a-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")
_TIME = re.compile(r"[ t][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.0+)?)?$")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_YES = {"yes", "y", "true", "1", "x", "✓", "✔", "ja"}
_NO = {"no", "n", "false", "0", "nein"}
_NOT_KNOWN = {"-", "–", "n/a", "na", "?"}
# Marks that turn the direction of the text after them, so that a cell reads other than it is.
_TURNS_TEXT = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\ufeff")


_NOT_READ = {
    Kind.NUMBER: Problem.NOT_A_NUMBER,
    Kind.WHOLE: Problem.NOT_A_NUMBER,
    Kind.PERCENT: Problem.NOT_A_NUMBER,
    Kind.DATE: Problem.NOT_A_DATE,
    Kind.YES_NO: Problem.NOT_YES_NO,
    Kind.CHOICE: Problem.NOT_A_CHOICE,
    Kind.CODES: Problem.NOT_A_CODE,
}


def cleaned(text: str) -> str:
    """One line, with single spaces, without control characters and marks that turn the direction of text."""
    spaced = " ".join(text.split())
    return " ".join(
        "".join(
            one for one in spaced if one not in _TURNS_TEXT and unicodedata.category(one) not in ("Cc", "Cs")
        ).split()
    )


def read_cell(column: Column, text: str, *, codes: Sequence[str] = (), day_first: bool = True) -> str:
    """What is kept of a cell; empty where it says nothing. Raises `CellError`.

    `codes`: the codes that a column of codes takes. `day_first`: whether 3/4/2026 is a day in April.
    """
    text = cleaned(text)
    if not text:
        return ""
    if column.kind is Kind.TEXT:
        if len(text) > column.longest:
            raise CellError(Problem.TOO_LONG)
        return text
    if column.kind is not Kind.CODES and text.casefold() in _NOT_KNOWN:
        return ""
    if len(text) > (_LONGEST_LIST if column.kind is Kind.CODES else _LONGEST):
        raise CellError(_NOT_READ[column.kind])
    match column.kind:
        case Kind.NUMBER | Kind.WHOLE | Kind.PERCENT:
            return _read_number(column, text)
        case Kind.DATE:
            return read_date(text, day_first)
        case Kind.YES_NO:
            return _read_yes_no(text)
        case Kind.CHOICE:
            return _read_choice(column, text)
        case Kind.CODES:
            return _read_codes(text, codes)
    raise TypeError(column.kind)


def _read_number(column: Column, text: str) -> str:
    if column.kind is Kind.PERCENT:
        text = text.removesuffix("%").rstrip()
    found = _NUMBER.fullmatch(text.replace("−", "-"))
    if found is None:
        raise CellError(Problem.NOT_A_NUMBER)
    sign, whole, decimals = found.group(1), found.group(2), found.group(3) or ""
    # 1,234 may be a thousand or a little over one: better asked than guessed.
    if not (whole or decimals) or ("," in text and len(decimals) == 3 and whole.strip("0")):
        raise CellError(Problem.NOT_A_NUMBER)
    number = Decimal(f"{sign}{whole or 0}.{decimals or 0}")
    if number < 0:
        raise CellError(Problem.NEGATIVE)
    if column.kind is Kind.WHOLE and number != number.to_integral_value():
        raise CellError(Problem.NOT_WHOLE)
    if column.kind is Kind.PERCENT and 0 < number <= 1:
        # What a spreadsheet holds behind 98 % is 0.98, and 1 behind 100 %.
        raise CellError(Problem.A_FRACTION)
    most = Decimal(100) if column.kind is Kind.PERCENT else column.most
    if most is not None and number > most:
        raise CellError(Problem.TOO_LARGE)
    return format(abs(number).normalize(), "f")


def read_date(text: str, day_first: bool) -> str:
    """A day as people write it, as 2026-10-14. Raises `CellError`."""
    text = _TIME.sub("", text.casefold())
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _YEAR_LAST.fullmatch(text):
        first, second, year = (int(part) for part in found.groups())
        day, month = (first, second) if day_first else (second, first)
    elif found := _DAY_AND_WORD.fullmatch(text):
        day, month, year = int(found.group(1)), _month(found.group(2)), int(found.group(3))
    elif found := _WORD_AND_DAY.fullmatch(text):
        month, day, year = _month(found.group(1)), int(found.group(2)), int(found.group(3))
    else:
        raise CellError(Problem.NOT_A_DATE)
    if year < 100:
        year += 2000
    try:
        read = date(year, month, day)
    except ValueError:
        raise CellError(Problem.NOT_A_DATE) from None
    if not _EARLIEST <= read.year <= _LATEST:
        raise CellError(Problem.NOT_A_DATE)
    return read.isoformat()


def _month(word: str) -> int:
    """Its number by its English name, whole or cut; 0 where there is none."""
    return next((place for place, name in enumerate(_MONTHS, 1) if name.startswith(word)), 0)


def _read_yes_no(text: str) -> str:
    word = text.casefold()
    if word in _YES:
        return YES
    if word in _NO:
        return NO
    raise CellError(Problem.NOT_YES_NO)


def _read_choice(column: Column, text: str) -> str:
    """A choice by its code, or by a text that begins with it: "Less often" is "less"."""
    word = text.casefold().split(" ")[0]
    if word not in column.choices:
        raise CellError(Problem.NOT_A_CHOICE)
    return word


def _read_codes(text: str, codes: Sequence[str]) -> str:
    """Codes in their own order, by single space: `a-f`, `abcdef`, `a, b, c`, `all`; `-` or `none` for none of them."""
    text = text.casefold()
    if text in {NO_CODES, "–", "none"}:
        return NO_CODES
    if text == "all" and codes:
        return " ".join(codes)
    places = {code.casefold(): place for place, code in enumerate(codes)}
    found: set[int] = set()
    for word in re.split(r"[\s,;+&/]+", re.sub(r"\s*[-–—]\s*", "-", text)):
        if not word:
            continue
        first, dash, last = word.partition("-")
        if word in places:
            found.add(places[word])
        elif dash and first in places and last in places and places[first] <= places[last]:
            found |= set(range(places[first], places[last] + 1))
        elif all(letter in places for letter in word):
            found |= {places[letter] for letter in word}
        else:
            raise CellError(Problem.NOT_A_CODE)
    if not found:
        raise CellError(Problem.NOT_A_CODE)
    return " ".join(codes[place] for place in sorted(found))
