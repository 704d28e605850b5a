"""People: one address each whatever its case, sign-in by e-mail, administration, and history."""

import re

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from accounts.permissions import Role
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_sign_ins_counted():
    """allauth counts them in the cache, which outlives a test."""
    cache.clear()


def sign_in(client, email: str, password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def signed_in_user(client) -> str | None:
    return client.session.get("_auth_user_id")


# Addresses


def test_two_people_have_two_addresses():
    UserFactory(email="ada@example.org")
    UserFactory(email="ben@example.org")

    assert User.objects.count() == 2


@pytest.mark.parametrize("again", ["ada@example.org", "Ada@Example.org", "ADA@EXAMPLE.ORG"])
def test_second_person_of_an_address_is_refused_whatever_its_case(again):
    UserFactory(email="ada@example.org")

    with (
        pytest.raises(IntegrityError, match=r"one_user_per_email_address|accounts_user_email"),
        transaction.atomic(),
    ):
        User.objects.bulk_create([User(email=again, name="Another")])


def test_second_person_of_an_address_in_capitals_is_refused_by_the_rule_on_case():
    UserFactory(email="ada@example.org")

    with pytest.raises(IntegrityError, match="one_user_per_email_address"), transaction.atomic():
        User.objects.bulk_create([User(email="ADA@example.org", name="Another")])


def test_address_is_not_changed_to_one_that_is_taken():
    UserFactory(email="ada@example.org")
    ben = UserFactory(email="ben@example.org")

    with pytest.raises(IntegrityError, match="one_user_per_email_address"), transaction.atomic():
        User.objects.filter(pk=ben.pk).update(email="Ada@example.org")


def test_taken_address_is_said_in_words_fit_for_a_form():
    UserFactory(email="ada@example.org")

    with pytest.raises(ValidationError) as caught:
        User(email="Ada@example.org", name="Another", password="unused").full_clean()

    assert "Someone with this e-mail address is here already." in caught.value.messages


def test_person_without_an_address_is_refused():
    with pytest.raises(ValueError, match="e-mail"):
        User.objects.create_user("", "unused")


# Signing in


@pytest.mark.parametrize(
    "typed", ["ada@example.org", "Ada@Example.Org", "ADA@EXAMPLE.ORG", " ada@example.org "]
)
def test_sign_in_takes_the_address_in_any_case(client, typed):
    person = UserFactory(email="ada@example.org", password=PASSWORD)

    answer = sign_in(client, typed)

    assert (answer.status_code, answer.url) == (302, reverse("home"))
    assert signed_in_user(client) == str(person.pk)


def test_person_stored_with_capitals_signs_in_without(client):
    person = UserFactory(email="Ada.Lovelace@example.org", password=PASSWORD)

    sign_in(client, "ada.lovelace@example.org")

    assert signed_in_user(client) == str(person.pk)


def test_sign_in_goes_on_to_the_page_that_was_asked_for(client):
    UserFactory(email="ada@example.org", password=PASSWORD)
    page = client.get(reverse("reviews:library")).url

    answer = client.post(
        page, {"login": "ada@example.org", "password": PASSWORD, "next": reverse("reviews:library")}
    )

    assert answer.url == reverse("reviews:library")


def test_sign_in_does_not_go_on_to_another_site(client):
    UserFactory(email="ada@example.org", password=PASSWORD)
    data = {"login": "ada@example.org", "password": PASSWORD, "next": "https://elsewhere.example/"}

    answer = client.post(reverse("account_login"), data)

    assert answer.url == reverse("home")


@pytest.mark.parametrize(
    ("email", "password"), [("ada@example.org", "another-word-entirely-7"), ("nobody@example.org", PASSWORD)]
)
def test_wrong_sign_in_stays_on_the_page_with_an_error(client, email, password):
    UserFactory(email="ada@example.org", password=PASSWORD)

    answer = sign_in(client, email, password)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert re.search(r"<title>\s*Error:", page)
    assert answer.context["form"].non_field_errors()
    assert str(answer.context["form"].non_field_errors()[0]) in page
    assert signed_in_user(client) is None


def test_wrong_sign_in_does_not_tell_who_is_here(client):
    UserFactory(email="ada@example.org", password=PASSWORD)

    known = sign_in(client, "ada@example.org", "another-word-entirely-7").context["form"].non_field_errors()
    unknown = sign_in(client, "nobody@example.org").context["form"].non_field_errors()

    assert known == unknown


def test_person_who_may_not_sign_in_is_refused(client):
    UserFactory(email="ada@example.org", password=PASSWORD, is_active=False)

    answer = sign_in(client, "ada@example.org")

    assert signed_in_user(client) is None
    assert answer.url == reverse("account_inactive")


def test_person_who_may_no_longer_sign_in_is_out_at_once(client):
    person = UserFactory(password=PASSWORD)
    client.force_login(person)
    User.objects.filter(pk=person.pk).update(is_active=False)

    answer = client.get(reverse("home"))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_signing_out_takes_a_post(client):
    client.force_login(UserFactory())

    client.get(reverse("account_logout"))
    still_in = signed_in_user(client)
    client.post(reverse("account_logout"))

    assert still_in is not None
    assert signed_in_user(client) is None


def test_page_to_sign_up_is_closed(client):
    answer = client.get(reverse("account_signup"))

    assert "closed" in answer.content.decode()
    assert "password" not in answer.content.decode()


def test_nobody_signs_up_by_a_post(client):
    data = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}

    client.post(reverse("account_signup"), data)

    assert not User.objects.exists()


def test_sign_in_page_offers_no_sign_up(client):
    page = client.get(reverse("account_login")).content.decode()

    assert reverse("account_signup") not in page


# Administration of people


@pytest.fixture
def user_admin(client) -> User:
    person = UserFactory(is_user_admin=True, is_staff=True)
    client.force_login(person)
    return person


def change_of(person: User, **changes) -> dict:
    """What the page of a person sends; marks that are not set are left out, as a browser does."""
    marks = ("is_scale_admin", "is_user_admin", "is_active", "is_staff")
    data = {
        "email": person.email,
        "name": person.name,
        **{name: "on" for name in marks if getattr(person, name)},
    }
    return data | changes


def test_user_administrator_gives_a_role(client, user_admin):
    person = UserFactory()

    client.post(
        reverse("admin:accounts_user_change", args=[person.pk]), change_of(person, is_scale_admin="on")
    )

    person.refresh_from_db()
    assert person.roles == {Role.SCALE_ADMIN}


def test_user_administrator_does_not_open_the_administration_to_others(client, user_admin):
    person = UserFactory()

    client.post(reverse("admin:accounts_user_change", args=[person.pk]), change_of(person, is_staff="on"))

    person.refresh_from_db()
    assert not person.is_staff


def test_user_administrator_does_not_take_over_a_superuser_by_a_new_password(client, user_admin):
    root = User.objects.create_superuser("root@example.org", PASSWORD)
    data = {
        "usable_password": "true",
        "password1": "another-word-entirely-7",
        "password2": "another-word-entirely-7",
    }

    client.post(reverse("admin:auth_user_password_change", args=[root.pk]), data)

    root.refresh_from_db()
    assert root.check_password(PASSWORD)


def test_user_administrator_does_not_take_over_a_superuser_by_another_address(client, user_admin):
    root = User.objects.create_superuser("root@example.org", PASSWORD, name="Root")

    client.post(
        reverse("admin:accounts_user_change", args=[root.pk]), change_of(root, email="mine@example.org")
    )

    root.refresh_from_db()
    assert root.email == "root@example.org"


def test_nobody_is_deleted_by_a_user_administrator(client, user_admin):
    person = UserFactory()

    answer = client.post(reverse("admin:accounts_user_delete", args=[person.pk]), {"post": "yes"})

    assert answer.status_code == 403
    assert User.objects.filter(pk=person.pk).exists()


# History


def test_change_of_a_person_leaves_the_old_row_and_who_changed_it(client, user_admin):
    person = UserFactory(name="Before")

    client.post(reverse("admin:accounts_user_change", args=[person.pk]), change_of(person, name="After"))

    event = User.pgh_event_model.objects.get(pgh_obj=person)
    assert (event.pgh_label, event.name) == ("update", "Before")
    assert event.pgh_context.metadata["user"] == user_admin.pk


def test_role_given_by_sql_leaves_the_old_row():
    person = UserFactory()

    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET is_user_admin = true WHERE id = %s", [person.pk])

    event = User.pgh_event_model.objects.get(pgh_obj=person)
    assert (event.pgh_label, event.is_user_admin) == ("update", False)


def test_history_of_people_keeps_no_password():
    columns = {field.name for field in User.pgh_event_model._meta.get_fields()}

    assert "email" in columns
    assert not columns & {"password", "last_login"}


def test_signing_in_leaves_no_history(client):
    UserFactory(email="ada@example.org", password=PASSWORD)

    sign_in(client, "ada@example.org")

    assert not User.pgh_event_model.objects.exists()


def test_the_administration_reads_no_row_of_a_table_that_it_does_not_list(client):
    """Django's own "view on site" reads any row by the number of its table; ratings are nobody's to read there."""
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    person = UserFactory()
    table = ContentType.objects.get_for_model(User)

    assert client.get(f"/admin/r/{table.pk}/{person.pk}/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("admin:view_on_site", args=[table.pk, person.pk])
