"""The timeline of a review as its people read it: in order, in words, with the notes that are theirs to read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.permissions import Role
from reviews.models import ReviewEvent, Stage
from reviews.past.history import happenings
from tests.factories.programs import MembershipFactory
from tests.factories.reviews import ReviewFactory
from tests.reviews.pages import text_of
from tests.reviews.situations import at_stage, fresh, in_consensus, issued, joined, lead_of, submitted_by

pytestmark = pytest.mark.django_db

Step = ReviewEvent.Step


def history(client, review, person) -> str:
    client.force_login(person)
    answer = client.get(f"/reviews/{review.pk}/history/")
    assert answer.status_code == 200
    return text_of(answer)


def test_steps_are_told_in_their_order_with_who_took_them(client):
    review = in_consensus()
    lead = lead_of(review)

    shown = history(client, review, lead)

    assert f"{lead.name} began rating" in shown
    assert (
        shown.index("began rating") < shown.index("submitted their ratings") < shown.index("opened consensus")
    )


def test_the_same_step_taken_again_and_again_is_one_line():
    review = ReviewFactory()
    lead, other = lead_of(review), joined(review, Role.REVIEWER)
    for person in (lead, lead, lead, other, lead):
        review.timeline.create(step=Step.DRAFT_CHANGED, by=person)

    lines = happenings(lead, fresh(review))

    assert [(line.who, line.times) for line in lines] == [(lead.name, 3), (other.name, 1), (lead.name, 1)]
    assert lines[0].at < lines[0].until


@pytest.mark.parametrize("step", [Step.SUBMITTED, Step.REOPENED, Step.ISSUED])
def test_no_other_step_is_left_out(step):
    review = ReviewFactory()
    for _ in range(2):
        review.timeline.create(step=step, by=lead_of(review))

    assert [line.times for line in happenings(lead_of(review), fresh(review))] == [1, 1]


def test_why_the_team_went_back_is_read_by_the_team_alone(client):
    review = in_consensus()
    why = "Item 3 was a 2 after all."
    review.timeline.create(step=Step.BACK_TO_CONSENSUS, by=lead_of(review), note=why)
    manager = MembershipFactory(program=review.site.program, role=Role.PROGRAM_MANAGER.value).user
    other, observer = review.members.get(role=Role.REVIEWER.value).user, joined(review, Role.OBSERVER)

    assert why in history(client, review, other)
    shown = history(client, review, observer)
    assert "went back from the draft to consensus" in shown
    assert why not in shown
    assert "went back from the draft to consensus" not in history(client, review, manager)

    submitted_by(review, observer, 3)
    assert why in history(client, review, observer)


@pytest.mark.parametrize("role", [Role.PROGRAM_MANAGER, Role.VIEWER])
def test_those_of_the_service_read_the_steps_and_the_edition_and_no_way_to_ratings(client, role):
    review = issued()
    person = MembershipFactory(program=review.site.program, role=role.value).user

    shown = history(client, review, person)

    assert "issued the report" in shown
    assert "1.0" in shown
    assert "Past values of a rating" not in shown


def test_who_rates_finds_the_way_to_the_past_of_each_item(client):
    review = ReviewFactory()
    client.force_login(lead_of(review))

    page = client.get(f"/reviews/{review.pk}/history/").content.decode()

    for code in review.version.item_ids():
        assert f'href="/reviews/{review.pk}/history/{code}/"' in page


def test_a_note_is_shown_as_it_was_typed(client):
    review = ReviewFactory()
    review.timeline.create(step=Step.REOPENED, by=lead_of(review), note="<i>One</i>\nTwo")

    client.force_login(lead_of(review))
    page = client.get(f"/reviews/{review.pk}/history/").content.decode()

    assert "&lt;i&gt;One&lt;/i&gt;<br>Two" in page


@pytest.mark.parametrize("stage", [Stage.RATING, Stage.CONSENSUS, Stage.DRAFT])
def test_the_page_takes_the_same_queries_for_3_and_30_steps_and_people(client, stage):
    review = at_stage(in_consensus(), stage)
    client.force_login(lead_of(review))

    def queries() -> int:
        client.get(f"/reviews/{review.pk}/history/")
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/reviews/{review.pk}/history/")
        return len(captured)

    few = queries()
    for _ in range(27):
        review.timeline.create(step=Step.REOPENED, by=joined(review, Role.OBSERVER), note="Why.")

    assert queries() == few
    assert few <= 13
