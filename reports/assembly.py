"""What a scale, a setting profile and agreed ratings come to: the lines of a report that need no database."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from reports.document import (
    AnchorLine,
    BandLine,
    EvidenceSourceLine,
    GapLine,
    ItemLine,
    PriorityLine,
    ProfileLine,
    Range,
    ScaleLine,
    SectionLine,
    SourceLine,
    StatementLine,
    StrengthLine,
    TotalLine,
)
from scales import scoring
from scales.spec import Item, ProfileSpec, ScaleSpec


@dataclass(frozen=True)
class Rated:
    """What is read of an agreed rating; `reviews.models.ConsensusRating` has the same names. As it is: none yet."""

    score: int | None = None
    not_rated: bool = False
    unrated_code: str = ""
    unrated_note: str = ""
    reason: str = ""
    rationale: str = ""
    evidence: str = ""
    recommendation: str = ""
    suggested: int | None = None
    departure_reason: str = ""
    strength: str = ""
    priority: int | None = None
    action: str = ""
    target: int | None = None


def scored_lines(
    spec: ScaleSpec,
    profile: ProfileSpec,
    ratings: Mapping[str, Rated],
    before: scoring.Scores,
    setting_scores: scoring.Scores | None = None,
) -> dict[str, Any]:
    """Fields of a `ReportDocument` that follow from these alone.

    `ratings`: by item code. `before`: the previous review's scores by item code, where they count the same points.
    `setting_scores`: by item code, where the setting has bounds of its own.
    """
    scores = {code: rating.score for code, rating in ratings.items()}
    return {
        "language": spec.language,
        "setting": profile.in_words,
        "bands": tuple(BandLine(band.label, band.lowest, band.highest, band.meaning) for band in spec.bands),
        "total": total_line(spec, scores),
        "attainable": Range(*scoring.attainable(spec, profile)),
        "items_with_loss": sum(profile.loss(item.code) != (0, 0) for item in spec.items),
        "gap": _gap_line(scoring.gap_totals(spec, profile, scores)),
        "sections": _sections(spec, profile, ratings, before, setting_scores or {}),
        "strengths": _strengths(spec, ratings),
        "priorities": _priorities(spec, ratings),
    }


def total_line(spec: ScaleSpec, scores: scoring.Scores) -> TotalLine:
    total = scoring.total(spec, scores)
    return _total_line(total, total.band.label if total.band else None)


def _total_line(total: scoring.Subtotal, band: str | None = None) -> TotalLine:
    return TotalLine(
        points=total.points,
        maximum=total.maximum,
        rated=total.rated,
        unrated=total.unrated,
        can_become=Range(total.lowest, total.highest),
        band=band,
    )


def _sections(
    spec: ScaleSpec,
    profile: ProfileSpec,
    ratings: Mapping[str, Rated],
    before: scoring.Scores,
    setting_scores: scoring.Scores,
) -> tuple[SectionLine, ...]:
    scores = {code: rating.score for code, rating in ratings.items()}
    totals = scoring.section_totals(spec, scores)
    changes = scoring.change(spec, scores, before)
    return tuple(
        SectionLine(
            code=section.code,
            title=section.title,
            total=_total_line(totals[section.code]),
            items=tuple(
                replace(
                    _item_line(
                        item, spec, profile, ratings.get(item.code), before.get(item.code), changes[item.code]
                    ),
                    setting_score=setting_scores.get(item.code),
                )
                for item in section.items
            ),
        )
        for section in spec.sections
    )


def _item_line(
    item: Item,
    spec: ScaleSpec,
    profile: ProfileSpec,
    rating: Rated | None,
    previous: int | None,
    change: int | None,
) -> ItemLine:
    rating = rating or Rated()
    adjustment = profile.adjustment(item.code)
    principles = {principle.code: principle.title for principle in spec.principles}
    gap = scoring.gap(spec, profile, item.code, rating.score)
    loss = adjustment.expected_loss
    return ItemLine(
        code=item.code,
        number=item.number,
        number_in_section=item.number_in_section,
        title=item.title,
        short_title=item.short_title,
        measures=item.measures,
        anchors=tuple(
            AnchorLine(anchor.points, anchor.descriptor)
            for anchor in sorted(item.anchors, key=lambda anchor: anchor.points)
        ),
        evidence_codes=item.evidence,
        principles=tuple(principles.get(code, code) for code in item.principles),
        score=rating.score,
        unrated_reason=_unrated_reason(item, profile, rating),
        rationale=words_for_the_score(rating),
        evidence=rating.evidence,
        recommendation=rating.recommendation,
        suggested=rating.suggested,
        departure_reason=rating.departure_reason,
        gap=_gap_line(gap) if gap else None,
        expected_loss=Range(loss.lowest, loss.highest) if loss else None,
        loss_source=loss.source if loss else "",
        setting_statements=tuple(
            StatementLine(statement.kind.value, statement.text, statement.source)
            for statement in adjustment.statements
        ),
        previous=previous,
        change=change,
        target=_target(rating),
    )


def words_for_the_score(rating: Rated) -> str:
    """The words of those who gave it. Why a split ended so stands with the agreement, here where there are none."""
    return rating.rationale.strip() or rating.reason.strip()


def _target(rating: Rated) -> int | None:
    """None once the score has reached it: a new score after the service's reply can."""
    reached = None not in (rating.target, rating.score) and rating.target <= rating.score
    return None if reached else rating.target


def _unrated_reason(item: Item, profile: ProfileSpec, rating: Rated) -> str:
    """The profile's words for the reason, then the reviewers' own."""
    if not rating.not_rated:
        return ""
    reasons = {reason.code: reason.text for reason in profile.reasons_for_unrated(item.code)}
    parts = [reasons.get(rating.unrated_code, rating.unrated_code), rating.unrated_note]
    return "\n\n".join(part for part in parts if part)


def _gap_line(gap: scoring.Gap) -> GapLine:
    return GapLine(
        points=gap.gap,
        setting=Range(gap.setting_lowest, gap.setting_highest),
        open=Range(gap.open_lowest, gap.open_highest),
    )


def _strengths(spec: ScaleSpec, ratings: Mapping[str, Rated]) -> tuple[StrengthLine, ...]:
    return tuple(
        StrengthLine(item.number, ratings[item.code].strength)
        for item in spec.items
        if item.code in ratings and ratings[item.code].strength
    )


def _priorities(spec: ScaleSpec, ratings: Mapping[str, Rated]) -> tuple[PriorityLine, ...]:
    chosen = [(code, rating) for code, rating in ratings.items() if rating.priority is not None]
    return tuple(
        PriorityLine(
            item_number=spec.item(code).number,
            item_code=code,
            action=rating.action,
            score=rating.score,
            target=_target(rating),
        )
        for code, rating in sorted(chosen, key=lambda pair: pair[1].priority or 0)
    )


def scale_line(spec: ScaleSpec, content_hash: str) -> ScaleLine:
    return ScaleLine(
        title=spec.title,
        code=spec.scale_code,
        label=spec.label,
        source=spec.source,
        edition=spec.edition,
        permission=spec.permission,
        minimum=spec.minimum,
        maximum=spec.maximum,
        content_hash=content_hash,
        evidence_sources=tuple(
            EvidenceSourceLine(source.code, source.title) for source in spec.evidence_sources
        ),
    )


def profile_line(profile: ProfileSpec, content_hash: str) -> ProfileLine:
    return ProfileLine(
        code=profile.code,
        title=profile.title,
        in_words=profile.in_words,
        summary=profile.summary,
        content_hash=content_hash,
        sources=tuple(SourceLine(source.code, source.citation) for source in profile.sources),
        notes=tuple(
            StatementLine(statement.kind.value, statement.text, statement.source)
            for statement in profile.notes
        ),
    )
