"""Reports for tests, made of specs and scores without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime

from reports.document import (
    AnchorLine,
    BandLine,
    EventLine,
    EvidenceSourceLine,
    GapLine,
    ItemLine,
    PreviousLine,
    PriorityLine,
    ProfileLine,
    Range,
    ReportDocument,
    ScaleLine,
    SectionLine,
    SourceLine,
    StatementLine,
    StrengthLine,
    TeamLine,
    TotalLine,
)
