"""The pages of one review, in the order of the work, as far as they are open to a person now."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission, is_allowed
from reviews.models import ActionPlan, Review
from reviews.permissions import (
    may_agree,
    may_edit_draft,
    may_moderate,
    may_read_action_plan,
    may_read_draft,
    may_read_goals_before,
    may_read_own_ratings,
    may_read_reply,
    may_read_report,
    may_read_unresolved,
    may_read_visit,
    may_reply,
)


@dataclass(frozen=True)
class ReviewPage:
    """`name`: of its address, which takes the review's number."""

    name: str
    title: Promise
    is_here: bool


# Address names that a page stands for besides its own, so that its tab stays marked on them.
COVERS = {
    "reviews:detail": {"change_plan", "compare"},
    "reviews:agenda": {"schedule", "add_agenda_entry", "edit_agenda_entry", "dates", "edit_date"},
    "reviews:worksheets": {"worksheet", "paste_worksheet", "components"},
    "reviews:evidence": {"add_note", "edit_note"},
    "reviews:influences": {"add_influence", "edit_influence", "add_adaptation", "edit_adaptation"},
    "reviews:ratings": {"rate", "submit", "reopen"},
    "reviews:consensus": {"agree"},
    "reviews:draft": {"back_to_consensus"},
    "reviews:unresolved": {"send_to_service", "back_to_draft"},
    "reports:report": {
        "edition",
        "issue",
        "share",
        "revoke_link",
        "correct",
        "correct_item",
        "correct_summary",
        "preview_correction",
        "issue_correction",
        "withdraw",
    },
    "reviews:action_plan": {"add_goal", "edit_goal", "close_goal", "note_progress"},
    "reviews:goals_before": {"read_goal_back"},
    "reviews:history": {"rating_history"},
}


def reads_goals_before(user, review: Review) -> bool:
    """Whether there is a plan before this review, and the user may read what became of it."""
    return may_read_goals_before(user, review) and ActionPlan.objects.before(review).exists()


def pages_of(user, review: Review, here: str = "") -> list[ReviewPage]:
    """`here`: name of the address on show, without its namespace."""
    reads_visit, reads_draft = may_read_visit(user, review), may_read_draft(user, review)
    offered = [
        ("reviews:detail", _("Overview"), True),
        ("reviews:agenda", _("Agenda"), True),
        ("reviews:worksheets", _("Facts"), reads_visit),
        ("reviews:evidence", _("Evidence"), reads_visit),
        ("reviews:influences", _("Barriers and adaptations"), reads_visit or reads_draft),
        ("reviews:ratings", _("Your ratings"), may_read_own_ratings(user, review)),
        ("reviews:consensus", _("Consensus"), may_agree(user, review)),
        ("reviews:draft", _("Page 1"), may_edit_draft(user, review)),
        ("reviews:unresolved", _("Before it goes out"), may_read_unresolved(user, review)),
        ("reviews:moderate", _("Moderate"), may_moderate(user, review)),
        ("reviews:reply", _("Your reply"), may_reply(user, review)),
        ("reviews:answers", _("The service’s reply"), may_read_reply(user, review)),
        ("reports:report", _("Report"), reads_draft or may_read_report(user, review)),
        ("reviews:goals_before", _("Goals of the last plan"), reads_goals_before(user, review)),
        ("reviews:action_plan", _("Action plan"), may_read_action_plan(user, review)),
        ("reviews:history", _("History"), is_allowed(user, Permission.VIEW_REVIEW, review)),
    ]
    return [
        ReviewPage(name, title, is_here=here == name.partition(":")[2] or here in COVERS.get(name, ()))
        for name, title, is_open in offered
        if is_open
    ]
