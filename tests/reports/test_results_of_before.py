"""Reviews that were issued before there were results get theirs when the product is brought up to date."""

from importlib import import_module

import pytest
from django.apps import apps
from django.forms.models import model_to_dict

from reviews.models import Result
from tests.reports.steps import begun, correct, withdraw
from tests.reports.test_results import SPLIT, UNRATED, issued

pytestmark = pytest.mark.django_db

write_results = import_module("reviews.migrations.0018_results_of_reviews_issued_before").write_results
KEPT = ("id", "written_at")


def said(review) -> dict[str, object]:
    return model_to_dict(Result.objects.get(review=review), exclude=KEPT)


def test_what_is_written_later_is_what_issuing_writes():
    review = issued(lead={SPLIT: 2, UNRATED: None}, other={SPLIT: 4, UNRATED: None})
    begun(review, "team-contact", score=1)
    correct(review.pk)
    written = said(review)
    Result.objects.all().delete()

    write_results(apps, None)

    assert said(review) == written


def test_a_report_that_was_withdrawn_does_not_stand_then_either():
    review = issued()
    withdraw(review.editions.get())
    Result.objects.all().delete()

    write_results(apps, None)

    assert not Result.objects.get(review=review).stands
