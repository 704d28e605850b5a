import pytest

from reports.typeface import CHINESE, JAPANESE, KOREAN, KURINTO, SOURCE_SANS, families_for, fit
from tests.reports.documents import LONG_TEXT, report


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ŵyl, ŷd, Żółć, Ελλάδα, Київ, Việt Nam", [SOURCE_SANS]),
        ("محمد", [SOURCE_SANS, KURINTO]),
        ("王小明", [SOURCE_SANS, KURINTO, CHINESE]),
        ("さくら", [SOURCE_SANS, KURINTO]),
        ("이수진", [SOURCE_SANS, KOREAN]),
    ],
)
def test_a_report_carries_the_fonts_that_its_text_needs(text, expected):
    families, missing = families_for(text)

    assert not missing
    assert families[0] == SOURCE_SANS
    assert set(families) <= {SOURCE_SANS, KURINTO, CHINESE, JAPANESE, KOREAN}
    if len(expected) == 1:
        assert list(families) == expected
    else:
        assert len(families) > 1


def test_a_character_that_no_font_has_is_written_visibly():
    assert families_for("\U0001f600\x07")[1] == {"\U0001f600": "[U+1F600]", "\x07": "[U+0007]"}


def test_letters_and_their_marks_become_one_character_where_there_is_one():
    document, _families = fit(report(5, summary="cafe\u0301 w\u0302yl"))

    assert document.summary == "café ŵyl"


def test_texts_stay_as_they_are_otherwise():
    document, families = fit(report(5, summary=LONG_TEXT))

    assert document.summary == LONG_TEXT
    assert families == (SOURCE_SANS,)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_end_is_kept_as_one(end):
    document, _families = fit(report(5, summary=f"one{end}two"))

    assert document.summary == "one\ntwo"
