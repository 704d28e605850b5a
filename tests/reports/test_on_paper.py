"""The blank score sheet and the visit schedule as PDF: what stands on them, who may have them, on any scale."""

import io
from dataclasses import replace
from datetime import time

import page
import pytest
from django.urls import reverse
from pypdf import PdfReader

from reports.on_paper.score_sheet import Head, blank_sheet, score_sheet_pdf
from reviews.models import Stage
from scales.models import ScaleVersion
from tests.factories.accounts import UserFactory
from tests.factories.reviews import AgendaEntryFactory, DeadlineFactory, ReviewFactory, rate_all
from tests.reports.documents import SPEC
from tests.reviews.pages import text_of
from tests.reviews.situations import lead_of
from tests.scales.other_definitions import EVERY

HEAD = Head(
    site="Harbour <b>Street</b> & Co, 王小明", program="Links", visit="14 May 2026", setting="primary care"
)


def pages(data: bytes) -> list[str]:
    return [" ".join(one.extract_text().split()) for one in PdfReader(io.BytesIO(data)).pages]


def failures(data: bytes) -> list[str]:
    return [f"{one.rule_id}: {one.message}" for one in page.validate_pdf_bytes(data, profile="ua1").failures]


# The score sheet by itself


@pytest.fixture(scope="module")
def sheet() -> bytes:
    return score_sheet_pdf(blank_sheet(SPEC, HEAD))


def test_page_1_has_the_head_and_every_item_with_its_sources_and_points(sheet):
    first = pages(sheet)[0]

    assert f"Site {HEAD.site} Rater" in first
    assert "Date 14 May 2026" in first
    assert f"Total / {SPEC.highest_total}" in first
    points = " ".join(map(str, range(SPEC.minimum, SPEC.maximum + 1)))
    for item in SPEC.items:
        row = f"{item.number_in_section} ({item.number}) {item.title} {', '.join(item.evidence)} {points}"
        assert row.replace(" ", "") in first.replace(" ", "")


def test_the_head_of_the_points_does_not_say_them_a_second_time(sheet):
    assert "Data source Score Notes" in pages(sheet)[0]


def test_every_anchor_follows_the_lowest_first_with_what_its_item_measures(sheet):
    said = " ".join(pages(sheet)[1:]).replace(" ", "")

    place = 0
    for item in SPEC.items:
        asked = [item.measures, *(one.descriptor for one in sorted(item.anchors, key=lambda one: one.points))]
        for text in asked:
            place = said.index(text.replace(" ", ""), place)


def test_the_sheet_is_a_tagged_pdf_in_the_language_of_the_scale(sheet):
    reader = PdfReader(io.BytesIO(sheet))

    assert failures(sheet) == []
    assert reader.root_object["/Lang"] == SPEC.language
    assert reader.metadata.title == f"Score sheet: {HEAD.site}, 14 May 2026"
    assert [one.title for one in reader.outline if not isinstance(one, list)] == ["Score sheet"]


@pytest.mark.parametrize("name", EVERY)
def test_all_items_of_any_scale_stand_on_the_first_page(name):
    """On Letter, the shorter of the papers."""
    scale = EVERY[name]().scale

    printed = pages(score_sheet_pdf(blank_sheet(scale), "letter"))

    assert [place for place, text in enumerate(printed) if "Criterion" in text] == [0]
    assert printed[1].startswith("What each point takes")
    assert all(item.title in printed[0] for item in scale.items)
    assert f"/ {scale.highest_total}" in printed[0]


def test_titles_too_long_for_one_page_run_on_and_lose_nothing():
    long = tuple(
        replace(section, items=tuple(replace(item, title=f"{item.title} " * 12) for item in section.items))
        for section in SPEC.sections
    )

    said = " ".join(pages(score_sheet_pdf(blank_sheet(replace(SPEC, sections=long)))))

    assert all(said.replace(" ", "").count(item.title.replace(" ", "")) >= 24 for item in SPEC.items)


# Whose it is


@pytest.fixture
def review(db):
    return ReviewFactory()


def test_the_sheet_of_a_review_names_it_and_shows_no_score_on_the_paper_asked_for(client, review):
    lead = lead_of(review)
    rate_all(review, lead, 2)
    client.force_login(lead)
    # At the foot of each page; its figures would be counted too.
    review.site.name = "Elm Court"
    review.site.save()

    answer = client.get(f"/reviews/{review.pk}/score-sheet.pdf?paper=letter")

    first = pages(answer.content)[0]
    assert answer["Content-Type"] == "application/pdf"
    assert (
        f'filename="score-sheet-{review.site.name.lower().replace(" ", "-")}' in answer["Content-Disposition"]
    )
    assert review.site.name in first
    assert review.profile.title in first
    assert round(float(PdfReader(io.BytesIO(answer.content)).pages[0].mediabox.width)) == 612
    blank = blank_sheet(review.version.to_spec())
    assert [text.count("2") for text in pages(answer.content)[1:]] == [
        text.count("2") for text in pages(score_sheet_pdf(blank, "letter"))[1:]
    ]


def test_the_pages_of_a_review_link_to_its_sheets(client, review):
    client.force_login(lead_of(review))

    overview = client.get(f"/reviews/{review.pk}/").content.decode()
    schedule = client.get(f"/reviews/{review.pk}/schedule/").content.decode()

    assert f'href="/reviews/{review.pk}/score-sheet.pdf"' in overview
    assert f'href="/reviews/{review.pk}/schedule.pdf"' in overview
    assert f'href="/reviews/{review.pk}/schedule.pdf"' in schedule


def test_once_the_scores_are_agreed_no_blank_sheet_is_offered(client, db):
    review = ReviewFactory(stage=Stage.DRAFT)
    client.force_login(lead_of(review))

    assert "score-sheet.pdf" not in client.get(f"/reviews/{review.pk}/").content.decode()
    assert client.get(f"/reviews/{review.pk}/score-sheet.pdf").status_code == 403


def test_anyone_signed_in_may_have_the_sheet_of_a_published_version_and_nobody_that_of_a_draft(
    client, review
):
    version = review.version
    draft = ScaleVersion.objects.create(scale=version.scale, label="next", title="Next", language="en-GB")
    client.force_login(UserFactory())

    answer = client.get(reverse("reports:version_score_sheet", args=[version.pk]))

    assert answer.status_code == 200
    assert version.title in pages(answer.content)[0]
    assert f'filename="score-sheet-{version.scale.code}-{version.label}.pdf"' in answer["Content-Disposition"]
    assert client.get(reverse("reports:version_score_sheet", args=[draft.pk])).status_code == 404
    library = client.get(f"/scales/{version.scale.code}/{version.label}/")
    assert reverse("reports:version_score_sheet", args=[version.pk]) in library.content.decode()


# The schedule


def test_the_schedule_says_what_its_page_says(client, review):
    DeadlineFactory(review=review)
    AgendaEntryFactory(review=review, title="Leaflets & <posters>", day=0)
    AgendaEntryFactory(
        review=review, title="Team leader", day=2, starts_at=time(9, 30), minutes=45, remote=True
    )
    client.force_login(lead_of(review))

    answer = client.get(f"/reviews/{review.pk}/schedule.pdf")
    shown = text_of(client.get(f"/reviews/{review.pk}/schedule/"))

    (printed,) = pages(answer.content)
    assert failures(answer.content) == []
    for text in (
        review.site.name,
        "Leaflets & <posters>",
        "Day 2, Thursday",
        "09:30–10:15",
        "Team leader",
        "Interview, by video or phone",
        *(member.user.name for member in review.team),
    ):
        assert text in printed
        assert text in shown


def test_what_changed_on_the_agenda_is_in_the_next_schedule(client, review):
    entry = AgendaEntryFactory(review=review, title="Team leader", day=1)
    client.force_login(lead_of(review))
    address = f"/reviews/{review.pk}/schedule.pdf"
    assert "Team leader" in pages(client.get(address).content)[0]

    review.agenda.filter(pk=entry.pk).update(title="Head of service")

    assert "Head of service" in pages(client.get(address).content)[0]
