"""What every test may ask for."""

import os

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings

# A busy machine is slow at making examples, which says nothing of the code under test.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

# Playwright runs its own event loop in the thread of the test; Django's database calls are still one after another.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(autouse=True)
def _plain_static_files(settings):
    """Static addresses without hashes, so that no test needs collectstatic."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The database of the tests, with the shipped definitions in it: every test that has a database has them."""
    from tests.factories.shipped import load_for_every_test

    with django_db_blocker.unblock():
        load_for_every_test()
    yield
    # A browser that was closed a moment ago may have left its session behind, and the database could not be dropped.
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def no_definitions(db):
    """No scale, version, profile or figure is loaded, within this test."""
    from tests.factories.shipped import take_out

    take_out()
