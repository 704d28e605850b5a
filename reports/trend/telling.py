"""Where a site stands and how it moved, in whole sentences, in the language that is active."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports import sentences, words
from reports.document import GapLine, Range
from reports.trend.history import History, Turn, Visit, change_of_total
from reports.trend.moves import ItemMove, Moves
from scales.scoring import Gap
from scales.spec import Item, ScaleSpec

# Named in a sentence; all of them are in the table below it.
MOST_NAMED = 4


def standing(history: History, *, reads_all: bool = True) -> str:
    """ "92 of 125 in October 2026, fair fidelity; 9 up since October 2025.".

    `reads_all`: whether the reader may read every review here; if not, there may be earlier ones.
    """
    latest = history.latest
    said = {
        "points": latest.points,
        "maximum": latest.spec.highest_total,
        "lowest": latest.lowest,
        "highest": latest.highest,
        "month": words.month(latest.starts_on),
    }
    if latest.is_complete:
        head = _("%(points)s of %(maximum)s in %(month)s") % said
    else:
        head = _("%(points)s of %(maximum)s so far in %(month)s, can become %(lowest)s to %(highest)s") % said
    if latest.band:
        head = f"{head}, {words.lower_first(latest.band)}"
    if latest.is_self_assessed:
        head = _("%(figures)s, by the service’s own assessment") % {"figures": head}
    moved = _moved(history, reads_all=reads_all)
    return f"{head}; {moved}." if moved else f"{head}."


def _moved(history: History, *, reads_all: bool) -> str:
    before, change = history.before, change_of_total(history.before, history.latest)
    if before is None:
        return _("the first review here") if reads_all else _("the first that you may read")
    since = words.month(before.starts_on)
    if change is None:
        return _("its total cannot be held against that of %(month)s") % {"month": since}
    if change == 0:
        return _("the same total as in %(month)s") % {"month": since}
    given = {"points": abs(change), "month": since}
    if change > 0:
        return _("%(points)s up since %(month)s") % given
    return _("%(points)s down since %(month)s") % given


def why_no_change(history: History) -> str:
    """Why two totals are not compared; empty where they are, or where there is one alone."""
    before, latest = history.before, history.latest
    if before is None or change_of_total(before, latest) is not None:
        return ""
    if not (before.is_complete and latest.is_complete):
        return _("Not every item was rated both times, so the total of one of them is a range.")
    return _("The two versions of the scale have another highest total.")


def moved_items(moves: Moves) -> tuple[str, ...]:
    """Which items slipped, then which rose, by name."""
    slipped, rose = len(moves.slipped), len(moves.rose)
    said = [_("No item slipped.")]
    if slipped:
        said = [
            ngettext("%(count)s item slipped: %(items)s.", "%(count)s items slipped: %(items)s.", slipped)
            % {"count": words.capital(words.in_words(slipped)), "items": _named(moves.slipped)}
            + " "
            + _("Points missing on what slipped: %(whose)s.") % {"whose": whose_points(moves.gap_of_slipped)}
        ]
    if rose:
        said.append(
            ngettext("%(count)s item rose: %(items)s.", "%(count)s items rose: %(items)s.", rose)
            % {"count": words.capital(words.in_words(rose)), "items": _named(moves.rose)}
        )
    if moves.other_anchors:
        numbers = ", ".join(str(item.number) for item in moves.other_anchors)
        said.append(
            ngettext(
                "Item %(numbers)s is scored by other anchors than before, so it is not compared.",
                "Items %(numbers)s are scored by other anchors than before, so they are not compared.",
                len(moves.other_anchors),
            )
            % {"numbers": numbers}
        )
    if moves.unknown:
        said.append(
            ngettext(
                "%(count)s item cannot be compared: one of the two reviews gave it no score.",
                "%(count)s items cannot be compared: one of the two reviews gave them no score.",
                moves.unknown,
            )
            % {"count": words.capital(words.in_words(moves.unknown))}
        )
    return tuple(said)


def _named(moves: Sequence[ItemMove]) -> str:
    named = [step(move) for move in moves[:MOST_NAMED]]
    if len(moves) > MOST_NAMED:
        named.append(_("and %(count)s more") % {"count": len(moves) - MOST_NAMED})
    return ", ".join(named)


def step(move: ItemMove) -> str:
    """ "Caseload size (5 → 3)"."""
    return f"{move.item.short_title} ({move.before} → {move.now})"


def whose_gap(visit: Visit) -> str:
    """Whose the points to full fidelity are: the setting's or the service's."""
    if not any(score is not None for score in visit.scores.values()):
        return ""
    if not visit.gap.gap:
        return _("No point is missing to full fidelity.")
    said = words.capital(sentences.shared(gap_line(visit.gap)))
    if not visit.is_complete:
        said = f"{said} {_('Unrated items are left out of these points.')}"
    return said


def whose_points(gap: Gap) -> str:
    """Of one item, short: "setting 2–3, open 0–1"."""
    if not gap.gap:
        return _("none missing")
    if not gap.setting_highest:
        return _("%(points)s, all open to the service") % {"points": gap.gap}
    if not gap.open_highest:
        return _("%(points)s, all the setting’s") % {"points": gap.gap}
    line = gap_line(gap)
    return _("%(points)s: setting %(setting)s, open to the service %(open)s") % {
        "points": gap.gap,
        "setting": words.span(line.setting),
        "open": words.span(line.open),
    }


def gap_line(gap: Gap) -> GapLine:
    return GapLine(
        points=gap.gap,
        setting=Range(gap.setting_lowest, gap.setting_highest),
        open=Range(gap.open_lowest, gap.open_highest),
    )


def notes(history: History) -> tuple[str, ...]:
    """What the reader of the chart must know, one sentence each."""
    said = [note for turn in history.turns for note in _of_turn(turn)]
    if any(turn.has_other_bands for turn in history.turns):
        said.append(
            _("Bands differ between the versions: those drawn are of %(version)s.")
            % {"version": history.spec.title}
        )
    if history.has_self_assessments and history.reviewed:
        said.append(_("Self-assessments stand beside the line. They are not compared with the reviews."))
    if any(visit.is_imported for visit in history.visits):
        said.append(_("Imported: scores of a past review, taken over from its score sheet."))
    return tuple(said)


def _of_turn(turn: Turn) -> list[str]:
    given = {"before": words.month(turn.before.starts_on), "after": words.month(turn.after.starts_on)}
    said = []
    if turn.has_new_version:
        texts = given | {"old": turn.before.spec.title, "new": turn.after.spec.title}
        said.append(
            " ".join(
                [
                    _("Between %(before)s and %(after)s the scale version changed from %(old)s to %(new)s.")
                    % texts,
                    _of_anchors(turn),
                    *_of_items(turn),
                ]
            )
        )
    if turn.has_new_profile:
        texts = given | {"old": turn.before.profile.title, "new": turn.after.profile.title}
        said.append(
            _(
                "Between %(before)s and %(after)s the setting profile changed from %(old)s to %(new)s: what the "
                "setting accounts for is another."
            )
            % texts
        )
    return said


def _of_anchors(turn: Turn) -> str:
    if not turn.moved:
        return _("No item is scored by other anchors.")
    numbers = item_numbers(turn.after.spec, turn.moved)
    return ngettext(
        "Item %(numbers)s is scored by other anchors since.",
        "Items %(numbers)s are scored by other anchors since.",
        len(turn.moved),
    ) % {"numbers": numbers}


def _of_items(turn: Turn) -> list[str]:
    said = []
    if turn.new:
        said.append(_("New in it: %(items)s.") % {"items": _titles(turn.new)})
    if turn.gone:
        said.append(_("No longer in it: %(items)s.") % {"items": _titles(turn.gone)})
    return said


def _titles(items: Sequence[Item]) -> str:
    return ", ".join(item.short_title for item in items)


def item_numbers(spec: ScaleSpec, codes: frozenset[str]) -> str:
    return ", ".join(str(item.number) for item in spec.items if item.code in codes)
