"""The figures of a pool in words: each value with what it rests on, or why it is not defined."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from reviews.pools.pool import Choice, Pools
from reviews.pools.pooling import Figure, ItemSplits, PairAgreement, PoolAgreement, Share, Why
from scales.spec import Item

# Under so many reviews the next one can move every figure.
FEW_REVIEWS = 10

WHY = {
    Why.ONE_REVIEW: gettext_lazy("One review has too few items for it. Its counts are on this page."),
    Why.RATERS_MIX: gettext_lazy("It takes the same two reviewers throughout. Each pair has its own below."),
    Why.TOO_FEW: gettext_lazy("It takes two cases or more that all of them scored."),
    Why.ONE_VALUE: gettext_lazy("Every score is the same one: chance alone would agree as well."),
    Why.ONE_ITEM: gettext_lazy("It compares totals, and one item has none."),
    Why.NO_SPREAD: gettext_lazy("The totals do not differ in a way that its formula can use."),
}


@dataclass(frozen=True)
class FigureLine:
    """`value`: "" where it is not defined, and then `why` says why."""

    name: str
    value: str
    rests_on: str
    means: str
    why: str = ""


@dataclass(frozen=True)
class PairLine:
    names: tuple[str, str]
    reviews: int
    share: Share
    kappa: FigureLine
    icc: FigureLine


@dataclass(frozen=True)
class PoolInWords:
    reviews: int
    is_small: bool
    counts: tuple[FigureLine, ...]
    figures: tuple[FigureLine, ...]
    pairs: tuple[PairLine, ...]
    splits: tuple[tuple[Item, ItemSplits], ...]


def in_words(pools: Pools, choice: Choice) -> PoolInWords:
    pool = pools.agreement(choice)
    items = {item.code: item for item in pools.items(choice.scale)}
    return PoolInWords(
        reviews=pool.reviews,
        is_small=0 < pool.reviews < FEW_REVIEWS,
        counts=_counts(pool.share),
        figures=_figures(pool),
        pairs=tuple(_pair(pools.names, pair) for pair in pool.pairs) if len(pool.pairs) > 1 else (),
        splits=tuple((items[row.code], row) for row in pool.splits if row.code in items),
    )


def _counts(share: Share) -> tuple[FigureLine, ...]:
    said = [
        (
            _("Same score"),
            share.exact_percent,
            share.exact,
            _("How often all reviewers gave an item the same score."),
        ),
        (
            _("Within one point"),
            share.within_one_percent,
            share.within_one,
            _("How often the highest and the lowest score were at most one point apart."),
        ),
    ]
    return tuple(
        FigureLine(
            name=name,
            value="" if percent is None else _("%(percent)s %%") % {"percent": percent},
            rests_on=_("%(part)s of %(all)s scores compared") % {"part": part, "all": share.compared},
            means=means,
            why="" if share.compared else _("No item was scored by all of them."),
        )
        for name, percent, part, means in said
    )


def _figures(pool: PoolAgreement[int]) -> tuple[FigureLine, ...]:
    return (
        _line(
            _("Weighted kappa"),
            pool.kappa,
            _items_compared(pool.kappa.n),
            _(
                "Two reviewers: how far they agree beyond chance. Two points apart counts twice as much as one. "
                "1 is always the same score, 0 is no better than chance."
            ),
        ),
        _line(
            _("Krippendorff's alpha, ordinal"),
            pool.alpha,
            _items_compared(pool.alpha.n),
            _(
                "Any number of reviewers, unrated items allowed: how far they agree beyond chance. 1 is always the "
                "same score, 0 is chance. From 0.80 scores are usually called reliable, under 0.67 they are not."
            ),
        ),
        _line(
            _("ICC(2,1) of totals"),
            pool.icc,
            _reviews(pool.icc.n),
            _(
                "How far the total of one reviewer could stand for that of another. 1 is always the same total; near "
                "0, who rated matters as much as what was rated."
            ),
        ),
    )


def _pair(names: dict[int, str], pair: PairAgreement[int]) -> PairLine:
    return PairLine(
        names=tuple(names[rater] for rater in pair.raters),
        reviews=pair.reviews,
        share=pair.share,
        kappa=_line(_("Weighted kappa"), pair.kappa, _items_compared(pair.kappa.n)),
        icc=_line(_("ICC(2,1) of totals"), pair.icc, _reviews(pair.icc.n)),
    )


def _line(name: str, figure: Figure, rests_on: str, means: str = "") -> FigureLine:
    return FigureLine(
        name=name,
        value="" if figure.value is None else number_format(figure.value, 2),
        rests_on=rests_on if figure.value is not None else "",
        means=means,
        why=str(WHY[figure.why]) if figure.why else "",
    )


def _items_compared(number: int) -> str:
    return ngettext("n = %(n)s item compared", "n = %(n)s items compared", number) % {"n": number}


def _reviews(number: int) -> str:
    return ngettext("n = %(n)s review", "n = %(n)s reviews", number) % {"n": number}
