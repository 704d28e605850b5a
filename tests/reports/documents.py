"""Reports for tests, made without a database."""

from dataclasses import replace

from reports.assembly import Rated
from reports.document import ReportDocument
from reports.influence_lines import AdaptationLine, InfluenceLine
from reports.sample import document_of, shipped_profile, shipped_scale

SPEC = shipped_scale("uk")
CODES = [item.code for item in SPEC.items]
# Items that the primary-care profile of England expects to lose points on.
NINE = [item.code for item in SPEC.items if shipped_profile("primary-care", "uk").loss(item.code)[1]]

LONG_TEXT = "Ŵyl ŷd: employer visits, étape nº 2 à l’hôpital, “quoted” <b>not bold</b> & done. " * 3


def report(
    scores: dict[str, int | None] | int = 5,
    *,
    setting: str = "primary-care",
    wording: str = "uk",
    before: dict[str, int | None] | None = None,
    ratings: dict[str, Rated] | None = None,
    **changes,
) -> ReportDocument:
    """`scores`: one for all items, or by code with 5 for the rest and None for not rated. `ratings` go before both."""
    given = {code: scores.get(code, 5) if isinstance(scores, dict) else scores for code in CODES}
    rated = {code: Rated(score=score, not_rated=score is None) for code, score in given.items()}
    return document_of(
        shipped_scale(wording),
        shipped_profile(setting, wording),
        {**rated, **(ratings or {})},
        before,
        **changes,
    )


def summing_to(total: int, *, unrated: int = 0) -> dict[str, int | None]:
    """Scores of all items that add up to a total, the last `unrated` of them without a score."""
    rated = CODES[: len(CODES) - unrated]
    whole, rest = divmod(total, len(rated))
    scores: dict[str, int | None] = {code: whole + (place < rest) for place, code in enumerate(rated)}
    return scores | dict.fromkeys(CODES[len(rated) :])


def with_influences(document: ReportDocument) -> ReportDocument:
    """The same report with barriers, facilitators and adaptations, of its first item and of the whole site."""
    first = document.items[0]
    item = (first.number, first.short_title)
    influences = (
        InfluenceLine("outer-setting", "financing", "barrier", *item, "“A” & <b>not bold</b>"),
        InfluenceLine("outer-setting", "financing", "facilitator", None, "", "=SUM(A1) is text, étape nº 2"),
        InfluenceLine("individuals", "mid-level-leaders", "facilitator", *item, "Asks each week"),
    )
    adaptations = (
        AdaptationLine("By video at first", "The ferry", True, "yes", "The board", "May 2026", None, ""),
        AdaptationLine("Trial days", "Long out of work", False, "unsure", "", "", *item),
    )
    return replace(document, influences=influences, adaptations=adaptations)
