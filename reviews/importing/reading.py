"""Reads the rows of an old score sheet: plain values, no database. What cannot be read is a problem of its cell."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from reviews.importing.columns import ITEM, Field, plain
from reviews.importing.tables import Line
from reviews.worksheets.cells import CellError, read_date
from scales.spec import ScaleSpec

LONGEST = {Field.REVIEWERS: 300, Field.NOTE: 500}
_BLANK = {"", "-", "–", "—", ".", "?", "n/a", "na", "nr", "n.r.", "not rated", "unrated", "none"}
_NUMBER = re.compile(r"-?[0-9]{1,6}(?:[.,][0-9]{1,6})?")
_TWO_WAYS = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-](?:[0-9]{4}|[0-9]{2})(?:[ t].*)?", re.IGNORECASE)


class Problem(StrEnum):
    """What keeps a row from being brought in."""

    REQUIRED = "required"
    NOT_A_DATE = "not-a-date"
    IN_THE_FUTURE = "in-the-future"
    DATE_ORDER = "date-order"
    NOT_A_NUMBER = "not-a-number"
    NOT_WHOLE = "not-whole"
    OUT_OF_RANGE = "out-of-range"
    NO_SCORES = "no-scores"
    TOTAL_DIFFERS = "total-differs"
    NOT_A_KIND = "not-a-kind"
    NO_KIND = "no-kind"
    NOT_A_LABEL = "not-a-label"
    LABEL_DIFFERS = "label-differs"
    TOO_LONG = "too-long"
    TWICE = "twice"
    # Asked of the database.
    NO_SUCH_SITE = "no-such-site"
    TWO_SITES = "two-sites"
    RATING_NOW = "rating-now"
    NO_SUCH_PROFILE = "no-such-profile"
    NO_PROFILE = "no-profile"
    THERE_ALREADY = "there-already"


@dataclass(frozen=True)
class Found:
    """A problem of one cell. `detail`: what a sentence needs besides, such as the line of the first of two rows."""

    problem: Problem
    detail: str = ""


@dataclass(frozen=True)
class ReadRow:
    """`scores`: item code to score, None where unrated. `texts`: by column code, as they stand in the file."""

    line: int
    texts: Mapping[str, str]
    starts_on: date | None = None
    ends_on: date | None = None
    kind: str = ""
    label: str = ""
    scores: Mapping[str, int | None] = field(default_factory=dict)
    total: int | None = None
    problems: Mapping[str, Found] = field(default_factory=dict)

    def text(self, code: Field) -> str:
        return self.texts.get(code.value, "")


@dataclass(frozen=True)
class Words:
    """What cells may say, as `plain` texts: of types of review, and of labels of independence.

    `labels_of_kinds`: the label that a type of review has by itself. `not_stated`: the label of a row that says none.
    """

    kinds: Mapping[str, str]
    labels: Mapping[str, str]
    labels_of_kinds: Mapping[str, str]
    not_stated: str


def read_row(
    line: Line,
    mapping: Sequence[str],
    spec: ScaleSpec,
    words: Words,
    *,
    day_first: bool,
    today: date,
    usual_kind: str = "",
) -> ReadRow:
    """`usual_kind`: the type of review of rows that do not say; "" where nobody has said it yet."""
    texts = {code: cell for code, cell in zip(mapping, line.cells, strict=False) if code}
    problems: dict[str, Found] = {}
    if not texts.get(Field.SITE, ""):
        problems[Field.SITE.value] = Found(Problem.REQUIRED)
    starts_on, ends_on = _days(texts, problems, day_first, today)
    kind, label = _kind_and_label(texts, problems, words, usual_kind)
    scores = _scores(texts, problems, spec)
    for code, longest in LONGEST.items():
        if len(texts.get(code, "")) > longest:
            problems[code.value] = Found(Problem.TOO_LONG, str(longest))
    return ReadRow(
        line=line.number,
        texts=texts,
        starts_on=starts_on,
        ends_on=ends_on,
        kind=kind,
        label=label,
        scores=scores,
        total=_total(texts, problems, scores, spec),
        problems=problems,
    )


def is_day_first(texts: Sequence[str]) -> bool | None:
    """Whether 14/3/2024 or 3/14/2024 shows how days are written; None where nothing shows it, or both do."""
    pairs = [tuple(map(int, found.groups())) for text in texts if (found := _TWO_WAYS.fullmatch(text))]
    day_first = any(first > 12 for first, _second in pairs)
    month_first = any(second > 12 for _first, second in pairs)
    return day_first if day_first != month_first else None


def is_ambiguous(texts: Sequence[str]) -> bool:
    """Whether some day can be read both ways, and nothing in the column shows which."""
    return is_day_first(texts) is None and any(_TWO_WAYS.fullmatch(text) for text in texts)


def repeated(rows: Sequence[ReadRow], keys: Sequence[object]) -> dict[int, int]:
    """Line to the line before it that has the same key; a key of None is like no other."""
    first: dict[object, int] = {}
    found = {}
    for row, key in zip(rows, keys, strict=True):
        if key is None:
            continue
        if key in first:
            found[row.line] = first[key]
        else:
            first[key] = row.line
    return found


def _days(
    texts: Mapping[str, str], problems: dict[str, Found], day_first: bool, today: date
) -> tuple[date | None, date | None]:
    def read(code: Field) -> date | None:
        text = texts.get(code, "")
        if text.casefold() in _BLANK:
            return None
        try:
            day = date.fromisoformat(read_date(text[:40], day_first))
        except CellError:
            problems[code.value] = Found(Problem.NOT_A_DATE)
            return None
        if day > today:
            problems[code.value] = Found(Problem.IN_THE_FUTURE)
            return None
        return day

    starts_on, ends_on = read(Field.STARTS), read(Field.ENDS)
    if starts_on is None and Field.STARTS.value not in problems:
        problems[Field.STARTS.value] = Found(Problem.REQUIRED)
    if starts_on and ends_on and ends_on < starts_on:
        problems[Field.ENDS.value] = Found(Problem.DATE_ORDER)
    return starts_on, ends_on or (starts_on if Field.ENDS.value not in problems else None)


def _kind_and_label(
    texts: Mapping[str, str], problems: dict[str, Found], words: Words, usual_kind: str
) -> tuple[str, str]:
    written, stated = plain(texts.get(Field.KIND, "")), plain(texts.get(Field.INDEPENDENCE, ""))
    kind = words.kinds.get(written, "") if written else usual_kind
    label = words.labels.get(stated, "") if stated else ""
    if not kind:
        problems[Field.KIND.value] = Found(Problem.NOT_A_KIND if written else Problem.NO_KIND)
    if stated and not label:
        problems[Field.INDEPENDENCE.value] = Found(Problem.NOT_A_LABEL)
    own = words.labels_of_kinds.get(kind, "")
    # A self-assessment is called one, and nothing else is.
    belongs = label == own if own else label not in words.labels_of_kinds.values()
    if label and kind and not belongs:
        problems[Field.INDEPENDENCE.value] = Found(Problem.LABEL_DIFFERS)
    return kind, label or own or words.not_stated


def _scores(texts: Mapping[str, str], problems: dict[str, Found], spec: ScaleSpec) -> dict[str, int | None]:
    """Of every item of the scale: one without a column is unrated."""
    scores: dict[str, int | None] = {}
    for item in spec.items:
        code = ITEM + item.code
        number = _whole(texts.get(code, ""), code, problems)
        if number is not None and not spec.minimum <= number <= spec.maximum:
            problems[code] = Found(Problem.OUT_OF_RANGE)
            number = None
        scores[item.code] = number
    has_problem = any(code.startswith(ITEM) for code in problems)
    if not has_problem and all(score is None for score in scores.values()):
        problems[ITEM] = Found(Problem.NO_SCORES)
    return scores


def _total(
    texts: Mapping[str, str], problems: dict[str, Found], scores: Mapping[str, int | None], spec: ScaleSpec
) -> int | None:
    """The total that the sheet names, held against the sum of what was read."""
    total = _whole(texts.get(Field.TOTAL, ""), Field.TOTAL.value, problems)
    came_to = sum(score for score in scores.values() if score is not None)
    are_read = not any(code.startswith(ITEM) for code in problems)
    if total is not None and are_read and total != came_to:
        problems[Field.TOTAL.value] = Found(Problem.TOTAL_DIFFERS, str(came_to))
    return total


def _whole(text: str, code: str, problems: dict[str, Found]) -> int | None:
    if text.casefold() in _BLANK:
        return None
    if not _NUMBER.fullmatch(text):
        problems[code] = Found(Problem.NOT_A_NUMBER)
        return None
    number = float(text.replace(",", "."))
    if not number.is_integer():
        problems[code] = Found(Problem.NOT_WHOLE)
        return None
    return int(number)
