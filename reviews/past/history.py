"""What happened in a review, readable: its timeline, and the past values of the ratings of one item.

Every function takes the reader and fetches only what that person may see now: one's own ratings always, the others'
and the agreed ones as `reviews.permissions.may_read_ratings` says.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby, pairwise

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reviews.models import ConsensusRating, Rating, Review, ReviewEvent, TeamMember
from reviews.past.notes import note_in_words
from reviews.past.values import Change, State, changes_between, in_sittings
from reviews.permissions import may_rate, may_read_own_ratings, may_read_ratings, rates_its_site_now

Step = ReviewEvent.Step

# Whatever else a step notes, such as why ratings were reopened, may say what was rated.
NOTES_FOR_ALL = (
    Step.PLANNED,
    Step.PLAN_CHANGED,
    Step.SENT_TO_SERVICE,
    Step.REPLY_DATE_MOVED,
    Step.ISSUED,
    Step.CANCELLED,
)
# How reviewers worked with each other, which is not for the service that they review.
OF_THE_TEAM_ALONE = (
    Step.REOPENED,
    Step.BACK_TO_CONSENSUS,
    Step.SENT_TO_MODERATOR,
    Step.DRAFT_APPROVED,
    Step.DRAFT_RETURNED,
    Step.CORRECTION_BEGUN,
    Step.CORRECTION_DROPPED,
)
# Steps taken many times over in a day are one line.
REPEATED = (Step.PLAN_CHANGED, Step.DRAFT_CHANGED, Step.REPLY_ANSWERED)
PAUSE = timedelta(minutes=2)

# Columns that say nothing a reader would ask for: whose row it is, and how it is kept.
NOT_SHOWN = {
    "id",
    "item",
    "rating_set",
    "review",
    "agreed_by",
    "revision",
    "updated_at",
    "not_rated",
    "correction",
}
LABELS = {
    "unrated_code": gettext_lazy("reason for not rating"),
    "specialist_points": gettext_lazy("points for each specialist"),
}


@dataclass(frozen=True)
class Happening:
    """One line of the timeline. `times`: how often, where the same person did the same again and again."""

    at: datetime
    until: datetime
    step: str
    who: str
    what: str
    note: str
    times: int = 1


@dataclass(frozen=True)
class PastRating:
    """One rating of one item and how it came to be. `whose`: a colleague's name, "" where it is one's own or agreed."""

    whose: str
    is_agreed: bool
    changes: tuple[Change, ...]


def timeline_for(user, review: Review) -> list[ReviewEvent]:
    """The review's events, oldest first.

    A note that may speak of ratings leaves the database only for its writer and for those who may read ratings; to
    everyone else it is "". Steps of the team alone are not told to those without a place on it.
    """
    readable = Q(step__in=NOTES_FOR_ALL)
    if may_rate(user, review) or not rates_its_site_now(user, review):
        readable |= Q(by=user.pk)
    if may_read_ratings(user, review):
        readable = Q(pk__isnull=False)
    events = list(
        review.timeline.select_related("by")
        .annotate(
            readable_note=Case(
                When(readable, then=F("note")), default=Value(""), output_field=models.TextField()
            )
        )
        .defer("note")
        .exclude(step__in=() if review.member(user) else OF_THE_TEAM_ALONE)
        .order_by("at", "pk")
    )
    for event in events:
        event.note = event.readable_note
    return events


def happenings(user, review: Review) -> list[Happening]:
    """The timeline as a person may read it, oldest first."""
    lines: list[Happening] = []
    for event in timeline_for(user, review):
        line = Happening(
            at=event.at,
            until=event.at,
            step=event.step,
            who=event.by.name,
            what=event.get_step_display(),
            note=note_in_words(event.step, event.note),
        )
        if lines and _goes_on(lines[-1], line):
            first = lines.pop()
            line = replace(first, until=line.at, times=first.times + 1)
        lines.append(line)
    return lines


def _goes_on(before: Happening, after: Happening) -> bool:
    same = ("step", "who", "note")
    return (
        before.step in REPEATED
        and all(getattr(before, name) == getattr(after, name) for name in same)
        and timezone.localdate(before.at) == timezone.localdate(after.at)
    )


def past_of_item(review: Review, item_code: str, reader) -> list[PastRating]:
    """Past values of the ratings of one item that the reader may see: own first, the team's agreed one last."""
    item = review.version.item_ids()[item_code]
    reads_all = may_read_ratings(reader, review)
    members = list(_readable_members(review, reader, reads_all))
    saves = _saves(Rating, rating_set__in=[member.own_set.pk for member in members], item=item)
    of_team = _saves(ConsensusRating, review=review.pk, item=item) if reads_all else None
    names = _names([*saves, *(of_team or [])])
    reasons = {reason.code: reason.text for reason in review.profile.to_spec().reasons_for_unrated(item_code)}

    def changes(of: Sequence[Save], otherwise: str) -> tuple[Change, ...]:
        states = [save.state(names, otherwise, reasons) for save in of]
        return tuple(in_sittings(changes_between(states), PAUSE))

    found = [
        PastRating(
            whose="" if member.user_id == reader.pk else member.user.name,
            is_agreed=False,
            changes=changes(
                [save for save in saves if save.row.rating_set_id == member.own_set.pk], member.user.name
            ),
        )
        for member in members
    ]
    if of_team is not None:
        found.append(PastRating(whose="", is_agreed=True, changes=changes(of_team, _("not recorded"))))
    return found


def _readable_members(review: Review, reader, reads_all: bool) -> Iterator[TeamMember]:
    """Whose ratings the reader may see: one's own always, else the counting reviewers'; an observer's never."""
    own = review.member(reader)
    if may_read_own_ratings(reader, review) and own.own_set:
        yield own
    if reads_all:
        yield from (member for member in review.team if member.counts and member is not own)


@dataclass(frozen=True)
class Save:
    """A row as it stood after a save. `by`: who saved, as far as that was recorded. `is_gone`: the row was deleted."""

    row: models.Model
    at: datetime
    by: int | None
    is_gone: bool = False

    def state(self, names: dict[int, str], otherwise: str, reasons: dict[str, str]) -> State:
        figures, texts = {}, {}
        for column in type(self.row)._meta.concrete_fields:
            if self.is_gone or column.name in NOT_SHOWN or column.name.startswith("pgh_"):
                continue
            label = capfirst(str(LABELS.get(column.name, column.verbose_name)))
            value = getattr(self.row, column.attname)
            if isinstance(column, models.TextField):
                texts[label] = value
            elif column.name == "score":
                figures[label] = _("not rated") if self.row.not_rated else _shown(value)
            else:
                figures[label] = reasons.get(value, value) if column.name == "unrated_code" else _shown(value)
        return State(since=self.at, who=names.get(self.by, otherwise), figures=figures, texts=texts)


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(one) for one in value)
    if isinstance(value, dict):
        return " ".join(_shown(one) for one in value.values())
    return "" if value is None else str(value)


def _saves(model, **which) -> list[Save]:
    """Every state of the rows, oldest first: old ones from the history table, the last from the table itself."""
    old = model.pgh_event_model.objects.filter(**which).select_related("pgh_context")
    now = {row.pk: row for row in model.objects.filter(**which)}
    saves = []
    for key, group in groupby(old.order_by("pgh_obj_id", "pgh_id"), key=lambda row: row.pgh_obj_id):
        rows = list(group)
        first = _first(rows[0])
        # The history's clock is that of the transaction's start, which a row begun in it is younger than.
        saves.append(replace(first, at=min(first.at, rows[0].pgh_created_at)))
        for before, after in pairwise([*rows, now.pop(key, None)]):
            who = before.pgh_context.metadata.get("user") if before.pgh_context else None
            by = who or getattr(after, "agreed_by_id", None)
            saves.append(Save(after or before, before.pgh_created_at, by, is_gone=after is None))
    return [*saves, *map(_first, now.values())]


def _first(row) -> Save:
    """The first state that is known of a row: history keeps what was replaced, so who began it is not in it."""
    return Save(row, row.updated_at, getattr(row, "agreed_by_id", None))


def _names(saves: Sequence[Save]) -> dict[int, str]:
    numbers = {save.by for save in saves if save.by}
    return dict(get_user_model().objects.filter(pk__in=numbers).values_list("pk", "name"))
