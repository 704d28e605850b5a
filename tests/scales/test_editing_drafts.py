"""A draft is changed part by part: what is saved is what was meant, and nobody writes over anybody."""

from dataclasses import replace
from decimal import Decimal

import pytest

from scales.actions.drafting import delete_draft, draft_version
from scales.actions.editing import (
    save_bands,
    save_evidence_sources,
    save_head,
    save_item,
    save_outline,
    save_principles,
)
from scales.actions.refusals import (
    ChangedMeanwhile,
    CodeTaken,
    LabelTaken,
    NameIsKept,
    NotADraft,
    NotAllowed,
    NotThere,
)
from scales.models import Scale, ScaleVersion
from scales.parts import OutlineItem, OutlineSection, bare, fingerprint, head_of, outline_of
from scales.spec import Anchor, Component, EvidenceSource, Principle, Reading, ScaleSpec
from tests.factories.accounts import UserFactory, scale_administrator
from tests.factories.scales import draft_of, scale_version, shipped_scale

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return scale_administrator()


@pytest.fixture
def draft(by) -> ScaleVersion:
    return draft_of(by=by)


def spec_of(version: ScaleVersion) -> ScaleSpec:
    return ScaleVersion.objects.select_related("scale").get(pk=version.pk).to_spec()


def caseload(version: ScaleVersion):
    return bare(spec_of(version).item("caseload-size"))


def save_caseload(version: ScaleVersion, by, *, based_on=None, **changes) -> None:
    stored = caseload(version)
    save_item(
        version=version,
        code="caseload-size",
        item=replace(stored, **changes),
        based_on=based_on or fingerprint(stored),
        by=by,
    )


def test_a_draft_of_a_version_says_the_same_under_its_own_label(draft):
    assert spec_of(draft) == replace(shipped_scale(), label="next")


def test_a_draft_knows_what_it_was_copied_from_and_by_whom(by):
    origin = scale_version()
    draft = draft_version(definition=replace(origin.to_spec(), label="next"), by=by, copied_from=origin)

    assert (draft.copied_from, draft.created_by) == (origin, by)


def test_a_label_is_given_once(draft, by):
    with pytest.raises(LabelTaken):
        draft_of(by=by)


def test_a_scale_with_versions_keeps_its_name(by):
    with pytest.raises(NameIsKept, match=shipped_scale().scale_name):
        draft_version(definition=replace(shipped_scale(), label="next", scale_name="Other"), by=by)


def test_a_deleted_draft_takes_its_new_scale_along_and_no_other(draft, by):
    first = draft_version(definition=replace(shipped_scale(), scale_code="new", scale_name="New"), by=by)

    delete_draft(draft=first, by=by)
    delete_draft(draft=draft, by=by)

    assert not Scale.objects.filter(code="new").exists()
    assert Scale.objects.filter(code=shipped_scale().scale_code).exists()
    assert not ScaleVersion.objects.filter(pk__in=[first.pk, draft.pk]).exists()


def test_what_is_published_is_neither_edited_nor_deleted(by):
    version = scale_version()
    head = head_of(version.to_spec())

    with pytest.raises(NotADraft):
        save_head(version=version, head=replace(head, title="Other"), based_on=fingerprint(head), by=by)
    with pytest.raises(NotADraft):
        save_caseload(version, by, measures="Other")
    with pytest.raises(NotADraft):
        delete_draft(draft=version, by=by)


def test_nobody_without_the_role_edits(draft):
    stranger = UserFactory()
    with pytest.raises(NotAllowed):
        save_caseload(draft, stranger, measures="Other")
    with pytest.raises(NotAllowed):
        delete_draft(draft=draft, by=stranger)
    with pytest.raises(NotAllowed):
        draft_of(label="theirs", by=stranger)


def test_head_is_saved_whole_and_the_draft_knows_who_changed_it(draft, by):
    head = replace(head_of(spec_of(draft)), title="A new title", label="2027", edition="Second")

    save_head(version=draft, head=head, based_on=fingerprint(head_of(spec_of(draft))), by=by)

    draft.refresh_from_db()
    assert head_of(spec_of(draft)) == head
    assert draft.changed_by == by
    assert draft.changed_at is not None


def test_a_draft_cannot_take_a_label_that_its_scale_has(draft, by):
    head = head_of(spec_of(draft))
    with pytest.raises(LabelTaken):
        save_head(
            version=draft,
            head=replace(head, label=shipped_scale().label),
            based_on=fingerprint(head),
            by=by,
        )


def test_only_draft_of_a_scale_may_rename_it_and_move_to_another(by):
    draft = draft_version(
        definition=replace(shipped_scale(), scale_code="new", scale_name="New", label="1"), by=by
    )
    head = head_of(spec_of(draft))
    renamed = replace(head, scale_name="Newer")
    save_head(version=draft, head=renamed, based_on=fingerprint(head), by=by)
    moved = replace(renamed, scale_code="other", scale_name="Other")
    save_head(version=draft, head=moved, based_on=fingerprint(renamed), by=by)

    assert head_of(spec_of(draft)) == moved
    assert not Scale.objects.filter(code="new").exists()


def test_bands_sources_and_principles_are_replaced_and_kept_in_order(draft, by):
    spec = spec_of(draft)
    bands = (replace(spec.bands[0], label="Excellent"), *spec.bands[2:])
    sources = (EvidenceSource("NEW", "New source"), *reversed(spec.evidence_sources))
    principles = (*spec.principles[1:], Principle("new", "New principle"))

    save_bands(version=draft, bands=tuple(reversed(bands)), based_on=fingerprint(spec.bands), by=by)
    save_evidence_sources(version=draft, rows=sources, based_on=fingerprint(spec.evidence_sources), by=by)
    save_principles(version=draft, rows=principles, based_on=fingerprint(spec.principles), by=by)

    after = spec_of(draft)
    assert (after.bands, after.evidence_sources, after.principles) == (bands, sources, principles)


def test_an_item_is_saved_with_its_anchors_components_and_conditions(draft, by):
    stored = caseload(draft)
    changed = replace(
        stored,
        reading=Reading.COMPONENTS,
        components=(Component("b", "Second"), Component("a", "First")),
        conditions=(),
        anchors=(
            Anchor(5, "Both", count_lowest=2, count_highest=2),
            Anchor(1, "One or none", count_lowest=0, count_highest=1),
        ),
    )

    save_item(version=draft, code=stored.code, item=changed, based_on=fingerprint(stored), by=by)

    assert bare(spec_of(draft).item(stored.code)) == changed


def test_a_changed_bound_leaves_the_published_version_as_it_was(draft, by):
    stored = caseload(draft)
    top = replace(stored.anchors[0], upper=Decimal("25"), descriptor="Up to 25.")
    save_caseload(draft, by, anchors=(top, *stored.anchors[1:]))

    assert caseload(draft).anchors[0].upper == 25
    assert scale_version().to_spec() == shipped_scale()


def test_saving_on_top_of_another_change_is_told_and_changes_nothing(draft, by):
    before = fingerprint(caseload(draft))
    save_caseload(draft, by, measures="Hers")

    with pytest.raises(ChangedMeanwhile) as refused:
        save_caseload(draft, scale_administrator(), based_on=before, measures="His")

    assert caseload(draft).measures == "Hers"
    assert refused.value.stored == caseload(draft)
    assert refused.value.fingerprint == fingerprint(caseload(draft))


def test_two_people_on_two_parts_are_in_nobodys_way(draft, by):
    item, head = caseload(draft), head_of(spec_of(draft))

    save_caseload(draft, by, measures="Hers")
    save_head(version=draft, head=replace(head, title="His"), based_on=fingerprint(head), by=by)

    assert (caseload(draft).measures, spec_of(draft).title) == ("Hers", "His")
    assert item.measures != "Hers"


def test_saving_what_is_stored_already_is_no_conflict(draft, by):
    before = fingerprint(caseload(draft))
    save_caseload(draft, by, measures="The same")
    save_caseload(draft, by, based_on=before, measures="The same")
    assert caseload(draft).measures == "The same"


def test_an_item_code_can_change_but_not_to_that_of_another(draft, by):
    other = spec_of(draft).items[1].code
    with pytest.raises(CodeTaken, match=other):
        save_caseload(draft, by, code=other)

    save_caseload(draft, by, code="caseload")
    assert "caseload" in spec_of(draft).items_by_code


def test_codes_within_an_item_come_once(draft, by):
    twice = (Component("a", "One"), Component("a", "Two"))
    with pytest.raises(CodeTaken):
        save_caseload(draft, by, components=twice)


def test_an_item_that_was_removed_meanwhile_is_not_saved(draft, by):
    stored, outline = caseload(draft), outline_of(spec_of(draft))
    without = (replace(outline[0], items=outline[0].items[1:]), *outline[1:])
    assert outline[0].items[0].code == "caseload-size"
    save_outline(version=draft, outline=without, based_on=fingerprint(outline), by=by)

    with pytest.raises(NotThere):
        save_item(version=draft, code="caseload-size", item=stored, based_on=fingerprint(stored), by=by)
    assert [item.number for item in spec_of(draft).items] == list(range(1, len(shipped_scale().items)))


def test_items_move_between_sections_and_keep_their_anchors(draft, by):
    spec, outline = spec_of(draft), outline_of(spec_of(draft))
    first, second = outline[0], outline[1]
    moved = (
        replace(second, items=(*second.items, first.items[0])),
        replace(first, items=tuple(reversed(first.items[1:]))),
        *outline[2:],
    )
    save_outline(version=draft, outline=moved, based_on=fingerprint(outline), by=by)

    after = spec_of(draft)
    assert outline_of(after) == moved
    assert [item.number for item in after.items] == list(range(1, len(after.items) + 1))
    assert all(bare(after.item(code)) == bare(item) for code, item in spec.items_by_code.items())


def test_two_items_can_trade_their_codes(draft, by):
    outline = outline_of(spec_of(draft))
    one, two, *rest = outline[0].items
    anchors = spec_of(draft).item(one.code).anchors
    traded = (replace(one, code=two.code), replace(two, code=one.code), *rest)
    save_outline(
        version=draft,
        outline=(replace(outline[0], items=traded), *outline[1:]),
        based_on=fingerprint(outline),
        by=by,
    )
    assert spec_of(draft).item(two.code).anchors == anchors


def test_new_sections_and_items_begin_empty(draft, by):
    outline = outline_of(spec_of(draft))
    added = (*outline, OutlineSection("extra", "Extra", (OutlineItem("new-item", "New item", "New"),)))

    save_outline(version=draft, outline=added, based_on=fingerprint(outline), by=by)

    item = spec_of(draft).item("new-item")
    assert (item.reading, item.anchors, item.number) == (Reading.JUDGEMENT, (), len(spec_of(draft).items))


def test_a_section_goes_with_its_items(draft, by):
    outline = outline_of(spec_of(draft))
    save_outline(version=draft, outline=outline[1:], based_on=fingerprint(outline), by=by)
    assert outline_of(spec_of(draft)) == outline[1:]


def test_outline_names_each_code_once(draft, by):
    outline = outline_of(spec_of(draft))
    with pytest.raises(CodeTaken):
        save_outline(version=draft, outline=(*outline, outline[0]), based_on=fingerprint(outline), by=by)
