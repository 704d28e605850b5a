"""Signs and parts in place: ticked on one page for all items, with a note beside each."""

import pytest

from accounts.permissions import Role
from reviews.models import Stage
from tests.factories.reviews import ReviewFactory
from tests.reviews.pages import HTMX, form_on, rate_url, save_item, text_at, text_of
from tests.reviews.sheets import fields_of, keep
from tests.reviews.situations import at_stage, joined, lead_of
from tests.reviews.test_page_queries import queries

pytestmark = pytest.mark.django_db

CODE = "team-contact"


@pytest.fixture
def review(client):
    review = ReviewFactory()
    client.force_login(lead_of(review))
    return review


def url(review) -> str:
    return f"/reviews/{review.pk}/facts/components/"


def entries(review, code=CODE) -> dict:
    return review.facts.get(item__code=code).entries


def of_item(fields: dict, code=CODE) -> dict:
    return {name: value for name, value in fields.items() if name.startswith(f"{code}-")}


def ticked(fields: dict, *codes: str, item=CODE, **notes) -> dict:
    return (
        fields
        | {f"{item}-present": list(codes)}
        | {f"{item}-note_{code}": note for code, note in notes.items()}
    )


def test_boxes_and_notes_are_saved_for_all_items_at_once(client, review):
    fields = ticked(fields_of(client.get(url(review))), "a", "c", a="Seen on Tuesday.", b="Asked, not seen.")

    answer = client.post(url(review), ticked(fields, "b", item="disclosure"))

    assert (answer.status_code, answer.url) == (302, url(review))
    assert entries(review) == {
        "present": ["a", "c"],
        "notes": {"a": "Seen on Tuesday.", "b": "Asked, not seen."},
    }
    assert entries(review, "disclosure") == {"present": ["b"]}
    assert review.facts.count() == 2


def test_an_item_is_saved_on_its_own_as_it_is_ticked(client, review):
    fields = of_item(ticked(fields_of(client.get(url(review))), "a", "b"))

    answer = client.post(url(review), fields, **HTMX)

    assert answer.status_code == 200
    assert "2 of 5 in place Suggests 2" in text_at(answer, f"result_{CODE}")
    assert entries(review) == {"present": ["a", "b"]}


def test_what_was_saved_is_shown_on_the_page_of_the_item_too(client, review):
    client.post(url(review), ticked(fields_of(client.get(url(review))), "a", a="Seen on Tuesday."))

    fields = form_on(client.get(rate_url(review, CODE)))

    assert fields["facts-present"] == ["a"]
    assert fields["facts-note_a"] == "Seen on Tuesday."


def test_notes_typed_on_the_page_of_the_item_are_kept(client, review):
    save_item(client, review, CODE, facts__present=["a"], facts__note_a="Seen.", facts__note_b="Not seen.")

    assert entries(review) == {"present": ["a"], "notes": {"a": "Seen.", "b": "Not seen."}}


def test_other_facts_of_the_item_stay(client, review):
    save_item(client, review, "vocational-generalists", **{"facts__answer_refers-only": "no"})

    client.post(url(review), ticked(fields_of(client.get(url(review))), "a", item="vocational-generalists"))

    assert entries(review, "vocational-generalists") == {"present": ["a"], "answers": {"refers-only": False}}


@pytest.mark.parametrize("htmx", [False, True])
def test_none_beside_a_ticked_box_is_told(client, review, htmx):
    fields = ticked(fields_of(client.get(url(review))), "a") | {f"{CODE}-none_present": "on"}

    answer = client.post(url(review), of_item(fields) if htmx else fields, **(HTMX if htmx else {}))

    assert answer.status_code == 422
    assert "Some boxes above are ticked" in text_of(answer)
    assert not review.facts.exists()


@pytest.mark.parametrize("htmx", [False, True])
def test_what_a_colleague_ticked_meanwhile_is_told_and_not_overwritten(client, review, htmx):
    opened = ticked(fields_of(client.get(url(review))), "a")
    client.force_login(joined(review, Role.REVIEWER, user__name="Nia Colleague"))
    client.post(url(review), ticked(fields_of(client.get(url(review))), "b", b="In the minutes."))
    client.force_login(lead_of(review))

    answer = client.post(url(review), of_item(opened) if htmx else opened, **(HTMX if htmx else {}))

    assert answer.status_code == 409
    told = text_at(answer, f"under_{CODE}")
    assert "Nia Colleague saved something else" in told
    assert "(In the minutes.)" in told
    assert entries(review)["present"] == ["b"]
    if not htmx:
        assert fields_of(answer)[f"{CODE}-present"] == ["a"]
        assert client.post(url(review), fields_of(answer) | {"go": f"mine:{CODE}:1"}).status_code == 302
        assert entries(review) == {"present": ["a"]}


def test_theirs_stays_when_i_say_so(client, review):
    opened = ticked(fields_of(client.get(url(review))), "a")
    client.post(url(review), ticked(fields_of(client.get(url(review))), "b"))
    told = client.post(url(review), opened)

    assert client.post(url(review), fields_of(told) | {"go": f"theirs:{CODE}"}).status_code == 302
    assert entries(review) == {"present": ["b"]}


def test_phases_that_the_worksheet_gives_are_not_asked(client, review):
    keep(
        review,
        "specialists",
        {"name": "AK", "phases": "a b c d e f"},
        {"name": "BD", "phases": "a b c d e f"},
    )

    page = client.get(url(review))

    assert "Counted from the worksheet." in text_at(page, "item-vocational-generalists")
    assert "vocational-generalists-note_a" not in fields_of(page)


def test_it_is_read_only_once_the_report_is_drafted(client, review):
    at_stage(review, Stage.DRAFT)

    page = client.get(url(review))

    assert '<fieldset class="whole" disabled>' in page.content.decode()
    assert client.post(url(review), {}).status_code == 403


def test_the_page_says_that_no_client_is_named(client, review):
    assert "No client is named here" in text_of(client.get(url(review)))


def test_the_page_takes_the_same_queries_however_much_is_ticked(client, review):
    few = queries(client, url(review))

    fields = fields_of(client.get(url(review)))
    for code in ("team-contact", "supervisor-role", "agency-focus", "executive-support", "disclosure"):
        fields = ticked(fields, "a", "b", item=code, a="Seen.", b="Seen.")
    client.post(url(review), fields)
    keep(review, "specialists", *[{"name": f"S{number}"} for number in range(60)])

    assert queries(client, url(review)) == few
    assert few <= 16
