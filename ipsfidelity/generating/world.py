"""Organizations, programs, sites and people, all invented and marked so."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle
from random import Random

from django.utils import timezone

from accounts.models import User
from accounts.permissions import Role
from ipsfidelity.generating import rows
from ipsfidelity.generating.order import Order
from ipsfidelity.generating.texts import COMPASS, DOMAIN, FIRST_NAMES, LAST_NAMES, MARK, PLACES
from programs.models import Membership, Organization, Program, Setting, Site

REVIEWERS_OF_A_PROGRAM = 8
OF_THEM_MEMBERS = 3
NETWORK_LEAD = f"network@{DOMAIN}"


@dataclass
class Service:
    """One program with its sites and people. `lead` plans its reviews and is its own employee."""

    program: Program
    sites: list[Site]
    manager: User
    viewer: User
    lead: User
    reviewers: list[tuple[User, Organization]]


def moment(day: date, hour: int = 9) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


class World:
    """Draws and saves everything that stands before the first review."""

    def __init__(self, order: Order, settings: list[str], password: str):
        self.order, self.password = order, password
        self.draw = Random(f"{order.seed} world")
        self.joined_at = moment(order.until - timedelta(days=365))
        self.settings = [
            Setting.objects.get_or_create(code=code, defaults={"name": code.replace("-", " ").capitalize()})[
                0
            ]
            for code in settings
        ]

    def services(self) -> list[Service]:
        order = self.order
        organizations = [
            Organization(name=f"{place} Care {number:04} ({MARK})")
            for number, place in zip(range(1, order.programs + 1), cycle(PLACES))
        ]
        rows.add(organizations)
        programs = [
            Program(organization=owner, name=f"{owner.name.split(' Care ')[0]} IPS {number:04} ({MARK})")
            for number, owner in enumerate(organizations, 1)
        ]
        rows.add(programs)
        sites = self._sites(programs)
        people = {
            kind: self._people(kind, count)
            for kind, count in (
                ("manager", order.programs),
                ("viewer", order.programs),
                ("lead", order.programs),
                ("reviewer", order.reviewers),
            )
        }
        employers = {person.pk: self.draw.choice(organizations) for person in people["reviewer"]}
        services = []
        for place, program in enumerate(programs):
            circle = self.draw.sample(
                people["reviewer"], min(REVIEWERS_OF_A_PROGRAM, len(people["reviewer"]))
            )
            services.append(
                Service(
                    program,
                    sites[place * order.SITES_PER_PROGRAM : (place + 1) * order.SITES_PER_PROGRAM],
                    people["manager"][place],
                    people["viewer"][place],
                    people["lead"][place],
                    [(person, employers[person.pk]) for person in circle],
                )
            )
        rows.add(list(self._memberships(services)))
        return services

    def _sites(self, programs: list[Program]) -> list[Site]:
        regions = [
            f"{name} {round_ or ''}".strip() + f" ({MARK})"
            for round_ in range(1 + self.order.regions // len(COMPASS))
            for name in COMPASS
        ][: self.order.regions]
        sites = []
        # The first setting of the list is the most common one; which that is matters to nobody.
        weights = [2.0] + [1.0] * (len(self.settings) - 1)
        for number in range(self.order.sites):
            owner = number // self.order.SITES_PER_PROGRAM
            place = self.draw.choice(PLACES)
            sites.append(
                Site(
                    program=programs[owner],
                    name=f"{place} {number + 1:04} ({MARK})",
                    setting=self.draw.choices(self.settings, weights)[0],
                    place=place,
                    region=regions[owner % len(regions)],
                )
            )
        rows.add(sites)
        return sites

    def _people(self, kind: str, count: int) -> list[User]:
        people = [
            User(
                email=f"{kind}-{number:04}@{DOMAIN}",
                name=f"{self.draw.choice(FIRST_NAMES)} {self.draw.choice(LAST_NAMES)} ({MARK})",
                password=self.password,
                joined_at=self.joined_at,
            )
            for number in range(1, count + 1)
        ]
        rows.add(people)
        return people

    def _memberships(self, services: list[Service]) -> Iterator[Membership]:
        network = User(
            email=NETWORK_LEAD,
            name=f"Network lead ({MARK})",
            password=self.password,
            joined_at=self.joined_at,
        )
        rows.add([network])
        for service in services:
            of_program = [
                (service.manager, Role.PROGRAM_MANAGER),
                (service.viewer, Role.VIEWER),
                (service.lead, Role.PROGRAM_LEAD),
                (network, Role.NETWORK_LEAD),
                *((person, Role.PROGRAM_REVIEWER) for person, _ in service.reviewers[:OF_THEM_MEMBERS]),
            ]
            for person, role in of_program:
                yield Membership(program=service.program, user=person, role=role.value)
