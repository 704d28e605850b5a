"""Blind again after reopening; an observer blind while the others agree; pages that no rating of another changes."""

import re
import sys

import pgtrigger
import pytest
from django.utils import timezone

from accounts.permissions import Role
from reviews.actions.rating import submit_ratings
from reviews.actions.reopening import reopen_ratings
from reviews.models import ConsensusRating, Rating, RatingConflict, RatingSet, Stage
from tests.reviews import blindness
from tests.reviews.blindness import (
    AGREED,
    ASKED,
    HTMX,
    RATED,
    REOPENED,
    client_of,
    content,
    counts,
    looks,
    marker,
    rate_the_rest,
)
from tests.reviews.situations import at_stage, fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def situation():
    return blindness.situation()


def tell(capsys, tried: int, who: str) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n  {tried} ways as {who}: nothing hidden was found\n")


# After reopening


@pytest.fixture
def reopened(situation):
    """The lead has taken their set back: all three have ratings of their own to submit."""
    reopen_ratings(review=situation.review, reason=f"{REOPENED}: item 1 is a 2.", by=situation.people["lead"])
    situation.review = fresh(situation.review)
    situation.rating_now = tuple(RATED)
    return situation


@pytest.mark.parametrize("name", ["lead", "other", Role.PROGRAM_MANAGER.value])
def test_a_reopened_set_is_blind_and_its_owner_too(reopened, name, capsys):
    hidden = reopened.hidden_from(name) + ([REOPENED] if name != "lead" else [])
    own, tried = reopened.own_sets(name), 0

    for look in looks(reopened, name):
        tried += 1
        said = look.text
        assert look.answer.status_code < 500, look.way
        assert not [words for words in hidden if words in said], look.way
        assert look.sets <= own, f"{look.way}: ratings of someone else were read"
        assert counts(said) <= reopened.own_counts(name), look.way
        if name in RATED:
            assert reopened.previous.pk not in look.agreed, f"{look.way}: scores of the year before were read"

    tell(capsys, tried, f"{name} after reopening")


# While the others agree


@pytest.fixture
def agreeing(situation, stage):
    """The counting sets are in and the scores agreed, at a stage set by hand; the observer has not submitted."""
    review, people = situation.review, situation.people
    rate_the_rest(review, people["other"])
    submit_ratings(review=fresh(review), by=people["other"])
    assert fresh(review).stage == Stage.CONSENSUS
    ConsensusRating.objects.bulk_create(
        ConsensusRating(review=review, item_id=item, score=2, rationale=f"{AGREED}.", reason=f"{AGREED}.")
        for item in review.version.item_ids().values()
    )
    ConsensusRating.objects.filter(review=review).update(score=3)
    situation.review = at_stage(review, stage)
    return situation


@pytest.mark.parametrize("stage", [Stage.CONSENSUS, Stage.DRAFT, Stage.WITH_SERVICE])
def test_an_observer_stays_blind_while_the_others_agree(agreeing, capsys):
    hidden, own, tried = [*agreeing.hidden_from("observer"), AGREED], agreeing.own_sets("observer"), 0

    for look in looks(agreeing, "observer"):
        tried += 1
        said = look.text
        assert look.answer.status_code < 500, look.way
        assert not [words for words in hidden if words in said], look.way
        assert look.sets <= own, f"{look.way}: ratings of someone else were read"
        assert not look.agreed, f"{look.way}: agreed scores were read"
        assert counts(said) <= agreeing.own_counts("observer"), look.way

    tell(capsys, tried, f"observer in stage {agreeing.review.stage}")


NEVER = [
    (Role.PROGRAM_MANAGER.value, Stage.CONSENSUS),
    (Role.PROGRAM_MANAGER.value, Stage.WITH_SERVICE),
    (Role.VIEWER.value, Stage.DRAFT),
    ("superuser", Stage.CONSENSUS),
]


@pytest.mark.parametrize(("name", "stage"), NEVER)
def test_those_without_a_place_on_the_team_never_see_a_set(agreeing, name, capsys):
    others, tried = [marker(other) for other in RATED], 0

    for look in looks(agreeing, name):
        tried += 1
        assert not [words for words in others if words in look.text], look.way
        assert look.sets == set(), f"{look.way}: ratings were read"

    tell(capsys, tried, f"{name} in stage {agreeing.review.stage}")


@pytest.mark.parametrize("stage", [Stage.CONSENSUS, Stage.DRAFT])
def test_a_moderator_sees_no_set_before_the_draft_and_an_observers_never(agreeing):
    seen = {other for look in looks(agreeing, "moderator") for other in RATED if marker(other) in look.text}

    assert seen == (set() if agreeing.review.stage == Stage.CONSENSUS else {"lead", "other"})


@pytest.mark.parametrize("stage", [Stage.CONSENSUS])
def test_an_observers_set_is_on_nobody_elses_pages_and_opens_the_others_to_them(agreeing):
    observer = agreeing.people["observer"]
    rate_the_rest(agreeing.review, observer)
    submit_ratings(review=fresh(agreeing.review), by=observer)

    for name in ("lead", "other"):
        for look in looks(agreeing, name):
            assert marker("observer") not in look.text, look.way
            assert not look.sets & agreeing.own_sets("observer"), look.way
    seen = {other for look in looks(agreeing, "observer") for other in RATED if marker(other) in look.text}
    assert seen == set(RATED)


# Nothing of it shows: pages stay the same, letter by letter, whatever others rate


# Tokens, when a workbook was written, and the made-up numbers of rows that a worksheet has room for.
NEW_EACH_TIME = re.compile(
    r"""csrfmiddlewaretoken" value="\w+|X-CSRFToken": "\w+|new-\d+|<dcterms:\w+ [^>]+>[^<]+"""
)


def pages_of(world, name, addresses: list[str]) -> dict[str, str]:
    """What each address shows to one person, without what is new in every answer."""
    client, shown = client_of(world, name), {}
    for url in addresses:
        for asked, extra in ((url, {}), (url + ASKED, HTMX)):
            answer = client.get(asked, **extra)
            shown[asked] = f"{answer.status_code} {NEW_EACH_TIME.sub('', content(answer))}"
    return shown


def changed(before: dict[str, str], after: dict[str, str]) -> list[tuple[str, str, str]]:
    """Each page that is no longer the same, with its first line that differs."""
    return [
        (
            page,
            *next(
                (one, other)
                for one, other in zip(before[page].splitlines(), after[page].splitlines(), strict=False)
                if one != other
            ),
        )
        for page in before
        if before[page] != after[page]
    ]


def rate_otherwise(world, name) -> int:
    """Other scores, words and points in every set but one's own, and some ratings taken away; in SQL, as nobody."""
    others = RatingSet.objects.filter(member__review=world.review).exclude(
        member__user=world.people.get(name)
    )
    with pgtrigger.ignore("reviews.Rating:frozen_once_published"):
        ratings = Rating.objects.filter(rating_set__in=others)
        RatingConflict.objects.filter(rating__in=ratings).delete()
        gone = ratings.filter(pk__in=list(ratings.order_by("?").values_list("pk", flat=True)[:5])).delete()
        assert gone
        return ratings.update(
            score=5,
            rationale="Quite other words.",
            evidence="",
            specialist_points=[],
            suggested=1,
            revision=77,
            updated_at=timezone.now(),
        )


@pytest.mark.parametrize("name", ["lead", "other", "moderator"])
def test_no_page_changes_with_what_others_rate(situation, name, capsys):
    addresses = situation.addresses()
    before = pages_of(situation, name, addresses)

    assert rate_otherwise(situation, name) > 5

    assert changed(before, pages_of(situation, name, addresses)) == []
    tell(capsys, len(before), f"{name}, before and after others rated otherwise")


@pytest.mark.parametrize("stage", [Stage.CONSENSUS, Stage.DRAFT])
def test_no_page_of_a_blind_observer_changes_with_what_is_agreed(agreeing):
    addresses = agreeing.addresses()
    before = pages_of(agreeing, "observer", addresses)

    ConsensusRating.objects.filter(review=agreeing.review).update(score=5, rationale="Quite other words.")
    rate_otherwise(agreeing, "observer")

    assert changed(before, pages_of(agreeing, "observer", addresses)) == []
