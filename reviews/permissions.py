"""May this person do this to this review now? The role says who (`accounts.permissions`), the stage says when."""

from django.utils import timezone

from accounts.permissions import ROLE_PERMISSIONS, Permission, Role, is_allowed
from reviews.models import ActionPlan, Review, Stage, TeamMember

BEFORE_SUBMISSION = (Stage.PLANNED, Stage.RATING)
VISIT_OPEN = (Stage.PLANNED, Stage.RATING, Stage.CONSENSUS)
DRAFT_EXISTS = (Stage.DRAFT, Stage.WITH_SERVICE)
ALL_SETS_IN = (Stage.CONSENSUS, *DRAFT_EXISTS, Stage.ISSUED)


def may_plan_review(user, site) -> bool:
    return is_allowed(user, Permission.PLAN_REVIEW, site)


def may_edit_plan(user, review: Review) -> bool:
    return review.stage in BEFORE_SUBMISSION and is_allowed(user, Permission.EDIT_PLAN, review)


def may_set_dates(user, review: Review) -> bool:
    """The lead sets dates and marks steps as done, after issue too: some steps are due then."""
    return review.stage != Stage.CANCELLED and is_allowed(user, Permission.EDIT_PLAN, review)


def may_rate(user, review: Review) -> bool:
    """Own ratings only, and only until they are submitted; an observer's also while the others agree."""
    own = review.member(user)
    return (
        own is not None
        and own.rates
        and not own.has_submitted
        and review.stage in own.stages_to_rate_in
        and is_allowed(user, Permission.RATE, review)
    )


def may_read_own_ratings(user, review: Review) -> bool:
    """One's own, while they are written and after; not those of another review of a site that one is rating now."""
    own = review.member(user)
    if own is None or not own.rates or not is_allowed(user, Permission.RATE, review):
        return False
    return may_rate(user, review) or not rates_its_site_now(user, review)


def may_have_score_sheet(user, review: Review) -> bool:
    """The blank one, on paper: everyone who sees the review, until its scores are agreed."""
    return review.stage in VISIT_OPEN and is_allowed(user, Permission.VIEW_REVIEW, review)


def may_work_on_visit(user, review: Review) -> bool:
    """Facts, evidence and agenda are the team's, also after one's own ratings are in: sources are still chased."""
    return review.stage in VISIT_OPEN and is_allowed(user, Permission.WORK_ON_VISIT, review)


def may_read_visit(user, review: Review) -> bool:
    """Who was at the visit reads its facts and evidence from the start, a moderator once there is a draft.

    Never those of an issued review to someone who is rating the site anew: its facts suggest scores.
    """
    if review.is_issued and rates_its_site_now(user, review):
        return False
    if is_allowed(user, Permission.WORK_ON_VISIT, review):
        return True
    return review.stage in (*DRAFT_EXISTS, Stage.ISSUED) and is_allowed(user, Permission.READ_VISIT, review)


def may_record_influences(user, review: Review) -> bool:
    """Barriers, facilitators and adaptations: everyone's at the visit, then theirs who edit the draft."""
    return may_work_on_visit(user, review) or may_edit_draft(user, review)


def may_read_influences(user, review: Review) -> bool:
    """Who reads the visit, and who reads the draft, of which they are a part."""
    return may_read_visit(user, review) or may_read_draft(user, review)


def may_reopen(user, review: Review) -> bool:
    """One's own submitted set, while others still rate."""
    own = review.member(user)
    return (
        own is not None
        and own.rates
        and own.has_submitted
        and review.stage == Stage.RATING
        and is_allowed(user, Permission.RATE, review)
    )


def has_reopened(user, review: Review) -> bool:
    """Whether one's own set was submitted, reopened, and is open now."""
    own = review.member(user)
    return (
        own is not None and own.own_set is not None and own.own_set.reopenings > 0 and may_rate(user, review)
    )


def may_read_ratings(user, review: Review) -> bool:
    """The counting reviewers' ratings and the agreed ones, now and in the past.

    From consensus on, to those who rate here once their own set is in; to the moderator from the draft on. Never to
    someone who is rating the site now, here or in a later review; never by a role in the program.
    """
    own = review.member(user)
    if own is None or review.stage not in ALL_SETS_IN:
        return False
    if not all(member.has_submitted for member in review.team if member.counts):
        return False
    if own.rates:
        may = own.has_submitted and is_allowed(user, Permission.RATE, review)
    else:
        may = review.stage != Stage.CONSENSUS and is_allowed(user, Permission.READ_DRAFT, review)
    return may and not rates_its_site_now(user, review)


def may_compare(user, review: Review) -> bool:
    """One's own submitted ratings beside the counting reviewers' and the agreed ones."""
    return may_read_own_ratings(user, review) and may_read_ratings(user, review)


def may_read_past(user, review: Review) -> bool:
    """Past values of some ratings; of which, `reviews.past.history` asks person by person."""
    return may_read_own_ratings(user, review) or may_read_ratings(user, review)


def may_agree(user, review: Review) -> bool:
    return review.stage == Stage.CONSENSUS and is_allowed(user, Permission.EDIT_DRAFT, review)


def may_edit_draft(user, review: Review) -> bool:
    return review.stage == Stage.DRAFT and is_allowed(user, Permission.EDIT_DRAFT, review)


def may_read_draft(user, review: Review) -> bool:
    """The team reads the draft from the start, the service's program managers while it is with them."""
    stages = DRAFT_EXISTS if is_drafting(user, review) else (Stage.WITH_SERVICE,)
    return (
        review.stage in stages
        and is_allowed(user, Permission.READ_DRAFT, review)
        and not rates_its_site_now(user, review)
    )


def is_drafting(user, review: Review) -> bool:
    """Whether the user's place on the team, and not a role in the program, lets them read the draft."""
    own = review.member(user)
    return own is not None and Permission.READ_DRAFT in ROLE_PERMISSIONS[Role(own.role)]


def may_read_unresolved(user, review: Review) -> bool:
    """What the draft still lacks is for those who work on it, the moderator among them."""
    return is_drafting(user, review) and may_read_draft(user, review)


def may_send_to_moderator(user, review: Review) -> bool:
    return review.stage in DRAFT_EXISTS and is_allowed(user, Permission.ISSUE_REPORT, review)


def may_moderate(user, review: Review) -> bool:
    """Approve or return the draft, while it is with the moderator; never by someone who rated."""
    own = review.member(user)
    return (
        review.stage in DRAFT_EXISTS
        and own is not None
        and not own.rates
        and is_allowed(user, Permission.MODERATE, review)
        and may_read_draft(user, review)
        and review.moderations.filter(outcome="").exists()
    )


def may_send_to_service(user, review: Review) -> bool:
    return review.stage == Stage.DRAFT and is_allowed(user, Permission.ISSUE_REPORT, review)


def may_lead_reply(user, review: Review) -> bool:
    """Move the last day to reply, or take the draft back."""
    return review.stage == Stage.WITH_SERVICE and is_allowed(user, Permission.ISSUE_REPORT, review)


def may_answer(user, review: Review) -> bool:
    """Answer what the service sent, also once the draft is back; a new score takes the draft to be with the service."""
    return is_allowed(user, Permission.ISSUE_REPORT, review) and may_read_reply(user, review)


def may_read_reply(user, review: Review) -> bool:
    """What the service sent, with the answers: the team while it works on them, and the service itself."""
    reply = review.latest_reply if may_read_draft(user, review) else None
    return reply is not None and reply.is_sent


def may_reply(user, review: Review) -> bool:
    """A program manager's, until it is sent or its last day is over."""
    if not (is_allowed(user, Permission.REPLY, review) and may_read_draft(user, review)):
        return False
    reply = review.latest_reply if review.stage == Stage.WITH_SERVICE else None
    return reply is not None and not reply.is_sent and timezone.localdate() <= reply.reply_by


def may_issue(user, review: Review) -> bool:
    return review.stage in DRAFT_EXISTS and is_allowed(user, Permission.ISSUE_REPORT, review)


def may_read_report(user, review: Review) -> bool:
    """An issued report, unless the reader is rating the same site now: last scores would colour their own."""
    return (
        review.is_issued
        and is_allowed(user, Permission.READ_REPORT, review)
        and not rates_its_site_now(user, review)
    )


def may_share_report(user, review: Review) -> bool:
    """Make and revoke links by which people without an account read the issued report."""
    return is_allowed(user, Permission.SHARE_REPORT, review) and may_read_report(user, review)


def may_correct(user, review: Review) -> bool:
    """Correct an issued report, or withdraw an edition of it: the lead's, unless they are rating the site now."""
    return is_allowed(user, Permission.CORRECT_REPORT, review) and may_read_report(user, review)


def may_read_action_plan(user, review: Review) -> bool:
    """The plan that follows an issued report, of whoever may read that report now."""
    return is_allowed(user, Permission.READ_ACTION_PLAN, review) and may_read_report(user, review)


def may_edit_action_plan(user, review: Review) -> bool:
    """The program's managers, until the plan of a later review takes its place: that review has read it back."""
    return (
        is_allowed(user, Permission.EDIT_ACTION_PLAN, review)
        and may_read_action_plan(user, review)
        and not ActionPlan.objects.after(review).exists()
    )


def may_comment_on_action_plan(user, review: Review) -> bool:
    """Add progress notes: the program's managers, and the lead of the review."""
    return (
        is_allowed(user, Permission.COMMENT_ON_ACTION_PLAN, review)
        and may_read_action_plan(user, review)
        and not ActionPlan.objects.after(review).exists()
    )


def may_read_goals_before(user, review: Review) -> bool:
    """The goals of the last plan, at the next review: who rates here, once their own set is in."""
    own = review.member(user)
    return (
        own is not None
        and own.rates
        and own.has_submitted
        and review.stage in (Stage.RATING, *ALL_SETS_IN)
        and is_allowed(user, Permission.READ_VISIT, review)
        and not rates_its_site_now(user, review)
    )


def may_read_goals_back(user, review: Review) -> bool:
    """Record what became of those goals: whose scores count, until the report is issued."""
    own = review.member(user)
    return (
        own is not None
        and own.counts
        and review.stage in (Stage.RATING, Stage.CONSENSUS, Stage.DRAFT)
        and may_read_goals_before(user, review)
    )


def rated_sites(user) -> set[int]:
    """Sites that the user is rating now, with ratings of their own still to submit."""
    return set(TeamMember.objects.still_rating().filter(user=user).values_list("review__site", flat=True))


def rates_its_site_now(user, review: Review) -> bool:
    """Whether the site of a review is one of these; asked once for each person and loaded review, like its team."""
    asked = review.__dict__.setdefault("_is_rated_by", {})
    if user.pk not in asked:
        asked[user.pk] = review.site_id in rated_sites(user)
    return asked[user.pk]
