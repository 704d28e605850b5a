"""The list of changes of a corrected edition: everything that a reader would read otherwise, and nothing else."""

from dataclasses import replace

import pytest

from reports.assembly import Rated
from reports.corrections import CUT, changes_between, passages
from reports.document import from_json, frozen_sha256, sha256, to_json
from reports.edition_lines import ChangeLine, WithdrawnLine
from reports.sample import sample_document
from tests.reports.documents import CODES, report


def told(before, after) -> set[tuple]:
    return {
        (line.item_number, line.field, line.before, line.after) for line in changes_between(before, after)
    }


def test_an_edition_that_says_the_same_has_no_changes():
    before = report(4)
    after = replace(before, edition="1.1", issued_by="Someone Else", events=())

    assert changes_between(before, after) == ()


def test_a_changed_score_is_told_with_what_follows_from_it():
    before = report(5)
    after = report({CODES[0]: 2})

    assert told(before, after) == {
        (None, "total", "125", "122"),
        (None, "section_total", "15/15", "12/15"),
        (1, "score", "5", "2"),
    }


def test_a_band_that_changes_and_an_item_no_longer_rated_are_told():
    before, after = report(4), report({code: None if code == CODES[0] else 4 for code in CODES})

    fields = {line.field: (line.before, line.after) for line in changes_between(before, after)}
    assert fields["score"] == ("4", "")
    assert fields["can_become"] == ("", "97–101")
    assert fields["band"] == ("Good fidelity", "")


@pytest.mark.parametrize("field", ["rationale", "evidence", "recommendation", "departure_reason"])
def test_every_text_of_an_item_is_told(field):
    before = report(4, ratings={CODES[2]: Rated(score=4)})
    after = report(4, ratings={CODES[2]: Rated(score=4, **{field: "Read again."})})

    assert told(before, after) == {(3, field, "", "Read again.")}


def test_page_1_and_the_particulars_are_told():
    first = Rated(score=4, strength="Small caseloads", priority=1, action="Keep them", target=5)
    before = report(4, ratings={CODES[0]: first}, summary="A team.")
    second = replace(first, strength="", action="Keep them small", target=None)
    after = report(4, ratings={CODES[0]: second}, summary="A settled team.", site="Another name")

    assert told(before, after) == {
        (1, "strength", "Small caseloads", ""),
        (1, "target", "5", ""),
        (None, "priority", "1: Keep them", "1: Keep them small"),
        (None, "summary", "A team.", "A settled team."),
        (None, "site", before.site, "Another name"),
    }


def test_of_a_long_text_the_passage_that_differs_is_told():
    words = [f"word{number}" for number in range(200)]
    changed = [*words[:100], "corrected", *words[101:]]

    before, after = passages(" ".join(words), " ".join(changed))

    around = " ".join(words[92:100]), " ".join(words[101:109])
    assert before == f"{CUT} {around[0]} word100 {around[1]} {CUT}"
    assert after == f"{CUT} {around[0]} corrected {around[1]} {CUT}"


@pytest.mark.parametrize(
    ("before", "after"), [("", "x " * 200), ("x  " * 200, "x " * 200), ("short", "other"), ("a " * 200, "b")]
)
def test_texts_that_differ_are_never_told_alike(before, after):
    old, new = passages(before, after)

    assert old != new


def test_a_corrected_edition_is_read_back_as_it_was_and_an_older_one_keeps_its_bytes():
    before = sample_document()
    line = ChangeLine(1, "Caseload size", "score", "4", "3")
    after = replace(
        before, corrects="1.0", corrects_made_at=before.made_at, correction_reason="Why.", changes=(line,)
    )

    assert from_json(to_json(after)) == after
    assert not {"corrects", "changes", "withdrawn"} & set(to_json(before).split('"'))


def test_the_number_of_the_data_is_that_of_what_was_issued_also_when_it_is_withdrawn():
    issued = sample_document()
    withdrawn = replace(issued, withdrawn=WithdrawnLine(issued.made_at.date(), "Rosa Beaumont", "Why."))

    assert from_json(to_json(withdrawn)) == withdrawn
    assert frozen_sha256(withdrawn) == sha256(to_json(issued)) != sha256(to_json(withdrawn))
