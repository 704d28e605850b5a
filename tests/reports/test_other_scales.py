"""Reports on scales of 15 and 35 items and of other points: totals, bands, gaps, charts and sheet, page and PDF."""

import io
import re

import pytest
from pypdf import PdfReader

from reports.assembly import Rated
from reports.charts import item_strip
from reports.document import BandLine, ReportDocument
from reports.html import page_body
from reports.pdf import write_pdf
from reports.presentation import present
from reports.sample import document_of
from reports.words import in_language, short_bands
from scales.scoring import band_of, section_totals, total
from tests.reports.reviews import issued_report
from tests.reviews.pages import text_of
from tests.reviews.situations import YEAR_BEFORE, lead_of
from tests.scales.other_definitions import EVERY, Definition, counting, of_15, of_35


@pytest.fixture(params=EVERY.values(), ids=EVERY.keys())
def definition(request) -> Definition:
    return request.param()


def every_point(definition: Definition) -> dict[str, int]:
    """Each score of the scale in turn, the lowest first."""
    points = range(definition.scale.minimum, definition.scale.maximum + 1)
    return {item.code: points[place % len(points)] for place, item in enumerate(definition.scale.items)}


def without_the_last(definition: Definition) -> dict[str, int | None]:
    return every_point(definition) | {definition.scale.items[-1].code: None}


def report(definition: Definition, scores: dict[str, int | None], before=None) -> ReportDocument:
    """Where an item has no score, the profile's own reason says why."""
    ratings = {
        code: Rated(score=score)
        if score is not None
        else Rated(not_rated=True, unrated_code=definition.profile.unrated_reasons[0].code)
        for code, score in scores.items()
    }
    return document_of(definition.scale, definition.profile, ratings, before)


def plain(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def pages(data: bytes) -> list[str]:
    return [" ".join(one.extract_text().split()) for one in PdfReader(io.BytesIO(data)).pages]


def presented(document: ReportDocument):
    with in_language(document.language):
        return present(document)


# What it says


def test_total_band_and_sections_are_those_of_the_scale(definition):
    scores = every_point(definition)
    points = sum(scores.values())
    parts = section_totals(definition.scale, scores)

    said = plain(page_body(report(definition, scores)))

    assert f"{points} of {definition.scale.highest_total}, {band_of(definition.scale, points).label}" in said
    for section in definition.scale.sections:
        part = parts[section.code]
        assert f"{part.points} / {part.maximum} {section.title}" in said


def test_with_an_item_unrated_the_total_is_a_range_and_the_reason_is_given(definition):
    scores = without_the_last(definition)
    found = total(definition.scale, scores)

    said = plain(page_body(report(definition, scores)))

    assert f"{found.points} so far, can become {found.lowest} to {found.highest}" in said
    assert definition.profile.unrated_reasons[0].text in said


def test_every_gap_is_counted_to_the_highest_point_of_the_scale(definition):
    scores = without_the_last(definition)

    shown = presented(report(definition, scores))

    figures = [item.gap.gap for section in shown.sections for item in section.items]
    highest = definition.scale.maximum
    assert figures == ["–" if score is None else str(highest - score) for score in scores.values()]
    rated = [score for score in scores.values() if score is not None]
    assert shown.gap_total.gap == str(highest * len(rated) - sum(rated))


def test_the_strip_of_an_item_has_a_cell_for_each_point(definition):
    shown = presented(report(definition, every_point(definition)))

    for section in shown.sections:
        for item in section.items:
            filled = item.strip.forms.count("score")
            assert (filled, len(item.strip.forms)) == (item.line.score, definition.scale.maximum)


def test_a_score_of_0_is_a_score_and_not_an_unrated_item():
    definition = counting(0, 3)
    lowest = dict.fromkeys(every_point(definition), 0)

    document = report(definition, lowest, before=lowest)
    said = plain(page_body(document))

    assert "0 of 105, Mostly not there" in said
    assert "Not rated" not in said
    assert "0 of 3" in said
    assert all(item.previous == 0 and item.change == 0 for item in document.items)


# How it is laid out


@pytest.mark.parametrize("scores", [every_point, without_the_last])
def test_page_1_the_gaps_and_the_score_sheet_fill_one_page_each(definition, scores):
    document = report(definition, scores(definition))

    printed = pages(write_pdf(document))

    assert "Where the gaps are" in printed[1]
    assert "Item by item" in printed[2]
    assert sum("Criterion" in text for text in printed) == 1
    assert document.total.points == total(definition.scale, scores(definition)).points
    assert f"{document.total.points} " in printed[0]


def test_every_item_stands_on_page_1_in_the_table_of_gaps_and_on_the_sheet(definition):
    printed = pages(write_pdf(report(definition, every_point(definition))))
    sheet = next(text for text in printed if "Criterion" in text)
    gaps = printed[1]

    for item in definition.scale.items:
        assert item.short_title in printed[0]
        assert item.short_title in gaps
        assert f"{item.number_in_section} ({item.number}) {item.title}" in sheet


def test_a_chart_of_items_that_page_1_has_no_room_for_fills_the_next(definition):
    sentence = (
        "Specialists and clinicians meet every week, share one record and decide together what comes next. "
    )
    codes = [item.code for item in definition.scale.items]
    ratings = {
        code: Rated(score=definition.scale.minimum, strength=sentence * 2)
        if place < 6
        else Rated(
            score=definition.scale.minimum, priority=place - 5 if place < 12 else None, action=sentence * 2
        )
        for place, code in enumerate(codes)
    }

    printed = pages(write_pdf(document_of(definition.scale, definition.profile, ratings)))

    assert "What is strong" in printed[0]
    assert "Every item at a glance" in printed[1]
    assert all(item.short_title in printed[1] for item in definition.scale.items)
    assert "Where the gaps are" in printed[2]


@pytest.mark.parametrize(
    ("labels", "shown"),
    [
        (["Good fidelity", "Fair fidelity", "Not supported employment"], ["Good", "Fair", None]),
        (["Well in place", "Partly in place", "Begun"], [None, None, None]),
        (["Good fidelity", "Poor quality"], [None, None]),
    ],
)
def test_a_band_is_shortened_to_a_word_that_stands_by_itself(labels, shown):
    short = short_bands(tuple(BandLine(label, 0, 1, "") for label in labels))

    assert [short[label] for label in labels] == [
        word or label for word, label in zip(shown, labels, strict=True)
    ]


@pytest.mark.parametrize(
    ("lowest", "highest", "line", "offered"),
    [(1, 5, "1 2 3 4 5", 5), (0, 3, "0 1 2 3", 4), (0, 10, "0 1 2 3 4 5 6 7 8 9 10", 11), (0, 12, "0–12", 1)],
)
def test_the_sheet_prints_every_point_or_the_range_where_there_are_many(lowest, highest, line, offered):
    definition = counting(lowest, highest)

    shown = presented(report(definition, every_point(definition)))

    item = shown.sections[0].items[1]
    assert shown.points_line == line
    assert len(item.points) == offered
    assert [point.points for point in item.points if point.is_chosen] == [item.line.score]


def test_the_sheet_of_many_points_leaves_an_unrated_item_open():
    definition = counting(0, 12)

    shown = presented(report(definition, dict.fromkeys(every_point(definition))))

    assert all(item.points == () for section in shown.sections for item in section.items)


@pytest.mark.parametrize("highest", [1, 2, 10, 25, 60, 100])
def test_the_strip_keeps_its_width_however_many_points_there_are(highest):
    definition = counting(0, highest)
    half = report(definition, dict.fromkeys(every_point(definition), highest // 2))

    strip = item_strip(half.items[0], highest, "")

    across = [float(number) for number in re.findall(r"h(\d[\d.]*)v", strip.score + strip.open)]
    starts = [float(number) for number in re.findall(r"M([\d.]+) ", strip.score + strip.open)]
    assert min(across) > 0
    assert max(start + width for start, width in zip(starts, across, strict=True)) <= strip.width


# From the database to the PDF that is kept


@pytest.mark.django_db
def test_an_issued_report_of_another_scale_is_read_as_page_and_pdf(client, definition, tmp_path):
    scores = without_the_last(definition)
    review = issued_report(scores, profile=definition.load(tmp_path))
    client.force_login(lead_of(review))
    found = total(definition.scale, scores)
    becomes = f"can become {found.lowest} to {found.highest}"

    shown = text_of(client.get(f"/reviews/{review.pk}/report/"))
    printed = " ".join(pages(client.get(f"/reviews/{review.pk}/report/1.0.pdf").content))

    for said in (shown, printed):
        assert f"{found.points} so far, of {found.maximum}" in said
        assert becomes in said
        assert definition.scale.title in said
        assert "Not seen at this visit." in said


@pytest.mark.django_db
def test_a_review_on_another_scale_is_no_point_of_comparison(client, tmp_path):
    """Both count from 1 to 5 and both have an item of caseload size, by other numbers."""
    before = issued_report(3, **YEAR_BEFORE)
    review = issued_report(4, profile=of_15().load(tmp_path), site=before.site)
    client.force_login(lead_of(review))

    said = text_of(client.get(f"/reviews/{review.pk}/report/"))

    assert "60 of 75" in said
    assert "used another scale version" in said
    assert "Before" not in said


def test_the_two_parts_have_totals_of_their_own():
    definition = of_35()

    said = plain(page_body(report(definition, dict.fromkeys(every_point(definition), 4))))

    assert "72 / 90 Part 1: Work" in said
    assert "68 / 85 Part 2: Education" in said
    assert "140 of 175, Well in place" in said
