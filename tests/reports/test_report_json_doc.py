"""`docs/report-json.md` names every key of a report's JSON and every column of its CSV, and no other."""

import json
import re
import types
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest

from reports.document import SCHEMA, ReportDocument
from reports.sample import sample_document
from reports.writers.csv_file import write_csv
from reports.writers.json_file import write_json
from reviews.independence import Label
from reviews.models import Kind, Mode
from tests.reports.documents import CODES, report

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "report-json.md").read_text(encoding="utf-8")
ROWS = [line.split(" | ") for line in PAGE.splitlines() if line.startswith("| `")]
TYPES = {key: kind for keys, kind, _what in ROWS for key in re.findall(r"`([^`]+)`", keys)}
JSON_TYPES = {
    "text": str,
    "number": int,
    "yes or no": bool,
    "date": str,
    "moment": str,
    "null": type(None),
    "object": dict,
}


def declared(kind, path: str) -> Iterator[str]:
    """Paths of everything that the dataclasses can hold."""
    inner = typing.get_args(kind)
    if typing.get_origin(kind) is types.UnionType:
        kind = next(one for one in inner if one is not type(None))
        if is_dataclass(kind):
            yield path
        yield from declared(kind, path)
    elif typing.get_origin(kind) is tuple:
        yield from declared(inner[0], f"{path}[]")
    elif is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        for one in fields(kind):
            yield from declared(hints[one.name], f"{path}.{one.name}".lstrip("."))
    else:
        yield path


def written(value, path: str = "") -> Iterator[tuple[str, object]]:
    """Path and value of everything in a file."""
    if isinstance(value, dict):
        yield path, value
        for key, inner in value.items():
            yield from written(inner, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list):
        for inner in value:
            yield from written(inner, f"{path}[]")
    else:
        yield path, value


def test_every_key_is_described_and_no_other():
    assert set(TYPES) == set(declared(ReportDocument, ""))


@pytest.mark.parametrize(
    "document",
    [sample_document(), report({CODES[0]: None}, edition="", interviews=None)],
    ids=["whole", "with little in it"],
)
def test_what_is_in_a_file_has_the_type_that_is_described(document):
    for path, value in written(json.loads(write_json(document).data)):
        if path in TYPES:
            assert type(value) in [
                JSON_TYPES[one] for one in TYPES[path].split(" or ") if one in JSON_TYPES
            ] + ([bool] if TYPES[path] == "yes or no" else []), path


def test_the_description_names_the_schema_of_today():
    assert f"now **{SCHEMA}**" in PAGE
    assert json.loads(write_json(sample_document()).data)["schema"] == SCHEMA


@pytest.mark.parametrize(
    ("key", "codes"),
    [("kind", Kind.values), ("mode", Mode.values), ("independence", [one.value for one in Label])],
)
def test_the_codes_that_are_named_are_those_there_are(key, codes):
    (row,) = [what for keys, _kind, what in ROWS if keys == f"| `{key}`"]

    assert set(re.findall(r"`([^`]+)`", row)) == set(codes)


def test_the_columns_of_the_csv_are_those_that_are_named_in_that_order():
    named = PAGE.partition("## CSV")[2].partition("same in every language:")[2].partition("A score that")[0]
    head = write_csv(replace(sample_document(), edition="")).data.decode("utf-8-sig").partition("\r\n")[0]

    assert re.findall(r"`([a-z_]+)`", named) == head.split(",")
