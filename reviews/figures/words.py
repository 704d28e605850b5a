"""What was counted, in words: the sums of `reviews.figures.counting` as a reviewer would say them, and their notes."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.figures.counting import Counted, Note
from reviews.number_words import exact
from reviews.worksheets.columns import JOBS
from scales.figures import Figure


def sum_in_words(figure: Figure, counted: Counted, result: str) -> str | None:
    """A sum over the whole service: "41 people / 2.1 full-time specialists = 19.5".

    `result`: the outcome as it is shown, without its unit. None where the worksheet gives no such sum.
    """
    facts = counted.facts
    if figure is Figure.FIRST_CONTACT and facts.value is not None:
        records = len(counted.rows) - counted.left_out
        return ngettext(
            "%(records)s record = %(result)s days",
            "average of %(records)s records = %(result)s days",
            records,
        ) % {"records": records, "result": result}
    if facts.part is None or facts.whole is None:
        return None
    if figure is Figure.CASELOAD:
        words = ngettext(
            "%(part)s people / %(whole)s full-time specialist = %(result)s",
            "%(part)s people / %(whole)s full-time specialists = %(result)s",
            1 if facts.whole == 1 else 2,
        )
    elif figure is Figure.COMPETITIVE_JOBS:
        words = _competitive(facts.part, facts.whole)
    else:
        words = _share(figure, counted)
    return words % {"part": exact(facts.part), "whole": exact(facts.whole), "result": result}


def _competitive(part: Decimal, whole: Decimal) -> str:
    if not whole:
        return _("No job in the list is held now")
    if part == whole:
        return ngettext(
            "%(whole)s job held now, competitive = %(result)s %%",
            "%(whole)s jobs held now, all competitive = %(result)s %%",
            int(whole),
        )
    return ngettext(
        "%(part)s of %(whole)s job held now is competitive = %(result)s %%",
        "%(part)s of %(whole)s jobs held now are competitive = %(result)s %%",
        int(whole),
    )


def _share(figure: Figure, counted: Counted) -> str:
    match figure:
        case Figure.EMPLOYMENT_TIME if "hours" in counted.columns:
            return _("%(part)s of %(whole)s hours a week on employment services = %(result)s %%")
        case Figure.EMPLOYMENT_TIME:
            return _("%(part)s of %(whole)s full-time posts on employment services = %(result)s %%")
        case Figure.OWN_TEAMS:
            return _(
                "%(part)s of %(whole)s people come from their specialist’s own one or two teams = %(result)s %%"
            )
        case Figure.FITTING_CONTACTS:
            return _("%(part)s of %(whole)s employer contacts fit the person’s wishes = %(result)s %%")
        case Figure.JOB_TITLES:
            return _("%(part)s different job titles among %(whole)s job starts = %(result)s %%")
        case Figure.JOB_EMPLOYERS:
            return _("%(part)s different employers among %(whole)s job starts = %(result)s %%")
    raise ValueError(figure)


def count_in_words(figure: Figure, present: int, of: int) -> str | None:
    """How many components are in place; None where no worksheet counts them."""
    if figure is not Figure.PHASES:
        return None
    return _("Every specialist carries %(present)s of %(of)s phases") % {"present": present, "of": of}


def tally_in_words(figure: Figure, counted: Counted) -> str | None:
    """In how many of the records it was found: beside the item, and no suggestion."""
    if counted.tally is None:
        return None
    found, read = counted.tally
    words = {
        Figure.PROFILES: _("%(found)s of %(read)s records read have a written profile"),
        Figure.BENEFITS_ADVICE: _("%(found)s of %(read)s records read show benefits advice"),
        Figure.DISCLOSURE_TALKS: _("%(found)s of %(read)s records read show a talk about disclosure"),
        Figure.SUPPORT_IN_WORK: _("%(found)s of %(read)s records read show support in work"),
        Figure.OUTREACH: _("%(found)s of %(read)s records read show outreach"),
    }
    return words[figure] % {"found": found, "read": read}


def notes_in_words(counted: Counted) -> tuple[str, ...]:
    """What to know about a figure: what is still missing, what was left out, what is worth a look."""
    match counted.note:
        case None:
            return ()
        case Note.PHASES_DIFFER:
            return (_("Specialists carry different phases: you decide which count as in place."),)
        case Note.CASELOADS_DIFFER:
            return (_("The teams add up to more people than the caseloads: look at both worksheets."),)
        case Note.SAME_TITLE_OFTEN | Note.SAME_EMPLOYER_OFTEN:
            most = counted.rows[0]
            return (
                _("“%(name)s” is in the list %(times)s times.")
                % {"name": most.label, "times": most.values[0]},
            )
        case Note.SOME_LEFT_OUT:
            return (
                ngettext(
                    "%(count)s record is left out: it lacks a date or number.",
                    "%(count)s records are left out: they lack a date or number.",
                    counted.left_out,
                )
                % {"count": counted.left_out},
            )
    return (_incomplete(counted),)


def _incomplete(counted: Counted) -> str:
    if not counted.left_out:
        return _("No sum yet: there is nothing to divide by.")
    if counted.sheet == JOBS:
        words = ngettext(
            "No sum yet: %(count)s job in the worksheet lacks an answer.",
            "No sum yet: %(count)s jobs in the worksheet lack an answer.",
            counted.left_out,
        )
    else:
        words = ngettext(
            "No sum yet: %(count)s specialist in the worksheet lacks a figure.",
            "No sum yet: %(count)s specialists in the worksheet lack a figure.",
            counted.left_out,
        )
    return words % {"count": counted.left_out}
