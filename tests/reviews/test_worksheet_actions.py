"""Worksheets are kept row by row: nobody's row overwrites another's, and a row sent twice is there once."""

import pytest

from accounts.permissions import Role
from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.actions.worksheets import (
    RowChange,
    TooManyRows,
    load_worksheet,
    next_place,
    remove_row,
    save_worksheet,
    state_of,
)
from reviews.models import Stage
from reviews.worksheets.reading import MOST_ROWS
from tests.factories.reviews import ReviewFactory
from tests.reviews.sheets import SPECIALISTS, cells, jobs, keep
from tests.reviews.situations import at_stage, fresh, in_program, joined, lead_of

pytestmark = pytest.mark.django_db

AK, BD, CE = SPECIALISTS


@pytest.fixture
def review():
    return ReviewFactory()


def save(review, *rows, by=None, sheet="specialists"):
    return save_worksheet(review=review, sheet=sheet, rows=rows, by=by or lead_of(review))


def load(review, *rows, replace=False, based_on=None, by=None):
    state = state_of(review.worksheet_rows.filter(sheet="specialists")) if based_on is None else based_on
    return load_worksheet(
        review=review,
        sheet="specialists",
        rows=rows,
        replace=replace,
        based_on=state,
        by=by or lead_of(review),
    )


def test_new_rows_are_kept_with_who_wrote_them(review):
    outcomes = save(review, RowChange(AK, 0, place=10_001), RowChange(BD, 0, place=20_001))

    assert [outcome.is_saved for outcome in outcomes] == [True, True]
    assert cells(review, "specialists") == [AK, BD]
    assert {row.updated_by for row in review.worksheet_rows.all()} == {lead_of(review)}


def test_a_new_row_sent_twice_is_there_once(review):
    save(review, RowChange(AK, 0, place=10_001))

    save(review, RowChange(AK, 0, place=10_001))

    assert cells(review, "specialists") == [AK]
    assert review.worksheet_rows.get().revision == 1


def test_a_new_row_whose_answer_was_lost_goes_on_from_what_was_saved(review):
    save(review, RowChange(AK, 0, place=10_001))

    (outcome,) = save(review, RowChange(AK | {"hours": "37"}, 0, place=10_001))

    assert outcome.is_saved
    assert cells(review, "specialists") == [AK | {"hours": "37"}]


def test_new_rows_of_two_people_both_stay(review):
    colleague = joined(review, Role.REVIEWER)

    save(review, RowChange(AK, 0, place=10_001))
    save(review, RowChange(BD, 0, place=10_777), by=colleague)

    assert cells(review, "specialists") == [AK, BD]


def test_new_rows_of_two_people_at_the_same_place_are_told(review):
    save(review, RowChange(AK, 0, place=10_001))

    (outcome,) = save(review, RowChange(BD, 0, place=10_001), by=joined(review, Role.REVIEWER))

    assert not outcome.is_saved
    assert cells(review, "specialists") == [AK]


def test_a_row_changed_meanwhile_is_left_and_the_others_are_saved(review):
    first, second = keep(review, "specialists", AK, BD)
    save(review, RowChange(AK | {"fte": "0.8"}, 1, pk=first.pk), by=joined(review, Role.REVIEWER))

    told, saved = save(
        review,
        RowChange(AK | {"fte": "0.9"}, 1, pk=first.pk),
        RowChange(BD | {"fte": "0.7"}, 1, pk=second.pk),
    )

    assert (told.is_saved, saved.is_saved) == (False, True)
    assert told.row.cells["fte"] == "0.8"
    assert [row["fte"] for row in cells(review, "specialists")] == ["0.8", "0.7"]


def test_the_same_change_from_two_people_is_no_quarrel(review):
    (row,) = keep(review, "specialists", AK)
    change = RowChange(AK | {"fte": "0.8"}, 1, pk=row.pk)
    save(review, change)

    (outcome,) = save(review, change, by=joined(review, Role.REVIEWER))

    assert outcome.is_saved
    assert review.worksheet_rows.get().revision == 2


def test_a_row_that_was_removed_meanwhile_is_told(review):
    (row,) = keep(review, "specialists", AK)
    gone = row.pk
    row.delete()

    (outcome,) = save(review, RowChange(AK | {"fte": "0.8"}, 1, pk=gone))

    assert (outcome.row, outcome.is_saved) == (None, False)
    assert cells(review, "specialists") == []


def test_a_new_row_that_was_removed_after_its_first_save_is_told(review):
    save(review, RowChange(AK, 0, place=10_001))
    review.worksheet_rows.all().delete()

    (outcome,) = save(review, RowChange(AK | {"fte": "0.8"}, 1, place=10_001))

    assert (outcome.row, outcome.is_saved) == (None, False)


def test_a_row_of_another_worksheet_or_review_is_not_touched(review):
    (job,) = keep(review, "jobs", *jobs(1, 1))
    (foreign,) = keep(ReviewFactory(site=review.site), "specialists", AK)

    outcomes = save(review, RowChange(BD, 1, pk=job.pk), RowChange(BD, 1, pk=foreign.pk))

    assert not any(outcome.is_saved for outcome in outcomes)
    foreign.refresh_from_db()
    assert foreign.cells == AK


def test_a_row_is_removed(review):
    first, _second = keep(review, "specialists", AK, BD)

    removed = remove_row(review=review, sheet="specialists", pk=first.pk, based_on=1, by=lead_of(review))

    assert removed.cells == AK
    assert cells(review, "specialists") == [BD]
    assert remove_row(review=review, sheet="specialists", pk=first.pk, based_on=1, by=lead_of(review)) is None


def test_a_row_that_was_changed_meanwhile_is_not_removed(review):
    (row,) = keep(review, "specialists", AK)
    save(review, RowChange(BD, 1, pk=row.pk), by=joined(review, Role.REVIEWER))

    with pytest.raises(ChangedMeanwhile):
        remove_row(review=review, sheet="specialists", pk=row.pk, based_on=1, by=lead_of(review))

    assert cells(review, "specialists") == [BD]


def test_a_table_is_added_below(review):
    keep(review, "specialists", AK)

    assert load(review, BD, CE) == 2

    assert cells(review, "specialists") == [AK, BD, CE]


def test_a_table_takes_the_place_of_what_is_there(review):
    keep(review, "specialists", AK)
    keep(review, "jobs", *jobs(2, 2))

    load(review, BD, CE, replace=True)

    assert cells(review, "specialists") == [BD, CE]
    assert len(cells(review, "jobs")) == 2


@pytest.mark.parametrize("replace", [True, False])
def test_a_table_is_not_loaded_over_a_worksheet_that_changed_since_it_was_looked_at(review, replace):
    (row,) = keep(review, "specialists", AK)
    looked_at = state_of([row])
    save(review, RowChange(AK | {"fte": "0.8"}, 1, pk=row.pk))

    with pytest.raises(ChangedMeanwhile):
        load(review, BD, replace=replace, based_on=looked_at)

    assert len(cells(review, "specialists")) == 1


def test_a_table_sent_twice_is_loaded_once(review):
    looked_at = state_of([])
    load(review, AK, based_on=looked_at)

    with pytest.raises(ChangedMeanwhile):
        load(review, AK, based_on=looked_at)

    assert cells(review, "specialists") == [AK]


def test_every_change_of_a_worksheet_shows_in_its_state(review):
    states = [state_of(review.worksheet_rows.all())]
    first, _ = keep(review, "specialists", AK, BD)
    states.append(state_of(review.worksheet_rows.all()))
    save(review, RowChange(CE, 1, pk=first.pk))
    states.append(state_of(review.worksheet_rows.all()))
    first.delete()
    states.append(state_of(review.worksheet_rows.all()))

    assert len(set(states)) == 4


def test_a_worksheet_has_an_end(review):
    load(review, *[AK] * MOST_ROWS)

    with pytest.raises(TooManyRows):
        load(review, BD)
    with pytest.raises(TooManyRows):
        save(review, RowChange(BD, 0, place=next_place(review.worksheet_rows.all())))

    assert review.worksheet_rows.count() == MOST_ROWS
    assert load(review, BD, replace=True) == 1


def test_a_place_far_below_all_rows_leaves_room_for_more(review):
    save(review, RowChange(AK, 0, place=2_000_000_000))

    assert next_place(review.worksheet_rows.all()) < 100_000_000


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.WITH_SERVICE, Stage.ISSUED, Stage.CANCELLED])
def test_worksheets_stay_as_they_are_once_the_report_is_drafted(review, stage):
    (row,) = keep(review, "specialists", AK)
    late = at_stage(review, stage)

    for act in (
        lambda: save(late, RowChange(BD, 1, pk=row.pk)),
        lambda: load(late, BD),
        lambda: remove_row(review=late, sheet="specialists", pk=row.pk, based_on=1, by=lead_of(review)),
    ):
        with pytest.raises(NotNow):
            act()
    assert cells(review, "specialists") == [AK]


def test_the_stage_is_read_anew_when_a_row_is_saved(review):
    opened = fresh(review)
    at_stage(review, Stage.DRAFT)

    with pytest.raises(NotNow):
        save(opened, RowChange(AK, 0, place=10_001))


@pytest.mark.parametrize("role", [Role.LEAD, Role.REVIEWER, Role.OBSERVER])
def test_everyone_at_the_visit_writes_on_the_worksheets(review, role):
    person = lead_of(review) if role == Role.LEAD else joined(review, role)

    assert save(fresh(review), RowChange(AK, 0, place=10_001), by=person)[0].is_saved


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.PROGRAM_MANAGER, Role.VIEWER])
def test_nobody_else_does(review, role):
    person = joined(review, role) if role == Role.MODERATOR else in_program(review, role)

    with pytest.raises(NotNow):
        save(fresh(review), RowChange(AK, 0, place=10_001), by=person)
