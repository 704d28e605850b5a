"""What became of the last plan's goals, in a Word document and in a workbook, as on the page."""

from django.utils.translation import gettext as _

from reports.plan_view import GoalsBefore
from reports.writers.excel_file import Sheet
from reports.writers.word_file import Table, WordFile


def goals_before_in_word(file: WordFile, before: GoalsBefore | None) -> None:
    if before is None:
        return
    file.heading(before.heading, 2)
    file.paragraph(before.said)
    rows = [
        [
            str(one.place),
            one.what,
            one.item,
            one.step,
            f"{one.outcome}: {one.text}" if one.text else one.outcome,
        ]
        for one in before.goals
    ]
    head = [_("No."), _("Goal"), _("Item"), _("Score"), _("What became of it")]
    file.table(Table(_("Goals of the last plan"), head, rows, [5, 28, 20, 10, 37]))
    file.heading(_("The plan from here"), 2)


def goals_before_in_excel(sheet: Sheet, before: GoalsBefore | None) -> None:
    if before is None:
        return
    sheet.write(before.heading, strong=True, size=14)
    sheet.write(before.said)
    sheet.write(
        _("No."),
        _("Goal"),
        _("Item"),
        _("Score"),
        _("What became of it"),
        None,
        _("What was seen"),
        strong=True,
        lined=True,
    )
    for one in before.goals:
        sheet.write(one.place, one.what, one.item, one.step, one.outcome, None, one.text, lined=True)
    sheet.row += 1
    sheet.write(_("The plan from here"), strong=True, size=14)
