"""Agree one score per item: prefilled where the reviewers' scores are equal, with a reason where they are not."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.agreement import ReviewAgreement, review_agreement
from reviews.models import Rating
from scales.spec import Item, ScaleSpec

NOT_RATED = "none"


@dataclass(frozen=True)
class AgreeRow:
    """One item in the table: each reviewer's rating, and the fields to agree it."""

    item: Item
    ratings: tuple[Rating, ...]
    is_split: bool
    score: forms.BoundField
    rationale: forms.BoundField


class AgreeForm(forms.Form):
    """`sets`: one dict of ratings by item code for each reviewer whose scores count."""

    def __init__(self, *args, spec: ScaleSpec, sets: list[dict[str, Rating]], **kwargs):
        super().__init__(*args, **kwargs)
        self.spec, self.sets = spec, sets
        choices = [
            ("", _("Choose")),
            *((str(points), points) for points in range(spec.minimum, spec.maximum + 1)),
            (NOT_RATED, _("Not rated")),
        ]
        for item in spec.items:
            ratings = self._ratings(item)
            self.fields[f"score_{item.code}"] = forms.ChoiceField(
                label=_("Agreed score, item %(number)s") % {"number": item.number},
                choices=choices,
                initial="" if self._is_split(ratings) else _choice(ratings[0]),
                error_messages={"required": _("Agree a score, or that it is not rated.")},
            )
            self.fields[f"rationale_{item.code}"] = forms.CharField(
                label=_("Why, item %(number)s") % {"number": item.number},
                required=self._is_split(ratings),
                widget=forms.Textarea(attrs={"rows": 2}),
                initial="" if self._is_split(ratings) else _joined(ratings, "rationale"),
                error_messages={"required": _("Say why the team agreed this score.")},
            )

    def _ratings(self, item: Item) -> tuple[Rating, ...]:
        return tuple(ratings[item.code] for ratings in self.sets)

    @staticmethod
    def _is_split(ratings: tuple[Rating, ...]) -> bool:
        return len({(rating.score, rating.not_rated) for rating in ratings}) > 1

    def rows(self) -> list[AgreeRow]:
        """Splits first, then in the order of the score sheet."""
        rows = [
            AgreeRow(
                item=item,
                ratings=self._ratings(item),
                is_split=self._is_split(self._ratings(item)),
                score=self[f"score_{item.code}"],
                rationale=self[f"rationale_{item.code}"],
            )
            for item in self.spec.items
        ]
        return sorted(rows, key=lambda row: not row.is_split)

    def agreed(self) -> dict[str, dict]:
        """Item code to the fields of its agreed rating; texts of both reviewers are kept."""
        agreed = {}
        for item in self.spec.items:
            ratings = self._ratings(item)
            chosen = self.cleaned_data[f"score_{item.code}"]
            not_rated = chosen == NOT_RATED
            agreed[item.code] = {
                "score": None if not_rated else int(chosen),
                "not_rated": not_rated,
                "unrated_code": next((r.unrated_code for r in ratings if r.unrated_code), "")
                if not_rated
                else "",
                "unrated_note": _joined(ratings, "unrated_note") if not_rated else "",
                "rationale": self.cleaned_data[f"rationale_{item.code}"],
                "evidence": _joined(ratings, "evidence"),
                "recommendation": _joined(ratings, "recommendation"),
                "suggested": next((r.suggested for r in ratings if r.suggested is not None), None),
                "departure_reason": _joined(ratings, "departure_reason"),
            }
        return agreed


def agreement_of(spec: ScaleSpec, sets: list[dict[str, Rating]]) -> ReviewAgreement:
    """How far the submitted sets agreed before anyone talked; what is agreed later does not change it."""
    scores = {
        place: {code: rating.score for code, rating in ratings.items()} for place, ratings in enumerate(sets)
    }
    return review_agreement([item.code for item in spec.items], scores)


def _choice(rating: Rating) -> str:
    return NOT_RATED if rating.not_rated else str(rating.score)


def _joined(ratings: tuple[Rating, ...], name: str) -> str:
    """Every reviewer's text once, in order."""
    texts = [getattr(rating, name).strip() for rating in ratings]
    return "\n\n".join(dict.fromkeys(text for text in texts if text))
