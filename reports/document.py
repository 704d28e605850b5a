"""A fidelity report as plain frozen values: what every output is laid out from, and what issuing freezes.

No Django and no database here: `reports.projection` fills a `ReportDocument` from a review, `to_json` writes it in one
canonical form (equal documents, equal bytes), `from_json` reads an issued one back.
"""

import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from reports.edition_lines import ChangeLine, WithdrawnLine
from reports.goal_lines import GoalBeforeLine
from reports.influence_lines import AdaptationLine, InfluenceLine
from reports.plain_values import LATER, as_plain, built, iso

SCHEMA = 1


class UnknownSchema(ValueError):
    """The frozen data is of a schema that this version of the product does not read."""


@dataclass(frozen=True)
class Range:
    """Both ends included. Equal ends are one number."""

    lowest: int
    highest: int


@dataclass(frozen=True)
class BandLine:
    label: str
    lowest: int
    highest: int
    meaning: str


@dataclass(frozen=True)
class TotalLine:
    """Sum of the rated items, and what it can become once the unrated ones are rated.

    `band` is named only when both ends of `can_become` lie in it.
    """

    points: int
    maximum: int
    rated: int
    unrated: int
    can_become: Range
    band: str | None = None


@dataclass(frozen=True)
class GapLine:
    """Points short of the maximum: `setting` is the part the setting accounts for, `open` the service's."""

    points: int
    setting: Range
    open: Range


@dataclass(frozen=True)
class AnchorLine:
    points: int
    descriptor: str


@dataclass(frozen=True)
class StatementLine:
    kind: str
    text: str
    source: str


@dataclass(frozen=True)
class ItemLine:
    """One row of the score sheet. `score` None: unrated, `unrated_reason` says why.

    `principles`: their titles. `suggested`: what the facts suggest, None where they suggest nothing. `setting_score`:
    what they come to by the bounds of the setting, None where it has none of its own.
    `loss_source`: code of the source of the expected loss. `previous`, `change`: None unless the previous review
    scored this item by the same points.
    """

    code: str
    number: int
    number_in_section: int
    title: str
    short_title: str
    measures: str
    anchors: tuple[AnchorLine, ...]
    evidence_codes: tuple[str, ...]
    principles: tuple[str, ...]
    score: int | None
    unrated_reason: str
    rationale: str
    evidence: str
    recommendation: str
    suggested: int | None
    departure_reason: str
    gap: GapLine | None
    expected_loss: Range | None
    loss_source: str
    setting_statements: tuple[StatementLine, ...]
    previous: int | None
    change: int | None
    target: int | None
    setting_score: int | None = field(default=None, metadata=LATER)

    @property
    def anchor(self) -> AnchorLine | None:
        """The anchor of the score given."""
        return next((anchor for anchor in self.anchors if anchor.points == self.score), None)

    @property
    def next_anchor(self) -> AnchorLine | None:
        """What the next point takes; None at the top or unrated."""
        if self.score is None:
            return None
        above = [anchor for anchor in self.anchors if anchor.points > self.score]
        return min(above, key=lambda anchor: anchor.points) if above else None

    @property
    def departs(self) -> bool:
        """Whether the reviewers decided on another score than the facts suggest."""
        return None not in (self.score, self.suggested) and self.score != self.suggested


@dataclass(frozen=True)
class SectionLine:
    code: str
    title: str
    total: TotalLine
    items: tuple[ItemLine, ...]


@dataclass(frozen=True)
class StrengthLine:
    item_number: int
    text: str


@dataclass(frozen=True)
class PriorityLine:
    item_number: int
    item_code: str
    action: str
    score: int | None
    target: int | None


@dataclass(frozen=True)
class TeamLine:
    """`scored`: whether this person's scores count; observers and moderators do not score."""

    name: str
    role: str
    employer: str
    scored: bool


@dataclass(frozen=True)
class PreviousLine:
    """The issued review of this site before this one. `comparable`: same scale, same points, every item rated.

    `anchors_moved`: codes of the items that were scored by other bounds, counts or questions then. `new_items`: of
    those that its version did not have. Reports frozen before there were such marks have neither.
    """

    starts_on: date
    total: TotalLine
    scale_title: str
    profile_title: str
    independence: str
    same_version: bool
    same_profile: bool
    comparable: bool
    anchors_moved: tuple[str, ...] = field(default=(), metadata=LATER)
    new_items: tuple[str, ...] = field(default=(), metadata=LATER)


@dataclass(frozen=True)
class EvidenceSourceLine:
    code: str
    title: str


@dataclass(frozen=True)
class ScaleLine:
    title: str
    code: str
    label: str
    source: str
    edition: str
    permission: str
    minimum: int
    maximum: int
    content_hash: str
    evidence_sources: tuple[EvidenceSourceLine, ...]


@dataclass(frozen=True)
class SourceLine:
    code: str
    citation: str


@dataclass(frozen=True)
class ProfileLine:
    code: str
    title: str
    in_words: str
    summary: str
    content_hash: str
    sources: tuple[SourceLine, ...]
    notes: tuple[StatementLine, ...]


@dataclass(frozen=True)
class EventLine:
    at: datetime
    by: str
    step: str
    note: str


@dataclass(frozen=True)
class ItemReplyLine:
    """What the service said to one item, and the lead's answer. `rescored`: whether the score changed after it."""

    item_number: int
    item_title: str
    text: str
    evidence: str
    answer: str
    rescored: bool
    score_before: int | None
    score_after: int | None
    reason: str


@dataclass(frozen=True)
class ReplyLine:
    """One time that the draft was with the service. `replied_at` None: it sent no reply, so there are no words."""

    asked_at: datetime
    reply_by: date
    replied_at: datetime | None
    replied_by: str
    text: str
    answer: str
    items: tuple[ItemReplyLine, ...]


@dataclass(frozen=True)
class SplitLine:
    """An item that the reviewers did not score alike, or agreed a score for that nobody gave.

    `scores`: from low to high, so that they do not tell who gave which; None: left unrated. `agreed`: in consensus,
    before the service replied. `reason`: why.
    """

    item_number: int
    item_title: str
    scores: tuple[int | None, ...]
    agreed: int | None
    reason: str


@dataclass(frozen=True)
class AgreementLine:
    """Of the items that every reviewer rated alone (`compared`): alike, and at most one point apart."""

    compared: int
    exact: int
    within_one: int
    splits: tuple[SplitLine, ...]


@dataclass(frozen=True)
class NotesLine:
    """How many notes of evidence come from one source. `source` is a code."""

    source: str
    notes: int


@dataclass(frozen=True)
class ReportDocument:
    """Everything a report says.

    `edition`: "1.0" once issued, empty for a draft. `language`: BCP 47 tag of the scale's wording, in which the
    whole report is written. `kind`, `mode`, `independence`, `independence_reason`, roles and steps are codes;
    outputs put them in words of that language. `replies`: the service's, oldest first. `not_asked_because`: why the
    service was not asked for one. `corrects`: the edition before a corrected one, of `corrects_made_at`; `changes`:
    what is not as it was in that. `influences`: in the order of their domains. `agreement`: on the submitted sets,
    before consensus; None where fewer than two reviewers scored. `evidence_notes`: empty where the team kept none.
    `not_seen`: in the team's words. `action_plan_by`: the day by the review's timetable. `goals_before`: what
    became of the goals after the review of `goals_before_of`. Reports frozen before there were such have none of these.
    """

    language: str
    edition: str
    made_at: datetime
    issued_by: str
    site: str
    place: str
    program: str
    organization: str
    setting: str
    kind: str
    mode: str
    starts_on: date
    ends_on: date
    independence: str
    independence_reason: str
    raters: int
    team: tuple[TeamLine, ...]
    interviews: int | None
    observations: int | None
    records: int | None
    summary: str
    scale: ScaleLine
    profile: ProfileLine
    bands: tuple[BandLine, ...]
    total: TotalLine
    attainable: Range
    items_with_loss: int
    gap: GapLine
    previous: PreviousLine | None
    sections: tuple[SectionLine, ...]
    strengths: tuple[StrengthLine, ...]
    priorities: tuple[PriorityLine, ...]
    events: tuple[EventLine, ...]
    schema: int = SCHEMA
    replies: tuple[ReplyLine, ...] = field(default=(), metadata=LATER)
    not_asked_because: str = field(default="", metadata=LATER)
    corrects: str = field(default="", metadata=LATER)
    corrects_made_at: datetime | None = field(default=None, metadata=LATER)
    correction_reason: str = field(default="", metadata=LATER)
    changes: tuple[ChangeLine, ...] = field(default=(), metadata=LATER)
    withdrawn: WithdrawnLine | None = field(default=None, metadata=LATER)
    influences: tuple[InfluenceLine, ...] = field(default=(), metadata=LATER)
    adaptations: tuple[AdaptationLine, ...] = field(default=(), metadata=LATER)
    agreement: AgreementLine | None = field(default=None, metadata=LATER)
    evidence_notes: tuple[NotesLine, ...] = field(default=(), metadata=LATER)
    not_seen: str = field(default="", metadata=LATER)
    action_plan_by: date | None = field(default=None, metadata=LATER)
    goals_before: tuple[GoalBeforeLine, ...] = field(default=(), metadata=LATER)
    goals_before_of: date | None = field(default=None, metadata=LATER)

    @property
    def items(self) -> tuple[ItemLine, ...]:
        return tuple(item for section in self.sections for item in section.items)

    @property
    def is_final(self) -> bool:
        return bool(self.edition)


def to_json(document: ReportDocument) -> str:
    """One canonical text: sorted keys, no spaces, ISO dates."""
    return json.dumps(
        as_plain(document), default=iso, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )


def from_json(text: str) -> ReportDocument:
    """Read a frozen report. Raises `UnknownSchema` for one of another schema."""
    data = json.loads(text)
    if data.get("schema") != SCHEMA:
        raise UnknownSchema(f"This report's data is of schema {data.get('schema')}, not {SCHEMA}.")
    document = built(ReportDocument, data)
    assert isinstance(document, ReportDocument)
    return document


def frozen_sha256(document: ReportDocument) -> str:
    """SHA-256 of the data as it was issued, whether or not the edition was withdrawn since."""
    return sha256(to_json(replace(document, withdrawn=None)))


def sha256(data: str | bytes) -> str:
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()
