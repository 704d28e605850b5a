from scales.models.figure import ScaleFigure
from scales.models.profile import (
    Adjustment,
    ProfileSource,
    ReanchoredThreshold,
    SettingProfile,
    Statement,
    UnratedReason,
)
from scales.models.status import Status
from scales.models.version import (
    Anchor,
    Band,
    Component,
    Condition,
    EvidenceSource,
    Item,
    Principle,
    Scale,
    ScaleVersion,
    Section,
)

__all__ = [
    "Adjustment",
    "Anchor",
    "Band",
    "Component",
    "Condition",
    "EvidenceSource",
    "Item",
    "Principle",
    "ProfileSource",
    "ReanchoredThreshold",
    "Scale",
    "ScaleFigure",
    "ScaleVersion",
    "Section",
    "SettingProfile",
    "Statement",
    "Status",
    "UnratedReason",
]
