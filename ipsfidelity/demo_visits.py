"""What the demo's teams found at a visit: worksheets, notes by source, barriers and adaptations, the agenda ticked."""

from accounts.models import User
from reviews.actions.agenda import tick_entry
from reviews.actions.evidence import NoteText, add_note
from reviews.actions.influences import AdaptationTyped, InfluenceTyped, add_record
from reviews.actions.worksheets import load_worksheet, state_of
from reviews.models import Review
from reviews.worksheets.columns import SHEETS
from reviews.worksheets.reading import read_row


class DemoMistyped(ValueError):
    """A row of the demo that nobody could have typed."""


def fill_worksheets(review: Review, described: dict[str, list[dict]], by: User) -> None:
    """`described`: worksheet to its rows, column code to what was typed. Raises `DemoMistyped`."""
    phases = tuple("abcdef")
    for sheet, typed in described.items():
        rows = [
            read_row(SHEETS[sheet], {code: str(text) for code, text in row.items()}, codes=phases)
            for row in typed
        ]
        if wrong := [row.problems for row in rows if row.problems]:
            raise DemoMistyped(sheet, wrong)
        load_worksheet(
            review=review,
            sheet=sheet,
            rows=[row.cells for row in rows],
            replace=False,
            based_on=state_of([]),
            by=by,
        )


def add_notes(review: Review, described: list[dict], people: dict[str, User], by: User) -> None:
    """Each by the person that it names, else by `by`."""
    for row in described:
        note = NoteText(
            source=row["source"],
            who_or_what=row["who"],
            remote=row.get("remote", False),
            text=row["text"],
            item_codes=frozenset(row["items"]),
        )
        add_note(review=review, note=note, by=people[row["by"]] if "by" in row else by)


def record_influences(review: Review, found: dict, people: dict[str, User], by: User) -> None:
    """Barriers, facilitators and adaptations; `about`: code of the construct. Each by the person that it names."""
    for kind, described in (("barrier", "barriers"), ("facilitator", "facilitators")):
        for row in found.get(described, []):
            typed = InfluenceTyped(kind, row["about"], row["text"], row.get("item", ""))
            add_record(review=review, typed=typed, by=people[row["by"]] if "by" in row else by)
    for row in found.get("adaptations", []):
        typed = AdaptationTyped(
            what=row["what"],
            why=row["why"],
            planned=row["planned"],
            core_kept=row["core_kept"],
            decided_by=row.get("decided_by", ""),
            since=row.get("since", ""),
            item_code=row.get("item", ""),
        )
        add_record(review=review, typed=typed, by=people[row["by"]] if "by" in row else by)


def tick_agenda(review: Review, by: User) -> None:
    """The visit has been: everything on its agenda was done."""
    for entry in review.agenda.all():
        tick_entry(review=review, entry=entry, is_done=True, by=by)
