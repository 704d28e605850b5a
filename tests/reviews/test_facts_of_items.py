"""The facts of each item: what the worksheets give, over what was typed, and whose points count."""

from decimal import Decimal

import pytest

from accounts.permissions import Role
from reviews.facts import facts_of_items, suggestions_for
from reviews.figures.counting import Note
from reviews.models import ItemFacts, WorksheetRow
from scales.figures import Figure
from scales.models import ScaleFigure
from scales.suggestion import Reason
from tests.factories.reviews import ReviewFactory
from tests.reviews.situations import a_rating, empty_set, fresh, joined, lead_of

pytestmark = pytest.mark.django_db

D = Decimal


@pytest.fixture
def review():
    return fresh(ReviewFactory())


def fill(review, sheet, *rows: dict) -> None:
    by = lead_of(review)
    WorksheetRow.objects.bulk_create(
        WorksheetRow(review=review, sheet=sheet, place=place, cells=cells, updated_by=by)
        for place, cells in enumerate(rows)
    )


def type_in(review, code, **entries) -> None:
    item = review.version.item_ids()[code]
    ItemFacts.objects.create(review=review, item_id=item, entries=entries, updated_by=lead_of(review))


def demo_specialists(review, **last) -> None:
    fill(
        review,
        "specialists",
        {"name": "AK", "fte": "1", "caseload": "20", "employer_contacts": "5", "tracking": "monthly"},
        {"name": "BS", "fte": "0.6", "caseload": "12", "employer_contacts": "5", "tracking": "monthly"},
        {"name": "CD", "fte": "0.5", "employer_contacts": "5", "tracking": "monthly"} | last,
    )


def test_every_item_of_the_version_has_its_count(review):
    found = facts_of_items(review)

    assert list(found) == list(review.version.to_spec().items_by_code)
    assert not any(one.has_facts for one in found.values())
    assert found["caseload-size"].figure is Figure.CASELOAD
    assert found["supervisor-role"].figure is None


def test_one_worksheet_feeds_every_item_that_needs_it(review):
    demo_specialists(review, caseload="9")

    found = facts_of_items(review)

    caseload, contacts = found["caseload-size"], found["employer-contact-frequency"]
    assert (caseload.facts.part, caseload.facts.whole) == (41, D("2.1"))
    assert caseload.from_worksheet == {"part", "whole"}
    assert [one.value for one in contacts.facts.specialists] == [5, 5, 5]
    assert contacts.facts.answers == {"form-weekly": False, "form-monthly": True}
    assert contacts.from_worksheet == {"specialists", "form-weekly", "form-monthly"}
    assert {code for code, one in found.items() if one.has_facts} == {
        "caseload-size",
        "employer-contact-frequency",
    }


def test_the_worksheet_wins_over_what_was_typed_for_the_item(review):
    demo_specialists(review, caseload="9")
    type_in(review, "caseload-size", part="50", whole="2", value="25")
    type_in(review, "employer-contact-frequency", answers={"form-weekly": True})

    found = facts_of_items(review)

    caseload = found["caseload-size"]
    assert (caseload.facts.part, caseload.facts.whole, caseload.facts.value) == (41, D("2.1"), None)
    assert caseload.entries == {"part": "50", "whole": "2", "value": "25"}
    assert found["employer-contact-frequency"].facts.answers["form-weekly"] is False


def test_what_was_typed_stands_while_the_worksheet_is_incomplete(review):
    demo_specialists(review)
    type_in(review, "caseload-size", part="41", whole="2.1")

    found = facts_of_items(review)["caseload-size"]

    assert (found.facts.part, found.facts.whole) == (41, D("2.1"))
    assert found.from_worksheet == frozenset()
    assert found.counted.note is Note.SOME_WITHOUT_FIGURES


def test_a_typed_answer_stands_beside_a_counted_number(review):
    fill(review, "first-contacts", {"record": "1", "days": "12"})
    type_in(review, "rapid-search", value="90", answers={"tracks-contacts": True})

    found = facts_of_items(review)["rapid-search"]

    assert (found.facts.value, found.facts.answers) == (12, {"tracks-contacts": True})
    assert suggestions_for(review)["rapid-search"].score == 5


def test_a_tally_stands_beside_the_item_and_suggests_nothing(review):
    fill(review, "records", {"record": "1", "profile": "yes"}, {"record": "2", "profile": "no"})

    found = facts_of_items(review)["work-based-assessment"]

    assert found.counted.tally == (1, 2)
    assert not found.has_facts
    assert suggestions_for(review) == {}


def test_a_figure_that_the_item_cannot_take_is_passed_over(review):
    demo_specialists(review, caseload="9")
    ScaleFigure.objects.filter(item_code="caseload-size").update(figure=Figure.PHASES)

    assert facts_of_items(review)["caseload-size"].figure is None
    assert not facts_of_items(review)["caseload-size"].has_facts


def test_an_answer_to_a_question_that_the_item_does_not_ask_is_passed_over(review):
    demo_specialists(review)
    ScaleFigure.objects.filter(item_code="employer-contact-frequency").update(
        answers={"gone": "tracking-weekly", "form-monthly": "unheard-of"}
    )

    assert facts_of_items(review)["employer-contact-frequency"].facts.answers == {}


def test_another_reviews_worksheet_is_not_read(review):
    demo_specialists(ReviewFactory(), caseload="9")

    assert not any(one.has_facts for one in facts_of_items(review).values())


@pytest.mark.parametrize(
    ("caseload", "score", "reason"), [("9", 5, Reason.DECIDED), ("11", None, Reason.BETWEEN_ANCHORS)]
)
def test_worksheets_suggest_scores(review, caseload, score, reason):
    demo_specialists(review, caseload=caseload)

    suggestion = suggestions_for(review)["caseload-size"]

    assert (suggestion.score, suggestion.reason) == (score, reason)


def test_facts_that_cannot_be_suggest_nothing(review):
    type_in(review, "caseload-size", part="3", whole="0")

    assert suggestions_for(review) == {}


def test_a_note_on_a_component_is_no_fact_yet(review):
    type_in(review, "team-contact", notes={"a": "To ask the team leader."})

    assert not facts_of_items(review)["team-contact"].has_facts


def points(*values) -> list[dict]:
    return [{"label": f"S{number}", "value": value} for number, value in enumerate(values)]


def test_points_of_specialists_are_taken_from_ones_own_set_alone(review):
    other = joined(review, Role.REVIEWER)
    own, others = empty_set(review), empty_set(review, other)
    a_rating(own, "employer-contact-quality", specialist_points=points("5", "4", "5"))
    a_rating(others, "employer-contact-quality", specialist_points=points("2", "2", "2"))

    assert "employer-contact-quality" not in suggestions_for(review)
    assert suggestions_for(review, own)["employer-contact-quality"].score == 5
    assert suggestions_for(review, others)["employer-contact-quality"].score == 2


def test_points_that_stand_among_the_teams_facts_are_not_read(review):
    type_in(review, "employer-contact-quality", specialists=points("5", "5"))
    own = empty_set(review)
    a_rating(own, "employer-contact-quality")

    found = facts_of_items(review)["employer-contact-quality"]

    assert (found.facts.specialists, found.entries, found.has_facts) == ((), {}, False)
    assert suggestions_for(review, own) == suggestions_for(review) == {}


def test_points_that_are_no_score_suggest_nothing(review):
    own = empty_set(review)
    a_rating(own, "employer-contact-quality", specialist_points=points("7", "x"))

    assert suggestions_for(review, own) == {}


@pytest.mark.parametrize("number", [3, 30])
def test_counting_takes_as_many_queries_for_few_rows_as_for_many(review, django_assert_num_queries, number):
    fill(review, "specialists", *({"name": f"S{one}", "fte": "1", "caseload": "20"} for one in range(number)))
    fill(review, "jobs", *({"title": f"T{one}", "employer": "E"} for one in range(number)))
    own = empty_set(review)
    review = fresh(review)
    review.version.to_spec(), review.version.item_ids()

    with django_assert_num_queries(3):
        facts_of_items(review)
    with django_assert_num_queries(4):
        suggestions_for(review, own)
