"""Begin a setting profile: for a setting that sites have or a new one, from another profile or from nothing."""

from dataclasses import replace

import pytest
from django.db.models import Max

from programs.models import Setting
from reviews.actions.profiles import NewProfile, begin_profile, fitting_adjustments, setting_named
from reviews.actions.refusals import NotNow
from scales.actions.drafting import draft_version
from scales.actions.publishing import publish_profile, publish_version, retire_version
from scales.actions.refusals import NotThere
from scales.models import SettingProfile
from scales.spec import ReanchoredThreshold
from tests.factories.accounts import UserFactory
from tests.factories.programs import SettingFactory
from tests.factories.reviews import ReviewFactory
from tests.factories.scales import scale_version, setting_profile, shipped_profile, shipped_scale
from tests.reviews.pages import error_beside, form_on, text_of

pytestmark = pytest.mark.django_db

NEW = "/drafts/profiles/new/"


@pytest.fixture
def admin(client):
    user = UserFactory(is_scale_admin=True)
    client.force_login(user)
    return user


def newest() -> SettingProfile:
    latest = SettingProfile.objects.aggregate(latest=Max("pk"))["latest"]
    return SettingProfile.objects.select_related("version__scale").get(pk=latest)


def begin(client, address: str = NEW, **typed):
    fields = form_on(client.get(address), "form-1") | typed
    return client.post(address, fields)


def new(name: str = "Prison leavers", setting: Setting | None = None) -> NewProfile:
    return NewProfile(setting=setting, setting_name=name, title=name, in_words=name, summary=name)


def next_version(admin, without: str = ""):
    """A version of the scale published after the shipped one, without one of its items."""
    scale = replace(shipped_scale(), label="next", bands=())
    number, sections = 0, []
    for section in scale.sections:
        items = []
        for item in section.items:
            if item.code != without:
                number += 1
                items.append(replace(item, number=number, number_in_section=len(items) + 1))
        sections.append(replace(section, items=tuple(items)))
    scale = replace(scale, sections=tuple(sections))
    bottom = replace(
        shipped_scale().bands[0], label="All", lowest=scale.lowest_total, highest=scale.highest_total
    )
    draft = draft_version(definition=replace(scale, bands=(bottom,)), by=admin)
    return publish_version(version=draft, by=admin, note="Next.")


# Who may


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_edits_no_definitions_meets_403(client, method):
    client.force_login(UserFactory(is_user_admin=True))

    assert getattr(client, method)(NEW).status_code == 403


def test_who_edits_no_definitions_begins_none_by_another_way_either():
    with pytest.raises(NotNow):
        begin_profile(version=scale_version(), new=new(), by=UserFactory())
    assert not Setting.objects.filter(name="Prison leavers").exists()


# From nothing


NAMED = {"setting_name": "Prison leavers", "in_words": "work with prison leavers"}


def test_a_name_and_its_words_begin_a_profile_of_a_new_setting(client, admin):
    answer = begin(client, **NAMED)

    profile = newest()
    spec = profile.to_spec()
    assert answer.url == f"/drafts/profiles/{profile.pk}/"
    assert Setting.objects.get(code="prison-leavers").name == "Prison leavers"
    assert (spec.code, spec.setting) == ("prison-leavers", "prison-leavers")
    assert (spec.title, spec.in_words) == ("Prison leavers", "work with prison leavers")
    assert "Prison leavers" in spec.summary
    assert (spec.adjustments, spec.sources, spec.notes) == ((), (), ())
    assert (profile.created_by, profile.copied_from, profile.is_draft) == (admin, None, True)


def test_it_can_be_published_as_it_is(client, admin):
    begin(client, **NAMED)

    assert publish_profile(profile=newest(), by=admin, note="First.").status == "published"


def test_what_is_typed_stands_in_place_of_what_is_proposed(client, admin):
    typed = {
        "title": "After prison",
        "in_words": "work with prison leavers",
        "summary": "For those who leave.",
    }

    begin(client, setting_name="Prison leavers", **typed)

    spec = newest().to_spec()
    assert {name: getattr(spec, name) for name in typed} == typed


def test_the_newest_version_in_the_language_of_the_person_comes_first(client, admin):
    page = client.get(NEW, headers={"accept-language": "en-us"})

    assert form_on(page, "form-1")["version"] == str(scale_version("us").pk)


# The setting


@pytest.mark.parametrize("is_known", [True, False])
def test_a_setting_without_a_profile_is_asked_how_a_sentence_names_it(client, admin, is_known):
    typed = {"setting_name": "Prison leavers"}
    if is_known:
        typed = {"setting": SettingFactory(code="prison", name="Prison leavers").pk}

    answer = begin(client, **typed)

    assert answer.status_code == 422
    assert "how a sentence names the setting" in error_beside(answer, "in_words")
    assert not SettingProfile.objects.filter(status="draft").exists()


def test_a_setting_with_a_profile_is_named_as_before(client, admin):
    begin(client, **NAMED)
    publish_profile(profile=newest(), by=admin, note="First.")

    answer = begin(client, setting=Setting.objects.get(code="prison-leavers").pk)

    assert newest().in_words == "work with prison leavers"
    assert "another profile for the same setting: “Prison leavers”" in text_of(client.get(answer.url))


@pytest.mark.parametrize("name", ["Prison leavers", "PRISON LEAVERS", " prison leavers "])
def test_a_setting_that_is_there_is_not_added_twice(client, admin, name):
    there = SettingFactory(code="prison", name="Prison leavers")

    begin(client, **NAMED | {"setting_name": name})

    assert newest().setting == "prison"
    assert list(Setting.objects.filter(name__iexact="prison leavers")) == [there]


def test_a_setting_of_another_name_keeps_its_code():
    SettingFactory(code="prison-leavers", name="Leavers of one prison")

    assert setting_named("Prison leavers").code == "prison-leavers-2"
    assert setting_named("釈放者").code == "setting"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"setting_name": ""}, "Choose a setting, or name a new one here."),
        ({"setting_name": "x" * 101}, "at most 100"),
        ({"setting_name": "a\x07b"}, "cannot be shown"),
    ],
)
def test_a_setting_is_asked_for(client, admin, typed, words):
    answer = begin(client, **{"title": "Kept", **typed})

    assert answer.status_code == 422
    assert words in error_beside(answer, "setting_name")
    assert form_on(answer, "form-1")["title"] == "Kept"
    assert SettingProfile.objects.filter(status="draft").count() == 0


def test_one_setting_and_not_two(client, admin):
    answer = begin(client, setting=SettingFactory().pk, setting_name="Prison leavers")

    assert answer.status_code == 422
    assert not Setting.objects.filter(code="prison-leavers").exists()


# From another profile


def test_a_copy_of_the_same_setting_keeps_its_words_and_gets_a_code_of_its_own(client, admin):
    origin = setting_profile("primary-care")
    setting = SettingFactory(code="primary-care")

    begin(client, f"{NEW}?from={origin.pk}", setting=setting.pk)

    copy = newest()
    assert copy.to_spec() == replace(shipped_profile("primary-care"), code="primary-care-2")
    assert copy.copied_from == origin


def test_a_copy_for_another_setting_says_the_same_of_the_items_under_its_own_name(client, admin):
    origin = setting_profile("primary-care")

    begin(client, f"{NEW}?from={origin.pk}", **NAMED)

    spec, before = newest().to_spec(), origin.to_spec()
    assert (spec.adjustments, spec.sources, spec.notes) == (before.adjustments, before.sources, before.notes)
    assert (spec.title, spec.setting) == ("Prison leavers", "prison-leavers")
    assert spec.summary != before.summary


def test_what_a_copy_says_of_items_that_the_version_lacks_is_left_out_and_told(client, admin):
    origin, version = setting_profile("primary-care"), next_version(admin, without="caseload-size")

    address = f"{NEW}?from={origin.pk}&version={version.pk}"
    begin(client, address, **NAMED)

    codes = [row.item for row in newest().to_spec().adjustments]
    assert codes == [row.item for row in origin.to_spec().adjustments if row.item != "caseload-size"]
    assert "Left out, for this version has no such items: Caseload size." in text_of(
        client.get(f"/drafts/profiles/{newest().pk}/")
    )


def test_bounds_for_scores_that_the_version_lacks_are_left_out():
    profile = shipped_profile("primary-care")
    first = replace(profile.adjustments[0], thresholds=(ReanchoredThreshold(5, "england", upper=25),))
    scale = replace(shipped_scale(), minimum=0, maximum=2)

    [fitting] = fitting_adjustments(replace(profile, adjustments=(first,)), scale)

    assert fitting.thresholds == ()
    assert (fitting.expected_loss.lowest, fitting.expected_loss.highest) == (2, 2)


def test_a_profile_of_another_scale_is_not_copied(client, admin):
    other = draft_version(
        definition=replace(shipped_scale(), scale_code="other", scale_name="Other", label="one"), by=admin
    )
    publish_version(version=other, by=admin, note="One.")

    answer = begin(
        client,
        version=other.pk,
        copied_from=setting_profile("primary-care").pk,
        setting_name="Prison leavers",
    )

    assert answer.status_code == 422
    assert "another scale" in error_beside(answer, "copied_from")


@pytest.mark.parametrize("query", ["?from=x", "?from=99999999999999", "?version=-1", "?from=&version="])
def test_an_address_that_names_nothing_begins_with_nothing(client, admin, query):
    assert form_on(client.get(NEW + query), "form-1")["copied_from"] == ""


# The version


def test_a_copy_goes_to_the_newest_version_in_the_wording_of_its_origin(client, admin):
    setting_profile("primary-care", "us")
    origin, newer = setting_profile("primary-care"), next_version(admin)
    retire_version(version=origin.version, by=admin, note="Over.")

    fields = form_on(client.get(f"{NEW}?from={origin.pk}", headers={"accept-language": "en-us"}), "form-1")

    assert (fields["version"], fields["copied_from"]) == (str(newer.pk), str(origin.pk))


def test_without_an_origin_the_wording_that_most_reviews_use_comes_first(client, admin):
    scale_version("us")
    ReviewFactory(profile=setting_profile(), version=scale_version())
    newer = next_version(admin)

    page = client.get(NEW, headers={"accept-language": "en-us"})

    assert form_on(page, "form-1")["version"] == str(newer.pk)


def test_a_version_that_was_retired_meanwhile_takes_no_new_profile(client, admin):
    version = next_version(admin)
    fields = form_on(client.get(f"{NEW}?version={version.pk}"), "form-1") | NAMED
    retire_version(version=version, by=admin, note="Over.")

    assert client.post(NEW, fields).status_code == 422
    with pytest.raises(NotThere):
        begin_profile(version=version, new=new(), by=admin)
    assert not Setting.objects.filter(code="prison-leavers").exists()
