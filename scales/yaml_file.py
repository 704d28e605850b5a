"""Scale versions and setting profiles as YAML files, one file each: `read_scale(write_scale(spec), name) == spec`.

Numbers of sections and items are their positions, so a file does not write them. Reading is here, writing in
`scales.yaml_writing`, what must hold for a definition as a whole in `scales.checking`.
"""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from scales.checking import Finding, check_profile, profile_problems, scale_problems
from scales.sentences import sentence as _
from scales.spec import (
    Adjustment,
    Anchor,
    Band,
    Component,
    Condition,
    Degree,
    EvidenceSource,
    ExpectedLoss,
    FewSeekers,
    Item,
    Principle,
    ProfileSource,
    ProfileSpec,
    Reading,
    ReanchoredThreshold,
    ScaleSpec,
    Section,
    Statement,
    StatementKind,
    UnratedReason,
)
from scales.yaml_nodes import DefinitionError, Notebook, Problem, Row, top_row
from scales.yaml_writing import write_profile, write_scale

__all__ = [
    "DefinitionError",
    "FileKind",
    "Problem",
    "check_profile",
    "kind_of",
    "read_profile",
    "read_scale",
    "write_profile",
    "write_scale",
]

Titled = TypeVar("Titled", EvidenceSource, Principle)
Definition = TypeVar("Definition", ScaleSpec, ProfileSpec)
Fits = Callable[[Definition], Iterable[Finding]]


class FileKind(StrEnum):
    """What a definition file describes."""

    VERSION = "scale version"
    PROFILE = "setting profile"
    FIGURES = "figures"


# The key that only this kind of file begins with; a file with neither is a scale version.
FIRST_KEYS = {
    FileKind.PROFILE: re.compile("^profile:", re.MULTILINE),
    FileKind.FIGURES: re.compile("^figures_of:", re.MULTILINE),
}


def kind_of(text: str) -> FileKind:
    """Told by the first key of the file, whatever else is in it."""
    return next((kind for kind, key in FIRST_KEYS.items() if key.search(text)), FileKind.VERSION)


def read_scale(text: str, name: str, fits: Fits[ScaleSpec] = lambda scale: ()) -> ScaleSpec:
    """One scale version. `name` is the file's, for messages. Raises DefinitionError naming every problem found.

    `fits`: what else keeps it from being used, asked once it makes sense by itself.
    """
    notebook = Notebook(name)
    row = top_row(text, notebook)
    numbers = itertools.count(1)
    scale = ScaleSpec(
        scale_code=row.code("scale"),
        scale_name=row.text("name", most=100),
        label=row.code("label"),
        title=row.text("title", most=200),
        language=row.language("language"),
        source=row.text("source"),
        edition=row.text("edition", most=100),
        permission=row.text("permission"),
        minimum=row.whole("minimum"),
        maximum=row.whole("maximum"),
        bands=row.rows("bands", _band, named="label", required=True),
        evidence_sources=row.rows("evidence_sources", lambda one: _titled(one, EvidenceSource), named="code"),
        principles=row.rows("principles", lambda one: _titled(one, Principle), named="code"),
        sections=row.rows("sections", lambda one: _section(one, numbers), named="code", required=True),
    )
    row.finish()
    return _sensible(_sensible(scale, notebook, scale_problems(scale)), notebook, fits(scale))


def read_profile(text: str, name: str, fits: Fits[ProfileSpec] = lambda profile: ()) -> ProfileSpec:
    """One setting profile, by itself: `check_profile` says whether it fits its scale. Raises DefinitionError.

    `fits`: as for a version; `scales.checking.misfits` is such a question.
    """
    notebook = Notebook(name)
    row = top_row(text, notebook)
    profile = ProfileSpec(
        code=row.code("profile"),
        scale_code=row.code("scale"),
        scale_label=row.code("label"),
        setting=row.code("setting"),
        title=row.text("title", most=200),
        in_words=row.text("in_words", most=100),
        summary=row.text("summary"),
        sources=row.rows(
            "sources", lambda one: ProfileSource(one.code("code"), one.text("citation")), named="code"
        ),
        notes=row.rows("notes", _statement),
        unrated_reasons=row.rows("unrated_reasons", _unrated_reason, named="code"),
        adjustments=row.rows("adjustments", _adjustment, named="item"),
    )
    row.finish()
    return _sensible(_sensible(profile, notebook, profile_problems(profile)), notebook, fits(profile))


def _sensible(spec: Definition, notebook: Notebook, findings: Iterable[Finding]) -> Definition:
    """The spec, if all of it could be read and it makes sense as a whole."""
    notebook.stop_if_any()
    for place, reason in findings:
        notebook.note(place, reason)
    notebook.stop_if_any()
    return spec


def _band(row: Row) -> Band:
    return Band(
        lowest=row.whole("lowest"),
        highest=row.whole("highest"),
        label=row.text("label", most=100),
        meaning=row.text("meaning", required=False),
    )


def _titled(row: Row, kind: type[Titled]) -> Titled:
    return kind(
        code=row.code("code", most=20 if kind is EvidenceSource else 50), title=row.text("title", most=200)
    )


def _section(row: Row, numbers: Iterator[int]) -> Section:
    """`numbers` counts the items on from section to section."""
    return Section(
        code=row.code("code"),
        number=row.position,
        title=row.text("title", most=100),
        items=row.rows("items", lambda one: _item(one, next(numbers)), named="code", required=True),
    )


def _item(row: Row, number: int) -> Item:
    return Item(
        code=row.code("code"),
        number=number,
        number_in_section=row.position,
        title=row.text("title", most=200),
        short_title=row.text("short_title", most=40),
        measures=row.text("measures"),
        intent=row.text("intent", required=False),
        reading=row.word("reading", Reading),
        unit=row.text("unit", required=False, most=100),
        part_label=row.text("part_label", required=False, most=200),
        whole_label=row.text("whole_label", required=False, most=200),
        per_specialist=row.truth("per_specialist"),
        few_seekers=row.row("few_seekers", _few_seekers),
        evidence=row.codes("evidence"),
        principles=row.codes("principles"),
        note=row.text("note", required=False),
        components=row.rows(
            "components", lambda one: Component(one.code("code"), one.text("text")), named="code"
        ),
        conditions=row.rows("conditions", _condition, named="code"),
        anchors=row.rows("anchors", _anchor, named="points", required=True),
    )


def _few_seekers(row: Row) -> FewSeekers:
    return FewSeekers(fewer_than=row.whole("fewer_than"), times=row.whole("times"))


def _condition(row: Row) -> Condition:
    return Condition(
        code=row.code("code"),
        question=row.text("question"),
        implies=row.codes("implies"),
        whole_below=row.decimal("whole_below"),
    )


def _anchor(row: Row) -> Anchor:
    lower, lower_open = _bound(row, "at_least", "above")
    upper, upper_open = _bound(row, "at_most", "below")
    count_lowest, count_highest = row.number_or_range("present") or (None, None)
    return Anchor(
        points=row.whole("points"),
        lower=lower,
        upper=upper,
        lower_open=lower_open,
        upper_open=upper_open,
        count_lowest=count_lowest,
        count_highest=count_highest,
        requires=row.codes("requires"),
        also_when=row.codes("also_when"),
        descriptor=row.text("descriptor"),
    )


def _bound(row: Row, included: str, excluded: str) -> tuple[Decimal | None, bool]:
    """The bound under either key, and whether it is the one that leaves out the number itself."""
    closed, opened = row.decimal(included), row.decimal(excluded)
    if row.has(included) and row.has(excluded):
        row.note(
            _(
                "has both %(included)s and %(excluded)s; one of them is enough",
                included=included,
                excluded=excluded,
            ),
            excluded,
        )
    return (closed, False) if opened is None else (opened, True)


def _adjustment(row: Row) -> Adjustment:
    return Adjustment(
        item=row.code("item"),
        degree=row.word("degree", Degree, default=Degree.SAME),
        expected_loss=row.row("expected_loss", _expected_loss),
        statements=row.rows("statements", _statement),
        thresholds=row.rows("thresholds", _threshold, named="points"),
        unrated_reasons=row.rows("unrated_reasons", _unrated_reason, named="code"),
    )


def _expected_loss(row: Row) -> ExpectedLoss:
    return ExpectedLoss(lowest=row.whole("lowest"), highest=row.whole("highest"), source=row.code("source"))


def _statement(row: Row) -> Statement:
    return Statement(kind=row.word("kind", StatementKind), text=row.text("text"), source=row.code("source"))


def _threshold(row: Row) -> ReanchoredThreshold:
    return ReanchoredThreshold(
        points=row.whole("points"),
        lower=row.decimal("at_least"),
        upper=row.decimal("at_most"),
        source=row.code("source"),
    )


def _unrated_reason(row: Row) -> UnratedReason:
    return UnratedReason(code=row.code("code"), text=row.text("text"), source=row.code("source"))
