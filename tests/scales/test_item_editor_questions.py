"""The yes/no questions of an item: what renaming, moving and removing one does to the anchors that name it."""

from dataclasses import replace
from decimal import Decimal

from scales.forms.items import ItemForm
from scales.spec import Condition, Item
from tests.factories.scales import shipped_scale
from tests.scales.item_forms import form_of, messages_of, sent

SCALE = shipped_scale("us")
# 0 form-weekly, which also answers 1 form-monthly; 4 and 5 ask for the first, 3 for the second.
FREQUENCY = SCALE.item("employer-contact-frequency")
TEAMS = SCALE.item("team-assignment")


def value_of(form: ItemForm) -> Item:
    assert form.is_valid(), form.mistakes()
    return form.value()


def test_the_anchors_follow_a_renamed_question():
    form = form_of(FREQUENCY, SCALE, conditions_0_code="weekly")

    item = value_of(form)

    assert [anchor.requires for anchor in item.anchors][:3] == [("weekly",), ("weekly",), ("form-monthly",)]
    assert form.conditions.what_follows() == [
        "The question “form-weekly” is now “weekly”, at anchor 5 and anchor 4 too."
    ]


def test_two_questions_can_trade_their_codes():
    form = form_of(FREQUENCY, SCALE, conditions_0_code="form-monthly", conditions_1_code="form-weekly")

    item = value_of(form)

    assert item.anchor(5).requires == ("form-monthly",)
    assert item.anchor(3).requires == ("form-weekly",)
    assert item.conditions[0].implies == ("form-weekly",)


def test_a_removed_question_leaves_the_anchors_and_the_answers_that_implied_it():
    form = form_of(FREQUENCY, SCALE, conditions_1_remove=True)

    item = value_of(form)

    assert item.anchor(3).requires == ()
    assert item.conditions == (Condition("form-weekly", FREQUENCY.conditions[0].question),)
    assert form.conditions.what_follows() == [
        "The question “form-monthly” is removed; it no longer counts at anchor 3."
    ]


def test_nothing_is_said_of_questions_that_stay_as_they_are():
    form = form_of(FREQUENCY, SCALE)

    value_of(form)

    assert form.conditions.what_follows() == []


def test_a_question_that_was_added_counts_where_it_is_said_to():
    opened = form_of(TEAMS, SCALE).rearranged("conditions-add")
    typed = {"conditions_3_question": "Is there a shared record?", "conditions_3_at_5": "must"}
    form = ItemForm(sent(opened, **typed, conditions_3_at_1="leads"), item=TEAMS, scale=SCALE)

    item = value_of(form)

    assert item.conditions[-1] == Condition("is-there-a-shared-record", "Is there a shared record?")
    assert item.anchor(5).requires == ("is-there-a-shared-record",)
    assert item.anchor(1).also_when == ("separate-programme", "is-there-a-shared-record")


def test_moving_a_question_keeps_what_it_does():
    form = form_of(FREQUENCY, SCALE).rearranged("conditions-down:1")

    item = value_of(ItemForm(sent(form), item=FREQUENCY, scale=SCALE))

    assert [one.code for one in item.conditions] == ["form-monthly", "form-weekly"]
    assert item.conditions[1].implies == ("form-monthly",)
    assert item.anchors == FREQUENCY.anchors


def test_a_question_that_does_both_at_one_anchor_goes_on_doing_both():
    anchors = tuple(replace(one, also_when=one.requires) for one in FREQUENCY.anchors)
    item = replace(FREQUENCY, anchors=anchors)

    assert value_of(form_of(item, SCALE)).anchors == anchors


def test_a_question_can_be_answered_by_the_figures():
    item = value_of(form_of(TEAMS, SCALE, conditions_0_whole_below="10"))

    assert item.conditions[0].whole_below == Decimal(10)


def test_a_question_does_not_answer_itself():
    form = form_of(FREQUENCY, SCALE, conditions_0_implies=["q0"])

    assert messages_of(form) == {
        "id_conditions-0-implies": "Select a valid choice. q0 is not one of the available choices."
    }


def test_a_question_needs_words_and_a_code_of_its_own():
    assert messages_of(form_of(FREQUENCY, SCALE, conditions_1_code="form-weekly")) == {
        "id_conditions-1-code": "Another question of this item has this code."
    }
    assert messages_of(form_of(FREQUENCY, SCALE, conditions_1_question="")) == {
        "id_conditions-1-question": "Write the question, or tick Remove."
    }


def test_keys_that_were_tampered_with_give_way_to_free_ones():
    form = form_of(FREQUENCY, SCALE, conditions_1_key="q0", conditions_0_implies=[])

    item = value_of(form)

    assert [one.code for one in item.conditions] == ["form-weekly", "form-monthly"]
    assert item.anchors == FREQUENCY.anchors
