"""What a draft still says in the words of another setting, and two profiles for one setting."""

from dataclasses import replace

import pytest

from scales.actions.drafting import draft_profile
from scales.actions.editing_profiles import save_adjustment
from scales.actions.publishing import publish_profile
from scales.copied import still_copied
from scales.models import SettingProfile
from scales.parts import fingerprint
from scales.spec import Degree, ExpectedLoss
from tests.factories.accounts import UserFactory, scale_administrator
from tests.factories.scales import scale_version, setting_profile, shipped_profile
from tests.reviews.pages import text_of

pytestmark = pytest.mark.django_db

FORENSIC = shipped_profile("community-forensic")


@pytest.fixture
def by(client):
    user = scale_administrator()
    client.force_login(user)
    return user


def copy_for(setting: str, by) -> SettingProfile:
    return draft_profile(
        definition=replace(FORENSIC, code="another", setting=setting, title="Another"),
        version=scale_version(),
        by=by,
        copied_from=setting_profile("community-forensic"),
    )


def page(client, draft, part: str = "") -> str:
    return text_of(client.get(f"/drafts/profiles/{draft.pk}/{part}"))


def test_texts_are_counted_where_they_are_as_copied():
    row = next(row for row in FORENSIC.adjustments if len(row.statements) > 1)
    changed = replace(row, statements=(replace(row.statements[0], text="Ours."), *row.statements[1:]))
    own = replace(FORENSIC, adjustments=(changed,), notes=())

    found = still_copied(own, FORENSIC)

    assert found.items == {row.item: len(row.statements) - 1 + len(row.unrated_reasons)}
    assert found.general == len(FORENSIC.unrated_reasons)
    assert still_copied(FORENSIC, FORENSIC).total > found.total


def test_a_copy_for_another_setting_says_what_to_read_until_it_is_changed(client, by):
    draft = copy_for("prison-leavers", by)
    row = next(row for row in FORENSIC.adjustments if row.statements)
    total = still_copied(FORENSIC, FORENSIC).total
    assert f"Read the {total} statements that still stand as in Community forensic" in page(client, draft)
    assert "Copied from Community forensic, word for word." in page(client, draft, f"items/{row.item}/")
    assert "Copied from Community forensic, word for word." in page(client, draft, "general/")

    stored = draft.to_spec().adjustment(row.item)
    save_adjustment(
        profile=draft, adjustment=replace(stored, statements=()), based_on=fingerprint(stored), by=by
    )

    left = total - len(row.statements)
    assert f"Read the {left} statements" in page(client, draft)


def test_a_copy_for_the_same_setting_says_nothing_of_it(client, by):
    draft = copy_for(FORENSIC.setting, by)

    assert "still stand as in" not in page(client, draft)
    assert "word for word" not in page(client, draft, "general/")


def test_publishing_names_another_profile_for_the_same_setting(client, by):
    draft, other = copy_for(FORENSIC.setting, by), setting_profile("community-forensic")

    publishing = page(client, draft, "publish/")
    publish_profile(profile=draft, by=by, note="Second.")
    address = f"/scales/ips-25/{other.version.label}/profiles/another/"
    published = client.get(address)
    client.force_login(UserFactory())

    told = "Another published profile of this version is for the same setting: “Community forensic”"
    assert told in publishing
    assert "New reviews of sites with this setting will begin with the one you publish here." in publishing
    assert told in text_of(published)
    assert f"/scales/profiles/{other.pk}/retire/" in published.content.decode()
    assert told not in text_of(client.get(address))


def test_a_loss_that_is_one_number_is_read_as_one(client, by):
    draft = copy_for("prison-leavers", by)
    stored = draft.to_spec().adjustment("caseload-size")
    two = replace(stored, degree=Degree.PARTLY, expected_loss=ExpectedLoss(2, 2, FORENSIC.sources[0].code))
    save_adjustment(profile=draft, adjustment=two, based_on=fingerprint(stored), by=by)
    publish_profile(profile=draft, by=by, note="First.")

    read = text_of(client.get(f"/scales/ips-25/{scale_version().label}/profiles/another/"))

    assert f"Known to cost 2 points ({FORENSIC.sources[0].code})" in read
    assert "2–2" not in read
