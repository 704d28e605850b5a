"""The page of one item of a draft: what an editor types is saved, and nobody loses anything."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.urls import reverse

from scales.actions.editing import save_item
from scales.models import ScaleVersion
from scales.parts import bare, fingerprint
from tests.factories.accounts import UserFactory, scale_administrator
from tests.factories.scales import draft_of, scale_version, shipped_scale
from tests.reviews.pages import form_on, read, text_at, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> ScaleVersion:
    return draft_of()


@pytest.fixture
def editor(client):
    client.force_login(scale_administrator())
    return client


def page_of(draft: ScaleVersion, code: str = "caseload-size") -> str:
    return reverse("scales:draft_item", args=[draft.pk, code])


def send(client, draft: ScaleVersion, code: str = "caseload-size", *, page=None, go: str = "save", **typed):
    """Open the page (or take one that was opened), type over it, send it. `anchor_5_lower` is `anchor-5-lower`."""
    fields = form_on(page or client.get(page_of(draft, code)), "item-form")
    for name, value in typed.items():
        first, _, rest = name.partition("_")
        number, _, field = rest.partition("_")
        is_row = first in ("anchor", "components", "conditions")
        fields[f"{first}-{number}-{field}" if is_row else name] = value
    sent = {name: value for name, value in fields.items() if value is not None}
    return client.post(page_of(draft, code), sent | {"go": go})


def item_of(draft: ScaleVersion, code: str = "caseload-size"):
    return ScaleVersion.objects.get(pk=draft.pk).to_spec().item(code)


def told(answer) -> list[str]:
    return [str(message) for message in answer.wsgi_request._messages]


def save_theirs(draft: ScaleVersion, **changes) -> None:
    stored = bare(item_of(draft))
    save_item(
        version=draft,
        code=stored.code,
        item=replace(stored, **changes),
        based_on=fingerprint(stored),
        by=scale_administrator(),
    )


def test_saving_every_page_as_it_was_opened_changes_nothing(editor, draft):
    before = ScaleVersion.objects.get(pk=draft.pk).to_spec()

    answers = [send(editor, draft, item.code) for item in before.items]

    assert {answer.status_code for answer in answers} == {302}
    after = ScaleVersion.objects.get(pk=draft.pk)
    assert after.to_spec() == before
    assert after.changed_at is None


def test_what_is_typed_is_saved(editor, draft):
    send(
        editor,
        draft,
        title="Caseload",
        anchor_5_upper="18",
        anchor_4_lower="18",
        anchor_4_lower_is="excluded",
        evidence=["OBS"],
    )

    item = item_of(draft)
    assert (item.title, item.evidence) == ("Caseload", ("OBS",))
    assert item.anchor(5).upper == Decimal(18)
    assert (item.anchor(4).lower, item.anchor(4).lower_open) == (Decimal(18), True)


def test_the_page_shows_anchors_from_the_lowest_score_to_the_highest(editor, draft):
    answer = editor.get(page_of(draft))

    columns = [one for one in read(answer).by_id if one.startswith("anchor-") and one[7:].isdigit()]
    assert columns == [f"anchor-{points}" for points in range(1, 6)]


def test_the_page_leads_to_the_items_beside_it(editor, draft):
    answer = editor.get(page_of(draft, "employment-staff"))

    html = answer.content.decode()
    assert f'href="{page_of(draft, "caseload-size")}"' in html
    assert f'href="{page_of(draft, "vocational-generalists")}"' in html


def test_what_cannot_be_is_told_and_nothing_typed_is_lost(editor, draft):
    answer = send(editor, draft, title="Caseload", anchor_4_upper="20")

    assert answer.status_code == 422
    assert "Anchor 4, Highest number: This is under the lowest number, 21." in text_of(answer)
    assert '<a href="#id_anchor-4-upper">' in answer.content.decode()
    assert text_at(answer, "error_1_id_anchor-4-upper") == "This is under the lowest number, 21."
    fields = form_on(answer, "item-form")
    assert (fields["title"], fields["anchor-4-upper"]) == ("Caseload", "20")
    assert item_of(draft).title == "Caseload size"


def test_an_item_that_is_not_complete_yet_is_saved_and_the_checks_say_what_it_lacks(editor, draft):
    send(editor, draft, measures="", anchor_2_descriptor="", anchor_2_lower="", anchor_2_upper="")

    answer = editor.get(page_of(draft))

    assert item_of(draft).measures == ""
    found = text_at(answer, "found-lines")
    assert "“What it measures” is empty." in found
    assert "No anchor says what a score of 2 takes." in found
    assert 'href="#id_measures"' in answer.content.decode()


def test_a_new_code_takes_the_page_with_it(editor, draft):
    answer = rename(editor, draft, "caseload")

    assert answer.url == page_of(draft, "caseload")
    assert item_of(draft, "caseload").title == "Caseload size"


def rename(client, draft, code: str):
    fields = form_on(client.get(page_of(draft)), "item-form") | {"code": code, "go": "save"}
    return client.post(page_of(draft), fields)


def test_the_code_of_another_item_is_refused_beside_the_field(editor, draft):
    answer = rename(editor, draft, "employment-staff")

    assert answer.status_code == 422
    assert text_at(answer, "error_1_id_code") == "Another item of this version has this code."


def test_what_renaming_a_question_does_is_said(editor, draft):
    code = "employer-contact-frequency"

    answer = send(editor, draft, code, conditions_0_code="weekly")

    assert told(answer)[0] == "The question “form-weekly” is now “weekly”, at anchor 5 and anchor 4 too."
    assert item_of(draft, code).anchor(5).requires == ("weekly",)


@pytest.mark.parametrize("rows", ["components", "conditions"])
def test_a_row_is_added_without_saving_and_without_losing_anything(editor, draft, rows):
    code = "vocational-generalists"
    before = item_of(draft, code)

    answer = send(editor, draft, code, go=f"{rows}-add", title="Typed")

    assert answer.status_code == 200
    fields = form_on(answer, "item-form")
    kept = len(getattr(before, rows))
    assert fields["title"] == "Typed"
    assert fields[f"{rows}-{kept}-code"] == ""
    assert item_of(draft, code) == before


def test_a_row_that_was_added_is_saved_with_the_rest(editor, draft):
    code = "vocational-generalists"
    added = send(editor, draft, code, go="components-add", title="Typed")

    send(editor, draft, code, page=added, components_6_text="Seventh phase.")

    item = item_of(draft, code)
    assert item.title == "Typed"
    assert (item.components[6].code, item.components[6].text) == ("seventh-phase", "Seventh phase.")


def test_of_two_editors_of_one_item_the_second_is_told_and_chooses(editor, draft):
    opened = editor.get(page_of(draft))
    save_theirs(draft, title="Theirs")

    answer = send(editor, draft, page=opened, title="Mine", intent="Mine.")

    assert answer.status_code == 409
    assert "saved this while you had it open" in text_of(answer)
    assert (item_of(draft).title, form_on(answer, "item-form")["intent"]) == ("Theirs", "Mine.")
    again = send(editor, draft, page=answer)
    assert again.status_code == 302
    assert (item_of(draft).title, item_of(draft).intent) == ("Mine", "Mine.")


def test_two_editors_of_two_items_are_not_in_each_others_way(editor, draft):
    opened = editor.get(page_of(draft, "employment-staff"))
    save_theirs(draft, title="Theirs")

    answer = send(editor, draft, "employment-staff", page=opened, title="Mine")

    assert answer.status_code == 302
    assert (item_of(draft).title, item_of(draft, "employment-staff").title) == ("Theirs", "Mine")


def test_an_item_that_is_gone_is_not_found(editor, draft):
    assert editor.get(page_of(draft, "no-such-item")).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_only_editors_of_definitions_come_here(client, draft, method):
    client.force_login(UserFactory())

    assert getattr(client, method)(page_of(draft)).status_code == 403


@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_published_has_no_editor(editor, method):
    assert getattr(editor, method)(page_of(scale_version())).status_code == 404


def test_a_scale_of_eleven_points_has_eleven_columns(editor):
    draft = draft_of(replace(shipped_scale(), minimum=0, maximum=10))

    send(editor, draft, anchor_10_descriptor="Ten.", anchor_0_descriptor="None.")

    anchors = item_of(draft).anchors
    assert [anchor.points for anchor in anchors] == [10, 5, 4, 3, 2, 1, 0]


@pytest.mark.parametrize("code", ["zero-exclusion", "vocational-generalists"])
def test_the_page_takes_as_many_queries_whatever_the_item_holds(
    editor, draft, code, django_assert_num_queries
):
    with django_assert_num_queries(11):
        editor.get(page_of(draft, code))
