"""The pages of barriers, facilitators and adaptations: picked by plain words, listed by domain, nothing is lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.permissions import Role
from reviews.influences import words
from reviews.influences.cfir import CONSTRUCTS
from reviews.models import Adaptation, Influence, Stage
from tests.factories.influences import AdaptationFactory, InfluenceFactory
from tests.factories.reviews import ReviewFactory
from tests.reviews.pages import error_beside, form_on, text_at, text_of
from tests.reviews.situations import at_stage, in_program, joined, lead_of

pytestmark = pytest.mark.django_db

BARRIER = {"kind": "barrier", "construct": "financing", "text": "It ends in March.", "item": "time-unlimited"}
ADAPTATION = {
    "what": "First meetings are by video.",
    "why": "The crossing takes half a day.",
    "planned": "came-about",
    "core_kept": "unsure",
    "decided_by": "The steering group",
    "since": "May 2026",
    "item": "",
}
HOSTILE = "<script>alert(1)</script> {{ 7 }} =cmd()"


@pytest.fixture
def review(client):
    review = ReviewFactory()
    client.force_login(lead_of(review))
    return review


def page_of(review, rest: str = "barriers/") -> str:
    return f"/reviews/{review.pk}/{rest}"


def fields_of(page) -> dict:
    return form_on(page, "record-form")


def send(client, address: str, page=None, **typed):
    """Open the form (or take `page`), type into it, and send it."""
    fields = fields_of(page if page is not None else client.get(address)) | typed
    return client.post(address, {name: value for name, value in fields.items() if value is not None})


def test_a_barrier_is_kept_and_shown_to_the_team_under_its_domain(client, review):
    answer = send(client, page_of(review, "barriers/new/"), **BARRIER)

    record = Influence.objects.get()
    assert (answer.status_code, answer.url) == (302, f"{page_of(review)}#influence-{record.pk}")
    client.force_login(joined(review, Role.OBSERVER))
    page = client.get(page_of(review))
    shown = text_at(page, f"influence-{record.pk}")
    for words_shown in ("how the service is paid for", "Financing", "It ends in March.", "23 Time-unlimited"):
        assert words_shown in shown
    assert "1 barrier, 0 facilitators" in text_of(page)
    assert "Outer setting" in text_at(page, "domain-outer-setting")


def test_every_construct_is_offered_in_plain_words_beside_its_name(client, review):
    asked = client.get(page_of(review, "barriers/new/?domain=inner-setting&item=disclosure"))

    offered = text_at(asked, "id_construct")
    assert all(f"{one.plain} {one.title}" in offered for one in CONSTRUCTS.values())
    assert asked.content.decode().count('<details class="picker-domain" open>') == 1
    assert fields_of(asked)["item"] == "disclosure"


def test_an_adaptation_is_kept_and_says_that_it_changes_no_score(client, review):
    new = client.get(page_of(review, "adaptations/new/"))
    assert "An adaptation changes no score" in text_at(new, "id_what_helptext")

    answer = send(client, page_of(review, "adaptations/new/"), new, **ADAPTATION)

    record = Adaptation.objects.get()
    assert (record.planned, record.core_kept, record.item) == (False, "unsure", None)
    shown = text_at(client.get(answer.url), f"adaptation-{record.pk}")
    for words_shown in ("by video", "half a day", "came about", "Not sure", "The steering group", "May 2026"):
        assert words_shown in shown


@pytest.mark.parametrize(
    ("rest", "typed", "name", "value", "message"),
    [
        ("barriers/new/", BARRIER, "kind", None, "Choose one of the two."),
        ("barriers/new/", BARRIER, "construct", None, "Choose what it is about"),
        ("barriers/new/", BARRIER, "text", " \n", "Write what helps or hinders."),
        ("barriers/new/", BARRIER, "item", "nothing", "Select a valid choice."),
        ("adaptations/new/", ADAPTATION, "what", "", "Write what is done differently."),
        ("adaptations/new/", ADAPTATION, "planned", None, "Choose one of the two."),
        ("adaptations/new/", ADAPTATION, "core_kept", "maybe", "Select a valid choice."),
        ("adaptations/new/", ADAPTATION, "since", "x" * 61, "at most 60"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(client, review, rest, typed, name, value, message):
    answer = send(client, page_of(review, rest), **typed | {name: value})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert message in error_beside(answer, name)
    assert "<title>Error:" in page
    assert f'href="#id_{name}"' in page
    assert "data-unsaved" in page
    again = fields_of(answer)
    assert {one: again[one] for one in typed if one != name} == {
        one: typed[one] for one in typed if one != name
    }
    assert not Influence.objects.exists()
    assert not Adaptation.objects.exists()


@pytest.mark.parametrize(
    ("factory", "place", "field"),
    [(InfluenceFactory, "barriers", "text"), (AdaptationFactory, "adaptations", "why")],
)
def test_two_windows_show_both_texts_and_the_second_save_replaces_what_was_shown(
    client, review, factory, place, field
):
    record = factory(review=review)
    address = page_of(review, f"{place}/{record.pk}/")
    older = client.get(address)
    assert send(client, address, **{field: "First window."}).status_code == 302

    refused = send(client, address, older, **{field: "Second window."})

    assert refused.status_code == 409
    assert "First window." in text_of(refused)
    assert fields_of(refused)[field] == "Second window."
    record.refresh_from_db()
    assert getattr(record, field) == "First window."
    assert send(client, address, refused).status_code == 302
    record.refresh_from_db()
    assert getattr(record, field) == "Second window."


@pytest.mark.parametrize(
    ("factory", "place"), [(InfluenceFactory, "barriers"), (AdaptationFactory, "adaptations")]
)
def test_withdrawn_it_stands_apart_and_can_be_put_back(client, review, factory, place):
    record = factory(review=review)
    address = page_of(review, f"{place}/{record.pk}/")

    answer = client.post(f"{address}withdraw/", follow=True)
    assert "Withdrawn (1)" in text_of(answer)
    assert "This is withdrawn" in text_of(client.get(address))

    answer = client.post(f"{address}restore/", follow=True)
    assert "Withdrawn (1)" not in text_of(answer)


def test_record_of_another_review_is_not_found_under_this_one(client, review):
    elsewhere = InfluenceFactory(review=ReviewFactory(lead=lead_of(review)))

    for step in ("", "withdraw/", "restore/"):
        assert client.post(page_of(review, f"barriers/{elsewhere.pk}/{step}"), BARRIER).status_code == 404


def test_the_service_reads_them_with_the_draft_and_cannot_change_them(client, review):
    InfluenceFactory(review=review)
    manager = in_program(review, Role.PROGRAM_MANAGER)
    client.force_login(manager)
    assert client.get(page_of(review)).status_code == 403

    at_stage(review, Stage.WITH_SERVICE)

    page = client.get(page_of(review))
    assert "The contract is renewed year by year." in text_of(page)
    assert "Add a barrier" not in text_of(page)
    assert "Innovation" not in text_of(page)
    assert client.get(page_of(review, "barriers/new/")).status_code == 403


def test_markup_shows_as_text(client, review):
    InfluenceFactory(review=review, text=HOSTILE)
    AdaptationFactory(review=review, what=HOSTILE, why=HOSTILE, decided_by=HOSTILE, since=HOSTILE)

    page = client.get(page_of(review))

    assert "<script>alert" not in page.content.decode()
    assert HOSTILE in text_of(page)


def test_the_page_takes_the_same_queries_for_one_as_for_many(client, review):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page_of(review)).status_code == 200
        return len(captured)

    InfluenceFactory(review=review)
    AdaptationFactory(review=review)
    client.get(page_of(review))
    few = queries()
    for code in list(CONSTRUCTS)[:20]:
        InfluenceFactory(
            review=review, construct=code, item_code="disclosure", by=joined(review, Role.OBSERVER)
        )
        AdaptationFactory(review=review, item_code="disclosure")

    assert queries() == few


def test_the_constructs_are_in_the_readers_own_english():
    with translation.override("en-gb"):
        assert words.construct_title("recipient-centeredness") == "Culture: recipient-centredness"
    with translation.override("en-us"):
        assert words.construct_title("recipient-centeredness") == "Culture: recipient-centeredness"
