"""The pages of an action plan: read, run, read back, and all goals of one's sites on one page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.permissions import Role
from reviews.actions.action_plans import close_goal
from reviews.actions.correcting import begin_correction, correct_item, issue_correction
from reviews.actions.goals_back import read_goal_back
from reviews.actions.issuing import issue_review
from reviews.finishing.unresolved import unresolved_of
from reviews.models import Goal, GoalNote, GoalReading, Review
from tests.factories.reviews import ReviewFactory, TeamMemberFactory
from tests.reports.trends import past_result
from tests.reviews.pages import error_beside, form_on, text_of
from tests.reviews.plans_after import goal_in, goals_of, issued_with_plan, manager_of, year_before
from tests.reviews.situations import (
    fresh,
    in_program,
    issued,
    joined,
    lead_of,
    submitted_by,
    trivial_compose,
)

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script> {{ 7 }} =cmd()"


@pytest.fixture
def review(client) -> Review:
    review = issued_with_plan()
    client.force_login(manager_of(review))
    return review


def page_of(review, rest: str = "") -> str:
    return f"/reviews/{review.pk}/action-plan/{rest}"


def typed_in(page, **typed) -> dict:
    fields = form_on(page, "goal-form") | typed
    return {name: value for name, value in fields.items() if value is not None}


def today():
    return timezone.localdate()


def test_a_manager_reads_what_each_goal_still_lacks_and_gives_it_an_owner_and_a_day(client, review):
    goal = goals_of(review)[0]
    assert "Still to say: who sees to it, a day, how we will know." in text_of(client.get(page_of(review)))
    address = page_of(review, f"{goal.pk}/")
    manager = review.site.program.memberships.get(role=Role.PROGRAM_MANAGER.value)

    data = typed_in(
        client.get(address), owner=manager.shown_name, due_on=today().isoformat(), measure=HOSTILE
    )
    answer = client.post(address, data)

    goal.refresh_from_db()
    assert answer.url == f"{page_of(review)}#goal-{goal.pk}"
    assert (goal.owner_user, goal.due_on, goal.measure) == (manager.user, today(), HOSTILE)
    page = client.get(page_of(review))
    assert "due today" in text_of(page)
    assert "<script>alert" not in page.content.decode()


def test_more_than_four_goals_are_allowed_with_a_word_on_it(client, review):
    nudge = "Three or four goals get further than a long list."
    assert nudge not in text_of(client.get(page_of(review)))
    for what in ("One more", "And one"):
        data = typed_in(client.get(page_of(review, "new/")), what=what)
        assert client.post(page_of(review, "new/"), data).status_code == 302

    assert len(goals_of(review)) == 5
    assert nudge in text_of(client.get(page_of(review)))


def test_what_cannot_be_taken_is_said_beside_its_field_and_nothing_is_lost(client, review):
    address = page_of(review, "new/")
    data = typed_in(client.get(address), what="", item="caseload-size", target="2", owner="Ada")

    answer = client.post(address, data)

    assert answer.status_code == 422
    assert "Write what is to change." in error_beside(answer, "what")
    assert "The score is 3 already" in error_beside(answer, "target")
    assert 'value="Ada"' in answer.content.decode()


def test_a_change_by_another_meanwhile_is_shown_and_nothing_typed_is_lost(client, review):
    goal = goals_of(review)[0]
    address = page_of(review, f"{goal.pk}/")
    first, second = (typed_in(client.get(address), what=what) for what in ("From here", "From there"))
    client.post(address, first)

    answer = client.post(address, second)

    said = text_of(answer)
    assert answer.status_code == 409
    assert "From here" in said
    assert "From there" in answer.content.decode()
    assert client.post(address, typed_in(answer)).status_code == 302
    assert goals_of(review)[0].what == "From there"


def test_a_goal_is_set_aside_with_a_reason_only(client, review):
    goal = goals_of(review)[0]
    address = page_of(review, f"{goal.pk}/close/")
    day = {"closed_on": today().isoformat(), "status": "set-aside"}

    refused = client.post(address, day)
    ahead = client.post(address, day | {"closed_on": (today() + timedelta(days=1)).isoformat()})
    client.post(address, day | {"reason": "The building is sold."})

    assert (refused.status_code, ahead.status_code) == (422, 422)
    assert "This day is still to come." in text_of(ahead)
    assert "Set aside because: The building is sold." in text_of(client.get(page_of(review)))
    assert client.post(address, day | {"reason": "x"}).status_code == 302
    assert Goal.objects.get(pk=goal.pk).reason == "The building is sold."


def test_the_lead_notes_progress_and_an_empty_note_is_refused(client, review):
    goal = goals_of(review)[1]
    client.force_login(lead_of(review))
    address, name = page_of(review, f"{goal.pk}/notes/"), f"goal-{goal.pk}-text"

    assert client.post(address, {name: " "}).status_code == 422
    assert client.post(address, {name: HOSTILE}).status_code == 302

    assert GoalNote.objects.get().text == HOSTILE
    page = client.get(page_of(review))
    assert "=cmd()" in text_of(page)
    assert "/edit" not in page.content.decode()
    assert "Add a goal" not in text_of(page)


def test_a_corrected_score_is_said_beside_the_goal_that_keeps_the_old_one(client, review):
    by, said = lead_of(review), "The report was corrected since: this item’s score is 2."
    assert said not in text_of(client.get(page_of(review)))
    begin_correction(review=review, by=by)
    correct_item(review=review, item_code="caseload-size", values={"score": 2}, based_on=0, by=by)
    correction = review.corrections.get()
    issue_correction(
        review=review, reason="Misread.", based_on=correction.revision, compose=trivial_compose, by=by
    )

    assert said in text_of(client.get(page_of(review)))
    assert goals_of(review)[0].score_then == 3


def test_the_number_of_queries_is_the_same_for_three_goals_as_for_thirty(client, review):
    by = manager_of(review)
    goals_of(review)[0].notes.create(text="Begun.", by=by)

    def queries(address):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    before = [queries(page_of(review)), queries("/actions/")]
    for place in range(24):
        goal = goal_in(review, by, what=f"Goal {place}", owner="Ada", due_on=today())
        goal.notes.create(text="On its way.", by=by)
    other = issued(site__program=review.site.program)
    for place in range(3):
        goal_in(other, by, what=f"Other {place}")

    assert [queries(page_of(review)), queries("/actions/")] == before
    assert max(before) <= 20


def test_all_goals_are_narrowed_by_what_is_due_and_by_site(client, review):
    by = manager_of(review)
    other = issued(site__program=review.site.program)
    goal_in(other, by, what="Late elsewhere", owner="Ada", due_on=today() - timedelta(days=3))
    goal_in(other, by, what="Mine", owner="x", owner_user_id=by.pk, due_on=today())
    hidden = issued_with_plan()
    client.force_login(by)

    def shown(query: str) -> str:
        return text_of(client.get(f"/actions/{query}"))

    assert "5 goals" in shown("")
    assert "Late elsewhere" in shown("?show=overdue")
    assert "overdue by 3 days" in shown("?show=overdue")
    assert "1 goal " in shown("?show=overdue")
    assert "1 goal " in shown("?show=soon")
    assert "1 goal " in shown("?show=mine")
    assert "3 goals" in shown(f"?show=unclear&site={review.site_id}")
    assert "2 goals" in shown(f"?show=nonsense&site={other.site.name.lower()}")
    assert "0 goals" in shown(f"?site={hidden.site_id}")
    assert hidden.site.name not in shown("")


def test_a_rater_reads_the_last_goals_back_once_their_own_set_is_in(client):
    before = issued_with_plan(**year_before())
    goal = goals_of(before)[0]
    now = ReviewFactory(site=before.site)
    lead, observer = lead_of(now), joined(now, Role.OBSERVER)
    address = f"/reviews/{now.pk}/goals-before/"
    client.force_login(lead)
    assert client.get(address).status_code == 403
    assert "Goals of the last plan" not in text_of(client.get(f"/reviews/{now.pk}/"))

    submitted_by(now, lead)
    form = {
        f"goal-{goal.pk}-outcome": "partly",
        f"goal-{goal.pk}-text": "Two of three.",
        f"goal-{goal.pk}-revision": "0",
    }

    assert "Goals of the last plan" in text_of(client.get(f"/reviews/{now.pk}/"))
    unread = "What became of 3 goals of the last plan is not recorded."
    assert unread in [str(line) for line in unresolved_of(fresh(now)).look]
    assert "0 of 3 goals" in text_of(client.get(address))
    assert client.post(f"{address}{goal.pk}/", {}).status_code == 422
    assert client.post(f"{address}{goal.pk}/", form).status_code == 302
    again = client.post(f"{address}{goal.pk}/", form | {f"goal-{goal.pk}-text": "All three."})
    assert again.status_code == 409
    assert "All three." in again.content.decode()
    assert "Two of three." in text_of(again)
    assert GoalReading.objects.get().text == "Two of three."
    client.force_login(observer)
    assert client.get(address).status_code == 403
    client.force_login(manager_of(now))
    assert client.get(address).status_code == 403


def test_what_became_of_a_goal_stands_on_the_old_plan_once_the_report_is_issued(client):
    before = issued_with_plan(**year_before())
    goal, by = goals_of(before)[0], manager_of(before)
    now = fresh(ReviewFactory(site=before.site, scores=4))
    read_goal_back(review=now, goal=goal, outcome="partly", text="Two of three.", based_on=0, by=lead_of(now))
    client.force_login(by)
    assert "Two of three." not in text_of(client.get(page_of(before)))

    issue_review(review=now, by=lead_of(now), compose=trivial_compose, not_asked_because="A test.")

    old, new = text_of(client.get(page_of(before))), text_of(client.get(page_of(now)))
    assert "partly reached. Two of three." in old
    assert "It stays as it is." in old
    assert "Add a goal" not in old
    assert "Carry it on in this plan" in new
    answer = client.post(page_of(now, f"{goal.pk}/carry-on/"))
    assert answer.status_code == 302
    assert "Carried on from the last plan." in text_of(client.get(page_of(now)))


def test_a_rater_sees_no_goal_of_the_site_on_any_page_before_their_set_is_in(client):
    before = issued_with_plan(**year_before())
    by = manager_of(before)
    close_goal(goal=goals_of(before)[0], status=Goal.Status.REACHED, closed_on=today(), by=by)
    TeamMemberFactory(review=ReviewFactory(site=before.site), user=by)
    client.force_login(by)

    for address in ("/actions/", "/actions/?show=closed", "/actions.csv", "/actions.xlsx"):
        assert "Work on" not in client.get(address).content.decode(errors="replace"), address
    for rest in ("action-plan/", "action-plan.csv", "action-plan.pdf", "action-plan.xlsx"):
        assert client.get(f"/reviews/{before.pk}/{rest}").status_code == 403, rest


def test_who_only_reads_finds_no_button(client, review):
    client.force_login(in_program(review, Role.VIEWER))

    page = client.get(page_of(review)).content.decode()

    assert "Work on caseload-size" in page
    assert "Reached or set aside" not in page
    assert "<button" not in page.partition("<main")[2]


def test_a_goal_is_not_reached_before_the_visit_that_its_plan_follows(client, review):
    goal = goals_of(review)[0]
    address = page_of(review, f"{goal.pk}/close/")
    day = {"status": "reached", "closed_on": (review.starts_on - timedelta(days=1)).isoformat()}

    refused = client.post(address, day)

    assert refused.status_code == 422
    assert "The visit began on" in error_beside(refused, "closed_on")
    assert day["closed_on"] in refused.content.decode()
    assert client.post(address, day | {"closed_on": review.starts_on.isoformat()}).status_code == 302


def test_a_new_due_day_is_not_past_and_a_kept_one_may_be(client, review):
    past, earlier = (today() - timedelta(days=days) for days in (3, 9))
    goal = goal_in(review, manager_of(review), owner="Ada", due_on=past)
    address = page_of(review, f"{goal.pk}/")
    kept = typed_in(client.get(address), what="Said better")

    refused = client.post(address, kept | {"due_on": earlier.isoformat()})
    new = client.post(page_of(review, "new/"), kept | {"revision": "0", "due_on": past.isoformat()})

    for answer in (refused, new):
        assert answer.status_code == 422
        assert "This day is past." in error_beside(answer, "due_on")
        assert "Said better" in answer.content.decode()
    assert client.post(address, kept).status_code == 302
    goal.refresh_from_db()
    assert (goal.what, goal.due_on) == ("Said better", past)


def test_a_choice_that_no_goal_fits_says_so_and_leads_back_to_all(client, review):
    page = client.get("/actions/?show=overdue")

    assert "No goal fits this choice. Show all open goals" in text_of(page)
    assert "A goal appears here once" not in text_of(page)
    assert '<a class="tall" href="/actions/">' in page.content.decode()


def test_few_sites_are_chosen_from_a_list_and_of_many_one_writes(client, review, monkeypatch):
    chosen = f'<option value="{review.site_id}" selected>'
    assert chosen in client.get(f"/actions/?site={review.site_id}").content.decode()
    written = client.get("/actions/?site=part").content.decode()
    assert 'value="part"' in written

    monkeypatch.setattr("reviews.views.actions.SITES_OFFERED", 0)

    assert '<select name="site"' not in client.get("/actions/").content.decode()


def test_a_site_without_a_report_before_and_one_with_an_old_score_sheet_are_told_apart(client):
    new, old, bare = (ReviewFactory() for _ in range(3))
    past_result(old.site, year_before()["starts_on"], 4)
    issued(4, site=bare.site, **year_before()).action_plan.delete()

    for review, said in (
        (new, "No report of this site was issued here before."),
        (old, "Its last review came from an old score sheet, which has no action plan here."),
        (bare, "The last report of this site has no action plan."),
    ):
        submitted_by(review, lead_of(review))
        client.force_login(lead_of(review))
        assert said in text_of(client.get(f"/reviews/{review.pk}/goals-before/"))


def test_the_printed_plan_has_no_button_and_no_files(client, review):
    page = client.get(page_of(review)).content.decode()

    assert f'<a class="btn btn-primary no-print" href="{page_of(review, "new/")}"' in page
    assert '<span class="plan-files no-print">' in page
