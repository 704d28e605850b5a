"""Links to an issued report: who makes and revokes them, what is kept of them, and the page they are on."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Role
from reviews.actions.refusals import NotNow
from reviews.actions.sharing import DayOutOfReach, make_link, note_use, revoke_link
from reviews.models import Review, SharedLink, SharedLinkUse
from reviews.models.shared_link import sha256_of
from tests.factories.reviews import ReviewFactory, TeamMemberFactory
from tests.reviews.pages import error_beside, form_on, text_of
from tests.reviews.situations import fresh, in_draft, in_program, issued, lead_of
from tests.visits import signed_in

pytestmark = pytest.mark.django_db

REFUSED = "pgtrigger: Cannot"


@pytest.fixture
def review():
    return issued()


@pytest.fixture
def manager(review):
    return in_program(review, Role.PROGRAM_MANAGER)


def url(review) -> str:
    return reverse("reviews:share", args=[review.pk])


def made(review, manager, label: str = "Board of trustees", days: int = 30):
    day = timezone.localdate() + timedelta(days=days)
    return make_link(review=review, label=label, last_day=day, by=manager)


# Actions


def test_a_link_opens_by_its_token_of_256_random_bits_which_is_not_kept(review, manager):
    first, second = made(review, manager), made(review, manager)

    assert len(first.token) == 43
    assert first.token != second.token
    assert SharedLink.objects.by_token(first.token) == first.link
    with connection.cursor() as cursor:
        cursor.execute("SELECT link::text FROM reviews_sharedlink link")
        assert first.token not in str(cursor.fetchall())
    assert first.link.token_sha256 == sha256_of(first.token)


@pytest.mark.parametrize(
    "token", ["", "x", "x" * 43, "x" * 5000, "\x00", "é", "\ud800", "a/b", "' OR 1=1 --"]
)
def test_any_other_token_opens_nothing(review, manager, token):
    made(review, manager)

    assert SharedLink.objects.by_token(token) is None


def test_a_link_opens_to_the_end_of_its_last_day_and_not_longer(review, manager):
    zone = timezone.get_current_timezone()
    with time_machine.travel(datetime(2027, 3, 1, 12, tzinfo=zone), tick=False) as clock:
        new = made(review, manager, days=30)
        assert new.link.last_day.isoformat() == "2027-03-31"
        clock.move_to(datetime(2027, 3, 31, 23, 59, 59, tzinfo=zone))
        assert SharedLink.objects.by_token(new.token) == new.link
        assert new.link.is_opening
        clock.move_to(datetime(2027, 4, 1, 0, 0, 0, tzinfo=zone))
        assert SharedLink.objects.by_token(new.token) is None
        assert not new.link.is_opening


@pytest.mark.parametrize("days", [-1, 366])
def test_the_last_day_is_today_to_a_year_from_now(review, manager, days):
    with pytest.raises(DayOutOfReach):
        made(review, manager, days=days)

    assert made(review, manager, days=0).link.is_opening
    assert made(review, manager, days=365).link.is_opening


def test_a_revoked_link_opens_nothing_and_keeps_who_revoked_it_first(review, manager):
    new, other = made(review, manager), in_program(review, Role.PROGRAM_MANAGER)

    revoke_link(link=new.link, by=manager)
    again = revoke_link(link=new.link, by=other)

    assert SharedLink.objects.by_token(new.token) is None
    assert again.revoked_by == manager


@pytest.mark.parametrize("role", [Role.VIEWER, Role.PROGRAM_LEAD, Role.PROGRAM_REVIEWER])
def test_only_managers_of_the_program_share(review, manager, role):
    link = made(review, manager).link
    elsewhere = in_program(ReviewFactory(), Role.PROGRAM_MANAGER)

    for person in (in_program(review, role), lead_of(review), elsewhere):
        with pytest.raises(NotNow):
            made(review, person)
        with pytest.raises(NotNow):
            revoke_link(link=link, by=person)


def test_a_report_that_is_not_issued_is_not_shared(manager):
    review = in_draft()

    with pytest.raises(NotNow):
        made(review, in_program(review, Role.PROGRAM_MANAGER))


def test_a_manager_who_rates_the_site_anew_neither_shares_nor_reads_the_list(review, manager):
    now = ReviewFactory(site=review.site)
    TeamMemberFactory(review=now, user=manager, role=Role.OBSERVER.value)

    assert signed_in(manager).get(url(review)).status_code == 403
    with pytest.raises(NotNow):
        made(review, manager)


@pytest.mark.parametrize("person", ["deactivated", "taken out"])
def test_a_link_goes_on_without_the_manager_who_made_it_and_another_revokes_it(review, manager, person):
    new, other = made(review, manager), in_program(review, Role.PROGRAM_MANAGER)

    if person == "deactivated":
        manager.is_active = False
        manager.save()
    else:
        manager.memberships.all().delete()

    assert SharedLink.objects.by_token(new.token) == new.link
    assert revoke_link(link=new.link, by=other).is_revoked


# What the database keeps


@pytest.mark.parametrize(
    "changed",
    [
        {"expires_at": timezone.now() + timedelta(days=60)},
        {"label": "Another"},
        {"token_sha256": "0" * 64},
    ],
)
def test_a_link_is_never_changed_but_by_revoking_it(review, manager, changed):
    link = made(review, manager).link

    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        SharedLink.objects.filter(pk=link.pk).update(**changed)


def test_a_revoked_link_cannot_be_opened_again_nor_a_link_deleted(review, manager):
    link = revoke_link(link=made(review, manager).link, by=manager)

    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        SharedLink.objects.filter(pk=link.pk).update(revoked_at=None, revoked_by=None)
    with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
        SharedLink.objects.filter(pk=link.pk).delete()


def test_uses_are_only_ever_added(review, manager):
    use = note_use(link=made(review, manager).link, what=SharedLinkUse.What.PAGE)

    for change in (
        lambda rows: rows.update(at=timezone.now()),
        lambda rows: rows.delete(),
    ):
        with pytest.raises(DatabaseError, match=REFUSED), transaction.atomic():
            change(SharedLinkUse.objects.filter(pk=use.pk))


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"expires_at": timedelta(days=400)}, "a_shared_link_expires_within_a_year"),
        ({"expires_at": timedelta(days=-1)}, "a_shared_link_expires_within_a_year"),
        ({"revoked_at": timedelta(days=1)}, "a_shared_link_is_revoked_by_someone"),
    ],
)
def test_rules_of_one_row_are_kept_by_the_database(review, manager, fields, rule):
    now = timezone.now()
    moments = {"expires_at": timedelta(days=7)} | fields

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        SharedLink.objects.create(
            review=review,
            label="Board",
            token_sha256="0" * 64,
            created_at=now,
            created_by=manager,
            **{name: now + after for name, after in moments.items()},
        )


# The page


def test_the_address_is_shown_once_in_full(review, manager):
    browser = signed_in(manager)

    answer = browser.post(url(review), {"label": "Board of trustees", "until": "7"})

    address = _value(answer, "link-address")
    token = address.rsplit("/", 2)[1]
    assert address == f"http://testserver{reverse('reports:shared', args=[token])}"
    assert SharedLink.objects.by_token(token).label == "Board of trustees"
    assert answer["Cache-Control"] == "private, no-store"
    assert token not in str(answer.cookies)
    later = browser.get(url(review))
    assert token not in later.content.decode()
    assert "Board of trustees" in text_of(later)


def _value(answer, element: str) -> str:
    return answer.content.decode().split(f'id="{element}" value="')[1].split('"')[0]


def test_the_list_tells_for_whom_until_when_by_whom_and_how_often(review, manager):
    new, browser = made(review, manager, "Board of trustees"), signed_in(manager)
    assert "not yet" in text_of(browser.get(url(review)))
    second = made(review, manager, "Second board")
    for what in (SharedLinkUse.What.PAGE, SharedLinkUse.What.PDF):
        note_use(link=new.link, what=what)

    said = text_of(browser.get(url(review)))
    revoke = reverse("reviews:revoke_link", args=[review.pk, new.link.pk])
    assert "2 times, last" in said
    assert said.index("Second board") < said.index("Board of trustees")
    assert f"by {manager.name}" in said
    assert "Board of trustees" in text_of(browser.get(revoke))
    revoke_link(link=second.link, by=manager)
    after = text_of(browser.post(revoke, follow=True))

    assert "The link for Board of trustees opens nothing any more." in after
    assert "None. Nobody without an account can read this report." in after
    assert f"by {manager.name}" in after.split("Links that open nothing any more")[1]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"label": "", "until": "7"}, "label"),
        ({"label": "Board", "until": ""}, "until"),
        ({"label": "Board", "until": "8"}, "until"),
        ({"label": "Board", "until": "date", "last_day": ""}, "last_day"),
        ({"label": "Board", "until": "date", "last_day": "2020-01-01"}, "last_day"),
        ({"label": "Board", "until": "date", "last_day": "9999-12-31"}, "last_day"),
        ({"label": "Board", "until": "date", "last_day": "soon"}, "last_day"),
        ({"label": "B" * 151, "until": "7"}, "label"),
    ],
)
def test_bad_input_is_told_beside_its_field_and_stays_typed(review, manager, typed, field):
    answer = signed_in(manager).post(url(review), typed)

    assert answer.status_code == 422
    said = text_of(answer)
    assert error_beside(answer, field) or "How long it opens the report:" in said
    assert form_on(answer, "form-1")["label"] == typed["label"]
    assert not SharedLink.objects.exists()


def test_a_day_of_ones_own_choice_and_what_is_typed_beside_another_choice(review, manager):
    browser, day = signed_in(manager), timezone.localdate() + timedelta(days=45)

    browser.post(url(review), {"label": "A", "until": "date", "last_day": day.isoformat()})
    browser.post(url(review), {"label": "B", "until": "7", "last_day": "soon"})

    links = {link.label: link.last_day - timezone.localdate() for link in SharedLink.objects.all()}
    assert links == {"A": timedelta(days=45), "B": timedelta(days=7)}


def test_another_reviews_link_is_not_revoked_through_this_one(review, manager):
    other = issued(site=review.site, starts_on="2025-10-14", ends_on="2025-10-15")
    link = made(other, manager).link
    browser = signed_in(manager)

    for method in (browser.get, browser.post):
        assert method(reverse("reviews:revoke_link", args=[review.pk, link.pk])).status_code == 404
    assert SharedLink.objects.get().revoked_at is None


def test_the_report_leads_to_sharing_for_those_who_may(review, manager, monkeypatch):
    monkeypatch.setattr("reports.views.read_edition", lambda edition: _document(review))
    report = reverse("reports:report", args=[review.pk])

    assert url(review) in signed_in(manager).get(report).content.decode()
    assert url(review) not in signed_in(lead_of(review)).get(report).content.decode()


def _document(review: Review):
    from reports.projection import project

    return project(fresh(review), made_at=timezone.now())


def test_the_number_of_queries_does_not_grow_with_links(review, manager):
    browser = signed_in(manager)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(url(review)).status_code == 200
        return len(seen)

    note_use(link=made(review, manager).link, what=SharedLinkUse.What.PAGE)
    before = queries()
    for number in range(4):
        note_use(link=made(review, manager, f"Board {number}").link, what=SharedLinkUse.What.PDF)

    assert queries() == before
