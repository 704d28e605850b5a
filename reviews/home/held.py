"""Which roles someone holds in which programs, read once for the whole first page."""

from dataclasses import dataclass

from accounts.permissions import ROLE_PERMISSIONS, Permission, Role

# Roles by which someone sees each site, runs its plan, or looks over many.
READ = (Role.PROGRAM_MANAGER, Role.VIEWER)
MANAGED = (Role.PROGRAM_MANAGER,)
OVERSEEN = (Role.NETWORK_LEAD,)


@dataclass(frozen=True)
class Held:
    """`roles`: pairs of program and role."""

    roles: frozenset[tuple[int, Role]]

    def as_one_of(self, *roles: Role) -> set[int]:
        """Programs in which one of these roles is held."""
        return {program for program, role in self.roles if role in roles}

    def where(self, permission: Permission) -> set[int]:
        """Programs in which a role carries the permission."""
        return {program for program, role in self.roles if permission in ROLE_PERMISSIONS[role]}


def held_by(user) -> Held:
    """One query."""
    rows = user.memberships.values_list("program", "role")
    return Held(frozenset((program, Role(role)) for program, role in rows))
