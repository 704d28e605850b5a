"""Bring in past reviews, once and whole, by whom and to where; and take them back."""

import pytest
from django.db import IntegrityError, transaction

from accounts.permissions import Role
from programs.models import Site
from reviews.actions.importing import (
    NothingToBringIn,
    RowsHaveProblems,
    discard_import,
    replace_file,
    save_answers,
    save_columns,
    take_back_import,
    take_back_result,
)
from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.importing.columns import find_heads
from reviews.importing.preview import Answers, preview_of
from reviews.importing.reading import Problem
from reviews.importing.tables import read_lines
from reviews.independence import Label
from reviews.models import PastImport, Result
from tests.factories.past import past_result
from tests.factories.programs import SettingFactory, SiteFactory
from tests.factories.reviews import ReviewFactory, TeamMemberFactory
from tests.reviews.old_sheets import TODAY, as_csv, brought_in, importer, row, uploaded, version
from tests.reviews.situations import issued

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return SiteFactory(name="Quayside Surgery", setting=SettingFactory(code="primary-care"))


@pytest.fixture
def lead(site):
    return importer(site)


def told(past_import, **answers) -> dict[int, dict[str, Problem]]:
    """Line to what is wrong, by column."""
    if answers:
        save_answers(
            past_import=past_import,
            answers=Answers(**answers),
            by=past_import.by,
            based_on=past_import.revision,
        )
        past_import.refresh_from_db()
    found = preview_of(past_import, past_import.by, today=TODAY)
    return {
        one.read.line: {code: problem.problem for code, problem in one.problems.items()} for one in found.bad
    }


# Bring in


def test_a_row_becomes_a_result_with_the_figures_of_its_scores(site, lead):
    sheet = row(
        site, score=4, Total=100, Reviewers="Elin Marsh", Note="Paper form", **{"Last day": "2024-03-15"}
    )

    past_import = brought_in(uploaded(lead, sheet))

    result = Result.objects.get()
    assert (result.site, result.review, result.imported_from, result.source_line) == (
        site,
        None,
        past_import,
        2,
    )
    assert (str(result.starts_on), str(result.ends_on)) == ("2024-03-14", "2024-03-15")
    assert (result.kind, result.label) == ("follow-up", Label.NOT_STATED)
    assert (result.points, result.band, result.is_complete) == (100, "Good fidelity", True)
    assert (result.attainable_lowest, result.attainable_highest) == (98, 107)
    assert result.setting_lowest + result.open_highest == 25
    assert result.profile.setting == "primary-care"
    assert set(result.spreads) == {None}
    assert (result.reviewers, result.source_note) == ("Elin Marsh", "Paper form")


def test_a_second_time_changes_nothing(site, lead):
    past_import = uploaded(lead, row(site))
    brought_in(past_import)

    again = brought_in(past_import)

    assert again.is_applied
    assert Result.objects.count() == 1


def test_one_bad_row_keeps_all_out_unless_it_is_left_out(site, lead):
    past_import = uploaded(lead, row(site), row(site, "2025-03-14", 9))

    with pytest.raises(RowsHaveProblems):
        brought_in(past_import)
    assert not Result.objects.exists()

    assert brought_in(past_import, leave_out=True).left_out == 1
    assert Result.objects.count() == 1


def test_a_file_without_a_good_row_is_not_brought_in(site, lead):
    with pytest.raises(NothingToBringIn):
        brought_in(uploaded(lead, row(site, score=9)), leave_out=True)


def test_what_is_there_already_is_told_also_where_another_file_brought_it_in_meanwhile(site, lead):
    first, second = uploaded(lead, row(site), row(site)), uploaded(lead, row(site))
    assert told(first) == {3: {"starts": Problem.TWICE}}

    brought_in(second)

    assert told(first) == {2: {"starts": Problem.THERE_ALREADY}, 3: {"starts": Problem.THERE_ALREADY}}


def test_a_review_that_was_issued_here_is_there_already(site):
    review = issued(site=site, setting="primary-care")
    found = told(uploaded(importer(review.site), row(review.site, f"{review.starts_on:%Y-%m-%d}")))

    assert found == {2: {"starts": Problem.THERE_ALREADY}}


def test_the_database_keeps_a_past_review_from_standing_twice(site):
    past_result(site)

    with pytest.raises(IntegrityError, match="a_past_review_is_brought_in_once"), transaction.atomic():
        past_result(site)


def test_the_database_keeps_a_result_of_neither_review_nor_import_out(site):
    result = past_result(site)

    with pytest.raises(IntegrityError, match="a_result_is_of_a_review_or_of_an_import"), transaction.atomic():
        Result.objects.filter(pk=result.pk).update(imported_from=None)


def test_a_file_changed_in_another_window_is_looked_at_once_more(site, lead):
    past_import = uploaded(lead, row(site))
    before = PastImport.objects.get()
    save_columns(past_import=past_import, mapping=past_import.mapping, by=lead, based_on=0)

    with pytest.raises(ChangedMeanwhile):
        brought_in(before)


# Sites, profiles, days


def test_a_site_of_another_program_is_told_of_like_one_that_is_nowhere(site, lead):
    elsewhere = SiteFactory(name="Millbrook Team")

    found = told(uploaded(lead, row(elsewhere), row("Atlantis")))

    assert found == {2: {"site": Problem.NO_SUCH_SITE}, 3: {"site": Problem.NO_SUCH_SITE}}


def test_an_answer_cannot_lead_to_a_site_of_another_program(site, lead):
    elsewhere, past_import = SiteFactory(), uploaded(lead, row("Atlantis"))

    found = told(past_import, sites={"atlantis/": elsewhere.pk})

    assert found == {2: {"site": Problem.NO_SUCH_SITE}}


def test_names_are_matched_without_case_and_spaces_and_by_answer(site, lead):
    past_import = uploaded(lead, row("quay-side  SURGERY"), row("Quayside Practice", "2025-03-14"))
    assert told(past_import) == {3: {"site": Problem.NO_SUCH_SITE}}

    assert told(past_import, sites={"quaysidepractice/": site.pk}) == {}


def test_a_name_that_two_programs_have_is_asked_for_unless_the_file_names_the_program(site, lead):
    twin = SiteFactory(name=site.name, setting=site.setting)
    lead.memberships.create(program=twin.program, role=Role.NETWORK_LEAD.value)
    past_import = uploaded(lead, row(site), row(site, "2025-03-14", Program=twin.program.name))

    assert told(past_import) == {2: {"site": Problem.TWO_SITES}}
    assert told(past_import, sites={"quaysidesurgery/": site.pk}) == {}
    brought_in(past_import)
    assert list(Result.objects.order_by("starts_on").values_list("site", flat=True)) == [site.pk, twin.pk]


def test_nobody_brings_in_reviews_of_a_site_that_they_are_rating(site, lead):
    TeamMemberFactory(review=ReviewFactory(site=site), user=lead)
    past_import = uploaded(lead, row(site, score=2, Total=99))

    found = preview_of(past_import, lead, today=TODAY)

    assert told(past_import) == {2: {"site": Problem.RATING_NOW}}
    assert not any(found.rows[0].read.scores.values())


def test_a_total_that_differs_is_told_in_the_same_round_as_an_unknown_site(site, lead):
    past_import = uploaded(lead, row("Quay", score=2, Total=99), row("Quay", "2025-03-14", 7, Total=99))

    found = told(past_import)

    assert found[2] == {"site": Problem.NO_SUCH_SITE, "total": Problem.TOTAL_DIFFERS}
    assert "total" not in found[3]


def test_what_a_row_without_a_site_comes_to_is_not_told_to_someone_who_rates(site, lead):
    TeamMemberFactory(review=ReviewFactory(site=site), user=lead)

    assert told(uploaded(lead, row("Quay", score=2, Total=99))) == {2: {"site": Problem.NO_SUCH_SITE}}


def test_a_setting_without_a_published_profile_is_told(lead, site):
    Site.objects.filter(pk=site.pk).update(setting=SettingFactory(code="prison"))

    assert told(uploaded(lead, row(site))) == {2: {"profile": Problem.NO_PROFILE}}
    named = uploaded(lead, row(site, **{"Setting profile": "Primary care"}))
    assert told(named) == {}


def test_days_that_can_be_read_two_ways_are_asked_for(site, lead):
    past_import = uploaded(lead, row(site, "03/04/2024"))
    assert preview_of(past_import, lead, today=TODAY).asks_dates

    told(past_import, day_first=False)
    brought_in(past_import)

    assert str(Result.objects.get().starts_on) == "2024-03-04"


# Who, and taking back


@pytest.mark.parametrize("role", [Role.VIEWER, Role.PROGRAM_LEAD, Role.PROGRAM_REVIEWER])
def test_only_managers_and_network_leads_bring_in_reviews(site, role):
    with pytest.raises(NotNow):
        uploaded(importer(site, role), row(site))


def test_whoever_lost_the_role_brings_in_nothing(site, lead):
    past_import = uploaded(lead, row(site))
    lead.memberships.all().delete()

    with pytest.raises(NotNow):
        brought_in(past_import)


def test_another_person_s_upload_is_not_there(site, lead):
    past_import, other = uploaded(lead, row(site)), importer(site)

    with pytest.raises(PastImport.DoesNotExist):
        discard_import(past_import=past_import, by=other)


def test_taking_back_ends_every_result_and_the_same_file_can_come_again(site, lead):
    past_import = brought_in(uploaded(lead, row(site), row(site, "2025-03-14")))

    assert take_back_import(past_import=past_import, by=lead) == 2
    assert take_back_import(past_import=past_import, by=lead) == 0

    assert not Result.objects.standing().exists()
    old = Result.pgh_event_model.objects.filter(stands=True)
    assert {one.pgh_context.metadata["user"] for one in old} == {lead.pk}
    brought_in(uploaded(lead, row(site), row(site, "2025-03-14")))
    assert Result.objects.standing().count() == 2


def test_a_manager_takes_back_one_result_of_the_own_program_and_no_other(site):
    own, foreign, manager = past_result(site), past_result(), importer(site, Role.PROGRAM_MANAGER)

    assert take_back_result(result=own, by=manager)
    assert not take_back_result(result=foreign, by=manager)
    assert list(Result.objects.standing()) == [foreign]


def test_a_mended_file_keeps_what_was_said_of_its_columns_and_sites(site, lead):
    past_import = uploaded(lead, row("Quay", score=9) | {"Extra": "x"})
    told(past_import, sites={"quay/": site.pk}, kind="self")
    mapping = [*past_import.mapping[:-1], "note"]
    save_columns(past_import=past_import, mapping=mapping, by=lead, based_on=past_import.revision)
    mended = as_csv(row("Quay") | {"Extra": "x"})

    heads = find_heads(read_lines(mended), version().to_spec())
    changed = replace_file(past_import=past_import, file_name="mended.csv", heads=heads, by=lead)

    assert (changed.file_name, changed.mapping[-1]) == ("mended.csv", "note")
    assert told(changed) == {}
