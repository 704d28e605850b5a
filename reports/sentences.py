"""What a report says of its numbers in whole sentences, in the language that is active."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.document import GapLine, ItemLine, Range, ReportDocument, TotalLine
from reports.words import capital, in_words, independence, lower_first, month, short_bands, span


def total(document: ReportDocument) -> str:
    """ "92 of 125, Fair fidelity"; with items unrated "79 so far, can become 82 to 94: fair"."""
    line = document.total
    if line.unrated:
        return _("%(points)s so far, %(becomes)s") % {"points": line.points, "becomes": becomes(document)}
    figures = _("%(points)s of %(maximum)s") % {"points": line.points, "maximum": line.maximum}
    return f"{figures}, {line.band}" if line.band else figures


def becomes(document: ReportDocument) -> str:
    """ "can become 82 to 94: fair"; no band where the range reaches into another."""
    line = document.total
    words = {"lowest": line.can_become.lowest, "highest": line.can_become.highest}
    if not line.band:
        return _("can become %(lowest)s to %(highest)s") % words
    words["band"] = lower_first(short_bands(document.bands).get(line.band, line.band))
    return _("can become %(lowest)s to %(highest)s: %(band)s") % words


def unrated(line: TotalLine) -> str:
    """Why the total is not one number; empty where every item is rated."""
    if not line.unrated:
        return ""
    return ngettext(
        "%(count)s item is not rated. It counts as neither the lowest score nor an average, so the total is a range.",
        "%(count)s items are not rated. They count as neither the lowest score nor an average, so the total is "
        "a range.",
        line.unrated,
    ) % {"count": capital(in_words(line.unrated))}


def lede(document: ReportDocument) -> str:
    """What moved since last time, and whose the points to full fidelity are."""
    sentences = [since_last_time(document), gap(document)]
    return " ".join(sentence for sentence in sentences if sentence)


def since_last_time(document: ReportDocument) -> str:
    """ "Up 9 points since October 2025."; empty where the two totals cannot be held side by side."""
    previous = document.previous
    if previous is None or not previous.comparable or document.total.unrated:
        return ""
    points = document.total.points - previous.total.points
    words = {"points": abs(points), "month": month(previous.starts_on)}
    if points == 0:
        return _("The same total as in %(month)s.") % words
    if points > 0:
        return ngettext(
            "Up %(points)s point since %(month)s.", "Up %(points)s points since %(month)s.", points
        ) % (words)
    return (
        ngettext("Down %(points)s point since %(month)s.", "Down %(points)s points since %(month)s.", -points)
        % words
    )


def gap(document: ReportDocument) -> str:
    """Whose the points to full fidelity are: the setting's, the service's, and how sure that is."""
    if not document.total.rated:
        return ""
    if not document.gap.points:
        return _("No point is missing to full fidelity.")
    sentences = [_no_loss(document)]
    if document.items_with_loss:
        sentences = [f"{_known_loss(document)}; {shared(document.gap)}"]
    if document.total.unrated:
        sentences.append(_("Unrated items are left out of these points."))
    return " ".join(sentences)


def _no_loss(document: ReportDocument) -> str:
    words = {"setting": capital(document.setting), "gap": document.gap.points}
    return (
        ngettext(
            "%(setting)s is not known to cost any item a point: the %(gap)s point to full fidelity is open "
            "to the service.",
            "%(setting)s is not known to cost any item a point: all %(gap)s points to full fidelity are open "
            "to the service.",
            document.gap.points,
        )
        % words
    )


def _known_loss(document: ReportDocument) -> str:
    """ "In primary care nine items are known to cost 2–3 points each"."""
    losses = {item.expected_loss for item in document.items if item.expected_loss is not None}
    losses.discard(Range(0, 0))
    words = {"setting": document.setting, "count": in_words(document.items_with_loss)}
    if len(losses) == 1:
        words["loss"] = span(losses.pop())
        return (
            ngettext(
                "In %(setting)s %(count)s item is known to cost %(loss)s points",
                "In %(setting)s %(count)s items are known to cost %(loss)s points each",
                document.items_with_loss,
            )
            % words
        )
    most = document.total.maximum
    words["loss"] = span(Range(most - document.attainable.highest, most - document.attainable.lowest))
    return (
        ngettext(
            "In %(setting)s %(count)s item is known to cost %(loss)s points",
            "In %(setting)s %(count)s items are known to cost %(loss)s points in all",
            document.items_with_loss,
        )
        % words
    )


def shared(line: GapLine) -> str:
    """ "Of the 33 points to full fidelity, up to 20 are accounted for by the setting and at least 13 are open"."""
    words = {
        "gap": line.points,
        "setting": line.setting.highest,
        "open": line.open.lowest,
        "setting_range": _to(line.setting),
        "open_range": _to(line.open),
    }
    if line.open.highest == 0:
        return (
            _(
                "of the %(gap)s points to full fidelity, all are accounted for by the setting and none is open."
            )
            % words
        )
    if line.setting.highest == 0:
        return _("all %(gap)s points to full fidelity are open to the service.") % words
    if line.setting.lowest == line.setting.highest:
        return (
            _(
                "of the %(gap)s points to full fidelity, %(setting)s are accounted for by the setting and "
                "%(open)s are open to the service."
            )
            % words
        )
    if line.open.lowest == 0:
        return (
            _(
                "of the %(gap)s points to full fidelity, %(setting_range)s are accounted for by the setting "
                "and %(open_range)s are open to the service."
            )
            % words
        )
    return (
        _(
            "of the %(gap)s points to full fidelity, up to %(setting)s are accounted for by the setting and "
            "at least %(open)s are open to the service."
        )
        % words
    )


def attainable(document: ReportDocument) -> str:
    """ "attainable in primary care: 98–107"; empty where the setting costs nothing."""
    if not document.items_with_loss:
        return ""
    return _("attainable in %(setting)s: %(range)s") % {
        "setting": document.setting,
        "range": span(document.attainable),
    }


def warnings(document: ReportDocument) -> list[str]:
    """What stands in the way of reading the change since last time as progress."""
    previous = document.previous
    if previous is None:
        return []
    words = {
        "month": month(previous.starts_on),
        "scale": previous.scale_title,
        "profile": previous.profile_title,
        "label": lower_first(independence(previous.independence)),
    }
    found = []
    if not previous.same_version:
        found.append(
            _("The review of %(month)s used another scale version (%(scale)s): compare with care.") % words
        )
    if not previous.same_profile:
        found.append(
            _("The review of %(month)s was read in another setting profile (%(profile)s): compare with care.")
            % words
        )
    if previous.independence != document.independence:
        found.append(_("The review of %(month)s was of another kind (%(label)s): compare with care.") % words)
    if previous.total.unrated or document.total.unrated:
        found.append(
            _("The total is not compared with %(month)s, because not every item was rated both times.")
            % words
        )
    return found


def since(item: ItemLine, document: ReportDocument) -> str:
    """In a word, why the score of the previous review is not one of the same item; empty where it is."""
    previous = document.previous
    if previous is None:
        return ""
    if item.code in previous.new_items:
        return _("new since")
    return (
        _("anchor moved since") if item.previous is not None and item.code in previous.anchors_moved else ""
    )


def marks(document: ReportDocument) -> list[str]:
    """What the words beside marked items mean, under the table of gaps."""
    found = {since(item, document) for item in document.items} - {""}
    meanings = {
        _("anchor moved since"): _(
            "Anchor moved since: the item was scored by other numbers, counts or conditions then, "
            "so a change may come from the scale and not from the service."
        ),
        _("new since"): _("New since: the scale version of that review did not have the item."),
    }
    return [meaning for word, meaning in meanings.items() if word in found]


def item_gap(item: ItemLine, line: GapLine) -> str:
    """Whose the points to the top are, for one item: "2 points to the top: the setting's up to 2, open 0"."""
    words = {"gap": line.points, "setting": _to(line.setting), "open": _to(line.open)}
    if not line.setting.highest:
        return (
            ngettext(
                "%(gap)s point to the top, open to the service.",
                "%(gap)s points to the top, open to the service.",
                line.points,
            )
            % words
        )
    return (
        ngettext(
            "%(gap)s point to the top: %(setting)s accounted for by the setting, %(open)s open to the service.",
            "%(gap)s points to the top: %(setting)s accounted for by the setting, %(open)s open to the service.",
            line.points,
        )
        % words
    )


def item_chart(item: ItemLine, maximum: int) -> str:
    """What the strip of an item shows, for people who do not see it."""
    words = {"item": item.short_title, "score": item.score, "maximum": maximum, "previous": item.previous}
    if item.score is None:
        text = _("%(item)s: not rated") % words
    elif item.gap is None or not item.gap.points:
        text = _("%(item)s: %(score)s of %(maximum)s, no gap") % words
    else:
        words |= {"gap": item.gap.points, "setting": _to(item.gap.setting), "open": _to(item.gap.open)}
        text = (
            _("%(item)s: %(score)s of %(maximum)s, gap %(gap)s, of which setting %(setting)s, open %(open)s")
            % words
        )
    if item.previous is not None:
        text += "; " + _("previously %(previous)s") % words
    return text


def total_chart(document: ReportDocument) -> str:
    """What the total scale shows, for people who do not see it."""
    sentences = [_("Total: %(total)s.") % {"total": total(document)}]
    previous = document.previous
    if previous is not None and previous.comparable:
        sentences.append(
            _("Previous review, %(month)s: %(points)s.")
            % {"month": month(previous.starts_on), "points": previous.total.points}
        )
    if document.items_with_loss:
        sentences.append(capital(attainable(document)) + ".")
    return " ".join(sentences)


def _to(points: Range) -> str:
    """ "17 to 20", as a sentence says a range."""
    if points.lowest == points.highest:
        return str(points.lowest)
    return _("%(lowest)s to %(highest)s") % {"lowest": points.lowest, "highest": points.highest}
