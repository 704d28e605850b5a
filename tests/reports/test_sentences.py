from dataclasses import replace
from datetime import date

import pytest

from reports import sentences, words
from reports.document import PreviousLine, Range
from reports.sample import sample_document
from tests.reports.documents import NINE, report, summing_to


@pytest.fixture(autouse=True)
def _in_british_english():
    with words.in_language("en-GB"):
        yield


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        (summing_to(92), "92 of 125, Fair fidelity"),
        (summing_to(79, unrated=3), "79 so far, can become 82 to 94: fair"),
        (summing_to(93, unrated=3), "93 so far, can become 96 to 108"),
        (125 // 25, "125 of 125, Exemplary fidelity"),
    ],
)
def test_the_total_names_a_band_only_where_it_is_certain(scores, expected):
    assert sentences.total(report(scores)) == expected


@pytest.mark.parametrize(
    ("setting", "score", "total", "band", "setting_part", "open_part"),
    [
        ("primary-care", 3, 107, "Good fidelity", Range(18, 18), Range(0, 0)),
        ("primary-care", 2, 98, "Fair fidelity", Range(18, 27), Range(0, 9)),
        ("community-forensic", 3, 107, "Good fidelity", Range(0, 0), Range(18, 18)),
        ("community-forensic", 2, 98, "Fair fidelity", Range(0, 0), Range(27, 27)),
    ],
)
def test_the_setting_explains_the_gap_and_leaves_total_and_band(
    setting, score, total, band, setting_part, open_part
):
    document = report(dict.fromkeys(NINE, score), setting=setting)

    assert (document.total.points, document.total.band) == (total, band)
    assert (document.gap.setting, document.gap.open) == (setting_part, open_part)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (
            sample_document(),
            "Up 9 points since October 2025. In primary care nine items are known to cost 2–3 points each; of the "
            "33 points to full fidelity, up to 20 are accounted for by the setting and at least 13 are open to the "
            "service.",
        ),
        (
            report(dict.fromkeys(NINE, 3)),
            "In primary care nine items are known to cost 2–3 points each; of the 18 points to full fidelity, all "
            "are accounted for by the setting and none is open.",
        ),
        (
            report(dict.fromkeys(NINE, 2)),
            "In primary care nine items are known to cost 2–3 points each; of the 27 points to full fidelity, 18 "
            "to 27 are accounted for by the setting and 0 to 9 are open to the service.",
        ),
        (
            report(dict.fromkeys(NINE, 3), setting="community-forensic"),
            "Community forensic care is not known to cost any item a point: all 18 points to full fidelity are "
            "open to the service.",
        ),
        (report(5), "No point is missing to full fidelity."),
    ],
)
def test_the_lede_says_what_moved_and_whose_the_points_are(document, expected):
    assert sentences.lede(document) == expected


def test_totals_are_not_compared_while_an_item_is_unrated():
    document = report(summing_to(79, unrated=3), before=summing_to(83))

    assert sentences.since_last_time(document) == ""
    assert sentences.warnings(document) == [
        "The total is not compared with October 2025, because not every item was rated both times."
    ]


def test_another_profile_or_version_or_kind_before_is_said():
    document = sample_document()
    assert isinstance(document.previous, PreviousLine)
    other = replace(
        document.previous,
        same_version=False,
        same_profile=False,
        independence="self-assessment",
        scale_title="IPS-25, US wording, 2008",
        profile_title="Community mental health",
    )

    warnings = sentences.warnings(replace(document, previous=other))

    assert len(warnings) == 3
    assert "IPS-25, US wording, 2008" in warnings[0]
    assert "Community mental health" in warnings[1]
    assert "self-assessment" in warnings[2]


@pytest.mark.parametrize(
    ("language", "first", "last", "expected"),
    [
        ("en-GB", date(2026, 10, 14), date(2026, 10, 15), "14–15 October 2026"),
        ("en-US", date(2026, 10, 14), date(2026, 10, 15), "October 14–15, 2026"),
        ("en-GB", date(2026, 9, 30), date(2026, 10, 1), "30 September – 1 October 2026"),
        ("en-US", date(2026, 9, 30), date(2026, 10, 1), "September 30 – October 1, 2026"),
        ("en-GB", date(2026, 12, 31), date(2027, 1, 1), "31 December 2026 – 1 January 2027"),
        ("en-US", date(2026, 10, 14), date(2026, 10, 14), "October 14, 2026"),
    ],
)
def test_visit_dates_are_written_as_the_country_does(language, first, last, expected):
    with words.in_language(language):
        assert words.days(first, last) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en-GB", "A4"), ("en-US", "letter"), ("es-MX", "letter"), ("nl", "A4"), ("cy-GB", "A4")],
)
def test_paper_goes_by_the_country(language, expected):
    assert words.paper(language) == expected


@pytest.mark.parametrize(
    ("label", "reason", "raters", "expected"),
    [
        ("independent", "outsiders", 2, "two reviewers, neither employed by the service"),
        ("independent", "outsiders", 3, "three reviewers, none employed by the service"),
        ("peer", "one rater", 1, "one reviewer; an independent review takes two"),
        ("self-assessment", "employed by the service", 2, "rated by the service’s own staff"),
        ("guided self-assessment", "planned so", 2, "planned as a guided self-assessment"),
    ],
)
def test_the_label_comes_with_its_reason(label, reason, raters, expected):
    document = report(5, independence=label, independence_reason=reason, raters=raters)

    assert words.independence_reason(document) == expected


@pytest.mark.parametrize(("count", "expected"), [(1, "1 interview"), (12, "12 interviews")])
def test_what_was_counted_is_said_in_the_right_number(count, expected):
    assert words.method(report(5, interviews=count, observations=None, records=None)) == expected
