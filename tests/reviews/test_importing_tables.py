"""Files of old score sheets as lines of texts: workbooks and text files, whole ones and hostile ones."""

import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from reviews.importing.tables import MOST_BYTES, MOST_LINES, FileProblem, NotReadable, read_lines


def workbook(*rows, sheets=()) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    for name in sheets:
        made.create_sheet(name).append(["Not this one"])
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def cells(content: bytes) -> list[tuple[str, ...]]:
    return [line.cells for line in read_lines(content)]


def problem(content: bytes) -> FileProblem:
    with pytest.raises(NotReadable) as refused:
        read_lines(content)
    return refused.value.problem


TABLE = [("Site", "Date", "1"), ("Müller, Hof", "2024-10-14", "4")]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_text_file_is_read_whatever_its_separator_encoding_and_line_ends(separator, encoding, ending):
    text = ending.join(separator.join(f'"{cell}"' for cell in row) for row in TABLE)

    assert cells(text.encode(encoding)) == TABLE


def test_lines_are_counted_as_a_spreadsheet_counts_its_rows():
    lines = read_lines(b"Title\n\nSite,1\n,\nA,4\n")

    assert [line.number for line in lines] == [1, 3, 5]
    assert [line.cells for line in lines] == [("Title", ""), ("Site", "1"), ("A", "4")]


def test_a_workbook_gives_its_values_as_people_write_them():
    content = workbook(
        ["Site", "Day", "Score", "Half", "Yes"],
        ["A", datetime(2024, 10, 14), 4.0, 4.5, True],
        ["B", date(2024, 10, 15), 3, None, False],
        sheets=["How to fill in"],
    )

    assert cells(content)[1:] == [("A", "2024-10-14", "4", "4.5", "yes"), ("B", "2024-10-15", "3", "", "no")]


def test_a_formula_is_no_more_than_what_it_last_came_to():
    """This one never came to anything: no one opened the file since it was made."""
    assert cells(workbook(["Site", "Total"], ["A", '=HYPERLINK("http://x","y")'])) == [
        ("Site", "Total"),
        ("A", ""),
    ]


def test_marks_that_turn_text_round_and_control_characters_are_taken_out():
    assert cells("Site,1\nA\u202eB  C,4\n".encode()) == [("Site", "1"), ("AB C", "4")]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", FileProblem.EMPTY),
        (b" \n;;\n", FileProblem.EMPTY),
        (b"x" * (MOST_BYTES + 1), FileProblem.TOO_LARGE),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, FileProblem.OLD_WORKBOOK),
        (b"PK\x03\x04 and nothing more", FileProblem.BROKEN_WORKBOOK),
        (b"%PDF-1.7\n\x00\x01\x02", FileProblem.NO_TEXT),
        (b"a,b\n" * (MOST_LINES + 1), FileProblem.TOO_MANY_LINES),
        (b",".join([b"a"] * 200), FileProblem.TOO_MANY_COLUMNS),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(content, told):
    assert problem(content) is told


def test_a_workbook_that_unpacks_to_far_more_than_it_is_stays_packed():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b" " * (60 * 1024 * 1024))

    assert len(file.getvalue()) < 100_000
    assert problem(file.getvalue()) is FileProblem.TOO_LARGE


def test_a_workbook_whose_parts_define_entities_is_refused():
    whole, file = zipfile.ZipFile(io.BytesIO(workbook(["Site"], ["A"]))), io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for part in whole.namelist():
            entity = (
                b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>'
                if part.startswith("xl/work")
                else b""
            )
            package.writestr(part, entity + whole.read(part))

    assert problem(file.getvalue()) is FileProblem.BROKEN_WORKBOOK


@given(st.binary(max_size=400))
def test_no_bytes_crash_the_reader(content):
    for start in (b"", b"PK\x03\x04", b"\xff\xfe"):
        try:
            lines = read_lines(start + content)
        except NotReadable:
            continue
        assert len({len(line.cells) for line in lines}) == 1


@given(cut=st.integers(0, 6000), flipped=st.integers(0, 5999))
def test_no_damage_to_a_workbook_crashes_the_reader(cut, flipped):
    content = bytearray(DAMAGED)
    content[flipped % len(content)] ^= 0xFF
    try:
        lines = read_lines(bytes(content[: len(content) - cut % 200]))
    except NotReadable:
        return
    assert len({len(line.cells) for line in lines}) == 1


DAMAGED = workbook(*TABLE)
