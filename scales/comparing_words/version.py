"""Two versions of a scale compared, in words."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scales.check_places import field_name
from scales.comparing import (
    AnchorChange,
    BandRun,
    ItemChange,
    QuestionChange,
    TextChange,
    ValueChange,
    VersionComparison,
)
from scales.comparing_words.page import Card, Part, Row, Summary, row, text_rows
from scales.comparing_words.rules import (
    question_rule_in_words,
    reading_in_words,
    relief_in_words,
    rule_in_words,
)
from scales.spec import Anchor, Item, ScaleSpec, Section


def version_summary(comparison: VersionComparison) -> Summary:
    """What changed in numbers: first what changes scores, then what is said, then what is the same."""
    items = comparison.items
    added = sum(change.is_added for change in items)
    removed = sum(change.is_removed for change in items)
    moved = sum(change.moved for change in items)
    thresholds = sum(change.threshold_moved for change in items)
    reworded = sum(change.reworded for change in items)
    totals = sum(run.highest - run.lowest + 1 for run in comparison.bands if not run.is_renamed)
    bands = len({(run.before, run.after) for run in comparison.bands if run.is_renamed})
    sections = len([change for change in comparison.sections if change.title])
    lines = (
        (added, ngettext("%(count)s item added", "%(count)s items added", added)),
        (removed, ngettext("%(count)s item removed", "%(count)s items removed", removed)),
        (
            thresholds,
            ngettext(
                "a threshold moved on %(count)s item", "a threshold moved on %(count)s items", thresholds
            ),
        ),
        (
            totals,
            ngettext("%(count)s total changes its band", "%(count)s totals change their band", totals),
        ),
        (bands, ngettext("%(count)s band renamed", "%(count)s bands renamed", bands)),
        (
            sections,
            ngettext(
                "%(count)s section added, removed or renamed",
                "%(count)s sections added, removed or renamed",
                sections,
            ),
        ),
        (moved, ngettext("%(count)s item moved", "%(count)s items moved", moved)),
        (reworded, ngettext("%(count)s item reworded", "%(count)s items reworded", reworded)),
    )
    return Summary(tuple(text % {"count": count} for count, text in lines if count))


def version_parts(comparison: VersionComparison) -> tuple[Part, ...]:
    """The parts in which something differs."""
    parts = (
        _about(comparison),
        _bands(comparison),
        _lists(comparison),
        _sections(comparison),
        _items(comparison),
    )
    return tuple(part for part in parts if part.cards or part.lines)


def _about(comparison: VersionComparison) -> Part:
    names = {"minimum": _("Lowest score"), "maximum": _("Highest score")}
    points = tuple(
        row(names[change.field], str(change.before), str(change.after), is_threshold=True)
        for change in comparison.points
    )
    return _one_card("about", _("About the version"), (*text_rows(comparison.head), *points))


def _bands(comparison: VersionComparison) -> Part:
    lines = [_run(run) for run in comparison.bands]
    if comparison.totals_moved and comparison.before.items and comparison.after.items:
        before, after = comparison.before, comparison.after
        words = {
            "lowest": before.lowest_total,
            "highest": before.highest_total,
            "new_lowest": after.lowest_total,
            "new_highest": after.highest_total,
        }
        lines.insert(
            0,
            _(
                "Totals ran from %(lowest)s to %(highest)s and now run from %(new_lowest)s to %(new_highest)s: "
                "totals of the two versions are not comparable."
            )
            % words,
        )
    part = _one_card(
        "bands",
        _("Bands of the total"),
        tuple(
            row(_("What “%(band)s” means") % {"band": one.field}, one.before, one.after)
            for one in comparison.meanings
        ),
    )
    return Part(part.code, part.title, tuple(lines), part.cards)


def _run(run: BandRun) -> str:
    totals = str(run.lowest) if run.lowest == run.highest else f"{run.lowest}–{run.highest}"
    words = {"totals": totals, "before": run.before, "after": run.after}
    if run.is_renamed:
        return _("%(totals)s: the band “%(before)s” is called “%(after)s” now") % words
    match run.before, run.after:
        case None, str(label) if label:
            return _("%(totals)s: not possible before, now “%(after)s”") % words
        case str(label), None if label:
            return _("%(totals)s: was “%(before)s”, no longer possible") % words
        case None, _nothing:
            return _("%(totals)s: not possible before, now without a band") % words
        case _nothing, None:
            return _("%(totals)s: was without a band, no longer possible") % words
        case "", _label:
            return _("%(totals)s: was without a band, now “%(after)s”") % words
        case _label, "":
            return _("%(totals)s: was “%(before)s”, now without a band") % words
    return _("%(totals)s: was “%(before)s”, now “%(after)s”") % words


def _lists(comparison: VersionComparison) -> Part:
    cards = [
        Card(code, title, (), rows)
        for code, title, rows in (
            ("evidence", _("Kinds of evidence"), _coded(comparison.evidence)),
            ("principles", _("Principles"), _coded(comparison.principles)),
        )
        if rows
    ]
    return Part("lists", _("Evidence and principles"), (), tuple(cards))


def _coded(changes: Iterable[TextChange]) -> tuple[Row, ...]:
    return tuple(row(change.field, change.before, change.after) for change in changes)


def _sections(comparison: VersionComparison) -> Part:
    rows = tuple(
        row(change.code, _section(change.before), _section(change.after)) for change in comparison.sections
    )
    return _one_card("sections", _("Sections"), rows)


def _section(section: Section | None) -> str:
    return f"{section.number}. {section.title}" if section else ""


def _items(comparison: VersionComparison) -> Part:
    lines = []
    if comparison.renumbered:
        shifts = ", ".join(
            f"{change.before.number} → {change.after.number} {change.after.short_title}"
            for change in comparison.renumbered
            if change.before and change.after
        )
        lines.append(_("Only numbered otherwise: %(items)s.") % {"items": shifts})
    same = ngettext("%(count)s item unchanged", "%(count)s items unchanged", comparison.unchanged)
    cards = tuple(_item_card(change, comparison) for change in comparison.changed)
    return Part(
        "items",
        _("Items"),
        tuple(lines),
        cards,
        same % {"count": comparison.unchanged} if comparison.unchanged else "",
    )


def _item_card(change: ItemChange, comparison: VersionComparison) -> Card:
    title = f"{change.item.number} {change.item.short_title or change.item.title or change.code}"
    return Card(f"item-{change.code}", title, tuple(_marks(change)), tuple(_item_rows(change, comparison)))


def _marks(change: ItemChange) -> Iterator[str]:
    if change.is_added:
        yield _("added")
        return
    if change.is_removed:
        yield _("removed")
        return
    if change.threshold_moved:
        yield _("threshold moved")
    if change.moved and change.before and change.section_before:
        words = {"number": change.before.number, "section": change.section_before.title}
        yield _("moved from %(number)s, %(section)s") % words
    elif change.renumbered and change.before:
        yield _("was number %(number)s") % {"number": change.before.number}
    if change.reworded:
        yield _("reworded")


def _item_rows(change: ItemChange, comparison: VersionComparison) -> Iterator[Row]:
    if change.before is None or change.after is None:
        yield from _whole(change.before, change.after)
        return
    yield from text_rows(change.texts)
    for value in change.values:
        yield _value_row(value, change.before, change.after, comparison)
    for component in change.components:
        label = _("Component %(code)s") % {"code": component.field}
        is_threshold = not component.before or not component.after
        yield row(label, component.before, component.after, is_threshold=is_threshold)
    for question in change.questions:
        yield from _question_rows(question, change.before, change.after)
    for anchor in change.anchors:
        yield from _anchor_rows(anchor, change.before, change.after)


def _value_row(change: ValueChange, before: Item, after: Item, comparison: VersionComparison) -> Row:
    match change.field:
        case "reading":
            return row(
                _("How the anchors are read"),
                reading_in_words(before),
                reading_in_words(after),
                is_threshold=True,
            )
        case "per_specialist":
            words = [_yes_or_no(item.per_specialist) for item in (before, after)]
            return row(_("Rated specialist by specialist"), *words, is_threshold=True)
        case "few_seekers":
            words = [relief_in_words(item.few_seekers) for item in (before, after)]
            return row(_("Few job seekers"), *words, is_threshold=True)
        case "evidence":
            return row(_("Evidence"), ", ".join(before.evidence), ", ".join(after.evidence))
    titles = [
        _principles(item, spec) for item, spec in ((before, comparison.before), (after, comparison.after))
    ]
    return row(_("Principles"), *titles)


def _question_rows(change: QuestionChange, before: Item, after: Item) -> Iterator[Row]:
    label = _("Question %(code)s") % {"code": change.code}
    if change.text:
        is_threshold = change.before is None or change.after is None
        yield row(label, change.text.before, change.text.after, is_threshold=is_threshold)
    rules = [
        question_rule_in_words(condition, item) if condition else ""
        for condition, item in ((change.before, before), (change.after, after))
    ]
    if rules[0] != rules[1]:
        yield row(_("Question %(code)s, what follows") % {"code": change.code}, *rules, is_threshold=True)


def _anchor_rows(change: AnchorChange, before: Item, after: Item) -> Iterator[Row]:
    points = {"points": change.points}
    if change.threshold_moved:
        rules = [
            (rule_in_words(anchor, item) or _("no bounds")) if anchor else ""
            for anchor, item in ((change.before, before), (change.after, after))
        ]
        yield row(_("Anchor %(points)s, threshold moved") % points, *rules, is_threshold=True)
    if change.descriptor:
        yield row(_("Anchor %(points)s") % points, change.descriptor.before, change.descriptor.after)


def _whole(before: Item | None, after: Item | None) -> Iterator[Row]:
    """An item that is in one of the versions only, all on its own side."""
    item = after or before
    if item is None:
        return

    def side(label: str, text: str) -> Row:
        return row(label, "" if after else text, text if after else "")

    yield side(field_name("title"), item.title)
    yield side(field_name("measures"), item.measures)
    yield side(_("How the anchors are read"), reading_in_words(item))
    for component in item.components:
        yield side(_("Component %(code)s") % {"code": component.code}, component.text)
    for anchor in item.anchors:
        yield side(_("Anchor %(points)s") % {"points": anchor.points}, _anchor(anchor, item))


def _anchor(anchor: Anchor, item: Item) -> str:
    rule = rule_in_words(anchor, item)
    return f"{anchor.descriptor} ({rule})" if rule else anchor.descriptor


def _principles(item: Item, scale: ScaleSpec) -> str:
    titles = {principle.code: principle.title for principle in scale.principles}
    return ", ".join(titles.get(code, code) for code in item.principles)


def _one_card(code: str, title: str, rows: tuple[Row, ...]) -> Part:
    return Part(code, title, (), (Card(f"{code}-texts", "", (), rows),) if rows else ())


def _yes_or_no(value: bool) -> str:
    return _("yes") if value else _("no")
