"""A profile's draft is changed part by part, under the same rules as a version's."""

from dataclasses import replace

import pytest

from scales.actions.drafting import DoesNotFit, delete_draft, draft_profile
from scales.actions.editing_profiles import (
    add_source,
    save_adjustment,
    save_degrees,
    save_general,
    save_profile_head,
    save_sources,
)
from scales.actions.refusals import ChangedMeanwhile, CodeTaken, LabelTaken, NotADraft, NotThere
from scales.models import SettingProfile
from scales.parts import degrees_of, fingerprint, general_of, profile_head_of
from scales.spec import (
    Adjustment,
    Degree,
    ExpectedLoss,
    ProfileSource,
    ReanchoredThreshold,
    Statement,
    StatementKind,
    UnratedReason,
)
from tests.factories.accounts import scale_administrator
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
def draft(by) -> SettingProfile:
    return profile_draft_of(by=by)


def spec_of(profile: SettingProfile):
    return SettingProfile.objects.select_related("version__scale").get(pk=profile.pk).to_spec()


def test_a_draft_of_a_profile_says_the_same(draft):
    assert spec_of(draft) == replace(shipped_profile("primary-care"), code="prison-leavers")


def test_a_profile_is_drafted_for_published_versions_alone(by):
    with pytest.raises(NotThere):
        draft_profile(definition=shipped_profile("primary-care"), version=draft_of(by=by), by=by)


def test_a_profile_that_names_an_item_of_another_scale_does_not_fit(by):
    strange = replace(
        shipped_profile("primary-care"), code="strange", adjustments=(Adjustment(item="no-such-item"),)
    )
    with pytest.raises(DoesNotFit, match="no item with this code"):
        draft_profile(definition=strange, version=scale_version(), by=by)


def test_a_version_has_one_profile_of_a_code(draft, by):
    with pytest.raises(LabelTaken):
        profile_draft_of(by=by)


def test_a_published_profile_is_not_deleted(by):
    with pytest.raises(NotADraft):
        delete_draft(draft=setting_profile(), by=by)


def test_head_and_sources_are_saved(draft, by):
    spec = spec_of(draft)
    head = replace(profile_head_of(spec), title="Prison leavers", setting="prison-leavers")
    sources = (ProfileSource("decision", "Decided by the network."), *spec.sources)

    save_profile_head(profile=draft, head=head, based_on=fingerprint(profile_head_of(spec)), by=by)
    save_sources(profile=draft, rows=sources, based_on=fingerprint(spec.sources), by=by)

    assert profile_head_of(spec_of(draft)) == head
    assert spec_of(draft).sources == sources


def test_a_source_is_added_where_it_is_first_cited(draft, by):
    add_source(profile=draft, source=ProfileSource("new", "A new paper."), by=by)
    assert spec_of(draft).sources[-1] == ProfileSource("new", "A new paper.")
    with pytest.raises(CodeTaken):
        add_source(profile=draft, source=ProfileSource("new", "Another."), by=by)


def test_notes_and_reasons_for_every_item_are_saved_apart_from_those_of_items(draft, by):
    spec = spec_of(draft)
    source = spec.sources[0].code
    general = replace(
        general_of(spec),
        notes=(Statement(StatementKind.CAUTION, "Two sites only.", source),),
        unrated_reasons=(UnratedReason("too-new", "Opened this month.", source),),
    )
    save_general(profile=draft, general=general, based_on=fingerprint(general_of(spec)), by=by)

    after = spec_of(draft)
    assert general_of(after) == general
    assert after.adjustments == spec.adjustments


def test_degrees_of_all_items_are_saved_in_one_act_and_leave_guidance_alone(draft, by):
    scale, spec = shipped_scale(), spec_of(draft)
    source = spec.sources[0].code
    before = degrees_of(spec, scale)
    limited = {scale.items[0].code, scale.items[6].code}
    after = tuple(
        replace(row, degree=Degree.LIMITED, expected_loss=ExpectedLoss(1, 2, source))
        if row.item in limited
        else replace(row, degree=Degree.SAME, expected_loss=None)
        for row in before
    )

    save_degrees(profile=draft, degrees=after, based_on=fingerprint(before), by=by)

    saved = spec_of(draft)
    assert degrees_of(saved, scale) == after
    for code in scale.items_by_code:
        assert saved.adjustment(code).statements == spec.adjustment(code).statements
    assert all(row != Adjustment(item=row.item) for row in saved.adjustments)


def test_all_that_is_said_of_one_item_is_saved(draft, by):
    spec = spec_of(draft)
    source = spec.sources[0].code
    code = "caseload-size"
    adjustment = Adjustment(
        item=code,
        degree=Degree.MAJORLY,
        expected_loss=ExpectedLoss(0, 2, source),
        statements=(
            Statement(StatementKind.INTENT, "Time for each person.", source),
            Statement(StatementKind.LOOK_FOR, "Who waits.", source),
        ),
        thresholds=(ReanchoredThreshold(5, source, upper=shipped_scale().item(code).anchors[1].upper),),
        unrated_reasons=(UnratedReason("no-list", "No list is kept.", source),),
    )
    save_adjustment(profile=draft, adjustment=adjustment, based_on=fingerprint(spec.adjustment(code)), by=by)
    assert spec_of(draft).adjustment(code) == adjustment

    silent = Adjustment(item=code)
    save_adjustment(profile=draft, adjustment=silent, based_on=fingerprint(adjustment), by=by)
    assert code not in spec_of(draft).adjustments_by_item


def test_an_item_that_is_not_in_the_version_has_no_adjustment(draft, by):
    silent = Adjustment(item="no-such-item")
    with pytest.raises(NotThere):
        save_adjustment(
            profile=draft,
            adjustment=replace(silent, degree=Degree.PARTLY),
            based_on=fingerprint(silent),
            by=by,
        )


def test_the_table_and_the_page_of_one_item_are_not_blind_to_each_other(draft, by):
    scale, spec = shipped_scale(), spec_of(draft)
    code = scale.items[0].code
    table, one = degrees_of(spec, scale), spec.adjustment(code)
    other = Degree.MAJORLY if one.degree is not Degree.MAJORLY else Degree.PARTLY
    save_adjustment(profile=draft, adjustment=replace(one, degree=other), based_on=fingerprint(one), by=by)

    with pytest.raises(ChangedMeanwhile):
        save_degrees(
            profile=draft,
            degrees=(replace(table[0], degree=Degree.SAME), *table[1:]),
            based_on=fingerprint(table),
            by=by,
        )
    assert spec_of(draft).adjustment(code).degree is other
