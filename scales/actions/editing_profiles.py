"""Change one part of a profile's draft, unless someone else changed that part meanwhile."""

from django.db import IntegrityError, transaction

from scales import spec
from scales.actions.open_draft import is_change, open_draft, refuse_twins, touch
from scales.actions.refusals import LabelTaken, NotThere
from scales.models import Adjustment, Item, ProfileSource, SettingProfile, Statement, UnratedReason
from scales.parts import Degrees, ProfileGeneral, ProfileHead, degrees_of, general_of, profile_head_of
from scales.to_rows import keep_rows, write_adjustment_rows, write_general_rows

SILENT = spec.Degree.SAME


@transaction.atomic
def save_profile_head(*, profile: SettingProfile, head: ProfileHead, based_on: str, by) -> None:
    """Raises `NotADraft`, `ChangedMeanwhile`, and `LabelTaken` for a code that the version has a profile of."""
    locked = open_draft(profile, by)
    if not is_change(profile_head_of(locked.to_spec()), head, based_on):
        return
    for name in ("code", "setting", "title", "in_words", "summary"):
        setattr(locked, name, getattr(head, name))
    try:
        with transaction.atomic():
            touch(locked, by)
    except IntegrityError as error:
        raise LabelTaken(head.code) from error


@transaction.atomic
def save_sources(*, profile: SettingProfile, rows: tuple[spec.ProfileSource, ...], based_on: str, by) -> None:
    """Raises `NotADraft`, `ChangedMeanwhile`, `CodeTaken`."""
    locked = open_draft(profile, by)
    if not is_change(locked.to_spec().sources, rows, based_on):
        return
    refuse_twins(row.code for row in rows)
    _keep_sources(locked, rows)
    touch(locked, by)


@transaction.atomic
def add_source(*, profile: SettingProfile, source: spec.ProfileSource, by) -> None:
    """Add a source at the end, where it is cited for the first time. Raises `NotADraft`, `CodeTaken`."""
    locked = open_draft(profile, by)
    rows = (*locked.to_spec().sources, source)
    refuse_twins(row.code for row in rows)
    _keep_sources(locked, rows)
    touch(locked, by)


@transaction.atomic
def save_general(*, profile: SettingProfile, general: ProfileGeneral, based_on: str, by) -> None:
    """Raises `NotADraft`, `ChangedMeanwhile`, `CodeTaken`."""
    locked = open_draft(profile, by)
    if not is_change(general_of(locked.to_spec()), general, based_on):
        return
    refuse_twins(reason.code for reason in general.unrated_reasons)
    Statement.objects.filter(profile=locked, adjustment=None).delete()
    UnratedReason.objects.filter(profile=locked, adjustment=None).delete()
    write_general_rows(locked, general.notes, general.unrated_reasons)
    touch(locked, by)


@transaction.atomic
def save_degrees(*, profile: SettingProfile, degrees: Degrees, based_on: str, by) -> None:
    """Degree and expected loss of every item. Raises `NotADraft`, `ChangedMeanwhile`, `NotThere`."""
    locked = open_draft(profile, by)
    before = degrees_of(locked.to_spec(), locked.version.to_spec())
    if not is_change(before, degrees, based_on):
        return
    items, rows = _items(locked), {row.item_id: row for row in locked.adjustments.all()}
    for changed in set(degrees) - set(before):
        item = _item_id(items, changed.item)
        _keep_adjustment(locked, rows.get(item), item, changed.degree, changed.expected_loss)
    _drop_silent(locked)
    touch(locked, by)


@transaction.atomic
def save_adjustment(*, profile: SettingProfile, adjustment: spec.Adjustment, based_on: str, by) -> None:
    """All that the setting says of one item.

    Raises `NotADraft`, `ChangedMeanwhile`, `CodeTaken`, `NotThere` for an item that the version does not have.
    """
    locked = open_draft(profile, by)
    if not is_change(locked.to_spec().adjustment(adjustment.item), adjustment, based_on):
        return
    refuse_twins(reason.code for reason in adjustment.unrated_reasons)
    refuse_twins(str(threshold.points) for threshold in adjustment.thresholds)
    item = _item_id(_items(locked), adjustment.item)
    row = _keep_adjustment(
        locked,
        locked.adjustments.filter(item=item).first(),
        item,
        adjustment.degree,
        adjustment.expected_loss,
    )
    for owned in (row.statements, row.unratedreasons, row.thresholds):
        owned.all().delete()
    write_adjustment_rows(locked, [(row, adjustment)])
    _drop_silent(locked)
    touch(locked, by)


def _keep_sources(profile: SettingProfile, rows: tuple[spec.ProfileSource, ...]) -> None:
    columns = [
        {"code": row.code, "citation": row.citation, "position": place} for place, row in enumerate(rows, 1)
    ]
    keep_rows(ProfileSource, {"profile": profile}, "code", columns)


def _keep_adjustment(profile, row: Adjustment | None, item_id: int, degree, loss) -> Adjustment:
    row = row or Adjustment(profile=profile, item_id=item_id)
    row.degree = degree.value
    row.loss_lowest, row.loss_highest = (loss.lowest, loss.highest) if loss else (None, None)
    row.loss_source = loss.source if loss else ""
    row.save()
    return row


def _drop_silent(profile: SettingProfile) -> None:
    """A profile has no row for an item of which it says nothing."""
    profile.adjustments.filter(
        degree=SILENT.value,
        loss_lowest=None,
        statements=None,
        unratedreasons=None,
        thresholds=None,
    ).delete()


def _items(profile: SettingProfile) -> dict[str, int]:
    return dict(Item.objects.filter(version=profile.version_id).values_list("code", "pk"))


def _item_id(items: dict[str, int], code: str) -> int:
    if code not in items:
        raise NotThere(code)
    return items[code]
