"""Codes, numbers and dates of a report in words, in the language that is active.

`in_language(document.language)` makes it the language of the scale's wording: British services read "14–15 October
2026", American ones "October 14–15, 2026".
"""

from datetime import date, datetime

from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.permissions import ROLE_NAMES, Role
from reports.document import BandLine, Range, ReportDocument
from reviews.independence import Reason
from reviews.independence_words import LABELS, NOT_INDEPENDENT_BECAUSE, outsiders
from reviews.models import GoalReading, Kind, Mode, ReviewEvent
from reviews.past.notes import note_in_words

# Where paper is Letter; everywhere else it is A4.
LETTER_REGIONS = {"US", "CA", "MX"}
PAPERS = ("A4", "letter")
MINUS = "\u2212"
DASH = "\u2013"

NUMBERS = [
    gettext_lazy("no"),
    gettext_lazy("one"),
    gettext_lazy("two"),
    gettext_lazy("three"),
    gettext_lazy("four"),
    gettext_lazy("five"),
    gettext_lazy("six"),
    gettext_lazy("seven"),
    gettext_lazy("eight"),
    gettext_lazy("nine"),
    gettext_lazy("ten"),
]


def in_language(language: str) -> translation.override:
    """Activate the language of a report, by its BCP 47 tag."""
    return translation.override(language.lower())


def paper(language: str) -> str:
    """The CSS name of the page size of a language's region."""
    region = language.partition("-")[2].upper()
    return "letter" if region in LETTER_REGIONS else "A4"


def chosen_paper(asked: str, language: str) -> str:
    """The paper that a reader asked for, "A4" or "letter" in any case; anything else is that of the language."""
    return next((one for one in PAPERS if one.lower() == asked.lower()), paper(language))


def in_words(count: int) -> str:
    """ "nine"; figures from eleven on."""
    return str(NUMBERS[count]) if 0 <= count < len(NUMBERS) else str(count)


def span(points: Range) -> str:
    """ "2–3", or "2" where both ends are the same."""
    if points.lowest == points.highest:
        return str(points.lowest)
    return f"{points.lowest}{DASH}{points.highest}"


def change(points: int | None) -> str:
    """ "+1", "−2", "0"; empty where it is not known."""
    if points is None:
        return ""
    if points == 0:
        return "0"
    return f"+{points}" if points > 0 else f"{MINUS}{-points}"


def step_up(score: int | None, target: int | None) -> str:
    """ "3 → 5": from the score to what is aimed at."""
    if target is None:
        return ""
    return f"{_('not rated') if score is None else score} → {target}"


def kind(code: str) -> str:
    return str(Kind(code).label) if code in Kind.values else code


def mode(code: str) -> str:
    return str(Mode(code).label) if code in Mode.values else code


def role(code: str) -> str:
    return str(ROLE_NAMES[Role(code)]) if code in {one.value for one in Role} else code


def step(code: str) -> str:
    return str(ReviewEvent.Step(code).label) if code in ReviewEvent.Step.values else code


def step_note(code: str, note: str) -> str:
    return note_in_words(code, note, in_words=day)


def goal_outcome(code: str) -> str:
    """What became of a goal of the last plan: "partly reached"."""
    outcomes = GoalReading.Outcome
    return str(outcomes(code).label) if code in outcomes.values else code


def independence(label: str) -> str:
    return str(LABELS.get(label, label))


def independence_reason(document: ReportDocument) -> str:
    """Why the review is called what it is called: "two reviewers, neither employed by the service"."""
    if document.independence_reason == Reason.OUTSIDERS:
        return outsiders(document.raters, in_words(document.raters))
    key = (document.independence, document.independence_reason)
    return str(NOT_INDEPENDENT_BECAUSE.get(key, document.independence_reason))


def method(document: ReportDocument) -> str:
    """ "12 interviews · 3 observations · 10 records", of what was counted."""
    counted = [
        (document.interviews, lambda count: ngettext("%d interview", "%d interviews", count)),
        (document.observations, lambda count: ngettext("%d observation", "%d observations", count)),
        (document.records, lambda count: ngettext("%d record", "%d records", count)),
    ]
    return " · ".join(words(count) % count for count, words in counted if count is not None)


def status(document: ReportDocument) -> str:
    """ "Edition 1.0, issued by Ada Example on 20 November 2026", or that it is a draft."""
    if not document.is_final:
        return _("Draft, not issued")
    if not document.issued_by:
        return _("Edition %(edition)s") % {"edition": document.edition}
    return _("Edition %(edition)s, issued by %(person)s") % {
        "edition": document.edition,
        "person": document.issued_by,
    }


def day(when: date) -> str:
    return date_format(when, "F j, Y" if _month_first() else "j F Y")


def moment(when: datetime) -> str:
    """In the time zone that the value carries, so that a frozen report reads the same everywhere."""
    clock = when.strftime("%-I:%M %p") if _month_first() else when.strftime("%H:%M")
    return f"{day(when.date())}, {clock}"


def month(when: date) -> str:
    return date_format(when, "F Y")


def page_title(document: ReportDocument) -> str:
    """What the page of a report is called in a list of open pages, where "site" alone would be any page of the site."""
    given = {
        "edition": document.edition,
        "visit": days(document.starts_on, document.ends_on),
        "site": document.site,
    }
    if not document.edition:
        return _("Draft report, %(visit)s: %(site)s") % given
    return _("Fidelity report %(edition)s, %(visit)s: %(site)s") % given


def days(first: date, last: date) -> str:
    """The dates of a visit, as short as they can be: "14–15 October 2026", "October 14–15, 2026"."""
    if first == last:
        return day(first)
    if first.year != last.year:
        return f"{day(first)} {DASH} {day(last)}"
    if first.month != last.month:
        if _month_first():
            return f"{date_format(first, 'F j')} {DASH} {day(last)}"
        return f"{date_format(first, 'j F')} {DASH} {day(last)}"
    if _month_first():
        return f"{date_format(first, 'F')} {first.day}{DASH}{last.day}, {first.year}"
    return f"{first.day}{DASH}{day(last)}"


def short_bands(bands: tuple[BandLine, ...]) -> dict[str, str]:
    """Band labels of two words without the second, where several share it: "Good" of "Good fidelity"."""
    pairs = {band.label: band.label.split() for band in bands if len(band.label.split()) == 2}
    last_words = [last for _first, last in pairs.values()]
    shared = {word for word in last_words if last_words.count(word) > 1}
    return {
        band.label: pairs[band.label][0] if pairs.get(band.label, [""])[-1] in shared else band.label
        for band in bands
    }


def capital(text: str) -> str:
    return str(capfirst(text))


def lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _month_first() -> bool:
    return translation.get_language() == "en-us"
