"""What happens after the reports: action plans, and each quarter's employment outcomes; what a funder asks for."""

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from django.db import models

from ipsfidelity.generating import rows, texts
from ipsfidelity.generating.batch import Issued
from ipsfidelity.generating.order import Order
from ipsfidelity.generating.world import Service, moment
from programs.models import QuarterlyOutcome, Site, StartDefinition
from reviews.models import ActionPlan, FundingThreshold, Goal, GoalNote
from scales.models import ScaleVersion

REACHED_IN_TIME, REACHED_SINCE, SET_ASIDE = 0.75, 0.3, 0.1
WITHOUT_OWNER_OR_DAY, WITH_NOTE = 0.12, 0.4
WITH_OUTCOMES, MOST_YEARS = 0.7, 5
WITH_THRESHOLD, ASKED_FOR = 0.3, (0.6, 0.8)


class Afterwards:
    """Draws and saves it for some services at a time, from the reviews that were issued to them."""

    def __init__(self, order: Order):
        self.until, self.draw = order.until, Random(f"{order.seed} afterwards")

    def write(self, issued: Iterable[Issued]) -> None:
        issued = list(issued)
        newest = {one.site.pk: one.review.pk for one in issued}
        plans = [
            ActionPlan(
                review=one.review,
                begun_at=one.issued_at,
                begun_by=one.issued_by,
                is_current=newest[one.site.pk] == one.review.pk,
            )
            for one in issued
        ]
        rows.add(plans)
        goals = [
            goal
            for one, plan in zip(issued, plans, strict=True)
            for goal in self._goals(one, plan, is_newest=newest[one.site.pk] == one.review.pk)
        ]
        rows.add(goals)
        rows.add(self._notes(goals, {plan.pk: one for one, plan in zip(issued, plans, strict=True)}, newest))

    def _goals(self, one: Issued, plan: ActionPlan, *, is_newest: bool) -> Iterable[Goal]:
        items = one.result.version.item_ids()
        spec = one.result.version.to_spec()
        begun_on = one.issued_at.date()
        ranked = sorted((rank, place) for place, rank in enumerate(one.ranks) if rank)
        for number, (_rank, place) in enumerate(ranked, 1):
            item, score = spec.items[place], one.result.scores[place]
            goal = Goal(
                plan=plan,
                item_id=items[item.code],
                place=number,
                score_then=score,
                target=score + 1,
                what=texts.action(item.short_title),
                measure=self.draw.choice(texts.MEASURES),
                updated_at=one.issued_at,
            )
            if self.draw.random() >= WITHOUT_OWNER_OR_DAY:
                owner = self.draw.choice([one.service.manager, one.service.lead])
                goal.owner, goal.owner_user = owner.name, owner
            if self.draw.random() >= WITHOUT_OWNER_OR_DAY:
                goal.due_on = begun_on + timedelta(days=self.draw.randint(60, 360))
            self._close(goal, begun_on, one.service, is_newest=is_newest)
            yield goal

    def _close(self, goal: Goal, begun_on: date, service: Service, *, is_newest: bool) -> None:
        reached = REACHED_SINCE if is_newest else REACHED_IN_TIME
        chance = self.draw.random()
        if chance < reached:
            goal.status = Goal.Status.REACHED
        elif chance < reached + SET_ASIDE:
            goal.status, goal.reason = Goal.Status.SET_ASIDE, texts.SET_ASIDE
        else:
            return
        last = min(self.until, begun_on + timedelta(days=300))
        goal.closed_on = begun_on + timedelta(days=self.draw.randint(0, max(0, (last - begun_on).days)))
        goal.closed_by = goal.changed_by = service.manager

    def _notes(self, goals: list[Goal], by_plan: dict[int, Issued], newest: dict[int, int]) -> list[GoalNote]:
        made = []
        for goal in goals:
            one = by_plan[goal.plan_id]
            if newest[one.site.pk] == one.review.pk and self.draw.random() < WITH_NOTE:
                at = min(one.issued_at + timedelta(days=self.draw.randint(5, 90)), moment(self.until))
                text = self.draw.choice(texts.NOTES)
                made.append(GoalNote(goal=goal, at=at, by=one.service.manager, text=text))
        return made

    def outcomes(self, services: Iterable[Service]) -> None:
        """Of most sites, quarter by quarter."""
        services = list(services)
        kinds = [kind for kind in StartDefinition.Kind if kind != StartDefinition.Kind.OWN]
        definitions = [
            StartDefinition(
                program=service.program,
                kind=self.draw.choice(kinds),
                chosen_at=moment(self.until - timedelta(days=366 * MOST_YEARS)),
                chosen_by=service.manager,
            )
            for service in services
        ]
        rows.add(definitions)
        made: list[models.Model] = []
        for service, definition in zip(services, definitions, strict=True):
            for site in service.sites:
                if self.draw.random() < WITH_OUTCOMES:
                    made += self._quarters(site, service, definition)
        rows.add(made)

    def _quarters(self, site: Site, service: Service, definition: StartDefinition) -> list[QuarterlyOutcome]:
        caseload, share = self.draw.randint(25, 120), self.draw.gauss(0.35, 0.08)
        ended = self.until.year * 4 + (self.until.month - 1) // 3
        made = []
        for quarter in range(ended - self.draw.randint(4, 4 * MOST_YEARS), ended):
            caseload = max(10, caseload + self.draw.randint(-6, 7))
            share = min(0.7, max(0.1, share + self.draw.gauss(0.003, 0.02)))
            starts = round(caseload * self.draw.uniform(0.08, 0.22))
            row = QuarterlyOutcome(
                site=site,
                year=quarter // 4,
                quarter=quarter % 4 + 1,
                on_caseload=caseload,
                job_starts=starts,
                in_work=round(caseload * share),
                starts_by_definition=round(starts * self.draw.uniform(0.6, 1)),
                definition=definition,
                by=service.manager,
            )
            row.entered_at = row.updated_at = moment(min(row.ends_on + timedelta(days=20), self.until))
            made.append(row)
        return made

    def thresholds(self, services: Iterable[Service], version: ScaleVersion) -> None:
        """Of some programs, what their funder asks for."""
        spec = version.to_spec()
        made = []
        for service in services:
            if self.draw.random() < WITH_THRESHOLD:
                begins = self.until - timedelta(days=self.draw.randint(200, 1500))
                made.append(
                    FundingThreshold(
                        program=service.program,
                        scale=version.scale,
                        points=round(spec.highest_total * self.draw.uniform(*ASKED_FOR)),
                        source=f"Agreement with the commissioner, {begins.year} ({texts.MARK})",
                        valid_from=begins,
                        by=service.manager,
                        set_at=moment(begins),
                        updated_at=moment(begins),
                    )
                )
        rows.add(made)
