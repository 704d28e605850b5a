"""Page 1 of the report: what is told, what is kept, and what is still missing."""

import pytest
from django.utils import timezone

from accounts.permissions import Role
from reviews.actions.drafting import Draft, NextStep, save_draft
from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.models import ReviewEvent, Stage
from tests.reviews.pages import HTMX, error_beside, form_on, text_of
from tests.reviews.situations import at_stage, fresh, in_draft, joined, lead_of

pytestmark = pytest.mark.django_db

SCORES = {"caseload-size": 2, "rapid-search": 3, "disclosure": None}
NOTHING = Draft(summary="", interviews=None, observations=None, records=None, strengths={}, next_steps=())


@pytest.fixture
def review(client):
    review = in_draft(SCORES)
    client.force_login(lead_of(review))
    return review


def draft_url(review) -> str:
    return f"/reviews/{review.pk}/draft/"


def send(client, review, page=None, **typed):
    """Open the page of the draft (or take `page`), type, and save. `steps_0_item` is the first step's item."""
    fields = form_on(page if page is not None else client.get(draft_url(review)), "draft-form")
    for name, value in typed.items():
        prefix, _, rest = name.partition("_")
        name = name.replace("_", "-") if prefix in ("steps", "strengths") and rest else name
        fields[name] = value
    return client.post(draft_url(review), fields | {"go": typed.get("go", "stay")})


def words(review) -> dict[str, tuple]:
    rows = review.consensus.select_related("item")
    return {
        row.item.code: (row.strength, row.priority, row.action, row.target)
        for row in rows
        if row.strength or row.priority
    }


def test_strengths_and_next_steps_are_kept_and_shown_again(client, review):
    answer = send(
        client,
        review,
        summary="A good start.",
        interviews="7",
        records="12",
        strengths_0_item="disclosure",
        strengths_0_text="People decide what employers are told.",
        steps_0_item="caseload-size",
        steps_0_action="Share out the caseloads.",
        steps_0_target="4",
        steps_1_item="rapid-search",
        steps_1_action="Meet an employer in the first month.",
    )

    assert (answer.status_code, answer.url) == (302, draft_url(review))
    assert words(review) == {
        "disclosure": ("People decide what employers are told.", None, "", None),
        "caseload-size": ("", 1, "Share out the caseloads.", 4),
        "rapid-search": ("", 2, "Meet an employer in the first month.", None),
    }
    fields = form_on(client.get(draft_url(review)), "draft-form")
    assert (fields["summary"], fields["interviews"], fields["observations"]) == ("A good start.", "7", "")
    assert fields["strengths-0-item"] == "disclosure"
    assert (fields["steps-0-item"], fields["steps-0-target"]) == ("caseload-size", "4")
    assert (fields["steps-1-item"], fields["steps-1-target"]) == ("rapid-search", "")
    kept = fresh(review)
    assert (kept.summary, kept.interviews, kept.observations, kept.records) == ("A good start.", 7, None, 12)
    assert kept.timeline.last().step == ReviewEvent.Step.DRAFT_CHANGED


def test_what_was_not_seen_is_kept_and_the_agenda_says_what_it_left_undone(client, review):
    lead = lead_of(review)
    review.agenda.create(activity="interview", title="director", done_at=timezone.now(), done_by=lead)
    review.agenda.create(activity="observation", title="clinical team meeting")

    page = client.get(draft_url(review))
    send(client, review, page, not_seen="The clinical team meeting was cancelled.")

    assert "Not ticked off on the agenda: Observation: clinical team meeting" in text_of(page)
    assert fresh(review).not_seen == "The clinical team meeting was cancelled."
    fields = form_on(client.get(draft_url(review)), "draft-form")
    assert fields["not_seen"] == "The clinical team meeting was cancelled."


def test_an_agenda_that_nobody_ticked_says_nothing_of_what_was_left_undone(client, review):
    review.agenda.create(activity="observation", title="clinical team meeting")

    assert "Not ticked off" not in text_of(client.get(draft_url(review)))


def test_saving_again_replaces_reorders_and_clears(client, review):
    send(
        client,
        review,
        strengths_0_item="disclosure",
        strengths_0_text="Gone next time.",
        steps_0_item="caseload-size",
        steps_0_action="First.",
        steps_1_item="rapid-search",
        steps_1_action="Second.",
    )

    send(
        client,
        review,
        strengths_0_item="",
        strengths_0_text="",
        steps_0_item="rapid-search",
        steps_0_action="Second.",
        steps_1_item="caseload-size",
        steps_1_action="First.",
    )

    assert words(review) == {
        "rapid-search": ("", 1, "Second.", None),
        "caseload-size": ("", 2, "First.", None),
    }


def test_an_empty_row_in_between_is_no_gap_in_the_priorities(client, review):
    send(
        client,
        review,
        steps_0_item="caseload-size",
        steps_0_action="A.",
        steps_2_item="rapid-search",
        steps_2_action="B.",
    )

    assert [row[1] for row in words(review).values()] == [1, 2]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"strengths_0_item": "disclosure"}, "strengths-0-text"),
        ({"strengths_1_text": "Something strong."}, "strengths-1-item"),
        ({"steps_0_item": "caseload-size"}, "steps-0-action"),
        ({"steps_2_action": "Do something."}, "steps-2-item"),
        ({"steps_0_target": "5"}, "steps-0-item"),
        ({"steps_0_item": "caseload-size", "steps_0_action": "A.", "steps_0_target": "2"}, "steps-0-target"),
        ({"steps_0_item": "caseload-size", "steps_0_action": "A.", "steps_0_target": "1"}, "steps-0-target"),
        ({"steps_0_item": "caseload-size", "steps_0_action": "A.", "steps_0_target": "6"}, "steps-0-target"),
        ({"steps_0_item": "nonsense", "steps_0_action": "A."}, "steps-0-item"),
        ({"steps_0_item": "caseload-size", "steps_0_action": "x" * 201}, "steps-0-action"),
        ({"strengths_0_item": "disclosure", "strengths_0_text": "x" * 201}, "strengths-0-text"),
        ({"interviews": "-1"}, "interviews"),
        ({"records": "many"}, "records"),
        ({"observations": "1000"}, "observations"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_saved(client, review, typed, field):
    answer = send(client, review, summary="Kept on the page.", **typed)

    assert answer.status_code == 422
    assert error_beside(answer, field)
    assert form_on(answer, "draft-form")["summary"] == "Kept on the page."
    assert (words(review), fresh(review).summary) == ({}, "")


def test_an_item_whose_score_is_missing_may_have_any_target(client, review):
    send(client, review, steps_0_item="disclosure", steps_0_action="Ask people first.", steps_0_target="1")

    assert words(review)["disclosure"] == ("", 1, "Ask people first.", 1)


@pytest.mark.parametrize(
    ("first", "second", "words_of_it"),
    [("steps_0", "steps_1", "action"), ("strengths_0", "strengths_4", "text")],
)
def test_an_item_named_twice_is_told(client, review, first, second, words_of_it):
    typed = {f"{row}_item": "disclosure" for row in (first, second)}
    typed |= {f"{row}_{words_of_it}": "A." for row in (first, second)}

    answer = send(client, review, **typed)

    assert answer.status_code == 422
    assert "An item is named twice." in text_of(answer)
    assert words(review) == {}


def test_an_item_may_be_a_strength_and_a_next_step(client, review):
    send(
        client,
        review,
        strengths_0_item="rapid-search",
        strengths_0_text="Quick.",
        steps_0_item="rapid-search",
        steps_0_action="Quicker.",
    )

    assert words(review)["rapid-search"] == ("Quick.", 1, "Quicker.", None)


def test_a_page_saved_meanwhile_is_told_and_what_was_typed_stays(client, review):
    page = client.get(draft_url(review))
    send(client, review, page, summary="Theirs.")

    answer = send(
        client, review, page, summary="Mine.", steps_0_item="caseload-size", steps_0_action="My own words."
    )

    assert answer.status_code == 422
    assert "Someone saved this page since you opened it." in text_of(answer)
    fields = form_on(answer, "draft-form")
    assert (fields["summary"], fields["steps-0-action"]) == ("Mine.", "My own words.")
    assert (fresh(review).summary, words(review)) == ("Theirs.", {})


def test_saving_can_go_on_to_the_report(client, review):
    assert send(client, review, go="report").url == f"/reviews/{review.pk}/report/"


@pytest.mark.parametrize("posted", [{}, {"revision": "x"}, {"revision": 0, "steps-TOTAL_FORMS": "x"}])
def test_a_form_sent_in_pieces_is_told(client, review, posted):
    assert client.post(draft_url(review), posted).status_code == 422


def test_what_a_reader_will_miss_is_said(client):
    review = in_draft({"disclosure": 4})
    review.consensus.filter(item__code__in=["disclosure", "rapid-search"]).update(rationale=" ")
    client.force_login(lead_of(review))

    said = text_of(client.get(draft_url(review)))

    assert "Page 1 names no strength." in said
    assert "Page 1 says nothing about what to do next." in said
    assert "Items 13, 15 have no words on why this score." in said
    assert "Still missing" not in said


def test_advice_goes_once_it_is_followed(client, review):
    send(
        client,
        review,
        strengths_0_item="disclosure",
        strengths_0_text="Strong.",
        steps_0_item="rapid-search",
        steps_0_action="Quicker.",
    )

    advice = fresh(review).advice_before_issue()

    assert not any("Page 1" in line for line in advice)


def test_what_keeps_the_report_back_is_said(client, review):
    review.consensus.filter(item__code="rapid-search").delete()

    said = text_of(client.get(draft_url(review)))

    assert "Item 15, Rapid job search, has no agreed score." in said


def test_an_item_without_score_and_reason_keeps_the_report_back(review):
    review.consensus.filter(item__code="rapid-search").update(score=None)

    assert fresh(review).items_without_consensus() == ["rapid-search"]


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.MODERATOR])
def test_people_whose_scores_do_not_count_do_not_write(client, review, role):
    person = joined(review, role)
    client.force_login(person)

    assert client.get(draft_url(review)).status_code == 403
    with pytest.raises(NotNow):
        save_draft(review=fresh(review), draft=NOTHING, by=person, based_on=0)


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.DRAFT])
def test_the_draft_is_written_in_its_stage_only(client, review, stage):
    review = at_stage(review, stage)

    assert client.get(draft_url(review)).status_code == 403
    with pytest.raises(NotNow):
        save_draft(review=review, draft=NOTHING, by=lead_of(review), based_on=0)


def test_the_action_refuses_an_older_page(review):
    save_draft(review=review, draft=NOTHING, by=lead_of(review), based_on=0)

    with pytest.raises(ChangedMeanwhile):
        save_draft(review=review, draft=NOTHING, by=lead_of(review), based_on=0)


def test_more_next_steps_than_the_page_shows_are_all_kept_and_shown(client, review):
    codes = ["caseload-size", "rapid-search", "disclosure", "zero-exclusion", "agency-focus", "team-contact"]
    steps = tuple(NextStep(code, f"Do {code}.", None) for code in codes)
    strong = dict.fromkeys(codes, "Strong.")
    draft = Draft("", None, None, None, strengths=strong, next_steps=steps)
    save_draft(review=review, draft=draft, by=lead_of(review), based_on=0)

    send(client, review, summary="Only the summary changes.")

    assert [words(review)[code][1] for code in codes] == [1, 2, 3, 4, 5, 6]
    assert all(words(review)[code][0] == "Strong." for code in codes)


def typing(client, review, page, **typed):
    """As `send`, in the way that the page saves while one types."""
    fields = form_on(page, "draft-form") | {name.replace("__", "-"): value for name, value in typed.items()}
    return client.post(draft_url(review), fields, **HTMX)


def test_what_is_typed_is_saved_with_the_revision_that_the_next_save_goes_by(client, review):
    page = client.get(draft_url(review))

    first = typing(client, review, page, summary="A good")
    again = typing(client, review, page, summary="A good start.", revision=str(fresh(review).revision))

    assert (first.status_code, again.status_code) == (200, 200)
    assert f'name="revision" value="{fresh(review).revision}"' in again.content.decode()
    assert fresh(review).summary == "A good start."
    steps = fresh(review).timeline.filter(step=ReviewEvent.Step.DRAFT_CHANGED)
    assert steps.count() == 1


def test_a_row_that_is_half_typed_keeps_nothing_else_from_being_saved(client, review):
    page = client.get(draft_url(review))

    answer = typing(client, review, page, summary="Kept.", strengths__0__item="disclosure")

    assert answer.status_code == 200
    assert "is not kept yet" in text_of(answer)
    assert (fresh(review).summary, words(review)) == ("Kept.", {})


def test_typing_on_a_page_that_was_saved_meanwhile_is_told_and_writes_over_nothing(client, review):
    page = client.get(draft_url(review))
    send(client, review, page, summary="Theirs.")

    answer = typing(client, review, page, summary="Mine.")

    assert answer.status_code == 409
    assert "Someone saved this page since you opened it." in text_of(answer)
    assert fresh(review).summary == "Theirs."


def test_only_the_items_whose_words_change_are_written(client, review):
    send(client, review, steps_0_item="caseload-size", steps_0_action="Share out the caseloads.")
    agreed = review.consensus.get(item__code="caseload-size")
    before = agreed.events.count()

    send(client, review, summary="Only the summary changes.")

    assert agreed.events.count() == before
    assert words(review)["caseload-size"][1] == 1
