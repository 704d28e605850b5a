"""Copy the profiles of an earlier version to a later one, as drafts, in one act."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scales.actions.carrying_over import carry_over_profiles, carrying_over
from scales.actions.drafting import draft_profile, draft_version
from scales.actions.publishing import publish_version
from scales.actions.refusals import NotAllowed, NotThere
from scales.models import ScaleVersion
from tests.factories.accounts import UserFactory, scale_administrator
from tests.factories.scales import draft_of, scale_version, setting_profile, shipped_profile, shipped_scale
from tests.reviews.pages import text_of

pytestmark = pytest.mark.django_db

SETTINGS = ("community-forensic", "community-mental-health", "primary-care")


@pytest.fixture
def by():
    return scale_administrator()


@pytest.fixture
def later(by) -> ScaleVersion:
    """The next version, drafted from the shipped one with its three profiles: one item gone, one anchor moved."""
    for setting in SETTINGS:
        setting_profile(setting)
    origin, scale, number, sections = scale_version(), shipped_scale(), 0, []
    for section in scale.sections:
        items = []
        for item in section.items:
            if item.code == "team-assignment":
                continue
            number += 1
            anchors = item.anchors
            if item.code == "caseload-size":
                anchors = tuple(
                    replace(one, upper=Decimal(18)) if one.points == 5 else one for one in anchors
                )
            items.append(replace(item, number=number, number_in_section=len(items) + 1, anchors=anchors))
        sections.append(replace(section, items=tuple(items)))
    scale = replace(scale, label="next", title="IPS-25, next", sections=tuple(sections), bands=())
    everything = replace(
        shipped_scale().bands[0], label="All", lowest=scale.lowest_total, highest=scale.highest_total
    )
    draft = draft_version(definition=replace(scale, bands=(everything,)), by=by, copied_from=origin)
    return publish_version(version=draft, by=by, note="Next.")


def address(version) -> str:
    return f"/scales/versions/{version.pk}/profiles/"


def test_every_profile_is_copied_as_a_draft_without_the_items_that_are_gone(by, later):
    carry_over_profiles(version=later, by=by)

    drafts = {profile.setting: profile for profile in later.profiles.select_related("version__scale")}
    assert tuple(sorted(drafts)) == SETTINGS
    copy, origin = drafts["primary-care"].to_spec(), shipped_profile("primary-care")
    assert [row.item for row in copy.adjustments] == [
        row.item for row in origin.adjustments if row.item != "team-assignment"
    ]
    assert (copy.title, copy.in_words, copy.summary) == (origin.title, origin.in_words, origin.summary)
    assert drafts["primary-care"].copied_from == setting_profile("primary-care")
    assert {profile.status for profile in drafts.values()} == {"draft"}


def test_items_left_out_and_items_whose_anchors_moved_are_named_first(client, by, later):
    client.force_login(by)

    page = text_of(client.get(address(later)))

    assert "Left out, for this version has no such items: Team assignment." in page
    assert "The anchors of these items moved, so read what is said of them again: Caseload size." in page
    assert not later.profiles.exists()


def test_the_page_of_a_new_version_offers_it_and_the_drafts_say_what_to_read(client, by, later):
    client.force_login(by)
    offered = text_of(client.get(f"/scales/ips-25/{later.label}/"))

    answer = client.post(address(later), follow=True)

    assert "3 setting profiles of IPS-25, UK wording, 2008 have no counterpart here yet." in offered
    assert "3 profiles are copied as drafts." in text_of(answer)
    copy = later.profiles.get(setting="primary-care")
    draft = text_of(client.get(f"/drafts/profiles/{copy.pk}/"))
    assert "Read again what is said of the items whose anchors moved" in draft
    assert "counterpart" not in text_of(client.get(f"/scales/ips-25/{later.label}/"))


def test_a_setting_that_has_a_profile_there_is_not_copied_again(client, by, later):
    draft_profile(definition=shipped_without_gone_item(), version=later, by=by)
    client.force_login(by)

    client.post(address(later))
    again = client.post(address(later), follow=True)

    assert sorted(later.profiles.values_list("setting", flat=True)) == list(SETTINGS)
    assert "There was nothing left to copy." in text_of(again)
    assert "There is nothing to copy" in text_of(client.get(address(later)))


def shipped_without_gone_item():
    profile = shipped_profile("primary-care")
    rows = tuple(row for row in profile.adjustments if row.item != "team-assignment")
    return replace(profile, adjustments=rows)


def test_another_wording_gives_no_profiles(by, later):
    setting_profile("primary-care", "us")

    assert carrying_over(later).origin == scale_version()
    assert carrying_over(scale_version("us")).origin is None


def test_a_draft_version_takes_none(by):
    with pytest.raises(NotThere):
        carry_over_profiles(version=draft_of(by=by), by=by)


def test_who_edits_no_definitions_copies_nothing(client, later):
    client.force_login(UserFactory(is_user_admin=True))

    assert client.get(address(later)).status_code == 403
    assert client.post(address(later)).status_code == 403
    with pytest.raises(NotAllowed):
        carry_over_profiles(version=later, by=UserFactory())
    assert not later.profiles.exists()
