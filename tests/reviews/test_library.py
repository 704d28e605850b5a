"""The library of scale definitions: what is there, who published it, where it is in use, and who sees which of it."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.permissions import Role
from reviews.models import Review, Stage
from scales.actions.drafting import draft_profile, draft_version
from scales.actions.publishing import publish_version, retire_version
from scales.models import SettingProfile
from tests.factories.accounts import UserFactory, scale_administrator
from tests.factories.programs import MembershipFactory, ProgramFactory, SettingFactory, SiteFactory
from tests.factories.reviews import ReviewFactory
from tests.factories.scales import setting_profile, shipped_profile, shipped_scale
from tests.reviews.pages import read, text_of

pytestmark = pytest.mark.django_db

LIBRARY = "/scales/"


@pytest.fixture
def admin():
    return scale_administrator()


def library(client, user):
    client.force_login(user)
    return client.get(LIBRARY)


def rows_of(answer) -> dict:
    """Label of a version to its row."""
    return {
        row.version.label: row
        for scale in answer.context["scales"]
        for row in (*scale.versions, *scale.retired)
    }


def use_of(answer, profile: SettingProfile) -> tuple:
    rows = rows_of(answer)[profile.version.label].profiles
    return figures(next(row.use for row in rows if row.profile == profile))


def figures(use) -> tuple:
    return use.under_way, use.issued, sorted(use.programs)


def next_version(admin, label: str = "2026-uk"):
    """A draft of the next British version."""
    origin = setting_profile().version
    definition = replace(shipped_scale(), label=label, title=f"IPS-25, {label}")
    return draft_version(definition=definition, by=admin, copied_from=origin)


# What is there, and to whom


def test_a_scale_shows_its_versions_and_their_profiles(client):
    setting_profile("primary-care")

    answer = library(client, UserFactory())

    assert {"2008-uk", "2008-us"} <= set(rows_of(answer))
    titles = [row.profile.title for row in rows_of(answer)["2008-uk"].profiles]
    assert shipped_profile("primary-care").title in titles
    assert "English (United Kingdom)" in text_of(answer)


def test_a_library_without_a_scale_says_so(client, no_definitions):
    assert "No scale is loaded yet." in text_of(library(client, UserFactory()))


def test_drafts_are_their_editors_alone(client, admin):
    draft = next_version(admin)
    spec = replace(shipped_profile("primary-care"), code="prison", title="Prison leavers, draft")
    profile = draft_profile(definition=spec, version=setting_profile().version, by=admin)

    theirs = library(client, UserFactory())
    ours = library(client, admin)

    assert draft.title not in text_of(theirs)
    assert profile.title not in text_of(theirs)
    assert f"/drafts/versions/{draft.pk}/" in ours.content.decode()
    assert f"/drafts/profiles/{profile.pk}/publish/" in ours.content.decode()
    assert f"Drafted by {admin.name}" in text_of(ours)


def test_drafts_stand_first_and_what_is_retired_stands_apart(client, admin):
    version = next_version(admin)
    publish_version(version=version, by=admin, note="Clearer words.")
    retire_version(version=version, by=admin, note="A slip in item 3.")
    next_version(admin, "2027-uk")

    answer = library(client, admin)

    scale = answer.context["scales"][0]
    assert [row.version.label for row in scale.versions] == ["2027-uk", "2008-uk", "2008-us"]
    assert [row.version.label for row in scale.retired] == ["2026-uk"]
    said = text_of(answer)
    assert "1 retired version" in said
    assert f"Published by {admin.name}" in said
    assert "Clearer words." in said
    assert f"Retired by {admin.name}" in said
    assert "A slip in item 3." in said


def test_readers_read_compare_and_save_and_editors_do_the_rest(client, admin):
    version = setting_profile().version
    for_editors = [
        "/drafts/upload/",
        f"/drafts/versions/new/?from={version.pk}",
        f"/drafts/profiles/new/?version={version.pk}",
        f"/scales/versions/{version.pk}/retire/",
        f"/scales/profiles/{setting_profile().pk}/retire/",
    ]
    for_all = [
        "/scales/ips-25/2008-uk/",
        "/scales/ips-25/2008-uk/yaml/",
        "/scales/ips-25/2008-uk/profiles/primary-care/yaml/",
        f"/scales/compare/?before={version.pk}",
    ]

    theirs = library(client, UserFactory()).content.decode()
    ours = library(client, admin).content.decode()

    assert [one for one in for_all if f'href="{one}"' not in theirs] == []
    assert [one for one in for_editors if f'href="{one}"' in theirs] == []
    assert [one for one in (*for_all, *for_editors) if f'href="{one}"' not in ours] == []


def test_every_link_of_the_library_opens(client, admin):
    next_version(admin)
    answer = library(client, admin)
    addresses = set(hrefs(answer, "/scales/")) | set(hrefs(answer, "/drafts/"))

    assert len(addresses) > 20
    assert {one: code for one in addresses if (code := client.get(one).status_code) != 200} == {}


def hrefs(answer, begin: str) -> list[str]:
    parts = answer.content.decode().split('href="')[1:]
    return [one for part in parts if (one := part.split('"')[0].replace("&amp;", "&")).startswith(begin)]


# Where it is in use


def test_reviews_are_counted_by_version_and_profile_under_way_and_issued(client, admin):
    uk, care = setting_profile(), setting_profile("primary-care")
    ReviewFactory.create_batch(2)
    ReviewFactory(setting="primary-care")
    Review.objects.filter(pk=ReviewFactory().pk).update(stage=Stage.ISSUED)
    Review.objects.filter(pk=ReviewFactory().pk).update(stage=Stage.CANCELLED)

    answer = library(client, admin)

    assert figures(rows_of(answer)["2008-uk"].use)[:2] == (3, 1)
    assert use_of(answer, uk)[:2] == (2, 1)
    assert use_of(answer, care)[:2] == (1, 0)
    assert "3 reviews under way, 1 issued" in text_of(answer)


def test_a_program_is_named_where_it_starts_and_a_profile_where_it_has_a_site_of_the_setting(client, admin):
    review = ReviewFactory(setting="primary-care")
    program = review.site.program
    SiteFactory(program=program, setting=SettingFactory(code="community-forensic"))

    answer = library(client, admin)

    assert rows_of(answer)["2008-uk"].use.programs == [program.name]
    assert use_of(answer, setting_profile("community-forensic"))[2] == [program.name]
    assert use_of(answer, setting_profile("community-mental-health"))[2] == []
    assert use_of(answer, setting_profile("primary-care", "us"))[2] == []


def test_many_programs_are_counted_and_named_on_request(client, admin):
    ProgramFactory.create_batch(6)

    assert "6 programs start with it" in text_of(library(client, admin))


@pytest.mark.parametrize("role", [Role.PROGRAM_MANAGER, Role.VIEWER, Role.PROGRAM_LEAD])
def test_others_see_counts_of_what_they_may_see(client, role):
    elsewhere, own = ReviewFactory(), ReviewFactory()
    Review.objects.filter(pk__in=[elsewhere.pk, own.pk]).update(stage=Stage.ISSUED)
    planned = ReviewFactory(site__program=own.site.program)
    person = MembershipFactory(program=own.site.program, role=role.value).user

    answer = library(client, person)

    seen = Review.objects.visible_to(person)
    assert figures(rows_of(answer)["2008-uk"].use) == (
        seen.filter(pk=planned.pk).count(),
        seen.filter(stage=Stage.ISSUED).count(),
        [own.site.program.name],
    )
    assert elsewhere.site.program.name not in text_of(answer)


def test_a_stranger_to_all_programs_sees_definitions_and_no_use(client):
    ReviewFactory()

    answer = library(client, UserFactory(is_user_admin=True))

    assert all(row.use.is_none for row in rows_of(answer).values())


def test_the_number_of_queries_does_not_grow(client, admin):
    client.force_login(admin)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(LIBRARY)
        return len(seen)

    ReviewFactory()
    queries()
    before = queries()
    for number in range(3):
        version = next_version(admin, f"{number}-uk")
        publish_version(version=version, by=admin, note="x")
        spec = replace(shipped_profile("primary-care"), code=f"more-{number}", scale_label=version.label)
        draft_profile(definition=spec, version=version, by=admin)
    ReviewFactory.create_batch(4)

    assert queries() == before
    assert before <= 14


# The pages of one version and of one profile


def test_a_version_tells_who_published_it_when_and_why_and_what_it_came_from(client, admin):
    version = next_version(admin)
    publish_version(version=version, by=admin, note="Clearer words.")
    client.force_login(UserFactory())

    page = client.get("/scales/ips-25/2026-uk/")

    said = text_of(page)
    assert f"Published by {admin.name}" in said
    assert "Clearer words." in said
    assert f"Compare with {version.copied_from.title}, which it was drafted from" in said
    assert f"before={version.copied_from_id}&amp;after={version.pk}" in page.content.decode()
    assert "/scales/ips-25/2026-uk/yaml/" in page.content.decode()
    assert "Draft the next version from it" not in said
    client.force_login(admin)
    assert "Draft the next version from it" in text_of(client.get("/scales/ips-25/2026-uk/"))


def test_a_profile_has_a_list_to_jump_from_and_every_jump_lands(client):
    setting_profile("primary-care")
    client.force_login(UserFactory())

    page = client.get("/scales/ips-25/2008-uk/profiles/primary-care/")

    jumps = [one.removeprefix("#") for one in hrefs(page, "#")]
    assert "item-caseload-size" in jumps
    assert set(jumps) - {"main"} <= set(read(page).by_id)
