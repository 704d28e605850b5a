"""The pages that publish a draft and retire what is published."""

import re
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from scales.actions.drafting import draft_profile
from scales.actions.editing import save_item
from scales.actions.publishing import retire_version
from scales.models import ScaleVersion, SettingProfile, Status
from scales.parts import bare, fingerprint
from scales.spec import Adjustment, Degree
from tests.factories.accounts import scale_administrator
from tests.factories.scales import (
    draft_of,
    profile_draft_of,
    scale_version,
    setting_profile,
    shipped_profile,
    shipped_scale,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return scale_administrator()


@pytest.fixture
def editor(client, by):
    client.force_login(by)
    return client


def words(answer) -> str:
    main = answer.content.decode().partition("<main")[2]
    return re.sub(r"\s+", " ", strip_tags(main.replace("<", " <")))


def publishing(draft: ScaleVersion | SettingProfile) -> str:
    kind = "version" if isinstance(draft, ScaleVersion) else "profile"
    return reverse(f"scales:publish_{kind}", args=[draft.pk])


def retiring(definition: ScaleVersion | SettingProfile) -> str:
    kind = "version" if isinstance(definition, ScaleVersion) else "profile"
    return reverse(f"reviews:retire_{kind}", args=[definition.pk])


def without_a_measure(by) -> ScaleVersion:
    """A draft in which one item does not say what it measures."""
    scale = shipped_scale()
    first, *rest = scale.sections[0].items
    section = replace(scale.sections[0], items=(replace(first, measures=""), *rest))
    return draft_of(replace(scale, sections=(section, *scale.sections[1:])), by=by)


def test_a_sound_draft_is_published_with_who_when_and_why(editor, by):
    draft = draft_of(by=by)

    answer = editor.post(publishing(draft), {"note": "Clearer words for item 3."})

    draft.refresh_from_db()
    assert (draft.status, draft.published_by, draft.published_note) == (
        Status.PUBLISHED,
        by,
        "Clearer words for item 3.",
    )
    assert draft.published_at is not None
    assert answer.url == reverse("scales:version", args=[draft.scale.code, draft.label])


def test_a_profile_draft_is_published_the_same_way(editor, by):
    draft = profile_draft_of(by=by)

    answer = editor.post(publishing(draft), {"note": "For the new prison service."})

    draft.refresh_from_db()
    assert (draft.status, draft.published_by) == (Status.PUBLISHED, by)
    assert answer.url.endswith("/profiles/prison-leavers/")


def test_what_is_to_be_mended_is_listed_with_its_editor_and_there_is_no_button(editor, by):
    draft = without_a_measure(by)

    answer = editor.get(publishing(draft))

    assert "1 thing is to be mended before this draft can be published." in words(answer)
    assert "“What it measures” is empty." in words(answer)
    assert reverse("scales:draft_item", args=[draft.pk, "caseload-size"]) in answer.content.decode()
    assert 'name="note"' not in answer.content.decode()


def test_a_draft_that_is_not_ready_is_not_published(editor, by):
    draft = without_a_measure(by)

    answer = editor.post(publishing(draft), {"note": "Let us try."})

    draft.refresh_from_db()
    assert answer.status_code == 422
    assert draft.status == Status.DRAFT


def test_what_is_to_be_mended_in_a_profile_links_to_the_item_of_the_profile(editor, by):
    adjustment = Adjustment(item="caseload-size", degree=Degree.PARTLY)
    definition = replace(shipped_profile("primary-care"), code="bare", adjustments=(adjustment,))
    draft = draft_profile(definition=definition, version=scale_version(), by=by)

    answer = editor.get(publishing(draft))

    assert "nothing with a source says why" in words(answer)
    assert reverse("scales:profile_item", args=[draft.pk, "caseload-size"]) in answer.content.decode()


def test_notices_do_not_stand_in_the_way(editor, by):
    page = words(editor.get(publishing(draft_of(by=by))))

    assert "Nothing is missing: this draft can be published." in page
    assert "do not stand in the way" in page
    assert "30 is printed under both 2 and 1" in page


def test_a_note_is_asked_for(editor, by):
    draft = draft_of(by=by)

    answer = editor.post(publishing(draft), {"note": " "})

    draft.refresh_from_db()
    assert answer.status_code == 422
    assert "There is something to mend" in words(answer)
    assert draft.status == Status.DRAFT


def test_what_someone_changed_since_the_page_was_opened_is_not_published_unread(editor, by):
    draft = draft_of(by=by)
    read = editor.get(publishing(draft)).context["based_on"]
    item = bare(draft.to_spec().item("caseload-size"))
    changed = replace(item, note="Another note.")
    save_item(version=draft, code=item.code, item=changed, based_on=fingerprint(item), by=by)

    refused = editor.post(publishing(draft), {"note": "As read.", "based_on": read})
    again = editor.post(publishing(draft), {"note": "As read.", "based_on": refused.context["based_on"]})

    assert refused.status_code == 409
    assert "The draft was changed while you had this page open" in words(refused)
    assert "As read." in refused.content.decode()
    assert again.status_code == 302


def test_a_second_click_ends_on_what_the_first_published(editor, by):
    draft = draft_of(by=by)
    sent = {"note": "Ready."}

    answers = [editor.post(publishing(draft), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url


def test_a_profile_whose_version_was_retired_meanwhile_is_not_published(editor, by):
    draft = profile_draft_of(by=by)
    retire_version(version=draft.version, by=by, note="Out of use.")

    answer = editor.post(publishing(draft), {"note": "Ready."})

    assert answer.status_code == 422
    assert "The version that this profile belongs to is retired." in words(answer)


def test_the_page_says_what_changed_against_the_copied_version(editor, by):
    origin = scale_version()
    draft = without_a_measure(by)
    ScaleVersion.objects.filter(pk=draft.pk).update(copied_from=origin)

    answer = editor.get(publishing(draft))

    assert f"Against {origin.title}, which it was copied from: 1 item reworded." in words(answer)
    assert f"{reverse('scales:compare')}?before={origin.pk}&amp;after={draft.pk}" in answer.content.decode()


def test_the_page_says_what_changed_against_the_copied_profile(editor, by):
    origin = setting_profile("primary-care")
    draft = profile_draft_of(by=by)
    SettingProfile.objects.filter(pk=draft.pk).update(copied_from=origin)

    answer = editor.get(publishing(draft))

    assert "no item and no total is touched." in words(answer)
    assert f"?before={origin.pk}&amp;after={draft.pk}" in answer.content.decode()


@pytest.mark.parametrize("make", [scale_version, setting_profile])
def test_what_is_published_is_retired_with_a_note(editor, by, make):
    definition = make()

    answer = editor.post(retiring(definition), {"note": "Use the next one."})

    definition.refresh_from_db()
    assert answer.status_code == 302
    assert (definition.status, definition.retired_by, definition.retired_note) == (
        Status.RETIRED,
        by,
        "Use the next one.",
    )


@pytest.mark.parametrize("make", [scale_version, setting_profile])
def test_nothing_is_retired_without_a_note(editor, make):
    definition = make()

    answer = editor.post(retiring(definition), {"note": ""})

    definition.refresh_from_db()
    assert answer.status_code == 422
    assert definition.status == Status.PUBLISHED


def test_retiring_twice_changes_nothing(editor, by):
    profile = setting_profile()
    editor.post(retiring(profile), {"note": "First."})

    second = editor.post(retiring(profile), {"note": "Second."})

    profile.refresh_from_db()
    assert second.status_code == 302
    assert profile.retired_note == "First."
    assert editor.get(retiring(profile)).status_code == 404


@pytest.mark.parametrize("make", [draft_of, profile_draft_of])
def test_a_draft_cannot_be_retired(editor, make):
    assert editor.get(retiring(make())).status_code == 404


def test_opening_a_page_writes_nothing(editor, by):
    draft = profile_draft_of(by=by)

    editor.get(publishing(draft))
    editor.get(retiring(draft.version))

    draft.refresh_from_db()
    assert draft.status == Status.DRAFT
    assert ScaleVersion.objects.get(pk=draft.version_id).status == Status.PUBLISHED
