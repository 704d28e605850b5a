"""The pages that put two versions, or two profiles, side by side."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from scales.actions.drafting import draft_profile
from scales.spec import Band, Degree, ScaleSpec
from tests.factories.accounts import UserFactory, scale_administrator
from tests.factories.scales import (
    draft_of,
    profile_draft_of,
    scale_version,
    setting_profile,
    shipped_profile,
    shipped_scale,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return scale_administrator()


@pytest.fixture
def editor(client, by):
    client.force_login(by)
    return client


def compared(before, after, name="compare") -> str:
    return f"{reverse(f'scales:{name}')}?before={before.pk}&after={after.pk}"


def words(answer) -> str:
    main = answer.content.decode().partition("<main")[2]
    return re.sub(r"\s+", " ", strip_tags(main.replace("<", " <")))


def html(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def changed(scale: ScaleSpec, code: str, **changes) -> ScaleSpec:
    """The scale with one of its items changed."""
    return replace(
        scale,
        sections=tuple(
            replace(
                part,
                items=tuple(replace(one, **changes) if one.code == code else one for one in part.items),
            )
            for part in scale.sections
        ),
    )


def with_upper(scale: ScaleSpec, code: str, points: int, upper: int) -> ScaleSpec:
    anchors = tuple(
        replace(one, upper=Decimal(upper)) if one.points == points else one
        for one in scale.item(code).anchors
    )
    return changed(scale, code, anchors=anchors)


def test_two_wordings_of_the_scale_are_compared_by_everyone_signed_in(client):
    client.force_login(UserFactory())

    answer = client.get(compared(scale_version("us"), scale_version("uk")))

    assert "20 items reworded" in words(answer)
    assert "5 items unchanged" in words(answer)
    assert "threshold moved" not in words(answer)


def test_a_moved_threshold_is_bold_and_said_in_words(editor, by):
    draft = draft_of(with_upper(shipped_scale(), "caseload-size", 4, 28), by=by)

    answer = editor.get(compared(scale_version(), draft))

    assert "a threshold moved on 1 item" in words(answer)
    assert "<li>threshold moved</li>" in html(answer)
    assert (
        '<td data-label="After"><strong>21 to <ins><span class="visually-hidden">added: </span>28</ins></strong></td>'
        in html(answer)
    )


def test_reworded_texts_mark_the_words_that_went_and_came(editor, by):
    scale = shipped_scale()
    measures = scale.item("caseload-size").measures.replace("full-time", "part-time")

    answer = editor.get(
        compared(scale_version(), draft_of(changed(scale, "caseload-size", measures=measures), by=by))
    )

    assert '<del><span class="visually-hidden">removed: </span>full</del>' in html(answer)
    assert '<ins><span class="visually-hidden">added: </span>part</ins>' in html(answer)
    assert "24 items unchanged" in words(answer)


def test_totals_that_change_their_band_are_said(editor, by):
    scale = shipped_scale()
    bands = (
        scale.bands[0],
        replace(scale.bands[1], lowest=103),
        Band(74, 102, scale.bands[2].label),
        scale.bands[3],
    )

    page = words(editor.get(compared(scale_version(), draft_of(replace(scale, bands=bands), by=by))))

    assert "3 totals change their band" in page
    assert f"100–102: was “{scale.bands[1].label}”, now “{scale.bands[2].label}”" in page


def test_added_removed_and_moved_items_are_marked(editor, by):
    scale = shipped_scale()
    first, second, third = scale.sections[0].items
    added = replace(first, code="new-item", short_title="New item", number=3, number_in_section=3)
    items = (
        replace(third, number=1, number_in_section=1),
        replace(first, number=2, number_in_section=2),
        added,
    )
    draft = draft_of(
        replace(scale, sections=(replace(scale.sections[0], items=items), *scale.sections[1:])), by=by
    )

    page = words(editor.get(compared(scale_version(), draft)))

    assert "1 item added · 1 item removed · 1 item moved" in page
    assert "3 New item added" in page
    assert f"{second.number} {second.short_title} removed" in page
    assert f"1 {third.short_title} moved from 3, {scale.sections[0].title}" in page
    assert f"Only numbered otherwise: 1 → 2 {first.short_title}." in page


def test_two_that_say_the_same_say_so(editor):
    version = scale_version()

    assert "The two say the same." in words(editor.get(compared(version, version)))


def test_profiles_are_compared_with_their_attainable_totals(editor):
    before, after = setting_profile(), setting_profile("primary-care")

    page = words(editor.get(compared(before, after, "compare_profiles")))

    assert "9 items of another degree · another loss on 9 items" in page
    assert "Attainable total" in page
    assert "98 to 107" in page.replace("added: ", "").replace("  ", " ")


def test_a_changed_degree_is_said_in_words(editor, by):
    origin = shipped_profile("primary-care")
    rows = tuple(
        replace(row, degree=Degree.LIMITED) if row.item == "caseload-size" else row
        for row in origin.adjustments
    )
    draft = draft_profile(
        definition=replace(origin, code="other", adjustments=rows), version=scale_version(), by=by
    )

    answer = editor.get(compared(setting_profile("primary-care"), draft, "compare_profiles"))

    assert "another degree" in words(answer)
    assert "limited by design" in words(answer)


@pytest.mark.parametrize("name", ["compare", "compare_profiles"])
def test_without_two_the_page_asks_which(editor, name):
    definition = scale_version() if name == "compare" else setting_profile()

    answer = editor.get(f"{reverse(f'scales:{name}')}?before={definition.pk}")

    assert answer.status_code == 200
    assert "What to compare" in words(answer)
    assert f'<option value="{definition.pk}" selected>' in answer.content.decode()


@pytest.mark.parametrize("asked", ["0", "x", "-1", "99999999999999999999"])
def test_what_is_not_there_is_not_found(editor, asked):
    assert editor.get(f"{reverse('scales:compare')}?before={asked}&after={asked}").status_code == 404


def test_only_editors_find_drafts_in_the_list(client, editor, by):
    draft_of(replace(shipped_scale(), title="The next version"), by=by)
    profile_draft_of(by=by)

    seen = words(editor.get(reverse("scales:compare")))
    client.force_login(UserFactory())

    assert "The next version (draft)" in seen
    assert "The next version" not in words(client.get(reverse("scales:compare")))
    assert "(draft)" not in words(client.get(reverse("scales:compare_profiles")))


def test_comparing_takes_the_same_queries_whatever_differs(editor, by):
    version = scale_version()
    little = draft_of(by=by, label="little")
    much = draft_of(shipped_scale("us"), by=by, label="much")
    counts = []
    for draft in (little, much):
        with CaptureQueriesContext(connection) as queries:
            editor.get(compared(version, draft))
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert counts[0] <= 20
