"""How invented scores come about: a site has its own quality that drifts, items are hard or easy, reviewers differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from scales.spec import ProfileSpec, ScaleSpec

Scores = list[int | None]

TYPICAL, BETWEEN_SITES = 0.64, 0.14
DRIFT, BETWEEN_REVIEWS = 0.022, 0.045
BETWEEN_ITEMS, OF_SITE_AND_ITEM, BY_CHANCE = 0.13, 0.15, 0.06
# Services see themselves more kindly.
OWN_EYES = 0.07
REVIEWERS_DIFFER = 0.13
REVIEWS_WITH_UNRATED, MOST_UNRATED = 0.06, 3


def difficulties(codes: Sequence[str], seed: int) -> dict[str, float]:
    """How much harder than others each item is, everywhere; by its code, so that wordings agree on it."""
    return {code: Random(f"{seed} {code}").gauss(0, BETWEEN_ITEMS) for code in sorted(codes)}


@dataclass
class Quality:
    """How well one site does, from 0 to 1, and what its setting costs it. `strengths`, `losses`: by item code."""

    level: float
    strengths: dict[str, float]
    share_of_loss: dict[str, float]

    @classmethod
    def drawn(cls, codes: Sequence[str], difficulty: dict[str, float], draw: Random) -> "Quality":
        return cls(
            level=draw.gauss(TYPICAL, BETWEEN_SITES),
            strengths={code: draw.gauss(-difficulty[code], OF_SITE_AND_ITEM) for code in codes},
            share_of_loss={code: draw.random() for code in codes},
        )

    def drift(self, draw: Random) -> None:
        """What another year changes."""
        self.level += draw.gauss(DRIFT, BETWEEN_REVIEWS)

    def scores(self, spec: ScaleSpec, profile: ProfileSpec, draw: Random, *, own_eyes: bool) -> Scores:
        """What a team would agree, in the order of the score sheet; a setting's loss is never made up for."""
        level = self.level + (OWN_EYES if own_eyes else 0)
        span = spec.maximum - spec.minimum
        scores: Scores = []
        for item in spec.items:
            lowest, highest = profile.loss(item.code)
            loss = lowest + round(self.share_of_loss[item.code] * (highest - lowest))
            reached = level + self.strengths[item.code] + draw.gauss(0, BY_CHANCE)
            wanted = spec.minimum + round(span * min(1.0, max(0.0, reached)))
            scores.append(max(spec.minimum, min(wanted, spec.maximum - loss)))
        if draw.random() < REVIEWS_WITH_UNRATED:
            for place in draw.sample(range(len(scores)), draw.randint(1, min(MOST_UNRATED, len(scores)))):
                scores[place] = None
        return scores


def alone(agreed: Scores, spec: ScaleSpec, draw: Random) -> Scores:
    """What one reviewer gives before the team meets: mostly what it then agrees, at times a point beside it."""
    return [
        score
        if score is None or draw.random() >= REVIEWERS_DIFFER
        else min(spec.maximum, max(spec.minimum, score + draw.choice((-1, 1))))
        for score in agreed
    ]


def spreads(sets: Sequence[Scores]) -> Scores:
    """Highest minus lowest of the reviewers' own scores per item; None where they cannot be compared."""
    if len(sets) < 2:
        return [None] * len(sets[0])
    return [None if None in given else max(given) - min(given) for given in zip(*sets, strict=True)]


def priorities(agreed: Scores, spec: ScaleSpec, profile: ProfileSpec, most: int) -> list[int]:
    """Places of the items with the widest gap that the service can act on, the widest first."""
    gaps = []
    for place, (item, score) in enumerate(zip(spec.items, agreed, strict=True)):
        if score is not None and score < spec.maximum - profile.loss(item.code)[1]:
            gaps.append((score - spec.maximum + profile.loss(item.code)[1], place))
    return [place for _gap, place in sorted(gaps)[:most]]
