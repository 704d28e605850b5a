"""Figures of a pool: from which scores, with which n, and why one is not defined. The arithmetic: `test_agreement`."""

import pytest

from reviews.agreement import icc_2_1, ordinal_alpha, weighted_kappa
from reviews.pools.pooling import Figure, ItemSplits, RatedReview, Share, Why, pool_agreement

ITEMS = ("a", "b", "c")


def rated(**sets: list[int | None]) -> RatedReview[str]:
    """Each rater's scores of a, b and c."""
    return RatedReview(ITEMS, {name: dict(zip(ITEMS, scores, strict=True)) for name, scores in sets.items()})


def pool(*reviews: RatedReview[str], item: str | None = None):
    return pool_agreement(reviews, 1, 5, item)


TWO_REVIEWS = (rated(ada=[5, 3, 1], ben=[5, 4, 4]), rated(ada=[2, 3, 4], ben=[2, 3, 5]))


def test_one_pair_over_two_reviews_gets_every_figure_from_all_its_items():
    found = pool(*TWO_REVIEWS)

    assert found.reviews == 2
    assert found.share == Share(compared=6, exact=3, within_one=5)
    pairs = [(5, 5), (3, 4), (1, 4), (2, 2), (3, 3), (4, 5)]
    assert found.kappa == Figure(weighted_kappa(pairs, 1, 5).value, 6)
    assert found.alpha == Figure(ordinal_alpha(list(zip(*pairs, strict=True))).value, 6)
    assert found.icc == Figure(icc_2_1([[9, 13], [9, 10]]).value, 2)


def test_items_that_were_split_come_most_splits_first_then_the_furthest_apart():
    assert pool(*TWO_REVIEWS).splits == (
        ItemSplits("c", compared=2, splits=2, beyond_one=1, widest=3),
        ItemSplits("b", compared=2, splits=1, beyond_one=0, widest=1),
    )


def test_one_review_gets_counts_and_no_coefficient():
    found = pool(TWO_REVIEWS[0])

    assert found.share == Share(compared=3, exact=1, within_one=2)
    assert {figure.why for figure in (found.kappa, found.alpha, found.icc)} == {Why.ONE_REVIEW}
    assert {figure.value for figure in (found.kappa, found.alpha, found.icc)} == {None}


def test_several_pairs_get_alpha_together_and_kappa_and_icc_pair_by_pair():
    third = [rated(ada=[5, 1, 3], cai=[4, 1, 3]), rated(ada=[1, 2, 3], cai=[1, 2, 5])]
    found = pool(*TWO_REVIEWS, *third)

    assert (found.kappa, found.icc) == (Figure(None, 4, Why.RATERS_MIX), Figure(None, 4, Why.RATERS_MIX))
    assert found.alpha.n == 12
    assert [(pair.raters, pair.reviews) for pair in found.pairs] == [(("ada", "ben"), 2), (("ada", "cai"), 2)]
    assert found.pairs[0].kappa == pool(*TWO_REVIEWS).kappa
    assert found.pairs[1].icc == pool(*third).icc


def test_a_team_of_three_gets_alpha_and_icc_and_a_kappa_for_each_two_of_them():
    reviews = [
        rated(ada=[5, 3, 1], ben=[5, 4, 4], cai=[4, 4, 2]),
        rated(ada=[2, 3, 4], ben=[2, 3, 5], cai=[1, 3, 5]),
    ]
    found = pool(*reviews)

    assert found.kappa == Figure(None, 2, Why.RATERS_MIX)
    assert found.icc == Figure(icc_2_1([[9, 13, 10], [9, 10, 9]]).value, 2)
    assert len(found.pairs) == 3
    assert found.share.compared == 6
    assert found.share.exact == 1


def test_a_larger_team_in_one_review_leaves_the_others_as_they_are():
    alone, with_three = (
        pool(*TWO_REVIEWS),
        pool(*TWO_REVIEWS, rated(ada=[1, 1, 1], ben=[1, 1, 1], cai=[1, 1, 1])),
    )

    assert with_three.alpha.n == alone.alpha.n + 3
    assert with_three.kappa.why == Why.RATERS_MIX


# Missing cells


def test_an_item_that_someone_left_unrated_is_not_compared_and_takes_the_total_along():
    found = pool(*TWO_REVIEWS, rated(ada=[5, None, 5], ben=[4, 4, 5]))

    assert found.share.compared == 8
    assert (found.kappa.n, found.alpha.n, found.icc.n) == (8, 8, 2)


def test_totals_need_two_reviews_that_both_rated_in_full():
    found = pool(TWO_REVIEWS[0], rated(ada=[5, None, 5], ben=[4, 4, 5]))

    assert found.icc == Figure(None, 1, Why.TOO_FEW)


def test_a_pool_in_which_nobody_scored_the_same_item_has_no_figures():
    apart = rated(ada=[5, None, None], ben=[None, 4, None])
    found = pool(apart, apart)

    assert found.share == Share(0, 0, 0)
    assert found.share.exact_percent is None
    assert (found.kappa, found.alpha) == (Figure(None, 0, Why.TOO_FEW), Figure(None, 0, Why.TOO_FEW))


# One value, one item


def test_perfect_agreement_on_one_value_is_not_defined_and_says_why():
    all_fours = rated(ada=[4, 4, 4], ben=[4, 4, 4])
    found = pool(all_fours, all_fours)

    assert found.share.exact_percent == 100
    assert (found.kappa, found.alpha) == (Figure(None, 6, Why.ONE_VALUE), Figure(None, 6, Why.ONE_VALUE))
    assert found.icc == Figure(None, 2, Why.NO_SPREAD)


def test_perfect_agreement_over_several_values_is_one():
    found = pool(rated(ada=[4, 3, 4], ben=[4, 3, 4]), rated(ada=[1, 2, 5], ben=[1, 2, 5]))

    assert (found.kappa.value, found.alpha.value, found.icc.value) == (1, 1, 1)


def test_one_item_has_no_total_and_compares_once_per_review():
    found = pool(*TWO_REVIEWS, item="c")

    assert found.share == Share(compared=2, exact=0, within_one=1)
    assert found.kappa == Figure(weighted_kappa([(1, 4), (4, 5)], 1, 5).value, 2)
    assert found.icc == Figure(None, 0, Why.ONE_ITEM)
    assert [row.code for row in found.splits] == ["c"]


def test_an_empty_pool_is_not_defined():
    found = pool()

    assert (found.reviews, found.pairs, found.splits) == (0, (), ())
    assert {figure.value for figure in (found.kappa, found.alpha, found.icc)} == {None}


@pytest.mark.parametrize(("exact", "compared", "percent"), [(17, 25, 68), (1, 3, 33), (2, 3, 67), (0, 4, 0)])
def test_shares_are_whole_percent(exact, compared, percent):
    assert Share(compared, exact, exact).exact_percent == percent
