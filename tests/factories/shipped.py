"""The shipped definitions in the database of the tests: there before the first test, and back after each emptying.

Loading them takes longer than most tests, so it is done once per database; a copy of the rows beside the tables
puts them back where a test that commits was followed by an emptying of all tables.
"""

import pgtrigger
from django.apps import apps
from django.db import connection, transaction
from django.db.models.signals import post_migrate

from scales.models import Scale
from tests.factories.scales import FOLDER, setting_profile, shipped_profile

COPIES = "shipped_definitions"


def load_for_every_test() -> None:
    for path in sorted((FOLDER / "profiles").glob("*.yaml")):
        setting, _, wording = path.stem.rpartition("-")
        assert shipped_profile(setting, wording).code == setting
        setting_profile(setting, wording)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {COPIES} CASCADE")
        cursor.execute(f"CREATE SCHEMA {COPIES}")
        for table in tables():
            cursor.execute(f"CREATE TABLE {COPIES}.{table} AS TABLE public.{table}")
    # Django sends it also when it has emptied the tables after a test that commits.
    post_migrate.connect(put_back, sender=apps.get_app_config("scales"))


def put_back(**kwargs) -> None:
    if Scale.objects.exists():
        return
    with transaction.atomic(), pgtrigger.ignore(), connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"INSERT INTO public.{table} SELECT * FROM {COPIES}.{table}")


def take_out() -> None:
    """Row triggers, which keep what is published, do not see it."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(tables())} CASCADE")


def tables() -> list[str]:
    """Every table of definitions and of their history."""
    return [model._meta.db_table for model in apps.get_app_config("scales").get_models()]
