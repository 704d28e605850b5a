"""The total that a funder asks for: set with its source, valid for its time, and never in place of the band."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Role
from reviews.actions.funding_thresholds import CountsAlready, Typed, change_threshold
from reviews.models import FundingThreshold
from tests.factories.accounts import UserFactory
from tests.factories.programs import MembershipFactory, ProgramFactory, SiteFactory
from tests.factories.scales import setting_profile
from tests.reviews.pages import error_beside, form_on, text_of
from tests.visits import signed_in

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
JUNE, SEPTEMBER = date(2024, 6, 1), date(2024, 9, 1)


@pytest.fixture(autouse=True)
def _november_2026(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


@pytest.fixture
def spec():
    return setting_profile().version.to_spec()


@pytest.fixture
def scale(spec):
    return setting_profile().version.scale


@pytest.fixture
def program(scale):
    return ProgramFactory()


@pytest.fixture
def managing(program):
    return signed_in(MembershipFactory(program=program, role=Role.PROGRAM_MANAGER.value).user)


def threshold(program, scale, begins: date, points: int = 80, **more) -> FundingThreshold:
    return FundingThreshold.objects.create(
        program=program,
        scale=scale,
        points=points,
        source="Contract",
        valid_from=begins,
        by=UserFactory(),
        **more,
    )


def url(program) -> str:
    return reverse("reviews:threshold", args=[program.pk])


def changing(row) -> str:
    return reverse("reviews:change_threshold", args=[row.program_id, row.pk])


def typed(spec, **more) -> dict:
    return {
        "points": str(spec.highest_total - 1),
        "source": "Contract 2026, page 4",
        "valid_from": "2026-04-01",
    } | more


# Which one counts


def test_the_one_that_began_last_counts_until_it_ends(program, scale):
    first = threshold(program, scale, date(2024, 4, 1))
    second = threshold(program, scale, date(2025, 4, 1), ends_on=date(2025, 12, 31))
    threshold(ProgramFactory(), scale, date(2025, 6, 1))

    def on(day: date):
        return FundingThreshold.objects.in_force(program, scale, day)

    assert on(date(2024, 3, 31)) is None
    assert on(date(2024, 4, 1)) == on(date(2025, 3, 31)) == first
    assert on(date(2025, 4, 1)) == on(date(2025, 12, 31)) == second
    assert on(date(2026, 1, 1)) is None


def test_a_line_over_time_has_a_stretch_for_each_and_none_overlap(program, scale):
    threshold(program, scale, date(2025, 4, 1), 90, ends_on=date(2025, 12, 31))
    threshold(program, scale, date(2024, 4, 1), 80, ends_on=date(2025, 12, 31))
    threshold(program, scale, date(2026, 4, 1), 95)

    threshold(ProgramFactory(), scale, date(2025, 6, 1))

    rows = FundingThreshold.objects.stretches(program, scale)

    assert [(one.points, one.since, one.until) for one in rows] == [
        (80, date(2024, 4, 1), date(2025, 3, 31)),
        (90, date(2025, 4, 1), date(2025, 12, 31)),
        (95, date(2026, 4, 1), None),
    ]
    for one in rows:
        for day in filter(None, (one.since, one.until)):
            assert FundingThreshold.objects.in_force(program, scale, day).points == one.points


def test_those_of_many_programs_come_in_one_query(scale, django_assert_num_queries):
    programs = [ProgramFactory() for _ in range(3)]
    for program in programs[:2]:
        threshold(program, scale, date(2024, 4, 1))
    threshold(programs[0], scale, date(2025, 4, 1), 90)

    with django_assert_num_queries(1):
        found = FundingThreshold.objects.of_programs([one.pk for one in programs], scale, TODAY)

    assert {number: one.points for number, one in found.items()} == {programs[0].pk: 90, programs[1].pk: 80}


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"source": ""}, "a_threshold_has_a_source"),
        ({"ends_on": date(2025, 3, 31)}, "a_threshold_ends_on_or_after_its_first_day"),
    ],
)
def test_the_database_keeps_the_rules_of_a_threshold(program, scale, values, rule):
    row = threshold(program, scale, date(2025, 4, 1))

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        FundingThreshold.objects.filter(pk=row.pk).update(**values)
    with pytest.raises(IntegrityError, match="one_threshold_begins_on_a_day"), transaction.atomic():
        threshold(program, scale, date(2025, 4, 1))


# The page


@pytest.mark.parametrize(
    ("role", "reads", "sets"),
    [
        (Role.PROGRAM_MANAGER, 200, True),
        (Role.NETWORK_LEAD, 200, True),
        (Role.VIEWER, 200, False),
        (Role.PROGRAM_LEAD, 403, False),
        (Role.PROGRAM_REVIEWER, 403, False),
    ],
)
def test_who_reads_and_who_sets_it(program, scale, spec, role, reads, sets):
    row = threshold(program, scale, date(2025, 4, 1), spec.lowest_total)
    own = signed_in(MembershipFactory(program=program, role=role.value).user)
    other = signed_in(MembershipFactory(role=role.value).user)

    assert own.get(url(program)).status_code == reads
    assert own.get(changing(row)).status_code == (200 if sets else 403)
    assert own.post(url(program)).status_code == (422 if sets else 403)
    assert own.post(changing(row)).status_code == (422 if sets else 403)
    assert {other.get(page).status_code for page in (url(program), changing(row))} == {404}
    assert {other.post(page, typed(spec)).status_code for page in (url(program), changing(row))} == {404}
    if reads == 200:
        said = text_of(own.get(url(program)))
        assert ("Set this threshold" in said) == ("Change or end it" in said) == sets


def test_a_threshold_is_set_with_its_source_and_the_page_says_that_the_band_tells_fidelity(
    program, managing, spec
):
    page = managing.get(url(program))
    assert f"From {spec.lowest_total} to {spec.highest_total} on this scale." in text_of(page)

    said = text_of(managing.post(url(program), form_on(page, "form-1") | typed(spec), follow=True))

    assert "No score and no band is changed by it." in said
    assert "told by the band, never by this line" in said
    assert f"{spec.highest_total - 1}" in said
    assert "Contract 2026, page 4" in said
    assert FundingThreshold.objects.get().program == program


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"points": "above"}, "points"),
        ({"points": "below"}, "points"),
        ({"points": "many"}, "points"),
        ({"source": ""}, "source"),
        ({"valid_from": ""}, "valid_from"),
        ({"valid_from": "2025-04-01"}, "valid_from"),
        ({"ends_on": "2026-03-31"}, "ends_on"),
    ],
)
def test_what_does_not_hold_is_said_beside_its_field_and_stays_typed(
    program, scale, managing, spec, more, field
):
    threshold(program, scale, date(2025, 4, 1), spec.lowest_total)
    ends = {"above": str(spec.highest_total + 1), "below": str(spec.lowest_total - 1)}
    more = {name: ends.get(value, value) for name, value in more.items()}

    answer = managing.post(url(program), form_on(managing.get(url(program)), "form-1") | typed(spec, **more))

    assert answer.status_code == 422
    assert error_beside(answer, field)
    assert form_on(answer, "form-1").items() >= more.items()
    assert FundingThreshold.objects.count() == 1


def test_one_is_changed_or_ended_and_what_it_was_stays_in_its_history(program, scale, managing, spec):
    row = threshold(program, scale, date(2025, 4, 1), spec.lowest_total)
    opened = form_on(managing.get(changing(row)), "form-1")

    managing.post(changing(row), opened | {"ends_on": "2026-11-22"})
    row.refresh_from_db()

    assert row.ends_on == TODAY - timedelta(days=1)
    said = text_of(managing.get(url(program)))
    assert "None is valid today" in said
    assert "Nov. 22, 2026" in said
    history = FundingThreshold.pgh_event_models["update"].objects.filter(
        pgh_obj_id=row.pk, pgh_label="update"
    )
    assert [one.ends_on for one in history] == [None]
    answer = managing.post(changing(row), opened | {"points": str(spec.highest_total)})
    assert answer.status_code == 409
    managing.post(changing(row), form_on(answer, "form-1"))
    row.refresh_from_db()
    assert (row.points, row.ends_on) == (spec.highest_total, None)


def test_one_of_another_program_is_not_found_by_its_number(scale, managing, program):
    other = threshold(ProgramFactory(), scale, date(2025, 4, 1))

    assert managing.get(reverse("reviews:change_threshold", args=[program.pk, other.pk])).status_code == 404


def test_the_number_of_queries_does_not_grow_with_thresholds(program, scale, managing):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert managing.get(url(program)).status_code == 200
        return len(seen)

    threshold(program, scale, date(2000, 4, 1))
    few = queries()
    for year in range(2001, 2012):
        threshold(program, scale, date(year, 4, 1))

    assert queries() == few


def test_the_page_leads_back_to_the_sites_of_the_program(program, scale, managing):
    site = SiteFactory(program=program)
    back = (
        managing.get(url(program))
        .content.decode()
        .split('class="eyebrow"')[1]
        .split('href="')[1]
        .split('"')[0]
    )

    assert site.name in text_of(managing.get(back))


# One after another


def asked(client, program, spec, **more):
    page = client.get(url(program))
    return client.post(url(program), form_on(page, "form-1") | typed(spec, **more))


def test_one_that_follows_an_open_one_ends_it_and_the_page_says_so(program, scale, managing, spec):
    threshold(program, scale, date(2024, 4, 1), 80)

    answer = managing.post(
        url(program), form_on(managing.get(url(program)), "form-1") | typed(spec), follow=True
    )

    assert "The threshold of 80 before it now ends the day before, on March 31, 2026." in text_of(answer)
    assert FundingThreshold.objects.in_force(program, scale, date(2026, 3, 31)).points == 80


def test_one_after_an_ended_one_says_nothing_of_it(program, scale, managing, spec):
    threshold(program, scale, JUNE, 80, ends_on=SEPTEMBER)

    answer = managing.post(
        url(program),
        form_on(managing.get(url(program)), "form-1") | typed(spec, valid_from="2024-09-02"),
        follow=True,
    )

    assert "is saved" in text_of(answer)
    assert "before it now ends" not in text_of(answer)


@pytest.mark.parametrize(
    ("begins", "ends", "field"),
    [
        ("2024-07-01", "", "valid_from"),
        ("2024-09-01", "", "valid_from"),
        ("2024-07-01", "2024-07-31", "valid_from"),
        ("2024-05-01", "2024-06-01", "ends_on"),
        ("2024-05-01", "2024-12-31", "ends_on"),
    ],
)
def test_one_that_cuts_into_another_is_refused_beside_the_day(
    program, scale, managing, spec, begins, ends, field
):
    threshold(program, scale, JUNE, 80, ends_on=SEPTEMBER)

    answer = asked(managing, program, spec, valid_from=begins, ends_on=ends)

    assert answer.status_code == 422
    assert error_beside(answer, field) == (
        "From June 1, 2024 to Sept. 1, 2024 the threshold of 80 counts already. End it first, or choose other days."
    )
    assert form_on(answer, "form-1").items() >= {"valid_from": begins, "ends_on": ends}.items()
    assert FundingThreshold.objects.count() == 1


def test_one_between_an_open_one_and_the_next_waits_until_the_open_one_is_ended(
    program, scale, managing, spec
):
    open_one = threshold(program, scale, date(2024, 4, 1), 80)
    threshold(program, scale, date(2026, 1, 1), 90)

    answer = asked(managing, program, spec, valid_from="2025-01-01")
    assert "to Dec. 31, 2025 the threshold of 80 counts already" in error_beside(answer, "valid_from")

    managing.post(
        changing(open_one), form_on(managing.get(changing(open_one)), "form-1") | {"ends_on": "2024-12-31"}
    )
    assert asked(managing, program, spec, valid_from="2025-01-01").status_code == 302


def test_one_with_an_end_does_not_reach_into_one_without(program, scale, managing, spec):
    threshold(program, scale, JUNE, 80)

    answer = asked(managing, program, spec, valid_from="2024-01-01", ends_on="2024-06-30")

    assert error_beside(answer, "ends_on").startswith(
        "From June 1, 2024 on the threshold of 80 counts already."
    )
    assert asked(managing, program, spec, valid_from="2024-01-01").status_code == 302


def test_the_first_day_of_one_is_mended_beside_the_one_it_follows(program, scale, spec):
    threshold(program, scale, date(2024, 4, 1), spec.lowest_total)
    second = threshold(program, scale, date(2025, 4, 1), spec.lowest_total)
    threshold(program, scale, date(2026, 4, 1), spec.lowest_total, ends_on=date(2026, 12, 31))
    by = MembershipFactory(program=program, role=Role.PROGRAM_MANAGER.value).user

    def moved(row, begins: date):
        new = Typed(points=row.points, source=row.source, valid_from=begins)
        return change_threshold(threshold=row, typed=new, based_on=row.revision, by=by)

    assert moved(second, date(2025, 5, 1)).valid_from == date(2025, 5, 1)
    with pytest.raises(CountsAlready):
        moved(second, date(2026, 5, 1))
