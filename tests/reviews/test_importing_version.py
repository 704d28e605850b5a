"""The scale version of old score sheets: the one that a person's programs use, and a word where a file fits another."""

import pytest
from django.utils import timezone

from reviews.models import ProgramScale
from tests.factories.accounts import UserFactory
from tests.factories.past import past_result
from tests.factories.programs import SiteFactory
from tests.factories.scales import scale_version
from tests.reviews.old_sheets import importer, row, uploaded, version
from tests.reviews.pages import text_of
from tests.reviews.test_importing_pages import START, page_of

pytestmark = pytest.mark.django_db

BETTER = "The headings of your file fit"


@pytest.fixture
def site():
    return SiteFactory(name="Quayside Surgery")


@pytest.fixture
def lead(site, client):
    user = importer(site)
    client.force_login(user)
    return user


def both() -> tuple:
    """The one that stands first in the list, and the other."""
    one, other = version(), scale_version("us")
    return (one, other) if one.published_at > other.published_at else (other, one)


def chosen(client, query: str = "") -> str:
    page = client.get(START + query).content.decode()
    option = page.split(" selected", 1)[0].rsplit("<option", 1)[1]
    return option.split('value="')[1].split('"')[0]


def choose(program, version):
    ProgramScale.objects.create(
        program=program, version=version, chosen_at=timezone.now(), chosen_by=UserFactory()
    )


@pytest.mark.parametrize("place", [0, 1])
def test_the_version_that_the_programs_use_stands_chosen(client, lead, site, place):
    wanted = both()[place]
    choose(site.program, wanted)
    choose(SiteFactory().program, both()[1 - place])

    assert chosen(client) == str(wanted.pk)


@pytest.mark.parametrize("wording", ["uk", "us"])
def test_else_that_of_their_latest_results_and_the_address_may_name_another(client, lead, site, wording):
    both()
    past_result(site, wording=wording)
    wanted, other = scale_version(wording), scale_version("us" if wording == "uk" else "uk")

    assert chosen(client) == str(wanted.pk)
    assert chosen(client, f"?version={other.pk}") == str(other.pk)
    assert chosen(client, "?version=none") == str(wanted.pk)


def test_headings_that_fit_another_version_better_are_told_with_the_way_to_it(client, lead, site):
    scale_version("us")
    own, other = version().to_spec(), scale_version("us").to_spec()
    titles = {item.number: item.title for item in own.items}
    differing = [item for item in other.items if item.title != titles[item.number]]
    assert differing
    cells = {f"{item.number}. {item.title}": 3 for item in other.items}
    sheet = {"Site": site.name, "First day": "2024-03-14", **cells}

    page = client.get(page_of(uploaded(lead, sheet), "columns/"))

    assert BETTER in text_of(page)
    assert f'href="{START}?version={scale_version("us").pk}#id_version"' in page.content.decode()
    assert BETTER not in text_of(client.get(page_of(uploaded(lead, row(site)), "columns/")))


def test_the_list_of_uploads_tells_two_of_a_day_apart_by_their_time(client, lead, site):
    past_import = uploaded(lead, row(site))
    type(past_import).objects.update(at=timezone.make_aware(timezone.datetime(2026, 3, 2, 14, 7)))

    assert "March 2, 2026, 2:07 p.m." in text_of(client.get(START))
