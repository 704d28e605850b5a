"""Reports with next to nothing in them and with far too much: page 1 stays one page, and no word is lost."""

import io
from itertools import count

import pytest
from pypdf import PdfReader

from reports.assembly import Rated
from reports.document import ReportDocument
from reports.pdf import write_pdf
from tests.reports.documents import CODES, report
from tests.reports.test_pdf import failures

# As long as a form takes them.
SENTENCE = ("Specialists and clinicians meet every week, share one record and decide what comes next. " * 3)[
    :200
]
LETTERS = {
    "evidence": "e",
    "rationale": "r",
    "recommendation": "c",
    "strength": "s",
    "action": "a",
    "target": 4,
}


def pages(data: bytes) -> list[str]:
    return [" ".join(one.extract_text().split()) for one in PdfReader(io.BytesIO(data)).pages]


def with_everything_long() -> ReportDocument:
    names = {"site": SENTENCE, "program": SENTENCE, "organization": SENTENCE, "place": SENTENCE[:80]}
    ratings = {
        code: Rated(
            score=3,
            suggested=4,
            departure_reason=SENTENCE,
            strength=f"{place} {SENTENCE}"[:200],
            priority=place,
            action=SENTENCE,
            target=4,
        )
        for place, code in enumerate(CODES, 1)
    }
    return report(3, ratings=ratings, before=dict.fromkeys(CODES, 3), summary="line\n" * 200, **names)


REPORTS = {
    "no evidence at all": lambda: report(3),
    "nothing rated": lambda: report(dict.fromkeys(CODES)),
    "texts of one letter": lambda: report(
        3,
        site="S",
        program="P",
        summary="x",
        ratings={code: Rated(score=3, priority=place, **LETTERS) for place, code in enumerate(CODES, 1)},
    ),
    "everything as long as can be": with_everything_long,
}


@pytest.mark.parametrize("document", REPORTS.values(), ids=REPORTS.keys())
def test_page_1_is_one_page_and_each_part_starts_where_it_should(document):
    """On Letter, the shorter of the papers."""
    data = write_pdf(document(), "letter")
    printed = pages(data)

    assert failures(data) == []
    chart = next(place for place, text in enumerate(printed) if "Every item at a glance" in text)
    assert chart <= 1
    following = ("Summary", "2 Where the gaps are")
    assert printed[chart + 1].startswith(following)
    starts = [
        next(place for place, text in enumerate(printed) if heading in text and place > chart)
        for heading in ("Where the gaps are", "Item by item", "Criterion", "How this report came about")
    ]
    assert starts == sorted(set(starts))
    assert sum("Criterion" in text for text in printed) == 1


def test_with_nothing_rated_no_gap_is_made_up():
    printed = pages(write_pdf(report(dict.fromkeys(CODES))))

    gaps = next(text for text in printed[1:] if "Where the gaps are" in text)
    assert "0 so far, of 125" in printed[0]
    assert "Total 0 – – –" in gaps
    assert " ".join(printed).count("No score yet.") == len(CODES)


def test_every_word_of_many_long_texts_is_there_once_and_in_order():
    number = count()

    def text(words: int) -> str:
        return " ".join(f"word{next(number)}" for _word in range(words))

    ratings = {
        code: Rated(score=3, evidence=text(60), rationale=text(40), recommendation=text(30)) for code in CODES
    }

    said = " ".join(pages(write_pdf(report(3, ratings=ratings)))).split()

    found = [
        int(word.removeprefix("word")) for word in said if word.startswith("word") and word[4:].isdigit()
    ]
    assert found == list(range(next(number)))


def test_the_names_at_the_foot_of_a_page_are_cut_to_a_line_and_stand_whole_on_page_1():
    printed = pages(write_pdf(report(5, site=SENTENCE)))

    assert SENTENCE.strip() in printed[0]
    assert f"{SENTENCE[:59]}… · fidelity review" in printed[1]
