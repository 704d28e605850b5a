"""What was found in a draft as an editor reads it: where, what is the matter, and how to mend it."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from scales.check_places import field_name, place_in_words
from scales.draft_checks import Finding, FindingKind
from scales.number_words import number_in_words
from scales.spec import ScaleSpec

KIND = FindingKind

# What is the matter, and how to mend it. The names in brackets are filled from the values of the finding.
SENTENCES: dict[FindingKind, tuple[str, str]] = {
    KIND.TEXT_EMPTY: (gettext_noop("“%(field)s” is empty."), gettext_noop("Fill it in.")),
    KIND.TEXT_UNPRINTABLE: (
        gettext_noop("“%(field)s” has a character that cannot be shown."),
        gettext_noop("Type the text again; such characters come in with copied text."),
    ),
    KIND.LANGUAGE_UNREADABLE: (
        gettext_noop("“%(language)s” is not a language tag."),
        gettext_noop("Write the language and the region, such as en-US or en-GB."),
    ),
    KIND.CODE_UNREADABLE: (
        gettext_noop("The code “%(code)s” cannot be used."),
        gettext_noop("Use 1 to 50 letters, digits and hyphens, without spaces."),
    ),
    KIND.CODE_TWICE: (
        gettext_noop("The code “%(code)s” is used twice."),
        gettext_noop("Give one of the two another code."),
    ),
    KIND.CODE_LISTED_TWICE: (gettext_noop("“%(code)s” is listed twice."), gettext_noop("Take one out.")),
    KIND.EVIDENCE_UNDECLARED: (
        gettext_noop("The kind of evidence “%(code)s” is not one of this version’s."),
        gettext_noop("Add it to the kinds of evidence, or take it off the item."),
    ),
    KIND.PRINCIPLE_UNDECLARED: (
        gettext_noop("The principle “%(code)s” is not one of this version’s."),
        gettext_noop("Add it to the principles, or take it off the item."),
    ),
    KIND.CONDITION_UNDECLARED: (
        gettext_noop("The item has no question with the code “%(code)s”."),
        gettext_noop("Add the question to the item, or take it out here."),
    ),
    KIND.CONDITION_UNUSED: (
        gettext_noop("No anchor asks for this question, so its answer decides nothing."),
        gettext_noop("Name it at the anchors that need it, or leave it for the reviewers to think about."),
    ),
    KIND.POINTS_REVERSED: (
        gettext_noop("Scores cannot run from %(minimum)s to %(maximum)s."),
        gettext_noop("Make the highest score greater than the lowest, by at most %(most)s."),
    ),
    KIND.NO_SECTIONS: (
        gettext_noop("The scale has no section and no item."),
        gettext_noop("Add a section with at least one item."),
    ),
    KIND.SECTION_EMPTY: (
        gettext_noop("The section has no item."),
        gettext_noop("Add an item to it, or remove the section."),
    ),
    KIND.NUMBER_OUT_OF_PLACE: (
        gettext_noop("It is numbered %(number)s where %(wanted)s is next."),
        gettext_noop("Save the sections and items once more: that numbers them through."),
    ),
    KIND.NO_EVIDENCE: (
        gettext_noop("No kind of evidence is named for this item."),
        gettext_noop("Tick the kinds that reviewers look for, unless the scale names none here."),
    ),
    KIND.NO_PRINCIPLE: (
        gettext_noop("The item serves none of the principles."),
        gettext_noop("Tick those that it serves, unless there is none."),
    ),
    KIND.NO_EVIDENCE_DECLARED: (
        gettext_noop("The version names no kinds of evidence."),
        gettext_noop("Add them if the score sheet has such codes."),
    ),
    KIND.NO_PRINCIPLES_DECLARED: (
        gettext_noop("The version names no principles."),
        gettext_noop("Add them if the report should show how each one is served."),
    ),
    KIND.ITEM_ONLY_HERE: (
        gettext_noop("“%(other)s” has no item with the code “%(code)s”."),
        gettext_noop(
            "If it is the same item, give it the code it has there: trends join items by their code."
        ),
    ),
    KIND.ITEM_ONLY_THERE: (
        gettext_noop("“%(other)s” has the item “%(title)s” (%(code)s); this version has no such code."),
        gettext_noop(
            "Add the item, or give the item that stands for it this code: trends join items by their code."
        ),
    ),
    KIND.ITEM_LEFT_OUT: (
        gettext_noop(
            "“%(other)s”, from which this version was copied, has the item “%(title)s” (%(code)s);"
            " this version does not."
        ),
        gettext_noop("If it should stay, add it again with the same code: trends join items by their code."),
    ),
    KIND.EDITION_UNCHANGED: (
        gettext_noop("The edition is “%(edition)s”, as in the version from which this one was copied."),
        gettext_noop("If the wording is yours or newer, say so here: reports name the edition."),
    ),
    KIND.NO_BANDS: (
        gettext_noop("The version has no bands."),
        gettext_noop("Add at least one band, so that every total has a name."),
    ),
    KIND.BAND_REVERSED: (
        gettext_noop("The band runs from %(lowest)s down to %(highest)s."),
        gettext_noop("Write the lowest total first."),
    ),
    KIND.BAND_BEYOND: (
        gettext_noop(
            "“%(label)s” reaches beyond the possible totals, which run from %(lowest)s to %(highest)s."
        ),
        gettext_noop("End the band at the last possible total."),
    ),
    KIND.BAND_LABEL_TWICE: (
        gettext_noop("Two bands are called “%(label)s”."),
        gettext_noop("Give each band its own name."),
    ),
    KIND.TOTALS_WITHOUT_BAND: (
        gettext_noop("%(totals)s: no band has it."),
        gettext_noop("Let the band above or below take it in."),
    ),
    KIND.TOTALS_IN_TWO_BANDS: (
        gettext_noop("%(totals)s: both “%(first)s” and “%(second)s” have it."),
        gettext_noop("Let one band end where the next begins."),
    ),
    KIND.ANCHORS_MISSING: (
        gettext_noop("No anchor says what a score of %(points)s takes."),
        gettext_noop("Write an anchor for every score of the scale."),
    ),
    KIND.ANCHOR_BEYOND: (
        gettext_noop("There is an anchor for %(points)s, but scores run from %(minimum)s to %(maximum)s."),
        gettext_noop("Remove the anchor, or change the scores of the scale."),
    ),
    KIND.ANCHOR_TWICE: (
        gettext_noop("A score of %(points)s is described twice."),
        gettext_noop("Remove one of the two."),
    ),
    KIND.NUMBER_NOT_READ: (
        gettext_noop("%(ignored)s are filled in, but the way the anchors are read makes no use of them."),
        gettext_noop("Choose another way of reading the anchors, or empty them."),
    ),
    KIND.NO_BOUNDS: (
        gettext_noop("The anchors are read by a number, but none of them has a bound."),
        gettext_noop(
            "Give the anchors their lowest and highest number, or let reviewers judge by the descriptors."
        ),
    ),
    KIND.BOUND_UNWRITABLE: (
        gettext_noop("%(bound)s cannot be a bound."),
        gettext_noop("Use a number from 0 to 999,999 with at most four decimals."),
    ),
    KIND.BOUNDS_REVERSED: (
        gettext_noop("No number lies between %(lower)s and %(upper)s as they are written."),
        gettext_noop("Write the lower bound first."),
    ),
    KIND.BOUNDS_OVERLAP: (
        gettext_noop("Numbers %(range)s are under both %(points)s and %(other)s."),
        gettext_noop("Let one of the two end where the other begins."),
    ),
    KIND.BOUNDS_MEET: (
        gettext_noop("%(number)s is printed under both %(points)s and %(other)s, so the reviewers decide."),
        gettext_noop("If the form does not print it twice, write “below” or “above” at one of the two."),
    ),
    KIND.BOUNDS_WIDE_GAP: (
        gettext_noop("So many numbers have no anchor that a bound may be mistyped: %(gaps)s."),
        gettext_noop("Compare the bounds with their descriptors; left so, the reviewers decide."),
    ),
    KIND.BOUNDS_GAPS: (
        gettext_noop("Some numbers have no anchor and are left to the reviewers: %(gaps)s."),
        gettext_noop("If the form leaves no such gap, write “below” or “above” the next bound."),
    ),
    KIND.BOUNDS_GAPS_CLOSEST: (
        gettext_noop("Some numbers have no anchor, and the closest one counts: %(gaps)s."),
        gettext_noop("If the form leaves no such gap, write “below” or “above” the next bound."),
    ),
    KIND.BOUNDS_END: (
        gettext_noop("No anchor has a number %(range)s, so the reviewers decide."),
        gettext_noop("Leave the bound at that end empty if there is no limit."),
    ),
    KIND.OUT_OF_ORDER: (
        gettext_noop("The scores do not rise or drop along with the numbers of their anchors."),
        gettext_noop("Check that no two anchors changed places."),
    ),
    KIND.NO_COMPONENTS: (
        gettext_noop("The item is scored by what is in place, but lists nothing to look for."),
        gettext_noop("Add the components, or choose another way of reading the anchors."),
    ),
    KIND.NO_COUNTS: (
        gettext_noop("The item is scored by what is in place, but no anchor says how many it takes."),
        gettext_noop("Give the anchors the number of components they need."),
    ),
    KIND.COUNT_INCOMPLETE: (
        gettext_noop("The number of components is not a number or a range from the lowest to the highest."),
        gettext_noop("Write both ends, the lower one first."),
    ),
    KIND.COUNT_BEYOND: (
        gettext_noop("It takes %(count)s in place, but the item has %(components)s components."),
        gettext_noop("Add the components that are missing, or lower the number."),
    ),
    KIND.COUNT_TWICE: (
        gettext_noop("%(count)s in place is under both %(other)s and %(points)s."),
        gettext_noop("Let only one anchor take that number."),
    ),
    KIND.COUNT_WITHOUT_SCORE: (
        gettext_noop("%(count)s in place leads to no score at all."),
        gettext_noop("Let an anchor take that number."),
    ),
    KIND.COUNT_LEAVES_CHOICE: (
        gettext_noop("%(count)s in place can be %(choice)s: the reviewers decide."),
        gettext_noop("Let an anchor take that number if the form does."),
    ),
    KIND.OTHER_SCALE: (
        gettext_noop("The profile is written for another version than “%(scale)s”."),
        gettext_noop("Start a draft of this profile on that version."),
    ),
    KIND.ITEM_UNKNOWN: (
        gettext_noop("The version has no item with the code “%(code)s”."),
        gettext_noop("Remove what the profile says of it, or move it to the item that stands for it."),
    ),
    KIND.ITEM_TWICE: (
        gettext_noop("The profile speaks of the item “%(code)s” in two places."),
        gettext_noop("Put both together."),
    ),
    KIND.LOSS_REVERSED: (
        gettext_noop("The lowest expected loss, %(lowest)s, is above the highest, %(highest)s."),
        gettext_noop("Write the lower number first."),
    ),
    KIND.LOSS_TOO_HIGH: (
        gettext_noop("An item has only %(widest)s points to lose, and %(highest)s are expected."),
        gettext_noop("Lower the expected loss."),
    ),
    KIND.SOURCE_MISSING: (gettext_noop("No source is given."), gettext_noop("Choose what this rests on.")),
    KIND.SOURCE_UNDECLARED: (
        gettext_noop("The source “%(source)s” is not among the sources of this profile."),
        gettext_noop("Add it to the sources, or choose another."),
    ),
    KIND.SOURCE_UNCITED: (
        gettext_noop("Nothing in the profile rests on the source “%(source)s”."),
        gettext_noop("Choose it where it belongs, or remove it."),
    ),
    KIND.LOSS_WHILE_SAME: (
        gettext_noop("The item is known to cost up to %(highest)s here, and its degree is “same”."),
        gettext_noop("Choose how far the setting changes it, or empty the expected loss."),
    ),
    KIND.BOUNDS_OVERLAP_PRINTED: (
        gettext_noop(
            "Numbers %(range)s count as both %(points)s, by the bounds here, and %(other)s, as printed."
        ),
        gettext_noop("Give a score of %(other)s other bounds too, or end those of %(points)s earlier."),
    ),
    KIND.BOUNDS_OVER_PRINTED: (
        gettext_noop(
            "The bounds of %(points)s here take in all numbers of %(other)s as printed, so nobody scores %(other)s."
        ),
        gettext_noop("Give a score of %(other)s other bounds too, if it should still be given."),
    ),
    KIND.DEGREE_UNSOURCED: (
        gettext_noop("The item is “%(degree)s”, and nothing with a source says why."),
        gettext_noop("Add a statement or an expected loss with its source, or set it back to “same”."),
    ),
    KIND.THRESHOLD_BEYOND: (
        gettext_noop(
            "Bounds are given for a score of %(points)s, but scores run from %(minimum)s to %(maximum)s."
        ),
        gettext_noop("Remove them, or choose a score of the scale."),
    ),
    KIND.THRESHOLD_EMPTY: (
        gettext_noop("Neither bound is given."),
        gettext_noop("Fill in at least one of the two, or remove the row."),
    ),
    KIND.REASON_SHARED: (
        gettext_noop("The reason “%(code)s” is accepted for every item already."),
        gettext_noop("Remove it here, or give it another code."),
    ),
    KIND.SAYS_NOTHING: (
        gettext_noop("The profile says nothing about any item."),
        gettext_noop(
            "That is right for the setting the scale was written for; otherwise say what is different."
        ),
    ),
    KIND.LIMITED_COSTS_NOTHING: (
        gettext_noop(
            "Items are “limited by design”, but no loss is expected: all %(total)s points stay attainable."
        ),
        gettext_noop("Enter the expected loss of those items, if a source gives it."),
    ),
}

DEGREES = {
    "same": gettext_noop("same"),
    "partly": gettext_noop("partly changed"),
    "majorly": gettext_noop("majorly changed"),
    "limited": gettext_noop("limited by design"),
}

IGNORED = {
    "bounds": gettext_noop("Bounds"),
    "components": gettext_noop("Components"),
    "few_seekers": gettext_noop("Rules for few job seekers"),
}


@dataclass(frozen=True)
class FindingWords:
    """`place`: such as "Item 1, Caseload size, anchor 4"."""

    place: str
    problem: str
    mend: str


def put_in_words(finding: Finding, scale: ScaleSpec) -> FindingWords:
    """`scale`: the version that the finding is in, or whose profile it is in."""
    problem, mend = SENTENCES[finding.what]
    values = _in_words(finding)
    return FindingWords(
        place=place_in_words(finding, scale), problem=_(problem) % values, mend=_(mend) % values
    )


def _in_words(finding: Finding) -> dict[str, str]:
    values = finding.values
    words = {name: _shown(value) for name, value in values.items()}
    match finding.what:
        case KIND.TEXT_EMPTY | KIND.TEXT_UNPRINTABLE:
            words["field"] = field_name(values["field"])
        case KIND.TOTALS_WITHOUT_BAND | KIND.TOTALS_IN_TWO_BANDS:
            words["totals"] = _totals(values["lowest"], values["highest"])
            words |= dict(zip(("first", "second"), values["labels"], strict=False))
        case KIND.ANCHORS_MISSING:
            words["points"] = get_text_list([str(one) for one in values["points"]], _("or"))
        case KIND.COUNT_LEAVES_CHOICE:
            words["choice"] = get_text_list([str(one) for one in values["points"]], _("or"))
        case KIND.BOUNDS_OVERLAP | KIND.BOUNDS_OVERLAP_PRINTED | KIND.BOUNDS_OVER_PRINTED | KIND.BOUNDS_END:
            words["range"] = _range(values["from"], values["to"])
        case KIND.BOUNDS_MEET:
            words["number"] = _shown(values["from"])
        case KIND.BOUNDS_GAPS | KIND.BOUNDS_GAPS_CLOSEST | KIND.BOUNDS_WIDE_GAP:
            words["gaps"] = "; ".join(_gap(*gap) for gap in values["gaps"])
        case KIND.DEGREE_UNSOURCED:
            words["degree"] = _(DEGREES[values["degree"]])
        case KIND.NUMBER_NOT_READ:
            words["ignored"] = _(IGNORED[values["ignored"]])
    return words


def _totals(lowest: int, highest: int) -> str:
    if lowest == highest:
        return _("A total of %(total)s") % {"total": lowest}
    return _("A total from %(lowest)s to %(highest)s") % {"lowest": lowest, "highest": highest}


def _range(start: Decimal | None, end: Decimal | None) -> str:
    words = {"from": _shown(start), "to": _shown(end)}
    if start is None and end is None:
        return _("of every size")
    if start is None:
        return _("under %(to)s") % words
    return _("over %(from)s") % words if end is None else _("from %(from)s to %(to)s") % words


def _gap(start: Decimal, end: Decimal, points: tuple[int, ...]) -> str:
    words = {"from": _shown(start), "to": _shown(end)}
    where = _("exactly %(from)s") % words if start == end else _("between %(from)s and %(to)s") % words
    if not points:
        return where
    return _("%(where)s (%(points)s)") % {
        "where": where,
        "points": get_text_list([str(one) for one in points], _("or")),
    }


def _shown(value: object) -> str:
    return number_in_words(value) if isinstance(value, Decimal | None) else str(value)
