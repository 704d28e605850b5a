"""What a report says of one item, paragraph by paragraph with its label: the outputs that have no template."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.item_views import ItemView, Statement


@dataclass(frozen=True)
class Part:
    label: str
    text: str


def parts_of(item: ItemView) -> tuple[Part, ...]:
    """In the order of the page (templates/reports/_parts/item.html); the evidence is among them."""
    return tuple(part for part in (*_of_the_score(item), *_of_what_comes_next(item)) if part.text)


def evidence_label() -> str:
    return _("Evidence")


def with_source(statement: Statement) -> str:
    """A statement with the number of its source: "Rooms are shared. [2]"."""
    return f"{statement.text} [{statement.source}]" if statement.source else statement.text


def _of_the_score(item: ItemView) -> Iterator[Part]:
    line = item.line
    if not item.is_rated:
        yield Part(_("Not rated"), line.unrated_reason or _("No score yet."))
    if item.anchor:
        yield Part(_("Score %(score)s") % {"score": item.score}, item.anchor.descriptor)
    for sentence in item.new_scores:
        yield Part(_("New score"), sentence)
    if item.departure:
        yield Part(_("Departure"), f"{item.departure} {line.departure_reason}".strip())
    yield Part(_("Strength"), item.strength)
    yield Part(evidence_label(), line.evidence)
    yield Part(_("Why this score") if item.is_rated else _("Notes"), line.rationale)


def _of_what_comes_next(item: ItemView) -> Iterator[Part]:
    if item.next_anchor:
        next_one = f"{item.next_anchor.descriptor} ({item.next_anchor.points})"
        yield Part(_("The next point takes"), next_one)
    yield Part(_("Setting score"), item.setting_score)
    if item.loss:
        loss = with_source(Statement(item.loss, item.loss_source))
        yield Part(_("The setting"), f"{loss} {item.gap_sentence}".strip())
    for statement in item.statements:
        yield Part(_("The setting"), with_source(statement))
    yield Part(_("Recommendation"), item.line.recommendation)
    if item.priority:
        label = _("Priority %(place)s") % {"place": item.priority.place}
        yield Part(label, f"{item.priority.text} {item.priority.step}".strip())
    else:
        yield Part(_("Target"), item.target)
