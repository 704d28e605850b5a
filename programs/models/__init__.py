from programs.models.outcomes import QuarterlyOutcome, StartDefinition
from programs.models.places import (
    PROGRAM_ROLES,
    Membership,
    Organization,
    Program,
    Setting,
    Site,
    roles_with,
)

__all__ = [
    "PROGRAM_ROLES",
    "Membership",
    "Organization",
    "Program",
    "QuarterlyOutcome",
    "Setting",
    "Site",
    "StartDefinition",
    "roles_with",
]
