"""What a profile says to reviewers, and the reasons it accepts for leaving an item without a score: rows of each."""

from collections.abc import Collection, Iterable, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from scales.forms.citing import Paragraphs, offer_sources, source_field
from scales.forms.codes import code_from
from scales.forms.rows import MOST_ROWS, RowForm, focus_on, rows_of, whole
from scales.spec import ProfileSource, Statement, StatementKind, UnratedReason
from scales.yaml_nodes import CODE

KINDS = {
    StatementKind.LOOK_FOR: _("What to look for"),
    StatementKind.EVIDENCE: _("What counts as evidence"),
    StatementKind.INTENT: _("The intent, and how to serve it"),
    StatementKind.CAUTION: _("What to mind"),
}
# What the scoring page offers beside the reasons of a profile.
RESERVED_CODES = {"other", "none"}


class StatementRow(RowForm):
    content = ("text",)

    kind = forms.ChoiceField(
        choices=[(kind.value, words) for kind, words in KINDS.items()], widget=forms.HiddenInput
    )
    text = Paragraphs(label=_("Statement"), required=False)
    source = source_field()


class ReasonRow(RowForm):
    """`before`: the code of the reason, by which reviews name it."""

    content = ("text",)

    text = Paragraphs(label=_("Reason"), required=False)
    source = source_field()


class SourcedRows:
    """Rows that each rest on a source of the profile. `typed`: rows to show as they were typed, nothing checked."""

    row_form: type[RowForm]
    prefix = ""

    def __init__(self, data=None, *, sources: Sequence[ProfileSource], stored=(), typed=None):
        initial = self.initial_of(stored) if typed is None else typed
        self.formset = rows_of(self.row_form, prefix=self.prefix, data=data, initial=initial)
        for number, row in enumerate(self.formset, 1):
            row.number, row.copied_from = number, ""
            offer_sources(row, sources)
        for rows in self.lists():
            for place, row in enumerate(rows, 1):
                row.is_first, row.is_last = place == 1, place == len(rows)
                row.fields["source"].label = _("Source of row %(number)s") % {"number": place}
                self.name_row(row, place)

    def initial_of(self, stored) -> list[dict]:
        raise NotImplementedError

    def name_row(self, row: RowForm, place: int) -> None:
        raise NotImplementedError

    def lists(self) -> list[list[RowForm]]:
        """The rows as they stand one under another; each list is counted and moved by itself."""
        return [list(self)]

    def __iter__(self):
        return iter(self.formset.forms)

    def kept(self) -> list:
        return [row for row in self if not row.is_left_out()]

    def mark_copied(self, texts: Collection[str], title: str) -> None:
        """Mark the rows that stand so in the profile of this title, which the draft was copied from."""
        for row in self:
            if str(row["text"].value() or "").strip() in texts:
                row.copied_from = title

    def typed(self) -> list[dict]:
        return [row.typed() for row in self]

    def is_complete(self) -> bool:
        """Whether the page said how many rows it has."""
        return not self.formset.is_bound or self.formset.management_form.is_valid()

    def focus_on_last(self) -> None:
        if self.formset.forms:
            focus_on(self.formset.forms[-1], "text")


class Statements(SourcedRows):
    """Statements in the order in which they are stored; a page shows them by kind."""

    row_form = StatementRow
    prefix = "statements"

    def initial_of(self, stored: Iterable[Statement]) -> list[dict]:
        return [
            {"before": str(place), "kind": row.kind.value, "text": row.text, "source": row.source}
            for place, row in enumerate(stored, 1)
        ]

    def name_row(self, row: RowForm, place: int) -> None:
        kind = KINDS.get(row["kind"].value(), KINDS[StatementKind.LOOK_FOR])
        row.fields["text"].label = _("%(kind)s, row %(number)s") % {"kind": kind, "number": place}

    def lists(self) -> list[list[RowForm]]:
        return [rows for _kind, _words, rows in self.by_kind()]

    def by_kind(self) -> list[tuple[str, object, list]]:
        """Each kind with its name and its rows; a row of no known kind stands under the first."""
        rows = {kind.value: [] for kind in StatementKind}
        for row in self:
            rows.get(row["kind"].value(), rows[StatementKind.LOOK_FOR.value]).append(row)
        return [(kind.value, words, rows[kind.value]) for kind, words in KINDS.items()]

    def value(self, source_of) -> tuple[Statement, ...]:
        return tuple(
            Statement(
                kind=StatementKind(row.cleaned_data.get("kind") or StatementKind.LOOK_FOR),
                text=row.cleaned_data["text"],
                source=source_of(row),
            )
            for row in self.kept()
            if row.cleaned_data.get("text")
        )


class Reasons(SourcedRows):
    row_form = ReasonRow
    prefix = "reasons"

    def initial_of(self, stored: Iterable[UnratedReason]) -> list[dict]:
        return [{"before": row.code, "text": row.text, "source": row.source} for row in stored]

    def name_row(self, row: RowForm, place: int) -> None:
        row.fields["text"].label = _("Reason %(number)s") % {"number": place}

    def value(self, source_of, taken: Iterable[str] = ()) -> tuple[UnratedReason, ...]:
        """`taken`: codes that no new reason may have."""
        rows = [row for row in self.kept() if row.cleaned_data.get("text")]
        codes = {*taken, *RESERVED_CODES, *map(_code_before, rows)}
        reasons, seen = [], set()
        for row in rows:
            text, code = row.cleaned_data["text"], _code_before(row)
            if not code or code in seen:
                code = code_from(text, taken=codes, instead="reason")
                codes.add(code)
            seen.add(code)
            reasons.append(UnratedReason(code=code, text=text, source=source_of(row)))
        return tuple(reasons)


def _code_before(row) -> str:
    code = row.cleaned_data.get("before") or ""
    return code if CODE.fullmatch(code) else ""


def rearranged(typed: list[dict], go: tuple[str, str]) -> list[dict]:
    """Rows as typed after `("add", kind)`, `("up", number)` or `("down", number)`, rows counted from 1.

    A statement trades places with the nearest of its own kind. An added row may say its kind.
    """
    act, which = go
    if act == "add" and len(typed) < MOST_ROWS:
        kinds = [kind.value for kind in StatementKind]
        return [*typed, {"kind": which if which in kinds else kinds[0]}]
    place = whole(which)
    if place is None or not 1 <= place <= len(typed):
        return typed
    here = place - 1
    others = range(here - 1, -1, -1) if act == "up" else range(here + 1, len(typed))
    kind = typed[here].get("kind")
    there = next((other for other in others if typed[other].get("kind") == kind), None)
    if there is not None:
        typed[here], typed[there] = typed[there], typed[here]
    return typed
