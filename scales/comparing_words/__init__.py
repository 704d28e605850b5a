"""A comparison of two versions, or two profiles, as a page shows it: what changed in a line, then part by part."""

from scales.comparing_words.page import Card, Part, Row, Summary
from scales.comparing_words.profile import profile_parts, profile_summary
from scales.comparing_words.version import version_parts, version_summary

__all__ = [
    "Card",
    "Part",
    "Row",
    "Summary",
    "profile_parts",
    "profile_summary",
    "version_parts",
    "version_summary",
]
