"""Part 6 of a report: how far the reviewers agreed on the sets that they submitted, and each split with its reason."""

from dataclasses import replace

import pytest
from django.utils import timezone

from reports.agreement_view import agreement_view, listed
from reports.document import AgreementLine, SplitLine, from_json, to_json
from reports.html import page_body
from reports.pdf import write_pdf
from reports.projection import project
from reports.sample import sample_document
from reports.words import in_language
from reviews.actions.consensus import agree, open_draft
from reviews.actions.drafting import Draft, save_draft
from tests.reports.documents import report
from tests.reviews.meetings import EQUAL, SPLIT, UNRATED, meeting_of_two
from tests.reviews.situations import fresh, in_draft, lead_of


def shown(document):
    with in_language("en-GB"):
        return agreement_view(document)


def agreed_by_two():
    """Caseload size: 5 and 3, agreed 4. Zero exclusion: twice 5, agreed 2. Disclosure: nobody rated it."""
    review = meeting_of_two()
    agreed = {SPLIT: (4, "Counted again together."), EQUAL: (2, "Two were turned away.")}
    for item in review.version.to_spec().items:
        score, reason = agreed.get(item.code, (None if item.code == UNRATED else 5, ""))
        values = {"score": score, "reason": reason, "rationale": "As written down."}
        if score is None:
            values |= {"not_rated": True, "unrated_note": "Not seen."}
        agree(review=fresh(review), item_code=item.code, values=values, by=lead_of(review))
    return open_draft(review=fresh(review), by=lead_of(review))


@pytest.mark.django_db
def test_the_submitted_sets_are_counted_whatever_was_agreed_later():
    document = project(fresh(agreed_by_two()), made_at=timezone.now())

    line = document.agreement
    assert (line.compared, line.exact, line.within_one) == (24, 23, 23)
    assert [(one.item_number, one.scores, one.agreed, one.reason) for one in line.splits] == [
        (1, (3, 5), 4, "Counted again together."),
        (9, (5, 5), 2, "Two were turned away."),
    ]
    assert document.items[0].rationale == "As written down."
    assert from_json(to_json(document)) == document


@pytest.mark.django_db
def test_nothing_tells_who_gave_which_score():
    review = agreed_by_two()
    document = project(fresh(review), made_at=timezone.now())

    part = page_body(document).partition('id="part-agreement"')[2].partition("</section>")[0]

    assert "3 and 5" in part
    assert [member.user.name for member in review.team if member.user.name in part] == []


@pytest.mark.django_db
def test_one_reviewer_has_nobody_to_agree_with():
    document = project(in_draft(), made_at=timezone.now())

    assert document.agreement is None
    assert '"agreement"' not in to_json(document)
    assert shown(document).sentences == ("One reviewer scored, so there is no agreement to show.",)


def test_an_edition_older_than_agreement_says_that_it_has_none():
    assert shown(report(4)).sentences == (
        "What each reviewer scored before they met is not part of this edition.",
    )


@pytest.mark.parametrize(
    ("compared", "exact", "within", "expected"),
    [
        (24, 18, 23, ("18 of 24 (75%)", "23 of 24 (96%)")),
        (24, 24, 24, ("24 of 24 (100%)", "24 of 24 (100%)")),
        (300, 1, 299, ("1 of 300 (1%)", "299 of 300 (99%)")),
        (1, 0, 0, ("0 of 1 (0%)", "0 of 1 (0%)")),
    ],
)
def test_counts_stand_with_their_per_cent(compared, exact, within, expected):
    said = " ".join(shown(report(4, agreement=AgreementLine(compared, exact, within, ()))).sentences)

    assert all(words in said for words in expected)


def test_no_item_rated_by_all_has_no_per_cent():
    assert shown(report(4, agreement=AgreementLine(0, 0, 0, ()))).sentences == (
        "No item was rated by every reviewer, so there is no agreement to show.",
    )


def test_a_score_given_anew_after_the_reply_stands_beside_the_agreed_one():
    split = SplitLine(1, "Caseload size", (2, 3, None), 3, "")

    (found,) = shown(report(4, agreement=AgreementLine(20, 19, 20, (split,)))).splits

    assert (found.scores, found.agreed) == ("2, 3 and not rated", "3; after the reply 4")


def test_scores_are_listed_as_one_says_them():
    with in_language("en-GB"):
        assert [listed(one) for one in (["4"], ["2", "4"], ["2", "3", "4"])] == ["4", "2 and 4", "2, 3 and 4"]


def test_a_very_long_reason_runs_on_over_pages():
    splits = (SplitLine(1, "Caseload size", (2, 4), 3, "because " * 5000),)
    document = replace(sample_document(), agreement=AgreementLine(25, 24, 24, splits))

    assert len(write_pdf(document)) > len(write_pdf(sample_document()))


@pytest.mark.django_db
def test_what_was_not_seen_is_frozen_with_the_report():
    review = in_draft()
    draft = Draft("", None, None, None, strengths={}, next_steps=(), not_seen="The clinical team meeting.")
    save_draft(review=review, draft=draft, by=lead_of(review), based_on=review.revision)

    document = project(fresh(review), made_at=timezone.now())

    assert document.not_seen == "The clinical team meeting."
    assert "The clinical team meeting." in page_body(document)
