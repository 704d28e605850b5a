"""The page on agreement over a pool: whose reviews enter, what the choices do, what is said."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.permissions import Role
from reviews.models import ConsensusRating, Rating, RatingSet, Stage
from tests.factories.accounts import UserFactory
from tests.factories.programs import SiteFactory
from tests.factories.reviews import ReviewFactory, TeamMemberFactory
from tests.factories.scales import shipped_scale
from tests.reviews.pages import text_of
from tests.reviews.situations import YEAR_BEFORE, at_stage, in_consensus, joined, lead_of, submitted_by

pytestmark = pytest.mark.django_db


def rated_together(lead, other, scores=(4, 4), **fields):
    """A review that these two rated, in consensus."""
    review = ReviewFactory(lead=lead, **fields)
    TeamMemberFactory(review=review, user=other)
    submitted_by(review, lead, scores[0])
    return submitted_by(review, other, scores[1])


def varied(*points: int) -> dict[str, int]:
    """Scores of the first items; the others get the highest."""
    return dict(zip((item.code for item in shipped_scale().items), points, strict=False))


@pytest.fixture
def ada():
    return UserFactory(name="Ada Penrose")


@pytest.fixture
def ben():
    return UserFactory(name="Ben Tolley")


def shown(client, person, **choice) -> str:
    client.force_login(person)
    answer = client.get("/agreement/", choice)
    assert answer.status_code == 200
    return text_of(answer)


def reviews_shown(client, person, **choice) -> int:
    client.force_login(person)
    return pool_of(client.get("/agreement/", choice))


def pool_of(answer) -> int:
    return answer.context["pool"].reviews


# Whose reviews


def test_a_reviewer_pools_the_reviews_they_rated(client, ada, ben):
    rated_together(ada, ben)
    rated_together(ada, ben, **YEAR_BEFORE)
    in_consensus()

    assert reviews_shown(client, ada) == 2
    assert reviews_shown(client, UserFactory()) == 0


@pytest.mark.parametrize("stage", Stage)
def test_a_review_enters_with_consensus(client, ada, ben, stage):
    review = at_stage(rated_together(ada, ben), stage)
    entered = stage in (Stage.CONSENSUS, Stage.DRAFT, Stage.WITH_SERVICE, Stage.ISSUED)

    assert reviews_shown(client, lead_of(review)) == entered


def test_a_review_of_one_reviewer_has_nobody_to_agree_with(client):
    review = ReviewFactory(scores=4)

    assert reviews_shown(client, lead_of(review)) == 0


def test_a_moderator_and_roles_in_the_program_pool_nothing(client, ada, ben):
    review = at_stage(rated_together(ada, ben), Stage.ISSUED)

    assert reviews_shown(client, joined(review, Role.MODERATOR)) == 0


def test_an_observer_pools_a_review_once_their_own_set_is_in_and_counts_nowhere(client, ada, ben):
    review = rated_together(ada, ben)
    observer = joined(review, Role.OBSERVER)
    before = shown(client, ada)
    assert reviews_shown(client, observer) == 0

    submitted_by(review, observer, 1)

    assert reviews_shown(client, observer) == 1
    assert shown(client, ada) == before


def test_reviews_of_a_site_that_one_rates_now_are_left_out(client, ada, ben):
    previous = at_stage(rated_together(ada, ben, **YEAR_BEFORE), Stage.ISSUED)
    rated_together(ada, ben)
    now = ReviewFactory(site=previous.site, lead=ada)

    assert reviews_shown(client, ada) == 1
    assert reviews_shown(client, ben) == 2

    submitted_by(now, ada, 3)
    assert reviews_shown(client, ada) == 2


# What is compared


def test_changing_the_agreed_score_changes_nothing(client, ada, ben):
    reviews = [
        rated_together(ada, ben, (varied(1, 2, 3), varied(1, 3, 5)), starts_on=day, ends_on=day)
        for day in ("2026-03-02", "2026-04-02")
    ]
    before = shown(client, ada)

    for review in reviews:
        items = review.version.item_ids().values()
        ConsensusRating.objects.bulk_create(
            ConsensusRating(review=review, item_id=item, score=1) for item in items
        )

    assert shown(client, ada) == before
    ConsensusRating.objects.update(score=5)
    assert shown(client, ada) == before


def test_the_page_says_each_figure_with_what_it_rests_on(client, ada, ben):
    for day in ("2026-03-02", "2026-04-02"):
        rated_together(ada, ben, (varied(1, 2, 3), varied(1, 3, 5)), starts_on=day, ends_on=day)

    page = shown(client, ada)

    assert "2 reviews Few reviews: the next one can change every figure here." in page
    assert "Same score 92 % 46 of 50 scores compared" in page
    assert "Within one point 96 % 48 of 50 scores compared" in page
    assert "n = 50 items compared" in page
    # Totals 116 and 119, twice over: the reviewers differ, the reviews do not.
    assert "ICC(2,1) of totals 0.00 n = 2 reviews" in page
    assert "Pair by pair" not in page


def test_one_review_shows_counts_and_why_there_is_no_more(client, ada, ben):
    rated_together(ada, ben, (varied(1, 2), varied(1, 3)))

    page = shown(client, ada)

    assert "24 of 25 scores compared" in page
    assert page.count("not defined One review has too few items for it.") == 3


def test_pairs_are_told_apart_and_named(client, ada, ben):
    cai = UserFactory(name="Cai Uren")
    for other in (ben, cai):
        for day in ("2026-03-02", "2026-04-02"):
            rated_together(ada, other, (varied(1, 2, 3), varied(1, 3, 5)), starts_on=day, ends_on=day)

    page = shown(client, ada)

    assert "not defined It takes the same two reviewers throughout." in page
    assert "Ada Penrose and Ben Tolley 2 46 of 50 48 of 50" in page
    assert "Ada Penrose and Cai Uren 2 46 of 50 48 of 50" in page
    narrowed = shown(client, ada, pair=f"{ada.pk}-{cai.pk}")
    assert "Pair by pair" not in narrowed
    assert "2 reviews" in narrowed


def test_items_with_the_most_splits_come_first(client, ada, ben):
    rated_together(ada, ben, (varied(1, 2, 3), varied(1, 3, 5)))
    rated_together(ada, ben, (varied(1, 2, 3), varied(1, 2, 5)), **YEAR_BEFORE)

    page = shown(client, ada).partition("Items with the most splits")[2]

    assert "2 of 2 reviews 2 2 points" in page
    assert "1 of 2 reviews 0 1 point" in page
    assert page.index("2 of 2 reviews") < page.index("1 of 2 reviews")


def test_three_reviewers_of_whom_two_are_chosen_are_compared_as_two(client, ada, ben):
    review = ReviewFactory(lead=ada)
    cai = UserFactory(name="Cai Uren")
    for person in (ben, cai):
        TeamMemberFactory(review=review, user=person)
    for person, score in ((ada, 4), (ben, 4), (cai, 1)):
        submitted_by(review, person, score)

    assert "Same score 0 % 0 of 25" in shown(client, ada)
    assert "Same score 100 % 25 of 25" in shown(client, ada, pair=f"{ada.pk}-{ben.pk}")


# Choices


def test_program_year_and_item_narrow_the_pool(client, ada, ben):
    one = rated_together(ada, ben, (varied(1), varied(3)))
    rated_together(ada, ben, **YEAR_BEFORE)

    assert reviews_shown(client, ada, program=one.site.program_id) == 1
    assert reviews_shown(client, ada, year=2025) == 1
    assert reviews_shown(client, ada, year=2025, program=one.site.program_id) == 0
    assert "No review fits this choice." in shown(client, ada, year=2025, program=one.site.program_id)
    page = shown(client, ada, item="caseload-size")
    assert "1 of 2 scores compared" in page
    assert "It compares totals, and one item has none." in page


@pytest.mark.parametrize(
    "choice", [{"pair": "1-2"}, {"program": "0"}, {"year": "1066"}, {"item": "no-such"}, {"pair": "'; --"}]
)
def test_a_choice_that_is_not_offered_is_refused_in_words(client, ada, ben, choice):
    rated_together(ada, ben)

    page = shown(client, ada, **choice)

    assert "There is something to mend" in page
    assert "Same score" not in page


def test_only_what_the_person_may_pool_is_offered(client, ada, ben):
    rated_together(ada, ben)
    other = in_consensus(**YEAR_BEFORE)

    client.force_login(ada)
    page = client.get("/agreement/").content.decode()

    assert lead_of(other).name not in page
    assert other.site.program.name not in page
    assert ">2025<" not in page


def test_reviews_in_either_wording_are_one_pool(client, ada, ben):
    rated_together(ada, ben, wording="uk")
    rated_together(ada, ben, wording="us", **YEAR_BEFORE)

    assert reviews_shown(client, ada) == 2


# Queries


def add_rated(number: int, lead, other, site):
    """Reviews in consensus, written at once."""
    for place in range(number):
        review = ReviewFactory(
            site=site, lead=lead, starts_on=f"{2000 + place}-03-02", ends_on=f"{2000 + place}-03-02"
        )
        TeamMemberFactory(review=review, user=other)
        for points, member in enumerate(review.members.all(), 1):
            own_set = RatingSet.objects.create(member=member)
            items = review.version.item_ids().values()
            Rating.objects.bulk_create(
                Rating(rating_set=own_set, item_id=item, score=points) for item in items
            )
        RatingSet.objects.filter(member__review=review).update(submitted_at=timezone.now())
        at_stage(review, Stage.CONSENSUS)


def test_the_page_takes_the_same_queries_for_3_and_30_reviews(client, ada, ben):
    client.force_login(ada)
    site = SiteFactory()

    def queries() -> tuple[int, int]:
        client.get("/agreement/")
        with CaptureQueriesContext(connection) as captured:
            answer = client.get("/agreement/")
        return pool_of(answer), len(captured)

    add_rated(3, ada, ben, site)
    reviews, few = queries()
    add_rated(27, ada, ben, site)

    assert reviews == 3
    assert queries() == (30, few)
    assert few <= 12
