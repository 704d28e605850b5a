"""Two setting profiles compared, in words."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from scales.check_words import DEGREES
from scales.comparing import AdjustmentChange, ProfileComparison, StatementChange, TextChange, ValueChange
from scales.comparing_words.page import Card, Part, Row, Summary, row, text_rows
from scales.comparing_words.rules import threshold_in_words
from scales.spec import Degree, ExpectedLoss

STATEMENTS = {
    "look-for": gettext_noop("Look for"),
    "evidence": gettext_noop("Counts as evidence"),
    "intent": gettext_noop("The intent, and how to serve it"),
    "caution": gettext_noop("Mind"),
}


def profile_summary(comparison: ProfileComparison) -> Summary:
    changes = comparison.adjustments
    losses = sum(_changes(change, "expected_loss") for change in changes)
    degrees = sum(_changes(change, "degree") for change in changes)
    thresholds = sum(bool(change.thresholds) for change in changes)
    statements = sum(len(change.statements) for change in changes) + len(comparison.notes)
    reasons = sum(len(change.reasons) for change in changes) + len(comparison.reasons)
    lines = [
        (degrees, ngettext("%(count)s item of another degree", "%(count)s items of another degree", degrees)),
        (losses, ngettext("another loss on %(count)s item", "another loss on %(count)s items", losses)),
        (
            thresholds,
            ngettext("other bounds on %(count)s item", "other bounds on %(count)s items", thresholds),
        ),
        (
            statements,
            ngettext("%(count)s statement differs", "%(count)s statements differ", statements),
        ),
        (
            reasons,
            ngettext(
                "%(count)s reason for no score differs", "%(count)s reasons for no score differ", reasons
            ),
        ),
    ]
    return Summary(tuple(text % {"count": count} for count, text in lines if count))


def profile_parts(comparison: ProfileComparison) -> tuple[Part, ...]:
    """The parts in which something differs."""
    parts = (_about(comparison), _attainable(comparison), _general(comparison), _items(comparison))
    return tuple(part for part in parts if part.cards or part.lines)


def _about(comparison: ProfileComparison) -> Part:
    rows = (
        *text_rows(comparison.head),
        *(_labelled(change, _("Source %(code)s")) for change in comparison.sources),
    )
    return Part("about", _("About the profile"), (), _card("about-texts", "", rows))


def _attainable(comparison: ProfileComparison) -> Part:
    totals = [
        _("%(low)s to %(high)s of %(highest)s") % {"low": low, "high": high, "highest": highest}
        for (low, high), highest in zip(comparison.attainable, comparison.highest_totals, strict=True)
    ]
    if totals[0] == totals[1]:
        return Part("attainable", "", (), ())
    rows = (row(_("Attainable total"), *totals, is_threshold=True),)
    return Part("attainable", _("Attainable total"), (), _card("attainable-total", "", rows))


def _general(comparison: ProfileComparison) -> Part:
    rows = (
        *(one for change in comparison.notes for one in _statement_rows(change, _("Note"))),
        *(_labelled(change, _("Reason %(code)s")) for change in comparison.reasons),
    )
    return Part("general", _("Beside the items"), (), _card("general-texts", "", rows))


def _items(comparison: ProfileComparison) -> Part:
    cards = tuple(
        Card(
            f"item-{change.item.code}",
            f"{change.item.number} {change.item.short_title}",
            tuple(_marks(change)),
            tuple(_item_rows(change)),
        )
        for change in comparison.adjustments
    )
    same = ngettext(
        "%(count)s item that both speak of is unchanged",
        "%(count)s items that both speak of are unchanged",
        comparison.unchanged,
    )
    return Part(
        "items", _("Items"), (), cards, same % {"count": comparison.unchanged} if comparison.unchanged else ""
    )


def _marks(change: AdjustmentChange) -> Iterator[str]:
    if _changes(change, "degree"):
        yield _("another degree")
    if _changes(change, "expected_loss"):
        yield _("another loss")
    if change.thresholds:
        yield _("other bounds")
    if change.statements or change.reasons:
        yield _("said otherwise")


def _item_rows(change: AdjustmentChange) -> Iterator[Row]:
    for value in change.values:
        yield _value_row(value)
    for threshold in change.thresholds:
        bounds = [threshold_in_words(one) if one else "" for one in (threshold.before, threshold.after)]
        label = _("Bounds of %(points)s in this setting") % {"points": threshold.points}
        yield row(label, *bounds, is_threshold=True)
    for statement in change.statements:
        yield from _statement_rows(statement, _(STATEMENTS[statement.texts.field]))
    for reason in change.reasons:
        yield _labelled(reason, _("Reason %(code)s"))


def _value_row(change: ValueChange) -> Row:
    if change.field == "degree":
        return row(_("Degree"), _degree(change.before), _degree(change.after), is_threshold=True)
    return row(_("Expected loss"), _loss(change.before), _loss(change.after), is_threshold=True)


def _statement_rows(change: StatementChange, label: str) -> Iterator[Row]:
    if change.texts.before != change.texts.after:
        yield row(label, change.texts.before, change.texts.after)
    if change.source:
        yield row(
            _("Source of “%(label)s”") % {"label": label}, str(change.source.before), str(change.source.after)
        )


def _labelled(change: TextChange, pattern: str) -> Row:
    return row(pattern % {"code": change.field}, change.before, change.after)


def _degree(degree: object) -> str:
    return _(DEGREES[degree.value]) if isinstance(degree, Degree) else ""


def _loss(loss: object) -> str:
    if not isinstance(loss, ExpectedLoss):
        return ""
    words = {"lowest": loss.lowest, "highest": loss.highest, "source": loss.source}
    if loss.lowest == loss.highest:
        return (
            ngettext("%(highest)s point (%(source)s)", "%(highest)s points (%(source)s)", loss.highest)
            % words
        )
    return _("%(lowest)s to %(highest)s points (%(source)s)") % words


def _card(code: str, title: str, rows: Iterable[Row]) -> tuple[Card, ...]:
    found = tuple(rows)
    return (Card(code, title, (), found),) if found else ()


def _changes(change: AdjustmentChange, field: str) -> bool:
    return any(value.field == field for value in change.values)
