"""An action plan: what it begins with, who runs it, and what the database keeps of it."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import translation

from accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from reviews.action_plans import words
from reviews.actions.action_plans import (
    GoalTyped,
    add_goal,
    add_progress,
    carry_on,
    change_goal,
    close_goal,
    move_goal,
    reopen_goal,
    start_plan,
)
from reviews.actions.goals_back import read_goal_back
from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.models import ActionPlan, Goal, GoalNote, Stage
from reviews.permissions import may_edit_action_plan, may_read_action_plan
from tests.factories.reviews import ReviewFactory, TeamMemberFactory
from tests.reviews.plans_after import goal_in, goals_of, issued_with_plan, manager_of, year_before
from tests.reviews.situations import at_stage, fresh, in_program, lead_of, submitted_by

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


def test_issuing_a_report_opens_its_plan_with_a_goal_for_each_priority():
    review = issued_with_plan()

    assert [(goal.item.code, goal.score_then, goal.target, goal.what) for goal in goals_of(review)] == [
        ("caseload-size", 3, 5, "Work on caseload-size"),
        ("zero-exclusion", 3, 5, "Work on zero-exclusion"),
        ("community-based", 3, None, "Work on community-based"),
    ]


def test_a_report_issued_without_a_plan_gets_the_same_once():
    review = issued_with_plan()
    by = manager_of(review)
    review.action_plan.delete()

    plan = start_plan(review=fresh(review), by=by)

    assert [goal.target for goal in goals_of(review)] == [5, 5, None]
    assert start_plan(review=fresh(review), by=by) == plan
    with pytest.raises(NotNow):
        start_plan(review=fresh(review), by=lead_of(review))


def test_a_target_that_is_reached_already_is_left_out():
    assert [goal.target for goal in goals_of(issued_with_plan(scores=5))] == [None, None, None]


def test_managers_change_goals_and_nobody_else_does():
    review = issued_with_plan()
    goal = goals_of(review)[0]
    typed = GoalTyped(what="Share them out", item_code="caseload-size", target=4, owner="Ada", due_on=TODAY)

    changed = change_goal(goal=goal, typed=typed, based_on=0, by=manager_of(review))

    assert (changed.what, changed.target, changed.owner, changed.revision) == ("Share them out", 4, "Ada", 1)
    for by in (lead_of(review), in_program(review, Role.VIEWER), in_program(review, Role.NETWORK_LEAD)):
        with pytest.raises(NotNow):
            change_goal(goal=goal, typed=GoalTyped(what="Mine"), based_on=1, by=by)


def test_a_change_over_anothers_is_refused_and_the_same_again_changes_nothing():
    review = issued_with_plan()
    goal, by = goals_of(review)[0], manager_of(review)
    first = change_goal(goal=goal, typed=GoalTyped(what="First"), based_on=0, by=by)

    with pytest.raises(ChangedMeanwhile):
        change_goal(goal=goal, typed=GoalTyped(what="Second"), based_on=0, by=by)
    assert change_goal(goal=goal, typed=GoalTyped(what="First"), based_on=0, by=by).revision == first.revision


def test_goals_are_added_once_and_change_places():
    review = issued_with_plan()
    by = manager_of(review)
    new = goal_in(review, by, what="Meet the county")
    assert goal_in(review, by, what="Meet the county") == new

    move_goal(goal=new, up=True, by=by)
    move_goal(goal=goals_of(review)[0], up=True, by=by)

    assert [goal.what for goal in goals_of(review)] == [
        "Work on caseload-size",
        "Work on zero-exclusion",
        "Meet the county",
        "Work on community-based",
    ]


def test_a_goal_is_closed_once_and_can_be_taken_up_again():
    review = issued_with_plan()
    by, (first, second, _third) = manager_of(review), goals_of(review)

    closed = close_goal(goal=first, status=Goal.Status.REACHED, closed_on=TODAY, by=by)
    aside = close_goal(goal=second, status=Goal.Status.SET_ASIDE, closed_on=TODAY, reason="Moved", by=by)

    assert (closed.status, closed.closed_by, closed.reason) == (Goal.Status.REACHED, by, "")
    assert aside.reason == "Moved"
    with pytest.raises(NotNow):
        close_goal(goal=first, status=Goal.Status.SET_ASIDE, closed_on=TODAY, reason="x", by=by)
    assert reopen_goal(goal=second, by=by).reason == ""


def test_managers_and_the_lead_note_progress_and_a_note_stays_as_it_is():
    review = issued_with_plan()
    goal = goals_of(review)[0]
    note = add_progress(goal=goal, text="Two of three are below 20.", by=lead_of(review))

    assert add_progress(goal=goal, text=note.text, by=lead_of(review)) == note
    with pytest.raises(NotNow):
        add_progress(goal=goal, text="x", by=in_program(review, Role.VIEWER))
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        GoalNote.objects.filter(pk=note.pk).update(text="Other")


def test_whoever_rates_the_site_now_reads_no_plan_of_it():
    review = issued_with_plan(**year_before())
    by = manager_of(review)
    assert may_read_action_plan(by, review)
    assert Goal.objects.visible_to(by).count() == 3

    TeamMemberFactory(review=ReviewFactory(site=review.site), user=by)

    assert not may_read_action_plan(by, fresh(review))
    assert Goal.objects.visible_to(by).count() == 0


def test_what_is_said_of_one_plan_and_of_many_agrees():
    review, elsewhere = issued_with_plan(), issued_with_plan()
    people = [
        manager_of(review),
        in_program(review, Role.VIEWER),
        in_program(review, Role.NETWORK_LEAD),
        in_program(review, Role.PROGRAM_LEAD),
        lead_of(review),
        TeamMemberFactory(review=review, role=Role.OBSERVER.value).user,
        TeamMemberFactory(review=review, role=Role.MODERATOR.value).user,
        manager_of(elsewhere),
    ]

    said = [may_read_action_plan(person, fresh(review)) for person in people]

    assert said == [True, True, True, False, True, False, False, False]
    assert [Goal.objects.visible_to(person).filter(plan__review=review).exists() for person in people] == said


def test_whoever_may_read_a_plan_may_read_its_report():
    assert all(
        Permission.READ_REPORT in held
        for held in ROLE_PERMISSIONS.values()
        if Permission.READ_ACTION_PLAN in held
    )


def test_the_plan_of_the_next_report_takes_the_place_of_this_one():
    before = issued_with_plan(**year_before())
    by = manager_of(before)
    first = goals_of(before)[0]
    now = issued_with_plan(4, site=before.site)

    assert not may_edit_action_plan(by, fresh(before))
    assert {goal.plan.review_id for goal in Goal.objects.visible_to(by).select_related("plan")} == {now.pk}
    with pytest.raises(NotNow):
        change_goal(goal=first, typed=GoalTyped(what="x"), based_on=0, by=by)

    carried = carry_on(plan=now.action_plan, goal=first, by=by)

    assert carry_on(plan=now.action_plan, goal=first, by=by) == carried
    assert (carried.score_then, carried.target, carried.due_on) == (4, 5, None)
    assert carried.carried_from == first


def test_a_goal_of_another_site_is_not_carried_on():
    now, elsewhere = issued_with_plan(), issued_with_plan(**year_before())

    with pytest.raises(NotNow):
        carry_on(plan=now.action_plan, goal=goals_of(elsewhere)[0], by=manager_of(now))


def test_goals_are_found_by_their_days_and_by_what_they_lack():
    review = issued_with_plan()
    by = manager_of(review)
    review.action_plan.goals.all().delete()
    late = goal_in(review, by, what="Late", owner="Ada", due_on=date(2026, 11, 22))
    due = goal_in(review, by, what="Today", owner="Ada", due_on=TODAY)
    soon = goal_in(review, by, what="Soon", owner=by.name, owner_user_id=by.pk, due_on=date(2026, 12, 7))
    bare = goal_in(review, by, what="Bare")
    done = goal_in(review, by, what="Done", due_on=date(2026, 1, 1))
    close_goal(goal=done, status=Goal.Status.REACHED, closed_on=TODAY, by=by)
    goals = Goal.objects.visible_to(by)

    assert list(goals.overdue(TODAY)) == [late]
    assert list(goals.due_within(TODAY, 14)) == [due, soon]
    assert list(goals.without_owner_or_day()) == [bare]
    assert list(goals.open().owned_by(by)) == [soon]
    assert list(goals.soonest_first()) == [late, due, soon, bare, done]


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"what": ""}, "a_goal_says_what_is_to_change"),
        ({"item": None}, "a_goal_without_an_item_has_no_score"),
        ({"target": 3}, "a_target_lies_above_the_score_then"),
        ({"status": "reached"}, "a_closed_goal_says_when_by_whom_and_why"),
        ({"reason": "Moved"}, "a_closed_goal_says_when_by_whom_and_why"),
    ],
)
def test_the_database_keeps_what_holds_of_every_goal(fields, rule):
    goal = goals_of(issued_with_plan())[0]
    for name, value in fields.items():
        setattr(goal, name, value)

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        goal.save()


def test_what_became_of_a_goal_is_recorded_by_those_whose_scores_count_and_final_with_the_report():
    before = issued_with_plan(**year_before())
    goal = goals_of(before)[0]
    now = ReviewFactory(site=before.site)
    lead = lead_of(now)
    said = {"goal": goal, "outcome": "partly", "text": "Two of three."}
    with pytest.raises(NotNow):
        read_goal_back(review=now, by=lead, based_on=0, **said)

    submitted_by(now, lead)
    reading = read_goal_back(review=now, by=lead, based_on=0, **said)

    assert read_goal_back(review=now, by=lead, based_on=0, **said).revision == reading.revision == 1
    with pytest.raises(ChangedMeanwhile):
        read_goal_back(review=now, by=lead, based_on=0, goal=goal, outcome="reached", text="")
    with pytest.raises(NotNow):
        read_goal_back(review=now, by=manager_of(now), based_on=1, **said)
    at_stage(now, Stage.ISSUED)
    with pytest.raises(NotNow):
        read_goal_back(review=now, by=lead, based_on=1, goal=goal, outcome="reached", text="")
    with pytest.raises(IntegrityError, match="final"), transaction.atomic():
        reading.delete()


def test_the_plan_before_a_review_is_the_last_one_of_its_site():
    first = issued_with_plan(starts_on=date(2024, 10, 1), ends_on=date(2024, 10, 1))
    second = issued_with_plan(site=first.site, **year_before())
    now = ReviewFactory(site=first.site)
    issued_with_plan(**year_before())

    assert [plan.review for plan in ActionPlan.objects.before(now)] == [second]
    assert [plan.review for plan in ActionPlan.objects.before(second)] == [first]
    assert not ActionPlan.objects.before(first).exists()


def test_one_plan_of_each_site_is_current_in_whichever_order_they_are_opened():
    later = issued_with_plan(**year_before())
    earlier = issued_with_plan(site=later.site, starts_on=date(2024, 10, 1), ends_on=date(2024, 10, 1))
    assert list(ActionPlan.objects.newest_of_sites()) == [later.action_plan]

    newest = issued_with_plan(site=later.site)
    elsewhere = issued_with_plan()

    assert set(ActionPlan.objects.newest_of_sites()) == {newest.action_plan, elsewhere.action_plan}
    assert not ActionPlan.objects.get(review=earlier).is_current


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 11), "overdue by 12 days"),
        (date(2026, 11, 22), "overdue by 1 day"),
        (TODAY, "due today"),
        (date(2026, 12, 7), "due in 14 days"),
        (date(2026, 12, 14), "due in 3 weeks"),
        (None, "no day yet"),
    ],
)
def test_a_goal_says_in_words_when_it_is_due(day, said):
    assert words.when(Goal(due_on=day), TODAY) == said


def test_a_closed_goal_says_when_it_was_closed():
    with translation.override("en-gb"):
        closed = Goal(status=Goal.Status.REACHED, closed_on=date(2026, 5, 3))
        assert words.when(closed, TODAY) == "reached 3 May 2026"


def test_a_goal_of_an_item_that_the_scale_lacks_is_refused():
    review = issued_with_plan()

    with pytest.raises(ValueError, match="nothing"):
        add_goal(
            plan=review.action_plan, typed=GoalTyped(what="x", item_code="nothing"), by=manager_of(review)
        )
