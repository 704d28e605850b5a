"""What is typed into the item editor becomes the item that was meant, and whatever is typed can be read."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scales.forms.items import ItemForm
from scales.parts import bare
from scales.spec import Anchor, Component, FewSeekers, Item, Reading
from tests.factories.scales import shipped_scale
from tests.scales.item_forms import form_of, messages_of, sent

SCALE = shipped_scale("us")
CASELOAD = SCALE.item("caseload-size")
GENERALISTS = SCALE.item("vocational-generalists")
FREQUENCY = SCALE.item("employer-contact-frequency")
ITEMS = [(wording, item) for wording in ("us", "uk") for item in shipped_scale(wording).items]

NEW = Item("new-item", 1, 1, "", "", "", Reading.JUDGEMENT, ())


def value_of(item: Item, **typed) -> Item:
    form = form_of(item, SCALE, **typed)
    assert form.is_valid(), form.mistakes()
    return form.value()


@pytest.mark.parametrize(
    ("wording", "item"), ITEMS, ids=[f"{wording}-{item.code}" for wording, item in ITEMS]
)
def test_an_item_sent_as_it_was_opened_is_the_same_item(wording, item):
    form = form_of(item, shipped_scale(wording))

    assert form.is_valid()
    assert form.value() == bare(item)


@pytest.mark.parametrize("go", ["components-add", "conditions-add", "back", "nonsense:99999"])
@pytest.mark.parametrize("item", [GENERALISTS, FREQUENCY, CASELOAD], ids=lambda item: item.code)
def test_adding_a_row_that_stays_empty_changes_nothing(item, go):
    rearranged = form_of(item, SCALE).rearranged(go)

    assert value_of_sent(item, sent(rearranged)) == bare(item)


def value_of_sent(item: Item, data) -> Item:
    form = ItemForm(data, item=item, scale=SCALE)
    assert form.is_valid()
    return form.value()


def test_a_new_item_has_a_column_for_every_score_of_the_version():
    scale = replace(SCALE, minimum=0, maximum=10)

    assert [anchor.points for anchor in ItemForm(item=NEW, scale=scale).anchors] == list(range(11))


def test_an_anchor_is_there_once_anything_is_written_in_its_column():
    item = value_of(NEW, anchor_5_descriptor="All of it.", anchor_1_descriptor="None of it.")

    assert item.anchors == (Anchor(5, "All of it."), Anchor(1, "None of it."))


def test_an_anchor_beyond_the_scores_is_shown_until_it_is_emptied():
    scale = replace(SCALE, maximum=4)
    judged = SCALE.item("zero-exclusion")
    form = ItemForm(item=judged, scale=scale)

    assert [anchor.points for anchor in form.anchors if anchor.is_beyond] == [5]
    emptied = ItemForm(sent(form, anchor_5_descriptor=""), item=judged, scale=scale)
    assert emptied.is_valid()
    assert [anchor.points for anchor in emptied.value().anchors] == [4, 3, 2, 1]


def test_bounds_take_in_the_number_or_leave_it_out():
    item = value_of(
        CASELOAD,
        anchor_4_lower="20.5",
        anchor_4_lower_is="excluded",
        anchor_4_upper="25",
        anchor_4_upper_is="included",
    )

    assert item.anchor(4) == replace(CASELOAD.anchor(4), lower=Decimal("20.5"), lower_open=True)


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("anchor-4-upper", "20", "This is under the lowest number, 21."),
        ("anchor-4-lower", "a few", "Write a number, such as 20 or 2.5."),
        ("anchor-4-lower", "NaN", "Write a number, such as 20 or 2.5."),
        ("anchor-4-lower", "-1", "Ensure this value is greater than or equal to 0."),
        (
            "anchor-4-lower",
            "1234567",
            "Ensure that there are no more than 6 digits before the decimal point.",
        ),
        ("code", "caseload size", "Use letters, digits and hyphens, without spaces"),
        ("code", "", "Give the item a code."),
        ("reading", "by-guess", "Select a valid choice."),
        ("short_title", "x" * 41, "Ensure this value has at most 40 characters (it has 41)."),
        ("measures", "a\x07bell", "This has a character that cannot be shown or stored."),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(field, typed, told):
    data = sent(ItemForm(item=CASELOAD, scale=SCALE))
    data[field] = typed

    (message,) = [
        text
        for anchor, text in messages_of(ItemForm(data, item=CASELOAD, scale=SCALE)).items()
        if anchor in (f"id_{field}", field)
    ]

    assert message.startswith(told)


def test_a_count_without_an_end_is_one_number():
    item = value_of(GENERALISTS, anchor_3_count_lowest="2", anchor_3_count_highest="")

    assert (item.anchor(3).count_lowest, item.anchor(3).count_highest) == (2, 2)


@pytest.mark.parametrize(
    ("lowest", "highest", "field", "told"),
    [
        ("", "4", "count_lowest", "Say from how many on; 0 is none."),
        ("4", "2", "count_highest", "This is fewer than it begins with, 4."),
    ],
)
def test_a_count_runs_from_its_lowest_to_its_highest(lowest, highest, field, told):
    form = form_of(GENERALISTS, SCALE, anchor_3_count_lowest=lowest, anchor_3_count_highest=highest)

    assert messages_of(form) == {f"id_anchor-3-{field}": told}


def test_no_component_at_all_can_be_what_an_anchor_takes():
    item = value_of(GENERALISTS, anchor_1_count_lowest="0")

    assert (item.anchor(1).count_lowest, item.anchor(1).count_highest) == (0, 0)


def test_relief_needs_both_of_its_numbers():
    assert messages_of(form_of(FREQUENCY, SCALE, times="")) == {
        "id_times": "Fill in both numbers, or neither."
    }
    assert value_of(FREQUENCY, fewer_than="4", times="3").few_seekers == FewSeekers(4, 3)
    assert value_of(FREQUENCY, fewer_than="", times="").few_seekers is None


def test_what_the_chosen_reading_does_not_read_is_left_out():
    item = value_of(FREQUENCY, reading="judgement")

    assert (item.unit, item.part_label, item.few_seekers) == ("", "", None)
    assert not any(anchor.has_bounds for anchor in item.anchors)
    assert [anchor.descriptor for anchor in item.anchors] == [one.descriptor for one in FREQUENCY.anchors]
    assert item.conditions == FREQUENCY.conditions


def test_a_list_of_components_goes_when_nothing_is_counted_any_more():
    item = value_of(GENERALISTS, reading="judgement")

    assert item.components == ()
    assert not any(anchor.has_count for anchor in item.anchors)


def test_a_component_without_a_code_gets_one_made_of_its_words():
    form = form_of(GENERALISTS, SCALE).rearranged("components-add")
    data = sent(form, components_6_text="Specialists keep in touch after the job ends.")

    added = value_of_sent(GENERALISTS, data).components[-1]

    assert added == Component(
        "specialists-keep-in-touch-after-the-job", "Specialists keep in touch after the job ends."
    )


def test_two_components_with_the_same_words_have_two_codes():
    item = value_of(
        replace(GENERALISTS, components=GENERALISTS.components[:2]),
        components_0_text="Intake.",
        components_0_code="",
        components_1_text="Intake.",
        components_1_code="",
    )

    assert [component.code for component in item.components] == ["intake", "intake-2"]


def test_a_code_is_given_to_one_component_only():
    form = form_of(GENERALISTS, SCALE, components_1_code="a")

    assert messages_of(form) == {"id_components-1-code": "Another component of this item has this code."}


def test_a_component_needs_words():
    form = form_of(GENERALISTS, SCALE, components_1_text="")

    assert messages_of(form) == {
        "id_components-1-text": "Say what is to be in place, or tick Remove.",
    }


def test_a_component_ticked_for_removal_goes_whatever_it_holds():
    item = value_of(GENERALISTS, components_1_text="", components_1_remove=True)

    assert [component.code for component in item.components] == ["a", "c", "d", "e", "f"]


@pytest.mark.parametrize(
    ("go", "codes"),
    [("components-up:2", "bacdef"), ("components-down:1", "bacdef"), ("components-up:1", "abcdef")],
)
def test_a_component_changes_places_with_its_neighbour(go, codes):
    form = form_of(GENERALISTS, SCALE).rearranged(go)

    assert "".join(one.code for one in value_of_sent(GENERALISTS, sent(form)).components) == codes


def test_kinds_of_evidence_that_the_version_lost_stay_until_they_are_unticked():
    item = replace(CASELOAD, evidence=("MIS", "OLD"))

    assert value_of(item).evidence == ("MIS", "OLD")
    assert value_of(item, evidence=["MIS"]).evidence == ("MIS",)


def test_line_breaks_of_a_browser_become_those_of_a_file():
    assert value_of(CASELOAD, note="One.\r\nTwo.").note == "One.\nTwo."


TYPED = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["on", "", "0", "-1", "1e9", "NaN", "Infinity", "99999999999", "must", "both", "c0", "q1"]
    ),
)
NAMES = sorted(
    {
        *sent(ItemForm(item=GENERALISTS, scale=SCALE)),
        *sent(ItemForm(item=FREQUENCY, scale=SCALE)),
        "components-7-text",
        "components-0-remove",
        "anchor-99-descriptor",
        "go",
    }
)


@given(st.dictionaries(st.sampled_from(NAMES), st.lists(TYPED, max_size=3)), st.booleans(), TYPED)
def test_whatever_is_sent_can_be_read_and_shown_again(typed, is_over_the_page, go):
    data = sent(ItemForm(item=FREQUENCY, scale=SCALE))
    if not is_over_the_page:
        data.clear()
    for name, values in typed.items():
        data.setlist(name, values)
    form = ItemForm(data, item=FREQUENCY, scale=SCALE)

    shown = form.value_as_typed()

    assert isinstance(shown.reading, Reading)
    assert isinstance(form.rearranged(go), ItemForm)
    assert bool(form.mistakes()) is not form.is_valid()
    if form.is_valid():
        assert value_of(form.value()) == form.value()
