"""Entering a site's quarters: who may, one at a time, a pasted table, and which job starts count."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Role
from programs.models import QuarterlyOutcome, StartDefinition
from tests.factories.programs import (
    MembershipFactory,
    QuarterlyOutcomeFactory,
    SiteFactory,
    StartDefinitionFactory,
)
from tests.reviews.pages import error_beside, form_on, text_of
from tests.visits import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _november_2026(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 11, 23))


@pytest.fixture
def site():
    return SiteFactory()


@pytest.fixture
def managing(site):
    return signed_in(MembershipFactory(program=site.program, role=Role.PROGRAM_MANAGER.value).user)


def url(name: str, site, *more) -> str:
    return reverse(name, args=[site.pk, *more])


def rows(site) -> list[tuple]:
    return [
        (row.label, row.on_caseload, row.job_starts, row.in_work, row.starts_by_definition, row.note)
        for row in QuarterlyOutcome.objects.of_site(site)
    ]


def paste(client, site, text: str, **more):
    page = client.get(url("programs:paste_outcomes", site))
    fields = form_on(page, "form-1") | {"text": text, "go": "preview"} | more
    fields.pop("upload", None)
    return client.post(url("programs:paste_outcomes", site), fields)


def load(client, site, looked_at, **more):
    fields = form_on(looked_at, "form-1") | {"go": "load"} | more
    fields.pop("upload", None)
    return client.post(url("programs:paste_outcomes", site), fields)


# Who


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [
        (Role.PROGRAM_MANAGER, 200, 200),
        (Role.VIEWER, 200, 403),
        (Role.NETWORK_LEAD, 200, 403),
        (Role.PROGRAM_LEAD, 403, 403),
        (Role.PROGRAM_REVIEWER, 403, 403),
    ],
)
def test_managers_write_readers_of_reports_read_and_other_programs_see_nothing(site, role, reads, writes):
    row = QuarterlyOutcomeFactory(site=site)
    own = signed_in(MembershipFactory(program=site.program, role=role.value).user)
    other = signed_in(MembershipFactory(role=role.value).user)
    reading = [url("reports:outcomes", site), url("programs:outcomes_csv", site)]
    writing = [
        url("programs:add_quarter", site),
        url("programs:paste_outcomes", site),
        url("programs:quarter", site, row.pk),
        url("programs:delete_quarter", site, row.pk),
        url("programs:start_definition", site.program),
    ]

    assert [own.get(page).status_code for page in reading] == [reads] * len(reading)
    assert [own.get(page).status_code for page in writing] == [writes] * len(writing)
    assert {other.get(page).status_code for page in (*reading, *writing)} == {404}
    if writes == 403:
        assert {own.post(page).status_code for page in writing} == {403}
        assert QuarterlyOutcome.objects.count() == 1


def test_a_quarter_of_another_site_is_not_found_by_its_number(site, managing):
    other = QuarterlyOutcomeFactory(site=SiteFactory(program=site.program))

    assert managing.get(url("programs:quarter", site, other.pk)).status_code == 404
    assert managing.post(url("programs:delete_quarter", site, other.pk)).status_code == 404


# One quarter


def test_the_form_asks_for_the_last_quarter_that_is_over_and_keeps_what_is_typed(site, managing):
    fields = form_on(managing.get(url("programs:add_quarter", site)), "form-1")
    assert (fields["year"], fields["quarter"]) == ("2026", "3")

    typed = fields | {"on_caseload": "40", "in_work": "0", "job_starts": "", "note": "First one"}
    said = text_of(managing.post(url("programs:add_quarter", site), typed, follow=True))

    assert "2026 Q3 is saved." in said
    assert rows(site) == [("2026 Q3", 40, None, 0, None, "First one")]


def test_the_next_form_asks_for_the_quarter_after_the_latest(site, managing):
    QuarterlyOutcomeFactory(site=site, year=2025, quarter=4)

    fields = form_on(managing.get(url("programs:add_quarter", site)), "form-1")

    assert (fields["year"], fields["quarter"]) == ("2026", "1")


def test_a_quarter_that_runs_still_waits_for_its_end(site, managing, monkeypatch):
    QuarterlyOutcomeFactory(site=site, year=2026, quarter=3)
    page = url("programs:add_quarter", site)
    fields = form_on(managing.get(page), "form-1")
    assert (fields["year"], fields["quarter"]) == ("2026", "3")
    running = fields | {"quarter": "4", "on_caseload": "40"}

    told = "This quarter is not over yet. It can be entered from Jan. 1, 2027 on."
    answer = managing.post(page, running)
    assert answer.status_code == 422
    assert error_beside(answer, "quarter") == told
    assert told in text_of(paste(managing, site, "2026 Q4\t40"))
    assert len(rows(site)) == 1

    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2027, 1, 1))
    assert form_on(managing.get(page), "form-1")["quarter"] == "4"
    assert managing.post(page, running).status_code == 302


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"on_caseload": "twelve"}, "on_caseload"),
        ({"on_caseload": "-1"}, "on_caseload"),
        ({"on_caseload": ""}, "on_caseload"),
        ({"year": "2027", "on_caseload": "1"}, "quarter"),
        ({"year": "99999", "on_caseload": "1"}, "quarter"),
        ({"year": "2025", "quarter": "4", "on_caseload": "1"}, "quarter"),
        ({"job_starts": "2", "starts_by_definition": "3"}, "starts_by_definition"),
        ({"on_caseload": "1", "note": "x" * 501}, "note"),
    ],
)
def test_what_does_not_hold_is_said_beside_its_field_and_stays_typed(site, managing, typed, field):
    StartDefinitionFactory(program=site.program)
    QuarterlyOutcomeFactory(site=site, year=2025, quarter=4)
    page = url("programs:add_quarter", site)

    answer = managing.post(page, form_on(managing.get(page), "form-1") | typed)

    assert answer.status_code == 422
    assert error_beside(answer, field)
    assert form_on(answer, "form-1").items() >= typed.items()
    assert QuarterlyOutcome.objects.count() == 1


def test_more_in_work_than_on_the_caseload_is_kept_and_asked_about(site, managing):
    page = url("programs:add_quarter", site)
    typed = form_on(managing.get(page), "form-1") | {"on_caseload": "10", "in_work": "12"}

    said = text_of(managing.post(page, typed, follow=True))

    assert "More people in work than on the caseload" in said
    assert rows(site)[0][1:4] == (10, None, 12)


def test_a_quarter_that_someone_else_changed_is_not_overwritten_unseen(site, managing):
    row = QuarterlyOutcomeFactory(site=site, in_work=14)
    page = url("programs:quarter", site, row.pk)
    opened = form_on(managing.get(page), "form-1")
    managing.post(page, opened | {"in_work": "15"})

    answer = managing.post(page, opened | {"in_work": "16"})

    assert answer.status_code == 409
    assert "People in work: 15" in text_of(answer)
    assert form_on(answer, "form-1")["in_work"] == "16"
    assert rows(site)[0][3] == 15
    managing.post(page, form_on(answer, "form-1"))
    assert rows(site)[0][3] == 16


def test_a_quarter_is_deleted_once_confirmed_and_its_history_stays(site, managing):
    row = QuarterlyOutcomeFactory(site=site)
    assert QuarterlyOutcome.objects.count() == 1

    said = text_of(managing.post(url("programs:delete_quarter", site, row.pk), follow=True))

    assert "2026 Q1 is deleted." in said
    assert rows(site) == []
    kept = QuarterlyOutcome.pgh_event_models["delete"].objects.filter(pgh_obj_id=row.pk, pgh_label="delete")
    assert [one.on_caseload for one in kept] == [40]


# A table


def test_a_table_is_looked_at_before_anything_is_loaded(site, managing):
    QuarterlyOutcomeFactory(site=site)

    looked = paste(managing, site, "2026 Q1\t40\t6\t14\nQ2 2026\t41\t7\t15\n")

    assert looked.status_code == 200
    assert "2 quarters were read" in text_of(looked)
    assert len(rows(site)) == 1
    assert "1 quarter is new." in text_of(managing.get(load(managing, site, looked).url))
    assert rows(site)[1] == ("2026 Q2", 41, 7, 15, None, "")


def test_one_bad_row_keeps_the_whole_table_out(site, managing):
    looked = paste(managing, site, "2026 Q1\t40\t6\t14\n2026 Q2\tforty\t7\t15\n")

    assert looked.status_code == 422
    assert "1 row needs mending; nothing is loaded" in text_of(looked)
    assert "Line 2, People on the caseload: Write a whole number" in text_of(looked)
    assert load(managing, site, looked).status_code == 422
    assert rows(site) == []


@pytest.mark.parametrize(("how", "in_work"), [("keep", 14), ("replace", 20)])
def test_quarters_that_are_there_stay_or_are_replaced_as_chosen(site, managing, how, in_work):
    QuarterlyOutcomeFactory(site=site, note="Vacancy")

    looked = paste(managing, site, "Quarter,People in work\n2026 Q1,20\n2026 Q2,21\n")
    assert "1 quarter is entered already with other numbers" in text_of(looked)
    load(managing, site, looked, how=how)

    assert rows(site) == [("2026 Q1", 40, 6, in_work, None, "Vacancy"), ("2026 Q2", None, None, 21, None, "")]


def test_a_table_that_was_looked_at_before_someone_entered_a_quarter_is_looked_at_again(site, managing):
    looked = paste(managing, site, "2026 Q1\t40\t6\t20\n")
    QuarterlyOutcomeFactory(site=site)

    answer = load(managing, site, looked, how="replace")

    assert answer.status_code == 409
    assert "Nothing is loaded; please look at it once more." in text_of(answer)
    assert rows(site)[0][3] == 14
    load(managing, site, answer, how="replace")
    assert rows(site)[0][3] == 20


def test_the_download_can_be_pasted_back(site, managing):
    first = StartDefinitionFactory(program=site.program, kind=StartDefinition.Kind.FIRST_DAY)
    StartDefinitionFactory(program=site.program)
    QuarterlyOutcomeFactory(site=site, starts_by_definition=6, definition=first, note="=1+1, “so”")
    QuarterlyOutcomeFactory(site=site, quarter=2, on_caseload=None)
    before = [
        (*row, str(one.definition))
        for row, one in zip(rows(site), QuarterlyOutcome.objects.of_site(site), strict=True)
    ]

    text = managing.get(url("programs:outcomes_csv", site)).content.decode("utf-8-sig")
    assert "'=1+1" in text
    QuarterlyOutcome.objects.all().delete()
    load(managing, site, paste(managing, site, text))

    after = [
        (*row, str(one.definition))
        for row, one in zip(rows(site), QuarterlyOutcome.objects.of_site(site), strict=True)
    ]
    assert after == before


# Which starts count


def test_a_new_definition_counts_from_now_on_and_the_change_is_marked(site, managing):
    page = url("programs:start_definition", site.program)
    managing.post(page, {"kind": "first day"})
    load(managing, site, paste(managing, site, "2026 Q1,40,6,14,6\n"))
    managing.post(page, {"kind": "own", "words": "30 days", "source": "Contract, page 2"})
    load(managing, site, paste(managing, site, "2026 Q2,40,6,14,2\n"))

    said = text_of(managing.get(url("reports:outcomes", site)))

    kept = [str(row.definition) for row in QuarterlyOutcome.objects.of_site(site)]
    assert kept == ["Any paid competitive job, from the first day worked", "30 days"]
    assert "Counted by another definition from here: 30 days" in said
    assert "the numbers before and after cannot be compared" in said
    assert site.program.start_definitions.count() == 2


@pytest.mark.parametrize(
    ("typed", "field"),
    [({}, "kind"), ({"kind": "own", "source": "S"}, "words"), ({"kind": "own", "words": "W"}, "source")],
)
def test_own_words_ask_for_their_source(site, managing, typed, field):
    page = url("programs:start_definition", site.program)

    answer = managing.post(page, typed)

    assert answer.status_code == 422
    assert error_beside(answer, field) or (
        field == "kind" and "Choose which starts count." in text_of(answer)
    )
    assert not StartDefinition.objects.exists()
