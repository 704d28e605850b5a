"""The parts of a version's draft: shown, changed, told when they make no sense, and never written over unasked."""

from dataclasses import replace

import pytest
from django.urls import reverse

from scales.actions.editing import save_bands, save_head, save_outline
from scales.parts import fingerprint, head_of, outline_of
from tests.factories.accounts import UserFactory
from tests.factories.scales import draft_of, shipped_scale
from tests.reviews.pages import error_beside, form_on, text_at, text_of
from tests.scales.version_pages import PARTS, fields_of, now, spec_of, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    user = UserFactory(name="Perpetua Vane", is_scale_admin=True)
    client.force_login(user)
    return user


@pytest.fixture
def draft(admin):
    return draft_of(by=admin)


# Changed part by part


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_nobody_touched_is_no_change(client, draft, part):
    address = url(draft, f"{part}/")

    answer = client.post(address, fields_of(client, address))

    assert (answer.status_code, answer.url) == (302, address)
    assert spec_of(draft) == replace(shipped_scale(), label="next")
    assert now(draft).changed_at is None


def test_the_head_is_changed(client, draft, admin):
    address = url(draft, "about/")

    client.post(
        address, fields_of(client, address, title="Renamed", permission="By letter of 3 May.\r\nFor the UK.")
    )

    scale = spec_of(draft)
    assert (scale.title, scale.permission) == ("Renamed", "By letter of 3 May.\nFor the UK.")
    assert now(draft).changed_by == admin


def test_a_scale_with_published_versions_keeps_its_name_in_the_head(client, draft):
    address = url(draft, "about/")
    assert "It has published versions, so its name and code stay." in text_of(client.get(address))

    client.post(address, fields_of(client, address, scale_name="Other", scale_code="other"))

    assert (spec_of(draft).scale_name, spec_of(draft).scale_code) == ("IPS-25", "ips-25")


def test_a_scale_that_is_only_drafted_can_be_renamed(client, admin):
    draft = draft_of(replace(shipped_scale(), scale_code="own", scale_name="Own"), by=admin)
    address = url(draft, "about/")

    client.post(address, fields_of(client, address, scale_name="Our own", scale_code="our-own"))

    assert (spec_of(draft).scale_name, spec_of(draft).scale_code) == ("Our own", "our-own")


def test_the_label_of_another_version_is_told_beside_the_field(client, draft):
    address = url(draft, "about/")

    answer = client.post(address, fields_of(client, address, label="2008-uk"))

    assert answer.status_code == 422
    assert "2008-uk-2 is free" in error_beside(answer, "label")
    assert "There is something to mend" in text_of(answer)


def test_the_name_of_another_scale_is_told_beside_the_field(client, admin):
    draft = draft_of(replace(shipped_scale(), scale_code="own", scale_name="Own"), by=admin)
    address = url(draft, "about/")

    answer = client.post(address, fields_of(client, address, scale_code="ips-25"))

    assert answer.status_code == 422
    assert "its name is IPS-25" in error_beside(answer, "scale_code")


def test_other_points_say_what_the_checks_will_ask_before_and_after_saving(client, draft):
    address = url(draft, "about/")

    looked = client.post(address, fields_of(client, address, maximum="4") | {"go": "look"})
    assert "25 items have anchors outside these scores" in text_at(looked, "follows")
    assert spec_of(draft).maximum == 5

    saved = client.post(address, fields_of(client, address, maximum="4"), follow=True)
    assert "25 items have anchors outside these scores" in text_of(saved)
    assert spec_of(draft).maximum == 4


def test_bands_are_changed_and_told_live_without_saving(client, draft):
    address = url(draft, "bands/")

    looked = client.post(address, fields_of(client, address, rows__0__highest="120") | {"go": "look"})
    assert "A total from 121 to 125" in text_at(looked, "coverage")
    assert spec_of(draft).bands == shipped_scale().bands

    whole = client.get(address)
    assert text_at(whole, "coverage") == "Every total from 25 to 125 is in exactly one band."

    client.post(address, fields_of(client, address, rows__0__lowest="116", rows__1__highest="115"))
    assert [(band.lowest, band.highest) for band in spec_of(draft).bands][:2] == [(116, 125), (100, 115)]


def test_a_band_that_makes_no_sense_is_told_and_nothing_typed_is_lost(client, draft):
    address = url(draft, "bands/")

    answer = client.post(address, fields_of(client, address, rows__0__lowest="x", rows__1__label="Mine"))

    assert answer.status_code == 422
    assert "<title>Error:" in answer.content.decode()
    assert error_beside(answer, "rows-0-lowest")
    fields = form_on(answer, "form-1")
    assert (fields["rows-0-lowest"], fields["rows-1-label"]) == ("x", "Mine")
    assert spec_of(draft).bands == shipped_scale().bands


@pytest.mark.parametrize(("part", "number"), [("bands", 4), ("evidence", 5), ("principles", 8)])
def test_a_row_is_added_without_script_and_without_saving(client, draft, part, number):
    address = url(draft, f"{part}/")

    answer = client.post(address, fields_of(client, address) | {"go": "add"})

    fields = form_on(answer, "form-1")
    assert fields["rows-TOTAL_FORMS"] == str(number + 1)
    assert fields[f"rows-{number}-before"] == ""
    assert "data-unsaved" in answer.content.decode()
    assert spec_of(draft) == replace(shipped_scale(), label="next")


def test_kinds_of_evidence_and_principles_say_which_items_name_them(client, draft):
    assert "Named by 8 items: 1, 2, 3, 4, 5, 7, 8, 25" in text_of(client.get(url(draft, "evidence/")))
    assert "Named by 1 item: 12" in text_of(client.get(url(draft, "principles/")))


def test_a_code_that_goes_leaves_the_items_to_the_checks(client, draft):
    address = url(draft, "evidence/")

    client.post(address, fields_of(client, address, rows__0__remove="on"))

    assert [row.code for row in spec_of(draft).evidence_sources] == ["DOC", "INT", "OBS", "ISP"]
    assert "8 things to mend before this draft can be published." in text_of(client.get(url(draft)))


# The outline


def test_an_item_is_moved_by_a_button_and_saved(client, draft):
    address = url(draft, "outline/")
    first, second = (item.code for item in shipped_scale().items[:2])

    moved = client.post(address, fields_of(client, address) | {"go": "down:items:0"})
    assert text_at(moved, "told") == "Caseload size is item 2 now."
    assert spec_of(draft).items[0].code == first

    client.post(address, form_on(moved, "form-1") | {"go": "save"})
    items = spec_of(draft).items
    assert [(item.code, item.number) for item in items[:2]] == [(second, 1), (first, 2)]
    assert items[1].anchors == shipped_scale().items[0].anchors


def test_an_item_is_moved_to_another_section_by_its_fields_alone(client, draft):
    address = url(draft, "outline/")
    code = shipped_scale().items[0].code

    client.post(address, fields_of(client, address, items__0__section="2", items__0__place="2"))

    scale = spec_of(draft)
    assert scale.sections[2].items[1].code == code
    assert (scale.item(code).number, scale.item(code).number_in_section) == (12, 2)


def test_what_goes_with_an_item_is_said_before_and_after(client, draft):
    address = url(draft, "outline/")
    ticked = fields_of(client, address, items__0__remove="on")

    told = client.post(address, ticked | {"go": "arrange"})
    assert "goes when you save, with 5 anchors, 0 components and 0 questions" in text_of(told)

    gone = client.post(address, form_on(told, "form-1") | {"go": "save"}, follow=True)
    assert "1 item is removed from the draft: Caseload size." in text_of(gone)
    assert len(spec_of(draft).items) == 24


def test_a_section_that_goes_says_how_many_items_go_with_it(client, draft):
    address = url(draft, "outline/")
    ticked = fields_of(client, address, sections__0__remove="on")

    told = client.post(address, ticked | {"go": "arrange"})

    assert "and 3 items with their anchors go with it" in text_of(told)


def test_a_first_section_and_item_are_made_from_nothing(client, admin):
    draft = draft_of(replace(shipped_scale(), sections=(), bands=()), by=admin)
    address = url(draft, "outline/")
    typed = fields_of(client, address, sections__0__title="Part one", sections__0__code="")

    added = form_on(client.post(address, typed | {"go": "add:0"}), "form-1")
    client.post(address, added | {"items-0-title": "Caseload size", "go": "save"})

    section = spec_of(draft).sections[0]
    assert (section.code, section.title) == ("part-one", "Part one")
    assert [(item.code, item.number, item.short_title) for item in section.items] == [
        ("caseload-size", 1, "Caseload size")
    ]


def test_an_item_links_to_its_editor(client, draft):
    page = client.get(url(draft, "outline/")).content.decode()

    for item in shipped_scale().items:
        assert f'href="{reverse("scales:draft_item", args=[draft.pk, item.code])}"' in page


# Two administrators at one draft


def renamed_outline(scale):
    first = outline_of(scale)[0]
    return (replace(first, title="Theirs"), *outline_of(scale)[1:])


CHANGES = {
    "about": (
        {"title": "Mine"},
        lambda draft, scale, by: save_head(
            version=draft,
            head=replace(head_of(scale), title="Theirs"),
            based_on=fingerprint(head_of(scale)),
            by=by,
        ),
        lambda scale: scale.title,
    ),
    "bands": (
        {"rows__0__label": "Mine"},
        lambda draft, scale, by: save_bands(
            version=draft,
            bands=(replace(scale.bands[0], label="Theirs"), *scale.bands[1:]),
            based_on=fingerprint(scale.bands),
            by=by,
        ),
        lambda scale: scale.bands[0].label,
    ),
    "outline": (
        {"sections__0__title": "Mine"},
        lambda draft, scale, by: save_outline(
            version=draft,
            outline=renamed_outline(scale),
            based_on=fingerprint(outline_of(scale)),
            by=by,
        ),
        lambda scale: scale.sections[0].title,
    ),
}


@pytest.mark.parametrize("part", CHANGES)
def test_the_second_to_save_is_told_and_overwrites_nobody_unasked(client, draft, part):
    typed, theirs, said = CHANGES[part]
    address = url(draft, f"{part}/")
    fields = fields_of(client, address, **typed)
    theirs(draft, spec_of(draft), UserFactory(is_scale_admin=True))

    answer = client.post(address, fields)

    assert answer.status_code == 409
    assert "saved this while you had it open" in text_of(answer)
    assert "<title>Error:" not in answer.content.decode()
    assert "Theirs" in text_of(answer)
    assert said(spec_of(draft)) == "Theirs"

    again = form_on(answer, "form-1")
    assert client.post(address, again | {"go": "save"}).status_code == 302
    assert said(spec_of(draft)) == "Mine"


def test_two_parts_of_one_draft_are_in_nobodys_way(client, draft):
    fields = fields_of(client, url(draft, "about/"), title="Mine")
    CHANGES["bands"][1](draft, spec_of(draft), UserFactory(is_scale_admin=True))

    assert client.post(url(draft, "about/"), fields).status_code == 302
    assert (spec_of(draft).title, spec_of(draft).bands[0].label) == ("Mine", "Theirs")
