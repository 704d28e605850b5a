"""Save a part of a profile together with the source that is cited in it for the first time: both, or neither."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from django.db import transaction

from scales import spec
from scales.actions.editing_profiles import add_source, save_adjustment, save_degrees
from scales.actions.open_draft import open_draft
from scales.models import SettingProfile
from scales.parts import Degrees, fingerprint


@transaction.atomic
def save_citing(
    *, profile: SettingProfile, source: spec.ProfileSource | None, save: Callable[[], None], by
) -> None:
    """`save`: saves the part. Raises what it raises, and `CodeTaken` where the profile has such a source by now."""
    if source is not None:
        add_source(profile=profile, source=source, by=by)
    save()


@transaction.atomic
def save_table(
    *,
    profile: SettingProfile,
    degrees: Degrees,
    said: Mapping[str, spec.Statement],
    based_on: str,
    by,
) -> None:
    """Degree and loss of every item. `said`: a statement to add, by item code; with it comes why.

    Raises `NotADraft`, `ChangedMeanwhile`, `NotThere`.
    """
    locked = open_draft(profile, by)
    save_degrees(profile=profile, degrees=degrees, based_on=based_on, by=by)
    before = locked.to_spec()
    for code, statement in said.items():
        stored = before.adjustment(code)
        if statement in stored.statements:
            continue
        save_adjustment(
            profile=profile,
            adjustment=replace(stored, statements=(*stored.statements, statement)),
            based_on=fingerprint(stored),
            by=by,
        )
