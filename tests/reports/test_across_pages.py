"""The pages across sites: what a choice shows, what is said of few and of unlike ones, and how they bear many."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.permissions import Role
from reports import urls
from reports.across.views import PAGES
from reviews.independence import Label
from reviews.models import Kind
from tests.factories.programs import ProgramFactory, SettingFactory, SiteFactory
from tests.factories.scales import setting_profile
from tests.reports.across import reader_of, result, sites_of
from tests.reports.trends import two_reviews
from tests.reviews.pages import text_of
from tests.reviews.situations import in_program, lead_of

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


def test_the_warning_about_settings_leads_to_the_open_part_of_the_same_choice(client, program, reader):
    one, two, three = sites_of(program, 3, region="Coast")
    result(one, 5)
    result(two, 2)
    result(three, 3, profile=setting_profile("primary-care"))

    page = client.get(ACROSS, {"region": "Coast", "order": "name"})

    assert '/across/items/?region=Coast&amp;order=name"' in page.content.decode()
    assert '/across/?region=Coast&amp;order=open#by-site"' in page.content.decode()
    rows = shown(client, "region=Coast&order=open")["rows"]
    most_open_first = [row.result.open_highest for row in rows]
    assert most_open_first == sorted(most_open_first, reverse=True)
    assert (rows[-1].result.site.name, rows[-1].open) == ("Site 00", "0")
    for row in rows:
        assert f'<td class="open">{row.open}</td>' in page.content.decode()


def test_a_change_that_cannot_be_known_is_said_to_be_not_comparable(client, program, reader):
    code = setting_profile().version.to_spec().items[0].code
    (site,) = sites_of(program, 1)
    result(site, 4, date(2025, 1, 1))
    before = text_of(client.get(ACROSS))
    result(site, {code: None}, date(2026, 1, 1))
    after = text_of(client.get(ACROSS))

    assert "ot comparable" not in before
    assert "not comparable since Jan 2025" in after
    assert "Not comparable: one of the two totals is a range" in after


def test_agreement_says_on_how_many_reviews_it_rests(client, program, reader):
    sites = sites_of(program, 8)
    for place, site in enumerate(sites):
        result(site, spreads=0 if place < 2 else None)

    few = text_of(client.get("/across/agreement/"))
    for site in sites[:5]:
        result(site, on=date(2026, 6, 1), spreads=1)
    enough = text_of(client.get("/across/agreement/"))

    assert "Scored by two or more people here: 2 of 8 reviews." in few
    assert "6 come from old score sheets, without the scores of each person." in few
    assert "Few reviews: the next one can change every figure here." in few
    assert "Scored by two or more people here: 5 of 8 reviews." in enough
    assert "Few reviews" not in enough


def test_the_key_of_the_colours_carries_the_scores_and_a_narrow_page_folds_change_and_band(
    client, program, reader
):
    (site,) = sites_of(program, 1)
    result(site, 3)

    page = client.get(ACROSS)

    assert page.context["key"] == [(0, "1"), (1, "2"), (2, "3"), (3, "4"), (4, "5")]
    assert '<i class="level-2">3</i>' in page.content.decode()
    total = page.content.decode().partition('<td class="total">')[2].partition("</td>")[0]
    assert '<span class="of folded">first review</span>' in total
    assert f'<span class="of folded">{page.context["rows"][0].band}</span>' in total


def test_across_sites_stands_once_in_the_menu_and_once_among_the_addresses(client, reader):
    names = [pattern.name for pattern in urls.urlpatterns]

    assert client.get("/").content.decode().count(">Across sites</a>") == 1
    assert sorted(names) == sorted(set(names))


def test_who_reads_the_reviews_of_their_teams_alone_is_not_told_that_one_is_the_first(client):
    newest = two_reviews()
    client.force_login(lead_of(newest))
    own = text_of(client.get(ACROSS))
    client.force_login(in_program(newest, Role.VIEWER))

    assert "the first that you may read" in own
    assert "first review" not in own
    assert "the first that you may read" not in text_of(client.get(ACROSS))


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
