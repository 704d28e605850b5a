"""Who edits definitions. The list of roles is elsewhere; here is the one question asked of it."""

import rules

EDIT = "scales.edit_definitions"


def may_edit_definitions(user) -> bool:
    """By role alone: someone who may open every administration page holds it no more than anyone else."""
    return rules.has_perm(EDIT, user)
