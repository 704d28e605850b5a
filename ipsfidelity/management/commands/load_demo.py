"""`manage.py load_demo`: invented programs, people and reviews for looking round; never in production."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ipsfidelity.demo import DEMO_PASSWORD, ScalesNotLoaded, accounts, load_demo
from ipsfidelity.logs import quiet_log


class Command(BaseCommand):
    help = (
        "Load the demo: invented programs, people and reviews. Safe to repeat. Refuses unless DEMO is true, "
        "and always where SECURE is true: the password of its accounts is public."
    )

    def handle(self, *args, **options):
        if settings.SECURE:
            raise CommandError(
                "SECURE is true, so this is a real service: the demo, whose password is public, is not loaded."
            )
        if not settings.DEMO:
            raise CommandError("The demo is loaded only where DEMO is true. Start again with DEMO=true.")
        try:
            with quiet_log():
                is_new = load_demo()
        except ScalesNotLoaded:
            raise CommandError(
                "The scale of the demo reviews is not loaded. Run manage.py load_scale first."
            ) from None
        if options["verbosity"]:
            self.stdout.write("Demo loaded." if is_new else "The demo is here already; nothing changed.")
            self._write_accounts()

    def _write_accounts(self) -> None:
        rows = accounts()
        email, name = (max(len(getattr(row, column)) for row in rows) for column in ("email", "name"))
        self.stdout.write(f"Demo accounts, all invented, all with the password {DEMO_PASSWORD}")
        for row in rows:
            self.stdout.write(f"  {row.email:<{email}}  {row.name:<{name}}  {row.shown_as}")
