"""The dates of a review in the browser."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.permissions import Role
from reviews.models import Deadline, Stage
from reviews.visit.timetable import Anchor, Unit
from tests.factories.reviews import DeadlineFactory, ReviewFactory, TimetablePolicyFactory
from tests.reviews.pages import error_beside, form_on, text_of
from tests.reviews.situations import at_stage, in_program, lead_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(client):
    review = ReviewFactory()
    client.force_login(lead_of(review))
    return review


def dates_url(review) -> str:
    return f"/reviews/{review.pk}/dates/"


def date_url(review, deadline, act: str = "") -> str:
    return f"{dates_url(review)}{deadline.pk}/{act}"


@time_machine.travel("2026-10-01 12:00:00+00:00")
def test_each_step_stands_with_its_day_its_rule_and_how_it_stands(client, review):
    DeadlineFactory(review=review, title="Portfolio checked", offset=3)
    DeadlineFactory(review=review, title="Data deleted", anchor=Anchor.AFTER_ISSUE.value)
    DeadlineFactory(review=review, title="Agreement", done_on=date(2026, 9, 2), set_on=date(2026, 9, 1))

    text = text_of(client.get(dates_url(review)))

    assert "Portfolio checked September 23, 2026 , 3 weeks before the visit Overdue by 8 days" in text
    assert "Data deleted 2 weeks after issue Waits for issue" in text
    assert "Agreement September 1, 2026 , set by hand Done September 2, 2026" in text


def test_steps_stand_in_the_order_of_their_dates(client, review):
    for place, (title, day) in enumerate([("Third", None), ("Second", 20), ("First", 9)]):
        set_on = day and date(2026, 9, day)
        DeadlineFactory(
            review=review, place=place, title=title, set_on=set_on, anchor=Anchor.AFTER_ISSUE.value
        )

    text = text_of(client.get(dates_url(review)))

    assert text.index("First") < text.index("Second") < text.index("Third")


def test_who_sees_the_review_reads_the_dates_without_buttons(client, review):
    deadline = DeadlineFactory(review=review)
    client.force_login(in_program(review, Role.PROGRAM_MANAGER))

    page = client.get(dates_url(review))

    assert deadline.title in text_of(page)
    assert "Set the day" not in text_of(page)
    assert client.get(date_url(review, deadline)).status_code == 403


def test_one_button_marks_as_done_and_takes_it_back(client, review):
    deadline = DeadlineFactory(review=review)

    for done in ("yes", "no"):
        answer = client.post(date_url(review, deadline, "done/"), {"done": done}, follow=True)
        assert deadline.title in text_of(answer)
        deadline.refresh_from_db()
        assert (deadline.done_on is not None) == (done == "yes")


def test_a_day_is_set_and_put_back_to_the_timetable(client, review):
    deadline = DeadlineFactory(review=review)
    fields = form_on(client.get(date_url(review, deadline)), "form-1")

    client.post(date_url(review, deadline), fields | {"set_on": "2026-09-20"})

    deadline.refresh_from_db()
    assert deadline.set_on == date(2026, 9, 20)
    page = client.get(date_url(review, deadline))
    assert "the timetable says: 2 weeks before the visit" in text_of(page)
    fields = form_on(page, "form-1")
    client.post(date_url(review, deadline), fields | {"set_on": ["2026-09-20", ""]})
    deadline.refresh_from_db()
    assert deadline.set_on is None


@pytest.mark.parametrize(
    ("name", "typed"), [("set_on", "soon"), ("set_on", "2026-02-30"), ("done_on", "2099-01-01")]
)
def test_a_day_that_cannot_be_is_told_beside_it(client, review, name, typed):
    deadline = DeadlineFactory(review=review)
    fields = form_on(client.get(date_url(review, deadline)), "form-1")

    answer = client.post(date_url(review, deadline), fields | {name: typed})

    assert answer.status_code == 422
    assert error_beside(answer, name)


def test_a_date_changed_meanwhile_shows_theirs_and_keeps_what_was_typed(client, review):
    deadline = DeadlineFactory(review=review)
    mine = form_on(client.get(date_url(review, deadline)), "form-1")
    client.post(date_url(review, deadline), mine | {"set_on": "2026-09-20"})

    answer = client.post(date_url(review, deadline), mine | {"set_on": "2026-09-21"})

    assert answer.status_code == 409
    assert "Saved now: September 20, 2026" in text_of(answer)
    again = form_on(answer, "form-1")
    assert again["set_on"] == "2026-09-21"
    client.post(date_url(review, deadline), again)
    deadline.refresh_from_db()
    assert deadline.set_on == date(2026, 9, 21)


def test_a_review_without_dates_takes_them_from_a_timetable(client, review):
    timetable = TimetablePolicyFactory(steps=[("Agreement", Anchor.BEFORE_VISIT, 2, Unit.MONTHS)])

    for _ in range(2):
        answer = client.post(dates_url(review), {"timetable": timetable.pk}, follow=True)

    assert "They stay as they are." in text_of(answer)
    assert "August 14, 2026" in text_of(answer)
    assert Deadline.objects.count() == 1


@pytest.mark.parametrize("typed", ["", "x", "999999"])
def test_a_timetable_that_is_not_there_is_told(client, review, typed):
    answer = client.post(dates_url(review), {"timetable": typed})

    assert answer.status_code == 422
    assert "There is something to mend" in text_of(answer)


def test_a_step_of_another_review_is_not_there(client, review):
    assert client.get(date_url(review, DeadlineFactory())).status_code == 404


def test_a_cancelled_review_shows_its_dates_and_no_buttons(client, review):
    deadline = DeadlineFactory(review=review)
    at_stage(review, Stage.CANCELLED)

    assert "Set the day" not in text_of(client.get(dates_url(review)))
    assert client.post(date_url(review, deadline, "done/"), {"done": "yes"}).status_code == 403


def test_the_page_takes_the_same_queries_for_3_and_30_steps(client, review):
    def queries() -> int:
        client.get(dates_url(review))
        with CaptureQueriesContext(connection) as captured:
            client.get(dates_url(review))
        return len(captured)

    DeadlineFactory.create_batch(3, review=review)
    few = queries()
    DeadlineFactory.create_batch(27, review=review)

    assert queries() == few
    assert few <= 20
