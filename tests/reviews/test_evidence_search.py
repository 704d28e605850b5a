"""Notes found again by item, source and words; grouped by source or item; before submitting; and at what cost."""

import pytest
from django.db import connection
from django.db.models.signals import post_init
from django.test.utils import CaptureQueriesContext

from accounts.permissions import Role
from reviews.models import Rating, Source
from tests.factories.reviews import EvidenceNoteFactory, ReviewFactory, rate_all
from tests.reviews.pages import text_at, text_of
from tests.reviews.situations import fresh, joined, lead_of, submitted_by

pytestmark = pytest.mark.django_db

LEADER = "Everybody has 20."
LIST = "One specialist has 31."
MEETING = "Work was spoken of twice."


@pytest.fixture
def review(client):
    review = ReviewFactory()
    client.force_login(lead_of(review))
    return review


@pytest.fixture
def notes(review):
    return [
        EvidenceNoteFactory(review=review, text=LEADER, items=["caseload-size", "team-assignment"]),
        EvidenceNoteFactory(review=review, text=LIST, source=Source.DATA, who_or_what="Caseload list"),
        EvidenceNoteFactory(
            review=review,
            text=MEETING,
            source=Source.OBSERVATION,
            who_or_what="team meeting",
            items=["team-contact"],
        ),
    ]


def found(client, review, **asked) -> list[str]:
    """Which of the three notes the page shows, in its order."""
    page = text_at(client.get(f"/reviews/{review.pk}/evidence/", asked), "found")
    return sorted((text for text in (LEADER, LIST, MEETING) if text in page), key=page.index)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, [LEADER, MEETING, LIST]),
        ({"group": "item"}, [LEADER, LIST, MEETING]),
        ({"item": "caseload-size"}, [LEADER, LIST]),
        ({"item": "disclosure"}, []),
        ({"source": "data"}, [LIST]),
        ({"item": "team-contact", "source": "data"}, []),
        ({"words": "caseload"}, [LIST]),
        ({"words": "SPECIALIST  31"}, [LIST]),
        ({"words": "twice 31"}, []),
        ({"words": "team", "group": "item"}, [LEADER, MEETING]),
        ({"item": "nothing", "source": "rumour", "group": "moon"}, [LEADER, MEETING, LIST]),
        ({"words": "\x00"}, [LEADER, MEETING, LIST]),
        ({"words": "%_'; --"}, []),
        ({"words": "x" * 5000}, [LEADER, MEETING, LIST]),
    ],
)
@pytest.mark.usefixtures("notes")
def test_notes_are_found_by_item_source_and_words(client, review, asked, shown):
    assert found(client, review, **asked) == shown


@pytest.mark.usefixtures("notes")
def test_by_item_all_items_stand_with_what_is_thin_about_them(client, review):
    page = text_at(client.get(f"/reviews/{review.pk}/evidence/?group=item"), "found")

    assert all(f"{item.number} {item.short_title}" in page for item in review.version.to_spec().items)
    assert page.count("No notes on this item yet.") == 22
    assert page.count("All notes on this item come from one source.") == 2


@pytest.mark.usefixtures("notes")
def test_by_item_a_narrowed_page_shows_the_items_of_its_finds_only(client, review):
    page = text_at(client.get(f"/reviews/{review.pk}/evidence/?group=item&source=observation"), "found")

    assert "5 Frequent team contact" in page
    assert "13 Disclosure" not in page
    assert "1 of 3 notes" in page


def test_two_spellings_of_a_source_stand_together(client, review):
    for who in ("Team leader", "team  leader"):
        EvidenceNoteFactory(review=review, who_or_what=who)

    assert client.get(f"/reviews/{review.pk}/evidence/").content.decode().count("<h3>") == 1


def test_records_stand_in_the_order_of_their_numbers(client, review):
    for number in (10, 9, 2):
        EvidenceNoteFactory(review=review, source=Source.RECORD, who_or_what=f"record {number}")

    page = text_at(client.get(f"/reviews/{review.pk}/evidence/"), "found")

    assert page.index("record 2") < page.index("record 9") < page.index("record 10")


def test_moderator_reads_notes_with_the_draft_and_changes_none(client):
    review = ReviewFactory()
    moderator = joined(review, Role.MODERATOR)
    EvidenceNoteFactory(review=review)
    client.force_login(moderator)
    address = f"/reviews/{review.pk}/evidence/"

    assert client.get(address).status_code == 403
    submitted_by(review, lead_of(review))
    page = client.get(address)
    assert page.status_code == 200
    assert "Add a note" not in text_of(page)


# Before submitting


def test_submit_page_lists_what_is_thin_and_keeps_nobody_from_submitting(client, review, notes):
    rate_all(fresh(review), lead_of(review), 4)

    page = text_of(client.get(f"/reviews/{review.pk}/submit/"))

    assert "Worth a look before you submit" in page
    assert "5 Frequent team contact All notes on this item come from one source." in page
    assert "No note yet from: service data, documents, interviews." in page
    assert "No notes on these items yet" in page
    assert client.post(f"/reviews/{review.pk}/submit/").status_code == 302


def test_submit_page_of_a_team_without_notes_says_so_once(client, review):
    page = text_of(client.get(f"/reviews/{review.pk}/submit/"))

    assert page.count("The team has no evidence notes yet.") == 1
    assert "No notes on these items yet" not in page


def test_submitted_set_is_told_nothing_more(client, review, notes):
    joined(review, Role.REVIEWER)
    submitted_by(review, lead_of(review))

    assert "Worth a look" not in text_of(client.get(f"/reviews/{review.pk}/submit/"))


# At what cost, and blind


def queries(client, address: str) -> int:
    """Of the second visit: published definitions are read once per process."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


@pytest.mark.parametrize(
    "under", ["evidence/", "evidence/?group=item", "evidence/new/", "evidence/{note}/", "submit/"]
)
def test_pages_take_the_same_queries_for_3_notes_and_60(client, review, notes, under):
    address = f"/reviews/{review.pk}/{under.format(note=notes[0].pk)}"
    few = queries(client, address)

    codes = list(review.version.item_ids())
    for number in range(57):
        person = joined(review, Role.OBSERVER) if number % 10 == 0 else lead_of(review)
        withdrawn = "2026-10-14T10:00Z" if number % 5 == 0 else None
        EvidenceNoteFactory(
            review=review,
            by=person,
            who_or_what=f"record {number}",
            withdrawn_at=withdrawn,
            items=codes[number % 9 :],
        )

    assert review.evidence_notes.count() == 60
    assert queries(client, address) <= few
    assert few <= 20


def test_pages_of_evidence_load_no_rating(client, review, notes):
    for person in (lead_of(review), joined(review, Role.REVIEWER)):
        rate_all(fresh(review), person, 3)
    loaded = []

    def seen(instance, **kwargs):
        loaded.append(instance)

    post_init.connect(seen, sender=Rating)
    try:
        for page in ("evidence/", "evidence/?group=item", "evidence/new/", f"evidence/{notes[0].pk}/"):
            assert client.get(f"/reviews/{review.pk}/{page}").status_code == 200
    finally:
        post_init.disconnect(seen, sender=Rating)

    assert loaded == []
