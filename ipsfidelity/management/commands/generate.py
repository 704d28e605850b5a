"""Fill a database with many invented reviews, to see and measure the product at its full size."""

import secrets
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ipsfidelity.demo import organizations
from ipsfidelity.generating.definitions import NoDefinitions
from ipsfidelity.generating.guard import GeneratedAlready, OtherDataHere, check_database
from ipsfidelity.generating.order import Order
from ipsfidelity.generating.running import generate
from ipsfidelity.generating.texts import DOMAIN
from ipsfidelity.generating.world import NETWORK_LEAD


class Command(BaseCommand):
    help = (
        "Invents organizations, programs, sites, people and years of reviews. Every name says that it is generated. "
        "Refuses where the database has anything else in it but the demo."
    )

    def add_arguments(self, parser):
        parser.add_argument("--sites", type=int, default=30, metavar="N")
        parser.add_argument("--reviews", type=int, default=300, metavar="M", help="of all sites together")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same data")
        parser.add_argument(
            "--until",
            type=date.fromisoformat,
            metavar="DAY",
            help="as if it were this day; today if not said",
        )
        parser.add_argument(
            "--anyway",
            action="store_true",
            help="also beside real data, from which it is not taken out again",
        )

    def handle(self, *, sites: int, reviews: int, seed: int, until: date | None, anyway: bool, **options):
        if sites < 1 or reviews < 0:
            raise CommandError("There is at least one site, and no fewer than no reviews.")
        try:
            check_database(organizations(), anyway=anyway)
            password = secrets.token_urlsafe(12)
            generate(
                Order(sites, reviews, seed, until or timezone.localdate()),
                password=password,
                say=self.stdout.write,
            )
        except OtherDataHere as error:
            raise CommandError(
                "This database has organizations or people that are not invented. Nothing was added; "
                "use another database (VAR_DIR or DATABASE_URL), or --anyway."
            ) from error
        except GeneratedAlready as error:
            raise CommandError("This database has generated data already. Nothing was added.") from error
        except NoDefinitions as error:
            raise CommandError("Load a scale and a setting profile first: manage.py load_scale") from error
        self.stdout.write(f"Sign in, all with the password {password}")
        for person, as_ in (
            (NETWORK_LEAD, "network lead of all programs"),
            (f"manager-0001@{DOMAIN}", "manager of the first program"),
            (f"viewer-0001@{DOMAIN}", "viewer of the first program"),
            (f"reviewer-0001@{DOMAIN}", "reviewer"),
        ):
            self.stdout.write(f"  {person:<36} {as_}")
