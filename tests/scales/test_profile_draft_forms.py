"""The forms of a profile's draft: what is stored comes back unchanged, what is typed becomes plain values."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from scales.forms.adjustments import AdjustmentForm
from scales.forms.citing import NEW_SOURCE
from scales.forms.degrees import DegreesForm
from scales.forms.profiles import GeneralForm, SourcesForm
from scales.forms.thresholds import printed_bounds
from scales.parts import degrees_of, general_of
from scales.setting_effect import attainable_total
from scales.spec import (
    Adjustment,
    Anchor,
    Degree,
    ExpectedLoss,
    ProfileSource,
    ReanchoredThreshold,
    Statement,
    StatementKind,
    UnratedReason,
)
from tests.factories.scales import shipped_profile, shipped_scale
from tests.scales.profile_forms import sent

SCALE = shipped_scale()
EMPTY = replace(shipped_profile("community-mental-health"), sources=(), notes=(), unrated_reasons=())
PRIMARY = shipped_profile("primary-care")
RICH = Adjustment(
    item="caseload-size",
    degree=Degree.PARTLY,
    expected_loss=ExpectedLoss(1, 2, "england"),
    statements=(
        Statement(StatementKind.CAUTION, "Mind the queue.", "editors"),
        Statement(StatementKind.LOOK_FOR, "Ask who leaves.\nAnd when.", "england"),
        Statement(StatementKind.CAUTION, "Mind the gate.", "england"),
    ),
    thresholds=(ReanchoredThreshold(5, "england", upper=Decimal("25.5")),),
    unrated_reasons=(UnratedReason("too-few", "Too few referrals so far.", "england"),),
)


def item_form(spec=PRIMARY, code: str = "caseload-size", data=None) -> AdjustmentForm:
    return AdjustmentForm(data, scale=SCALE, spec=spec, item=SCALE.item(code))


def resent(form: AdjustmentForm, **typed: str) -> AdjustmentForm:
    return item_form(form.spec, form.item.code, sent(form, **typed))


def table(spec, **typed: str) -> DegreesForm:
    data = sent(DegreesForm(scale=SCALE, spec=spec), **typed)
    return DegreesForm(data, scale=SCALE, spec=spec)


# What is stored comes back


@pytest.mark.parametrize("wording", ["uk", "us"])
@pytest.mark.parametrize("setting", ["primary-care", "community-forensic", "community-mental-health"])
def test_what_is_stored_comes_back_unchanged_from_every_page(setting, wording):
    scale, spec = shipped_scale(wording), shipped_profile(setting, wording)
    pairs = [
        (DegreesForm, {"scale": scale, "spec": spec}, degrees_of(spec, scale)),
        (GeneralForm, {"spec": spec}, general_of(spec)),
        (SourcesForm, {"spec": spec}, spec.sources),
        *(
            (AdjustmentForm, {"scale": scale, "spec": spec, "item": item}, spec.adjustment(item.code))
            for item in scale.items
        ),
    ]
    for kind, given_to, stored in pairs:
        form = kind(sent(kind(**given_to)), **given_to)

        assert form.is_valid(), form.errors
        assert form.value() == stored


def test_an_adjustment_with_everything_in_it_comes_back_in_its_order():
    form = resent(item_form(replace(PRIMARY, adjustments=(RICH,))))

    assert form.is_valid(), form.errors
    assert form.value() == RICH


# The table

LOSS_OF_ONE = {"degree": "partly", "lowest": "1", "highest": "1"}


def test_a_degree_needs_no_source():
    form = table(EMPTY, item__caseload__size__degree="partly")

    assert form.is_valid(), form.errors
    assert form.value()[0].degree is Degree.PARTLY
    assert form.citing.new_source() is None


def test_losses_rest_on_the_source_written_above_them():
    form = table(
        EMPTY,
        item__caseload__size__lowest="1",
        item__caseload__size__highest="2",
        item__caseload__size__degree="partly",
        item__caseload__size__why="Queues are long.",
        citing__citation="Talks with four prison teams, spring 2026.",
    )

    assert form.is_valid(), form.errors
    assert form.citing.new_source() == ProfileSource(
        "talks-with-four-prison", "Talks with four prison teams, spring 2026."
    )
    assert form.value()[0].expected_loss == ExpectedLoss(1, 2, "talks-with-four-prison")
    assert form.said_why() == {
        "caseload-size": Statement(StatementKind.CAUTION, "Queues are long.", "talks-with-four-prison")
    }


def test_a_new_source_takes_the_short_name_that_is_free():
    known = (ProfileSource("talks", "Talks."),)
    form = table(replace(EMPTY, sources=known), citing__citation="Talks", citing__usual=NEW_SOURCE)
    taken = table(replace(EMPTY, sources=known), citing__citation="Talks", citing__short_name="talks")

    assert form.is_valid(), form.errors
    assert form.citing.new_source() == ProfileSource("talks-2", "Talks")
    assert not taken.is_valid()
    assert "short_name" in taken.citing.errors


def test_a_typed_source_is_cited_by_what_is_added_without_choosing_it():
    known = replace(EMPTY, sources=(ProfileSource("england", "A paper on England."),))
    loss = {f"item__caseload__size__{name}": value for name, value in LOSS_OF_ONE.items()}

    form = table(known, citing__citation="Talks with prison teams", **loss)
    chosen = table(known, citing__citation="Talks", item__caseload__size__source="england", **loss)

    assert form.is_valid(), form.errors
    assert form.value()[0].expected_loss.source == "talks-with-prison-teams"
    assert chosen.is_valid(), chosen.errors
    assert chosen.value()[0].expected_loss.source == "england"


def test_a_source_chosen_for_the_page_stays_where_a_row_names_the_new_one():
    known = replace(EMPTY, sources=(ProfileSource("england", "A paper on England."),))
    one = {f"item__caseload__size__{name}": value for name, value in LOSS_OF_ONE.items()}
    other = {f"item__team__assignment__{name}": value for name, value in LOSS_OF_ONE.items()}

    form = table(known, citing__citation="Talks", item__caseload__size__source=NEW_SOURCE, **one, **other)

    assert form.is_valid(), form.errors
    assert [row.expected_loss.source for row in form.value() if row.expected_loss] == ["talks", "england"]


def test_a_loss_of_an_item_that_is_the_same_is_offered_another_degree():
    form = table(PRIMARY, item__caseload__size__degree="same")

    assert not form.is_valid()
    assert list(form.rows[0].errors) == ["degree"]
    assert form.rows[0]["degree"].value() == "partly"
    assert form.rows[0]["highest"].value() == "3"


def test_a_loss_without_a_source_is_asked_for_one():
    loss = {f"item__caseload__size__{name}": value for name, value in LOSS_OF_ONE.items()}
    form = table(EMPTY, **loss)

    assert not form.is_valid()
    assert list(form.citing.errors) == ["citation"]


@pytest.mark.parametrize(
    ("lowest", "highest", "wrong"),
    [
        ("1", "", "highest"),
        ("", "1", "lowest"),
        ("3", "2", "highest"),
        ("5", "5", "lowest"),
        ("x", "", "lowest"),
    ],
)
def test_half_a_loss_or_an_impossible_one_is_answered_beside_its_field(lowest, highest, wrong):
    form = table(PRIMARY, item__caseload__size__lowest=lowest, item__caseload__size__highest=highest)

    assert not form.is_valid()
    assert wrong in form.rows[0].errors


def test_the_attainable_total_follows_what_is_typed_so_far():
    typed = table(
        PRIMARY,
        item__caseload__size__lowest="",
        item__caseload__size__highest="",
        item__team__assignment__highest="nonsense",
    )

    assert attainable_total(SCALE, PRIMARY).lowest == 98
    assert attainable_total(SCALE, PRIMARY).highest == 107
    changed = typed.attainable_as_typed()
    assert (changed.lowest, changed.highest, changed.highest_total) == (104, 111, 125)
    assert changed.uncounted == (SCALE.item("team-assignment").short_title,)
    assert not changed.lacks_source


def test_what_waits_for_its_source_is_told_while_it_is_typed():
    loss = {f"item__caseload__size__{name}": value for name, value in LOSS_OF_ONE.items()}

    assert table(EMPTY, **loss).attainable_as_typed().lacks_source


# One item


def test_rows_are_added_to_their_kind_and_moved_within_it():
    spec = replace(PRIMARY, adjustments=(RICH,))
    form = item_form(spec, data=sent(item_form(spec)))
    down = form.rearranged("down:statements:1")
    added = form.rearranged("add:statements:intent")

    assert [row["text"].value() for row in down.statements] == [
        "Mind the gate.",
        "Ask who leaves.\nAnd when.",
        "Mind the queue.",
    ]
    assert [row["kind"].value() for row in added.statements][-1] == "intent"
    assert added.errors == []
    assert resent(down).is_valid()
    assert _value(resent(down)).statements[0].text == "Mind the gate."


def test_a_row_cannot_be_moved_past_the_ends():
    spec = replace(PRIMARY, adjustments=(RICH,))
    form = item_form(spec, data=sent(item_form(spec)))

    for go in (
        "up:statements:1",
        "down:statements:2",
        "down:statements:99",
        "up:nothing",
        "add",
        "::",
        "x:reasons:-1",
    ):
        assert _value(resent(form.rearranged(go))) == RICH


def _value(form: AdjustmentForm) -> Adjustment:
    assert form.is_valid(), form.errors
    return form.value()


def test_a_reason_gets_a_code_of_its_own_and_keeps_it():
    spec = replace(PRIMARY, adjustments=(RICH,))
    added = item_form(spec, data=sent(item_form(spec))).rearranged("add:reasons")
    form = resent(added, reasons__1__text="Too few.", reasons__0__text="Worded anew.")

    assert [(one.code, one.text) for one in _value(form).unrated_reasons] == [
        ("too-few", "Worded anew."),
        ("too-few-2", "Too few."),
    ]


@pytest.mark.parametrize("word", ["Other", "information not obtained", "…"])
def test_no_reason_takes_a_code_that_means_something_else(word):
    added = item_form(data=sent(item_form())).rearranged("add:reasons")
    codes = [one.code for one in _value(resent(added, reasons__0__text=word)).unrated_reasons]

    assert codes
    assert not {"other", "none", "information-not-obtained", ""}.intersection(codes)


def test_a_removed_statement_is_left_out():
    spec = replace(PRIMARY, adjustments=(RICH,))
    form = resent(item_form(spec), statements__0__remove="on")

    assert _value(form).statements == RICH.statements[1:]


def test_other_bounds_are_asked_only_where_a_number_is_read():
    assert [row.points for row in item_form().thresholds] == [5, 4, 3, 2, 1]
    assert [row.printed for row in item_form().thresholds][:2] == ["up to 20", "21 to 25"]
    assert item_form(code="vocational-unit").thresholds == []


def test_reversed_bounds_are_answered_beside_their_field():
    form = resent(item_form(), threshold__5__lower="26", threshold__5__upper="25")

    assert not form.is_valid()
    assert "upper" in form.thresholds[0].errors


@pytest.mark.parametrize(
    ("anchor", "words"),
    [
        (Anchor(3, "", lower=Decimal("20.50"), upper=Decimal(30)), "20.5 to 30"),
        (Anchor(3, "", lower=Decimal(20), upper=Decimal(30), lower_open=True), "above 20, up to 30"),
        (Anchor(3, "", upper=Decimal(30), upper_open=True), "below 30"),
        (Anchor(3, "", lower=Decimal(100)), "from 100"),
        (Anchor(3, "", lower=Decimal(7), upper=Decimal(7)), "7"),
        (Anchor(3, ""), ""),
    ],
)
def test_printed_bounds_in_words(anchor, words):
    assert printed_bounds(anchor) == words


def test_a_page_that_was_sent_in_part_takes_nothing_out():
    spec = replace(PRIMARY, adjustments=(RICH,))
    data = sent(item_form(spec))
    for name in [name for name in data if name.startswith("statements-")]:
        del data[name]
    form = item_form(spec, data=data)

    assert not form.is_valid()
    assert form.is_incomplete


# Sources


def test_a_source_that_is_cited_stays_with_its_short_name():
    form = SourcesForm(sent(SourcesForm(spec=PRIMARY), sources__0__code="other-name"), spec=PRIMARY)
    without = SourcesForm(sent(SourcesForm(spec=PRIMARY), sources__0__remove="on"), spec=PRIMARY)

    assert form.is_valid(), form.errors
    assert form.value() == PRIMARY.sources
    assert not without.is_valid()
    assert "remove" in without.rows.forms[0].errors


def test_a_source_that_nothing_rests_on_may_go_and_another_come():
    spec = replace(EMPTY, sources=(ProfileSource("old", "An old one."),))
    added = SourcesForm(sent(SourcesForm(spec=spec)), spec=spec).rearranged("add")
    form = SourcesForm(sent(added, sources__0__remove="on", sources__1__citation="A new one."), spec=spec)

    assert form.is_valid(), form.errors
    assert form.value() == (ProfileSource("a-new-one", "A new one."),)


# Whatever is sent


NAMES = sorted(
    {
        *sent(item_form(replace(PRIMARY, adjustments=(RICH,)))),
        *sent(SourcesForm(spec=PRIMARY)),
        *list(sent(DegreesForm(scale=SCALE, spec=PRIMARY)))[:12],
    }
)
VALUES = st.one_of(
    st.sampled_from(
        ["", "0", "-1", "5", "99999999999", "1e9", "NaN", "Infinity", "+new", "on", "look-for", "\x00"]
    ),
    st.text(max_size=20),
)


@settings(max_examples=60, deadline=None)
@given(
    typed=st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=25),
    go=st.text("adowpun:0123stemr", max_size=14),
)
def test_whatever_is_sent_is_answered(typed, go):
    data = QueryDict(mutable=True)
    data.update(typed)
    spec = replace(PRIMARY, adjustments=(RICH,))
    pages = (
        lambda: item_form(spec, data=data),
        lambda: GeneralForm(data, spec=spec),
        lambda: SourcesForm(data, spec=spec),
        lambda: DegreesForm(data, scale=SCALE, spec=spec),
    )
    for page in pages:
        form = page()
        if form.is_valid():
            form.value()
        page().rearranged(go)
    assert DegreesForm(data, scale=SCALE, spec=spec).attainable_as_typed().highest <= 125
    assert item_form(spec, data=data).value_as_typed().item == "caseload-size"
