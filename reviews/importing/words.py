"""Columns, problems and choices of past reviews in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reviews.importing.columns import ITEM, Field, plain
from reviews.importing.reading import Found, Problem, Words
from reviews.importing.tables import LONGEST_CELL, MOST_COLUMNS, MOST_LINES, FileProblem
from reviews.independence import Label
from reviews.independence_words import LABELS
from reviews.models import Kind
from scales.spec import ScaleSpec

FIELDS: dict[Field, Promise] = {
    Field.SITE: gettext_lazy("Site"),
    Field.PROGRAM: gettext_lazy("Program"),
    Field.STARTS: gettext_lazy("First day"),
    Field.ENDS: gettext_lazy("Last day"),
    Field.KIND: gettext_lazy("Type"),
    Field.INDEPENDENCE: gettext_lazy("Independence"),
    Field.REVIEWERS: gettext_lazy("Reviewers"),
    Field.PROFILE: gettext_lazy("Setting profile"),
    Field.TOTAL: gettext_lazy("Total"),
    Field.NOTE: gettext_lazy("Note"),
}

FIELD_HELP: dict[Field, Promise] = {
    Field.SITE: gettext_lazy("The name of the site, as it stands here. Needed."),
    Field.PROGRAM: gettext_lazy("Only where two of your programs have a site of the same name."),
    Field.STARTS: gettext_lazy("First day of the visit, such as 2024-10-14. Needed."),
    Field.ENDS: gettext_lazy("Last day of the visit. Left empty, it is the first day."),
    Field.KIND: gettext_lazy("Baseline review, Follow-up review, Guided self-assessment or Self-assessment."),
    Field.INDEPENDENCE: gettext_lazy(
        "Independent review or Peer review, where that is known. Left empty, it is not stated."
    ),
    Field.REVIEWERS: gettext_lazy("Names of the reviewers, if you wish. Never the name of a client."),
    Field.PROFILE: gettext_lazy("Left empty, it is the profile of the setting that the site has here."),
    Field.TOTAL: gettext_lazy("Only to check: it is compared with the sum of the scores."),
    Field.NOTE: gettext_lazy("Where the scores come from, if you wish."),
}

FILE_PROBLEMS: dict[FileProblem, Promise] = {
    FileProblem.TOO_LARGE: gettext_lazy("This file is too large: at most 2 MB."),
    FileProblem.OLD_WORKBOOK: gettext_lazy(
        "This is a workbook of an old kind (.xls). Open it, choose “Save as” and then .xlsx or CSV."
    ),
    FileProblem.BROKEN_WORKBOOK: gettext_lazy(
        "This workbook cannot be read. Open it, save it once more as .xlsx or CSV, and choose that file."
    ),
    FileProblem.NO_TEXT: gettext_lazy("This is neither an Excel workbook (.xlsx) nor a CSV file."),
    FileProblem.EMPTY: gettext_lazy("There is nothing in this file."),
    FileProblem.TOO_MANY_LINES: gettext_lazy("This file has too many rows. Bring them in in parts."),
    FileProblem.TOO_MANY_COLUMNS: gettext_lazy("This file has too many columns for a table of scores."),
}

PROBLEMS: dict[Problem, Promise] = {
    Problem.REQUIRED: gettext_lazy("this is needed"),
    Problem.NOT_A_DATE: gettext_lazy("this is not a date that can be read; write 2024-10-14"),
    Problem.IN_THE_FUTURE: gettext_lazy("this day is still to come"),
    Problem.DATE_ORDER: gettext_lazy("the last day is before the first"),
    Problem.NOT_A_NUMBER: gettext_lazy("this is not a number"),
    Problem.NOT_WHOLE: gettext_lazy("this is not a whole number"),
    Problem.OUT_OF_RANGE: gettext_lazy("a score is a whole number from %(minimum)s to %(maximum)s"),
    Problem.NO_SCORES: gettext_lazy("no item has a score in this row"),
    Problem.TOTAL_DIFFERS: gettext_lazy(
        "the scores of this row add up to %(detail)s; where totals were made in another way, leave that column out"
    ),
    Problem.NOT_A_KIND: gettext_lazy("this is no type of review"),
    Problem.NO_KIND: gettext_lazy(
        "the type of the review is not stated; choose it under “What the file does not say”"
    ),
    Problem.NOT_A_LABEL: gettext_lazy("write Independent review or Peer review, or leave it empty"),
    Problem.LABEL_DIFFERS: gettext_lazy("this does not go with the type of the review"),
    Problem.TOO_LONG: gettext_lazy("this is too long: at most %(detail)s characters"),
    Problem.TWICE: gettext_lazy("line %(detail)s has the same site and first day"),
    Problem.NO_SUCH_SITE: gettext_lazy(
        "none of the sites for which you may bring in reviews has this name; choose it under “What the file does not"
        " say”"
    ),
    Problem.TWO_SITES: gettext_lazy(
        "two of your programs have a site of this name; choose it under “What the file does not say”"
    ),
    Problem.RATING_NOW: gettext_lazy(
        "you are rating this site now: bring in its past reviews once your ratings are submitted"
    ),
    Problem.NO_SUCH_PROFILE: gettext_lazy("the scale version has no published profile of this name"),
    Problem.NO_PROFILE: gettext_lazy(
        "the scale version has no published profile for the setting of this site"
    ),
    Problem.THERE_ALREADY: gettext_lazy("a review of this site from this day is here already"),
}


def column_words(code: str, spec: ScaleSpec) -> str:
    """ "Site", or "1 Caseload size"."""
    if code == ITEM:
        return _("Scores")
    if code.startswith(ITEM):
        item = spec.item(code.removeprefix(ITEM))
        return f"{item.number} {item.short_title}"
    return str(FIELDS[Field(code)])


def problem_words(found: Found, spec: ScaleSpec) -> str:
    return str(PROBLEMS[found.problem]) % {
        "detail": found.detail,
        "minimum": spec.minimum,
        "maximum": spec.maximum,
    }


def file_problem_words(problem: FileProblem) -> str:
    return str(FILE_PROBLEMS[problem])


def limits_in_words() -> str:
    return _(
        "At most 2 MB, %(rows)s rows and %(columns)s columns; a cell is cut after %(signs)s characters."
    ) % {
        "rows": MOST_LINES,
        "columns": MOST_COLUMNS,
        "signs": LONGEST_CELL,
    }


def headings_of_reader() -> dict[str, Field]:
    """The headings of the template in the reader's language, as they are compared."""
    return {plain(str(words)): field for field, words in FIELDS.items()}


def choices_in_cells() -> Words:
    """What cells may say, in English and in the reader's language."""
    kinds, labels = {}, {}
    for kind in Kind:
        kinds |= {plain(kind.value): kind.value, plain(str(kind.label)): kind.value}
        kinds[plain(str(kind.label).split()[0])] = kind.value
    kinds |= {plain("self-assessment"): Kind.SELF.value, plain("guided self-assessment"): Kind.GUIDED.value}
    for label in Label:
        labels |= {plain(label.value): label.value, plain(str(LABELS[label])): label.value}
    return Words(
        kinds=kinds,
        labels=labels,
        labels_of_kinds={Kind.SELF.value: Label.SELF.value, Kind.GUIDED.value: Label.GUIDED.value},
        not_stated=Label.NOT_STATED.value,
    )
