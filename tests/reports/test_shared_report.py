"""A report by its link: who has it reads page and PDF, and nobody else anything; each look is kept."""

import logging
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reports.guessing import MOST, SECONDS
from reviews.actions.sharing import make_link, revoke_link
from reviews.models import SharedLink, SharedLinkUse, Stage
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ReviewFactory
from tests.reviews.pages import text_of
from tests.reviews.situations import issued, submitted_by
from tests.test_headers import POLICY, inline_parts, policy_of
from tests.visits import Visit, signed_in, visit_at

pytestmark = pytest.mark.django_db

PAGES = ("shared", "shared_pdf")
GONE = "This link does not open a report any more, or never did. Ask the person who sent it."


@pytest.fixture(autouse=True)
def _no_guesses_counted():
    """They are counted in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def visit() -> Visit:
    return visit_at(Stage.ISSUED)


@pytest.fixture
def new(visit):
    day = timezone.localdate() + timedelta(days=7)
    return make_link(review=visit.fresh(), label="A funder", last_day=day, by=visit.people["manager"])


def url(token: str, page: str = "shared") -> str:
    return reverse(f"reports:{page}", args=[token])


def uses() -> list[str]:
    return list(SharedLinkUse.objects.order_by("pk").values_list("what", flat=True))


# Reading


def test_whoever_has_the_link_reads_the_page_and_has_the_stored_pdf(visit, new):
    client, edition = Client(), visit.review.editions.get()

    page, pdf = client.get(url(new.token)), client.get(f"{url(new.token, 'shared_pdf')}?download")

    assert page.status_code == 200
    assert visit.review.site.name in text_of(page)
    assert "Edition 1.0, shared with you by link until" in text_of(page)
    assert f"{url(new.token, 'shared_pdf')}?download" in page.content.decode()
    assert (pdf.content, pdf["Content-Type"]) == (bytes(edition.pdf), "application/pdf")
    assert pdf["Content-Disposition"].startswith('attachment; filename="fidelity-review-')


def test_the_page_leads_to_its_pdf_and_the_check_of_a_file_alone_and_names_nobody_it_was_made_for(visit, new):
    source = Client().get(url(new.token)).content.decode()

    links = {part.split('"')[0] for part in source.split('href="')[1:]}
    assert {link for link in links if not link.startswith(("#", "/static/"))} == {
        f"{url(new.token, 'shared_pdf')}?download",
        reverse("reports:check"),
    }
    assert "A funder" not in source
    assert "<form" not in source


@pytest.mark.parametrize("page", PAGES)
def test_answers_are_private_and_set_no_cookie(new, page):
    answer = Client().get(url(new.token, page))

    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer
    assert answer.cookies == {}
    assert policy_of(answer) == POLICY
    if page == "shared":
        assert inline_parts(answer.content.decode()) == []


def test_reading_takes_few_queries(new):
    client = Client()
    client.get(url(new.token))

    with CaptureQueriesContext(connection) as seen:
        client.get(url(new.token))

    assert len(seen) <= 4


def test_nothing_is_sent_to_a_shared_page(new):
    for page in PAGES:
        assert Client().post(url(new.token, page)).status_code == 405
    assert uses() == []


# Closed


def test_a_wrong_an_expired_a_revoked_and_a_malformed_token_get_the_same_page(visit, new):
    manager = visit.people["manager"]
    revoked = make_link(review=visit.fresh(), label="B", last_day=new.link.last_day, by=manager)
    revoke_link(link=revoked.link, by=manager)
    wrong = ("x" * 43, "x", "x" * 4000, "%00", "%F0%28", "..", "<script>", revoked.token, new.token[:-1])

    def asked(tokens) -> set[tuple[int, int, bytes]]:
        found = set()
        for token in tokens:
            for address in (f"/shared/{token}/", f"/shared/{token}/report.pdf"):
                with CaptureQueriesContext(connection) as seen:
                    answer = Client().get(address)
                found.add((answer.status_code, len(seen), answer.content))
        return found

    closed = asked(wrong)
    with time_machine.travel(new.link.expires_at + timedelta(seconds=1)):
        closed |= asked([new.token])

    ((status, queries, content),) = closed
    assert (status, queries) == (404, 1)
    assert GONE in content.decode()
    assert uses() == []


def test_the_page_of_a_closed_link_is_private_too_and_does_not_say_its_address():
    answer = Client().get(url("some-token"))

    assert "some-token" not in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"].startswith("noindex")
    assert answer.cookies == {}
    assert policy_of(answer) == POLICY


def test_an_open_page_closes_with_the_revocation(visit, new):
    client = Client()
    assert client.get(url(new.token)).status_code == 200

    revoke_link(link=new.link, by=visit.people["manager"])

    assert [client.get(url(new.token, page)).status_code for page in PAGES] == [404, 404]


def test_guessing_is_stopped_for_a_while_and_lets_others_read(new):
    zone = timezone.get_current_timezone()
    with time_machine.travel(datetime.now(zone), tick=False) as clock:
        client = Client(REMOTE_ADDR="192.0.2.7")
        statuses = [client.get(url(f"guess-{number}")).status_code for number in range(MOST + 1)]
        assert statuses == [404] * MOST + [429]

        answer = client.get(url(new.token))
        assert (answer.status_code, answer["Retry-After"]) == (429, str(SECONDS))
        assert "Wait five minutes" in text_of(answer)
        assert Client(REMOTE_ADDR="192.0.2.8").get(url(new.token)).status_code == 200

        clock.shift(SECONDS + 1)
        assert client.get(url(new.token)).status_code == 200


# Who rates the site


def test_who_rates_the_site_now_does_not_find_its_last_report_by_a_link(visit, new):
    rating = ReviewFactory(site=visit.review.site)
    person = rating.members.get().user
    client = signed_in(person)

    answers = [client.get(url(new.token, page)) for page in PAGES]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert all("You are rating this site now." in text_of(answer) for answer in answers)
    assert not any(visit.review.site.name in text_of(answer) for answer in answers)
    assert uses() == []
    submitted_by(rating, person)
    assert client.get(url(new.token)).status_code == 200


def test_others_who_are_signed_in_read_it_without_their_own_pages_round_it(visit, new):
    person = UserFactory(name="Wilhelmina Sands")

    answer = signed_in(person).get(url(new.token))

    assert answer.status_code == 200
    assert person.name not in text_of(answer)


# Looks


def test_each_look_is_kept_and_what_nobody_looked_at_is_not(new):
    client = Client()
    client.get(url(new.token))
    client.get(url(new.token, "shared_pdf"))
    client.head(url(new.token))
    client.options(url(new.token))
    for header in ({"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}, {"X-Moz": "prefetch"}):
        assert client.get(url(new.token), headers=header).status_code == 200

    assert uses() == ["page", "pdf"]
    link = SharedLink.objects.with_use().get(pk=new.link.pk)
    assert (link.opened, link.last_opened_at) == (2, SharedLinkUse.objects.last().at)


def test_no_log_line_of_ours_holds_the_token(visit, new, caplog):
    with caplog.at_level(logging.DEBUG):
        Client().get(url(new.token))
        revoke_link(link=new.link, by=visit.people["manager"])
        make_link(review=visit.fresh(), label="B", last_day=new.link.last_day, by=visit.people["manager"])

    lines = [line.getMessage() for line in caplog.records if line.name.startswith(("reviews", "reports"))]
    assert any(line.startswith("shared link opened") for line in lines)
    assert not [line for line in lines if new.token in line]


def test_the_link_of_one_report_opens_no_other(visit, new):
    other = issued()

    assert other.site.name not in text_of(Client().get(url(new.token)))
    assert Client().get(reverse("reports:report", args=[visit.review.pk])).status_code == 302
