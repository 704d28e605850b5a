from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.assembly import Rated, words_for_the_score
from reports.document import Range, from_json, sha256, to_json
from reports.projection import project
from reviews.models import ConsensusRating
from tests.reports.documents import NINE
from tests.reports.reviews import draft, follow_up, issued_report
from tests.reviews.situations import fresh, in_draft

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 9, 10, 5, tzinfo=UTC)


def queries(review) -> int:
    project(fresh(review), made_at=NOW)
    again = fresh(review)
    with CaptureQueriesContext(connection) as captured:
        project(again, made_at=NOW)
    return len(captured)


def test_a_draft_is_read_whole():
    review = draft({"caseload-size": 4, "employment-staff": 4, "disclosure": None}, setting="primary-care")

    document = project(review, made_at=NOW)

    assert document.site == review.site.name
    assert not document.is_final
    assert (document.total.rated, document.total.unrated) == (24, 1)
    assert document.items[0].anchor.points == 4
    assert document.items[0].gap.setting == Range(1, 1)
    assert [line.text for line in document.strengths] == ["Caseloads are small"]
    assert [(line.item_number, line.action, line.target) for line in document.priorities] == [
        (2, "Employment work only", 5)
    ]
    assert "Not seen at this visit." in document.items[12].unrated_reason
    assert document.attainable == Range(98, 107)
    assert {event.step for event in document.events} >= {"submitted"}


@pytest.mark.parametrize(
    ("setting", "score", "total", "setting_part", "open_part"),
    [
        ("primary-care", 3, 107, Range(18, 18), Range(0, 0)),
        ("primary-care", 2, 98, Range(18, 27), Range(0, 9)),
        ("community-forensic", 2, 98, Range(0, 0), Range(27, 27)),
    ],
)
def test_the_profile_explains_the_gap(setting, score, total, setting_part, open_part):
    document = project(in_draft(dict.fromkeys(NINE, score), setting=setting), made_at=NOW)

    assert document.total.points == total
    assert (document.gap.setting, document.gap.open) == (setting_part, open_part)


def test_the_previous_review_stands_beside_this_one():
    document = project(follow_up(4, before=3), made_at=NOW)

    assert document.previous.total.points == 75
    assert document.previous.comparable
    assert {(item.previous, item.change) for item in document.items} == {(3, 1)}


def test_another_wording_before_is_joined_by_item_and_said():
    earlier = issued_report(3, wording="us", starts_on=datetime(2025, 10, 14), ends_on=datetime(2025, 10, 15))
    document = project(draft(4, site=earlier.site, wording="uk"), made_at=NOW)

    assert not document.previous.same_version
    assert {item.previous for item in document.items} == {3}


def test_the_queries_are_the_same_for_3_ratings_as_for_25():
    whole, few = draft(), draft()
    kept = few.consensus.values_list("pk", flat=True)[:3]
    ConsensusRating.objects.filter(review=few).exclude(pk__in=list(kept)).delete()

    assert queries(few) == queries(whole) <= 10


def test_history_adds_a_fixed_number_of_queries():
    short, long = follow_up(), follow_up()
    issued_report(2, site=long.site, starts_on=datetime(2024, 1, 9), ends_on=datetime(2024, 1, 9))

    assert queries(short) == queries(long) <= 12


def test_what_is_issued_is_what_was_read():
    review = issued_report(setting="primary-care")
    edition = review.editions.get()

    document = from_json(edition.document)

    assert document == project(
        review, edition="1.0", made_at=edition.issued_at, issued_by=edition.issued_by.name
    )
    assert sha256(edition.document) == edition.document_sha256 == sha256(to_json(document))


def test_the_reason_for_a_split_is_told_with_the_agreement_unless_the_item_has_no_other_words():
    reason, rationale = "Counted again together.", "Twelve names of twelve."

    assert words_for_the_score(Rated(reason=reason, rationale=rationale)) == rationale
    assert words_for_the_score(Rated(rationale=rationale)) == rationale
    assert words_for_the_score(Rated(reason=reason, rationale=" ")) == reason
