"""The pages by which a lead corrects an issued report and withdraws an edition, and what readers see meanwhile."""

import io

import pytest
from django.core.cache import cache
from django.urls import reverse
from pypdf import PdfReader

from accounts.permissions import Role
from reviews.models import Edition, Review
from tests.factories.accounts import PASSWORD
from tests.reports.reviews import issued_report, sign_in_lead
from tests.reports.steps import begun, correct, withdraw
from tests.reviews.pages import error_beside, form_on, text_of
from tests.reviews.situations import fresh, in_program

pytestmark = pytest.mark.django_db

CODE = "caseload-size"
CONFIRMED = {"reason": "The log was read wrongly.", "password": PASSWORD}
WORDS = {"rationale": "Read again.", "evidence": "", "recommendation": "", "strength": "Caseloads are small"}


@pytest.fixture(autouse=True)
def _no_tries_counted():
    cache.clear()


@pytest.fixture
def review(client, monkeypatch):
    """Issued with a stand-in for its PDF, and its lead signed in."""
    with monkeypatch.context() as quickly:
        quickly.setattr("reports.editions.write_pdf", lambda document: b"%PDF-1.0")
        review = issued_report()
    sign_in_lead(client, review)
    return review


@pytest.fixture
def quick_pdf(monkeypatch):
    """A stand-in that tells what it was made of."""
    monkeypatch.setattr(
        "reports.editions.write_pdf",
        lambda document: f"%PDF- {document.edition} {document.withdrawn}".encode(),
    )


def address(name: str, review, **extra) -> str:
    return reverse(f"reports:{name}", kwargs={"pk": review.pk, **extra})


def edition(minor: int) -> dict:
    return {"major": 1, "minor": minor}


def test_a_correction_goes_from_its_beginning_to_edition_1_1(client, review, quick_pdf):
    reader = in_program(review, Role.PROGRAM_MANAGER)
    pages = {
        name: address(name, review)
        for name in ("report", "correct", "preview_correction", "issue_correction")
    }
    assert pages["correct"] in client.get(pages["report"]).content.decode()
    assert client.post(pages["correct"]).url == pages["correct"]
    item = address("correct_item", review, code=CODE)
    form = client.get(item)
    assert "As issued: 4" in text_of(form)

    saved = client.post(item, WORDS | {"score": "2", "revision": "0"})

    assert saved.url == pages["correct"]
    listed = text_of(client.get(pages["correct"]))
    assert "Section total 12/15 10/15" in listed
    assert "corrected" in listed
    assert "98 of 125" in text_of(client.get(pages["preview_correction"]))
    client.force_login(reader)
    meanwhile = text_of(client.get(pages["report"]))
    assert "100 of 125" in meanwhile
    assert "Edition 1.1" not in meanwhile
    history = reverse("reviews:history", args=[review.pk])
    assert "began a correction" not in text_of(client.get(history))
    sign_in_lead(client, review)
    assert "Read again." in text_of(client.get(pages["issue_correction"]))

    issued = client.post(pages["issue_correction"], CONFIRMED | {"revision": "1"})

    assert issued.url == pages["report"]
    assert [one.number for one in review.editions.all()] == ["1.0", "1.1"]
    client.force_login(reader)
    assert "issued a corrected edition" in text_of(client.get(history))
    now = text_of(client.get(pages["report"]))
    assert "98 of 125" in now
    assert "Edition 1.1 corrects edition 1.0 of" in now
    assert "The log was read wrongly." in now
    before = text_of(client.get(address("edition", review, **edition(0))))
    assert "100 of 125" in before
    assert "corrects this one. Read edition 1.1" in before


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"reason": "", "password": PASSWORD}, "Say why the report is corrected."),
        ({"reason": "Kept words.", "password": "wrong"}, "This is not your password."),
    ],
)
def test_a_correction_is_not_issued_without_reason_and_password(client, review, quick_pdf, sent, told):
    begun(review, score=2)

    response = client.post(address("issue_correction", review), sent | {"revision": "1"})

    assert response.status_code == 422
    assert told in text_of(response)
    assert sent["reason"] in response.content.decode()
    assert Edition.objects.count() == 1


def test_what_changed_elsewhere_is_told_and_goes_through_when_sent_again(client, review, quick_pdf):
    begun(review, score=2)
    item = address("correct_item", review, code=CODE)
    sent = WORDS | {"score": "3", "revision": "0"}

    told = client.post(item, sent)

    assert told.status_code == 422
    assert "changed elsewhere" in text_of(told)
    assert "Read again." in told.content.decode()
    assert 'name="revision" value="1"' in told.content.decode()
    assert client.post(item, sent | {"revision": "1"}).status_code == 302
    assert review.corrections.get().items.get().score == 3


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"score": ""}, "Choose a score"),
        ({"score": "9"}, "9 is not one of the available choices"),
        ({"score": "none"}, "Say why the item is not rated."),
        ({"score": "none", "unrated_code": "other"}, "Write the reason in your words."),
    ],
)
def test_what_is_wrong_with_a_corrected_item_is_told_beside_it(client, review, sent, told):
    client.post(address("correct", review))

    response = client.post(address("correct_item", review, code=CODE), WORDS | sent | {"revision": "0"})

    assert response.status_code == 422
    assert told in text_of(response)
    assert "Read again." in response.content.decode()
    assert not review.corrections.get().items.exists()


def test_a_correction_is_dropped(client, review):
    begun(review, score=2)

    response = client.post(address("drop_correction", review), follow=True)

    assert "The report stays as it was issued." in text_of(response)
    assert not review.corrections.get().is_open


def test_an_item_that_is_not_on_the_scale_is_not_found(client, review):
    client.post(address("correct", review))

    assert client.get(address("correct_item", review, code="no-such-item")).status_code == 404


def test_page_1_and_how_the_review_was_done_are_corrected_and_a_reader_is_told(client, review, quick_pdf):
    Review.objects.filter(pk=review.pk).update(interviews=3, not_seen="Night shifts.")
    client.post(address("correct", review))
    page = address("correct_summary", review)
    shown = form_on(client.get(page), "form-1")
    assert (shown["interviews"], shown["not_seen"]) == ("3", "Night shifts.")
    assert "As issued: What was not seen Night shifts." in text_of(client.get(page))
    sent = shown | {"summary": "Line 1\r\nLine 2", "interviews": "30", "not_seen": "The team meeting."}

    assert client.post(page, sent).url == address("correct", review)

    correction = review.corrections.get()
    assert correction.summary == "Line 1\nLine 2"
    assert fresh(review).interviews == 3
    listed = text_of(client.get(address("correct", review)))
    assert "Line 1" in listed
    assert "Page 1 and how the review was done corrected" in listed
    client.post(address("issue_correction", review), CONFIRMED | {"revision": "1"})
    told = text_of(client.get(address("report", review)))
    assert "Interviews – 30" in told
    assert "What was not seen – The team meeting." in told
    now = fresh(review)
    assert (now.summary, now.interviews, now.not_seen) == ("Line 1\nLine 2", 30, "The team meeting.")


@pytest.mark.parametrize(
    ("field", "typed"), [("interviews", "-1"), ("records", "1000"), ("observations", "two")]
)
def test_what_is_wrong_with_a_corrected_count_is_told_beside_it(client, review, field, typed):
    client.post(address("correct", review))
    page = address("correct_summary", review)
    sent = form_on(client.get(page), "form-1") | {"summary": "Kept words.", field: typed}

    response = client.post(page, sent)

    assert response.status_code == 422
    assert error_beside(response, field)
    assert form_on(response, "form-1") == sent
    assert not review.corrections.get().corrects_anything


def test_page_1_changed_elsewhere_is_told_and_goes_through_when_sent_again(client, review):
    client.post(address("correct", review))
    page = address("correct_summary", review)
    sent = form_on(client.get(page), "form-1")
    client.post(page, sent | {"records": "4"})

    told = client.post(page, sent | {"records": "5"})

    assert (told.status_code, "changed elsewhere" in text_of(told)) == (422, True)
    assert client.post(page, form_on(told, "form-1")).status_code == 302
    assert review.corrections.get().records == 5


def test_a_score_corrected_up_to_its_target_is_told_what_to_choose(client, review):
    first = review.consensus.get(priority=1)
    client.post(address("correct", review))
    item = address("correct_item", review, code=first.item.code)
    sent = WORDS | {"revision": "0", "action": "Keep them small."}

    at_the_top = client.post(item, sent | {"score": "5", "target": "5"})
    reached = client.post(item, sent | {"score": "3", "target": "3"})

    assert (at_the_top.status_code, reached.status_code) == (422, 422)
    assert "The score is at the top already: choose no target." in text_of(at_the_top)
    assert "The score is 3 already: choose a higher target or none." in text_of(reached)
    assert client.post(item, sent | {"score": "5", "target": ""}).status_code == 302
    row = review.corrections.get().items.get()
    assert (row.score, row.target) == (5, None)


def test_where_no_edition_holds_none_is_said_to_be_out_and_none_is_shared(client, review, quick_pdf):
    share = reverse("reviews:share", args=[review.pk])
    manager = in_program(review, Role.PROGRAM_MANAGER)
    assert "The edition that is out stays as it is" in text_of(client.get(address("correct", review)))
    withdraw(review.editions.get())

    told = text_of(client.get(address("correct", review)))
    client.force_login(manager)
    report = client.get(address("report", review)).content.decode()

    assert "The edition that is out" not in told
    assert "No edition holds now" in told
    assert share not in report
    begun(review, score=2)
    correct(review.pk)
    for page in (address("report", review), address("edition", review, **edition(0))):
        assert share in client.get(page).content.decode()


def test_a_withdrawn_edition_says_so_wherever_it_is_met(client, review, quick_pdf):
    stored = Edition.objects.values().get()
    page = address("withdraw", review, **edition(0))
    assert "this review has no report to go by" in text_of(client.get(page))

    wrong = client.post(page, CONFIRMED | {"password": "wrong"})
    assert (wrong.status_code, "This is not your password." in text_of(wrong)) == (422, True)
    response = client.post(page, CONFIRMED, follow=True)

    text = text_of(response)
    assert "This edition no longer holds. No other edition takes its place yet." in text
    assert "The log was read wrongly." in text
    pdf = client.get(address("edition_pdf", review, **edition(0)))
    assert b"WithdrawnLine" in pdf.content
    assert "edition-1.0-WITHDRAWN.pdf" in pdf["Content-Disposition"]
    assert pdf["ETag"] != f'"{stored["pdf_sha256"]}"'
    assert (
        "edition-1.0-WITHDRAWN.csv"
        in client.get(address("edition_csv", review, **edition(0)))["Content-Disposition"]
    )
    assert '"withdrawn":{' in client.get(address("edition_json", review, **edition(0))).content.decode()
    assert Edition.objects.values().get() == stored
    for name in ("home", "reviews:list"):
        assert "withdrawn" in text_of(client.get(reverse(name))), name
    assert "It was withdrawn on" in text_of(client.get(reverse("reviews:detail", args=[review.pk])))
    assert client.get(page).status_code == 403


def test_a_withdrawn_edition_leads_to_the_one_that_corrects_it_and_lists_say_nothing(
    client, review, quick_pdf
):
    begun(review, score=2)
    correct(review.pk)
    withdraw(review.editions.get(minor=0))

    old = text_of(client.get(address("edition", review, **edition(0))))
    assert "This edition no longer holds. Edition 1.1 of" in old
    assert "no longer holds" not in text_of(client.get(address("report", review)))
    assert "withdrawn" not in text_of(client.get(reverse("reviews:list")))


def test_the_stamped_pdf_says_so_on_every_page(client, review):
    withdraw(review.editions.get())

    pdf = PdfReader(io.BytesIO(client.get(address("edition_pdf", review, **edition(0))).content))

    foots = ["WITHDRAWN on" in " ".join(page.extract_text().split()) for page in pdf.pages]
    assert len(foots) > 5
    assert all(foots)
