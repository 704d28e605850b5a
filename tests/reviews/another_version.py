"""A second published version of the shipped scale, in which one anchor moved, one is reworded and one item is new."""

from dataclasses import replace
from decimal import Decimal

from scales.actions.drafting import draft_profile, draft_version
from scales.actions.publishing import publish_profile, publish_version
from scales.models import SettingProfile
from tests.factories.accounts import scale_administrator
from tests.factories.scales import shipped_profile, shipped_scale

MOVED, REWORDED, NEW, REPLACED = "caseload-size", "employment-staff", "job-trials", "vocational-generalists"


def next_profile() -> SettingProfile:
    """The usual profile of the second version, both published."""
    by = scale_administrator()
    scale = shipped_scale()
    moved, reworded, replaced, *_ = scale.sections[0].items
    assert (moved.code, reworded.code, replaced.code) == (MOVED, REWORDED, REPLACED)
    items = (
        replace(
            moved,
            anchors=tuple(
                replace(one, upper=Decimal(22))
                if one.points == 5
                else replace(one, lower=Decimal(23))
                if one.points == 4
                else one
                for one in moved.anchors
            ),
        ),
        replace(
            reworded,
            anchors=tuple(replace(one, descriptor=f"{one.descriptor} Reworded.") for one in reworded.anchors),
        ),
        replace(replaced, code=NEW, title="Job trials", short_title="Job trials"),
    )
    sections = (replace(scale.sections[0], items=items), *scale.sections[1:])
    version = draft_version(
        definition=replace(scale, label="next", title="IPS-25, next", sections=sections), by=by
    )
    publish_version(version=version, by=by, note="Another caseload.")
    profile = draft_profile(definition=shipped_profile("community-mental-health"), version=version, by=by)
    return publish_profile(profile=profile, by=by, note="As before.")
