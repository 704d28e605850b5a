"""Who has a role in a program, and who gave it to them when, for the page on its people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from accounts.permissions import Role
from programs.models import Membership, Program


@dataclass(frozen=True)
class RoleHeld:
    """`given_at`: None where the history does not tell; `given_by`: "" likewise.

    `also`: the person's other roles here, in words.
    """

    membership: Membership
    given_at: datetime | None
    given_by: str
    also: tuple[str, ...]

    @property
    def name(self) -> str:
        """One name for one person: with another role here, it is on the page already."""
        return str(self.membership.user) if self.also else self.membership.shown_name


@dataclass(frozen=True)
class PeopleOfProgram:
    viewers: tuple[RoleHeld, ...]
    others: tuple[RoleHeld, ...]


def people_of(program: Program) -> PeopleOfProgram:
    """Every role in the program, by name; read in a fixed number of queries."""
    rows = sorted(
        program.memberships.select_related("user"), key=lambda row: (row.shown_name.casefold(), row.pk)
    )
    given = _given(rows)
    held = [RoleHeld(row, *given.get(row.pk, (None, "")), also=_also(row, rows)) for row in rows]
    return PeopleOfProgram(
        viewers=tuple(one for one in held if one.membership.role == Role.VIEWER),
        others=tuple(one for one in held if one.membership.role != Role.VIEWER),
    )


def _also(row: Membership, rows: Sequence[Membership]) -> tuple[str, ...]:
    return tuple(
        other.get_role_display() for other in rows if other.user_id == row.user_id and other.pk != row.pk
    )


def _given(rows: Sequence[Membership]) -> dict[int, tuple[datetime, str]]:
    """Membership to when its role was last given or changed, and by whom, from its history."""
    history = Membership.pgh_event_model.objects.filter(pgh_obj_id__in=[row.pk for row in rows])
    latest = {
        event.pgh_obj_id: event for event in history.select_related("pgh_context").order_by("pgh_created_at")
    }
    by = {key: _user_of(event) for key, event in latest.items()}
    names = dict(User.objects.filter(pk__in={one for one in by.values() if one}).values_list("pk", "name"))
    return {key: (event.pgh_created_at, names.get(by[key], "")) for key, event in latest.items()}


def _user_of(event) -> int | None:
    return event.pgh_context.metadata.get("user") if event.pgh_context else None
