"""What differs between two versions of a scale, or two profiles: plain values, put into words where they are shown."""

from scales.comparing.anchors import AnchorChange, anchors_moved, anchors_reworded
from scales.comparing.bands import BandRun
from scales.comparing.profile import (
    AdjustmentChange,
    ProfileComparison,
    StatementChange,
    ThresholdChange,
    compare_profiles,
)
from scales.comparing.texts import Piece, PieceKind, TextChange, ValueChange, pieces
from scales.comparing.version import (
    ItemChange,
    QuestionChange,
    SectionChange,
    VersionComparison,
    compare_versions,
)

__all__ = [
    "AdjustmentChange",
    "AnchorChange",
    "BandRun",
    "ItemChange",
    "Piece",
    "PieceKind",
    "ProfileComparison",
    "QuestionChange",
    "SectionChange",
    "StatementChange",
    "TextChange",
    "ThresholdChange",
    "ValueChange",
    "VersionComparison",
    "anchors_moved",
    "anchors_reworded",
    "compare_profiles",
    "compare_versions",
    "pieces",
]
