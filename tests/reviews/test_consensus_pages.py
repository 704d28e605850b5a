"""Agreeing the scores: equal ones prefilled, a split needs a score and a reason, nobody's words are lost."""

import pytest

from accounts.permissions import Role
from reviews.actions.consensus import ConsensusIncomplete, agree, open_draft
from reviews.actions.rating import save_rating, submit_ratings
from reviews.actions.refusals import NotNow
from reviews.models import Stage
from scales.scoring import ScoreOutOfRange, UnknownItem
from tests.factories.reviews import ReviewFactory, rate_all, ratings_of
from tests.reviews.pages import form_on, text_of
from tests.reviews.situations import fresh, in_consensus, joined, lead_of, submitted_by

pytestmark = pytest.mark.django_db

SPLIT = "caseload-size"


@pytest.fixture
def review(client):
    """Two reviewers agree but on caseload size: 5 and 3."""
    review = in_consensus({SPLIT: 5, "disclosure": None}, {SPLIT: 3, "disclosure": None})
    client.force_login(lead_of(review))
    return review


def url(review) -> str:
    return f"/reviews/{review.pk}/consensus/"


def fields_of(client, review) -> dict:
    return form_on(client.get(url(review)), "form-1")


def agreed(review) -> dict:
    return {row.item.code: row for row in review.consensus.select_related("item")}


def settled(client, review, score="4", **typed) -> dict:
    return (
        fields_of(client, review)
        | {
            f"score_{SPLIT}": score,
            f"rationale_{SPLIT}": "Counted again together.",
        }
        | typed
    )


def test_equal_scores_are_prefilled_and_splits_are_open(client, review):
    fields = fields_of(client, review)

    assert fields["score_zero-exclusion"] == "5"
    assert fields["score_disclosure"] == "none"
    assert fields["rationale_zero-exclusion"] == "Seen at the visit: Zero exclusion."
    assert (fields[f"score_{SPLIT}"], fields[f"rationale_{SPLIT}"]) == ("", "")


def test_the_page_shows_both_ratings_and_counts_the_splits(client, review):
    page = client.get(url(review))
    said = text_of(page)

    assert "1 split to talk about, 24 equal" in said
    assert "1 Caseload size split 5 Seen at the visit: Caseload size. 3 Seen at the visit" in said
    assert page.context["rows"][0].item.code == SPLIT
    assert all(person.name in said for person in (member.user for member in review.team))


def test_agreeing_opens_the_draft(client, review):
    answer = client.post(url(review), settled(client, review))

    assert (answer.status_code, answer.url) == (302, f"/reviews/{review.pk}/draft/")
    assert fresh(review).stage == Stage.DRAFT
    rows = agreed(review)
    assert len(rows) == 25
    assert (rows[SPLIT].score, rows[SPLIT].rationale) == (4, "Counted again together.")
    assert (rows["disclosure"].score, rows["disclosure"].not_rated) == (None, True)
    assert rows["disclosure"].unrated_note == "Not seen at this visit."
    assert client.get(answer.url).status_code == 200


def test_submitted_ratings_stay_as_they_were(client, review):
    client.post(url(review), settled(client, review))

    scores = {ratings_of(review, member.user)[SPLIT].score for member in review.team}
    assert scores == {5, 3}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({f"score_{SPLIT}": ""}, f"score_{SPLIT}"),
        ({f"score_{SPLIT}": "6"}, f"score_{SPLIT}"),
        ({f"score_{SPLIT}": "4.5"}, f"score_{SPLIT}"),
        ({f"rationale_{SPLIT}": ""}, f"rationale_{SPLIT}"),
        ({f"rationale_{SPLIT}": "   "}, f"rationale_{SPLIT}"),
        ({"score_zero-exclusion": ""}, "score_zero-exclusion"),
    ],
)
def test_what_a_split_lacks_is_told_beside_it_and_nothing_is_agreed(client, review, typed, field):
    sent = settled(client, review) | {"rationale_agency-focus": "Typed here."} | typed

    answer = client.post(url(review), sent)

    assert answer.status_code == 422
    message = "Choose" if "4.5" in typed.values() or "6" in typed.values() else "gree"
    assert message in text_of(answer)
    assert answer.context["form"].errors.keys() == {field}
    assert field in answer.content.decode()
    assert form_on(answer, "form-1")["rationale_agency-focus"] == "Typed here."
    assert (fresh(review).stage, review.consensus.count()) == (Stage.CONSENSUS, 0)


def test_an_error_is_told_once_beside_its_field(client, review):
    page = client.post(url(review), settled(client, review, score="")).content.decode()

    assert page.count('class="field-error"') == 1
    assert page.index(f'name="score_{SPLIT}"') < page.index('class="field-error"')
    assert page.index('class="field-error"') < page.index(f'name="rationale_{SPLIT}"')


def two_voices():
    """Both score 4 everywhere, each in their own words on caseload size."""
    review = ReviewFactory()
    for user, voice in ((lead_of(review), "Lead"), (joined(review, Role.REVIEWER), "Colleague")):
        rate_all(fresh(review), user, 4)
        typed = {name: f"{voice}: {name}." for name in ("rationale", "evidence", "recommendation")}
        save_rating(review=fresh(review), item_code=SPLIT, values=typed, based_on=1, by=user)
    for member in fresh(review).team:
        submit_ratings(review=fresh(review), by=member.user)
    return fresh(review)


def test_joined_texts_keep_the_words_of_both(client):
    review = two_voices()
    client.force_login(lead_of(review))

    client.post(url(review), fields_of(client, review))

    row = agreed(review)[SPLIT]
    assert row.rationale.split() == ["Lead:", "rationale.", "Colleague:", "rationale."]
    assert row.evidence == "Lead: evidence.\n\nColleague: evidence."
    assert row.recommendation == "Lead: recommendation.\n\nColleague: recommendation."


def test_the_same_words_are_not_said_twice(client, review):
    client.post(url(review), settled(client, review))

    assert agreed(review)["zero-exclusion"].rationale == "Seen at the visit: Zero exclusion."


def test_a_split_agreed_as_not_rated_has_no_score(client, review):
    client.post(url(review), settled(client, review, score="none"))

    row = agreed(review)[SPLIT]
    assert (row.score, row.not_rated) == (None, True)


def test_an_observers_ratings_are_not_on_the_page(client):
    review = ReviewFactory()
    observer, other = joined(review, Role.OBSERVER), joined(review, Role.REVIEWER)
    submitted_by(review, observer, 1)
    submitted_by(review, lead_of(review), 4)
    submitted_by(review, other, 4)
    client.force_login(other)

    page = client.get(url(review))

    assert observer.name not in text_of(page)
    assert "0 splits to talk about, 25 equal" in text_of(page)


def test_agreeing_twice_is_refused_and_changes_nothing(client, review):
    sent = settled(client, review)
    client.post(url(review), sent)

    answer = client.post(url(review), sent | {f"score_{SPLIT}": "1"})

    assert answer.status_code == 403
    assert agreed(review)[SPLIT].score == 4


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.MODERATOR])
def test_people_whose_scores_do_not_count_do_not_agree(client, review, role):
    person = joined(review, role)
    client.force_login(person)

    assert client.get(url(review)).status_code == 403
    with pytest.raises(NotNow):
        agree(review=fresh(review), item_code=SPLIT, values={"score": 3}, by=person)


@pytest.mark.parametrize("score", [0, 6, True, "3"])
def test_the_action_takes_whole_scores_of_the_scale_only(review, score):
    with pytest.raises(ScoreOutOfRange):
        agree(review=review, item_code=SPLIT, values={"score": score}, by=lead_of(review))

    assert not review.consensus.exists()


def test_the_action_knows_the_items_of_its_version_only(review):
    with pytest.raises(UnknownItem):
        agree(review=review, item_code="item-of-another-version", values={"score": 3}, by=lead_of(review))


def test_the_draft_does_not_open_while_an_item_is_not_agreed(review):
    agree(review=review, item_code=SPLIT, values={"score": 3}, by=lead_of(review))

    with pytest.raises(ConsensusIncomplete) as refusal:
        open_draft(review=fresh(review), by=lead_of(review))

    assert SPLIT not in refusal.value.item_codes
    assert len(refusal.value.item_codes) == 24
    assert fresh(review).stage == Stage.CONSENSUS


def test_consensus_is_closed_before_both_are_in(client):
    review = ReviewFactory()
    joined(review, Role.REVIEWER)
    submitted_by(review, lead_of(review), 4)
    client.force_login(lead_of(review))

    assert client.get(url(review)).status_code == 403
    with pytest.raises(NotNow):
        agree(review=fresh(review), item_code=SPLIT, values={"score": 3}, by=lead_of(review))
