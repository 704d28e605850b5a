"""The weekly letter about goals: to whom, what it says and what it never says, once a week, and how it is stopped."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from accounts.permissions import Role
from reviews.actions.weekly_letter import choose_letter, wants_letter
from reviews.models import Digest, Goal
from reviews.reminders.gathering import monday_of
from reviews.reminders.sending import LettersNotSent, send_letter, send_letters
from reviews.tasks import send_weekly_letters
from tests.at_once import at_once
from tests.factories.reviews import ReviewFactory, TeamMemberFactory
from tests.reviews.pages import text_of
from tests.reviews.plans_after import goal_in, goals_of, issued_with_plan, manager_of, year_before
from tests.reviews.situations import in_program

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


class RefusingOne(EmailBackend):
    """A mail server that does not take letters to one person."""

    refused = ""

    def send_messages(self, messages):
        if any(self.refused in message.to for message in messages):
            raise ConnectionRefusedError
        return super().send_messages(messages)


@pytest.fixture
def review(settings):
    settings.SITE_ADDRESS = "https://reviews.example.org/"
    return issued_with_plan(**year_before())


def waiting(review, **typed):
    """A manager of the review's program, and a goal of theirs that is overdue."""
    by = manager_of(review)
    goal_in(review, by, **({"owner": "Ada", "due_on": TODAY - timedelta(days=12)} | typed))
    return by


def test_a_manager_is_told_how_many_goals_wait_at_which_site(review):
    by = waiting(review)
    goal_in(review, by, what="Soon", owner="Ada", due_on=TODAY + timedelta(days=14))
    goal_in(review, by, what="Later", owner="Ada", due_on=TODAY + timedelta(days=15))

    assert send_letters(TODAY) == 1

    letter = mail.outbox[0]
    assert letter.to == [by.email]
    assert letter.subject == "5 goals of your action plans wait"
    for said in (
        review.site.name,
        "- 1 goal is overdue",
        "- 1 goal is due in the next two weeks",
        "- 3 goals have no owner or no day yet",
        f"https://reviews.example.org/reviews/{review.pk}/action-plan/",
        "https://reviews.example.org/actions/",
    ):
        assert said in letter.body


def test_no_score_target_item_or_goal_is_in_a_letter(review):
    by = waiting(review, what="Share out caseloads", measure="Below 20")

    send_letters(TODAY)

    body = mail.outbox[0].body.replace(by.name, "")
    for goal in goals_of(review):
        assert goal.what not in body
        assert goal.item is None or goal.item.short_title not in body
    assert "Below 20" not in body
    without_links = re.sub(r"https://\S+", "", body).replace(review.site.name, "")
    assert re.findall(r"\d+", without_links) == ["1", "3"]


def test_whose_goals_all_have_time_gets_no_letter(review):
    goals = Goal.objects.filter(plan__review=review)
    goals.update(owner="Ada", due_on=TODAY + timedelta(days=40))
    manager_of(review)

    assert send_letters(TODAY) == 0
    assert not Digest.objects.exists()


def test_an_owner_with_an_account_is_told_of_their_own_goals_alone(review):
    owner = in_program(review, Role.VIEWER)
    waiting(review, owner=owner.name, owner_user_id=owner.pk)

    send_letters(TODAY)

    letter = next(one for one in mail.outbox if one.to == [owner.email])
    assert letter.subject == "1 goal of your action plans waits"


def test_an_owner_without_a_role_any_more_is_told_nothing(review):
    owner = in_program(review, Role.VIEWER)
    waiting(review, owner=owner.name, owner_user_id=owner.pk)
    owner.memberships.all().delete()

    send_letters(TODAY)

    assert owner.email not in {letter.to[0] for letter in mail.outbox}


def test_who_rates_the_site_now_gets_no_line_about_it(review):
    by = waiting(review)
    TeamMemberFactory(review=ReviewFactory(site=review.site), user=by)

    assert send_letters(TODAY) == 0


def test_another_program_is_not_in_the_letter(review):
    by, elsewhere = waiting(review), issued_with_plan()
    waiting(elsewhere)

    send_letters(TODAY)

    letter = next(one for one in mail.outbox if one.to == [by.email])
    assert elsewhere.site.name not in letter.body


def test_a_letter_is_sent_once_a_week_however_often_the_job_runs(review):
    waiting(review)
    due = int(datetime(2026, 11, 23, 6, tzinfo=UTC).timestamp())

    for _ in range(2):
        send_weekly_letters(timestamp=due)
    send_letters(TODAY + timedelta(days=2))
    assert len(mail.outbox) == 1

    send_letters(TODAY + timedelta(days=7))
    assert len(mail.outbox) == 2


def test_what_the_mail_server_refuses_is_tried_again_and_the_others_get_theirs(review, settings):
    refused, taken = waiting(review), waiting(review)
    settings.EMAIL_BACKEND = f"{__name__}.RefusingOne"
    RefusingOne.refused = refused.email
    with pytest.raises(LettersNotSent):
        send_letters(TODAY)
    assert [letter.to for letter in mail.outbox] == [[taken.email]]

    RefusingOne.refused = "nobody"
    assert send_letters(TODAY) == 1

    assert [letter.to for letter in mail.outbox] == [[taken.email], [refused.email]]


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_letter(settings):
    settings.SITE_ADDRESS = "https://reviews.example.org/"
    by = waiting(issued_with_plan(**year_before()))

    def send():
        return send_letter(by, week=monday_of(TODAY), today=TODAY)

    assert sorted(at_once(send, send)) == [False, True]
    assert len(mail.outbox) == 1


def test_the_link_in_the_letter_stops_it_at_a_button_and_in_one_click(review, settings):
    by = waiting(review)
    send_letters(TODAY)
    letter = mail.outbox[0]
    address = letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("https://reviews.example.org")
    assert address in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stranger = Client(enforce_csrf_checks=True)

    assert "Stop the letter" in text_of(stranger.get(address))
    assert wants_letter(by)
    answer = stranger.post(address, {"List-Unsubscribe": "One-Click"})

    assert "The weekly letter is stopped" in text_of(answer)
    assert not wants_letter(by)
    assert send_letters(TODAY + timedelta(days=7)) == 0


def test_a_link_that_is_not_ours_stops_nothing(client):
    answer = client.post("/weekly-letter/1:x:y/")

    assert answer.status_code == 404
    assert "This link stops no letter" in text_of(answer)


def test_one_chooses_in_the_product_too(client, review):
    by = manager_of(review)
    client.force_login(by)

    assert "You get it." in text_of(client.get("/weekly-letter/"))
    client.post("/weekly-letter/", {"wants": "no"})
    assert "You do not get it." in text_of(client.get("/weekly-letter/"))
    client.post("/weekly-letter/", {"wants": "yes"})
    assert wants_letter(by)
    choose_letter(user=by, wants=True)
    assert wants_letter(by)


def test_whom_no_letter_can_reach_is_told_so_and_keeps_the_choice(client, review):
    user = in_program(review, Role.VIEWER)
    client.force_login(user)
    neither = "It goes to people who run an action plan or see to a goal. You do neither now, so none comes."

    said = text_of(client.get("/weekly-letter/"))
    assert neither in said
    assert "You get it." not in said
    client.post("/weekly-letter/", {"wants": "no"})
    assert not wants_letter(user)
    answer = client.post("/weekly-letter/", {"wants": "yes"}, follow=True)
    assert "The letter comes once you run an action plan or see to a goal." in text_of(answer)

    goal_in(review, manager_of(review), owner=user.name, owner_user_id=user.pk)

    said = text_of(client.get("/weekly-letter/"))
    assert "You get it." in said
    assert neither not in said
