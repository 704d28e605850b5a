"""The one list of permissions, and of what each role may do (DESIGN 10).

A role is held across the product (`user.roles`) or on one object: a program, a site, a review. Objects answer
`roles_of(user)`; so this list needs to know none of them. Whether a step is allowed *now*, at this stage of
a review, is asked of `reviews.permissions`.
"""

from enum import StrEnum

import rules
from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    SCALE_ADMIN = "scale administrator"
    USER_ADMIN = "user administrator"
    PROGRAM_MANAGER = "program manager"
    VIEWER = "viewer"
    PROGRAM_LEAD = "lead reviewer in the program"
    PROGRAM_REVIEWER = "reviewer in the program"
    NETWORK_LEAD = "network lead"
    LEAD = "lead reviewer"
    REVIEWER = "reviewer"
    OBSERVER = "observer in training"
    MODERATOR = "moderator"


ROLE_NAMES = {
    Role.SCALE_ADMIN: _("scale administrator"),
    Role.USER_ADMIN: _("user administrator"),
    Role.PROGRAM_MANAGER: _("program manager"),
    Role.VIEWER: _("viewer"),
    Role.PROGRAM_LEAD: _("lead reviewer in the program"),
    Role.PROGRAM_REVIEWER: _("reviewer in the program"),
    Role.NETWORK_LEAD: _("network lead"),
    Role.LEAD: _("lead reviewer"),
    Role.REVIEWER: _("reviewer"),
    Role.OBSERVER: _("observer in training"),
    Role.MODERATOR: _("moderator"),
}


class Permission(StrEnum):
    VIEW_DEFINITIONS = "scales.read_definitions"
    EDIT_DEFINITIONS = "scales.edit_definitions"
    MANAGE_PEOPLE = "accounts.manage_people"
    VIEW_PROGRAM = "programs.read_program"
    INVITE_VIEWERS = "programs.invite_viewers"
    PLAN_REVIEW = "reviews.plan_review"
    CHOOSE_SCALE = "reviews.choose_scale"
    VIEW_REVIEW = "reviews.read_review"
    EDIT_PLAN = "reviews.edit_plan"
    RATE = "reviews.rate"
    WORK_ON_VISIT = "reviews.work_on_visit"
    READ_VISIT = "reviews.read_visit"
    MODERATE = "reviews.moderate"
    REPLY = "reviews.reply"
    EDIT_DRAFT = "reviews.edit_draft"
    READ_DRAFT = "reports.read_draft"
    READ_REPORT = "reports.read_report"
    ISSUE_REPORT = "reports.issue_report"
    SHARE_REPORT = "reports.share_report"
    CORRECT_REPORT = "reports.correct_report"
    READ_ACTION_PLAN = "reviews.read_action_plan"
    EDIT_ACTION_PLAN = "reviews.edit_action_plan"
    COMMENT_ON_ACTION_PLAN = "reviews.comment_on_action_plan"
    IMPORT_REVIEWS = "reviews.import_reviews"
    SET_THRESHOLD = "reviews.set_threshold"
    ENTER_OUTCOMES = "programs.enter_outcomes"


EVERYONE = frozenset({Permission.VIEW_DEFINITIONS})

TEAM = frozenset(
    {
        Permission.VIEW_PROGRAM,
        Permission.VIEW_REVIEW,
        Permission.READ_VISIT,
        Permission.READ_REPORT,
        Permission.READ_DRAFT,
    }
)

# Whom a program opens its issued reports to.
READERS = frozenset(
    {
        Permission.VIEW_PROGRAM,
        Permission.VIEW_REVIEW,
        Permission.READ_REPORT,
        Permission.READ_ACTION_PLAN,
    }
)

# Who sees the site: facts and evidence are the team's, ratings each one's own.
AT_THE_VISIT = TEAM | {Permission.RATE, Permission.WORK_ON_VISIT}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.SCALE_ADMIN: frozenset({Permission.EDIT_DEFINITIONS}),
    Role.USER_ADMIN: frozenset({Permission.MANAGE_PEOPLE}),
    Role.PROGRAM_MANAGER: frozenset(
        {
            Permission.VIEW_PROGRAM,
            Permission.VIEW_REVIEW,
            Permission.READ_DRAFT,
            Permission.REPLY,
            Permission.READ_REPORT,
            Permission.SHARE_REPORT,
            Permission.INVITE_VIEWERS,
            Permission.CHOOSE_SCALE,
            Permission.READ_ACTION_PLAN,
            Permission.EDIT_ACTION_PLAN,
            Permission.COMMENT_ON_ACTION_PLAN,
            Permission.IMPORT_REVIEWS,
            Permission.SET_THRESHOLD,
            Permission.ENTER_OUTCOMES,
        }
    ),
    Role.VIEWER: READERS,
    Role.PROGRAM_LEAD: frozenset({Permission.VIEW_PROGRAM, Permission.PLAN_REVIEW, Permission.CHOOSE_SCALE}),
    Role.PROGRAM_REVIEWER: frozenset({Permission.VIEW_PROGRAM}),
    Role.NETWORK_LEAD: READERS | {Permission.IMPORT_REVIEWS, Permission.SET_THRESHOLD},
    Role.LEAD: AT_THE_VISIT
    | {
        Permission.EDIT_PLAN,
        Permission.EDIT_DRAFT,
        Permission.ISSUE_REPORT,
        Permission.CORRECT_REPORT,
        Permission.READ_ACTION_PLAN,
        Permission.COMMENT_ON_ACTION_PLAN,
    },
    Role.REVIEWER: AT_THE_VISIT | {Permission.EDIT_DRAFT, Permission.READ_ACTION_PLAN},
    Role.OBSERVER: AT_THE_VISIT - {Permission.READ_DRAFT},
    Role.MODERATOR: TEAM | {Permission.MODERATE},
}

# The administration pages ask Django's own permission names.
PEOPLE_ADMIN_MODELS = {
    "accounts": ("user",),
    "programs": ("organization", "program", "site", "setting", "membership"),
}


def roles_on(user, target) -> frozenset[Role]:
    """Every role that counts for this person and object, those across the product included."""
    held = getattr(user, "roles", frozenset())
    return held | target.roles_of(user) if target is not None else held


def is_allowed(user, permission: Permission, target=None) -> bool:
    if not user.is_authenticated or not user.is_active:
        return False
    return permission in EVERYONE or any(
        permission in ROLE_PERMISSIONS[role] for role in roles_on(user, target)
    )


def register() -> None:
    """Make each permission answerable by `user.has_perm(permission, target)`."""
    for permission in Permission:
        rules.set_perm(permission.value, _predicate(permission))
    manage_people = _predicate(Permission.MANAGE_PEOPLE)
    for app, models in PEOPLE_ADMIN_MODELS.items():
        rules.set_perm(app, manage_people)
        for model in models:
            for act in ("view", "add", "change"):
                rules.set_perm(f"{app}.{act}_{model}", manage_people)
    rules.set_perm("programs.delete_membership", manage_people)


def _predicate(permission: Permission) -> rules.Predicate:
    return rules.predicate(
        lambda user, target=None: is_allowed(user, permission, target), name=permission.value
    )
