"""The reviews of some sites, collected in memory and then written table by table in the order the product writes them.

A report is issued only after everything that belongs to it is there: so no trigger has to be put to sleep.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import models

from accounts.models import User
from accounts.permissions import Role
from ipsfidelity.generating import rows, texts
from ipsfidelity.generating.documents import Mould, edition
from ipsfidelity.generating.ratings import Agreed, OwnSet, add_ratings
from ipsfidelity.generating.scores import Scores, alone, priorities, spreads
from ipsfidelity.generating.visits import Visit
from ipsfidelity.generating.world import Service, moment
from programs.models import Organization, Site
from reports.document import TeamLine
from reviews.actions.results import figures
from reviews.independence import Rater, independence
from reviews.influences.cfir import CONSTRUCTS
from reviews.models import (
    Adaptation,
    Edition,
    Influence,
    Kind,
    RatingSet,
    Result,
    Review,
    ReviewEvent,
    ServiceReply,
    Stage,
    TeamMember,
)
from reviews.models.result import SELF_ASSESSED
from reviews.models.review import Label

PRIORITIES = 4
WITH_MODERATOR, WORKED_WITH_SITE = 0.2, 0.06
WITH_INFLUENCES, WITH_ADAPTATION = 0.3, 0.08
Step = ReviewEvent.Step


@dataclass
class Seat:
    user: User
    role: Role
    employer: Organization
    worked_with_site: bool = False
    member: TeamMember | None = None

    @property
    def counts(self) -> bool:
        return self.role != Role.MODERATOR


@dataclass
class Issued:
    """What is said of an issued review once more: by its result, its edition, its plan."""

    review: Review
    site: Site
    service: Service
    result: Result
    issued_at: datetime
    issued_by: User
    ranks: list[int | None]


@dataclass
class Batch:
    """Rows wait in `waiting` by model until `write`."""

    draw: Random
    waiting: dict[type[models.Model], list] = field(default_factory=dict)
    sets: list[OwnSet] = field(default_factory=list)
    agreed: list[Agreed] = field(default_factory=list)
    issued: list[Issued] = field(default_factory=list)

    def put(self, *made: models.Model) -> None:
        for row in made:
            self.waiting.setdefault(type(row), []).append(row)

    def add(
        self, *, visit: Visit, site: Site, service: Service, mould: Mould, agreed: Scores, number: int
    ) -> None:
        """One review, as far as it has come. `number`: its primary key."""
        team = self._team(visit, service)
        planned_at = moment(visit.starts_on - timedelta(days=self.draw.randint(21, 70)))
        review = Review(
            pk=number,
            site=site,
            kind=visit.kind,
            starts_on=visit.starts_on,
            ends_on=visit.ends_on,
            version=mould.version,
            profile=mould.profile,
            stage=Stage.DRAFT if visit.stage == Stage.ISSUED else visit.stage,
            summary=texts.SUMMARY if visit.stage in (Stage.ISSUED, Stage.WITH_SERVICE) else "",
            created_at=planned_at,
            created_by=service.lead,
        )
        self.put(review)
        self._happened(review, Step.PLANNED, service.lead, planned_at)
        self._seat(review, team)
        if visit.stage != Stage.PLANNED:
            self._rate(review, visit, service, site, mould, agreed, team)

    def _team(self, visit: Visit, service: Service) -> list[Seat]:
        own = service.program.organization
        if visit.kind in SELF_ASSESSED:
            return [Seat(service.lead, Role.LEAD, own, worked_with_site=True)]
        people = self.draw.sample(service.reviewers, min(3, len(service.reviewers)))
        roles = [Role.LEAD, Role.REVIEWER]
        if self.draw.random() < WITH_MODERATOR:
            roles.append(Role.MODERATOR)
        return [
            Seat(user, role, employer, self.draw.random() < WORKED_WITH_SITE)
            for (user, employer), role in zip(people, roles, strict=False)
        ]

    def _seat(self, review: Review, team: list[Seat]) -> None:
        for seat in team:
            seat.member = TeamMember(
                review=review,
                user=seat.user,
                role=seat.role.value,
                employer=seat.employer,
                worked_with_site=seat.worked_with_site,
            )
            self.put(seat.member)

    def _rate(self, review, visit, service, site, mould, agreed, team) -> None:
        spec, raters = mould.spec, [seat for seat in team if seat.counts]
        own = [alone(agreed, spec, self.draw) if len(raters) > 1 else list(agreed) for _seat in raters]
        ended = moment(visit.ends_on, 17)
        is_over = visit.stage != Stage.RATING
        self._happened(review, Step.RATING_BEGAN, raters[0].user, moment(visit.starts_on, 14))
        for place, (seat, scores) in enumerate(zip(raters, own, strict=True)):
            submitted_at = ended + timedelta(days=1 + place, hours=place)
            # Under way, the second reviewer has submitted and the lead has come half of the way.
            is_in = is_over or place > 0
            self.sets.append(
                OwnSet(
                    member=seat.member,
                    version=mould.version.pk,
                    scores=scores if is_in else scores[: len(scores) // 2],
                    at=submitted_at,
                    submitted_at=submitted_at if is_in else None,
                )
            )
            if is_in:
                self._happened(review, Step.SUBMITTED, seat.user, submitted_at)
        if is_over:
            self._agree(review, visit, service, site, mould, agreed, team, own)

    def _agree(self, review, visit, service, site, mould, agreed, team, own) -> None:
        lead, agreed_at = team[0].user, moment(visit.ends_on + timedelta(days=5), 11)
        first = priorities(agreed, mould.spec, mould.of_profile, PRIORITIES)
        ranks = [first.index(place) + 1 if place in first else None for place in range(len(agreed))]
        best = [place for place, score in enumerate(agreed) if score == mould.spec.maximum][:3]
        self.agreed.append(
            Agreed(
                review=review.pk,
                version=mould.version.pk,
                scores=agreed,
                split=[len(set(given)) > 1 for given in zip(*own, strict=True)],
                ranks=ranks,
                strong=[place in best for place in range(len(agreed))],
                by=lead.pk,
                at=agreed_at,
            )
        )
        self._happened(review, Step.CONSENSUS_OPENED, lead, agreed_at - timedelta(hours=2))
        self._happened(review, Step.DRAFT_OPENED, lead, agreed_at)
        self._observed(review, mould, team, agreed_at)
        asked_at = agreed_at + timedelta(days=self.draw.randint(3, 12))
        self._happened(review, Step.SENT_TO_SERVICE, lead, asked_at)
        reply = ServiceReply(
            review=review, asked_at=asked_at, asked_by=lead, reply_by=(asked_at + timedelta(days=14)).date()
        )
        self.put(reply)
        if visit.stage == Stage.ISSUED:
            reply.replied_at, reply.replied_by = asked_at + timedelta(days=8), service.manager
            reply.text = "Thank you for the visit. We agree with what you found."
            reply.ended_at = asked_at + timedelta(days=9)
            self._happened(review, Step.REPLIED, service.manager, reply.replied_at)
            self._issue(review, site, service, mould, agreed, team, own, ranks, asked_at + timedelta(days=10))

    def _observed(self, review, mould, team, at) -> None:
        """Barriers, facilitators and adaptations, of part of the reviews."""
        items = list(mould.version.item_ids().values())
        shared: dict[str, Any] = {"review": review, "by": team[0].user, "noted_at": at, "updated_at": at}
        if self.draw.random() < WITH_INFLUENCES:
            for kind, said in (
                (Influence.Kind.BARRIER, texts.BARRIERS),
                (Influence.Kind.FACILITATOR, texts.FACILITATORS),
            ):
                for _time in range(self.draw.randint(0, 2)):
                    about = self.draw.choice([None, self.draw.choice(items)])
                    construct, text = self.draw.choice(list(CONSTRUCTS)), self.draw.choice(said)
                    self.put(Influence(**shared, kind=kind, construct=construct, text=text, item_id=about))
        if self.draw.random() < WITH_ADAPTATION:
            what, why = self.draw.choice(texts.ADAPTATIONS)
            self.put(
                Adaptation(
                    **shared,
                    what=what,
                    why=why,
                    planned=self.draw.random() < 0.5,
                    core_kept=self.draw.choice(Adaptation.CoreKept.values),
                    item_id=self.draw.choice(items),
                )
            )

    def _issue(self, review, site, service, mould, agreed, team, own, ranks, issued_at) -> None:
        codes = [item.code for item in mould.spec.items]
        found = figures(mould.spec, mould.of_profile, dict(zip(codes, agreed, strict=True)))
        independent = independence(
            [
                Rater(seat.employer == service.program.organization, seat.worked_with_site, True)
                for seat in team
                if seat.counts
            ],
            {Kind.SELF: Label.SELF, Kind.GUIDED: Label.GUIDED}.get(review.kind),
        )
        result = Result(
            review=review,
            site=site,
            kind=review.kind,
            starts_on=review.starts_on,
            ends_on=review.ends_on,
            independence=independent.label.value,
            version=mould.version,
            profile=mould.profile,
            spreads=spreads(own),
            written_at=issued_at,
            **found,
        )
        lead = team[0].user
        particulars = {
            "made_at": issued_at,
            "issued_by": lead.name,
            "site": site.name,
            "place": site.place,
            "program": service.program.name,
            "organization": service.program.organization.name,
            "independence_reason": independent.reason.value,
            "summary": texts.SUMMARY,
            "priorities": [
                {
                    "item_number": mould.spec.items[place].number,
                    "item_code": codes[place],
                    "action": texts.action(mould.spec.items[place].short_title),
                    "score": agreed[place],
                    "target": agreed[place] + 1,
                }
                for _rank, place in sorted((rank, place) for place, rank in enumerate(ranks) if rank)
            ],
        }
        lines = [TeamLine(seat.user.name, seat.role.value, seat.employer.name, seat.counts) for seat in team]
        text = mould.document(result, lines, particulars)
        self.put(result, edition(review=review.pk, text=text, issued_at=issued_at, issued_by=lead))
        self._happened(review, Step.ISSUED, lead, issued_at, "1.0")
        self.issued.append(Issued(review, site, service, result, issued_at, lead, ranks))

    def _happened(self, review: Review, step: str, by: User, at: datetime, note: str = "") -> None:
        self.put(ReviewEvent(review=review, step=step, by=by, at=at, note=note))

    def write(self) -> None:
        """Everything that waits, each table after those that it refers to."""
        rows.copy_in(self.waiting.pop(Review, []))
        self._write_sets()
        for model in (Influence, Adaptation, ServiceReply, Edition):
            rows.add(self.waiting.pop(model, []))
        issued = Review.objects.filter(pk__in=[one.review.pk for one in self.issued])
        issued.update(stage=Stage.ISSUED)
        rows.add(self.waiting.pop(Result, []))
        events = self.waiting.pop(ReviewEvent, [])
        rows.add(sorted(events, key=lambda event: (event.review_id, event.at)))
        assert not any(self.waiting.values()), self.waiting.keys()

    def _write_sets(self) -> None:
        rows.add(self.waiting.pop(TeamMember, []))
        made = [RatingSet(member=one.member) for one in self.sets]
        rows.add(made)
        for one, row in zip(self.sets, made, strict=True):
            one.number = row.pk
        add_ratings(self.sets, self.agreed)
