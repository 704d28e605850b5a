"""The pages of evidence notes: what is typed is kept, found again by source and by item, and never lost."""

import pytest
from django.template.loader import render_to_string

from accounts.permissions import Role
from reviews.evidence.warnings import evidence_of_item
from reviews.models import EvidenceNote, Mode, Source
from tests.factories.reviews import EvidenceNoteFactory, ReviewFactory
from tests.reviews.pages import error_beside, form_on, read, text_at, text_of
from tests.reviews.situations import fresh, joined, lead_of

pytestmark = pytest.mark.django_db

TYPED = {
    "source": "observation",
    "who_or_what": "employment team meeting",
    "how": "on-site",
    "text": "Two of five cases were about work.",
    "items": ["team-contact", "vocational-unit"],
}
HOSTILE = "<script>alert(1)</script> {{ 7 }} \u202etxet\u202c =cmd()"


@pytest.fixture
def review(client):
    review = ReviewFactory()
    client.force_login(lead_of(review))
    return review


def all_notes(review, query: str = "") -> str:
    return f"/reviews/{review.pk}/evidence/{query}"


def new_note(review, query: str = "") -> str:
    return f"/reviews/{review.pk}/evidence/new/{query}"


def of_note(note, step: str = "") -> str:
    return f"/reviews/{note.review_id}/evidence/{note.pk}/{step}"


def fields_of(page) -> dict:
    return form_on(page, "note-form")


def send(client, address: str, page=None, **typed):
    """Open the form (or take `page`), type into it, and send it."""
    fields = fields_of(page if page is not None else client.get(address)) | {"go": "done"} | typed
    return client.post(address, {name: value for name, value in fields.items() if value is not None})


def kept(review) -> list[tuple]:
    return [
        (note.source, note.who_or_what, note.remote, note.text, [item.code for item in note.items.all()])
        for note in review.evidence_notes.prefetch_related("items")
    ]


# Adding


def test_a_note_is_kept_and_shown_to_the_team(client, review):
    answer = send(client, new_note(review), **TYPED)

    note = EvidenceNote.objects.get()
    assert (answer.status_code, answer.url) == (302, f"{all_notes(review)}#note-{note.pk}")
    assert kept(review) == [
        ("observation", TYPED["who_or_what"], False, TYPED["text"], TYPED["items"]),
    ]
    client.force_login(joined(review, Role.OBSERVER))
    shown = text_at(client.get(all_notes(review)), f"note-{note.pk}")
    assert TYPED["text"] in shown
    assert "5 Frequent team contact 7 Vocational unit" in shown
    assert "Edit" not in shown


def test_note_begun_on_an_item_has_it_chosen_and_leads_back_to_it(client, review):
    address = new_note(review, "?item=disclosure&next=rate")
    page = client.get(address)

    assert fields_of(page)["items"] == ["disclosure"]
    answer = send(client, address, page, **TYPED | {"items": ["disclosure"]})
    assert answer.url == f"/reviews/{review.pk}/ratings/disclosure/#item-notes"


@pytest.mark.parametrize(
    "query", ["?item=nothing&next=rate", "?next=rate", "?next=//elsewhere", "?item=%00&like=%00"]
)
def test_odd_address_leads_back_to_all_notes(client, review, query):
    answer = send(client, new_note(review, query), **TYPED)

    assert answer.url.startswith(all_notes(review))


def test_next_note_from_the_same_source_begins_with_it(client, review):
    answer = send(client, new_note(review, "?item=disclosure"), **TYPED | {"how": "remote"}, go="another")
    fields = fields_of(client.get(answer.url))

    assert (fields["source"], fields["who_or_what"], fields["how"]) == (
        "observation",
        "employment team meeting",
        "remote",
    )
    assert (fields["text"], fields["items"]) == ("", ["disclosure"])


@pytest.mark.parametrize("like", ["0", "x", "9" * 18, "9" * 5000, "-1", "²"])
def test_source_of_a_note_that_is_not_there_is_left_open(client, review, like):
    other = EvidenceNoteFactory()

    for asked in (like, str(other.pk)):
        assert "source" not in fields_of(client.get(new_note(review, f"?like={asked}")))


def test_remote_review_begins_with_video_or_phone(client):
    review = ReviewFactory(mode=Mode.REMOTE)
    client.force_login(lead_of(review))

    assert fields_of(client.get(new_note(review)))["how"] == "remote"


def test_suggested_sources_name_those_of_this_visit_first(client, review):
    EvidenceNoteFactory(review=review, who_or_what="night nurse")
    review.agenda.create(activity="interview", title="director of the trust")

    page = client.get(new_note(review)).content.decode()

    places = [
        page.index(f'value="{name}"') for name in ("night nurse", "director of the trust", "family member")
    ]
    assert places == sorted(places)


def test_reminder_beside_the_text_is_tied_to_it(client, review):
    page = client.get(new_note(review))

    assert "No client is named. Your score stays yours" in text_at(page, "id_text_helptext")
    assert 'aria-describedby="id_text_helptext"' in page.content.decode()


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("source", None, "Choose where this comes from."),
        ("source", "rumour", "Select a valid choice."),
        ("who_or_what", "  ", "Say who or what it was"),
        ("who_or_what", "x" * 121, "at most 120"),
        ("text", " \n", "Write what was said, seen or read."),
        ("text", "a\x00b", "Null characters"),
        ("how", None, "Choose one of the two."),
        ("items", None, "Choose the items that this bears on"),
        ("items", ["team-contact", "nothing"], "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_typed_is_lost(client, review, name, value, message):
    answer = send(client, new_note(review), **TYPED | {name: value})

    assert answer.status_code == 422
    assert message in error_beside(answer, name)
    assert "<title>Error:" in answer.content.decode()
    assert f'href="#id_{name}"' in answer.content.decode()
    assert "data-unsaved" in answer.content.decode()
    again = fields_of(answer)
    assert {one: again[one] for one in TYPED if one != name} == {
        one: TYPED[one] for one in TYPED if one != name
    }
    assert not review.evidence_notes.exists()


# Mending


def test_writer_mends_a_note(client, review):
    note = EvidenceNoteFactory(review=review, source=Source.RECORD, who_or_what="record 7", remote=True)
    page = client.get(of_note(note))

    assert fields_of(page) == {
        "source": "record",
        "who_or_what": "record 7",
        "how": "remote",
        "text": note.text,
        "items": ["caseload-size"],
        "revision": "0",
    }
    assert send(client, of_note(note), page, text="Put right.", items=["disclosure"]).status_code == 302
    assert kept(review) == [("record", "record 7", True, "Put right.", ["disclosure"])]


def test_two_windows_on_one_note_show_both_texts_and_the_second_save_replaces_what_was_shown(client, review):
    note = EvidenceNoteFactory(review=review)
    older = client.get(of_note(note))
    send(client, of_note(note), text="First window.")

    refused = send(client, of_note(note), older, text="Second window.")

    assert refused.status_code == 409
    assert "First window." in text_of(refused)
    assert fields_of(refused)["text"] == "Second window."
    assert kept(review)[0][3] == "First window."
    send(client, of_note(note), text="Third window.")
    assert send(client, of_note(note), refused).status_code == 409
    last = send(client, of_note(note), refused)
    assert send(client, of_note(note), last).status_code == 302
    assert kept(review)[0][3] == "Second window."


def test_colleague_reads_a_note_but_does_not_change_it(client, review):
    note = EvidenceNoteFactory(review=review)
    client.force_login(joined(review, Role.REVIEWER))

    assert note.text in text_of(client.get(all_notes(review)))
    assert client.get(of_note(note)).status_code == 403
    for step in ("", "withdraw/", "restore/"):
        assert client.post(of_note(note, step), TYPED | {"revision": "0"}).status_code == 403


def test_note_of_another_review_is_not_found_under_this_one(client, review):
    lead = lead_of(review)
    elsewhere = EvidenceNoteFactory(review=ReviewFactory(lead=lead))

    for step in ("", "withdraw/", "restore/"):
        address = f"/reviews/{review.pk}/evidence/{elsewhere.pk}/{step}"
        assert client.post(address, TYPED | {"revision": "0"}).status_code == 404


def test_withdrawn_note_stands_apart_and_can_be_put_back(client, review):
    note = EvidenceNoteFactory(review=review)

    answer = client.post(of_note(note, "withdraw/"), follow=True)

    assert "1 withdrawn note" in text_of(answer)
    assert "No notes yet." in text_at(answer, "found")
    assert "withdrawn" in text_of(client.get(of_note(note)))
    answer = client.post(of_note(note, "restore/"), follow=True)
    assert note.text in text_at(answer, "found")
    assert "withdrawn note" not in text_of(answer)


# Beside an item


def beside(review, user, may_add_note=True) -> str:
    of_item = evidence_of_item(fresh(review), "caseload-size")
    context = {
        "notes_of_item": of_item.notes,
        "evidence_warnings": of_item.warnings,
        "item": review.version.to_spec().item("caseload-size"),
        "review": review,
        "may_add_note": may_add_note,
    }
    return render_to_string("reviews/_partials/item_notes.html", context)


def test_notes_that_contradict_each_other_stand_side_by_side_beside_the_item(review):
    EvidenceNoteFactory(review=review, text="Everybody has 20.", items=["caseload-size", "disclosure"])
    EvidenceNoteFactory(review=review, text="One has 31.", source=Source.DATA, who_or_what="caseload list")

    shown = beside(review, lead_of(review))

    assert shown.index("Everybody has 20.") < shown.index("One has 31.")
    assert "items 1, 13" in " ".join(shown.split())
    assert f'href="/reviews/{review.pk}/evidence/new/?item=caseload-size&amp;next=rate"' in shown
    assert "No note" not in shown


def test_item_without_notes_says_so_and_offers_a_link_to_who_may_write(review):
    assert "No notes on this item yet." in beside(review, lead_of(review))
    assert "<a " not in beside(review, lead_of(review), may_add_note=False)


def test_markup_and_formulas_in_a_note_show_as_text(client, review):
    EvidenceNoteFactory(review=review, text=HOSTILE, who_or_what=HOSTILE)
    note = EvidenceNote.objects.get()

    pages = [client.get(address) for address in (all_notes(review), of_note(note), new_note(review))]

    for page in pages:
        assert "<script>alert" not in page.content.decode()
    assert HOSTILE in text_of(pages[0])
    assert fields_of(pages[1])["text"] == HOSTILE
    assert "<script>alert" not in beside(review, note.by)
    assert read(pages[0]).by_id[f"note-{note.pk}"]
