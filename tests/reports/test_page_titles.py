"""Pages about one site tell apart by their titles, as in a row of tabs or a list of bookmarks."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reports import words
from reviews.actions.sharing import make_link
from reviews.models import Stage
from tests.visits import signed_in, visit_at

pytestmark = pytest.mark.django_db


def title_of(answer) -> str:
    assert answer.status_code == 200
    return " ".join(answer.content.decode().partition("<title>")[2].partition("</title>")[0].split())


def test_site_report_and_shared_report_are_told_apart():
    visit = visit_at(Stage.ISSUED)
    review, manager = visit.fresh(), visit.people["manager"]
    client, site = signed_in(manager), review.site.name
    last_day = timezone.localdate() + timedelta(days=7)
    link = make_link(review=review, label="A funder", last_day=last_day, by=manager)
    dates = words.days(review.starts_on, review.ends_on)

    titles = [
        title_of(client.get(reverse("reviews:site", args=[review.site_id]))),
        title_of(client.get(reverse("reports:report", args=[review.pk]))),
        title_of(Client().get(reverse("reports:shared", args=[link.token]))),
    ]

    assert titles == [
        f"Site: {site} – IPS fidelity reviews",
        f"Fidelity report 1.0, {dates}: {site} – IPS fidelity reviews",
        f"Shared: Fidelity report 1.0, {dates}: {site} – IPS fidelity reviews",
    ]


def test_a_draft_is_called_one():
    visit = visit_at(Stage.DRAFT)
    review = visit.fresh()

    title = title_of(signed_in(visit.people["lead"]).get(reverse("reports:report", args=[review.pk])))

    dates = words.days(review.starts_on, review.ends_on)
    assert title == f"Draft report, {dates}: {review.site.name} – IPS fidelity reviews"
