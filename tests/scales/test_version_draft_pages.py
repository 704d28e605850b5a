"""The pages of a version's draft: begun, looked over, deleted, and closed to everyone who edits no definitions."""

from dataclasses import replace

import pytest
from django.urls import reverse

from scales.actions.editing import save_bands
from scales.draft_checks import version_findings
from scales.models import Scale, ScaleVersion, Status
from scales.parts import fingerprint
from tests.factories.accounts import UserFactory
from tests.factories.scales import draft_of, scale_version, shipped_scale
from tests.reviews.pages import error_beside, form_on, read, text_of
from tests.scales.version_pages import NEW, PARTS, fields_of, now, spec_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    user = UserFactory(name="Perpetua Vane", is_scale_admin=True)
    client.force_login(user)
    return user


@pytest.fixture
def draft(admin):
    return draft_of(by=admin)


# Who may


@pytest.mark.parametrize("page", ["", *(f"{part}/" for part in PARTS), "delete/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_edits_no_definitions_meets_403_whether_the_draft_is_there_or_not(client, page, method):
    draft = draft_of()
    client.force_login(UserFactory(is_user_admin=True))

    for address in (url(draft, page), f"/drafts/versions/999999/{page}", NEW):
        assert getattr(client, method)(address).status_code == 403
    assert spec_of(draft) == replace(shipped_scale(), label="next")


@pytest.mark.parametrize("page", [*(f"{part}/" for part in PARTS), "delete/"])
def test_what_is_published_is_no_draft(client, admin, page):
    published = scale_version()

    assert client.get(url(published)).status_code == 404
    assert client.get(url(published, page)).status_code == 404
    assert client.post(url(published, page)).status_code == 404


# Begun


def test_a_draft_begins_as_a_copy_with_a_label_that_is_free(client, admin):
    origin = scale_version()
    draft_of(label="2008-uk-2")

    answer = client.post(
        f"{NEW}?from={origin.pk}", fields_of(client, f"{NEW}?from={origin.pk}", title="Next")
    )

    draft = ScaleVersion.objects.get(title="Next")
    assert answer.url == url(draft)
    assert (draft.label, draft.status, draft.created_by, draft.copied_from) == (
        "2008-uk-3",
        Status.DRAFT,
        admin,
        origin,
    )
    assert spec_of(draft) == replace(shipped_scale(), label="2008-uk-3", title="Next")


def test_a_label_that_is_taken_is_told_with_one_that_is_free(client, admin):
    address = f"{NEW}?from={scale_version().pk}"

    answer = client.post(address, fields_of(client, address, label="2008-us", title="Kept as typed"))

    assert answer.status_code == 422
    expected = "Another version of the scale has this label. 2008-us-2 is free."
    assert error_beside(answer, "label") == expected
    assert form_on(answer, "form-1")["title"] == "Kept as typed"
    assert not ScaleVersion.objects.filter(status=Status.DRAFT).exists()


@pytest.mark.parametrize("origin", ["draft", "nowhere", "999999", ""])
def test_only_what_is_published_or_retired_is_copied(client, admin, origin):
    asked = draft_of().pk if origin == "draft" else origin

    assert client.get(f"{NEW}?from={asked}").status_code == 404


def test_the_page_offers_what_is_published(client, admin):
    answer = client.get(NEW)

    for version in ScaleVersion.objects.readable():
        assert f'href="?from={version.pk}"' in answer.content.decode()


def test_a_draft_begins_from_nothing_in_a_new_scale(client, admin):
    typed = {"scale": "+new", "scale_name": "IPS-Y", "scale_code": "ips-y", "title": "IPS-Y, first outline"}
    typed |= {"label": "outline-1", "language": "en-US", "minimum": "0", "maximum": "3"}

    answer = client.post(NEW, fields_of(client, NEW, **typed))

    draft = ScaleVersion.objects.get(scale__code="ips-y")
    assert answer.url == url(draft)
    scale = spec_of(draft)
    assert (scale.scale_name, scale.minimum, scale.maximum, scale.items) == ("IPS-Y", 0, 3, ())
    for page in ("", *(f"{part}/" for part in PARTS)):
        assert client.get(url(draft, page)).status_code == 200


def test_a_draft_begins_from_nothing_in_a_scale_that_is_there(client, admin):
    typed = {"scale": "ips-25", "title": "IPS-25, Welsh wording", "label": "2026-cy", "language": "cy"}

    client.post(NEW, fields_of(client, NEW, **typed))

    draft = ScaleVersion.objects.get(label="2026-cy")
    assert (draft.scale.code, draft.minimum, draft.maximum) == ("ips-25", 1, 5)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"scale_name": ""}, "scale_name"),
        ({"scale_code": ""}, "scale_code"),
        ({"scale_code": "ips-25"}, "scale_code"),
        ({"label": "two/words"}, "label"),
        ({"maximum": "0"}, "maximum"),
        ({"scale": "nowhere"}, "scale"),
    ],
)
def test_a_new_version_that_cannot_be_is_told_beside_its_field(client, admin, typed, field):
    sound = {"scale": "+new", "scale_name": "New", "scale_code": "new", "title": "New", "label": "1"}

    answer = client.post(NEW, fields_of(client, NEW, **(sound | {"language": "en-GB"} | typed)))

    assert answer.status_code == 422
    assert error_beside(answer, field)
    assert list(Scale.objects.values_list("code", flat=True)) == ["ips-25"]


# Looked over


def test_the_overview_says_what_the_draft_holds_and_who_made_it(client, admin):
    draft = draft_of(by=admin)
    save_bands(
        version=draft, bands=shipped_scale().bands[1:], based_on=fingerprint(shipped_scale().bands), by=admin
    )

    answer = client.get(url(draft))

    text = text_of(answer)
    assert "Drafted by Perpetua Vane on" in text
    assert "last changed by Perpetua Vane on" in text
    assert "3 sections · 25 items" in text
    assert "1 thing to mend before this draft can be published." in text
    assert "A total from 115 to 125" in text
    assert f'href="{url(draft, "bands/")}"' in answer.content.decode()


def test_the_overview_of_a_whole_draft_says_that_it_can_be_published(client, draft):
    answer = client.get(url(draft))

    assert "Nothing is missing: this draft can be published." in text_of(answer)
    assert f'href="{reverse("scales:publish_version", args=[draft.pk])}"' in answer.content.decode()


def test_what_is_missing_in_an_item_leads_to_its_editor(client, admin):
    empty = replace(shipped_scale().items[0], measures="")
    sections = shipped_scale().sections
    first = replace(sections[0], items=(empty, *sections[0].items[1:]))
    draft = draft_of(replace(shipped_scale(), sections=(first, *sections[1:])), by=admin)

    page = client.get(url(draft)).content.decode()

    address = reverse("scales:draft_item", args=[draft.pk, empty.code])
    listed = page[page.index('id="to-do"') : page.index("<h2>Items</h2>")]
    assert f'<a href="{address}">Item 1, Caseload size</a>' in listed
    assert "1 to mend" in page


def test_many_things_to_mend_are_folded_away(client, admin):
    draft = draft_of(replace(shipped_scale(), minimum=0), by=admin)
    must = [found for found in version_findings(spec_of(draft)) if found.must]

    text = text_of(client.get(url(draft)))

    assert f"{len(must)} things to mend before this draft can be published." in text
    assert f"Show {len(must) - 8} more" in text


def test_the_overview_asks_as_much_of_the_database_whatever_the_draft_holds(
    client, draft, django_assert_max_num_queries
):
    small = draft_of(replace(shipped_scale(), sections=shipped_scale().sections[:1]), label="small")
    client.get(url(draft))
    with django_assert_max_num_queries(40) as counted:
        client.get(url(small))
    few = len(counted)
    with django_assert_max_num_queries(few):
        client.get(url(draft))


# Deleted


def test_a_draft_is_deleted_after_one_more_question(client, draft):
    address = url(draft, "delete/")

    asked = client.get(address)
    assert "25 items with their anchors" in text_of(asked)
    assert ScaleVersion.objects.filter(pk=draft.pk).exists()

    answer = client.post(address)
    assert answer.url == reverse("reviews:library")
    assert not ScaleVersion.objects.filter(pk=draft.pk).exists()


def test_reading_a_page_writes_nothing(client, draft):
    before = now(draft)
    for page in ("", *(f"{part}/" for part in PARTS), "delete/"):
        assert read(client.get(url(draft, page))).forms

    assert (now(draft).changed_at, spec_of(draft)) == (before.changed_at, before.to_spec())
