"""Generates a whole order: the same order gives the same data, primary keys aside."""

import json
from collections.abc import Callable
from dataclasses import asdict
from random import Random
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from ipsfidelity.generating import rows
from ipsfidelity.generating.afterwards import Afterwards
from ipsfidelity.generating.batch import Batch
from ipsfidelity.generating.definitions import Definitions, published_definitions
from ipsfidelity.generating.documents import Mould
from ipsfidelity.generating.order import Order
from ipsfidelity.generating.ratings import prepare
from ipsfidelity.generating.scores import Quality, difficulties
from ipsfidelity.generating.visits import Visit, counts, visits
from ipsfidelity.generating.world import Service, World
from programs.models import Site
from reviews.models import Review

SERVICES_AT_A_TIME = 20
HISTORY = """
    SELECT set_config('pghistory.context_id', %s, true), set_config('pghistory.context_metadata', %s, true)
"""
CHANGES_WORDING, CHANGES_SETTING = 0.1, 0.03


@transaction.atomic
def generate(order: Order, *, password: str, say: Callable[[str], None] = lambda _line: None) -> None:
    """All of it or nothing. `password`: of every generated person. Raises `NoDefinitions`."""
    definitions = published_definitions()
    with connection.cursor() as cursor:
        # Checks that are put off, and history rows without a context, take longer with every row of a transaction.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(HISTORY, [str(uuid4()), json.dumps({"generated": asdict(order)}, default=str)])
    services = World(order, definitions.settings, make_password(password)).services()
    say(f"{len(services)} programs and {order.sites} sites")
    prepare(definitions.versions)
    history = History(order, definitions)
    made = 0
    for first in range(0, len(services), SERVICES_AT_A_TIME):
        made += history.write(services[first : first + SERVICES_AT_A_TIME])
        say(f"{made} of {order.reviews} reviews")


class History:
    """What happened at every site over the years."""

    def __init__(self, order: Order, definitions: Definitions):
        self.order, self.definitions = order, definitions
        self.draw = Random(f"{order.seed} reviews")
        self.difficulty = difficulties(definitions.codes, order.seed)
        self.counts = iter(counts(order.sites, order.reviews, Random(f"{order.seed} counts")))
        self.afterwards = Afterwards(order)
        self.moulds: dict[tuple[int, str], Mould] = {}

    def write(self, services: list[Service]) -> int:
        """Every review of these services; how many there were."""
        planned = [
            (service, site, visits(next(self.counts), self.order.until, self.draw))
            for service in services
            for site in service.sites
        ]
        total = sum(len(of_site) for _service, _site, of_site in planned)
        numbers = rows.numbers(Review, total)
        batch = Batch(self.draw)
        versions = {service.program.pk: self._versions() for service in services}
        for service, site, of_site in planned:
            self._site(batch, service, site, of_site, versions[service.program.pk], numbers)
        batch.write()
        self.afterwards.write(batch.issued)
        self.afterwards.outcomes(services)
        self.afterwards.thresholds(services, self.definitions.versions[0])
        return total

    def _versions(self) -> list:
        """The version a program uses, and the one that it changes to, which is mostly the same."""
        first = self.draw.choice(self.definitions.versions)
        changes = self.draw.random() < CHANGES_WORDING
        return [first, self.draw.choice(self.definitions.versions) if changes else first]

    def _site(
        self, batch: Batch, service: Service, site: Site, of_site: list[Visit], versions, numbers
    ) -> None:
        quality = Quality.drawn(self.definitions.codes, self.difficulty, self.draw)
        setting_then = site.setting.code
        if self.draw.random() < CHANGES_SETTING:
            setting_then = self.draw.choice(self.definitions.settings)
        for place, visit in enumerate(of_site):
            is_late = place >= len(of_site) / 2
            mould = self._mould(versions[is_late], site.setting.code if is_late else setting_then)
            quality.drift(self.draw)
            agreed = quality.scores(mould.spec, mould.of_profile, self.draw, own_eyes=visit.is_self_assessed)
            batch.add(
                visit=visit, site=site, service=service, mould=mould, agreed=agreed, number=next(numbers)
            )

    def _mould(self, version, setting: str) -> Mould:
        if (version.pk, setting) not in self.moulds:
            self.moulds[version.pk, setting] = Mould(version, self.definitions.profiles[version.pk][setting])
        return self.moulds[version.pk, setting]
