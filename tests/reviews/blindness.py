"""A review half rated, everyone who might look, and every way to look: what the tests of blindness try.

The lead has submitted; the other reviewer and the observer have rated some items. The review of the year before is
issued. Words and points of each are marked with whose they are.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property, lru_cache
from io import BytesIO
from zipfile import ZipFile

from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_init
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from accounts.permissions import Role
from programs.models import Membership
from reports.document import to_json
from reports.projection import project
from reviews.actions.issuing import issue_review
from reviews.actions.rating import save_rating, submit_ratings
from reviews.actions.sharing import make_link
from reviews.models import (
    Adaptation,
    AgendaEntry,
    ConsensusRating,
    Deadline,
    EvidenceNote,
    Goal,
    Influence,
    PastImport,
    Rating,
    RatingConflict,
    RatingSet,
    Result,
    Review,
    SharedLink,
    Sheet,
    TimetablePolicy,
)
from tests.factories.accounts import UserFactory
from tests.factories.influences import AdaptationFactory, InfluenceFactory
from tests.factories.past import past_result
from tests.factories.programs import MembershipFactory
from tests.factories.reviews import (
    AgendaEntryFactory,
    DeadlineFactory,
    EvidenceNoteFactory,
    ReviewFactory,
    rate_all,
)
from tests.reviews.addresses import addresses
from tests.reviews.pages import HTMX
from tests.reviews.situations import YEAR_BEFORE, fresh, in_draft, joined, lead_of, stay_with_what_is_saved

# Judged on facts, on words alone, on words, and specialist by specialist with points of one's own.
CODES = ("caseload-size", "zero-exclusion", "community-based", "employer-contact-quality")
RATED = {"lead": 25, "other": 7, "observer": 4}
OF_PROGRAM = (Role.PROGRAM_MANAGER, Role.VIEWER, Role.PROGRAM_LEAD, Role.PROGRAM_REVIEWER, Role.NETWORK_LEAD)
EVERYONE = [
    *RATED,
    "moderator",
    *(role.value for role in OF_PROGRAM),
    "superuser",
    "user administrator",
    "scale administrator",
    "stranger",
    None,
]
BEFORE = "Marker of the review before"
AGREED = "Marker of the agreed rating"
REOPENED = "Marker of the reason to reopen"

# What a request may carry, of every form that there is: enough for most to be taken.
PROBE = {
    "score": "3",
    "revision": "0",
    "rationale": "A probe.",
    "reason": "A probe.",
    "facts-facts_revision": "0",
    "use": "kept",
    "who": "x",
    "go": "stay",
    "kind": "barrier",
    "construct": "financing",
    "text": "A probe.",
    "what": "A probe.",
    "why": "A probe.",
    "planned": "planned",
    "core_kept": "yes",
}
ASKED = "?q=Marker&item=caseload-size&source=interview&page=1&pair=1-2&year=2026"


def marker(name: str) -> str:
    return f"Marker of the {name}"


def points_marker(name: str) -> str:
    return f"Points of the {name}"


@dataclass
class Situation:
    review: Review
    people: dict[str, object]
    previous: Review
    # Opens the report of the year before, to whoever has it and is not rating.
    token: str
    # Who has ratings of their own to submit, and so may not read the review of the year before.
    rating_now: tuple[str, ...] = ("other", "observer")
    rated: dict[str, int] = field(default_factory=lambda: dict(RATED))

    def addresses(self) -> list[str]:
        site = self.review.site
        users = [self.people["lead"].pk, self.people["other"].pk]
        rows = [site.pk, site.program_id, site.program.organization_id, site.setting_id, *users]
        reviews = {self.review.pk, self.previous.pk}
        found = addresses(
            {
                "pk": sorted({*reviews, site.pk}),
                "code": CODES,
                "bundle": [1],
                "quarter": [1],
                "threshold": [1],
                "past_import": PastImport.objects.values_list("pk", flat=True),
                "result": Result.objects.values_list("pk", flat=True),
                "version": [self.review.version_id],
                "form": ["csv"],
                "conflict": RatingConflict.objects.values_list("pk", flat=True),
                "sheet": [Sheet.SPECIALISTS, Sheet.JOBS],
                "note": EvidenceNote.objects.values_list("pk", flat=True),
                "record": [
                    *Influence.objects.values_list("pk", flat=True),
                    *Adaptation.objects.values_list("pk", flat=True),
                ],
                "entry": AgendaEntry.objects.values_list("pk", flat=True),
                "deadline": Deadline.objects.values_list("pk", flat=True),
                "policy": TimetablePolicy.objects.values_list("pk", flat=True)[:1],
                "major": [1],
                "minor": [0],
                "scale": [self.review.version.scale.code],
                "label": [self.review.version.label],
                "profile": [self.review.profile.code],
                "object_id": sorted(set(rows)),
                "id": users,
                "app_label": ["accounts", "programs", "reviews"],
                "url": ["reviews/rating/", "reviews/review/"],
                "key": ["x"],
                "token": [self.token],
                "goal": Goal.objects.values_list("pk", flat=True)[:2],
                "link": SharedLink.objects.values_list("pk", flat=True),
                "membership": Membership.objects.values_list("pk", flat=True)[:2],
                "uidb36": ["1"],
            }
        )
        # Of one number that is a site's and none of a review's, no review's address is asked.
        other = re.compile(rf"/reviews/(?!({'|'.join(map(str, sorted(reviews)))})/)[0-9]+/")
        return [address for address in found if not other.match(address)]

    def own_sets(self, name: str | None) -> set[int]:
        person = self.people.get(name)
        sets = RatingSet.objects.filter(member__user=person)
        return set(sets.values_list("pk", flat=True)) if person else set()

    def own_counts(self, name: str | None) -> set[int]:
        """How far the ratings are, as a person may read it: none, or one's own.

        One less is ready beside two open texts.
        """
        if name not in self.rated:
            return {0}
        return {0} | {self.rated[name] + step for step in (-1, 0, 1)}

    def hidden_from(self, name: str | None) -> list[str]:
        others = [other for other in RATED if other != name]
        words = [*map(marker, others), *map(points_marker, others)]
        return words + ([BEFORE] if name in self.rating_now else [])


def situation() -> Situation:
    previous = in_draft(3, **YEAR_BEFORE)
    previous.consensus.update(rationale=f"{BEFORE}.", evidence=f"{BEFORE}.")
    # The goal of its action plan.
    previous.consensus.filter(item__code=CODES[0]).update(priority=1, action=f"{BEFORE}.", target=5)
    issue_review(review=fresh(previous), by=lead_of(previous), compose=_compose, not_asked_because="A test.")
    review = ReviewFactory(site=previous.site)
    past_result(previous.site, source_note=f"{BEFORE}.", reviewers=f"{BEFORE}.")
    people = {
        "lead": lead_of(review),
        "other": joined(review, Role.REVIEWER),
        "observer": joined(review, Role.OBSERVER),
        "moderator": joined(review, Role.MODERATOR),
    }
    for role in OF_PROGRAM:
        people[role.value] = MembershipFactory(program=review.site.program, role=role.value).user
    for name in RATED:
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
    for name in ("lead", "other"):
        EvidenceNoteFactory(review=review, by=people[name])
    InfluenceFactory(review=review)
    AdaptationFactory(review=review)
    AgendaEntryFactory(review=review)
    DeadlineFactory(review=review)
    day, manager = timezone.localdate() + timedelta(days=7), people[Role.PROGRAM_MANAGER.value]
    shared = make_link(review=fresh(previous), label="A board", last_day=day, by=manager)
    return Situation(fresh(review), people, fresh(previous), shared.token)


def _compose(review, edition, issued_at, issued_by):
    """The real data of an edition, and for its PDF the words one would look for."""
    document = project(review, edition=edition, made_at=issued_at, issued_by=issued_by)
    return to_json(document), f"%PDF-x {BEFORE}".encode()


def _rate(review, person, name: str, number: int):
    codes = dict.fromkeys([*CODES, *review.version.item_ids()])
    words = dict.fromkeys(("rationale", "evidence", "recommendation", "departure_reason"), f"{marker(name)}.")
    for code in list(codes)[:number]:
        values = {"score": RATED[name] % 4 + 1, **words}
        if code == CODES[-1]:
            values["specialist_points"] = [{"label": points_marker(name), "value": "2"}]
        save_rating(review=fresh(review), item_code=code, values=values, based_on=0, by=person)
    if name == "lead":
        return  # Two open texts would keep the set from being submitted.
    other_window = {"rationale": f"{marker(name)}, second window."}
    kept = save_rating(review=fresh(review), item_code=CODES[0], values=other_window, based_on=0, by=person)
    assert kept.conflict is not None


def rate_the_rest(review, person):
    """Rate what is still open; saves of what is rated already become conflicts, settled for what was saved."""
    rate_all(fresh(review), person, 4)
    stay_with_what_is_saved(review, person)
    own = RatingSet.objects.get(member__review=review, member__user=person)
    own.ratings.filter(departure_reason="").update(departure_reason="Read twice.")


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
    """Ask, and take back what asking changed. A GET changes nothing: other tests hold every page to that."""
    if method == "get":
        return client.get(url, **extra)
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


PLAIN = (("get", "", {}), ("post", "", {"data": PROBE}))
ASKING_MORE = (("get", ASKED, HTMX), ("post", "", {"data": PROBE, **HTMX}))


def takes_more(url: str) -> bool:
    """Whether an address answers htmx and reads what stands behind its "?"."""
    return (
        url.startswith(("/reviews/", "/sites/", "/agreement/", "/timetables/", "/past-reviews/"))
        or url == "/"
    )


@dataclass(frozen=True)
class Look:
    """One way that was tried. `sets`, `agreed`: of which sets and reviews ratings were read, now or in the past."""

    way: str
    path: str
    answer: object
    sets: set[int]
    agreed: set[int]

    @cached_property
    def text(self) -> str:
        return content(self.answer)


def client_of(world: Situation, name: str | None) -> Client:
    cache.clear()
    client = Client(raise_request_exception=False)
    if name is not None:
        client.force_login(world.people[name])
    return client


def looks(world: Situation, name: str | None) -> Iterator[Look]:
    """Try every way as one person. What is not there, asked for plainly, is asked for in no other way."""
    client = client_of(world, name)
    for url in world.addresses():
        plain = [_look(client, name, url, way) for way in PLAIN]
        yield from plain
        if takes_more(url) and any(look.answer.status_code != 404 for look in plain):
            yield from (_look(client, name, url, way) for way in ASKING_MORE)


def _look(client: Client, name: str | None, url: str, way: tuple[str, str, dict]) -> Look:
    method, query, extra = way
    with (
        loaded(Rating, "rating_set_id") as sets,
        loaded(Rating.pgh_event_model, "rating_set_id") as past_sets,
        loaded(ConsensusRating, "review_id") as agreed,
        loaded(ConsensusRating.pgh_event_model, "review_id") as past_agreed,
    ):
        answer = undone(client, method, url + query, **extra)
    return Look(f"{method} {url}{query} as {name}", url, answer, sets | past_sets, agreed | past_agreed)


def content(answer) -> str:
    """What an answer says; of a PDF its text, of a Word document or a workbook what its parts say."""
    whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if whole.startswith(b"%PDF-1"):
        return _pdf_text(whole)
    if whole.startswith(b"PK"):
        with ZipFile(BytesIO(whole)) as package:
            whole = b"".join(map(package.read, package.namelist()))
    return whole.decode(errors="replace")


@lru_cache(maxsize=50)
def _pdf_text(file: bytes) -> str:
    """Reading a PDF takes long, and most ways lead to the same few."""
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(file)).pages)


def counts(text: str) -> set[int]:
    """Numbers of items said to be rated, out of 25."""
    return {int(number) for number in re.findall(r"(\d+) of 25\b", text)}
