"""Read a review into a `ReportDocument`, in a fixed number of queries whatever its size."""

from datetime import date, datetime

from django.utils import timezone

from reports.agreeing import agreement_line
from reports.assembly import profile_line, scale_line, scored_lines, total_line
from reports.document import (
    EventLine,
    ItemReplyLine,
    NotesLine,
    PreviousLine,
    ReplyLine,
    ReportDocument,
    TeamLine,
)
from reports.goal_reading import goal_lines
from reports.influence_reading import adaptation_lines, influence_lines
from reviews.evidence.counts import notes_by_source
from reviews.facts import setting_scores
from reviews.models import ConsensusRating, Correction, Result, Review, ReviewEvent, ServiceReply
from reviews.models.correction import page_1_of
from reviews.past.versions import since_then
from reviews.visit.deadlines import action_plan_by, first_issued_on
from scales import scoring
from scales.spec import ScaleSpec

# Work on a draft is saved many times over; a run of such steps by one person is one line, the last.
FOLDED_STEPS = {
    ReviewEvent.Step.PLAN_CHANGED,
    ReviewEvent.Step.DRAFT_CHANGED,
    ReviewEvent.Step.REPLY_ANSWERED,
}


def project(
    review: Review,
    *,
    edition: str = "",
    made_at: datetime,
    issued_by: str = "",
    correction: Correction | None = None,
) -> ReportDocument:
    """The report of a review as it stands now; `edition` empty for a draft. `correction`: as that would have it."""
    spec, profile = review.version.to_spec(), review.profile.to_spec()
    ratings = _ratings(review, correction)
    events, replies = _events(review), _replies(review)
    previous = review.previous()
    last_scores = previous.scores_by_code() if previous else {}
    before = last_scores if previous and review.counts_like(previous) else {}
    return ReportDocument(
        edition=edition,
        made_at=timezone.localtime(made_at),
        issued_by=issued_by,
        site=review.site.name,
        place=review.site.place,
        program=review.site.program.name,
        organization=review.site.program.organization.name,
        kind=review.kind,
        mode=review.mode,
        starts_on=review.starts_on,
        ends_on=review.ends_on,
        independence=review.independence.label.value,
        independence_reason=review.independence.reason.value,
        raters=review.independence.raters,
        team=_team(review),
        **(correction.page_1_now if correction else page_1_of(review)),
        scale=scale_line(spec, review.version.content_hash),
        profile=profile_line(profile, review.profile.content_hash),
        **scored_lines(spec, profile, ratings, before, setting_scores(review)),
        previous=_previous_line(previous, last_scores, review, spec) if previous else None,
        events=events,
        replies=replies,
        not_asked_because=_not_asked_because(events),
        influences=influence_lines(review),
        adaptations=adaptation_lines(review),
        agreement=agreement_line(review, spec, ratings, replies),
        evidence_notes=tuple(NotesLine(source, count) for source, count in notes_by_source(review)),
        **goal_lines(review),
        action_plan_by=action_plan_by(review, _issued_on(review, made_at) if edition else None),
    )


def _issued_on(review: Review, made_at: datetime) -> date:
    """Of the first edition: what its timetable counts from, in a correction too."""
    return first_issued_on(review) or timezone.localdate(made_at)


def _ratings(review: Review, correction: Correction | None) -> dict[str, ConsensusRating]:
    """Agreed ratings by item code, corrected where there is a correction; nothing is saved."""
    corrected = correction.by_code() if correction else {}
    ratings = {rating.item.code: rating for rating in review.consensus.select_related("item")}
    return {
        code: corrected[code].put_into(rating) if code in corrected else rating
        for code, rating in ratings.items()
    }


def _team(review: Review) -> tuple[TeamLine, ...]:
    return tuple(
        TeamLine(
            name=str(member.user),
            role=member.role,
            employer=member.employer.name if member.employer else "",
            scored=member.counts,
        )
        for member in review.team
    )


def _events(review: Review) -> tuple[EventLine, ...]:
    lines: list[EventLine] = []
    for event in review.timeline.select_related("by").order_by("at", "pk"):
        line = EventLine(timezone.localtime(event.at), str(event.by), event.step, event.note)
        repeats = lines and (lines[-1].step, lines[-1].by) == (line.step, line.by)
        if repeats and line.step in FOLDED_STEPS and not lines[-1].note:
            lines.pop()
        lines.append(line)
    return tuple(lines)


def _replies(review: Review) -> tuple[ReplyLine, ...]:
    """What the service sent, and the last time that it was asked; what it only began to write is not the team's."""
    rows = list(
        review.service_replies.select_related("replied_by").prefetch_related("items__item").order_by("pk")
    )
    return tuple(
        ReplyLine(
            asked_at=timezone.localtime(row.asked_at),
            reply_by=row.reply_by,
            replied_at=timezone.localtime(row.replied_at) if row.is_sent else None,
            replied_by=str(row.replied_by) if row.is_sent else "",
            text=row.text if row.is_sent else "",
            answer=row.answer,
            items=_item_replies(row) if row.is_sent else (),
        )
        for row in rows
        if row.is_sent or row.ended_at is None
    )


def _item_replies(reply: ServiceReply) -> tuple[ItemReplyLine, ...]:
    return tuple(
        ItemReplyLine(
            item_number=row.item.number,
            item_title=row.item.short_title,
            text=row.text,
            evidence=row.evidence,
            answer=row.answer,
            rescored=row.rescored,
            score_before=row.score_before,
            score_after=row.score_after,
            reason=row.rescore_reason,
        )
        for row in sorted(reply.items.all(), key=lambda row: row.item.number)
    )


def _not_asked_because(events: tuple[EventLine, ...]) -> str:
    notes = [event.note for event in events if event.step == ReviewEvent.Step.REPLY_NOT_ASKED]
    return notes[-1] if notes else ""


def _previous_line(previous: Result, scores: scoring.Scores, review: Review, spec: ScaleSpec) -> PreviousLine:
    before = previous.version.to_spec()
    profile = previous.profile.to_spec()
    total, since = total_line(before, scores), since_then(review, previous)
    return PreviousLine(
        starts_on=previous.starts_on,
        total=total,
        scale_title=before.title,
        profile_title=profile.title,
        independence=previous.independence,
        same_version=previous.version_id == review.version_id,
        same_profile=profile.code == review.profile.code,
        anchors_moved=since.moved,
        new_items=since.new,
        comparable=before.scale_code == spec.scale_code
        and (before.lowest_total, before.highest_total) == (spec.lowest_total, spec.highest_total)
        and not total.unrated,
    )
