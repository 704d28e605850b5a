"""The agenda at the visit: ticked off without a reload, read by axe, and printed on one page."""

import re
import unicodedata
from io import BytesIO

import pytest
from pypdf import PdfReader

from accounts.permissions import Role
from reviews.actions.agenda import start_agenda
from reviews.actions.deadlines import take_timetable
from reviews.visit.timetable import Anchor, Unit
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.reviews import ReviewFactory, TimetablePolicyFactory
from tests.reviews.situations import fresh, joined

pytestmark = pytest.mark.django_db(transaction=True)

A4, LETTER = (595, 842), (612, 792)


@pytest.fixture
def lead():
    return UserFactory(name="Menna Prys", password=PASSWORD, is_scale_admin=True)


def started(lead, **fields):
    review = ReviewFactory(lead=lead, **fields)
    start_agenda(review=fresh(review), by=lead)
    for role in (Role.REVIEWER, Role.OBSERVER, Role.MODERATOR):
        joined(review, role)
    return review


def test_entries_are_ticked_off_changed_and_added(visitor, lead):
    review = started(lead)
    page = visitor.page
    visitor.sign_in(lead)
    visitor.open(f"/reviews/{review.pk}/agenda/")
    visitor.look()

    tick = page.get_by_role("button", name="Done: Executive director")
    tick.focus()
    page.keyboard.press("Enter")
    page.get_by_text("1 of 22 done").wait_for()
    assert (
        "Done: Menna Prys" in page.get_by_role("listitem").filter(has_text="Executive director").inner_text()
    )
    assert (
        page.evaluate("document.activeElement.textContent")
        .strip()
        .endswith("Not done after all: Executive director")
    )
    visitor.look()

    page.get_by_role("link", name=re.compile("Change.*Clinical leaders")).click()
    visitor.look()
    page.get_by_label("Starts at").fill("16:15")
    page.get_by_label("With whom, or of what").fill("")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("There is something to mend").wait_for()
    visitor.look()
    page.get_by_label("With whom, or of what").fill("Clinical lead and deputy")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved: Clinical lead and deputy.").wait_for()
    assert review.agenda.filter(title="Clinical lead and deputy", starts_at="16:15").exists()


def test_an_entry_that_is_gone_is_told_on_ticking(visitor, lead):
    review = started(lead)
    visitor.sign_in(lead)
    visitor.open(f"/reviews/{review.pk}/agenda/")
    review.agenda.filter(title="Executive director").delete()

    visitor.page.get_by_role("button", name="Done: Executive director").click()

    visitor.page.get_by_text("Someone removed this entry from the agenda.").wait_for()


def test_a_tick_that_does_not_go_through_is_sent_the_plain_way(visitor, lead):
    review = started(lead)
    page = visitor.page
    visitor.sign_in(lead)
    visitor.open(f"/reviews/{review.pk}/agenda/")
    review.members.filter(user=lead).delete()

    page.get_by_role("button", name="Done: Executive director").click()

    page.wait_for_url("**/tick/")
    assert review.agenda.filter(done_at__isnull=False).count() == 0


def test_dates_and_timetables_are_readable_by_everyone(visitor, lead):
    review = started(lead)
    timetable = TimetablePolicyFactory(
        name="The North", steps=[("Agreement", Anchor.BEFORE_VISIT, 2, Unit.MONTHS)]
    )
    page = visitor.page
    visitor.sign_in(lead)
    visitor.open(f"/reviews/{review.pk}/dates/")
    visitor.look()
    take_timetable(review=fresh(review), timetable=timetable, by=lead)
    page.reload()
    visitor.look()
    page.get_by_role("link", name=re.compile("Set the day.*Agreement")).click()
    visitor.look()
    for path in ("/timetables/", f"/timetables/{timetable.pk}/", f"/reviews/{review.pk}/plan/"):
        visitor.open(path)
        visitor.look()


@pytest.mark.parametrize(("wording", "size"), [("uk", A4), ("us", LETTER)])
def test_the_visit_schedule_prints_on_one_page(visitor, lead, wording, size):
    review = started(lead, wording=wording)
    visitor.sign_in(lead)
    visitor.open(f"/reviews/{review.pk}/schedule/")
    visitor.look()

    paper = PdfReader(BytesIO(visitor.page.pdf(prefer_css_page_size=True)))

    assert len(paper.pages) == 1
    box = paper.pages[0].mediabox
    assert (round(box.width), round(box.height)) == size
    # Letters that the font joins, such as ff, come back apart.
    text = " ".join(unicodedata.normalize("NFKC", paper.pages[0].extract_text()).split())
    for entry in review.agenda.all():
        assert entry.title in text
    assert "Back to the agenda" not in text
