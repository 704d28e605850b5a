"""Two devices in one meeting at the same moment, each on a connection of its own: nothing is overwritten silently."""

import pytest
from django.test import Client

from reviews.actions.consensus import ConsensusIncomplete, agree, agree_all_equal, open_draft
from reviews.actions.refusals import NotNow
from reviews.models import ReviewEvent, Stage
from tests.at_once import at_once
from tests.reviews.meetings import EQUAL, SPLIT, as_other, meeting_of_two, other_of, send, stored, url
from tests.reviews.situations import fresh, lead_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def review():
    return meeting_of_two()


@pytest.fixture
def devices(review):
    clients = Client(), Client()
    for client, person in zip(clients, (lead_of(review), other_of(review)), strict=True):
        client.force_login(person)
    return clients


def saving(review, was=None, by=None, code=SPLIT, **values):
    return lambda: agree(
        review=fresh(review), item_code=code, values=values, was=was, by=by or lead_of(review)
    )


def test_of_two_texts_in_one_field_one_is_saved_and_the_other_told(review, devices):
    pages = [device.get(url(review)) for device in devices]

    answers = at_once(
        *(
            lambda device=device, page=page, text=text: (
                send(device, review, page=page, htmx=True, reason=text).status_code
            )
            for device, page, text in zip(devices, pages, ("Menna's.", "Idris's."), strict=True)
        )
    )

    assert sorted(answers) == [200, 409]
    kept = {200: "Menna's.", 409: "Idris's."}[answers[0]]
    assert stored(review).reason == kept
    assert stored(review).revision == 1


def test_two_fields_of_one_item_are_both_saved(review, devices):
    pages = [device.get(url(review)) for device in devices]
    typed = ({"score": "4"}, {"rationale": "Counted together."})

    answers = at_once(
        *(
            lambda device=device, page=page, values=values: (
                send(device, review, page=page, htmx=True, **values).status_code
            )
            for device, page, values in zip(devices, pages, typed, strict=True)
        )
    )

    assert answers == [200, 200]
    row = stored(review)
    assert (row.score, row.rationale, row.revision) == (4, "Counted together.", 2)


def test_one_place_among_what_to_do_next_goes_to_one_item(review):
    outcomes = at_once(
        saving(review, code=SPLIT, priority=1, action="Share the caseloads."),
        saving(review, code=EQUAL, priority=1, action="Ask all teams.", by=other_of(review)),
    )

    assert sorted(outcome.place_taken_by is not None for outcome in outcomes) == [False, True]
    assert review.consensus.filter(priority=1).count() == 1


def test_agreeing_all_from_two_devices_agrees_each_item_once(review):
    people = lead_of(review), other_of(review)

    outcomes = at_once(
        *(lambda person=person: agree_all_equal(review=fresh(review), by=person) for person in people)
    )

    assert sorted(outcomes) == [0, 24]
    assert set(review.consensus.values_list("revision", flat=True)) == {1}


def test_a_save_and_the_end_of_the_meeting_do_not_cross(review):
    agree_all_equal(review=review, by=lead_of(review))
    as_other(review, score=4, reason="Counted.")

    saved, opened = at_once(
        saving(review, by=other_of(review), score=None, reason=""),
        lambda: open_draft(review=fresh(review), by=lead_of(review)),
    )

    stage = fresh(review).stage
    if isinstance(opened, ConsensusIncomplete):
        assert (stage, stored(review).score) == (Stage.CONSENSUS, None)
    else:
        assert isinstance(saved, NotNow)
        assert (stage, stored(review).score) == (Stage.DRAFT, 4)


def test_sending_to_the_draft_from_two_devices_opens_it_once(review):
    agree_all_equal(review=review, by=lead_of(review))
    as_other(review, score=4, reason="Counted.")
    people = lead_of(review), other_of(review)

    outcomes = at_once(
        *(lambda person=person: open_draft(review=fresh(review), by=person) for person in people)
    )

    assert sorted(isinstance(outcome, NotNow) for outcome in outcomes) == [False, True]
    assert review.timeline.filter(step=ReviewEvent.Step.DRAFT_OPENED).count() == 1


def test_both_announce_themselves_at_once(review, devices):
    answers = at_once(
        *(
            lambda device=device: device.post(url(review, "here"), {"on": SPLIT}).status_code
            for device in devices * 2
        )
    )

    assert set(answers) <= {200, 204}
    assert review.present.count() == 2
