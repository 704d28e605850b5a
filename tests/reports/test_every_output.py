"""Page, PDF, Word, Excel, CSV and JSON of one report hold the same scores, totals, band and texts."""

from dataclasses import replace
from datetime import date

import pytest

from reports.agreement_view import agreement_view
from reports.assembly import Rated
from reports.document import ItemReplyLine, ReplyLine
from reports.edition_lines import ChangeLine, WithdrawnLine
from reports.goal_lines import GoalBeforeLine
from reports.method_view import method_facts
from reports.sample import document_of, sample_document
from reports.words import in_language, span
from scales.spec import StatementKind
from tests.reports.documents import CODES, report
from tests.reports.outputs import Outputs, squeezed
from tests.scales.other_definitions import counting

WRITTEN = {
    name: f"{name} of the item: “quoted” & <b>not bold</b>, étape nº 2"
    for name in ("rationale", "evidence", "recommendation", "strength", "action", "departure_reason")
}


def partly_rated():
    """Two items are not rated, one with a reason; one has every text and departs from what the facts suggest."""
    ratings = {
        CODES[0]: Rated(not_rated=True, unrated_note="Nobody was in work yet."),
        CODES[1]: Rated(),
        CODES[2]: Rated(score=3, suggested=4, target=4, priority=1, **WRITTEN),
    }
    return report(4, ratings=ratings, before=dict.fromkeys(CODES, 3), summary="A summary of the whole.")


def with_a_reply():
    first, second = sample_document().items[:2]
    items = tuple(
        ItemReplyLine(
            item_number=one.number,
            item_title=one.title,
            text=f"Reply to {one.code}",
            evidence=f"Evidence for {one.code}",
            answer=f"Answer to {one.code}",
            rescored=place == 0,
            score_before=3 if place == 0 else None,
            score_after=4 if place == 0 else None,
            reason="The list was read again" if place == 0 else "",
        )
        for place, one in enumerate((first, second))
    )
    moment = sample_document().made_at
    reply = ReplyLine(moment, moment.date(), moment, "Ada Marsh", "On the whole fair.", "Thank you.", items)
    return replace(sample_document(), replies=(reply,))


def corrected():
    """Edition 1.1: one score and one text are not as they were."""
    before = sample_document()
    item = before.items[0]
    changes = (
        ChangeLine(None, "", "total", "93", "92"),
        ChangeLine(item.number, item.short_title, "score", "5", "4"),
        ChangeLine(item.number, item.short_title, "evidence", "Read once", "Read twice"),
    )
    return replace(
        before,
        edition="1.1",
        corrects="1.0",
        corrects_made_at=before.made_at,
        correction_reason="The log was read wrongly.",
        changes=changes,
    )


def withdrawn():
    line = WithdrawnLine(date(2026, 12, 1), "Rosa Beaumont", "It was of another site.")
    return replace(sample_document(), withdrawn=line)


def with_goals_before():
    goals = (
        GoalBeforeLine(
            14, "Caseload size", "Share out caseloads", 3, 5, "partly", "Two of three are below 20."
        ),
        GoalBeforeLine(None, "", "Meet with the county", None, None, "no-longer-wanted", ""),
    )
    return replace(sample_document(), goals_before=goals, goals_before_of=date(2025, 10, 15))


def of_points_0_to_3():
    """Each score in turn, 0 among them; one item unrated."""
    definition = counting(0, 3)
    codes = [item.code for item in definition.scale.items]
    ratings = {code: Rated(score=place % 4, **WRITTEN) for place, code in enumerate(codes)}
    ratings[codes[-1]] = Rated(not_rated=True, unrated_code=definition.unrated_code)
    return document_of(definition.scale, definition.profile, ratings)


DOCUMENTS = {
    "British": lambda: sample_document(wording="uk"),
    "American": lambda: sample_document(wording="us"),
    "in part": partly_rated,
    "0 to 3": of_points_0_to_3,
    "with a reply": with_a_reply,
    "corrected": corrected,
    "withdrawn": withdrawn,
    "goals before": with_goals_before,
    "draft": lambda: replace(sample_document(), edition="", issued_by=""),
}


@pytest.fixture(scope="module", params=DOCUMENTS)
def outputs(request) -> Outputs:
    return Outputs(DOCUMENTS[request.param]())


@pytest.fixture(scope="module")
def said(outputs) -> dict[str, str]:
    return outputs.texts()


def test_every_output_has_the_score_of_every_item(outputs):
    expected = [item.score for item in outputs.document.items]

    assert outputs.scores() == dict.fromkeys(outputs.scores(), expected)


def test_every_output_has_the_total_and_what_it_can_become(outputs, said):
    total = outputs.document.total
    row = next(one for one in outputs.score_sheet() if one["Criterion"] == "Total")
    first = outputs.rows[0]
    ends = (total.can_become.lowest, total.can_become.highest)

    assert (row["Score"], row["Most"]) == (total.points, total.maximum)
    assert (first["total"], first["total_maximum"]) == (str(total.points), str(total.maximum))
    assert (int(first["total_can_become_lowest"]), int(first["total_can_become_highest"])) == ends
    assert outputs.data["total"]["points"] == total.points
    assert tuple(outputs.data["total"]["can_become"].values()) == (ends[1], ends[0])
    shown = f"{total.points} so far, can become {ends[0]} to {ends[1]}"
    if not total.unrated:
        shown = f"{total.points} of {total.maximum}, {total.band}"
    for name in ("page", "PDF", "Word", "Excel"):
        assert squeezed(shown) in said[name], name


def test_every_output_names_the_same_band_or_none(outputs, said):
    band = outputs.document.total.band

    assert outputs.rows[0]["band"] == (band or "")
    assert outputs.data["total"]["band"] == band
    if band:
        assert all(squeezed(band.split()[0]).lower() in text.lower() for text in said.values())


def test_every_output_has_the_sections_points(outputs):
    expected = {one.title: one.total.points for one in outputs.document.sections}

    # Where an item is unrated, the sheet says behind the title what the points can become.
    rows = {str(row["Criterion"]).partition(" · ")[0]: row["Score"] for row in outputs.score_sheet()}
    of_csv = {row["section_title"]: int(row["section_points"]) for row in outputs.rows}
    of_json = {one["title"]: one["total"]["points"] for one in outputs.data["sections"]}

    assert {title: rows[title] for title in expected} == of_csv == of_json == expected


def test_every_output_has_the_gaps_and_whose_they_are(outputs):
    items = outputs.document.items
    gaps = [item.gap for item in items]
    figures = [
        (gap.points, gap.setting.lowest, gap.setting.highest, gap.open.lowest, gap.open.highest)
        if gap
        else (None,) * 5
        for gap in gaps
    ]
    names = ("gap", "gap_setting_lowest", "gap_setting_highest", "gap_open_lowest", "gap_open_highest")
    rows = [row for row in outputs.computed["Gaps"].iter_rows(values_only=True) if isinstance(row[0], int)]
    table = outputs.word.tables[0]
    of_word = [row.cells[3].text for row in table.rows if row.cells[0].text.isdecimal()]

    assert [row[4:9] for row in rows] == figures
    assert [tuple(int(row[one]) if row[one] else None for one in names) for row in outputs.rows] == figures
    assert of_word == [str(gap.points) if gap else "–" for gap in gaps]
    assert [row[9:12] for row in rows] == [(item.previous, item.change, item.target) for item in items]


def test_every_output_has_every_text(outputs, said):
    """What reviewers wrote, why an item is not rated, the anchor of each score."""
    document = outputs.document
    texts = [document.summary, document.site, document.program]
    for item in document.items:
        texts += [item.title, item.rationale, item.evidence, item.recommendation]
        texts += [item.departure_reason] if item.departs else []
        texts += [*item.unrated_reason.split("\n\n"), item.anchor.descriptor if item.anchor else ""]
    texts += [line.text for line in document.strengths] + [line.action for line in document.priorities]

    missing = [
        (name, text) for name, found in said.items() for text in texts if text and squeezed(text) not in found
    ]

    assert missing == []


def test_what_only_readers_see_has_the_settings_words_and_the_provenance(outputs, said):
    document = outputs.document
    shown = {StatementKind.INTENT.value, StatementKind.CAUTION.value}
    texts = [source.citation for source in document.profile.sources]
    texts += [note.text for note in document.profile.notes]
    texts += [event.by for event in document.events] + [member.name for member in document.team]
    texts += [
        one.text
        for item in document.items
        if item.gap is None or item.gap.points
        for one in item.setting_statements
        if one.kind in shown
    ]
    if document.items_with_loss:
        with in_language(document.language):
            texts.append(f"attainable in {document.setting}: {span(document.attainable)}")

    for name in ("page", "PDF", "Word", "Excel"):
        found = said[name].lower()
        assert [text for text in texts if squeezed(text).lower() not in found] == [], name


def test_a_draft_says_so_in_every_output_and_an_edition_in_none(outputs, said):
    is_draft = not outputs.document.is_final

    for name in ("PDF", "Word", "Excel", "CSV"):
        assert ("DRAFT" in said[name]) == is_draft, name
    assert (outputs.data["edition"] == "") == is_draft


def test_dates_are_written_as_the_wording_does():
    british, american = (Outputs(sample_document(wording=one)) for one in ("uk", "us"))

    assert british.workbook["Score sheet"]["C4"].value == "14–15 October 2026"
    assert american.workbook["Score sheet"]["C4"].value == "October 14–15, 2026"
    assert "October 14–15, 2026" in american.word.paragraphs[2].text


def test_every_output_in_words_has_agreement_method_and_action_plan(outputs, said):
    document = outputs.document
    splits = document.agreement.splits if document.agreement else ()
    texts = [document.not_seen, *(one.reason for one in splits), *(one.action for one in document.priorities)]
    texts += [text for one in splits for text in (one.item_title, one.reason)]
    for name in ("page", "PDF", "Word", "Excel", "JSON"):
        assert [text for text in texts if squeezed(text) not in said[name]] == [], name
    with in_language(document.language):
        sentences = [*agreement_view(document).sentences, *(fact.text for fact in method_facts(document))]
    for name in ("page", "PDF", "Word", "Excel"):
        assert [text for text in sentences if squeezed(text) not in said[name]] == [], name


def test_every_output_in_words_begins_the_plan_with_what_became_of_the_last_ones_goals(outputs, said):
    document = outputs.document
    texts = [text for one in document.goals_before for text in (one.what, one.item_title, one.text)]
    for name in ("page", "PDF", "Word", "Excel", "JSON"):
        assert [text for text in texts if squeezed(text) not in said[name]] == [], name
    for name in ("page", "PDF", "Word", "Excel"):
        for shown in ("Partlyreached", "Nolongerwanted", "Thewholesite", "15October2025", "Theplanfromhere"):
            assert not document.goals_before or shown in said[name], (name, shown)
        heading = squeezed("What became of the last plan’s goals")
        assert said[name].count(heading) == (1 if document.goals_before else 0), name


def test_every_output_in_words_has_the_services_reply(outputs, said):
    for reply in outputs.document.replies:
        texts = [reply.text, reply.answer, *(one.text for one in reply.items)]
        texts += [text for one in reply.items for text in (one.evidence, one.answer, one.reason)]
        for name in ("page", "PDF", "Word", "Excel", "JSON"):
            missing = [text for text in texts if squeezed(text) not in said[name]]
            assert missing == [], name


def test_every_output_in_words_tells_beside_the_item_that_its_score_changed_after_the_reply(outputs, said):
    changed = [one for reply in outputs.document.replies for one in reply.items if one.rescored]
    for name in ("page", "PDF", "Word", "Excel"):
        for one in changed:
            sentence = f"The score changed after the service’s reply, from 3 to 4: {one.reason}"
            assert said[name].count(squeezed(sentence)) == 1, name
        if not changed:
            assert squeezed("The score changed after the service") not in said[name], name


def test_every_output_has_what_a_correction_changed_and_why(outputs, said):
    document = outputs.document
    shown = [
        document.correction_reason,
        *(text for one in document.changes for text in (one.before, one.after)),
    ]
    if document.corrects:
        shown += ["Edition 1.1 corrects edition 1.0 of 9 November 2026.", "What changed in this edition"]
    for name in ("page", "PDF", "Word", "Excel"):
        assert [text for text in shown if squeezed(text) not in said[name]] == [], name
    assert [one["after"] for one in outputs.data.get("changes", ())] == [
        one.after for one in document.changes
    ]
    of_first = [
        f"{one.field}: {one.before} → {one.after}" for one in document.changes if one.item_number == 1
    ]
    assert outputs.rows[0]["corrected"] == "\n".join(of_first)
    assert outputs.rows[0]["corrects"] == document.corrects


def test_a_withdrawn_edition_says_so_on_top_of_every_output_and_another_in_none(outputs, said):
    line = outputs.document.withdrawn

    assert ("WITHDRAWN" in outputs.rows[-1]["edition"]) == (line is not None)
    assert outputs.data.get("withdrawn", {}).get("reason", "") == (line.reason if line else "")
    assert ("WITHDRAWNon1December2026" in said["PDF"]) == (line is not None)
    if line is None:
        assert not any("withdrawn" in text.lower() for text in said.values())
        return
    notice = "Edition 1.0 was withdrawn on 1 December 2026 by Rosa Beaumont: It was of another site."
    header = "".join(one.text for one in outputs.word.sections[0].header.paragraphs)
    tops = [
        "".join(str(cell.value or "") for row in sheet.iter_rows(max_row=2) for cell in row)
        for sheet in outputs.workbook
    ]
    assert squeezed(notice) in said["page"]
    assert header == notice
    assert all(notice in top for top in tops)


def test_a_section_with_items_unrated_says_that_its_total_is_one_so_far(outputs, said):
    for section in outputs.document.sections:
        total = section.total
        so_far = squeezed(f"{total.points} so far, of {total.maximum} · can become {span(total.can_become)}")
        for name in ("page", "PDF", "Word", "Excel"):
            assert (so_far in said[name]) == bool(total.unrated), name
            if total.unrated:
                assert f"{total.points}/{total.maximum}" not in said[name], name
