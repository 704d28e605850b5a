"""Two administrators with one page open: what does not clash is put together, what does is decided by a person."""

import html
import re
from dataclasses import replace

import pytest
from django.urls import reverse

from scales.actions.editing import save_bands, save_item
from scales.actions.editing_profiles import save_degrees
from scales.models import ScaleVersion, SettingProfile
from scales.parts import bare, degrees_of, fingerprint
from scales.spec import Degree
from tests.factories.accounts import scale_administrator
from tests.factories.scales import draft_of, profile_draft_of, shipped_scale

pytestmark = pytest.mark.django_db

CODE = "caseload-size"


@pytest.fixture
def other():
    return scale_administrator()


@pytest.fixture
def draft(other) -> ScaleVersion:
    return draft_of(by=other)


@pytest.fixture
def me(client):
    client.force_login(scale_administrator())
    return client


def caseload(draft: ScaleVersion):
    return bare(ScaleVersion.objects.select_related("scale").get(pk=draft.pk).to_spec().item(CODE))


def fields_of(page: str) -> dict[str, str | list[str]]:
    """What the browser would send of the first form with a `based_on` in it."""
    form = next(part for part in re.findall(r"<form.*?</form>", page, re.S) if "based_on" in part)
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, kind = re.search(r'name="([^"]*)"', tag), re.search(r'type="([^"]*)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and (kind is None or kind[1] not in ("checkbox", "radio") or " checked" in tag):
            sent.setdefault(name[1], []).append(html.unescape(value[1]) if value else "")
    for name, text in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, re.S):
        sent.setdefault(name, []).append(html.unescape(text))
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)"[^>]*selected', options) or re.search(
            r'<option value="([^"]*)"', options
        )
        sent.setdefault(name, []).append(html.unescape(chosen[1]) if chosen else "")
    return {name: values[0] if len(values) == 1 else values for name, values in sent.items()}


def opened(me, address: str) -> dict:
    return fields_of(me.get(address).content.decode())


def theirs_saved(draft: ScaleVersion, by, **changes) -> None:
    stored = caseload(draft)
    save_item(version=draft, code=CODE, item=replace(stored, **changes), based_on=fingerprint(stored), by=by)


def test_changes_in_two_fields_of_one_item_are_both_kept(me, draft, other):
    address = reverse("scales:draft_item", args=[draft.pk, CODE])
    typed = opened(me, address) | {"intent": "My intent.", "go": "save"}
    theirs_saved(draft, other, measures="Their words.")

    answer = me.post(address, typed, follow=True)

    assert answer.status_code == 200
    assert "together with what was changed meanwhile" in answer.content.decode()
    assert (caseload(draft).measures, caseload(draft).intent) == ("Their words.", "My intent.")


def conflicting(me, draft, other) -> tuple[str, str]:
    """The page after both changed what the item measures, and they its note too; and its address."""
    address = reverse("scales:draft_item", args=[draft.pk, CODE])
    typed = opened(me, address) | {"measures": "My words.", "intent": "My intent.", "go": "save"}
    theirs_saved(draft, other, measures="Their words.", note="Their note.")
    answer = me.post(address, typed)
    assert answer.status_code == 409
    return answer.content.decode(), address


def test_what_both_changed_is_told_with_whom_and_nothing_is_saved(me, draft, other):
    page, _address = conflicting(me, draft, other)

    assert other.name in page
    assert "saved is “Their words.”, yours is “My words.”" in page
    assert "My intent." in page
    assert "yours is “My intent.”" not in page
    assert caseload(draft).measures == "Their words."
    assert caseload(draft).intent != "My intent."


@pytest.mark.parametrize(("go", "words"), [("save", "My words."), ("theirs", "Their words.")])
def test_either_decision_keeps_what_only_one_changed(me, draft, other, go, words):
    page, address = conflicting(me, draft, other)

    assert me.post(address, fields_of(page) | {"go": go}).status_code == 302

    after = caseload(draft)
    assert (after.measures, after.intent, after.note) == (words, "My intent.", "Their note.")


def test_enter_in_a_field_decides_nothing(me, draft, other):
    page, address = conflicting(me, draft, other)
    default = re.search(r'<button class="visually-hidden" name="go" value="(\w+)"', page)

    answer = me.post(address, fields_of(page) | {"go": default[1]})

    assert answer.status_code == 409
    assert "yours is “My words.”" in answer.content.decode()
    assert caseload(draft).measures == "Their words."


@pytest.mark.parametrize(
    "mistake", [{"code": ""}, {"code": "employment-staff"}], ids=["a field error", "a code that is taken"]
)
def test_a_mistake_during_a_conflict_leaves_it_undecided(me, draft, other, mistake):
    page, address = conflicting(me, draft, other)

    answer = me.post(address, fields_of(page) | {"go": "save"} | mistake)

    assert answer.status_code == 422
    assert 'name="conflict"' in answer.content.decode()
    assert caseload(draft).measures == "Their words."


def test_a_third_change_during_a_conflict_is_told_again(me, draft, other):
    page, address = conflicting(me, draft, other)
    theirs_saved(draft, other, measures="Their third words.")

    answer = me.post(address, fields_of(page) | {"go": "save"})

    assert answer.status_code == 409
    assert "saved is “Their third words.”" in answer.content.decode()


def test_two_bands_changed_by_two_people_are_both_kept(me, draft, other):
    address = reverse("scales:draft_bands", args=[draft.pk])
    bands = shipped_scale().bands
    typed = opened(me, address) | {"go": "save"}
    name = next(key for key, value in typed.items() if value == bands[-1].meaning)
    save_bands(
        version=draft,
        bands=(replace(bands[0], meaning="Their meaning."), *bands[1:]),
        based_on=fingerprint(bands),
        by=other,
    )

    assert me.post(address, typed | {name: "My meaning."}).status_code == 302

    after = ScaleVersion.objects.select_related("scale").get(pk=draft.pk).to_spec().bands
    assert (after[0].meaning, after[-1].meaning) == ("Their meaning.", "My meaning.")


def test_degrees_of_two_items_changed_by_two_people_are_both_kept(me, other):
    profile = profile_draft_of(by=other)
    address = reverse("scales:profile_draft", args=[profile.pk])
    scale = shipped_scale()
    table = degrees_of(profile.to_spec(), scale)
    typed = opened(me, address) | {"go": "save"}
    name = [key for key in typed if key.endswith("degree")][-1]
    mine = "partly" if typed[name] != "partly" else "majorly"
    save_degrees(
        profile=profile,
        degrees=(replace(table[0], degree=Degree.LIMITED), *table[1:]),
        based_on=fingerprint(table),
        by=other,
    )

    assert me.post(address, typed | {name: mine}).status_code == 302

    after = SettingProfile.objects.select_related("version__scale").get(pk=profile.pk).to_spec()
    assert after.adjustment(scale.items[0].code).degree is Degree.LIMITED
    assert after.adjustment(scale.items[-1].code).degree == mine


def test_a_part_as_it_was_opened_that_is_nonsense_or_nested_too_deep_counts_as_none(me, draft, other):
    address = reverse("scales:draft_item", args=[draft.pk, CODE])
    typed = opened(me, address) | {"intent": "My intent.", "go": "save"}
    theirs_saved(draft, other, intent="Their words.")

    for base in ("[" * 100_000 + "]" * 100_000, "{" * 5000, "nonsense"):
        assert me.post(address, typed | {"base": base}).status_code == 409

    assert caseload(draft).intent == "Their words."
