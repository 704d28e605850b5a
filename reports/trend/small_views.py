"""The small charts of a page with their words: sections and items over the reviews."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from reports import words
from reports.document import Range
from reports.trend.history import History, Visit, items_compare
from reports.trend.small_chart import SmallChart, Value, small_chart
from scales.scoring import Subtotal
from scales.spec import Item, Section

WHOLE = 100


@dataclass(frozen=True)
class SectionTrend:
    """`now`: "24 of 35 (69 %), 2 up since October 2025"."""

    title: str
    now: str
    chart: SmallChart


@dataclass(frozen=True)
class ItemTrend:
    """`state`: how it moved since the last review, in a word or two. `has_slipped`: that word is set apart."""

    number: int
    title: str
    state: str
    has_slipped: bool
    note: str
    chart: SmallChart


@dataclass(frozen=True)
class ItemGroup:
    """The items of a section, in the order of the score sheet."""

    title: str
    items: tuple[ItemTrend, ...]


def section_trends(history: History) -> tuple[SectionTrend, ...]:
    return tuple(_section_trend(history, section) for section in history.sections)


def item_groups(history: History) -> tuple[ItemGroup, ...]:
    """By the sections of the newest version; items that it has no more come last."""
    groups = [
        ItemGroup(section.title, tuple(_item_trend(history, item) for item in section.items))
        for section in history.spec.sections
    ]
    past = [item for item in history.items if item.code not in history.spec.items_by_code]
    if past:
        title = _("Only in an earlier version of the scale")
        groups.append(ItemGroup(title, tuple(_item_trend(history, item) for item in past)))
    return tuple(groups)


def share(points: int, maximum: int) -> int:
    """Per cent to the nearest whole number."""
    return (2 * WHOLE * points + maximum) // (2 * maximum) if maximum else 0


def subtotal_words(total: Subtotal | None) -> str:
    """ "24 of 35 (69 %)"; with items unrated "20 so far, can become 22 to 34"."""
    if total is None:
        return _("not in this version")
    if not total.is_complete:
        return _("%(points)s so far, can become %(lowest)s to %(highest)s") % {
            "points": total.points,
            "lowest": total.lowest,
            "highest": total.highest,
        }
    return _("%(points)s of %(maximum)s (%(share)s %%)") % {
        "points": total.points,
        "maximum": total.maximum,
        "share": share(total.points, total.maximum),
    }


def change_words(change: int | None, since: date) -> str:
    """ "2 up since October 2025"; empty where it is not known."""
    given = {"points": abs(change or 0), "month": words.month(since)}
    if change is None:
        return ""
    if change == 0:
        return _("the same as in %(month)s") % given
    return (
        _("%(points)s up since %(month)s") % given
        if change > 0
        else _("%(points)s down since %(month)s") % given
    )


def _section_trend(history: History, section: Section) -> SectionTrend:
    values = tuple(_section_value(history, visit, section.code) for visit in history.visits)
    now = history.latest.sections.get(section.code)
    said = [subtotal_words(now)]
    if history.before is not None:
        then = history.before.sections.get(section.code)
        said.append(change_words(_section_change(then, now), history.before.starts_on))
    return SectionTrend(
        title=section.title,
        now=", ".join(part for part in said if part),
        chart=small_chart(
            values,
            title=_listed(section.title, history, values),
            moved=(),
            lines=((0, "0"), (WHOLE / 2, "50 %"), (WHOLE, "100 %")),
        ),
    )


def _section_change(then: Subtotal | None, now: Subtotal | None) -> int | None:
    if then is None or now is None or not (then.is_complete and now.is_complete):
        return None
    return now.points - then.points if then.maximum == now.maximum else None


def _section_value(history: History, visit: Visit, code: str) -> Value:
    total = visit.sections.get(code)
    if total is None:
        return Value(visit.starts_on, visit.form, visit.is_self_assessed, is_missing=True)
    previous = history.previous_of(visit)
    then = previous.sections.get(code) if previous else None
    return Value(
        visit.starts_on,
        visit.form,
        visit.is_self_assessed,
        lowest=WHOLE * total.lowest / total.maximum,
        highest=WHOLE * total.highest / total.maximum,
        number=words.span(Range(total.lowest, total.highest)),
        breaks=_section_change(then, total) is None,
    )


def _item_trend(history: History, item: Item) -> ItemTrend:
    values = tuple(_item_value(history, visit, item.code) for visit in history.visits)
    latest, before = history.latest, history.before
    change = _item_change(history, latest, item.code)
    moved = [turn for turn in history.turns if item.code in turn.moved]
    specs = [visit.spec for visit in history.visits]
    lowest, highest = min(spec.minimum for spec in specs), max(spec.maximum for spec in specs)
    return ItemTrend(
        number=item.number,
        title=item.short_title,
        state=_state(latest, before, item.code, change),
        has_slipped=change is not None and change < 0,
        note="; ".join(
            _("anchors moved between %(before)s and %(after)s")
            % {"before": words.month(turn.before.starts_on), "after": words.month(turn.after.starts_on)}
            for turn in moved
        ),
        chart=small_chart(
            values,
            title=_listed(item.short_title, history, values),
            moved=[(turn.before.starts_on, turn.after.starts_on) for turn in moved],
            lines=tuple(
                (points, str(points) if points in (lowest, highest) else "")
                for points in range(lowest, highest + 1)
            ),
        ),
    )


def _item_change(history: History, after: Visit, code: str) -> int | None:
    """Since the review that it is compared with; None too where the item is scored by other anchors than then."""
    before = history.previous_of(after)
    if before is None or not items_compare(before, after) or code in history.moved_since_previous[after.key]:
        return None
    then, now = before.scores.get(code), after.scores.get(code)
    return None if then is None or now is None else now - then


def _item_value(history: History, visit: Visit, code: str) -> Value:
    score = visit.scores.get(code)
    if score is None:
        return Value(visit.starts_on, visit.form, visit.is_self_assessed, is_missing=True)
    return Value(
        visit.starts_on,
        visit.form,
        visit.is_self_assessed,
        lowest=score,
        highest=score,
        number=str(score),
        breaks=_item_change(history, visit, code) is None,
    )


def _state(latest: Visit, before: Visit | None, code: str, change: int | None) -> str:
    if latest.item(code) is None:
        return _("not in the newest version")
    score = latest.scores.get(code)
    if score is None:
        return _("not rated")
    if change is None:
        return _("now %(score)s") % {"score": score}
    if change == 0:
        return _("the same, %(score)s") % {"score": score}
    given = {"score": score, "points": abs(change)}
    if change > 0:
        return _("rose %(points)s to %(score)s") % given
    return _("slipped %(points)s to %(score)s") % given


def _listed(title: str, history: History, values: tuple[Value, ...]) -> str:
    """The whole chart in words: "Caseload size: 5 in October 2025, 3 in October 2026"."""
    given = [
        _("%(number)s in %(month)s")
        % {"number": value.number or _("no score"), "month": words.month(visit.starts_on)}
        for visit, value in zip(history.visits, values, strict=True)
    ]
    return f"{title}: {', '.join(given)}"
