"""One item as the consensus page shows it: after loading, after a save, with what someone else wrote meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _

from reviews.actions.consensus import MATTERS, Agreed
from reviews.consensus.table import Given, Meeting, Row, last_written
from reviews.consensus.texts import first_line
from reviews.consensus.words import (
    MissingLine,
    apart,
    mark,
    mark_of_score,
    matter_in_words,
    missing_lines,
    short_names,
)
from reviews.forms.consensus import FIELDS, MOST_PLACES, THEIRS, AgreeForm, shown, unrated_reasons
from reviews.forms.rating import NOT_RATED
from reviews.suggestion_words import SuggestionWords, put_in_words
from scales.spec import Anchor


@dataclass(frozen=True)
class GivenOnPage:
    """What one reviewer gave, in a cell."""

    name: str
    mark: str
    first_line: str
    given: Given


@dataclass(frozen=True)
class Choice:
    """One score to agree on. `differs`: a score that nobody gave. `departs`: from what the facts suggest."""

    value: str
    label: str
    given_by: str
    is_chosen: bool
    differs: bool
    departs: bool


@dataclass(frozen=True)
class Told:
    """What stands beside a field that was not saved: its errors, or what someone else wrote meanwhile.

    `sent_back`: hidden fields with the other's text, so that "use mine" writes over this and nothing newer.
    """

    matter: str
    errors: tuple[str, ...] = ()
    by: str = ""
    at: datetime | None = None
    theirs: str = ""
    sent_back: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class RowOnPage:
    """`shown`: field to what stands in it. `was`: field to what the page takes as known to its reader.

    `redrafted`: fields that are drawn anew, as their words follow the score.
    """

    meeting: Meeting
    row: Row
    shown: Mapping[str, str]
    was: Mapping[str, str]
    revision: int
    told: Mapping[str, Told | None] = field(default_factory=lambda: dict.fromkeys(MATTERS))
    redrafted: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        return self.row.item.code

    @property
    def hidden_was(self) -> list[tuple[str, str]]:
        return list(self.was.items())

    @property
    def apart(self) -> str:
        return apart(self.row)

    @property
    def previous(self) -> str:
        return mark_of_score(self.row.previous) if self.row.was_rated_then else ""

    @property
    def agreed_mark(self) -> str:
        return mark(self.row.agreed)

    @property
    def is_touched(self) -> bool:
        return self.row.agreed.revision > 0 and self.row.agreed.agreed_by is not None

    @property
    def has_told(self) -> bool:
        return any(self.told.values())

    @cached_property
    def given(self) -> list[GivenOnPage]:
        names = short_names(self.meeting.raters)
        return [
            GivenOnPage(
                name=names[one.rater.pk],
                mark=mark(one.rating),
                first_line=first_line(one.rating.rationale),
                given=one,
            )
            for one in self.row.given
        ]

    @cached_property
    def choices(self) -> list[Choice]:
        spec, suggestion = self.meeting.spec, self.row.suggestion
        suggested = suggestion.score if suggestion is not None else None
        values = [str(points) for points in range(spec.minimum, spec.maximum + 1)]
        givers = {value: [] for value in (*values, NOT_RATED)}
        for one in self.given:
            rating = one.given.rating
            givers[NOT_RATED if rating.not_rated else str(rating.score)].append(one.name)
        return [
            Choice(
                value=value,
                label=_("n/r") if value == NOT_RATED else value,
                given_by=", ".join(givers[value]),
                is_chosen=self.shown["score"] == value,
                differs=not givers[value] and value != NOT_RATED,
                departs=suggested is not None and value not in (NOT_RATED, str(suggested)),
            )
            for value in givers
        ]

    @cached_property
    def suggestion_words(self) -> SuggestionWords | None:
        return put_in_words(self.row.item, self.row.suggestion) if self.row.suggestion is not None else None

    @property
    def next_anchor(self) -> Anchor | None:
        """What the next point takes, after the agreed score."""
        score = self.row.agreed.score
        return self.row.item.next_anchor(score) if score is not None else None

    @property
    def missing(self) -> list[MissingLine]:
        """What is missing of an item that has been begun; that there is no score yet needs no words."""
        return missing_lines(self.row.missing) if self.row.agreed.is_settled else []

    @property
    def unrated_reasons(self) -> list[tuple[str, str]]:
        return unrated_reasons(self.meeting.review.profile.to_spec(), self.row.item)

    @property
    def places(self) -> list[str]:
        return [str(place) for place in range(1, MOST_PLACES + 1)]

    @property
    def targets(self) -> list[str]:
        spec = self.meeting.spec
        return [str(points) for points in range(spec.minimum, spec.maximum + 1)]


def on_page(meeting: Meeting, row: Row) -> RowOnPage:
    """An item as stored, or as drafted before its first save."""
    now = shown(row)
    return RowOnPage(meeting=meeting, row=row, shown=now, was=now, revision=row.agreed.revision)


def after_save(meeting: Meeting, form: AgreeForm, agreed: Agreed, page_stays: bool) -> RowOnPage:
    """An item after a save: what was not saved is still as typed, with the reason beside it.

    `page_stays`: the fields on the page are not drawn anew, so what it knows changes only where it knows it: in what it
    sent itself.
    """
    row = meeting.row(form.item.code)
    now = shown(row)
    told = told_after(row, form, agreed)
    values, shows, was = form.values(), dict(now), dict(now)
    for matter in FIELDS:
        if told[matter] is not None:
            shows |= form.sent(matter)
        is_as_sent = matter in form.typed_matters() and all(
            getattr(row.agreed, name) == values[name] for name in MATTERS[matter]
        )
        if told[matter] is not None or (page_stays and not is_as_sent and matter not in agreed.redrafted):
            was |= form.sent_was(matter)
    knows = form.cleaned_data.get("revision") or 0
    saw_all = not page_stays or knows == agreed.before
    return RowOnPage(
        meeting=meeting,
        row=row,
        shown=shows,
        was=was,
        revision=row.agreed.revision if saw_all else knows,
        told=told,
        redrafted=agreed.redrafted,
    )


def told_after(row: Row, form: AgreeForm, agreed: Agreed) -> dict[str, Told | None]:
    """Matter to what is told beside it; None where it was saved or not touched."""
    now, told = shown(row), dict.fromkeys(MATTERS)
    for matter, names in FIELDS.items():
        if errors := form.errors_in(matter):
            told[matter] = Told(matter, errors=tuple(errors))
        elif matter in agreed.conflicts:
            person, at = last_written(row.agreed, MATTERS[matter])
            told[matter] = Told(
                matter,
                by=person.name if person is not None else "",
                at=at,
                theirs=matter_in_words(matter, row.agreed),
                sent_back=tuple((f"{THEIRS}{name}", now[name]) for name in names),
            )
    return told
