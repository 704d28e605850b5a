"""Blind until both are in: every address of the product, as every kind of person, in search of others' ratings."""

import re
import sys
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models.signals import post_init
from django.test import Client

from accounts.permissions import Role
from reports.document import to_json
from reports.projection import project
from reviews.actions.issuing import issue_review
from reviews.actions.rating import save_rating, submit_ratings
from reviews.models import ConsensusRating, Rating, RatingConflict, RatingSet, Review, Stage
from tests.factories.accounts import UserFactory
from tests.factories.programs import MembershipFactory
from tests.factories.reviews import ReviewFactory, rate_all
from tests.reviews.addresses import addresses
from tests.reviews.pages import HTMX, rate_url, save_item, text_of
from tests.reviews.situations import (
    YEAR_BEFORE,
    fresh,
    in_draft,
    joined,
    lead_of,
    stay_with_what_is_saved,
    submitted_by,
)

pytestmark = pytest.mark.django_db

CODES = ("caseload-size", "zero-exclusion", "community-based")
RATED = {"lead": 25, "other": 7, "observer": 3}
PROBE = {"score": "3", "revision": "0", "rationale": "A probe.", "facts-facts_revision": "0"}
BEFORE = "Marker of the review before"


def marker(name: str) -> str:
    return f"Marker of the {name}"


@dataclass
class Situation:
    review: Review
    people: dict[str, object]
    previous: Review

    def addresses(self) -> list[str]:
        site = self.review.site
        users = [self.people["lead"].pk, self.people["other"].pk]
        rows = [site.pk, site.program_id, site.program.organization_id, site.setting_id, *users]
        models = (Rating, RatingSet, RatingConflict, ConsensusRating, Review)
        return addresses(
            {
                "pk": sorted({self.review.pk, self.previous.pk, site.pk}),
                "code": CODES,
                "conflict": RatingConflict.objects.values_list("pk", flat=True),
                "major": [1],
                "minor": [0],
                "scale": [self.review.version.scale.code],
                "label": [self.review.version.label],
                "profile": [self.review.profile.code],
                "object_id": sorted(set(rows)),
                "id": users,
                "content_type_id": [ContentType.objects.get_for_model(model).pk for model in models],
                "app_label": ["accounts", "programs", "reviews"],
                "url": ["reviews/rating/", "reviews/review/"],
                "key": ["x"],
                "uidb36": ["1"],
            }
        )


def compose(review, edition, issued_at, issued_by):
    """The real data of an edition, and for its PDF the words one would look for."""
    document = project(review, edition=edition, made_at=issued_at, issued_by=issued_by)
    return to_json(document), f"%PDF-x {BEFORE}".encode()


@pytest.fixture
def situation():
    """The lead has submitted; the other reviewer and the observer have rated some items. A year ago is issued."""
    previous = in_draft(3, **YEAR_BEFORE)
    previous.consensus.update(rationale=f"{BEFORE}.", evidence=f"{BEFORE}.")
    issue_review(review=fresh(previous), by=lead_of(previous), compose=compose)
    review = ReviewFactory(site=previous.site)
    people = {
        "lead": lead_of(review),
        "other": joined(review, Role.REVIEWER),
        "observer": joined(review, Role.OBSERVER),
        "moderator": joined(review, Role.MODERATOR),
    }
    for role in (Role.PROGRAM_MANAGER, Role.VIEWER, Role.PROGRAM_LEAD, Role.PROGRAM_REVIEWER):
        people[role.value] = MembershipFactory(program=review.site.program, role=role.value).user
    for name in ("other", "observer"):
        # In sight of the report of the year before, were they not rating.
        MembershipFactory(program=review.site.program, user=people[name], role=Role.VIEWER.value)
    people |= {
        "superuser": UserFactory(is_superuser=True, is_staff=True),
        "user administrator": UserFactory(is_user_admin=True, is_staff=True),
        "scale administrator": UserFactory(is_scale_admin=True, is_staff=True),
        "stranger": UserFactory(),
    }
    for name, number in RATED.items():
        _rate(review, people[name], name, number)
    submit_ratings(review=fresh(review), by=people["lead"])
    return Situation(fresh(review), people, fresh(previous))


def _rate(review, person, name: str, number: int):
    codes = dict.fromkeys([*CODES, *review.version.item_ids()])
    words = dict.fromkeys(("rationale", "evidence", "recommendation"), f"{marker(name)}.")
    for code in list(codes)[:number]:
        values = {"score": RATED[name] % 4 + 1, **words}
        save_rating(review=fresh(review), item_code=code, values=values, based_on=0, by=person)
    if name == "lead":
        return  # Two open texts would keep the set from being submitted.
    other_window = {"rationale": f"{marker(name)}, second window."}
    kept = save_rating(review=fresh(review), item_code=CODES[0], values=other_window, based_on=0, by=person)
    assert kept.conflict is not None


@contextmanager
def loaded(model, key: str):
    """Values of `key` of all rows of a model that are read meanwhile."""
    seen = set()

    def note(instance, **kwargs):
        if key in instance.__dict__:
            seen.add(instance.__dict__[key])

    post_init.connect(note, sender=model)
    try:
        yield seen
    finally:
        post_init.disconnect(note, sender=model)


class Undo(Exception):
    """Takes back whatever a POST changed."""


def undone(client, method: str, url: str, **extra):
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    answer = None
    try:
        with transaction.atomic():
            answer = getattr(client, method)(url, **extra)
            raise Undo
    except Undo:
        for name, value in cookies.items():
            client.cookies[name] = value
    return answer


def ways(url: str):
    yield "get", {}
    yield "post", {"data": PROBE}
    if "/ratings/" in url:
        yield "get", HTMX
        yield "post", {"data": PROBE, **HTMX}
        yield "post", {"data": {"use": "kept"}}


def seek(situation, name: str | None):
    """Try every way as one person; yield what each answered, and which ratings were read for it."""
    client = Client(raise_request_exception=False)
    if name is not None:
        client.force_login(situation.people[name])
    for url in situation.addresses():
        for method, extra in ways(url):
            with loaded(Rating, "rating_set_id") as sets, loaded(ConsensusRating, "review_id") as agreed:
                answer = undone(client, method, url, **extra)
            yield f"{method} {url} as {name}", answer, sets, agreed


def content(answer) -> str:
    whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return whole.decode(errors="replace")


def own_counts(name: str) -> set[int]:
    """How far the ratings are, as a person may read it: none, or one's own; one less is ready beside two open texts."""
    return {0} | {RATED[name] + step for step in (-1, 0, 1)} if name in RATED else {0}


def counts(text: str) -> set[int]:
    """Numbers of items said to be rated, out of 25."""
    return {int(number) for number in re.findall(r"(\d+) of 25\b", text)}


def own_sets(situation, name) -> set[int]:
    person = situation.people.get(name)
    return (
        set(RatingSet.objects.filter(member__user=person).values_list("pk", flat=True)) if person else set()
    )


EVERYONE = [
    *RATED,
    "moderator",
    *(role.value for role in (Role.PROGRAM_MANAGER, Role.VIEWER, Role.PROGRAM_LEAD, Role.PROGRAM_REVIEWER)),
    "superuser",
    "user administrator",
    "scale administrator",
    "stranger",
    None,
]


RATING_NOW = ("other", "observer")


@pytest.mark.parametrize("name", EVERYONE)
def test_nobody_finds_others_ratings_nor_who_rates_the_review_before(situation, name, capsys):
    hidden = [marker(other) for other in RATED if other != name]
    hidden += [BEFORE] if name in RATING_NOW else []
    own, tried, finds_own = own_sets(situation, name), 0, False

    for way, answer, sets, agreed in seek(situation, name):
        tried += 1
        said = content(answer)
        finds_own |= marker(str(name)) in said
        assert answer.status_code < 500, way
        assert not [words for words in hidden if words in said], way
        assert sets <= own, f"{way}: ratings of someone else were read"
        assert counts(said) <= own_counts(name), way
        if name in RATING_NOW:
            assert situation.previous.pk not in agreed, f"{way}: scores of the review before were read"
            assert answer.headers.get("Content-Type") != "application/pdf", way

    assert tried > 200
    assert finds_own is (name in RATED)
    with capsys.disabled():
        sys.stdout.write(f"\n  {tried} ways as {name or 'nobody'}: nothing hidden was found\n")


@pytest.mark.parametrize("code", CODES)
def test_a_page_does_not_tell_that_a_colleague_has_rated_the_item(client, code):
    review = ReviewFactory()
    client.force_login(lead_of(review))
    before = text_of(client.get(rate_url(review, code)))
    colleague = Client()
    colleague.force_login(joined(review, Role.REVIEWER))

    save_item(colleague, review, code, score="4", rationale="Seen.")

    assert text_of(client.get(rate_url(review, code))) == before


REPORTS = ("report/", "report/1.0/", "report/1.0.pdf", "report/1.0.pdf?download")


@pytest.mark.parametrize("name", ["other", "observer"])
@pytest.mark.parametrize("path", REPORTS)
def test_the_report_of_the_review_before_is_closed_while_one_rates(situation, name, path, client):
    client.force_login(situation.people[name])

    assert client.get(f"/reviews/{situation.previous.pk}/{path}").status_code == 403


@pytest.mark.parametrize("path", REPORTS)
def test_the_report_of_the_review_before_opens_with_ones_own_submission(situation, path, client):
    submitted_by(situation.review, other := situation.people["other"], 4)
    client.force_login(other)

    assert client.get(f"/reviews/{situation.previous.pk}/{path}").status_code == 200


@pytest.mark.parametrize("path", REPORTS)
def test_the_report_of_the_review_before_is_open_to_those_who_do_not_rate(situation, path, client):
    client.force_login(situation.people[Role.VIEWER.value])

    answer = client.get(f"/reviews/{situation.previous.pk}/{path}")

    assert answer.status_code == 200
    assert BEFORE in content(answer)


def test_who_led_the_review_before_and_rates_again_does_not_read_it_meanwhile(client):
    lead = UserFactory()
    previous = in_draft(3, lead=lead, **YEAR_BEFORE)
    issue_review(review=previous, by=lead, compose=lambda *given: ("{}", b"%PDF-x"))
    ReviewFactory(site=previous.site, lead=lead)
    client.force_login(lead)

    for path in REPORTS:
        assert client.get(f"/reviews/{previous.pk}/{path}").status_code == 403


def test_once_both_are_in_the_team_sees_both_on_the_consensus_page(situation, client):
    review, people = situation.review, situation.people
    rate_all_but_keep_words(review, people["other"])

    submit_ratings(review=fresh(review), by=people["other"])

    assert fresh(review).stage == Stage.CONSENSUS
    for name in ("lead", "other"):
        client.force_login(people[name])
        page = client.get(f"/reviews/{review.pk}/consensus/")
        assert page.status_code == 200
        assert marker("lead") in text_of(page)
        assert marker("other") in text_of(page)
        assert marker("observer") not in text_of(page)


def rate_all_but_keep_words(review, person):
    """Rate what is still open; saves of what is rated already become conflicts, settled for what was saved."""
    rate_all(fresh(review), person, 4)
    stay_with_what_is_saved(review, person)


@pytest.mark.parametrize("name", ["observer", "moderator", Role.PROGRAM_MANAGER.value, "superuser"])
def test_in_consensus_only_those_who_agree_see_the_sets(situation, name):
    review, people = situation.review, situation.people
    rate_all_but_keep_words(review, people["other"])
    submit_ratings(review=fresh(review), by=people["other"])
    others = [marker(other) for other in RATED if other != name]
    own = own_sets(situation, name)

    for way, answer, sets, _ in seek(situation, name):
        assert not [words for words in others if words in content(answer)], way
        assert sets <= own, f"{way}: ratings of someone else were read"
