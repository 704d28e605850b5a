"""The charts of a trend as plain values: what is where, what is joined, and that nothing stands on anything else."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.charts import text_width
from reports.trend.labels import Box, Placing, along, box_of, boxes_on_line
from reports.trend.shapes import SHAPES, shape
from reports.trend.small_chart import HEIGHT, WIDTH, Value, small_chart
from reports.trend.time_axis import TimeAxis
from reports.trend.total_chart import NARROW, NUMBER_SIZE, WIDE, Threshold, axis_of, total_chart
from reports.trend.total_frame import SIZE, turn_words
from tests.reports.trend_visits import CODES, FIRST, WORDS, history, next_spec, some_histories, visit, years

days = st.dates(date(2000, 1, 1), date(2060, 1, 1))


def chart(of, size=WIDE, thresholds=()):
    return total_chart(of, replace(WORDS, turns=WORDS.turns[: len(of.turns)]), size, thresholds)


def points_of(path: str) -> list[tuple[float, float]]:
    """Where each part of a path begins."""
    return [(float(x), float(y)) for x, y in re.findall(r"M(-?[\d.]+) (-?[\d.]+)", path)]


@given(first=days, last=days, between=days)
def test_days_stand_on_the_axis_in_their_order_and_to_scale(first, last, between):
    first, between, last = sorted((first, between, last))
    axis = TimeAxis(first, last, 20, 620)

    places = [axis.place(day) for day in (first, between, last)]
    assert places == sorted(places)
    assert all(20 <= place <= 620 for place in places)
    if first < last:
        share = (between - first).days / (last - first).days
        assert places[1] == pytest.approx(20 + 600 * share, abs=0.01)


@given(first=days, length=st.integers(0, 20_000), most=st.integers(1, 12))
def test_marks_of_time_are_few_on_the_axis_and_evenly_apart_in_months(first, length, most):
    axis = TimeAxis(first, first + timedelta(days=length), 0, 600)

    ticks = axis.ticks(most)
    months = [tick.day.year * 12 + tick.day.month for tick in ticks]
    assert len(ticks) <= most
    assert all(first <= tick.day <= axis.last for tick in ticks)
    assert len({later - earlier for earlier, later in pairwise(months)}) <= 1


@settings(max_examples=60, deadline=None)
@given(of=some_histories(), size=st.sampled_from([WIDE, NARROW]))
def test_every_mark_and_number_of_the_totals_is_inside_and_no_number_on_another(of, size):
    drawn = chart(of, size)

    plot = drawn.plot
    boxes = [box_of(number.x, number.y, number.text, NUMBER_SIZE) for number in drawn.numbers]
    assert len(boxes) == len(of.visits)
    assert all(
        box.within(Box(plot.left - 0.1, plot.top - 0.1, plot.right + 0.1, plot.bottom + 0.1)) for box in boxes
    )
    apart = [Box(box.left + 0.02, box.top + 0.02, box.right - 0.02, box.bottom - 0.02) for box in boxes]
    assert not any(one.touches(other) for one, other in combinations(apart, 2))
    for visit_ in of.visits:
        for total in (visit_.lowest, visit_.highest):
            assert plot.top <= plot.y(total) <= plot.bottom
        assert plot.left < plot.x(visit_.starts_on) < plot.right


@settings(max_examples=40, deadline=None)
@given(of=some_histories(), size=st.sampled_from([WIDE, NARROW]))
def test_words_round_the_totals_are_inside_the_drawing_and_apart(of, size):
    drawn = chart(of, size)

    for texts in (drawn.ticks, drawn.imported_words):
        ends = [
            (text.x - text_width(text.text, SIZE) / 2, text.x + text_width(text.text, SIZE) / 2)
            for text in texts
        ]
        assert all(start >= -0.01 and end <= size.width + 0.01 for start, end in ends)
        assert all(before[1] <= after[0] for before, after in pairwise(ends))
    lines = [line for zone in drawn.zones for line in zone.lines]
    assert all(0 < line.y <= drawn.height for line in lines)
    assert all(before.y < after.y for before, after in pairwise(lines))
    assert sum(zone.height for zone in drawn.zones) == pytest.approx(
        drawn.plot.bottom - drawn.plot.top, abs=0.1
    )


@settings(max_examples=40, deadline=None)
@given(of=some_histories(), size=st.sampled_from([WIDE, NARROW]))
def test_words_of_turns_in_one_row_do_not_meet(of, size):
    drawn = chart(of, size)
    texts = ["from here: another", "from here: the setting profile of a very long name indeed, " * 3] * 9
    words = replace(WORDS, turns=texts[: len(of.turns)])

    rows: dict[int, list[tuple[float, float]]] = {}
    for text, row in turn_words(of, words, drawn.plot, size.width):
        wide = text_width(text.text, SIZE)
        rows.setdefault(row, []).append(
            (text.x - wide, text.x) if text.anchor == "end" else (text.x, text.x + wide)
        )
    for spans in rows.values():
        assert all(start >= -0.01 and end <= size.width + 0.01 for start, end in spans)
        assert all(before[1] < after[0] for before, after in pairwise(sorted(spans)))


def test_a_higher_total_stands_higher_and_the_line_joins_the_reviews_in_their_order():
    of = years(2, 3, 5)

    drawn = chart(of)
    assert points_of(drawn.line) == [
        (drawn.plot.x(one.starts_on), drawn.plot.y(one.points)) for one in of.visits[:2]
    ]
    assert drawn.plot.y(of.visits[0].points) > drawn.plot.y(of.visits[2].points)


def test_a_self_assessment_is_never_on_the_line_and_is_drawn_hollow():
    review, own, later = years(3, 5, 4).visits
    of = history(review, replace(own, form="self", is_self_assessed=True), later)

    drawn = chart(of)
    assert points_of(drawn.line) == [(drawn.plot.x(review.starts_on), drawn.plot.y(review.points))]
    assert f"L{drawn.plot.x(later.starts_on)} {drawn.plot.y(later.points)}" in drawn.line
    assert drawn.hollow == shape("self", drawn.plot.x(own.starts_on), drawn.plot.y(own.points), 4.6)


def test_types_of_review_have_shapes_of_their_own():
    assert len({draw(10, 10, 4) for draw in SHAPES.values()}) == len(SHAPES) == 4


def test_a_total_with_items_unrated_is_a_stretch_that_nothing_is_joined_to():
    of = years(4, {CODES[0]: None, CODES[1]: None}, 4)
    middle = of.visits[1]

    drawn = chart(of)
    x = drawn.plot.x(middle.starts_on)
    assert drawn.stretches == f"M{x} {drawn.plot.y(middle.lowest)}V{drawn.plot.y(middle.highest)}"
    assert drawn.line == ""
    assert f"{middle.lowest}–{middle.highest}" in {number.text for number in drawn.numbers}


def test_a_new_version_and_a_new_profile_are_a_line_half_way_between_the_reviews():
    old, new = visit(1), visit(2, FIRST + timedelta(days=400), spec=next_spec(CODES[0]))

    drawn = chart(history(old, new))
    half = (drawn.plot.x(old.starts_on) + drawn.plot.x(new.starts_on)) / 2
    assert points_of(drawn.turns)[0][0] == pytest.approx(half, abs=0.01)
    assert len(drawn.turn_words) == 1
    other = replace(visit(2, FIRST + timedelta(days=400), setting="primary-care"))
    assert chart(history(old, other)).turns
    assert chart(years(3, 4)).turns == ""


def test_the_attainable_stretch_is_drawn_only_where_the_setting_costs_something():
    assert chart(years(3, 4)).attainable == ""

    drawn, of = chart(years(3, 4, setting="primary-care")), years(3, 4, setting="primary-care")
    lowest, highest = of.latest.attainable
    heights = {y for _, y in points_of(drawn.attainable)}
    assert heights == {drawn.plot.y(lowest), drawn.plot.y(highest)}


@given(points=st.integers(25, 125), since=days, length=st.none() | st.integers(0, 4000))
def test_a_threshold_is_in_sight_at_its_own_height_over_the_days_it_counts(points, since, length):
    until = None if length is None else min(since + timedelta(days=length), date(2100, 1, 1))
    drawn = chart(years(5, 5, 5), thresholds=[Threshold(points, "asked for", since, until)])

    plot = drawn.plot
    ((left, y),) = points_of(drawn.threshold)
    right = float(drawn.threshold.partition("H")[2])
    assert y == plot.y(points)
    assert plot.top <= y <= plot.bottom
    assert plot.left <= left <= right <= plot.right
    if plot.axis.first < since < plot.axis.last - timedelta(days=60):
        assert left == plot.x(since)


def test_imported_reviews_have_a_word_below_them():
    first, second = years(3, 4).visits
    drawn = chart(history(replace(first, review=None), second))

    assert [text.text for text in drawn.imported_words] == ["imported"]
    assert chart(years(3, 4)).imported == ""


def test_the_bands_drawn_are_those_of_the_newest_version():
    bands = shipped_bands = visit().spec.bands
    halved = tuple(replace(band, label=f"New {band.label}") for band in bands)
    newest = replace(
        visit(2, FIRST + timedelta(days=300)), spec=replace(visit().spec, label="b", bands=halved)
    )

    of = history(visit(1), newest)
    assert [band.label for band in of.spec.bands] == [f"New {band.label}" for band in shipped_bands]
    assert of.turns[0].has_other_bands


def test_the_axis_is_the_same_for_what_is_drawn_below():
    of = years(3, 4)

    assert axis_of(of, WIDE) == chart(of).plot.axis


@given(
    of=some_histories(most=6),
    known=st.lists(st.none() | st.integers(1, 5), min_size=6, max_size=6),
)
@settings(max_examples=60, deadline=None)
def test_a_small_chart_has_each_number_inside_and_a_cross_for_each_review_without_one(of, known):
    values = [
        Value(
            one.starts_on, one.form, one.is_self_assessed, score or 0, score or 0, str(score), score is None
        )
        for one, score in zip(of.visits, known, strict=False)
    ]
    drawn = small_chart(values, title="t", moved=(), lines=[(step, "") for step in range(1, 6)])

    assert len(drawn.numbers) == sum(score is not None for score in known[: len(values)])
    assert len(points_of(drawn.gaps)) == len(values) - len(drawn.numbers)
    assert all(0 <= number.x <= WIDTH and 0 <= number.y <= HEIGHT for number in drawn.numbers)


def test_the_line_of_an_item_stops_where_it_was_not_rated_and_where_its_anchors_moved():
    def value(year, score=3, **fields):
        return Value(date(year, 5, 1), "follow-up", False, score, score, str(score), **fields)

    lines = [(1, "1"), (5, "5")]
    whole = small_chart([value(2020), value(2021), value(2022)], title="t", moved=(), lines=lines)
    gap = small_chart(
        [value(2020), value(2021, is_missing=True), value(2022)], title="t", moved=(), lines=lines
    )
    moved = small_chart(
        [value(2020), value(2021), value(2022, breaks=True)],
        title="t",
        moved=[(date(2021, 5, 1), date(2022, 5, 1))],
        lines=lines,
    )
    assert whole.line.count("L") == 2
    assert gap.line == ""
    assert moved.line.count("L") == 1
    assert len(points_of(moved.moved)) == 1


def test_a_number_gives_way_to_one_that_is_there():
    placing = Placing(Box(0, 0, 100, 100), 10)

    first, second = (placing.place(50, 50, "92", 5) for _ in range(2))
    assert first.y < 50 < second.y


@given(left=st.floats(20, 500), length=st.floats(0, 400), height=st.floats(30, 200))
def test_words_of_a_line_stay_close_to_it_and_inside(left, length, height):
    right = min(left + length, 600)
    label = along((left, right, height), "funding threshold 90", SIZE, [], reach=(20, 600))

    assert label is not None
    box, wide = box_of(label.x, label.y, label.text, SIZE), text_width(label.text, SIZE)
    assert box.within(Box(19.9, 0, 600.1, 300))
    assert left - wide - 7 <= box.left <= right + 7
    assert abs(label.y - height) <= 2 * SIZE


def test_words_give_way_to_the_line_of_totals_where_there_is_room():
    crossing = boxes_on_line((290, 80), (310, 120))

    label = along((20, 600, 100), "funding threshold 90", SIZE, [], crossing)
    assert not any(box_of(label.x, label.y, label.text, SIZE).touches(box) for box in crossing)
    assert along((20, 40, 100), "funding threshold 90", SIZE, []) is None
