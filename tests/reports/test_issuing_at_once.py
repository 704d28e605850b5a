"""Reading while a report is issued and corrected: a whole edition or none yet, never a part; and one edition each."""

from functools import partial
from threading import Event, Semaphore

import pytest
from django.test import Client
from django.urls import reverse

from reports.document import sha256
from reviews.actions.correcting import issue_correction
from reviews.models import Edition
from tests.at_once import at_once
from tests.factories.reviews import ReviewFactory
from tests.reports.steps import REASON, begun, correct, issue
from tests.reports.steps import compose_correction as compose_quickly
from tests.reviews.situations import fresh, lead_of

pytestmark = pytest.mark.django_db(transaction=True)

READERS = 10
# Of a stand-in PDF, so that it is not read in one piece.
LENGTH = 300_000


class Readers:
    """Ten people who open both editions while one is composed, again as it is kept, and once it is there."""

    def __init__(self, review) -> None:
        self.addresses = [reverse("reports:edition_pdf", args=[review.pk, 1, minor]) for minor in (0, 1)]
        self.clients = [Client(raise_request_exception=False) for _reader in range(READERS)]
        for client in self.clients:
            client.force_login(lead_of(review))
        self.have_read, self.done = Semaphore(0), Event()

    def while_one_does(self, step) -> list:
        """What `step` came to, then what each reader was answered. `step` takes what wraps its composing."""

        def doing():
            try:
                return step(self.around)
            finally:
                self.done.set()

        return at_once(doing, *(partial(self.read, client) for client in self.clients))

    def around(self, compose):
        def and_wait(*given):
            document, pdf = compose(*given)
            for _reader in self.clients:
                assert self.have_read.acquire(timeout=30)
            return document, pdf.replace(b"\n", b"\n" + b"x" * LENGTH + b"\n", 1)

        return and_wait

    def read(self, client) -> list:
        found = [self.answer(client, address) for address in self.addresses]
        self.have_read.release()
        found += [self.answer(client, address) for address in self.addresses]
        self.done.wait(timeout=30)
        return found + [self.answer(client, address) for address in self.addresses]

    @staticmethod
    def answer(client, address: str) -> tuple[str, int, bytes, str]:
        answer = client.get(address)
        return address, answer.status_code, answer.content, answer.get("ETag", "")


def check(review, outcomes) -> set[tuple[str, int]]:
    """Every answer is a whole file of an edition, or says that there is none; which of both there were."""
    editions = {edition.pdf_sha256: edition for edition in review.editions.all()}
    seen = set()
    for outcome in outcomes:
        assert isinstance(outcome, list), outcome
        for address, status, content, etag in outcome:
            seen.add((address.rpartition("/")[2], status))
            if status != 200:
                assert status in (403, 404)
                continue
            edition = editions[sha256(content)]
            assert etag == f'"{edition.pdf_sha256}"'
            assert address.endswith(f"{edition.number}.pdf")
            assert content.startswith(b"%PDF-")
            assert content.rstrip().endswith(b"%%EOF")
    return seen


def test_ten_readers_have_whole_files_while_one_issues_and_while_one_corrects():
    review = ReviewFactory(scores=4)

    edition, *outcomes = Readers(review).while_one_does(partial(issue, review.pk))

    assert isinstance(edition, Edition), edition
    seen = check(review, outcomes)
    assert {("1.0.pdf", 200), ("1.0.pdf", 403)} <= seen
    assert ("1.1.pdf", 200) not in seen

    begun(fresh(review), score=2)
    edition, *outcomes = Readers(review).while_one_does(partial(correct, review.pk))

    assert isinstance(edition, Edition), edition
    seen = check(review, outcomes)
    assert seen == {("1.0.pdf", 200), ("1.1.pdf", 404), ("1.1.pdf", 200)}


def test_leads_who_issue_and_correct_at_once_give_one_edition_each():
    review = ReviewFactory(scores=4)

    issued = at_once(*[lambda: issue(review.pk)] * 4)
    begun(fresh(review), score=2)
    revision = review.corrections.get().revision
    lead = lead_of(review)

    def correcting():
        return issue_correction(
            review=fresh(review), reason=REASON, based_on=revision, compose=compose_quickly, by=lead
        )

    corrected = at_once(*[correcting] * 4)

    assert sorted(type(one).__name__ for one in issued) == ["Edition", *["NotNow"] * 3]
    assert sorted(type(one).__name__ for one in corrected) == ["Edition", *["NotNow"] * 3]
    assert [edition.number for edition in review.editions.all()] == ["1.0", "1.1"]
