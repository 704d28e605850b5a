"""Facts beside the score: what cannot be, what they suggest in words, and facts that a colleague changed."""

import pytest

from accounts.permissions import Role
from tests.factories.reviews import ReviewFactory, ratings_of
from tests.reviews.pages import HTMX, error_beside, form_on, rate_url, save_item, swapped, text_at, text_of
from tests.reviews.situations import joined, lead_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def review(client):
    review = ReviewFactory()
    client.force_login(lead_of(review))
    return review


def suggestion(client, review, code, **typed) -> str:
    """What the page says after these facts were saved."""
    typed = {f"facts__{name}": value for name, value in typed.items()}
    assert save_item(client, review, code, **typed).status_code == 302
    return text_at(client.get(rate_url(review, code)), "suggestion")


def contacts(*weekly, **more) -> dict:
    return {f"value_{row}": str(value) for row, value in enumerate(weekly)} | more


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(
    ("code", "typed", "field"),
    [
        ("caseload-size", {"part": "abc", "whole": "2.1"}, "part"),
        ("caseload-size", {"part": "41", "whole": "two"}, "whole"),
        ("caseload-size", {"part": "41", "whole": "0"}, "whole"),
        ("caseload-size", {"part": "-1", "whole": "2"}, "part"),
        ("caseload-size", {"part": "41", "whole": "-2"}, "whole"),
        ("caseload-size", {"part": "NaN", "whole": "2"}, "part"),
        ("caseload-size", {"part": "1e999999", "whole": "2"}, "part"),
        ("caseload-size", {"part": "9" * 500, "whole": "2"}, "part"),
        ("employment-staff", {"part": "41", "whole": "40"}, "part"),
        ("employment-staff", {"part": "0", "whole": "0"}, "whole"),
        ("rapid-search", {"value": "-3"}, "value"),
        ("rapid-search", {"value": "soon"}, "value"),
        ("rapid-search", {"value": "3", "answer_tracks-contacts": "maybe"}, "answer_tracks-contacts"),
        ("team-contact", {"present": ["a", "b"], "none_present": "on"}, "none_present"),
        ("team-contact", {"present": ["a", "z"]}, "present"),
        ("employer-contact-frequency", contacts(5, "x"), "value_1"),
        ("employer-contact-frequency", contacts(5, "", -4), "value_2"),
        ("employer-contact-frequency", contacts(5, job_seekers_0="-1"), "job_seekers_0"),
        ("community-based", {"part_0": "10", "whole_0": "30", "part_2": "31", "whole_2": "30"}, "part_2"),
        ("community-based", {"part_1": "0", "whole_1": "0"}, "whole_1"),
        ("community-based", {"label_0": "x" * 41}, "label_0"),
    ],
)
def test_a_fact_that_cannot_be_is_told_beside_its_field_and_the_rating_is_saved(
    client, review, code, typed, field, htmx
):
    typed = {f"facts__{name}": value for name, value in typed.items()}

    answer = save_item(client, review, code, htmx=htmx, score="4", rationale="Kept all the same.", **typed)

    assert answer.status_code == 422
    if htmx:
        assert "There is something to mend" in text_at(answer, "save-errors")
    else:
        assert error_beside(answer, f"facts-{field}")
        assert form_on(answer)["rationale"] == "Kept all the same."
        assert not error_beside(answer, "score")
    assert not review.facts.filter(revision__gt=0).exists()
    rating = ratings_of(review, lead_of(review))[code]
    assert (rating.score, rating.rationale) == (4, "Kept all the same.")


def test_wrong_figures_stay_in_their_boxes(client, review):
    answer = save_item(client, review, "caseload-size", facts__part="abc", facts__whole="2.1")

    fields = form_on(answer)
    assert (fields["facts-part"], fields["facts-whole"]) == ("abc", "2.1")


def test_a_missing_answer_is_pointed_out_beside_its_question(client, review):
    save_item(client, review, "rapid-search", facts__value="12")

    page = client.get(rate_url(review, "rapid-search"))

    assert "Still needed for the suggestion." in text_at(page, "div_id_facts-answer_tracks-contacts")
    assert "No suggestion yet" in text_at(page, "suggestion")


def test_an_answer_that_makes_no_difference_is_not_asked_for(client, review):
    save_item(client, review, "rapid-search", facts__value="45")

    page = client.get(rate_url(review, "rapid-search"))

    assert "Still needed" not in text_of(page)
    assert "Suggests 4" in text_at(page, "suggestion")


def test_a_caseload_is_divided_and_placed(client, review):
    said = suggestion(client, review, "caseload-size", part="41", whole="2.1")

    assert "41 / 2.1 = 19.5" in said
    assert "Suggests 5" in said


def test_a_caseload_between_two_anchors_is_the_reviewers_to_decide(client, review):
    said = suggestion(client, review, "caseload-size", part="42", whole="2.05")

    assert "42 / 2.05 = 20.49" in said
    assert "Falls between the printed anchors 4 and 5: you decide" in said
    assert "Suggests" not in said


def test_autosave_answers_with_the_suggestion(client, review):
    answer = save_item(
        client, review, "caseload-size", htmx=True, score="5", facts__part="41", facts__whole="2.1"
    )

    assert answer.status_code == 200
    assert "Suggests 5" in text_at(answer, "suggestion-line")
    assert 'data-score="5"' in answer.content.decode()


def test_contacts_under_a_monthly_review_are_averaged_and_held_at_3(client, review):
    typed = contacts(5, 4, 3) | {"answer_form-weekly": "no", "answer_form-monthly": "yes"}

    assert "Suggests 3" in suggestion(client, review, "employer-contact-frequency", **typed)


def test_a_weekly_review_needs_no_answer_on_the_monthly_one(client, review):
    typed = contacts(6, 6, 6) | {"answer_form-weekly": "yes"}

    assert "Suggests 5" in suggestion(client, review, "employer-contact-frequency", **typed)


def test_three_contacts_a_week_have_no_anchor_and_are_asked(client, review):
    typed = contacts(3) | {"answer_form-weekly": "yes"}

    said = suggestion(client, review, "employer-contact-frequency", **typed)

    assert "you decide" in said
    assert "Suggests" not in said


def test_contacts_without_answers_ask_for_them(client, review):
    save_item(client, review, "employer-contact-frequency", facts__value_0="6", facts__value_1="6")

    page = client.get(rate_url(review, "employer-contact-frequency"))

    assert "Still needed" in text_at(page, "div_id_facts-answer_form-weekly")


def test_thirty_percent_in_the_community_is_printed_under_two_anchors(client, review):
    said = suggestion(client, review, "community-based", part_0="12", whole_0="40")

    assert "12 of 40 = 30 %" in said
    assert "Printed under both 1 and 2: you decide" in said


@pytest.mark.parametrize(
    ("code", "present", "verdict"),
    [
        ("team-contact", ["a", "b", "c", "d", "e"], "Suggests 5"),
        ("team-contact", ["a"], "Suggests 1"),
        ("disclosure", ["a", "b", "c"], "Suggests 4"),
        ("assertive-outreach", ["a", "b", "c"], "Suggests 2"),
    ],
)
def test_components_in_place_are_counted(client, review, code, present, verdict):
    said = suggestion(client, review, code, present=present)

    assert f"{len(present)} of {len(review.version.to_spec().item(code).components)} in place" in said
    assert verdict in said


def test_no_component_in_place_is_said_and_is_not_silence(client, review):
    page = client.get(rate_url(review, "team-contact"))
    assert "No facts yet" in text_at(page, "suggestion")

    assert "Suggests 1" in suggestion(client, review, "team-contact", none_present="on")
    assert review.facts.get().entries == {"present": []}


def test_facts_are_shown_again_as_typed(client, review):
    typed = contacts(5, "3.5", label_0="AB", label_1="CD", job_seekers_1="2") | {"answer_form-weekly": "no"}
    suggestion(client, review, "employer-contact-frequency", **typed)

    fields = form_on(client.get(rate_url(review, "employer-contact-frequency")))

    for name, value in typed.items():
        assert fields[f"facts-{name}"] == str(value)


def test_more_specialists_than_rows_find_room(client, review):
    code = "employer-contact-frequency"
    save_item(client, review, code, **{f"facts__{k}": v for k, v in contacts(5, 5, 5).items()}, go="row")

    fields = form_on(client.get(rate_url(review, code)))

    assert "facts-value_4" in fields
    assert fields["facts-value_2"] == "5"


def test_an_emptied_row_goes_and_the_others_move_up(client, review):
    suggestion(client, review, "employer-contact-frequency", **contacts(5, 4, 3))

    suggestion(client, review, "employer-contact-frequency", value_1="")

    rows = review.facts.get().entries["specialists"]
    assert [row["value"] for row in rows] == ["5", "3"]


def colleague_changes(client, review, code="caseload-size"):
    """Someone on the team saves other facts while the lead's page is open; the lead's page."""
    page = client.get(rate_url(review, code))
    colleague = joined(review, Role.REVIEWER, user__name="Nia Colleague")
    client.force_login(colleague)
    save_item(client, review, code, facts__part="60", facts__whole="2")
    client.force_login(lead_of(review))
    return page


@pytest.mark.parametrize(("htmx", "status"), [(False, 409), (True, 409)])
def test_facts_changed_by_a_colleague_are_told_and_not_overwritten(client, review, htmx, status):
    page = colleague_changes(client, review)

    answer = save_item(
        client, review, "caseload-size", htmx=htmx, page=page, score="4", facts__part="41", facts__whole="2.1"
    )

    assert answer.status_code == status
    told = text_at(answer, "facts-changed")
    assert "Nia Colleague saved other figures" in told
    assert review.facts.get().entries == {"part": "60", "whole": "2"}
    assert ratings_of(review, lead_of(review))["caseload-size"].score == 4
    if not htmx:
        assert form_on(answer)["facts-part"] == "41"


@pytest.mark.parametrize("htmx", [False, True])
def test_mine_replace_theirs_when_i_say_so(client, review, htmx):
    page = colleague_changes(client, review)
    typed = {"facts-part": "41", "facts-whole": "2.1"}
    told = client.post(rate_url(review, "caseload-size"), form_on(page) | typed, **(HTMX if htmx else {}))
    fields = swapped(form_on(page) | typed, told) if htmx else form_on(told)

    answer = client.post(rate_url(review, "caseload-size"), fields | {"go": "facts-mine"})

    assert answer.status_code == 302
    facts = review.facts.get()
    assert (facts.entries, facts.updated_by) == ({"part": "41", "whole": "2.1"}, lead_of(review))


def test_a_page_told_of_theirs_does_not_overwrite_them_by_an_ordinary_save(client, review):
    page = colleague_changes(client, review)
    told = save_item(client, review, "caseload-size", page=page, facts__part="41", facts__whole="2.1")

    save_item(client, review, "caseload-size", page=told, score="5")

    assert review.facts.get().entries == {"part": "60", "whole": "2"}


def test_the_same_facts_from_two_people_are_no_quarrel(client, review):
    page = colleague_changes(client, review)

    answer = save_item(client, review, "caseload-size", page=page, facts__part="60", facts__whole="2")

    assert answer.status_code == 302


def test_facts_saved_beside_a_bad_score_are_mine_to_mend(client, review):
    code = "caseload-size"
    page = save_item(client, review, code, score="9", facts__part="41", facts__whole="2.1")
    assert page.status_code == 422

    answer = save_item(client, review, code, page=page, score="5", facts__part="40")

    assert answer.status_code == 302
    assert review.facts.get().entries == {"part": "40", "whole": "2.1"}


def test_a_colleagues_facts_do_not_turn_their_words_or_score_over_to_me(client, review):
    colleague_changes(client, review)

    page = client.get(rate_url(review, "caseload-size"))

    assert form_on(page)["facts-part"] == "60"
    assert "score" not in form_on(page)
    assert "Suggests 3" in text_at(page, "suggestion")
    assert form_on(page)["revision"] == "0"
