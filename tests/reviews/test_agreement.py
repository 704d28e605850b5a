"""Agreement before consensus: published worked examples, what is not defined, then laws."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reviews.agreement import (
    ReviewAgreement,
    ScoreOffScale,
    Split,
    Statistic,
    icc_2_1,
    ordinal_alpha,
    review_agreement,
    weighted_kappa,
)

_ = None  # a missing cell, as in the published tables

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C: four observers, twelve units, cells
# missing, the last unit scored once and so paired with nothing. Ordinal alpha .815 (nominal .743).
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]

# Shrout and Fleiss (1979), Table 2: six targets, four judges. Mean squares of Table 3: between targets 11.24,
# between judges 32.49, error 1.02. ICC(2,1) .29, ICC(1,1) .17, ICC(3,1) .71 (Table 4).
TARGETS = [
    [9, 2, 5, 8],
    [6, 1, 3, 2],
    [8, 4, 6, 8],
    [7, 1, 2, 6],
    [10, 5, 6, 9],
    [6, 2, 4, 7],
]

# Two radiologists, 85 xeromammograms, normal to cancer: Altman, Practical Statistics for Medical Research (1991),
# 403-405, after Boyd et al. (1982). Stata Base Reference Manual, "kappa", `kap rada radb, wgt(w)`: agreement
# 86.67 %, expected 69.11 %, kappa 0.5684. By hand: margins 33, 22, 29, 1 and 28, 38, 16, 3; points apart
# 12 + 4 + 1 + 2*3 + 9 + 2 = 34; by chance 6696 / 85; kappa = 1 - 34 * 85 / 6696 = 0.56840.
RADIOLOGISTS = [[21, 12, 0, 0], [4, 17, 1, 0], [3, 9, 15, 2], [0, 0, 0, 1]]

# 91 couples, each partner's answer from 1 to 4: Agresti, Categorical Data Analysis (1990), after Hout et al. (1987);
# R package vcd, data SexualFun, `Kappa` with equal-spacing weights 0.2374. By hand: margins 19, 20, 19, 33 and
# 12, 28, 18, 33; points apart 86; by chance 10262 / 91; kappa = 1 - 86 * 91 / 10262 = 0.23738.
COUPLES = [[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]]


def pairs_of(table: list[list[int]]) -> list[tuple[int, int]]:
    """A table of counts, first rater down, second across, as one pair of scores per case."""
    return [
        (row, column)
        for row, counts in enumerate(table, 1)
        for column, count in enumerate(counts, 1)
        for _case in range(count)
    ]


# One review.


def test_one_review_counts_exact_within_one_and_splits():
    found = review_agreement(
        ["a", "b", "c", "d"],
        {"Ada": {"a": 5, "b": 3, "c": 1, "d": 4}, "Ben": {"a": 5, "b": 4, "c": 4, "d": 4}},
    )

    assert found == ReviewAgreement(
        compared=4,
        exact=2,
        within_one=3,
        splits=(Split("b", {"Ada": 3, "Ben": 4}, 1), Split("c", {"Ada": 1, "Ben": 4}, 3)),
        not_compared=(),
    )


def test_three_raters_agree_only_when_all_do():
    found = review_agreement(
        ["a", "b", "c"],
        {1: {"a": 2, "b": 2, "c": 1}, 2: {"a": 2, "b": 3, "c": 2}, 3: {"a": 2, "b": 2, "c": 3}},
    )

    assert (found.compared, found.exact, found.within_one) == (3, 1, 2)
    assert found.splits == (Split("b", {1: 2, 2: 3, 3: 2}, 1), Split("c", {1: 1, 2: 2, 3: 3}, 2))


def test_an_item_that_anyone_left_unrated_is_named_and_not_compared():
    found = review_agreement(["c", "b", "a", "d"], {1: {"a": 5, "b": 5, "c": None}, 2: {"a": 5, "b": None}})

    assert (found.compared, found.exact, found.splits) == (1, 1, ())
    assert found.not_compared == ("c", "b", "d")


@pytest.mark.parametrize("sets", [{}, {"Ada": {"a": 5, "b": 4}}])
def test_with_fewer_than_two_raters_nothing_is_compared(sets):
    assert review_agreement(["a", "b"], sets) == ReviewAgreement(0, 0, 0, (), ("a", "b"))


def test_items_that_were_not_asked_about_do_not_count():
    sets = {1: {"a": 5, "b": 1}, 2: {"a": 5, "b": 5}}

    assert review_agreement(["a"], sets) == ReviewAgreement(1, 1, 1, (), ())


# Published examples.


@pytest.mark.parametrize(
    ("table", "value", "n"), [(RADIOLOGISTS, 0.5684, 85), (COUPLES, 0.2374, 91)], ids=["Altman", "Agresti"]
)
def test_weighted_kappa_as_published(table, value, n):
    found = weighted_kappa(pairs_of(table), 1, 4)

    assert found.value == pytest.approx(value, abs=0.00005)
    assert found.n == n


def test_ordinal_alpha_as_published_with_missing_cells():
    found = ordinal_alpha(OBSERVERS)

    assert found.value == pytest.approx(0.815, abs=0.0005)
    assert found.n == 11


def test_icc_as_published():
    found = icc_2_1(TARGETS)

    assert found.value == pytest.approx(0.29, abs=0.005)
    # The same, from the published mean squares.
    assert found.value == pytest.approx(
        (11.24 - 1.02) / (11.24 + 3 * 1.02 + 4 * (32.49 - 1.02) / 6), abs=0.0005
    )
    assert found.n == 6


# Missing cells.


def test_weighted_kappa_leaves_out_pairs_that_one_rater_did_not_score():
    with_gaps = [(None, 4), *pairs_of(RADIOLOGISTS), (1, None), (None, None)]

    assert weighted_kappa(with_gaps, 1, 4) == weighted_kappa(pairs_of(RADIOLOGISTS), 1, 4)


def test_icc_leaves_out_reviews_that_someone_did_not_finish():
    assert icc_2_1([[1, None, 10, 10], *TARGETS, [None] * 4]) == icc_2_1(TARGETS)


def test_alpha_leaves_out_units_scored_once():
    paired = [row[:-1] for row in OBSERVERS]

    assert ordinal_alpha(OBSERVERS) == ordinal_alpha(paired)


# An unused category.


def test_weighted_kappa_is_the_same_on_a_scale_with_a_score_that_nobody_used():
    assert weighted_kappa(pairs_of(COUPLES), 0, 9) == weighted_kappa(pairs_of(COUPLES), 1, 4)


def test_weighted_kappa_counts_the_points_across_an_unused_score():
    # Apart: 1. By chance: 1, 1, 3, 4 each against 1, 1, 3, 3 is 4 + 4 + 4 + 8 = 20, over 4 pairs.
    assert weighted_kappa([(1, 1), (1, 1), (3, 3), (4, 3)], 1, 5) == Statistic(1 - 4 * 1 / 20, 4)


def test_alpha_is_the_same_where_a_score_in_the_middle_is_never_used():
    stretched = [[score if score is None or score <= 3 else score + 1 for score in row] for row in OBSERVERS]

    assert ordinal_alpha(stretched) == ordinal_alpha(OBSERVERS)


def test_alpha_is_not_changed_by_a_score_given_only_where_nobody_else_scored():
    alone = [[*row, 9 if rater == 0 else None] for rater, row in enumerate(OBSERVERS)]

    assert ordinal_alpha(alone) == ordinal_alpha(OBSERVERS)


# Perfect agreement.


def test_perfect_agreement_over_several_scores_is_one():
    assert weighted_kappa([(2, 2), (5, 5), (3, 3)], 1, 5) == Statistic(1, 3)
    assert ordinal_alpha([[2, 5, None, 3], [2, 5, 1, 3], [2, None, 1, 3]]) == Statistic(1, 4)
    assert icc_2_1([[100, 100], [74.5, 74.5], [115, 115]]) == Statistic(1, 3)


def test_perfect_agreement_on_one_value_is_not_defined():
    assert weighted_kappa([(4, 4)] * 25, 1, 5) == Statistic(None, 25)
    assert ordinal_alpha([[4] * 25, [4] * 25]) == Statistic(None, 25)
    assert icc_2_1([[100.1, 100.1]] * 3) == Statistic(None, 3)


# Where the rest is not defined, or only just is.


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], Statistic(None, 0)),
        ([(1, None), (None, 2)], Statistic(None, 0)),
        ([(1, 2)], Statistic(None, 1)),
        ([(5, 1), (5, 3)], Statistic(0, 2)),
        ([(1, 5), (5, 1)], Statistic(-1, 2)),
    ],
)
def test_weighted_kappa_of_little(pairs, expected):
    assert weighted_kappa(pairs, 1, 5) == expected


@pytest.mark.parametrize(
    ("ratings", "n"),
    [
        ([], 0),
        ([[], []], 0),
        ([[1, 2, 3]], 0),
        ([[1, None], [None, 2]], 0),
        ([[1, 5], [2, None]], 1),
        ([[3, 3, 5], [3, 3, None]], 2),
    ],
)
def test_alpha_of_too_little_is_not_defined(ratings, n):
    assert ordinal_alpha(ratings) == Statistic(None, n)


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        ([], Statistic(None, 0)),
        ([[], []], Statistic(None, 2)),
        ([[90], [100]], Statistic(None, 2)),
        ([[90, 100]], Statistic(None, 1)),
        ([[90, 100], [80, None]], Statistic(None, 1)),
        ([[90, 100], [100, 90]], Statistic(None, 2)),
        ([[90, 100], [90, 100]], Statistic(0, 2)),
    ],
)
def test_icc_of_little(totals, expected):
    assert icc_2_1(totals) == expected


@pytest.mark.parametrize("pair", [(0, 3), (3, 6)])
def test_a_score_that_the_scale_does_not_have_is_refused(pair):
    with pytest.raises(ScoreOffScale, match="not a score from 1 to 5"):
        weighted_kappa([(1, 1), pair], 1, 5)


@pytest.mark.parametrize("statistic", [ordinal_alpha, icc_2_1])
def test_a_table_with_a_cell_short_is_refused(statistic):
    with pytest.raises(ValueError):
        statistic([[1, 2], [1]])


# Laws.

scales = st.tuples(st.integers(-3, 3), st.integers(1, 10)).map(lambda drawn: (drawn[0], drawn[0] + drawn[1]))


def pools(raters: int | None = None) -> st.SearchStrategy[tuple[list[list[int | None]], int, int]]:
    """Ratings, one row per rater with gaps, and the ends of their scale."""

    def rows(scale: tuple[int, int]) -> st.SearchStrategy[list[list[int | None]]]:
        cell = st.none() | st.integers(*scale)
        sizes = st.tuples(st.just(raters) if raters else st.integers(2, 4), st.integers(0, 12))
        return sizes.flatmap(
            lambda size: st.lists(
                st.lists(cell, min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
            )
        )

    return scales.flatmap(lambda scale: st.tuples(rows(scale), st.just(scale[0]), st.just(scale[1])))


def drawn_tables() -> st.SearchStrategy[list[list[int | None]]]:
    """Totals, one row per review with gaps."""
    return st.integers(2, 4).flatmap(
        lambda raters: st.lists(
            st.lists(st.none() | st.integers(25, 125), min_size=raters, max_size=raters), max_size=8
        )
    )


@given(pools(raters=2))
def test_weighted_kappa_is_at_most_one_and_knows_no_first_rater(pool):
    (first, second), minimum, maximum = pool
    found = weighted_kappa(list(zip(first, second, strict=True)), minimum, maximum)

    assert found == weighted_kappa(list(zip(second, first, strict=True)), minimum, maximum)
    assert found.value is None or found.value <= 1


@given(pools(), st.randoms(use_true_random=False))
def test_alpha_is_at_most_one_and_knows_no_order_of_raters(pool, random):
    ratings, _minimum, _maximum = pool
    found = ordinal_alpha(ratings)

    assert found == ordinal_alpha(random.sample(ratings, len(ratings)))
    assert found.value is None or found.value <= 1


@given(pools())
def test_alpha_is_the_same_with_the_scale_turned_round(pool):
    ratings, minimum, maximum = pool
    turned = [[score if score is None else minimum + maximum - score for score in row] for row in ratings]

    found, from_the_other_end = ordinal_alpha(ratings), ordinal_alpha(turned)

    assert found.n == from_the_other_end.n
    assert found.value == pytest.approx(from_the_other_end.value, abs=1e-9)


@given(drawn_tables(), st.randoms(use_true_random=False), st.integers(-50, 50))
def test_icc_is_at_most_one_and_knows_no_order_of_raters_nor_a_shift_of_all(totals, random, shift):
    found = icc_2_1(totals)
    order = random.sample(range(4), 4)
    moved = [
        [None if row[rater] is None else row[rater] + shift for rater in order if rater < len(row)]
        for row in totals
    ]

    assert found == icc_2_1(moved)
    assert found.value is None or found.value <= 1


@given(pools())
def test_exact_items_are_within_one_and_every_item_is_accounted_for(pool):
    ratings, minimum, maximum = pool
    items = [f"item-{place}" for place in range(len(ratings[0]))]
    found = review_agreement(
        items, {rater: dict(zip(items, row, strict=True)) for rater, row in enumerate(ratings)}
    )

    assert 0 <= found.exact <= found.within_one <= found.compared
    assert found.compared == found.exact + len(found.splits)
    assert found.compared + len(found.not_compared) == len(items)
    assert all(0 < split.distance <= maximum - minimum for split in found.splits)


@given(pools(raters=2))
def test_all_three_are_one_exactly_when_scores_that_vary_are_equal(pool):
    (scores, _other), minimum, maximum = pool
    rated = [score for score in scores if score is not None]
    assume(len(set(rated)) > 1)

    for found in (
        weighted_kappa([(score, score) for score in rated], minimum, maximum),
        ordinal_alpha([scores, scores]),
        icc_2_1([(score, score) for score in scores]),
    ):
        assert found == Statistic(1, len(rated))
