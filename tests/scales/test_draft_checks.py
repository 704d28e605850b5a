"""What the checks before publishing find in a draft of a scale version, in an editor's words."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scales.check_words import SENTENCES
from scales.draft_checks import FindingKind, version_findings
from scales.spec import Band, ScaleSpec
from tests.scales.sound import PARTS, SCALE, SIZE, said, with_items, with_parts, with_size
from tests.scales.specs import shipped_scale

SECTION = SCALE.sections[0]
NOTHING = ScaleSpec("", "", "", "", "", "", "", "", 1, 3, (), ())


def test_a_sound_draft_has_no_finding():
    assert version_findings(SCALE) == ()


@pytest.mark.parametrize(("own", "other"), [("ips-25-us", "ips-25-uk"), ("ips-25-uk", "ips-25-us")])
def test_shipped_versions_could_be_published(own, other):
    assert said(shipped_scale(own), shipped_scale(other), must=True) == []


def test_notices_on_the_shipped_scale_are_what_the_published_form_leaves_open():
    kinds = {one.what for one in version_findings(shipped_scale(), (shipped_scale("ips-25-uk"),))}

    assert kinds == {
        FindingKind.BOUNDS_GAPS,
        FindingKind.BOUNDS_GAPS_CLOSEST,
        FindingKind.BOUNDS_MEET,
        FindingKind.COUNT_LEAVES_CHOICE,
        FindingKind.NO_PRINCIPLE,
    }


HEAD = [
    (replace(SCALE, title=" "), "Title", "“Title” is empty."),
    (replace(SCALE, scale_name=""), "Name of the scale", "“Name of the scale” is empty."),
    (replace(SCALE, source=""), "Source", "“Source” is empty."),
    (replace(SCALE, edition=""), "Edition", "“Edition” is empty."),
    (
        replace(SCALE, permission=""),
        "Permission to use the wording",
        "“Permission to use the wording” is empty.",
    ),
    (replace(SCALE, language=""), "Language of the wording", "“Language of the wording” is empty."),
    (replace(SCALE, language="English"), "Language of the wording", "“English” is not a language tag."),
    (replace(SCALE, title="a\x07b"), "Title", "“Title” has a character that cannot be shown."),
    (replace(SCALE, label="a b"), "Label", "The code “a b” cannot be used."),
    (replace(SCALE, minimum=3), "Scores", "Scores cannot run from 3 to 3."),
    (replace(SCALE, maximum=102), "Scores", "Scores cannot run from 1 to 102."),
]

BANDS = [
    (replace(SCALE, bands=()), "Bands", "The version has no bands."),
    (replace(SCALE, bands=(Band(2, 6, ""),)), "Band “1”", "“Label” is empty."),
    (
        replace(SCALE, bands=(Band(4, 6, "Good"), Band(3, 2, "Odd"), Band(2, 3, "Low"))),
        "Band “Odd”",
        "The band runs from 3 down to 2.",
    ),
    (replace(SCALE, bands=(Band(4, 6, "A"), Band(2, 3, "A"))), "Band “A”", "Two bands are called “A”."),
    (replace(SCALE, bands=(Band(5, 6, "A"), Band(2, 3, "B"))), "Bands", "A total of 4: no band has it."),
    (replace(SCALE, bands=(Band(2, 3, "B"),)), "Bands", "A total from 4 to 6: no band has it."),
    (replace(SCALE, bands=(Band(4, 6, "A"),)), "Bands", "A total from 2 to 3: no band has it."),
    (
        replace(SCALE, bands=(Band(4, 6, "A"), Band(2, 5, "B"))),
        "Bands",
        "A total from 4 to 5: both “B” and “A” have it.",
    ),
    (
        replace(SCALE, bands=(Band(2, 9, "A"),)),
        "Band “A”",
        "“A” reaches beyond the possible totals, which run from 2 to 6.",
    ),
    (
        replace(SCALE, bands=(Band(3, 6, "A"), Band(0, 2, "B"))),
        "Band “B”",
        "“B” reaches beyond the possible totals, which run from 2 to 6.",
    ),
]

OUTLINE = [
    (replace(SCALE, sections=()), "Sections and items", "The scale has no section and no item."),
    (with_items(), "Section “Staff”", "The section has no item."),
    (
        replace(SCALE, sections=(replace(SECTION, title=""),)),
        "Section “staff”",
        "“Title” is empty.",
    ),
    (
        replace(SCALE, sections=(SECTION, replace(SECTION, number=2, title="Again", items=()))),
        "Section “Staff”",
        "The code “staff” is used twice.",
    ),
    (
        replace(SCALE, sections=(replace(SECTION, number=4),)),
        "Section “Staff”",
        "It is numbered 4 where 1 is next.",
    ),
    (with_size(number=7), "Item 7, Size", "It is numbered 7 where 1 is next."),
    (with_parts(number_in_section=5), "Item 2, Parts", "It is numbered 5 where 2 is next."),
    (with_items(SIZE, replace(PARTS, code="size")), "Item 2, Parts", "The code “size” is used twice."),
    (with_parts(code="the parts"), "Item 2, Parts", "The code “the parts” cannot be used."),
    (
        replace(SCALE, evidence_sources=(*SCALE.evidence_sources, *SCALE.evidence_sources)),
        "Kind of evidence DOC",
        "The code “DOC” is used twice.",
    ),
    (
        replace(SCALE, principles=(replace(SCALE.principles[0], title=""),)),
        "Principle choice",
        "“Title” is empty.",
    ),
]

GROUPS = {"head": HEAD, "bands": BANDS, "outline": OUTLINE}


@pytest.mark.parametrize(
    ("scale", "place", "problem"),
    [row for rows in GROUPS.values() for row in rows],
    ids=[f"{group}: {row[2]}" for group, rows in GROUPS.items() for row in rows],
)
def test_what_must_be_mended_is_named_with_its_place(scale, place, problem):
    assert (place, problem) in said(scale, must=True)


@pytest.mark.parametrize(
    ("part", "scale"),
    [(part, row[0]) for part in ("head", "bands") for row in GROUPS[part]],
)
def test_a_finding_names_the_editor_that_mends_it(part, scale):
    assert part in {one.part for one in version_findings(scale) if one.must}


def test_a_version_that_declares_no_evidence_and_no_principles_is_told_once():
    bare = with_size(evidence=(), principles=())
    bare = replace(bare, evidence_sources=(), principles=())

    assert [line for line in said(bare, must=False) if "Item 1" in line[0]] == []
    assert said(NOTHING, must=False) == [
        ("Kinds of evidence", "The version names no kinds of evidence."),
        ("Principles", "The version names no principles."),
    ]


def test_an_item_that_another_wording_lacks_is_a_notice_on_both_sides():
    american = replace(with_items(SIZE), language="en-US", title="Tiny, US")
    british = SCALE

    here = said(british, american, must=False)
    there = said(american, british, must=False)

    assert here == [("Item 2, Parts", "“Tiny, US” has no item with the code “parts”.")]
    assert there == [
        (
            "Sections and items",
            "“Tiny scale” has the item “Parts” (parts); this version has no such code.",
        )
    ]


def test_versions_of_another_scale_or_in_the_same_language_are_not_compared():
    other_scale = replace(with_items(SIZE), language="en-US", scale_code="other")
    same_language = with_items(SIZE)

    assert version_findings(SCALE, (other_scale, same_language)) == ()


def test_every_kind_of_finding_has_its_sentences():
    assert set(SENTENCES) == set(FindingKind)


def test_a_gap_too_wide_to_be_meant_is_a_finding_of_its_own():
    scale = shipped_scale("ips-25-uk")
    services = scale.section_of("rapid-search")
    item = scale.item("rapid-search")
    slip = replace(item, anchors=(replace(item.anchors[0], upper=Decimal(20)), *item.anchors[1:]))
    items = tuple(slip if one is item else one for one in services.items)
    sections = tuple(replace(one, items=items) if one is services else one for one in scale.sections)
    scale = replace(scale, sections=sections)

    found = [one for one in version_findings(scale) if one.what is FindingKind.BOUNDS_WIDE_GAP]

    assert [(one.item, one.must, one.values["gaps"][0][:2]) for one in found] == [
        ("rapid-search", False, (Decimal(20), Decimal(31)))
    ]
