"""What every answer tells the browser (our own files only, in no frame), and pages that keep to it."""

from html.parser import HTMLParser

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.permissions import Role
from reviews.models import Stage
from reviews.views.home import Home
from tests.factories.accounts import UserFactory
from tests.factories.programs import MembershipFactory, SiteFactory
from tests.visits import PAGES, signed_in, visit_at

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "img-src": ["'self'", "data:"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
EXECUTABLE = {"", "module", "text/javascript", "application/javascript"}


class InlineParts(HTMLParser):
    """Collects what the policy would refuse: script, style and handlers that stand in the page itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "script" and "src" not in given and (given.get("type") or "") in EXECUTABLE:
            self.found.append("<script> without src")
        if tag == "style":
            self.found.append("<style>")
        for name, value in attributes:
            if name == "style" or name.startswith("on"):
                self.found.append(f"<{tag} {name}={value!r}>")
            if name in ("href", "src", "action", "xlink:href") and (value or "").lower().startswith(
                "javascript:"
            ):
                self.found.append(f"<{tag} {name}={value!r}>")

    handle_startendtag = handle_starttag


def policy_of(answer) -> dict[str, list[str]]:
    parts = [part.split() for part in answer.headers["Content-Security-Policy"].split(";") if part.strip()]
    return {name: sorted(sources) for name, *sources in parts}


def inline_parts(html: str) -> list[str]:
    page = InlineParts()
    page.feed(html)
    page.close()
    return page.found


def problems(answer) -> list[str]:
    """What is wrong with the headers of an answer, and with its page if it is one."""
    found = []
    if answer.status_code >= 500:
        found.append(f"status {answer.status_code}")
    if "Content-Security-Policy" not in answer.headers or policy_of(answer) != POLICY:
        found.append(f"Content-Security-Policy: {answer.headers.get('Content-Security-Policy')}")
    if answer.headers.get("X-Frame-Options") != "DENY":
        found.append(f"X-Frame-Options: {answer.headers.get('X-Frame-Options')}")
    if answer.headers.get("X-Content-Type-Options") != "nosniff":
        found.append(f"X-Content-Type-Options: {answer.headers.get('X-Content-Type-Options')}")
    if answer.headers.get("Referrer-Policy") != "same-origin":
        found.append(f"Referrer-Policy: {answer.headers.get('Referrer-Policy')}")
    if answer.headers.get("Content-Type", "").startswith("text/html"):
        found += inline_parts(answer.content.decode())
    return found


def problems_by_page(client: Client, addresses) -> dict[str, list[str]]:
    return {address: found for address in addresses if (found := problems(client.get(address)))}


@pytest.fixture(autouse=True)
def _no_requests_counted():
    """allauth limits how often its pages are asked for, and counts in the cache."""
    cache.clear()


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ("<script>go()</script>", 1),
        ('<p style="color: red">', 1),
        ("<style>p { color: red }</style>", 1),
        ('<button onclick="go()">', 1),
        ('<a href="javascript:go()">', 1),
        ('<script src="/static/a.js" defer></script><a href="/">', 0),
        ('<script type="application/json" id="data">{}</script>', 0),
    ],
)
def test_inline_parts_are_found(html, count):
    assert len(inline_parts(html)) == count


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_email_verification_sent",
        "account_logout",
        "home",
        "admin:index",
        "admin:login",
    ],
)
def test_answers_to_strangers_keep_the_policy(name):
    assert problems(Client().get(reverse(name))) == []


def test_sign_in_page_with_an_error_keeps_the_policy():
    answer = Client().post(reverse("account_login"), {"login": "nobody@example.org", "password": "wrong"})

    assert answer.status_code == 200
    assert problems(answer) == []


@pytest.mark.parametrize("stage", [Stage.RATING, Stage.CONSENSUS, Stage.DRAFT, Stage.ISSUED])
def test_every_page_of_a_review_keeps_the_policy(stage):
    visit = visit_at(stage)
    client = signed_in(visit.people["lead"])

    assert problems_by_page(client, [visit.address(page) for page in PAGES]) == {}


@pytest.mark.parametrize("stage", [Stage.RATING, Stage.CONSENSUS, Stage.DRAFT])
def test_every_page_of_a_review_with_errors_keeps_the_policy(stage):
    visit = visit_at(stage)
    client = signed_in(visit.people["lead"])
    open_pages = {
        Stage.RATING: ["rate", "submit"],
        Stage.CONSENSUS: ["consensus"],
        Stage.DRAFT: ["draft", "issue"],
    }

    answers = [client.post(visit.address(page)) for page in open_pages[stage]]

    assert {answer.status_code for answer in answers} == {422}
    assert [problems(answer) for answer in answers] == [[]] * len(answers)


def test_part_of_a_page_that_a_save_sends_back_keeps_the_policy():
    visit = visit_at(Stage.RATING)
    client = signed_in(visit.people["reviewer"])

    answer = client.post(
        visit.address("rate"), {"score": "3", "revision": "0"}, headers={"HX-Request": "true"}
    )

    assert "<html" not in answer.content.decode()
    assert problems(answer) == []


@pytest.mark.parametrize(("stage", "page"), [(Stage.DRAFT, "draft_pdf"), (Stage.ISSUED, "edition_pdf")])
def test_pdf_keeps_the_policy(stage, page):
    visit = visit_at(stage)

    answer = signed_in(visit.people["lead"]).get(visit.address(page))

    assert answer.headers["Content-Type"] == "application/pdf"
    assert problems(answer) == []


def test_pages_across_reviews_keep_the_policy():
    visit = visit_at(Stage.ISSUED)
    planner = UserFactory(password="quiet-harbour-lantern-42")
    MembershipFactory(program=visit.review.site.program, role=Role.PROGRAM_LEAD.value, user=planner)
    version, profile = visit.review.version, visit.review.profile
    of_version = [version.scale.code, version.label]
    addresses = [
        reverse("home"),
        reverse("reviews:list"),
        reverse("reviews:plan"),
        reverse("reviews:site", args=[visit.review.site.pk]),
        reverse("reviews:library"),
        reverse("scales:version", args=of_version),
        reverse("scales:profile", args=[*of_version, profile.code]),
        reverse("account_change_password"),
        reverse("account_email"),
        reverse("account_logout"),
    ]

    assert {signed_in(planner).get(address).status_code for address in addresses} == {200}
    assert problems_by_page(signed_in(planner), addresses) == {}


def test_administration_keeps_the_policy():
    site = SiteFactory()
    root = User.objects.create_superuser("root@example.org")
    rows = {
        "accounts_user": root,
        "programs_program": site.program,
        "programs_site": site,
        "programs_organization": site.program.organization,
        "programs_setting": site.setting,
    }
    addresses = [reverse("admin:index"), reverse("admin:password_change"), reverse("admin:jsi18n")]
    for table, row in rows.items():
        addresses += [reverse(f"admin:{table}_{page}") for page in ("changelist", "add")]
        addresses += [
            reverse(f"admin:{table}_{page}", args=[row.pk]) for page in ("change", "history", "delete")
        ]

    assert problems_by_page(signed_in(root), addresses) == {}


# Refusals


def test_refused_page_keeps_the_policy():
    answer = signed_in(UserFactory()).get(reverse("reviews:plan"))

    assert answer.status_code == 403
    assert problems(answer) == []


def test_page_that_is_not_there_keeps_the_policy():
    for client in (Client(), signed_in(UserFactory())):
        answer = client.get("/nothing/here/")

        assert answer.status_code == 404
        assert problems(answer) == []


def test_answer_to_a_wrong_method_keeps_the_policy():
    answer = signed_in(UserFactory()).post(reverse("home"))

    assert answer.status_code == 405
    assert problems(answer) == []


def test_refusal_of_a_request_from_elsewhere_keeps_the_policy():
    answer = Client(enforce_csrf_checks=True).post(reverse("account_login"))

    assert answer.status_code == 403
    assert problems(answer) == []


def test_page_of_a_mistake_of_ours_keeps_the_policy(monkeypatch):
    def break_down(view, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(Home, "get_context_data", break_down)

    answer = signed_in(UserFactory()).get(reverse("home"))

    assert answer.status_code == 500
    assert problems(answer) == ["status 500"]
