"""Laws of suggestions, whatever the facts: on invented items and on those of the shipped scale."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from scales.spec import Item, Reading
from scales.suggesting import (
    Fact,
    Facts,
    Reason,
    SpecialistFacts,
    Suggestion,
    suggest,
)
from tests.scales import specs
from tests.scales.facts import BOTH_REVIEWS, contacts, hours, share

INVENTED = (
    specs.CASELOAD,
    specs.JOB_TYPES,
    specs.COMPETITIVE_JOBS,
    specs.RAPID_SEARCH,
    specs.TEAM_ASSIGNMENT,
    specs.EMPLOYER_CONTACT,
    specs.COMMUNITY,
    specs.CONTACT_QUALITY,
    specs.GENERALISTS,
    specs.TEAM_CONTACT,
    specs.DISCLOSURE,
    specs.BENEFITS,
)
EVERY_ITEM = (*INVENTED, *specs.shipped_scale().items)
BY_SPECIALIST = [item for item in EVERY_ITEM if item.per_specialist]
BY_COUNT = [item for item in EVERY_ITEM if item.components]
BY_NUMBER = [
    item
    for item in EVERY_ITEM
    if item not in BY_SPECIALIST and any(anchor.has_bounds for anchor in item.anchors)
]
LOWER_IS_BETTER = (Reading.RATIO, Reading.DAYS)


def numbers(item: Item) -> st.SearchStrategy[Decimal]:
    highest = 5 if item.reading is Reading.JUDGEMENT else 100
    places = 0 if item.reading is Reading.JUDGEMENT else 2
    return st.decimals(1, highest, places=places)


@st.composite
def facts_for(draw: st.DrawFn, item: Item) -> Facts:
    """Any possible facts of an item, some of them missing."""
    maybe = st.none() | numbers(item)
    whole = st.none() | st.integers(100, 200).map(Decimal)
    specialist = st.builds(SpecialistFacts, st.just("ES"), maybe, maybe, whole, st.none() | st.integers(0, 9))
    codes = [one.code for one in item.conditions]
    components = [one.code for one in item.components]
    return Facts(
        part=draw(maybe),
        whole=draw(whole | st.just(Decimal(100))),
        value=draw(maybe),
        specialists=tuple(draw(st.lists(specialist, max_size=4))),
        present=draw(st.none() | st.frozensets(st.sampled_from(components))) if components else None,
        answers=draw(st.dictionaries(st.sampled_from(codes), st.booleans())) if codes else {},
    )


def with_facts(items: Sequence[Item]) -> st.SearchStrategy[tuple[Item, Facts]]:
    return st.sampled_from(items).flatmap(lambda item: st.tuples(st.just(item), facts_for(item)))


items_with_facts = with_facts(EVERY_ITEM)
conditional_items_with_facts = with_facts([item for item in EVERY_ITEM if item.conditions])


@given(items_with_facts)
def test_a_suggestion_is_a_score_of_the_scale_or_says_why_not(drawn):
    item, facts = drawn
    points = {anchor.points for anchor in item.anchors}

    found = suggest(item, facts)

    assert (found.score is not None) == (found.reason is Reason.DECIDED)
    assert found.score is None or found.score in points
    assert bool(found.missing) == (found.reason is Reason.NOT_ENOUGH_FACTS)
    assert found.between is None or (found.score is None and not found.missing)
    if found.by_number is not None and found.score is not None:
        assert found.score <= found.by_number


@given(items_with_facts)
def test_between_names_two_neighbours_the_higher_first(drawn):
    found = suggest(*drawn)

    if found.between:
        higher, lower = found.between
        assert higher > lower
        assert higher - lower == 1 or found.reason is Reason.READINGS_DIFFER


@given(conditional_items_with_facts)
def test_once_nothing_is_missing_no_further_answer_changes_the_outcome(drawn):
    item, facts = drawn
    found = suggest(item, facts)
    further = [
        {**facts.answers, one.code: answer}
        for one in item.conditions
        for answer in (True, False)
        if one.code not in facts.answers and not contradicts(item, facts, one.code, answer)
    ]

    outcomes = {outcome(suggest(item, replace(facts, answers=answers))) for answers in further}

    assert found.missing or outcomes <= {outcome(found)}


def outcome(found: Suggestion) -> tuple[int | None, tuple[int, int] | None, Reason]:
    return found.score, found.between, found.reason


def contradicts(item: Item, facts: Facts, code: str, answer: bool) -> bool:
    """Whether an answer overrules, or is overruled by, one already given."""
    implies = {one.code: set(one.implies) for one in item.conditions}
    for _ in implies:
        implies = {one: far | {x for near in far for x in implies[near]} for one, far in implies.items()}
    if answer:
        return any(facts.answers.get(one) is False for one in implies[code])
    return any(given and code in implies[one] for one, given in facts.answers.items())


@given(items_with_facts, st.data())
def test_answers_to_what_is_missing_settle_every_condition(drawn, data):
    item, facts = drawn
    waited_for = [one.condition for one in suggest(item, facts).missing if one.condition]
    answers = {code: data.draw(st.booleans()) for code in waited_for}

    found = suggest(item, replace(facts, answers={**facts.answers, **answers}))

    assert Fact.ANSWER not in {one.fact for one in found.missing}


def ends(found: Suggestion) -> tuple[int, int]:
    """The lowest and the highest score in question."""
    if found.score is not None:
        return found.score, found.score
    assert found.between is not None
    return found.between[1], found.between[0]


def is_no_worse(found: Suggestion, than: Suggestion) -> bool:
    return all(here >= there for here, there in zip(ends(found), ends(than), strict=True))


@given(st.sampled_from(BY_NUMBER), st.data())
def test_a_better_number_never_gives_a_lower_suggestion(item, data):
    answers = {one.code: data.draw(st.booleans()) for one in item.conditions}
    worse, better = sorted(
        data.draw(st.tuples(numbers(item), numbers(item))), reverse=item.reading in LOWER_IS_BETTER
    )

    before, after = (suggest(item, facts_with(item, number, answers)) for number in (worse, better))

    assert is_no_worse(after, than=before)


def facts_with(item: Item, number: Decimal, answers: dict[str, bool]) -> Facts:
    if item.reading is Reading.DAYS:
        return Facts(value=number, answers=answers)
    return Facts(
        part=number * 2, whole=Decimal(200 if item.reading is Reading.PERCENTAGE else 2), answers=answers
    )


@given(st.sampled_from(BY_SPECIALIST), st.data())
def test_one_specialist_doing_better_never_lowers_the_suggestion(item, data):
    given_numbers = data.draw(st.lists(numbers(item), min_size=1, max_size=4))
    better = [max(given_numbers[0], data.draw(numbers(item))), *given_numbers[1:]]

    before, after = (suggest(item, for_specialists(item, values)) for values in (given_numbers, better))

    assert is_no_worse(after, than=before)


def for_specialists(item: Item, values: list[Decimal]) -> Facts:
    if item.reading is Reading.PERCENTAGE:
        return hours(*[(value, 100) for value in values])
    return contacts(*values, answers={one.code: one.code in BOTH_REVIEWS for one in item.conditions})


@given(st.sampled_from(BY_SPECIALIST), st.data())
def test_the_order_of_specialists_does_not_matter(item, data):
    values = data.draw(st.lists(numbers(item), min_size=1, max_size=4))

    there, back = (suggest(item, for_specialists(item, order)) for order in (values, values[::-1]))

    assert (there.score, there.between, there.reason) == (back.score, back.between, back.reason)


@given(st.sampled_from(BY_COUNT), st.data())
def test_one_more_component_never_gives_a_lower_suggestion(item, data):
    codes = [one.code for one in item.components]
    seen = data.draw(st.frozensets(st.sampled_from(codes)))
    more = seen | {data.draw(st.sampled_from(codes))}

    answers = {one.code: False for one in item.conditions}

    before, after = (suggest(item, Facts(present=present, answers=answers)) for present in (seen, more))

    assert is_no_worse(after, than=before)


@given(st.integers(3, 7), st.integers(1, 400), st.integers(1, 40))
def test_thresholds_of_any_scale_are_read_exactly(maximum, part, whole):
    ladder = specs.item(
        "ladder",
        Reading.RATIO,
        [
            specs.anchor(maximum, at_least=maximum),
            *(specs.anchor(points, points, below=points + 1) for points in range(maximum - 1, 1, -1)),
            specs.anchor(1, below=2),
        ],
    )

    found = suggest(ladder, share(part, whole))

    assert found.score == min(maximum, max(1, Fraction(part, whole).__floor__()))
