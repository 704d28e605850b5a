"""When the notes on an item are thin: one source, or none from where its definition says to look."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.evidence.warnings import (
    KNOWN_CODES,
    STANDS_FOR,
    EvidenceWarning,
    Lookout,
    evidence_of_item,
    evidence_warnings,
    warnings_for,
)
from reviews.evidence.words import CODES, put_in_words
from reviews.models import Source
from tests.factories.reviews import EvidenceNoteFactory, ReviewFactory
from tests.factories.scales import shipped_scale
from tests.reviews.situations import fresh

INTERVIEW, OBSERVATION = ("interview", "team leader"), ("observation", "team meeting")
RECORD, DOCUMENT, DATA = ("record", "record 7"), ("document", "policy"), ("data", "caseload list")
EVERY_SOURCE = (INTERVIEW, OBSERVATION, RECORD, DOCUMENT, DATA)
SOURCES = st.tuples(st.sampled_from(Source.values), st.text(max_size=8))
ITEM_CODES = st.lists(st.sampled_from([*sorted(KNOWN_CODES), "XYZ"]), unique=True)


def told(codes, *sources) -> list[str]:
    return [put_in_words(warning) for warning in warnings_for(codes, sources)]


@pytest.mark.parametrize(
    ("codes", "sources", "words"),
    [
        (["MIS", "DOC", "INT"], [], ["No notes on this item yet."]),
        ([], [], ["No notes on this item yet."]),
        (
            ["MIS", "DOC", "INT"],
            [INTERVIEW],
            [
                "All notes on this item come from one source.",
                "No note yet from: service data, documents.",
            ],
        ),
        (["DOC", "INT", "OBS"], [INTERVIEW, DOCUMENT], ["No note yet from: observation."]),
        (["DOC", "INT", "OBS"], [INTERVIEW, DOCUMENT, OBSERVATION], []),
        (["DOC", "INT", "ISP"], [INTERVIEW, DOCUMENT], ["No note yet from: individual service plans."]),
        (["DOC", "INT", "OBS", "ISP"], [INTERVIEW, RECORD, OBSERVATION], []),
        (["MIS", "DOC", "INT"], [INTERVIEW, DATA], []),
        (["MIS", "DOC", "INT"], [INTERVIEW, DOCUMENT], ["No note yet from: service data."]),
        (["INT"], [INTERVIEW, ("interview", "client 1")], []),
        (["INT"], [INTERVIEW, ("interview", " Team  LEADER ")], ["All notes on this item come from one source."]),
        (["INT"], [("interview", "record 7"), RECORD], []),
        (["XYZ", "INT"], [INTERVIEW], ["All notes on this item come from one source."]),
        (["XYZ"], [INTERVIEW, RECORD], []),
    ],
)  # fmt: skip
def test_what_is_told_of_an_item_and_its_notes(codes, sources, words):
    assert told(codes, *sources) == words


def test_every_source_kind_stands_for_codes_of_the_2008_form():
    assert set(STANDS_FOR) == set(Source.values)
    assert set(CODES) == KNOWN_CODES


@pytest.mark.parametrize("wording", ["uk", "us"])
def test_every_code_of_the_shipped_scale_can_be_covered(wording):
    for item in shipped_scale(wording).items:
        assert warnings_for(item.evidence, EVERY_SOURCE) == ()


@given(ITEM_CODES, st.lists(SOURCES, min_size=1), SOURCES)
def test_another_note_never_adds_a_warning(codes, sources, another):
    before, after = warnings_for(codes, sources), warnings_for(codes, [*sources, another])

    assert {warning.kind for warning in after} <= {warning.kind for warning in before}
    lacking = [set(warning.codes) for warnings in (after, before) for warning in warnings if warning.codes]
    assert len(lacking) < 2 or lacking[0] <= lacking[1]


@given(ITEM_CODES, st.lists(SOURCES))
def test_only_codes_of_the_item_that_are_known_are_missed(codes, sources):
    for warning in warnings_for(codes, sources):
        assert set(warning.codes) <= set(codes) & KNOWN_CODES
        assert put_in_words(warning)


@pytest.mark.django_db
def test_notes_of_an_item_are_its_standing_ones_oldest_first():
    review = ReviewFactory()
    first = EvidenceNoteFactory(review=review, items=["caseload-size", "zero-exclusion"])
    second = EvidenceNoteFactory(review=review, text="Shared out last week.", who_or_what="client 1")
    EvidenceNoteFactory(review=review, items=["disclosure"])
    EvidenceNoteFactory(review=review, withdrawn_at="2026-10-14T10:00Z", source=Source.DATA)
    EvidenceNoteFactory()

    of_item = evidence_of_item(fresh(review), "caseload-size")

    assert of_item.notes == (first, second)
    assert of_item.warnings == (EvidenceWarning(Lookout.LACKS, ("MIS", "DOC")),)
    assert [item.code for item in of_item.notes[0].items.all()] == ["caseload-size", "zero-exclusion"]


@pytest.mark.django_db
def test_notes_of_an_item_take_two_queries(django_assert_num_queries):
    review = fresh(ReviewFactory())
    review.version.to_spec()
    EvidenceNoteFactory.create_batch(20, review=review, items=["caseload-size", "disclosure"])

    with django_assert_num_queries(2):
        of_item = evidence_of_item(review, "caseload-size")
        words = [(note.by.name, [item.number for item in note.items.all()]) for note in of_item.notes]

    assert len(words) == 20


@pytest.mark.django_db
def test_warnings_of_every_item_take_one_query_and_agree_with_those_of_each(django_assert_num_queries):
    review = fresh(ReviewFactory())
    spec = review.version.to_spec()
    for number, item in enumerate(spec.items[:-5]):
        for source in Source.values[: number % 4]:
            EvidenceNoteFactory(review=review, source=source, items=[item.code, "zero-exclusion"])
    EvidenceNoteFactory(review=review, withdrawn_at="2026-10-14T10:00Z", items=["team-contact"])
    EvidenceNoteFactory(review=review, items=[])

    with django_assert_num_queries(1):
        warnings = evidence_warnings(review)

    assert list(warnings) == [item.code for item in spec.items]
    assert warnings == {item.code: evidence_of_item(review, item.code).warnings for item in spec.items}
