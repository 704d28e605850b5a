"""An item is tried while it is written: shown as a reviewer will see it, its facts worked out, nothing saved."""

from dataclasses import replace

import pytest
from django.http import QueryDict
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from reviews.forms.trying import Trial
from scales.facts import Facts
from scales.forms.items import ItemForm
from scales.models import ScaleVersion
from scales.spec import Condition, Item, Reading
from scales.suggesting import suggest
from tests.factories.accounts import UserFactory, scale_administrator
from tests.factories.scales import draft_of, scale_version, shipped_scale
from tests.reviews.pages import HTMX, form_on, read, text_at, text_of
from tests.scales.item_forms import sent

SCALE = shipped_scale()
CASELOAD, FREQUENCY = SCALE.item("caseload-size"), SCALE.item("employer-contact-frequency")
GENERALISTS, QUALITY = SCALE.item("vocational-generalists"), SCALE.item("employer-contact-quality")
FACTS = {"facts-part": "41", "facts-whole": "2"}


@pytest.fixture
def draft(db) -> ScaleVersion:
    return draft_of()


@pytest.fixture
def editor(client, db):
    client.force_login(scale_administrator())
    return client


def editing(draft: ScaleVersion, code: str) -> str:
    return reverse("scales:draft_item", args=[draft.pk, code])


def trying(draft: ScaleVersion, code: str) -> str:
    return reverse("reviews:try_definition", args=[draft.pk, code])


def fields_of(client, draft: ScaleVersion, code: str) -> dict:
    return form_on(client.get(editing(draft, code)), "item-form")


def try_out(client, draft: ScaleVersion, code: str = "caseload-size", htmx: bool = True, **typed):
    """Post the editor's form with what was typed over it; `anchor__5__lower` is `anchor-5-lower`."""
    changed = {name.replace("__", "-"): value for name, value in typed.items()}
    data = fields_of(client, draft, code) | changed
    return client.post(trying(draft, code), data, **(HTMX if htmx else {}))


def said(answer) -> str:
    return text_at(answer, "said")


def trial_of(item: Item, facts: dict, **typed) -> Trial:
    """The item opened in the editor and sent together with facts."""
    data = sent(ItemForm(item=item, scale=SCALE), **typed)
    data.update(facts)
    for name, value in facts.items():
        if isinstance(value, list):
            data.setlist(name, value)
    return Trial(data, item=ItemForm(data, item=item, scale=SCALE).value_as_typed())


def test_facts_are_worked_out_in_the_reviewers_words(editor, draft):
    answer = try_out(editor, draft, facts__part="42", facts__whole="2.1")

    assert said(answer) == "42 / 2.1 = 20 Suggests 5"


def test_a_bound_that_is_being_changed_counts_at_once(editor, draft):
    answer = try_out(editor, draft, anchor__5__upper="18", anchor__4__lower="19", **named(FACTS))

    assert "Suggests 4" in said(answer)
    assert ScaleVersion.objects.get(pk=draft.pk).to_spec().item("caseload-size") == CASELOAD


def named(facts: dict) -> dict:
    return {name.replace("-", "__"): value for name, value in facts.items()}


def test_the_item_is_shown_as_it_is_typed(editor, draft):
    answer = try_out(
        editor, draft, title="Few people each", anchor__5__descriptor="Twenty at most.", intent="Time."
    )

    assert "Few people each" in text_at(answer, "seen-head")
    assert "Twenty at most." in text_at(answer, "seen-anchors")
    assert "Why it matters Time." in text_at(answer, "seen-anchors")


def test_the_checks_look_at_the_item_as_it_is_typed(editor, draft):
    answer = try_out(editor, draft, measures="")

    assert "“What it measures” is empty." in text_at(answer, "found")


def test_what_cannot_be_saved_yet_is_told_while_it_is_typed(editor, draft):
    answer = try_out(editor, draft, anchor__4__upper="2")

    assert "Anchor 4, Highest number: This is under the lowest number, 21." in text_at(answer, "found")


def test_the_fields_of_the_facts_stay_while_they_ask_the_same(editor, draft):
    first = try_out(editor, draft)
    shape = read(first).loose["shape"]

    again = try_out(editor, draft, shape=shape, intent="Changed.", **named(FACTS))
    renamed = try_out(editor, draft, shape=shape, part_label="People", **named(FACTS))

    assert "asked" not in read(again).by_id
    assert "People" in text_at(renamed, "asked")
    assert read(renamed).loose["facts-part"] == "41"


def test_ticks_stay_with_their_component_when_its_code_is_renamed():
    ticks = {"facts-present": ["c0", "c1"]}

    before = trial_of(GENERALISTS, ticks)
    after = trial_of(GENERALISTS, ticks, components_0_code="intake")

    assert before.facts.present == after.facts.present == {"c0", "c1"}
    assert before.suggestion == after.suggestion


def test_a_tick_goes_with_the_component_that_is_removed():
    trial = trial_of(GENERALISTS, {"facts-present": ["c0", "c1"]}, components_0_remove=True)

    assert trial.facts.present == {"c1"}
    assert trial.mistakes == []


def test_an_answer_moves_the_suggestion_of_a_number():
    facts = {
        "facts-label_0": "AK",
        "facts-value_0": "6",
        "facts-job_seekers_0": "9",
        "facts-answer_q0": "no",
        "facts-answer_q1": "yes",
    }

    assert trial_of(FREQUENCY, facts).suggestion.score == 3
    assert trial_of(FREQUENCY, facts | {"facts-answer_q0": "yes"}).suggestion.score == 5


def test_points_of_each_specialist_are_tried_too():
    trial = trial_of(QUALITY, {"points-label_0": "AK", "points-value_0": "4"})

    assert trial.suggestion.score == 4


def test_more_specialists_are_asked_for(editor, draft):
    facts = {"facts__label_0": "AK", "facts__value_0": "6", "facts__label_1": "", "facts__label_2": ""}

    answer = try_out(editor, draft, "employer-contact-frequency", go="row", **facts)

    fields = read(answer).loose
    assert fields["facts-label_0"] == "AK"
    assert "facts-label_4" in fields


def test_a_fact_that_cannot_be_is_told_in_place_of_a_suggestion(editor, draft):
    answer = try_out(editor, draft, facts__part="many", facts__whole="2")

    assert said(answer) == "Active clients on all caseloads: Write a number, such as 2.1."


def test_a_judgement_by_its_descriptors_asks_for_no_facts(editor, draft):
    answer = try_out(editor, draft, "zero-exclusion")

    assert said(answer).startswith("This item is a judgement by its descriptors alone")


def test_a_new_item_with_nothing_in_it_is_shown(editor, draft):
    blank = {
        name: ""
        for name in fields_of(editor, draft, "caseload-size")
        if name.startswith("anchor-") or name in ("title", "measures", "part_label", "whole_label")
    }

    answer = try_out(editor, draft, **{name.replace("-", "__"): value for name, value in blank.items()})

    assert answer.status_code == 200
    assert "(no title yet)" in text_at(answer, "seen-head")


def test_numbers_without_a_name_still_have_a_field_with_one():
    trial = trial_of(CASELOAD, {}, part_label="", whole_label="")

    assert trial.facts_form.fields["part"].label == "(the first number, not named yet)"


def test_an_item_with_very_many_questions_is_not_worked_out_here():
    conditions = tuple(Condition(f"one-{number}", "Is it so?") for number in range(17))

    trial = trial_of(replace(CASELOAD, conditions=conditions), FACTS)

    assert trial.asks_too_much
    assert trial.suggestion is None


def test_trying_agrees_with_what_a_review_suggests():
    for item in SCALE.items:
        if item.reading is not Reading.COMPONENTS:
            continue
        codes = [component.code for component in item.components]
        for count in range(len(codes) + 1):
            trial = trial_of(item, {"facts-present": [f"c{n}" for n in range(count)], **none_if(count == 0)})
            real = suggest(item, Facts(present=frozenset(codes[:count])))
            assert (trial.suggestion.score, trial.suggestion.between) == (real.score, real.between)


def none_if(nothing: bool) -> dict[str, str]:
    return {"facts-none_present": "on"} if nothing else {}


# Without script


def test_without_script_the_try_it_is_a_page_that_carries_the_item_along(editor, draft):
    answer = try_out(editor, draft, htmx=False, title="Typed", anchor__5__upper="18", **named(FACTS))

    assert "Try it" in text_of(answer)
    kept = form_on(answer, trying(draft, "caseload-size"))
    assert (kept["title"], kept["facts-part"]) == ("Typed", "41")
    again = editor.post(trying(draft, "caseload-size"), kept | {"facts-part": "30"})
    assert "30 / 2 = 15" in text_of(again)


def test_without_script_the_way_back_loses_nothing(editor, draft):
    page = try_out(editor, draft, htmx=False, title="Typed", anchor__5__upper="18", evidence=["MIS", "OBS"])

    hidden = {}
    for name, value in read_hidden(page, editing(draft, "caseload-size")):
        hidden.setdefault(name, []).append(value)
    back = editor.post(editing(draft, "caseload-size"), hidden | {"go": "back"})

    fields = form_on(back, "item-form")
    assert (back.status_code, fields["title"], fields["anchor-5-upper"]) == (200, "Typed", "18")
    assert fields["evidence"] == ["MIS", "OBS"]
    assert ScaleVersion.objects.get(pk=draft.pk).to_spec().item("caseload-size") == CASELOAD


def read_hidden(answer, action: str) -> list[tuple[str, str]]:
    """Every hidden field of one form, repeated names too."""
    form = answer.content.decode().partition(f'action="{action}"')[2].partition("</form>")[0]
    page = QueryDict(mutable=True)
    for tag in form.split("<input ")[1:]:
        name, value = (tag.partition(f'{key}="')[2].partition('"')[0] for key in ("name", "value"))
        page.appendlist(name, value)
    return [(name, value) for name, values in page.lists() for value in values]


# Who, and what else may be sent


def test_only_editors_of_definitions_try_them(client, draft):
    client.force_login(UserFactory())

    assert client.post(trying(draft, "caseload-size")).status_code == 403
    assert client.get(trying(draft, "caseload-size")).status_code == 403


def test_what_is_published_or_not_there_is_not_tried(editor, draft):
    assert editor.post(trying(scale_version(), "caseload-size")).status_code == 404
    assert editor.post(trying(draft, "no-such-item")).status_code == 404


def test_trying_is_never_asked_for_by_get(editor, draft):
    assert editor.get(trying(draft, "caseload-size")).status_code == 405


@pytest.mark.parametrize("htmx", [True, False])
def test_a_form_without_anything_in_it_is_answered(editor, draft, htmx):
    answer = editor.post(trying(draft, "caseload-size"), **(HTMX if htmx else {}))

    assert answer.status_code == 200


TYPED = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", "on", "yes", "no", "0", "7", "-3", "1e5", "NaN", "must", "leads", "c0", "c5", "q0", "q1", "5"]
    ),
    st.sampled_from([reading.value for reading in Reading]),
)
NAMES = sorted(
    {
        *sent(ItemForm(item=GENERALISTS, scale=SCALE)),
        *sent(ItemForm(item=FREQUENCY, scale=SCALE)),
        *(f"facts-{name}" for name in ("part", "whole", "value", "present", "none_present", "note_c0")),
        *(f"facts-{name}" for name in ("answer_q0", "answer_q1", "label_0", "value_0", "job_seekers_0")),
        *("facts-facts_revision", "facts-part_0", "facts-whole_0", "points-label_0", "points-value_0", "go"),
    }
)


@given(
    st.sampled_from([CASELOAD, FREQUENCY, GENERALISTS, QUALITY]),
    st.dictionaries(st.sampled_from(NAMES), st.lists(TYPED, max_size=3), max_size=14),
    st.booleans(),
)
def test_whatever_is_half_typed_is_tried_without_an_error(item, typed, more_rows):
    data = sent(ItemForm(item=item, scale=SCALE))
    for name, values in typed.items():
        data.setlist(name, values)

    trial = Trial(data, item=ItemForm(data, item=item, scale=SCALE).value_as_typed(), more_rows=more_rows)

    assert (trial.words is None) is (trial.suggestion is None)
    assert len(trial.shape) == 16
    assert all(field.label for form in trial.forms for field in form)
    assert str(trial.score_form["score"])


@pytest.mark.parametrize("reading", [reading.value for reading in Reading])
@pytest.mark.parametrize("code", ["vocational-generalists", "employer-contact-frequency"])
def test_every_reading_of_a_half_typed_item_is_shown(editor, draft, code, reading):
    answer = try_out(
        editor,
        draft,
        code,
        reading=reading,
        per_specialist="on",
        anchor__3__lower="x",
        conditions__0__code="",
        conditions__0__question="",
        facts__value="3",
        facts__value_0="3",
        points__value_0="3",
    )

    assert answer.status_code == 200
    assert "seen-anchors" in read(answer).by_id
