"""What a draft lost, kept or renamed since the version it was copied from: in the checks and in the comparison."""

from dataclasses import replace

import pytest

from scales.check_words import put_in_words
from scales.comparing import compare_versions
from scales.comparing_words import version_parts, version_summary
from scales.draft_checks import FindingKind, version_findings
from scales.forms.head import LabelField
from scales.forms.outline import OutlinePart
from scales.spec import Band, ScaleSpec
from tests.scales.sound import PARTS, SCALE, SIZE, with_items
from tests.scales.specs import shipped_scale

SECTION = SCALE.sections[0]
OF_THE_ORIGIN = (FindingKind.ITEM_LEFT_OUT, FindingKind.EDITION_UNCHANGED)


def notices(draft: ScaleSpec, origin: ScaleSpec | None) -> list[str]:
    found = [one for one in version_findings(draft, origin=origin) if one.what in OF_THE_ORIGIN]
    assert not any(one.must for one in found)
    return [put_in_words(one, draft).problem for one in found]


def test_an_item_that_the_origin_has_is_missed_by_its_name():
    draft = replace(with_items(SIZE), edition="2027")

    (said,) = notices(draft, SCALE)

    assert SCALE.title in said
    assert PARTS.short_title in said


def test_an_edition_that_nobody_touched_is_asked_about():
    assert notices(SCALE, SCALE) == [
        f"The edition is “{SCALE.edition}”, as in the version from which this one was copied."
    ]


@pytest.mark.parametrize(
    ("draft", "origin"),
    [
        (SCALE, None),
        (replace(SCALE, edition="2027"), SCALE),
        (replace(with_items(SIZE), language="cy-GB"), SCALE),
    ],
)
def test_a_new_edition_a_translation_and_a_version_of_its_own_are_not_asked(draft, origin):
    assert notices(draft, origin) == []


def banded(*bands: tuple[str, int, int]) -> ScaleSpec:
    return replace(shipped_scale(), bands=tuple(Band(low, high, name) for name, low, high in bands))


BEFORE = banded(("High", 115, 125), ("Good", 100, 114), ("Low", 25, 99))


def summary(after: ScaleSpec) -> str:
    return " · ".join(version_summary(compare_versions(BEFORE, after)).lines)


def test_a_band_that_is_called_otherwise_changes_no_total():
    after = banded(("Exemplary", 115, 125), ("Good", 100, 114), ("Low", 25, 99))

    assert summary(after) == "1 band renamed"
    bands = next(part for part in version_parts(compare_versions(BEFORE, after)) if part.code == "bands")
    assert bands.lines == ("115–125: the band “High” is called “Exemplary” now",)


def test_totals_that_change_their_band_are_counted_without_those_of_a_renamed_one():
    after = banded(("Exemplary", 110, 125), ("Good", 100, 109), ("Low", 25, 99))

    assert summary(after) == "5 totals change their band · 1 band renamed"


def test_a_band_that_is_cut_in_two_is_renamed_once():
    after = banded(("High", 115, 125), ("Better", 104, 114), ("Fair", 100, 103), ("Low", 25, 99))

    assert summary(after) == "4 totals change their band · 1 band renamed"


def test_a_section_that_is_called_otherwise_is_in_the_summary():
    first, *rest = BEFORE.sections
    after = replace(BEFORE, sections=(replace(first, title="People"), *rest))

    assert summary(after) == "1 section added, removed or renamed"


def added(**item) -> OutlinePart:
    """The outline sent with one more item in its first section."""
    part = OutlinePart(scale=SCALE).rearranged("add:0")
    sent = {}
    for formset in part.formsets:
        for name in ("TOTAL_FORMS", "INITIAL_FORMS"):
            sent[f"{formset.prefix}-{name}"] = str(formset.management_form[name].value())
        for row in formset:
            sent |= {row.add_prefix(name): str(value) for name, value in row.typed().items() if value}
    last = len(part.items.forms) - 1
    return OutlinePart(sent | {f"items-{last}-{name}": value for name, value in item.items()}, scale=SCALE)


def test_an_item_that_was_added_is_asked_for_its_title():
    part = added()

    assert not part.is_valid()
    assert part.items.forms[-1].errors["title"] == ["Name the item, or tick “Remove this item”."]


@pytest.mark.parametrize(("item", "more"), [({"title": "Supervision"}, 1), ({"remove": "on"}, 0)])
def test_it_is_kept_with_a_title_and_left_out_when_that_is_ticked(item, more):
    part = added(**item)

    assert part.is_valid(), part.errors
    assert sum(len(section.items) for section in part.value()) == len(SCALE.items) + more


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Pilot 2025", "pilot-2025"),
        ("2025-uk", "2025-uk"),
        ("2025-UK", "2025-UK"),
        (" Été  en Galles ", "ete-en-galles"),
    ],
)
def test_a_label_typed_as_words_becomes_one(typed, label):
    assert LabelField().clean(typed) == label
