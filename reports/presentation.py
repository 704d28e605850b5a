"""A `ReportDocument` as it is shown: every word, figure and chart in place, so that templates only lay out.

Made in the language that is active (`reports.words.in_language`). Texts that people typed stay as they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from reports import charts, sentences, words
from reports.agreement_view import Agreement, agreement_view
from reports.document import Range, ReportDocument, frozen_sha256
from reports.edition_view import Changes, changes_view, notices, withdrawn_mark
from reports.influences_view import Influences, influences_view
from reports.item_views import (
    GapFigures,
    Priority,
    SectionView,
    Statement,
    points_line,
    section_view,
    statements,
)
from reports.method_view import Fact, Member, filled, members, method_facts
from reports.parts import PartHead, parts_of_report
from reports.plan_view import Plan, plan_view
from reports.reply_view import Reply, reply_view

# Page 1 is one page: what goes past these is in the report further on.
MOST_ON_PAGE_1 = 6
MOST_LINES_ON_PAGE_1 = 26
LETTERS_IN_A_LINE = 44
LONGEST_SUMMARY_ON_PAGE_1 = 420
MOST_SUMMARY_LINES_ON_PAGE_1 = 6
NARROW = 240.0
# The foot of a page is one line.
LONGEST_NAME_IN_THE_FOOT = 60


@dataclass(frozen=True)
class Strength:
    """A sentence, and the items that it is about ("2, 3")."""

    text: str
    items: str


@dataclass(frozen=True)
class Step:
    at: str
    iso: str
    by: str
    step: str
    note: str


@dataclass(frozen=True)
class Source:
    number: int
    citation: str


@dataclass(frozen=True)
class Report:
    """Everything that a template of the report shows."""

    document: ReportDocument
    parts: dict[str, PartHead]
    title: str
    running: str
    visit: str
    status: str
    made: str
    made_iso: str
    author: str
    label: str
    label_reason: str
    method: str
    kind: str
    figure: str
    of_maximum: str
    band_line: str
    total_sentence: str
    unrated_sentence: str
    lede: str
    warnings: tuple[str, ...]
    marks: tuple[str, ...]
    summary_first: bool
    strengths: tuple[Strength, ...]
    first_strengths: tuple[Strength, ...]
    priorities: tuple[Priority, ...]
    first_priorities: tuple[Priority, ...]
    more_strengths: int
    more_priorities: int
    scale: charts.TotalScale
    narrow_scale: charts.TotalScale
    sections: tuple[SectionView, ...]
    columns: tuple[tuple[SectionView, ...], ...]
    has_previous: bool
    has_setting: bool
    has_principles: bool
    has_targets: bool
    gap_total: GapFigures
    gap_columns: int
    attainable_sentence: str
    points_line: str
    raters: str
    team: tuple[Member, ...]
    method_facts: tuple[Fact, ...]
    facts: tuple[Fact, ...]
    scale_facts: tuple[Fact, ...]
    profile_facts: tuple[Fact, ...]
    profile_notes: tuple[Statement, ...]
    sources: tuple[Source, ...]
    steps: tuple[Step, ...]
    document_facts: tuple[Fact, ...]
    draft_mark: str
    agreement: Agreement
    reply: Reply
    plan: Plan
    influences: Influences
    notices: tuple[str, ...]
    changes: Changes | None
    withdrawn_mark: str

    @property
    def page_mark(self) -> str:
        """What is written across every page; empty for an edition that holds."""
        return self.draft_mark or self.withdrawn_mark

    @property
    def top_mark(self) -> str:
        """The same as one line at the top of a file that has no pages of its own."""
        if not self.document.is_final:
            return f"{_('DRAFT')} · {self.status} · {self.made}"
        return self.notices[0] if self.withdrawn_mark else ""


def present(document: ReportDocument, *, frozen_as: str = "") -> Report:
    """Put a report in words. `frozen_as`: SHA-256 of its data, where it is not the hash of this very value."""
    source_numbers = {source.code: number for number, source in enumerate(document.profile.sources, 1)}
    priorities = _priorities(document)
    sections = tuple(
        section_view(section, document, source_numbers, priorities) for section in document.sections
    )
    strengths = _strengths(document)
    first_strengths = _how_many_fit_page_1([f"{one.text} ({one.items})" for one in strengths])
    first_priorities = _how_many_fit_page_1([f"{one.text} {one.step}" for one in priorities])
    total = document.total
    has_previous = any(item.previous is not None for item in document.items)
    has_principles = any(item.principles for item in document.items)
    has_targets = any(item.target is not None for item in document.items)
    attainable = sentences.attainable(document)
    return Report(
        document=document,
        parts=parts_of_report(),
        title=_("Fidelity review: %(site)s") % {"site": document.site},
        running=_running(document),
        visit=words.days(document.starts_on, document.ends_on),
        status=words.status(document),
        made=words.moment(document.made_at),
        made_iso=document.made_at.isoformat(),
        author=", ".join(member.name for member in document.team if member.scored),
        label=words.independence(document.independence),
        label_reason=words.independence_reason(document),
        method=words.method(document),
        kind=words.kind(document.kind),
        figure=str(total.points),
        of_maximum=_("of %(maximum)s") % {"maximum": total.maximum}
        if not total.unrated
        else _("so far, of %(maximum)s") % {"maximum": total.maximum},
        band_line=sentences.becomes(document) if total.unrated else total.band or "",
        total_sentence=sentences.total(document),
        unrated_sentence=sentences.unrated(total),
        lede=sentences.lede(document),
        warnings=tuple(sentences.warnings(document)),
        marks=tuple(sentences.marks(document)),
        summary_first=_fits_page_1(document.summary),
        strengths=strengths,
        first_strengths=strengths[:first_strengths],
        priorities=priorities,
        first_priorities=priorities[:first_priorities],
        more_strengths=len(strengths) - first_strengths,
        more_priorities=len(priorities) - first_priorities,
        scale=_total_scale(document),
        narrow_scale=_total_scale(document, NARROW),
        sections=sections,
        columns=in_two_columns(sections),
        has_previous=has_previous,
        has_setting=bool(document.items_with_loss),
        has_principles=has_principles,
        has_targets=has_targets,
        gap_total=_gap_total(document),
        gap_columns=5 + bool(document.items_with_loss) + 2 * has_previous + has_targets + has_principles,
        attainable_sentence=f"{words.capital(attainable)}." if attainable else "",
        points_line=points_line(document),
        raters=", ".join(member.name for member in document.team if member.scored),
        team=members(document),
        method_facts=method_facts(document),
        facts=_facts(document),
        scale_facts=_scale_facts(document),
        profile_facts=_profile_facts(document),
        profile_notes=statements(document.profile.notes, source_numbers),
        sources=tuple(Source(source_numbers[one.code], one.citation) for one in document.profile.sources),
        steps=tuple(
            Step(
                at=words.moment(event.at),
                iso=event.at.isoformat(),
                by=event.by,
                step=words.step(event.step),
                note=words.step_note(event.step, event.note),
            )
            for event in document.events
        ),
        document_facts=filled(
            (_("Edition"), document.edition or _("none yet: this is a draft")),
            (_("SHA-256 of the data"), frozen_as or frozen_sha256(document)),
        ),
        draft_mark=draft_mark(document),
        agreement=agreement_view(document),
        reply=reply_view(document),
        notices=notices(document),
        changes=changes_view(document),
        withdrawn_mark=withdrawn_mark(document),
        influences=influences_view(document),
        plan=plan_view(document, priorities),
    )


def _fits_page_1(summary: str) -> bool:
    return (
        len(summary) <= LONGEST_SUMMARY_ON_PAGE_1
        and len(summary.splitlines()) <= MOST_SUMMARY_LINES_ON_PAGE_1
    )


def _how_many_fit_page_1(texts: Sequence[str]) -> int:
    """The first of a list, whole: at least one, at most `MOST_ON_PAGE_1`."""
    lines = 0
    for place, text in enumerate(texts[:MOST_ON_PAGE_1]):
        lines += -(-len(text) // LETTERS_IN_A_LINE)
        if place and lines > MOST_LINES_ON_PAGE_1:
            return place
    return min(len(texts), MOST_ON_PAGE_1)


def in_two_columns(sections: Sequence[SectionView]) -> tuple[tuple[SectionView, ...], ...]:
    """Sections in order, cut where the two columns come out most even; each heading takes about a row and a half."""
    if len(sections) < 2:
        return (tuple(sections),)
    heights = [len(section.items) + 1.5 for section in sections]

    def unevenness(cut: int) -> float:
        return abs(sum(heights[:cut]) - sum(heights[cut:]))

    cut = min(range(1, len(sections)), key=unevenness)
    return (tuple(sections[:cut]), tuple(sections[cut:]))


def _running(document: ReportDocument) -> str:
    """What the foot of every page says."""
    edition = draft_mark(document)
    if document.is_final:
        edition = _("edition %(edition)s") % {"edition": document.edition}
    site = Truncator(document.site).chars(LONGEST_NAME_IN_THE_FOOT)
    parts = [site, _("fidelity review"), edition, withdrawn_mark(document)]
    return " · ".join(part for part in parts if part)


def draft_mark(document: ReportDocument) -> str:
    """What is written across every page of a draft; empty once it is issued."""
    if document.is_final:
        return ""
    return _("DRAFT of %(day)s") % {"day": words.day(document.made_at.date())}


def _gap_total(document: ReportDocument) -> GapFigures:
    previous = document.previous if document.previous and document.previous.comparable else None
    change = None
    if previous and not document.total.unrated:
        change = document.total.points - previous.total.points
    any_rated = document.total.rated > 0
    return GapFigures(
        score=str(document.total.points),
        gap=str(document.gap.points) if any_rated else "–",
        setting=words.span(document.gap.setting) if any_rated else "–",
        open=words.span(document.gap.open) if any_rated else "–",
        previous=str(previous.total.points) if previous else "",
        change=words.change(change),
    )


def _strengths(document: ReportDocument) -> tuple[Strength, ...]:
    """Items that share a sentence share a line."""
    items: dict[str, list[str]] = {}
    for line in document.strengths:
        items.setdefault(line.text, []).append(str(line.item_number))
    return tuple(Strength(text, ", ".join(numbers)) for text, numbers in items.items())


def _priorities(document: ReportDocument) -> tuple[Priority, ...]:
    return tuple(
        Priority(
            place=place,
            text=line.action,
            item_number=line.item_number,
            anchor_id=f"item-{line.item_number}",
            step=words.step_up(line.score, line.target),
        )
        for place, line in enumerate(document.priorities, 1)
    )


def _total_scale(document: ReportDocument, width: float = 380.0) -> charts.TotalScale:
    total = document.total
    labels = words.short_bands(document.bands)
    previous = document.previous if document.previous and document.previous.comparable else None
    attainable = document.attainable if document.items_with_loss else None
    return charts.total_scale(
        document.bands,
        title=sentences.total_chart(document),
        labels=[labels[band.label] for band in sorted(document.bands, key=lambda band: band.lowest)],
        total=None if total.unrated else total.points,
        total_label=str(total.points),
        becomes=total.can_become if total.unrated else None,
        becomes_label=words.span(total.can_become),
        previous=previous.total.points if previous else None,
        previous_label=f"{previous.total.points}, {words.month(previous.starts_on)}" if previous else "",
        attainable=attainable,
        attainable_label=_("attainable here: %(range)s") % {"range": words.span(attainable or Range(0, 0))},
        width=width,
    )


def _facts(document: ReportDocument) -> tuple[Fact, ...]:
    return filled(
        (_("Site"), ", ".join(part for part in (document.site, document.place) if part)),
        (_("Program"), f"{document.program}, {document.organization}"),
        (_("Status"), words.status(document)),
        (_("Made"), words.moment(document.made_at)),
    )


def _scale_facts(document: ReportDocument) -> tuple[Fact, ...]:
    scale = document.scale
    return filled(
        (_("Scale"), f"{scale.title} ({scale.code} {scale.label})"),
        (_("Source"), scale.source),
        (_("Edition"), scale.edition),
        (_("Permission"), scale.permission),
        (_("SHA-256 of the definition"), scale.content_hash),
    )


def _profile_facts(document: ReportDocument) -> tuple[Fact, ...]:
    profile = document.profile
    return filled(
        (_("Setting profile"), profile.title),
        (_("Summary"), profile.summary),
        (_("SHA-256 of the definition"), profile.content_hash),
    )
