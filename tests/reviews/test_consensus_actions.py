"""Agreeing: drafted from the reviewers' words, matter by matter, equal ones in one act, on to the draft and back."""

import pytest

from accounts.permissions import Role
from reviews.actions.consensus import (
    ConsensusIncomplete,
    agree,
    agree_all_equal,
    back_to_consensus,
    open_draft,
)
from reviews.actions.facts import save_facts
from reviews.actions.rating import save_rating, submit_ratings
from reviews.actions.refusals import NotNow
from reviews.missing import Lack
from reviews.models import ReviewEvent, Stage
from scales.scoring import ScoreOutOfRange, UnknownItem
from tests.factories.reviews import ReviewFactory, rate_all, ratings_of
from tests.reviews.situations import at_stage, fresh, in_consensus, in_draft, joined, lead_of, submitted_by

pytestmark = pytest.mark.django_db

SPLIT, EQUAL, UNRATED = "caseload-size", "zero-exclusion", "disclosure"


@pytest.fixture
def review():
    """Two reviewers agree but on caseload size: 5 and 3; disclosure neither has rated."""
    return in_consensus({SPLIT: 5, UNRATED: None}, {SPLIT: 3, UNRATED: None})


def other_of(review):
    return review.members.exclude(role=Role.LEAD.value).get().user


def save(review, code=SPLIT, was=None, by=None, **values):
    return agree(review=review, item_code=code, values=values, was=was, by=by or lead_of(review))


def stored(review, code=SPLIT):
    return review.consensus.select_related("item").get(item__code=code)


def with_facts(lead_score: int, other_score: int, reason: str = "Two are on leave."):
    """20 clients for one specialist, which suggests 5; a departing reviewer gives a reason."""
    review = ReviewFactory()
    people = {lead_of(review): lead_score, joined(review, Role.REVIEWER): other_score}
    facts = {"part": "20", "whole": "1"}
    save_facts(review=fresh(review), item_code=SPLIT, entries=facts, based_on=0, by=lead_of(review))
    for person, score in people.items():
        rate_all(fresh(review), person, {SPLIT: score})
        if score != 5:
            save_rating(
                review=fresh(review),
                item_code=SPLIT,
                values={"departure_reason": reason},
                based_on=1,
                by=person,
            )
    for person in people:
        submit_ratings(review=fresh(review), by=person)
    return fresh(review)


# One item


def test_the_first_save_brings_the_words_of_both():
    review = ReviewFactory()
    for user, voice in ((lead_of(review), "Lead"), (joined(review, Role.REVIEWER), "Colleague")):
        rate_all(fresh(review), user, 4)
        typed = {name: f"{voice}: {name}." for name in ("rationale", "evidence", "recommendation")}
        save_rating(review=fresh(review), item_code=SPLIT, values=typed, based_on=1, by=user)
    for member in fresh(review).team:
        submit_ratings(review=fresh(review), by=member.user)

    save(review, score=4)

    row = stored(review)
    assert row.rationale == "Lead: rationale.\n\nColleague: rationale."
    assert row.evidence == "Lead: evidence.\n\nColleague: evidence."
    assert row.recommendation == "Lead: recommendation.\n\nColleague: recommendation."


def test_the_same_words_are_not_said_twice(review):
    save(review, EQUAL, score=5)

    assert stored(review, EQUAL).rationale == "Seen at the visit: Zero exclusion."


def test_a_save_says_who_and_counts_up(review):
    save(review, score=4)
    agreed = save(review, reason="Counted again.", by=other_of(review))

    assert (agreed.before, agreed.rating.revision) == (1, 2)
    assert stored(review).agreed_by == other_of(review)
    assert (stored(review).score, stored(review).reason) == (4, "Counted again.")


def test_saving_nothing_leaves_no_row(review):
    save(review, rationale="", reason="")

    assert not review.consensus.exists()


def test_submitted_ratings_stay_as_they_were(review):
    save(review, score=4, rationale="Counted again together.")

    assert {ratings_of(review, member.user)[SPLIT].score for member in review.team} == {5, 3}


def test_a_score_takes_the_place_of_a_reason_for_none(review):
    save(review, not_rated=True, score=None, unrated_note="Not seen.")
    save(review, score=3)

    row = stored(review)
    assert (row.score, row.not_rated, row.unrated_note) == (3, False, "")


def test_the_suggestion_is_that_of_the_moment_of_agreeing():
    review = with_facts(5, 5)
    save(review, score=5)
    before = stored(review).suggested
    facts = {"part": "24", "whole": "1"}
    save_facts_anyway(review, facts)

    save(review, score=4)

    assert (before, stored(review).suggested) == (5, 4)


def save_facts_anyway(review, entries):
    row = review.facts.get(item__code=SPLIT)
    row.entries = entries
    row.save()


@pytest.mark.parametrize("score", [0, 6, True, "3"])
def test_only_whole_scores_of_the_scale_are_taken(review, score):
    with pytest.raises(ScoreOutOfRange):
        save(review, score=score)
    with pytest.raises(ScoreOutOfRange):
        save(review, target=score)

    assert not review.consensus.exists()


def test_only_items_of_the_version_are_known(review):
    with pytest.raises(UnknownItem):
        save(review, "item-of-another-version", score=3)


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.MODERATOR])
def test_people_whose_scores_do_not_count_do_not_agree(review, role):
    person = joined(review, role)

    for act in (
        lambda: save(fresh(review), score=3, by=person),
        lambda: agree_all_equal(review=fresh(review), by=person),
        lambda: open_draft(review=fresh(review), by=person),
    ):
        with pytest.raises(NotNow):
            act()


def test_nothing_is_agreed_before_both_are_in():
    review = ReviewFactory()
    joined(review, Role.REVIEWER)
    submitted_by(review, lead_of(review), 4)

    with pytest.raises(NotNow):
        save(fresh(review), score=3)


def test_a_page_from_before_the_draft_changes_nothing(review):
    before = fresh(review)
    at_stage(review, Stage.DRAFT)

    with pytest.raises(NotNow):
        save(before, score=3)


# Someone else wrote meanwhile


def shown(review, *names, code=SPLIT):
    row = stored(review, code)
    return {name: getattr(row, name) for name in names}


def test_what_someone_else_wrote_since_is_not_overwritten_and_the_rest_is_saved(review):
    save(review, score=4, reason="First.")
    was = shown(review, "reason", "rationale")
    save(review, reason="Idris changed it.", by=other_of(review))

    agreed = save(review, was=was, reason="Menna changed it.", rationale="Hers alone.")

    assert agreed.conflicts == ("reason",)
    assert (stored(review).reason, stored(review).rationale) == ("Idris changed it.", "Hers alone.")


def test_what_one_did_not_touch_is_left_as_the_other_wrote_it(review):
    save(review, score=4, reason="First.")
    was = shown(review, "reason", "rationale")
    save(review, reason="Idris changed it.", by=other_of(review))

    agreed = save(review, was=was, reason="First.", rationale="Hers alone.")

    assert agreed.conflicts == ()
    assert (stored(review).reason, stored(review).rationale) == ("Idris changed it.", "Hers alone.")


def test_the_same_from_both_is_no_conflict(review):
    save(review, score=4, by=other_of(review))

    assert save(review, was={"score": None}, score=4).conflicts == ()
    assert stored(review).revision == 1


def test_a_score_and_its_reason_for_none_are_one_matter(review):
    save(review, score=None, not_rated=True, unrated_note="Not seen.")
    was = shown(review, "score", "not_rated", "unrated_code", "unrated_note")
    save(review, score=3, by=other_of(review))

    agreed = save(review, was=was, **(was | {"unrated_note": "Not seen by either."}))

    assert agreed.conflicts == ("score",)
    assert (stored(review).score, stored(review).unrated_note) == (3, "")


def test_a_place_among_what_to_do_next_is_given_once(review):
    save(review, EQUAL, priority=1, action="Ask all teams.", target=None)

    agreed = save(review, score=4, priority=1, action="Share the caseloads.", target=5)

    assert agreed.place_taken_by.item.code == EQUAL
    assert (stored(review).score, stored(review).priority, stored(review).action) == (4, None, "")


# All equal ones at once


def test_all_equal_scores_are_agreed_in_one_act(review):
    number = agree_all_equal(review=review, by=lead_of(review))

    assert number == 24
    assert review.consensus.filter(score=5).count() == 23
    assert not review.consensus.filter(item__code=SPLIT).exists()
    unrated = stored(review, UNRATED)
    assert (unrated.not_rated, unrated.unrated_note) == (True, "Not seen at this visit.")
    assert stored(review, EQUAL).rationale == "Seen at the visit: Zero exclusion."


def test_what_is_agreed_already_is_left_alone(review):
    save(review, EQUAL, score=2, reason="Heard otherwise.")

    assert agree_all_equal(review=review, by=lead_of(review)) == 23
    assert stored(review, EQUAL).score == 2


def test_words_without_a_score_are_kept_by_the_one_act(review):
    save(review, EQUAL, rationale="In our words.")

    agree_all_equal(review=review, by=lead_of(review))

    assert (stored(review, EQUAL).score, stored(review, EQUAL).rationale) == (5, "In our words.")


def test_an_equal_departure_with_a_reason_is_agreed_with_it():
    review = with_facts(4, 4)

    assert agree_all_equal(review=review, by=lead_of(review)) == 25
    assert (stored(review).score, stored(review).suggested) == (4, 5)
    assert stored(review).departure_reason == "Two are on leave."


def test_an_equal_departure_without_a_reason_waits():
    review = with_facts(5, 5)
    save_facts_anyway(review, {"part": "24", "whole": "1"})

    assert agree_all_equal(review=review, by=lead_of(review)) == 24
    assert not review.consensus.filter(item__code=SPLIT).exists()


def test_agreeing_all_twice_changes_nothing_more(review):
    agree_all_equal(review=review, by=lead_of(review))

    assert agree_all_equal(review=review, by=lead_of(review)) == 0


# On to the draft, and back


def ready(review):
    agree_all_equal(review=review, by=lead_of(review))
    save(review, score=4, reason="Counted again together.")
    return fresh(review)


def test_the_draft_opens_when_everything_is_agreed(review):
    open_draft(review=ready(review), by=lead_of(review))

    assert fresh(review).stage == Stage.DRAFT
    assert review.timeline.filter(step=ReviewEvent.Step.DRAFT_OPENED).count() == 1


def lacks(review):
    with pytest.raises(ConsensusIncomplete) as refusal:
        open_draft(review=fresh(review), by=lead_of(review))
    assert fresh(review).stage == Stage.CONSENSUS
    return {(piece.item.code, piece.lack) for piece in refusal.value.missing}


def test_the_draft_does_not_open_while_an_item_is_not_agreed(review):
    save(review, score=3, reason="Counted.")

    found = lacks(review)

    assert len(found) == 24
    assert (EQUAL, Lack.SCORE) in found


@pytest.mark.parametrize(
    ("code", "values", "lack"),
    [
        (SPLIT, {"score": 4, "reason": " "}, Lack.REASON_FOR_AGREED),
        (SPLIT, {"score": 3, "reason": ""}, Lack.REASON_FOR_AGREED),
        (EQUAL, {"score": 2}, Lack.REASON_FOR_AGREED),
        (
            EQUAL,
            {"score": None, "not_rated": True, "unrated_note": ""},
            Lack.REASON_FOR_NONE,
        ),
    ],
)
def test_what_one_item_lacks_keeps_the_draft_closed(review, code, values, lack):
    ready(review)
    save(review, code, **values)

    assert lacks(review) == {(code, lack)}


def test_a_departure_without_a_reason_keeps_the_draft_closed():
    review = with_facts(5, 5)
    agree_all_equal(review=review, by=lead_of(review))
    save(review, score=4, reason="One more was found.")

    assert lacks(review) == {(SPLIT, Lack.REASON_TO_DEPART)}


def test_facts_that_changed_since_ask_for_a_reason_again():
    review = with_facts(5, 5)
    agree_all_equal(review=review, by=lead_of(review))
    save_facts_anyway(review, {"part": "24", "whole": "1"})

    assert lacks(review) == {(SPLIT, Lack.REASON_TO_DEPART)}

    save(review, departure_reason="Two left on the day.")
    open_draft(review=fresh(review), by=lead_of(review))
    assert (stored(review).score, stored(review).suggested) == (5, 4)


def test_going_back_keeps_what_was_agreed_and_the_reason(review):
    open_draft(review=ready(review), by=lead_of(review))

    back_to_consensus(review=fresh(review), reason=" A source came in late. ", by=other_of(review))

    event = review.timeline.get(step=ReviewEvent.Step.BACK_TO_CONSENSUS)
    assert (event.by, event.note) == (other_of(review), "A source came in late.")
    assert fresh(review).stage == Stage.CONSENSUS
    assert stored(review).score == 4
    open_draft(review=fresh(review), by=lead_of(review))


def test_going_back_takes_a_reason_and_a_draft(review):
    with pytest.raises(NotNow):
        back_to_consensus(review=review, reason="Too early.", by=lead_of(review))
    open_draft(review=ready(review), by=lead_of(review))

    with pytest.raises(ValueError):
        back_to_consensus(review=fresh(review), reason=" ", by=lead_of(review))
    with pytest.raises(NotNow):
        back_to_consensus(review=fresh(review), reason="Mine.", by=joined(review, Role.MODERATOR))
    assert fresh(review).stage == Stage.DRAFT


def test_who_reviewed_alone_goes_back_and_on_again():
    review = in_draft()
    back_to_consensus(review=review, reason="Miscounted.", by=lead_of(review))

    save(fresh(review), score=2)
    assert lacks(review) == {(SPLIT, Lack.REASON_FOR_AGREED)}
    save(fresh(review), reason="Counted again.")
    open_draft(review=fresh(review), by=lead_of(review))

    assert stored(review).score == 2
