"""Definitions in the database: read back as they were written, drafts that can be edited, two people at once."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from scales.actions.loading import load_profile, load_version
from scales.from_rows import read_profile, read_version
from scales.models import Anchor, ScaleVersion, Status
from scales.to_rows import content_hash
from tests.factories.scales import FOLDER, scale_version, setting_profile, shipped_profile, shipped_scale
from tests.scales.specs import random_profiles, random_scales
from tests.scales.tiny import (
    CHILDREN,
    draft,
    first_of,
    one,
    published,
    refused,
    run,
    tiny_profile,
    tiny_scale,
)

pytestmark = pytest.mark.django_db

WORDINGS = ("uk", "us")
SETTINGS = ("community-mental-health", "primary-care", "community-forensic")


# Reading back


@pytest.mark.parametrize("wording", WORDINGS)
def test_shipped_version_is_read_back_as_its_file_says(wording):
    version = scale_version(wording)

    assert read_version(version) == shipped_scale(wording)
    assert version.to_spec() == shipped_scale(wording)


@pytest.mark.parametrize("wording", WORDINGS)
@pytest.mark.parametrize("setting", SETTINGS)
def test_shipped_profile_is_read_back_as_its_file_says(setting, wording):
    profile = setting_profile(setting, wording)

    assert read_profile(profile) == shipped_profile(setting, wording)
    assert profile.to_spec() == shipped_profile(setting, wording)


def test_every_shipped_file_is_among_those_read_back():
    tried = {f"ips-25-{wording}" for wording in WORDINGS} | {
        f"{setting}-{wording}" for setting in SETTINGS for wording in WORDINGS
    }

    assert {path.stem for path in FOLDER.rglob("*.yaml") if path.parent.name != "figures"} == tried


@pytest.mark.parametrize("wording", WORDINGS)
def test_hash_of_a_published_version_is_that_of_its_rows_and_of_its_file(wording):
    version = scale_version(wording)

    assert version.content_hash == content_hash(shipped_scale(wording)) == content_hash(read_version(version))


@pytest.mark.parametrize("wording", WORDINGS)
@pytest.mark.parametrize("setting", SETTINGS)
def test_hash_of_a_published_profile_is_that_of_its_rows_and_of_its_file(setting, wording):
    profile = setting_profile(setting, wording)

    assert (
        profile.content_hash
        == content_hash(shipped_profile(setting, wording))
        == content_hash(read_profile(profile))
    )


def test_hashes_of_different_definitions_differ():
    hashes = [content_hash(shipped_scale(wording)) for wording in WORDINGS]
    hashes += [
        content_hash(shipped_profile(setting, wording)) for setting in SETTINGS for wording in WORDINGS
    ]

    assert len(set(hashes)) == len(hashes)


def test_definitions_that_fill_every_table_are_read_back():
    profile = published()

    assert read_version(profile.version) == tiny_scale()
    assert read_profile(profile) == tiny_profile()
    assert all(one(f"SELECT count(*) FROM {table}") for table in CHILDREN)


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_scale_and_profile_of_any_shape_are_read_back(data):
    scale = data.draw(random_scales())
    profile = data.draw(random_profiles(scale))
    with transaction.atomic():
        version, _ = load_version(definition=scale)
        loaded, _ = load_profile(definition=profile)

        assert read_version(version) == scale
        assert set(read_profile(loaded).adjustments) == set(profile.adjustments)
        transaction.set_rollback(True)


def test_version_of_any_size_is_read_in_the_same_number_of_queries(django_assert_num_queries):
    profile = published()
    large = scale_version()

    with django_assert_num_queries(8):
        read_version(profile.version)
    with django_assert_num_queries(8):
        read_version(large)


def test_profile_of_any_size_is_read_in_the_same_number_of_queries(django_assert_num_queries):
    profile = published()
    large = setting_profile("primary-care")

    with django_assert_num_queries(7):
        read_profile(profile)
    with django_assert_num_queries(7):
        read_profile(large)


def test_published_definitions_are_read_once_per_process(django_assert_num_queries):
    profile = published()
    profile.to_spec(), profile.version.to_spec(), profile.version.item_ids()

    with django_assert_num_queries(0):
        profile.to_spec(), profile.version.to_spec(), profile.version.item_ids()


def test_draft_is_read_as_it_stands_now():
    profile = draft()
    profile.version.to_spec()

    Anchor.objects.filter(item__code="size", points=2).update(descriptor="Up to twenty.")

    assert profile.version.to_spec().item("size").anchor(2).descriptor == "Up to twenty."


# Drafts


# Rows that no other row of the small definitions stands on.
LEAVES = sorted(set(CHILDREN) - {"scales_section", "scales_item", "scales_adjustment"})


@pytest.mark.usefixtures("no_definitions")
@pytest.mark.parametrize("table", LEAVES)
def test_row_of_a_draft_can_be_deleted_by_sql(table):
    draft()
    row = first_of(table)

    run(f"DELETE FROM {table} WHERE id = %s", row)

    assert one(f"SELECT count(*) FROM {table} WHERE id = %s", row) == 0


@pytest.mark.usefixtures("no_definitions")
@pytest.mark.parametrize("table", CHILDREN)
def test_row_of_a_draft_can_be_changed_by_sql(table):
    draft()
    column = CHILDREN[table][0]

    run(f"UPDATE {table} SET {column} = 'changed' WHERE id = %s", first_of(table))

    assert one(f"SELECT count(*) FROM {table} WHERE {column} = 'changed'") == 1


def test_draft_is_edited_while_another_version_of_the_scale_is_published():
    published()
    profile = draft()

    Anchor.objects.filter(item__version=profile.version).update(descriptor="Changed")

    assert {anchor.descriptor for item in read_version(profile.version).items for anchor in item.anchors} == {
        "Changed"
    }


@pytest.mark.usefixtures("no_definitions")
def test_draft_is_deleted_with_all_its_rows():
    profile = draft()

    profile.delete()
    profile.version.delete()

    assert [table for table in CHILDREN if one(f"SELECT count(*) FROM {table}")] == []


def test_draft_with_dates_of_publishing_is_refused():
    version = draft().version

    with pytest.raises(IntegrityError, match="version_status_matches_its_dates"), transaction.atomic():
        ScaleVersion.objects.filter(pk=version.pk).update(published_at=datetime(2026, 1, 1, tzinfo=UTC))


def test_version_is_not_published_without_its_hash():
    version = draft().version

    with pytest.raises(IntegrityError, match="version_status_matches_its_dates"), transaction.atomic():
        ScaleVersion.objects.filter(pk=version.pk).update(
            status=Status.PUBLISHED, published_at=datetime(2026, 1, 1, tzinfo=UTC)
        )


@pytest.mark.usefixtures("no_definitions")
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("scales_item", "measures"),
        ("scales_anchor", "descriptor"),
        ("scales_component", "text"),
        ("scales_condition", "question"),
        ("scales_band", "label"),
        ("scales_adjustment", "loss_source"),
        ("scales_scaleversion", "title"),
        ("scales_settingprofile", "title"),
    ],
)
def test_change_of_a_draft_by_sql_leaves_the_old_row_behind(table, column):
    draft()
    row = first_of(table)
    before = one(f"SELECT {column} FROM {table} WHERE id = %s", row)

    run(f"UPDATE {table} SET {column} = 'changed' WHERE id = %s", row)

    assert one(f"SELECT {column} FROM {table}event WHERE pgh_obj_id = %s", row) == before


# Two people at once


PUBLISH = "UPDATE scales_scaleversion SET status = 'published', published_at = now(), content_hash = 'x' WHERE id = %s"


@pytest.mark.django_db(transaction=True)
def test_publishing_waits_for_an_open_edit():
    version = draft().version

    with closing(connection.copy()) as publisher, publisher.cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'")
        with transaction.atomic():
            Anchor.objects.filter(item__version=version).update(descriptor="Edited")
            with pytest.raises(OperationalError, match="lock timeout"):
                cursor.execute(PUBLISH, [version.pk])
        cursor.execute(PUBLISH, [version.pk])

    version.refresh_from_db()
    assert version.status == Status.PUBLISHED
    assert read_version(version).item("size").anchor(2).descriptor == "Edited"


@pytest.mark.django_db(transaction=True)
def test_edit_waits_for_an_open_publishing_and_is_then_refused():
    version = draft().version

    def edit() -> None:
        try:
            Anchor.objects.filter(item__version=version).update(descriptor="Too late")
        finally:
            connection.close()

    with closing(connection.copy()) as publisher, ThreadPoolExecutor(1) as pool:
        publisher.set_autocommit(False)
        with publisher.cursor() as cursor:
            cursor.execute(PUBLISH, [version.pk])
            edited = pool.submit(edit)
            wait_until_someone_waits_for_a_lock()
            publisher.commit()
        with refused():
            edited.result(timeout=20)

    assert not Anchor.objects.filter(descriptor="Too late").exists()


def wait_until_someone_waits_for_a_lock() -> None:
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    deadline = time.monotonic() + 20
    while not one(waiting):
        assert time.monotonic() < deadline, "the edit did not wait"
        time.sleep(0.01)
