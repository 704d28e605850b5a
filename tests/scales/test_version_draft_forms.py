"""Rows of a version as forms: what is shown is what is sent, and what is typed is kept until it makes sense."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scales.forms.bands import BandsPart
from scales.forms.head import HeadForm, free_label, what_follows
from scales.forms.outline import OutlinePart
from scales.forms.sources import EvidencePart, PrinciplesPart
from scales.parts import head_of, outline_of
from scales.spec import Band, EvidenceSource, Principle
from tests.factories.scales import shipped_scale
from tests.scales.version_forms import sent

WORDINGS = ("uk", "us")
ITEMS = len(shipped_scale().items)
# The first section of the shipped scale has three items, the second follows.
STAFFING = [item.code for item in shipped_scale().sections[0].items]
FIRST_OF_SECOND = shipped_scale().sections[1].items[0].code


def bands(data=None):
    return BandsPart(data, stored=shipped_scale().bands)


def outline(data=None):
    return OutlinePart(data, scale=shipped_scale())


def principles(data=None):
    return PrinciplesPart(data, stored=shipped_scale().principles)


def order_of(part) -> list[str]:
    """Codes of the items in the order in which a page shows them."""
    return [str(line.form["code"].value()) for section in part.shown() for line in section.items]


def typed(part, **changes) -> dict[str, str]:
    return sent(*part.formsets) | {name.replace("__", "-"): value for name, value in changes.items()}


# What is shown is what is sent


@pytest.mark.parametrize("wording", WORDINGS)
def test_rows_that_nobody_touches_are_those_that_are_stored(wording):
    scale = shipped_scale(wording)
    cases = (
        (BandsPart, {"stored": scale.bands}, scale.bands),
        (EvidencePart, {"stored": scale.evidence_sources}, scale.evidence_sources),
        (PrinciplesPart, {"stored": scale.principles}, scale.principles),
        (OutlinePart, {"scale": scale}, outline_of(scale)),
    )
    for part, stored, value in cases:
        form = part(sent(*part(**stored).formsets), **stored)

        assert form.is_valid(), form.errors
        assert form.value() == value


@pytest.mark.parametrize("wording", WORDINGS)
@pytest.mark.parametrize("keeps_scale", [True, False])
def test_a_head_that_nobody_touches_is_the_one_that_is_stored(wording, keeps_scale):
    head = head_of(shipped_scale(wording))
    form = HeadForm(
        {name: str(value) for name, value in vars(head).items()}, head=head, keeps_scale=keeps_scale
    )

    assert form.is_valid(), form.errors
    assert form.value() == head


def test_line_ends_are_those_of_a_file_however_a_browser_sends_them():
    part = bands(typed(bands(), rows__0__meaning="One line.\r\nAnother."))

    assert part.is_valid()
    assert part.value()[0].meaning == "One line.\nAnother."


# Bands


def test_a_row_ticked_for_removal_goes_however_little_sense_it_makes():
    part = bands(typed(bands(), rows__0__remove="on", rows__0__lowest="many", rows__0__label=""))

    assert part.is_valid()
    assert part.value() == shipped_scale().bands[1:]


def test_a_band_is_added_and_stands_where_its_totals_put_it():
    new = typed(bands().rearranged("add"), rows__4__lowest="0", rows__4__highest="24", rows__4__label="Under")
    part = bands(new)

    assert part.is_valid()
    assert part.value() == (*shipped_scale().bands, Band(0, 24, "Under"))


@pytest.mark.parametrize(
    ("changes", "row", "field"),
    [
        ({"rows__0__lowest": ""}, 0, "lowest"),
        ({"rows__0__highest": ""}, 0, "highest"),
        ({"rows__0__highest": "-3"}, 0, "highest"),
        ({"rows__0__highest": "12.5"}, 0, "highest"),
        ({"rows__0__highest": "10000"}, 0, "highest"),
        ({"rows__0__highest": "114"}, 0, "highest"),
        ({"rows__0__label": " "}, 0, "label"),
        ({"rows__0__label": "a\x00b"}, 0, "label"),
        ({"rows__1__lowest": "115", "rows__1__highest": "116"}, 1, "lowest"),
        ({"rows__1__label": shipped_scale().bands[0].label}, 1, "label"),
    ],
)
def test_a_band_that_makes_no_sense_is_told_beside_its_field(changes, row, field):
    part = bands(typed(bands(), **changes))

    assert not part.is_valid()
    assert list(part.rows[row].errors) == [field]


def test_bands_as_typed_leave_out_what_is_no_number_yet():
    part = bands(typed(bands(), rows__0__lowest="11x", rows__1__highest="113"))

    assert [(band.lowest, band.highest) for band in part.as_typed()] == [(100, 113), (74, 99), (25, 73)]


# Kinds of evidence and principles


def test_a_principle_without_a_code_gets_one_from_its_title_that_is_free():
    many = len(shipped_scale().principles)
    new = {f"rows__{many}__title": shipped_scale().principles[0].title}
    part = principles(typed(principles().rearranged("add"), **new))

    assert part.is_valid()
    assert part.value()[-1] == Principle("zero-exclusion-2", "Zero exclusion")


def test_a_kind_of_evidence_needs_the_code_that_items_show():
    stored = (EvidenceSource("DOC", "Documents"),)
    data = typed(EvidencePart(stored=stored).rearranged("add"), rows__1__title="Photographs")
    part = EvidencePart(data, stored=stored)

    assert not part.is_valid()
    assert list(part.rows[1].errors) == ["code"]


def test_two_rows_with_one_code_are_told_beside_the_second():
    part = principles(typed(principles(), rows__1__code="zero-exclusion"))

    assert not part.is_valid()
    assert [list(row.errors) for row in part.rows][:3] == [[], ["code"], []]


@pytest.mark.parametrize(
    ("place", "number", "expected"), [(2, "1", [2, 0, 1]), (0, "3", [1, 2, 0]), (0, "2", [1, 0, 2])]
)
def test_a_row_with_another_place_number_goes_there(place, number, expected):
    stored = tuple(Principle(f"p{n}", f"Principle {n}") for n in range(3))
    part = PrinciplesPart(
        typed(PrinciplesPart(stored=stored), **{f"rows__{place}__place": number}), stored=stored
    )

    assert part.is_valid()
    assert part.value() == tuple(stored[n] for n in expected)


# The outline


def test_an_item_goes_up_and_down_and_into_the_next_section():
    down = outline().rearranged("down:items:0")
    assert order_of(down)[:3] == [STAFFING[1], STAFFING[0], STAFFING[2]]

    last = len(STAFFING) - 1
    over = outline().rearranged(f"down:items:{last}")
    assert order_of(over) == order_of(outline())
    assert [len(section.items) for section in over.shown()][:2] == [last, 9]
    assert over.told == f"{shipped_scale().item(STAFFING[last]).short_title} is item {last + 1} now."

    back = OutlinePart(sent(*over.formsets), scale=shipped_scale()).rearranged(f"up:items:{last}")
    saved = OutlinePart(sent(*back.formsets), scale=shipped_scale())
    assert saved.is_valid()
    assert saved.value() == outline_of(shipped_scale())


def test_the_first_item_stays_where_it_is_when_it_is_moved_up():
    assert order_of(outline().rearranged("up:items:0")) == order_of(outline())


def test_a_section_goes_down_with_its_items():
    part = outline().rearranged("down:sections:0")
    saved = OutlinePart(sent(*part.formsets), scale=shipped_scale())

    assert saved.is_valid()
    before = outline_of(shipped_scale())
    assert saved.value() == (before[1], before[0], before[2])


def test_an_item_put_in_another_section_comes_last_there_unless_it_has_a_place():
    last = outline(typed(outline(), items__0__section="1"))
    assert last.is_valid()
    assert last.value()[1].items[-1].code == STAFFING[0]

    second = outline(typed(outline(), items__0__section="1", items__0__place="2"))
    assert second.is_valid()
    assert [item.code for item in second.value()[1].items][:2] == [FIRST_OF_SECOND, STAFFING[0]]


def test_the_page_numbers_items_as_saving_will():
    part = outline(typed(outline(), items__0__remove="on")).rearranged("arrange")
    lines = [line for section in part.shown() for line in section.items]

    assert [line.number for line in lines][:3] == [None, 1, 2]
    assert [line.in_section for line in lines][:3] == [None, 1, 2]
    assert lines[0].goes_with == "goes when you save, with 5 anchors, 0 components and 0 questions"
    assert lines[-1].number == ITEMS - 1


def test_an_item_that_is_removed_is_left_out_and_one_with_a_new_code_is_known_by_the_old():
    part = outline(typed(outline(), items__0__remove="on", items__1__code="other-name"))

    assert part.is_valid()
    first = part.value()[0].items[0]
    assert (first.code, first.before) == ("other-name", STAFFING[1])


def test_a_new_item_gets_a_code_and_a_short_title_from_its_title():
    part = outline().rearranged("add:0")
    saved = outline(typed(part, **{f"items__{ITEMS}__title": "Caseload size"}))

    assert saved.is_valid()
    new = saved.value()[0].items[-1]
    assert (new.code, new.title, new.short_title, new.before) == (
        "caseload-size-2",
        "Caseload size",
        "Caseload size",
        "",
    )


def test_rows_that_were_added_are_asked_for_their_titles():
    part = outline(sent(*outline().rearranged("add:0").rearranged("add-section").formsets))

    assert not part.is_valid()
    assert [list(row.errors) for row in (part.items.forms[-1], part.sections.forms[-1])] == [["title"]] * 2


def test_a_section_without_a_title_does_not_swallow_its_items():
    new = outline().rearranged("add-section")
    part = outline(typed(new, items__0__section="3"))

    assert not part.is_valid()
    assert list(part.sections[3].errors) == ["title"]


def test_items_with_one_code_are_told_beside_the_second():
    part = outline(typed(outline(), items__1__code=STAFFING[0]))

    assert not part.is_valid()
    assert list(part.items[1].errors) == ["code"]


BUTTONS = st.sampled_from(
    [
        *(f"{way}:items:{n}" for way in ("up", "down") for n in range(ITEMS)),
        *(f"{way}:sections:{n}" for way in ("up", "down") for n in range(3)),
        "arrange",
    ]
)


@settings(max_examples=40)
@given(st.lists(BUTTONS, max_size=6))
def test_moving_loses_no_item_and_numbers_them_without_a_gap(buttons):
    part = outline()
    for button in buttons:
        part = OutlinePart(sent(*part.formsets), scale=shipped_scale()).rearranged(button)

    assert sorted(order_of(part)) == sorted(order_of(outline()))
    numbers = [line.number for section in part.shown() for line in section.items]
    assert numbers == list(range(1, ITEMS + 1))
    saved = OutlinePart(sent(*part.formsets), scale=shipped_scale())
    assert saved.is_valid()
    assert [item.code for section in saved.value() for item in section.items] == order_of(part)


ANYTHING = st.one_of(st.text(max_size=8), st.sampled_from(["0", "1", "-1", "99999", "²", "on", "a\x00b", ""]))
NAMES = [*sent(*outline().formsets), *sent(*bands().formsets)]


@settings(max_examples=40)
@given(
    st.dictionaries(st.sampled_from(NAMES), ANYTHING, max_size=12),
    st.sampled_from(["add", "add:²", "add:999", "add-section", "up:items:x", "down:sections:-1", "up", ""]),
)
def test_nothing_that_can_be_sent_breaks_a_form(changes, go):
    for make in (outline, bands):
        part = make(sent(*make().formsets) | changes)
        if part.is_valid():
            part.value()
        shown = part.rearranged(go)
        assert [str(row) for formset in shown.formsets for row in formset]


# The head


def changed(**changes) -> HeadForm:
    head = head_of(shipped_scale())
    data = {name: str(value) for name, value in vars(head).items()} | changes
    return HeadForm(data, head=head, keeps_scale=False)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"label": "two/words"}, "label"),
        ({"label": "-first"}, "label"),
        ({"label": "x" * 51}, "label"),
        ({"label": "new\n"[:3] + "\x0b1"}, "label"),
        ({"title": ""}, "title"),
        ({"language": "English"}, "language"),
        ({"language": "en_GB"}, "language"),
        ({"minimum": "-1"}, "minimum"),
        ({"maximum": "1"}, "maximum"),
        ({"maximum": "102"}, "maximum"),
        ({"maximum": "five"}, "maximum"),
        ({"source": "a\x07b"}, "source"),
        ({"scale_code": ""}, "scale_code"),
    ],
)
def test_a_head_that_cannot_be_is_told_beside_its_field(changes, field):
    form = changed(**changes)

    assert not form.is_valid()
    assert list(form.errors) == [field]


def test_source_edition_and_permission_may_wait_until_publishing():
    form = changed(source="", edition="", permission="")

    assert form.is_valid()
    assert form.value() == replace(head_of(shipped_scale()), source="", edition="", permission="")


def test_other_points_are_told_with_what_the_checks_will_ask():
    assert what_follows(shipped_scale(), 1, 5) == []
    assert [str(line) for line in what_follows(shipped_scale(), 0, 4)] == [
        "25 items have no anchor yet for one of these scores: the checks will ask for them.",
        "25 items have anchors outside these scores: the checks will ask to remove them.",
        "Totals will run from 0 to 100: the bands should cover just these.",
    ]


@pytest.mark.parametrize(("lowest", "highest"), [("", "5"), ("5", "1"), ("1", "102"), ("x", "²")])
def test_points_that_make_no_sense_yet_have_no_consequence(lowest, highest):
    assert changed(minimum=lowest, maximum=highest).rearranged("look").points_as_typed() is None


def test_a_free_label_is_like_the_one_that_is_taken():
    assert free_label("2008-uk", {"2008-uk", "2008-uk-2"}) == "2008-uk-3"
    assert free_label("other", {"2008-uk"}) == "other"
    assert len(free_label("x" * 50, {"x" * 50})) == 50
