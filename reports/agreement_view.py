"""How far the reviewers agreed before they met, as a report shows it: counts and per cent, and each split."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports import words
from reports.document import AgreementLine, ReportDocument, SplitLine


@dataclass(frozen=True)
class SplitView:
    """`scores`: "2 and 4", never who gave which. `agreed`: with the score of today where it changed after the reply."""

    number: int
    title: str
    scores: str
    agreed: str
    reason: str


@dataclass(frozen=True)
class Agreement:
    sentences: tuple[str, ...]
    splits: tuple[SplitView, ...]


def agreement_view(document: ReportDocument) -> Agreement:
    line = document.agreement
    if line is None:
        return Agreement((_without(document),), ())
    now = {item.number: item.score for item in document.items}
    return Agreement(
        sentences=tuple(_sentences(line, document)),
        splits=tuple(_split(split, now.get(split.item_number)) for split in line.splits),
    )


def _without(document: ReportDocument) -> str:
    if document.raters < 2:
        return _("One reviewer scored, so there is no agreement to show.")
    return _("What each reviewer scored before they met is not part of this edition.")


def _sentences(line: AgreementLine, document: ReportDocument) -> list[str]:
    """Counts with their per cent: of one review a coefficient would say more than it can."""
    if not line.compared:
        return [_("No item was rated by every reviewer, so there is no agreement to show.")]
    counts = {
        "compared": line.compared,
        "exact": line.exact,
        "exact_share": _per_cent(line.exact, line.compared),
        "within": line.within_one,
        "within_share": _per_cent(line.within_one, line.compared),
        "reviewers": words.in_words(document.raters),
    }
    said = [
        ngettext(
            "The %(reviewers)s reviewers each rated %(compared)s item alone, before they met.",
            "The %(reviewers)s reviewers each rated %(compared)s items alone, before they met.",
            line.compared,
        )
        % counts,
        _(
            "They gave the same score to %(exact)s of %(compared)s (%(exact_share)s%%), and scores at most one "
            "point apart to %(within)s of %(compared)s (%(within_share)s%%)."
        )
        % counts,
    ]
    if not line.splits:
        said.append(_("No score had to be talked through."))
    return said


def _per_cent(part: int, whole: int) -> int:
    """To the nearest whole number; 100 only where it is all, 0 only where it is none."""
    share = (200 * part + whole) // (2 * whole)
    return share if part in (0, whole) else min(max(share, 1), 99)


def _split(line: SplitLine, now: int | None) -> SplitView:
    agreed = _score(line.agreed)
    if now != line.agreed:
        agreed = _("%(agreed)s; after the reply %(now)s") % {"agreed": agreed, "now": _score(now)}
    return SplitView(
        line.item_number, line.item_title, listed([_score(one) for one in line.scores]), agreed, line.reason
    )


def _score(score: int | None) -> str:
    return _("not rated") if score is None else str(score)


def listed(scores: list[str]) -> str:
    """ "2 and 4", "2, 3 and 4"."""
    if len(scores) < 2:
        return "".join(scores)
    return _("%(others)s and %(last)s") % {"others": ", ".join(scores[:-1]), "last": scores[-1]}
