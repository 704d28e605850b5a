"""Everything unresolved on a draft in one list: what must be there before it goes on, and what is worth a look."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.action_plans.reading_back import goals_not_read_back
from reviews.consensus.table import given_by_item
from reviews.evidence.warnings import Lookout, evidence_warnings
from reviews.finishing.moderating import Standing, standing_of
from reviews.missing import Lack, missing_before_draft
from reviews.models import Review, Stage
from scales.spec import Item
from scales.suggestion import Reason, Suggestion


@dataclass(frozen=True)
class Line:
    """`where`: address of the page on which it is mended, "" where there is none."""

    text: str
    where: str = ""

    def __str__(self):
        return self.text


@dataclass(frozen=True)
class Unresolved:
    """`lacking`: scores and reasons. `standing`: with the moderator, whose word is a must too. `look`: advice."""

    lacking: tuple[Line, ...]
    standing: Standing
    look: tuple[Line, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to mend and nothing to look at, whomever the draft waits for."""
        return not self.lacking and not self.look

    @property
    def must(self) -> tuple[Line, ...]:
        return (*self.lacking, *(Line(text) for text in not_approved(self.standing)))


def unresolved_of(review: Review) -> Unresolved:
    """The whole list, in a fixed number of queries."""
    return Unresolved(
        lacking=tuple(must_have(review)),
        standing=standing_of(review),
        look=tuple(worth_a_look(review)),
    )


def must_have(review: Review) -> list[Line]:
    """Scores and reasons that keep a draft from being sent on."""
    spec = review.version.to_spec()
    agreed = {row.item.code: row for row in review.consensus.select_related("item")}
    raters = tuple(member for member in review.team if member.counts)
    given = given_by_item(review, raters) if all(member.has_submitted for member in raters) else {}
    ratings = {code: [one.rating for one in rows] for code, rows in given.items()}
    rescored = set(
        review.service_replies.filter(items__rescored=True).values_list("items__item__code", flat=True)
    )
    suggested = {
        code: Suggestion(row.suggested, Reason.DECIDED)
        for code, row in agreed.items()
        if row.suggested is not None
    }
    pieces = missing_before_draft(spec, agreed, ratings if len(raters) > 1 else {}, suggested)
    words = {
        Lack.SCORE: _("Item %(number)s, %(title)s, has no agreed score."),
        Lack.REASON_FOR_NONE: _("Item %(number)s, %(title)s, is not rated, without a reason."),
        Lack.REASON_FOR_AGREED: _("Item %(number)s, %(title)s: scores were split, and no reason is given."),
        Lack.REASON_TO_DEPART: _(
            "Item %(number)s, %(title)s, departs from what the facts suggest, without a reason."
        ),
    }
    # A score that changed after the service's reply has its reason there.
    return [
        Line(words[piece.lack] % _named(piece.item), _consensus_of(review, piece.item))
        for piece in pieces
        if piece.item.code not in rescored or piece.lack in (Lack.SCORE, Lack.REASON_FOR_NONE)
    ]


def not_approved(standing: Standing) -> list[str]:
    """Why a draft with a moderator may not go on; empty where it may, or where the team has none."""
    if not standing.has_moderator or standing.is_approved:
        return []
    words = {"name": standing.moderator}
    if standing.is_out:
        return [_("The draft is with %(name)s, who moderates: it waits for their word.") % words]
    if standing.lapsed:
        return [_("The draft changed since %(name)s approved it: send it to them again.") % words]
    if standing.was_returned:
        return [_("%(name)s returned the draft: mend what they noted, and send it to them again.") % words]
    return [_("The draft was not sent to %(name)s yet, who moderates.") % words]


def worth_a_look(review: Review) -> Iterator[Line]:
    page_1 = reverse("reviews:draft", kwargs={"pk": review.pk}) if review.stage == Stage.DRAFT else ""
    rows = {row.item.code: row for row in review.consensus.select_related("item")}
    warnings = evidence_warnings(review)
    if not review.summary.strip():
        yield Line(_("Page 1 has no summary."), page_1)
    if not any(row.strength for row in rows.values()):
        yield Line(_("Page 1 names no strength."), page_1)
    if not any(row.priority for row in rows.values()):
        yield Line(_("Page 1 says nothing about what to do next."), page_1)
    spec = review.version.to_spec()
    for item in spec.items:
        row = rows.get(item.code)
        if row is None or row.score is None:
            continue
        where = _consensus_of(review, item)
        if row.target is not None and row.target <= row.score:
            text = _(
                "Item %(number)s, %(title)s: the score reached its target %(target)s:"
                " choose a higher target or take it out."
            )
            yield Line(text % (_named(item) | {"target": row.target}), page_1 or _back_from_service(review))
        if not row.rationale.strip():
            yield Line(_("Item %(number)s, %(title)s, has no words on why this score.") % _named(item), where)
        if row.score < spec.maximum and not row.recommendation.strip():
            yield Line(_("Item %(number)s, %(title)s, has no recommendation.") % _named(item), where)
        if any(one.kind is Lookout.SINGLE_SOURCE for one in warnings[item.code]):
            evidence = reverse("reviews:evidence", kwargs={"pk": review.pk})
            text = _("Item %(number)s, %(title)s, rests on a single source.") % _named(item)
            yield Line(text, f"{evidence}?item={item.code}")
    yield from not_read_back(review)


def not_read_back(review: Review) -> Iterator[Line]:
    if goals := goals_not_read_back(review):
        where = reverse("reviews:goals_before", kwargs={"pk": review.pk})
        text = ngettext(
            "What became of %(goals)d goal of the last plan is not recorded.",
            "What became of %(goals)d goals of the last plan is not recorded.",
            goals,
        )
        yield Line(text % {"goals": goals}, where)


def missing_before_service(review: Review) -> list[Line]:
    """What keeps the draft from being sent to the service: its own musts, and answers to an earlier reply."""
    lines = [*must_have(review), *(Line(text) for text in not_approved(standing_of(review)))]
    return [*lines, *unanswered(review)]


def missing_before_issue(review: Review, not_asked_because: str = "") -> list[Line]:
    """What keeps the report from being issued: what the draft must have, and the service's reply with its answers."""
    lines = [*must_have(review), *(Line(text) for text in not_approved(standing_of(review)))]
    return [*lines, *reply_missing(review, not_asked_because)]


def reply_missing(review: Review, not_asked_because: str = "") -> list[Line]:
    reply = review.latest_reply
    if reply is None:
        return [] if not_asked_because.strip() else [Line(_("Say why the service is not asked for a reply."))]
    if reply.is_sent:
        return unanswered(review)
    if reply.reply_by >= timezone.localdate():
        day = date_format(reply.reply_by, "DATE_FORMAT")
        where = reverse("reviews:send_to_service", kwargs={"pk": review.pk})
        return [Line(_("The service has until %(day)s to reply.") % {"day": day}, where)]
    return []


def unanswered(review: Review) -> list[Line]:
    """What the service said and got no answer to."""
    reply = review.latest_reply
    if reply is None or not reply.is_sent:
        return []
    where = reverse("reviews:answers", kwargs={"pk": review.pk})
    rows = reply.items.filter(answer="").select_related("item").order_by("item__number")
    lines = [
        Line(
            _("The reply on item %(number)s, %(title)s, has no answer.")
            % {"number": row.item.number, "title": row.item.short_title},
            f"{where}#item-{row.item.code}",
        )
        for row in rows
    ]
    if reply.text.strip() and not reply.answer.strip():
        lines.append(Line(_("The reply on the whole report has no answer."), f"{where}#whole"))
    return lines


def _named(item: Item) -> dict[str, object]:
    return {"number": item.number, "title": item.short_title}


def _back_from_service(review: Review) -> str:
    """Page 1 changes once the draft is back."""
    return (
        reverse("reviews:back_to_draft", kwargs={"pk": review.pk})
        if review.stage == Stage.WITH_SERVICE
        else ""
    )


def _consensus_of(review: Review, item: Item) -> str:
    """Agreed scores and their words are mended in consensus, to which the draft goes back."""
    if review.stage != Stage.DRAFT:
        return ""
    back = reverse("reviews:back_to_consensus", kwargs={"pk": review.pk})
    return f"{back}?item={item.code}"
