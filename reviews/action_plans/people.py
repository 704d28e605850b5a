"""Who of a program can be the owner of a goal and be reminded of it."""

from collections import Counter

from accounts.permissions import Permission
from programs.models import Program, roles_with


def people_to_remind(program: Program) -> dict[str, int]:
    """Account number by name, as they are known in the program. Of two of one name neither: a name would not tell."""
    rows = program.memberships.filter(
        role__in=roles_with(Permission.READ_ACTION_PLAN), user__is_active=True
    ).select_related("user")
    named = {(row.shown_name, row.user_id) for row in rows}
    count = Counter(name for name, _ in named)
    return {name: user for name, user in sorted(named) if count[name] == 1}
