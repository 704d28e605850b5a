"""The pages across sites: what a choice shows, what is said of few and of unlike ones, and how they bear many."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.across.views import PAGES
from reviews.independence import Label
from reviews.models import Kind
from tests.factories.programs import ProgramFactory, SettingFactory, SiteFactory
from tests.factories.scales import setting_profile
from tests.reports.across import reader_of, result, sites_of

pytestmark = pytest.mark.django_db

ACROSS = "/across/"
NAMES = [name for name, _title in PAGES]


def shown(client, query: str = "", page: str = ACROSS) -> dict:
    answer = client.get(f"{page}?{query}")
    assert answer.status_code == 200
    return answer.context


def site_names(client, query: str = "") -> list[str]:
    return [row.result.site.name for row in shown(client, query).get("rows", [])]


@pytest.fixture
def program():
    return ProgramFactory(name="Bayside")


@pytest.fixture
def reader(client, program):
    user = reader_of(program)
    client.force_login(user)
    return user


def test_filters_narrow_the_comparison(client, program, reader):
    north, south, other = (
        SiteFactory(program=program, name="North", region="Coast"),
        SiteFactory(program=program, name="South", region="Hills"),
        SiteFactory(program=program, name="Other", setting=SettingFactory(code="primary-care")),
    )
    result(north, 3, date(2025, 5, 1), kind=Kind.BASELINE)
    result(south, 4, date(2026, 1, 1), independence=Label.PEER)
    result(other, 2, date(2026, 2, 1), profile=setting_profile("primary-care", "us"))

    assert site_names(client) == ["Other", "North", "South"]
    assert site_names(client, "order=highest") == ["South", "North", "Other"]
    assert site_names(client, "order=name") == ["North", "Other", "South"]
    assert site_names(client, "region=Coast") == ["North"]
    assert site_names(client, "setting=primary-care") == ["Other"]
    assert site_names(client, "type=baseline") == ["North"]
    assert site_names(client, "type=follow-up&order=name") == ["Other", "South"]
    assert site_names(client, "independence=peer") == ["South"]
    assert site_names(client, "profile=primary-care") == ["Other"]
    assert site_names(client, f"version={setting_profile().version_id}&order=name") == ["North", "South"]
    assert site_names(client, "visits_from=2026-01-01&visits_to=2026-01-01") == ["South"]
    assert site_names(client, "region=Coast&setting=primary-care") == []


def test_self_assessments_are_in_only_where_asked_for_and_are_marked(client, program, reader):
    """Also one that was planned as a review, but rated by the service's own staff."""
    one, two, three = sites_of(program, 3)
    result(one, 4)
    result(two, 5, kind=Kind.SELF, independence=Label.SELF)
    result(three, 5, independence=Label.GUIDED)

    assert site_names(client) == ["Site 00"]
    assert site_names(client, "type=self-assessments") == ["Site 01", "Site 02"]
    together = shown(client, "type=with-self-assessments")
    assert [row.mark for row in together["rows"]] == ["", "Self-assessment", "Guided self-assessment"]
    for name in NAMES:
        text = client.get(reverse(name), {"type": "with-self-assessments"}).content.decode()
        assert "2 of these are self-assessments" in text


def test_a_self_assessment_is_not_what_a_review_is_compared_with(client, program, reader):
    (site,) = sites_of(program, 1)
    result(site, 3, date(2024, 1, 1))
    result(site, 5, date(2025, 1, 1), kind=Kind.SELF, independence=Label.SELF)
    result(site, 4, date(2026, 1, 1))

    (row,) = shown(client)["rows"]
    assert (row.change, row.before.starts_on.year) == (len(row.cells), 2024)
    (row,) = shown(client, "type=with-self-assessments")["rows"]
    assert (row.change, row.since) == (-len(row.cells), "since Jan 2025; then a self-assessment")


def test_changes_are_shown_item_by_item_and_order_the_sites(client, program, reader):
    codes = [item.code for item in setting_profile().version.to_spec().items]
    for site, now in zip(sites_of(program, 3), (3, {codes[0]: 1}, {codes[0]: None}), strict=True):
        result(site, 4, date(2025, 1, 1))
        result(site, now, date(2026, 1, 1))

    assert site_names(client, "order=fell") == ["Site 00", "Site 01", "Site 02"]
    assert site_names(client, "order=rose") == ["Site 01", "Site 00", "Site 02"]
    first, second, third = shown(client, "order=fell")["rows"]
    assert {cell.change for cell in first.cells} == {-1}
    assert [cell.change for cell in second.cells[:2]] == [-3, 1]
    assert third.change is None
    assert (third.cells[0].text, third.becomes != "") == ("n/r", True)


def test_fewer_than_five_sites_are_said_to_be_few_and_have_no_median(client, program, reader):
    first, *others = sites_of(program, 5)
    result(first, 4)
    for name in NAMES:
        assert "Only one site" in client.get(reverse(name)).content.decode()
    for site in others[:3]:
        result(site, 3)
    few = client.get(ACROSS).content.decode()
    result(others[3], 3)
    enough = client.get(ACROSS).content.decode()

    assert "Only four sites: no pattern can be read from so few" in few
    assert "Median" not in few
    assert "no pattern" not in enough
    assert "Median total 75." in enough


def test_unlike_settings_and_versions_carry_a_warning(client, program, reader):
    one, two = sites_of(program, 2)
    result(one)
    result(two, profile=setting_profile("primary-care"))
    settings = client.get(ACROSS).content.decode()
    result(two, on=date(2026, 6, 1), profile=setting_profile("community-mental-health", "us"))
    versions = client.get(ACROSS).content.decode()

    assert "different setting profiles: community mental health, primary care" in settings
    assert "different versions of the scale" not in settings
    assert "different setting profiles" not in versions
    assert "different versions of the scale" in versions


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("program", "999999", "Choose one of your programs."),
        ("region", "Nowhere", "Choose a region from the list."),
        ("type", "self-assessments", "Choose a type of review from the list."),
        ("order", "sideways", "Choose an order from the list."),
        ("visits_from", "last year", "Write a date, such as 2026-10-14, or leave it empty."),
    ],
)
def test_a_bad_value_is_named_beside_its_field_and_the_rest_is_kept(
    client, program, reader, field, value, says
):
    result(*sites_of(program, 1))
    for page in (ACROSS, "/across/items/", "/across.csv"):
        answer = client.get(page, {"visits_to": "2026-12-31", field: value})

        assert answer.status_code == 422
        text = answer.content.decode()
        assert f'aria-describedby="id_{field}_error"' in text
        assert text.count(says) == 2
        assert 'value="2026-12-31"' in text
        assert "Error:" in text.partition("</title>")[0]
        assert answer.context["comparison"] is None


def test_dates_the_wrong_way_round_are_refused(client, program, reader):
    result(*sites_of(program, 1))

    answer = client.get(ACROSS, {"visits_from": "2026-02-01", "visits_to": "2026-01-01"})

    assert answer.status_code == 422
    assert "This is before the first day." in answer.content.decode()


def test_a_choice_that_nothing_fits_says_so(client, program, reader):
    result(*sites_of(program, 1))
    for page in (*map(reverse, NAMES), "/across.xlsx"):
        answer = client.get(page, {"visits_from": "2030-01-01"})

        assert answer.status_code == 200
        assert "No review that you may read fits this choice." in answer.content.decode()


def test_sites_come_25_to_a_page_and_links_keep_the_choice(client, program, reader):
    for site in sites_of(program, 27, region="Coast"):
        result(site)

    first = client.get(ACROSS, {"region": "Coast", "order": "name"})
    second = client.get(ACROSS, {"region": "Coast", "order": "name", "page": "2"})

    assert len(first.context["rows"]) == 25
    assert "?region=Coast&amp;order=name&amp;page=2" in first.content.decode()
    assert [row.result.site.name for row in second.context["rows"]] == ["Site 25", "Site 26"]
    assert client.get(ACROSS, {"page": "99"}).context["page_obj"].number == 2


@pytest.mark.parametrize("name", [*NAMES, "reports:across_csv"])
def test_a_page_takes_the_same_queries_for_3_and_for_30_sites(
    client, program, reader, name, django_assert_num_queries
):
    sites = sites_of(program, 30)
    profiles = [setting_profile(), setting_profile("primary-care"), setting_profile("primary-care", "us")]

    def add(some) -> None:
        for place, site in enumerate(some):
            for year in (2024, 2025):
                result(site, 3, date(year, 1, 1), profile=profiles[place % 3], spreads=1)

    add(sites[:3])
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse(name))
    add(sites[3:])

    with django_assert_num_queries(len(few)):
        answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert 5 < len(few) <= 20
