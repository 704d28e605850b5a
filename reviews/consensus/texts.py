"""Drafts the agreed words of an item from the reviewers' own: every text once, in the order of the team."""

from collections.abc import Iterable, Sequence

DRAFTED_TEXTS = ("rationale", "evidence", "recommendation", "departure_reason")
# Words that argue for a score: a text for a 3 must not stand under an agreed 5.
ARGUES_FOR_A_SCORE = ("rationale", "departure_reason")
LONGEST_FIRST_LINE = 120


def joined(ratings: Iterable[object], name: str) -> str:
    """One field of several ratings as paragraphs; the same text once."""
    texts = [getattr(rating, name).strip() for rating in ratings]
    return "\n\n".join(dict.fromkeys(text for text in texts if text))


def drafted(ratings: Sequence[object]) -> dict[str, object]:
    """What an agreed rating begins with, before anyone has agreed anything: words of all, and no score.

    Where the reviewers are split, what argues for a score waits until one is agreed. `ratings`: the submitted ratings
    of one item, of the reviewers whose scores count.
    """
    is_split = len({(rating.score, rating.not_rated) for rating in ratings}) > 1
    return {
        name: "" if is_split and name in ARGUES_FOR_A_SCORE else joined(ratings, name)
        for name in DRAFTED_TEXTS
    }


def drafted_for(ratings: Sequence[object], score: int | None, not_rated: bool) -> dict[str, str]:
    """What argues for an agreed score: the words of those who gave it, and none where nobody did."""
    givers = [rating for rating in ratings if (rating.score, rating.not_rated) == (score, not_rated)]
    return {name: joined(givers, name) for name in ARGUES_FOR_A_SCORE}


def drafted_reason_for_none(ratings: Sequence[object]) -> dict[str, str]:
    """Why the item stays unrated, in the reviewers' words: for the case that the team agrees on no score."""
    codes = [rating.unrated_code for rating in ratings if rating.unrated_code]
    return {"unrated_code": codes[0] if codes else "", "unrated_note": joined(ratings, "unrated_note")}


def first_line(text: str) -> str:
    """The beginning of a text, for a table: its first line, cut between two words."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if len(line) <= LONGEST_FIRST_LINE:
        return line
    return line[:LONGEST_FIRST_LINE].rpartition(" ")[0].rstrip(",;:") + " …"
