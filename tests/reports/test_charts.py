import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import charts
from reports.document import BandLine, GapLine, Range
from reports.item_views import section_view
from tests.reports.documents import report

BANDS = (BandLine("Low", 3, 7, ""), BandLine("Middle", 8, 11, ""), BandLine("High", 12, 15, ""))


def strip_of(score, *, setting=(0, 0), maximum=5, previous=None):
    from dataclasses import replace

    gap = None
    if score is not None:
        most = maximum - score
        gap = GapLine(most, Range(*setting), Range(most - setting[1], most - setting[0]))
    item = replace(report(5).items[0], score=score, gap=gap, previous=previous)
    return charts.item_strip(item, maximum, "title")


@pytest.mark.parametrize(
    ("score", "setting", "maximum", "expected"),
    [
        (4, (0, 0), 5, ["score"] * 4 + ["open"]),
        (2, (2, 3), 5, ["score"] * 2 + ["setting"] * 3),
        (3, (1, 1), 5, ["score"] * 3 + ["open", "setting"]),
        (5, (0, 0), 5, ["score"] * 5),
        (None, (0, 0), 5, ["unrated"] * 5),
        (2, (1, 2), 7, ["score"] * 2 + ["open"] * 3 + ["setting"] * 2),
        (0, (0, 0), 3, ["open"] * 3),
    ],
)
def test_a_strip_has_a_cell_for_each_point(score, setting, maximum, expected):
    assert list(strip_of(score, setting=setting, maximum=maximum).forms) == expected


def test_a_strip_marks_the_previous_score_only_where_there_is_one():
    assert strip_of(4).previous == ""
    assert strip_of(4, previous=3).previous


def scale(**marks):
    defaults = {"total": None, "total_label": ""}
    return charts.total_scale(
        BANDS, title="title", labels=[band.label for band in BANDS], **(defaults | marks)
    )


def test_bands_fill_the_scale_without_a_gap():
    drawn = scale(total=9, total_label="9")

    ends = [round(band.x + band.width, 2) for band in drawn.bands]
    assert drawn.bands[0].x == 0
    assert ends[:-1] == [band.x for band in drawn.bands[1:]]
    assert ends[-1] == drawn.width


def test_a_total_that_is_a_range_has_no_marker_but_a_stretch():
    drawn = scale(becomes=Range(6, 10), becomes_label="6–10")

    assert drawn.total is None
    assert drawn.becomes is not None
    assert drawn.becomes.x < drawn.becomes.end


@given(total=st.integers(3, 15), previous=st.integers(3, 15), width=st.sampled_from([180.0, 240.0, 380.0]))
def test_words_on_the_scale_stay_inside_and_apart(total, previous, width):
    drawn = scale(
        total=total, total_label=str(total), previous=previous, previous_label="9, October 2025", width=width
    )

    assert drawn.total is not None
    assert drawn.previous is not None
    half = charts.text_width(drawn.total.label, charts.MARKER_SIZE) / 2
    start, end = spread(drawn.previous)
    assert start >= -0.01
    assert end <= width + 0.01
    assert (
        not drawn.previous.label or end <= drawn.total.label_x - half or start >= drawn.total.label_x + half
    )


def spread(marker) -> tuple[float, float]:
    needed = charts.text_width(marker.label, charts.LABEL_SIZE)
    before = {"start": 0.0, "middle": needed / 2, "end": needed}[marker.anchor]
    return marker.label_x - before, marker.label_x - before + needed


def test_every_item_is_told_in_words():
    document = report({"caseload-size": 4}, before={"caseload-size": 3})

    strips = [item.strip for item in section_view(document.sections[0], document, {}, []).items]

    assert strips[0].title == ("Caseload size: 4 of 5, gap 1, of which setting 1, open 0; previously 3")
    assert strips[1].title == "Employment services staff: 5 of 5, no gap"
