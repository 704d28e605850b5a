"""Published definitions stay as they are, whoever asks: SQL by hand, a model, an update of many rows at once."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from scales.actions.loading import load_version
from scales.from_rows import read_profile, read_version
from scales.models import (
    Adjustment,
    Anchor,
    Band,
    Item,
    ProfileSource,
    ReanchoredThreshold,
    ScaleVersion,
    Section,
    SettingProfile,
    Statement,
    UnratedReason,
)
from scales.to_rows import content_hash
from tests.factories.accounts import UserFactory
from tests.scales import tiny
from tests.scales.tiny import CHILDREN, draft, first_of, one, refused, run, tiny_profile, tiny_scale

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_definitions")]


@pytest.fixture
def published() -> SettingProfile:
    """The only definition there is."""
    return tiny.published()


def columns_of(table: str) -> str:
    model = next(
        model for model in apps.get_app_config("scales").get_models() if model._meta.db_table == table
    )
    return ", ".join(field.column for field in model._meta.concrete_fields if not field.primary_key)


# Published rows, by SQL


@pytest.mark.parametrize("table", CHILDREN)
def test_no_row_of_something_published_is_changed_by_sql(published, table):
    column = CHILDREN[table][0]

    with refused():
        run(f"UPDATE {table} SET {column} = 'changed' WHERE id = %s", first_of(table))

    assert one(f"SELECT count(*) FROM {table} WHERE {column} = 'changed'") == 0


@pytest.mark.parametrize("table", CHILDREN)
def test_no_row_of_something_published_is_deleted_by_sql(published, table):
    rows = one(f"SELECT count(*) FROM {table}")

    with refused():
        run(f"DELETE FROM {table} WHERE id = %s", first_of(table))

    assert one(f"SELECT count(*) FROM {table}") == rows


@pytest.mark.parametrize("table", CHILDREN)
def test_no_row_is_added_to_something_published_by_sql(published, table):
    columns = columns_of(table)

    with refused():
        run(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE id = %s", first_of(table))


@pytest.mark.parametrize("table", CHILDREN)
def test_no_row_of_a_draft_is_moved_into_something_published_by_sql(published, table):
    parent = CHILDREN[table][1]
    last_published, above = one(f"SELECT max(id) FROM {table}"), first_of(table)
    above = one(f"SELECT {parent} FROM {table} WHERE id = %s", above)
    draft()
    of_draft = first_of(table, f"id > {last_published}")

    with refused():
        run(f"UPDATE {table} SET {parent} = %s WHERE id = %s", above, of_draft)


@pytest.mark.parametrize("table", CHILDREN)
def test_no_row_of_something_published_is_moved_into_a_draft_by_sql(published, table):
    parent = CHILDREN[table][1]
    row = first_of(table)
    draft()
    above = one(f"SELECT max({parent}) FROM {table}")

    with refused():
        run(f"UPDATE {table} SET {parent} = %s WHERE id = %s", above, row)


@pytest.mark.parametrize(
    "statement",
    [
        "title = 'changed'",
        "label = 'changed'",
        "language = 'cy'",
        "source = 'changed'",
        "edition = 'changed'",
        "permission = 'changed'",
        "minimum = 0",
        "maximum = 7",
        "content_hash = 'changed'",
        "created_at = now() - interval '1 year'",
        "published_at = now() - interval '1 year'",
        "status = 'draft'",
        "status = 'draft', published_at = NULL, content_hash = ''",
        "status = 'retired', retired_at = now(), title = 'changed'",
    ],
)
def test_published_version_row_is_not_changed_by_sql(published, statement):
    with refused():
        run(f"UPDATE scales_scaleversion SET {statement} WHERE id = %s", published.version.pk)


@pytest.mark.parametrize(
    "statement",
    [
        "title = 'changed'",
        "code = 'changed'",
        "setting = 'changed'",
        "in_words = 'changed'",
        "summary = 'changed'",
        "content_hash = 'changed'",
        "published_at = now() - interval '1 year'",
        "status = 'draft'",
        "status = 'draft', published_at = NULL, content_hash = ''",
        "status = 'retired', retired_at = now(), summary = 'changed'",
    ],
)
def test_published_profile_row_is_not_changed_by_sql(published, statement):
    with refused():
        run(f"UPDATE scales_settingprofile SET {statement} WHERE id = %s", published.pk)


def test_published_profile_is_not_moved_to_another_version_by_sql(published):
    other = draft().version

    with refused():
        run("UPDATE scales_settingprofile SET version_id = %s WHERE id = %s", other.pk, published.pk)


@pytest.mark.parametrize("table", ["scales_scaleversion", "scales_settingprofile"])
def test_published_row_is_not_deleted_by_sql(published, table):
    with refused():
        run(f"DELETE FROM {table}")

    assert one(f"SELECT count(*) FROM {table}") == 1


@pytest.mark.parametrize("table", ["scales_scaleversion", "scales_settingprofile"])
def test_what_is_published_can_be_retired(published, table):
    person = UserFactory()

    run(f"UPDATE {table} SET status = 'retired', retired_at = now(), retired_by_id = %s", person.pk)

    assert one(f"SELECT status FROM {table}") == "retired"


@pytest.mark.parametrize("table", ["scales_scaleversion", "scales_settingprofile"])
@pytest.mark.parametrize(
    "statement",
    [
        "status = 'published', retired_at = NULL",
        "status = 'draft', retired_at = NULL, published_at = NULL, content_hash = ''",
        "title = 'changed'",
    ],
)
def test_what_is_retired_stays_as_it_was_published(published, table, statement):
    run(f"UPDATE {table} SET status = 'retired', retired_at = now()")

    with refused():
        run(f"UPDATE {table} SET {statement}")


@pytest.mark.parametrize("table", CHILDREN)
def test_no_row_of_something_retired_is_changed_by_sql(published, table):
    for above in ("scales_scaleversion", "scales_settingprofile"):
        run(f"UPDATE {above} SET status = 'retired', retired_at = now()")

    with refused():
        run(f"UPDATE {table} SET {CHILDREN[table][0]} = 'changed' WHERE id = %s", first_of(table))


# What a published definition says is more than the rows that name it


def test_no_item_of_a_draft_is_put_into_a_section_of_a_published_version(published):
    """A version is read section by section, so the item would be a third one of the published version."""
    other = draft().version
    columns = columns_of("scales_item")
    given = {"version_id": "%s", "section_id": "%s", "number": "3", "code": "'extra'"}
    values = ", ".join(given.get(column.strip(), column.strip()) for column in columns.split(","))

    with refused():
        run(
            f"INSERT INTO scales_item ({columns}) SELECT {values} FROM scales_item WHERE id = %s",
            other.pk,
            published.version.sections.get().pk,
            first_of("scales_item"),
        )

    assert read_version(published.version) == tiny_scale()


@pytest.mark.parametrize("table", ["scales_statement", "scales_unratedreason"])
def test_no_row_of_a_draft_profile_speaks_of_an_adjustment_of_a_published_one(published, table):
    """What is said of an item is read adjustment by adjustment, so the published profile would say it too."""
    other = draft()

    with refused():
        run(
            f"UPDATE {table} SET adjustment_id = %s WHERE profile_id = %s AND adjustment_id IS NOT NULL",
            published.adjustments.get().pk,
            other.pk,
        )

    assert read_profile(published) == tiny_profile()


@pytest.mark.parametrize("column", ["name", "code"])
def test_a_scale_keeps_its_name_and_code_once_a_version_is_published(published, column):
    """Both are part of what a version says, and of its hash."""
    with pytest.raises(IntegrityError):
        run(f"UPDATE scales_scale SET {column} = 'changed'")

    version = ScaleVersion.objects.select_related("scale").get(pk=published.version_id)
    assert content_hash(read_version(version)) == version.content_hash


# Published rows, through the models


def test_published_version_is_not_saved_with_another_title(published):
    version = published.version
    version.title = "Changed"

    with refused(), transaction.atomic():
        version.save()


def test_published_anchor_is_not_changed_by_saving_it(published):
    anchor = Anchor.objects.first()
    anchor.descriptor = "Changed"

    with refused(), transaction.atomic():
        anchor.save()


@pytest.mark.parametrize(
    "model", [Section, Item, Anchor, Band, Adjustment, ProfileSource, ReanchoredThreshold]
)
def test_published_rows_are_not_changed_in_bulk(published, model):
    rows = list(model.objects.all())

    with refused(), transaction.atomic():
        model.objects.bulk_update(rows, [CHILDREN[model._meta.db_table][0]])


@pytest.mark.parametrize(
    "model", [Section, Item, Anchor, Band, Statement, UnratedReason, ReanchoredThreshold]
)
def test_published_rows_are_not_changed_by_an_update_of_many(published, model):
    with refused(), transaction.atomic():
        model.objects.update(**{CHILDREN[model._meta.db_table][0]: "changed"})


def test_rows_are_not_added_in_bulk_to_a_published_version(published):
    with refused(), transaction.atomic():
        Band.objects.bulk_create([Band(version=published.version, lowest=1, highest=1, label="Poor")])


def test_published_profile_is_not_deleted_with_all_its_rows(published):
    with refused(), transaction.atomic():
        published.delete()


def test_published_version_without_profiles_is_not_deleted_with_all_its_rows():
    version, _ = load_version(definition=tiny_scale())

    with refused(), transaction.atomic():
        version.delete()


def test_version_with_a_profile_is_not_deleted(published):
    with pytest.raises(ProtectedError):
        published.version.delete()
