"""The files of a comparison, read back: the same numbers as on the pages, and texts that stay texts."""

import csv
import io
from datetime import date

import openpyxl
import pytest

from reports.across.choosing import Choice, InSight
from reports.across.comparison import Comparison
from tests.factories.programs import ProgramFactory, SiteFactory
from tests.factories.scales import setting_profile
from tests.reports.across import reader_of, result

pytestmark = pytest.mark.django_db

RISKY = '=HYPERLINK("http://example.org")'


@pytest.fixture
def items():
    return setting_profile().version.to_spec().items


@pytest.fixture
def reader(client, items):
    program = ProgramFactory(name="@Bayside")
    result(SiteFactory(program=program, name=RISKY, region="+Coast"), {items[0].code: 2}, spreads=0)
    result(
        SiteFactory(program=program, name="Lantern\x01 Road", region="Hills"),
        {items[0].code: 3, items[1].code: None},
        profile=setting_profile("primary-care"),
        spreads=2,
    )
    user = reader_of(program)
    client.force_login(user)
    return user


def test_csv_has_a_row_per_site_with_every_score_and_what_was_chosen(client, reader, items):
    answer = client.get("/across.csv", {"region": "+Coast"})

    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert 'attachment; filename="across-sites-' in answer["Content-Disposition"]
    (row,) = rows
    assert row["site"] == f"'{RISKY}"
    assert (row["program"], row["region"]) == ("'@Bayside", "'+Coast")
    assert [row[item.code] for item in items] == ["2", *["5"] * (len(items) - 1)]
    assert (row["unrated"], row["self_assessment"], row["change"]) == ("0", "no", "")
    assert row["choice"] == "Region: +Coast"


def test_csv_leaves_an_unrated_item_empty(client, reader, items):
    answer = client.get("/across.csv", {"region": "Hills"})

    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row[items[0].code], row[items[1].code], row["unrated"], row["band"] != "") == ("3", "", "1", True)


def test_a_total_before_that_is_a_range_comes_with_its_ends(client, reader, items):
    site = SiteFactory(program=reader.memberships.get().program, name="Alder", region="Valley")
    earlier = result(site, {items[0].code: None}, date(2024, 3, 4))
    latest = result(site, {items[0].code: 3, items[1].code: 3})

    answer = client.get("/across.csv", {"region": "Valley"})
    book = openpyxl.load_workbook(io.BytesIO(client.get("/across.xlsx", {"region": "Valley"}).content))

    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    before = (earlier.points, earlier.lowest, earlier.highest)
    named = [row[f"previous_{name}"] for name in ("total", "lowest", "highest")]
    assert (named, row["change"]) == ([*map(str, before)], "")
    assert earlier.lowest < earlier.highest
    heads, values = book["Sites"].values
    in_book = dict(zip(heads, values, strict=True))
    assert [in_book[name] for name in ("Total before", "Lowest before", "Highest before", "Change")] == [
        *before,
        None,
    ]
    assert [in_book[f"Open part, {end}"] for end in ("lowest", "highest")] == [
        latest.open_lowest,
        latest.open_highest,
    ]


def test_workbook_has_a_sheet_for_each_part_with_the_numbers_of_the_pages(client, reader, items):
    book = openpyxl.load_workbook(io.BytesIO(client.get("/across.xlsx").content))
    in_sight = InSight(reader)
    comparison = Comparison(reader, in_sight, Choice(versions=in_sight.versions_of(in_sight.usual_scale())))

    assert book.sheetnames == ["About", "Sites", "Items", "Scores", "Barriers", "Adaptations", "Agreement"]
    sites = list(book["Sites"].values)
    by_name = {row[0]: row for row in sites[1:]}
    assert by_name[RISKY][19:] == (2, *[5] * (len(items) - 1))
    assert by_name["Lantern[U+0001] Road"][19:22] == (3, "n/r", 5)
    scores = {row[0]: row[2:] for row in list(book["Scores"].values)[1:]}
    for one in comparison.items:
        expected = (*(one.scores.get(point, 0) for point in comparison.points), one.unrated)
        assert scores[one.joined.item.number] == expected
    lost = {row[0]: row[3:] for row in list(book["Items"].values)[1:]}
    (first,) = [one for one in comparison.items if one.below]
    assert lost == {first.joined.item.number: (2, 2, *vars(first.gap).values())}
    agreement = {row[0]: row[2:] for row in list(book["Agreement"].values)[1:]}
    assert set(agreement.values()) == {(2, 1, 1)}
    assert len(agreement) == len(items)


def test_the_first_sheet_says_what_was_chosen_and_when_it_was_made(client, reader):
    book = openpyxl.load_workbook(
        io.BytesIO(client.get("/across.xlsx", {"region": "+Coast", "visits_from": "2026-01-01"}).content)
    )

    said = {row[0]: row[1] for row in book["About"].values if row[0]}
    assert said["Region"] == "+Coast"
    assert said["Visits from"] == "January 1, 2026"
    assert said["Made on"]
    assert any("Only one site" in str(row[1]) for row in book["About"].values)


def test_no_cell_of_the_workbook_is_a_formula(client, reader):
    book = openpyxl.load_workbook(io.BytesIO(client.get("/across.xlsx").content))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert [cell.quotePrefix for cell in cells if cell.value == RISKY] == [True]
