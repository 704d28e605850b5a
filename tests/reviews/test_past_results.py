"""A past review from an old score sheet: its page, its place beside later reviews, and who may not see it."""

from datetime import date

import pytest
from django.utils import timezone

from accounts.permissions import Role
from reports.projection import project
from reports.sentences import warnings
from reviews.independence import Label
from reviews.models import Kind, Result
from tests.factories.past import past_result
from tests.factories.programs import MembershipFactory, SettingFactory, SiteFactory
from tests.factories.reviews import ReviewFactory, TeamMemberFactory
from tests.reviews.blindness import content
from tests.reviews.pages import text_of
from tests.reviews.situations import fresh, in_draft, lead_of, submitted_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def result():
    site = SiteFactory(setting=SettingFactory(code="primary-care"))
    return past_result(site, scores=4, reviewers="Elin Marsh", source_note="Paper form of 2023")


def page_of(result, end: str = "") -> str:
    return f"/past-reviews/results/{result.pk}/{end}"


def someone(result, role: Role, client=None):
    user = MembershipFactory(program=result.site.program, role=role.value).user
    if client:
        client.force_login(user)
    return user


# Its page


@pytest.mark.parametrize("role", [Role.PROGRAM_MANAGER, Role.VIEWER, Role.NETWORK_LEAD])
def test_readers_of_the_program_see_scores_gaps_and_where_they_came_from(client, result, role):
    someone(result, role, client)

    page = text_of(client.get(page_of(result)))

    assert "100 of 125" in page
    assert "Good fidelity" in page
    assert "98–107" in page
    assert "From an old score sheet" in page
    assert "Elin Marsh" in page
    assert "Paper form of 2023" in page
    # Whose file it is knows its name: it may hold the sites of other programs.
    assert "old-sheets.csv" not in page
    assert ("Take back" in page) == (role != Role.VIEWER)


def test_an_unrated_item_has_neither_gap_nor_score(client):
    result = past_result(scores={"caseload-size": 5})
    someone(result, Role.VIEWER, client)

    page = text_of(client.get(page_of(result)))

    assert "5 so far; 29 to 125 of 125 once all are rated" in page
    assert "24 items unrated" in page
    assert "Band not certain" in page


def test_it_is_out_of_sight_to_other_programs_and_when_it_is_taken_back(client, result):
    client.force_login(MembershipFactory(role=Role.NETWORK_LEAD.value).user)
    assert client.get(page_of(result)).status_code == 404
    assert client.post(page_of(result, "take-back/")).status_code == 404

    someone(result, Role.NETWORK_LEAD, client)
    assert client.get(page_of(result, "take-back/")).status_code == 200
    answer = client.post(page_of(result, "take-back/"))

    assert answer.url == f"/sites/{result.site_id}/"
    assert client.get(page_of(result)).status_code == 404
    assert "From an old score sheet" not in text_of(client.get(answer.url))


def test_a_viewer_does_not_take_it_back(client, result):
    someone(result, Role.VIEWER, client)

    assert client.post(page_of(result, "take-back/")).status_code == 403
    assert Result.objects.standing().get() == result


def test_the_page_of_the_site_lists_it_without_a_report(client, result):
    someone(result, Role.VIEWER, client)

    answer = client.get(f"/sites/{result.site_id}/")

    assert "From old score sheets" in text_of(answer)
    assert f'href="{page_of(result)}"' in answer.content.decode()
    assert "Bring in past reviews" not in text_of(answer)


def test_whoever_rates_the_site_sees_it_nowhere_until_they_have_submitted(client, result):
    review = ReviewFactory(site=result.site, setting="primary-care")
    rater = TeamMemberFactory(review=review, user=someone(result, Role.NETWORK_LEAD)).user
    client.force_login(rater)
    pages = [page_of(result), page_of(result, "take-back/"), f"/past-reviews/{result.imported_from_id}/"]
    result.imported_from.by = rater
    result.imported_from.save()

    assert [client.get(page).status_code for page in pages] == [404, 404, 200]
    for page in (pages[2], f"/sites/{result.site_id}/"):
        assert "Good fidelity" not in text_of(client.get(page))

    submitted_by(fresh(review), rater)

    assert [client.get(page).status_code for page in pages] == [200, 200, 200]


# Beside later reviews


def test_the_next_report_shows_the_change_since_it(result):
    review = in_draft(5, site=result.site, setting="primary-care")

    assert review.previous() == result
    document = project(review, made_at=timezone.now())

    assert document.previous.total.points == 100
    assert {(item.previous, item.change) for item in document.items} == {(4, 1)}
    assert any("independence not stated" in one for one in warnings(document))


def test_the_newest_before_the_visit_counts_and_one_taken_back_does_not(result):
    newer = past_result(result.site, scores=2, starts_on=date(2024, 5, 1))
    review = in_draft(5, site=result.site, setting="primary-care")
    assert review.previous() == newer

    Result.objects.filter(pk=newer.pk).update(stands=False)

    assert review.previous() == result


def test_the_report_as_a_pdf_says_the_change_since_it(result, client):
    review = in_draft(5, site=result.site, setting="primary-care")
    client.force_login(lead_of(review))

    answer = client.get(f"/reviews/{review.pk}/report/draft.pdf")

    words = " ".join(content(answer).split())
    assert "March 2023" in words
    assert "independence not stated" in words


def test_a_self_assessment_stays_one(result):
    own = past_result(
        result.site, kind=Kind.SELF, independence=Label.SELF.value, starts_on=date(2022, 5, 1), wording="us"
    )

    assert own.is_self_assessed
    assert list(Result.objects.reviewed()) == [result]
