"""Across sites a person finds what they may read, and no trace of anything else."""

import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from accounts.permissions import Role
from reports.across.views import PAGES
from reviews.models import Result, Stage
from tests.factories.accounts import UserFactory
from tests.factories.programs import ProgramFactory, SettingFactory, SiteFactory
from tests.factories.reviews import ReviewFactory
from tests.factories.scales import setting_profile
from tests.reports.across import reader_of, result, sites_of
from tests.reports.bundles import rate_again
from tests.reviews.situations import at_stage, in_draft, joined, submitted_by

pytestmark = pytest.mark.django_db

ADDRESSES = [*(reverse(name) for name, _title in PAGES), "/across.csv", "/across.xlsx"]
NOTHING = "There is no issued report that you may read yet."


def said(answer) -> str:
    if answer["Content-Type"].startswith("application/vnd"):
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    return answer.content.decode()


@pytest.mark.parametrize(
    ("role", "reads"),
    [
        (Role.PROGRAM_MANAGER, True),
        (Role.VIEWER, True),
        (Role.NETWORK_LEAD, True),
        (Role.PROGRAM_LEAD, False),
        (Role.PROGRAM_REVIEWER, False),
    ],
)
def test_a_role_in_the_program_sees_its_sites_if_it_reads_its_reports(client, role, reads):
    program = ProgramFactory()
    result(SiteFactory(program=program, name="Harbour Street"))
    client.force_login(reader_of(program, role=role))

    text = client.get("/across/").content.decode()

    assert ("Harbour Street" in text, NOTHING in text) == (reads, not reads)


def test_who_was_on_the_team_sees_the_review_and_no_earlier_one_of_the_site(client):
    """The change since a review that they may not read would tell its scores."""
    review = in_draft(4)
    result(review.site, 2, date(2020, 1, 1))
    moderator = joined(review, Role.MODERATOR)
    at_stage(review, Stage.ISSUED)
    client.force_login(moderator)

    (row,) = client.get("/across/").context["rows"]

    assert row.result.review_id == review.pk
    assert (row.before, row.change, {cell.change for cell in row.cells}) == (None, None, {None})


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_manager_finds_no_trace_of_another_program(client, address):
    own, other = (
        ProgramFactory(name="Bayside"),
        ProgramFactory(name="Zebulon", organization__name="Quorn Trust"),
    )
    for site in sites_of(own, 3, region="Coast"):
        result(site, 3)
    hidden = SiteFactory(
        program=other, name="Xanthe House", region="Outlands", setting=SettingFactory(code="quiet-wing")
    )
    result(hidden, 1, date(2019, 4, 1), profile=setting_profile("primary-care", "us"))
    client.force_login(reader_of(own, role=Role.PROGRAM_MANAGER))

    alone = said(client.get(address))
    for word in ("Zebulon", "Quorn", "Xanthe", "Outlands", "uiet", "US wording", "rimary care", "2019"):
        assert word not in alone
    assert "Coast" in alone or "across-pages" in alone

    def refused(field, value):
        answer = client.get(address, {field: value})
        return answer.status_code, answer.content.decode().partition("<main")[2]

    for field, theirs, unknown in (
        ("program", other.pk, 987654),
        ("region", "Outlands", "Nowhereland"),
        ("setting", "quiet-wing", "no-setting"),
        ("version", setting_profile("primary-care", "us").version_id, 987654),
        ("profile", "primary-care", "no-profile"),
    ):
        assert refused(field, theirs)[0] == 422
        assert refused(field, theirs) == refused(field, unknown)


def test_withdrawn_reports_do_not_count(client):
    program = ProgramFactory()
    one, other = sites_of(program, 2)
    result(one, 3)
    result(other, 3, date(2025, 1, 1))
    result(other, 5, date(2026, 1, 1))
    client.force_login(reader_of(program))
    Result.objects.filter(starts_on=date(2026, 1, 1)).update(stands=False)

    rows = client.get("/across/", {"order": "name"}).context["rows"]

    assert [row.result.starts_on.year for row in rows] == [2026, 2025]


def test_a_site_that_the_reader_is_rating_is_left_out_until_their_set_is_in(client):
    program = ProgramFactory()
    review = ReviewFactory(site=SiteFactory(program=program, name="Harbour Street"), scores=2)
    review = at_stage(review, Stage.ISSUED)
    result(SiteFactory(program=program, name="Lantern Road"), 4)
    reader = reader_of(program)
    again = rate_again(reader, review)
    client.force_login(reader)
    left_out = "Sites that you are rating now are left out"

    before = [said(client.get(address)) for address in ADDRESSES]
    submitted_by(again, reader)
    after = client.get("/across/").content.decode()

    assert all("Harbour" not in text for text in before)
    assert all(left_out in text for text in before[: len(PAGES)])
    assert "Lantern Road" in before[0]
    assert "Harbour Street" in after
    assert left_out not in after


def test_people_with_nothing_to_read_are_told_so_in_a_sentence(client):
    result(SiteFactory(name="Xanthe House"))
    client.force_login(UserFactory(is_scale_admin=True, is_user_admin=True, is_superuser=True))

    for address in ADDRESSES:
        answer = client.get(address, {"program": "1"})
        assert answer.status_code == 200
        assert NOTHING in answer.content.decode()
