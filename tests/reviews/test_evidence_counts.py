"""How many interviews, observations and records the visit names, and page 1 that begins with them."""

import pytest
from django.utils import timezone

from reviews.evidence.counts import EvidenceCounts, interviews_observations_records
from reviews.models import Activity, Review, Sheet, Source
from tests.factories.reviews import EvidenceNoteFactory, ReviewFactory
from tests.reviews.pages import form_on, text_of
from tests.reviews.situations import fresh, in_draft, lead_of

pytestmark = pytest.mark.django_db


def note(review, source, who, **fields):
    return EvidenceNoteFactory(review=review, source=source, who_or_what=who, **fields)


def on_agenda(review, activity, title, done=True):
    moment = {"done_at": timezone.now(), "done_by": lead_of(review)} if done else {}
    return review.agenda.create(activity=activity, title=title, **moment)


def counts(review) -> EvidenceCounts:
    return interviews_observations_records(fresh(review))


def test_visit_that_names_nothing_is_not_counted():
    assert counts(ReviewFactory()) == EvidenceCounts(None, None, None)


def test_each_source_counts_once_however_many_notes_it_gave():
    review = ReviewFactory()
    for who in ("team leader", "Team  Leader", "client 1", "client 2"):
        note(review, Source.INTERVIEW, who)
    note(review, Source.OBSERVATION, "team meeting")
    for number in (1, 2, 2, 3):
        note(review, Source.RECORD, f"record {number}")
    note(review, Source.DOCUMENT, "policy")
    note(review, Source.INTERVIEW, "withdrawn", withdrawn_at=timezone.now())

    assert counts(review) == EvidenceCounts(interviews=3, observations=1, records=3)


def test_done_entries_of_the_agenda_count_where_no_note_names_them():
    review = ReviewFactory()
    note(review, Source.INTERVIEW, "team leader")
    on_agenda(review, Activity.INTERVIEW, "Team leader")
    on_agenda(review, Activity.INTERVIEW, "director")
    on_agenda(review, Activity.INTERVIEW, "clinician", done=False)
    on_agenda(review, Activity.OBSERVATION, "clinician")
    on_agenda(review, Activity.MEETING, "closing meeting")

    assert counts(review) == EvidenceCounts(interviews=2, observations=1, records=None)


def test_records_are_those_of_the_notes_or_of_the_worksheet_where_it_lists_more():
    review = ReviewFactory()
    on_agenda(review, Activity.RECORDS, "ten client records")
    note(review, Source.RECORD, "record 1")
    for place in range(4):
        review.worksheet_rows.create(sheet=Sheet.RECORDS, place=place, updated_by=lead_of(review))
    review.worksheet_rows.create(sheet=Sheet.JOBS, place=0, updated_by=lead_of(review))

    assert counts(review).records == 4


@pytest.mark.parametrize("number", [1, 30])
def test_counting_takes_three_queries(django_assert_num_queries, number):
    review = fresh(ReviewFactory())
    for place in range(number):
        note(review, Source.INTERVIEW, f"client {place}")
        on_agenda(review, Activity.INTERVIEW, f"clinician {place}")

    with django_assert_num_queries(3):
        interviews_observations_records(review)


# Page 1


def page_of(client, review):
    client.force_login(lead_of(review))
    return client.get(f"/reviews/{review.pk}/draft/")


def counted_on(page) -> tuple:
    fields = form_on(page, "draft-form")
    return fields["interviews"], fields["observations"], fields["records"]


def test_page_1_begins_with_what_was_counted_and_says_where_from(client):
    review = in_draft()
    note(review, Source.INTERVIEW, "team leader")
    Review.objects.filter(pk=review.pk).update(records=12)

    page = page_of(client, fresh(review))

    assert counted_on(page) == ("1", "", "12")
    assert "come from the evidence notes, the agenda" in text_of(page)
    assert 'aria-describedby="counted-from"' in page.content.decode()
    assert fresh(review).interviews is None


def test_page_1_keeps_what_was_said(client):
    review = in_draft()
    note(review, Source.INTERVIEW, "team leader")
    Review.objects.filter(pk=review.pk).update(interviews=7, observations=0, records=12)

    page = page_of(client, fresh(review))

    assert counted_on(page) == ("7", "0", "12")
    assert "come from the evidence notes" not in text_of(page)


def test_page_1_of_a_visit_that_names_nothing_is_left_empty(client):
    page = page_of(client, in_draft())

    assert counted_on(page) == ("", "", "")
    assert "come from the evidence notes" not in text_of(page)
