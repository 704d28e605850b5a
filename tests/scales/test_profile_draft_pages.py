"""The pages of a profile's draft: the table, one item, sources, and closed to everyone else."""

from dataclasses import replace

import pytest

from scales.actions.editing_profiles import save_adjustment, save_degrees
from scales.actions.publishing import publish_profile
from scales.models import SettingProfile
from scales.parts import degrees_of, fingerprint
from scales.spec import Adjustment, Degree, ExpectedLoss, StatementKind
from tests.factories.accounts import UserFactory
from tests.factories.scales import (
    profile_draft_of,
    scale_version,
    setting_profile,
    shipped_profile,
    shipped_scale,
)
from tests.reviews.pages import HTMX, error_beside, form_on, read, text_at, text_of

pytestmark = pytest.mark.django_db

CASELOAD = "items/caseload-size/"
PAGES = ("", "about/", "sources/", "general/", CASELOAD, f"{CASELOAD}preview/", "delete/")
# Each of an item's lists sends how many rows it has.
ROWS = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")


@pytest.fixture
def admin(client):
    user = UserFactory(name="Perpetua Vane", is_scale_admin=True)
    client.force_login(user)
    return user


@pytest.fixture
def draft(admin):
    return profile_draft_of(by=admin)


def url(draft, page: str = "") -> str:
    return f"/drafts/profiles/{draft.pk}/{page}"


def spec_of(draft):
    return SettingProfile.objects.select_related("version__scale").get(pk=draft.pk).to_spec()


def fields_of(client, address: str, **typed) -> dict:
    names = {name.replace("__", "-"): value for name, value in typed.items()}
    return form_on(client.get(address), "form-1") | {"go": "save"} | names


# Who may


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_who_edits_no_definitions_meets_403_whether_the_draft_is_there_or_not(client, page, method):
    draft = profile_draft_of()
    before = spec_of(draft)
    client.force_login(UserFactory(is_user_admin=True))

    for address in (url(draft, page), f"/drafts/profiles/999999/{page}"):
        assert getattr(client, method)(address).status_code == 403
    assert spec_of(draft) == before


@pytest.mark.parametrize("page", PAGES)
def test_what_is_published_is_no_draft(client, admin, page):
    assert client.post(url(setting_profile(), page)).status_code == 404


def test_no_page_of_an_item_that_the_scale_lacks(client, draft):
    assert client.get(url(draft, "items/no-such-item/")).status_code == 404
    assert client.post(url(draft, "items/no-such-item/preview/")).status_code == 404


def test_a_draft_that_was_published_meanwhile_is_not_changed(client, admin, draft):
    fields = fields_of(client, url(draft), **{"item-caseload-size-degree": "limited"})
    publish_profile(profile=draft, by=admin, note="Ready.")

    assert client.post(url(draft), fields).status_code == 404
    assert spec_of(draft).adjustment("caseload-size").degree is Degree.PARTLY


# The table

WITHOUT_A_HALF_TYPED_LOSS = (
    "Attainable in this setting 98 to 107 of 125 Not counted yet, for it cannot be saved so: Zero exclusion."
)


def test_the_table_shows_every_item_with_the_attainable_total(client, draft):
    page = client.get(url(draft))
    fields = form_on(page, "form-1")

    assert text_at(page, "attainable") == "Attainable in this setting 98 to 107 of 125"
    assert [fields[f"item-{item.code}-degree"] for item in shipped_scale().items] == [
        row.degree.value for row in degrees_of(spec_of(draft), shipped_scale())
    ]
    assert "nothing stands in the way" in text_of(page)


def test_sending_the_table_back_changes_nothing(client, draft):
    before = spec_of(draft)

    answer = client.post(url(draft), fields_of(client, url(draft)))

    assert answer.status_code == 302
    assert spec_of(draft) == before
    draft.refresh_from_db()
    assert draft.changed_at is None


def test_a_changed_row_is_saved_and_the_others_stay(client, admin, draft):
    before = spec_of(draft)
    changed = {
        "item-zero-exclusion-degree": "majorly",
        "item-zero-exclusion-lowest": "1",
        "item-zero-exclusion-highest": "2",
        "item-zero-exclusion-source": "editors",
    }

    client.post(url(draft), fields_of(client, url(draft), **changed))

    after = spec_of(draft).adjustment("zero-exclusion")
    assert (after.degree, after.expected_loss) == (Degree.MAJORLY, ExpectedLoss(1, 2, "editors"))
    assert after.statements == before.adjustment("zero-exclusion").statements
    assert spec_of(draft).adjustment("caseload-size") == before.adjustment("caseload-size")
    draft.refresh_from_db()
    assert draft.changed_by == admin


def test_a_new_source_and_why_are_saved_with_the_row_that_rests_on_them(client, admin):
    draft = profile_draft_of("community-mental-health", by=admin)
    changed = {
        "item-zero-exclusion-degree": "partly",
        "item-zero-exclusion-why": "Some may not work in health care.",
        "citing-usual": "+new",
        "citing-citation": "Talks with four teams.",
        "citing-short_name": "talks",
    }

    client.post(url(draft), fields_of(client, url(draft), **changed))

    after = spec_of(draft)
    assert after.sources[-1].code == "talks"
    said = after.adjustment("zero-exclusion").statements
    assert [(one.kind, one.text, one.source) for one in said] == [
        (StatementKind.CAUTION, "Some may not work in health care.", "talks")
    ]
    assert "nothing stands in the way" in text_of(client.get(url(draft)))


def test_the_attainable_total_is_told_while_typing_and_nothing_is_saved(client, draft):
    before = spec_of(draft)
    typed = fields_of(client, url(draft), **{"item-zero-exclusion-lowest": "1", "go": "attainable"})

    answer = client.post(url(draft), typed, **HTMX)

    assert text_of(answer) == WITHOUT_A_HALF_TYPED_LOSS
    assert spec_of(draft) == before


def test_without_script_a_button_shows_the_total_as_typed(client, draft):
    before = spec_of(draft)
    typed = fields_of(client, url(draft), **{"item-zero-exclusion-lowest": "1", "go": "show"})

    answer = client.post(url(draft), typed)

    assert text_at(answer, "attainable") == WITHOUT_A_HALF_TYPED_LOSS
    assert form_on(answer, "form-1")["item-zero-exclusion-lowest"] == "1"
    assert spec_of(draft) == before


def test_a_mistake_is_told_beside_its_field_and_nothing_typed_is_lost(client, draft):
    before = spec_of(draft)
    wrong = {"item-caseload-size-lowest": "9", "item-zero-exclusion-degree": "limited"}

    answer = client.post(url(draft), fields_of(client, url(draft), **wrong))

    assert answer.status_code == 422
    assert error_beside(answer, "item-caseload-size-lowest") == "Write whole points from 0 to 4."
    assert "Costs at least, item 1: Write whole points from 0 to 4." in text_of(answer)
    fields = form_on(answer, "form-1")
    assert (fields["item-caseload-size-lowest"], fields["item-zero-exclusion-degree"]) == ("9", "limited")
    assert spec_of(draft) == before


def test_what_must_be_mended_leads_to_the_page_that_mends_it(client, admin):
    draft = profile_draft_of("community-mental-health", by=admin)
    client.post(url(draft), fields_of(client, url(draft), **{"item-disclosure-degree": "limited"}))

    page = client.get(url(draft))

    assert "1 thing to mend first" in text_of(page)
    assert f'href="{url(draft, "items/disclosure/")}"' in page.content.decode()


# Two at once


def test_of_two_who_save_the_table_the_second_is_told_and_may_put_theirs_in_place(client, admin, draft):
    mine = fields_of(client, url(draft), **{"item-caseload-size-degree": "limited"})
    scale, stored = shipped_scale(), degrees_of(spec_of(draft), shipped_scale())
    theirs = tuple(
        replace(row, degree=Degree.MAJORLY) if row.item == "caseload-size" else row for row in stored
    )
    save_degrees(profile=draft, degrees=theirs, based_on=fingerprint(stored), by=admin)

    answer = client.post(url(draft), mine)

    assert answer.status_code == 409
    said = "Caseload size: saved is “Majorly changed, 2–3 points (england)”, yours is “Limited by design, 2–3 points"
    assert said in text_of(answer)
    assert degrees_of(spec_of(draft), scale) == theirs
    again = form_on(answer, "form-1")
    assert again["item-caseload-size-degree"] == "limited"
    assert client.post(url(draft), again | {"go": "save"}).status_code == 302
    assert spec_of(draft).adjustment("caseload-size").degree is Degree.LIMITED


def test_a_refused_save_adds_no_source_either(client, admin, draft):
    mine = fields_of(
        client, url(draft), **{"item-caseload-size-degree": "majorly", "citing-citation": "A new one."}
    )
    stored = spec_of(draft).adjustment("caseload-size")
    save_adjustment(
        profile=draft,
        adjustment=replace(stored, degree=Degree.LIMITED),
        based_on=fingerprint(stored),
        by=admin,
    )

    assert client.post(url(draft), mine).status_code == 409
    assert spec_of(draft).sources == shipped_profile("primary-care").sources


# One item


def test_an_item_is_sent_back_as_it_was(client, draft):
    before = spec_of(draft)

    assert client.post(url(draft, CASELOAD), fields_of(client, url(draft, CASELOAD))).status_code == 302
    assert spec_of(draft) == before


def test_an_added_row_is_shown_and_not_saved_until_it_is_sent(client, draft):
    before = spec_of(draft)
    fields = fields_of(client, url(draft, CASELOAD), go="add:statements:evidence")

    page = client.post(url(draft, CASELOAD), fields)
    row = len(before.adjustment("caseload-size").statements)
    again = form_on(page, "form-1")

    assert again[f"statements-{row}-kind"] == "evidence"
    assert spec_of(draft) == before
    again |= {f"statements-{row}-text": "The gate list.", f"statements-{row}-source": "ips-25", "go": "save"}
    assert client.post(url(draft, CASELOAD), again).status_code == 302
    said = spec_of(draft).adjustment("caseload-size").statements[-1]
    assert (said.kind, said.text, said.source) == (StatementKind.EVIDENCE, "The gate list.", "ips-25")


def test_other_bounds_and_a_reason_are_saved_with_their_source(client, admin):
    draft = profile_draft_of("community-mental-health", by=admin)
    page = client.post(url(draft, CASELOAD), fields_of(client, url(draft, CASELOAD), go="add:reasons"))
    typed = {
        "threshold-5-upper": "25",
        "reasons-0-text": "Too few referrals so far.",
        "citing-usual": "editors",
        "go": "save",
    }

    client.post(url(draft, CASELOAD), form_on(page, "form-1") | typed)

    after = spec_of(draft).adjustment("caseload-size")
    assert [(row.points, row.lower, row.upper, row.source) for row in after.thresholds] == [
        (5, None, 25, "editors")
    ]
    assert [(row.code, row.source) for row in after.unrated_reasons] == [
        ("too-few-referrals-so-far", "editors")
    ]


def test_the_preview_shows_what_is_typed_as_a_reviewer_sees_it(client, draft):
    before = spec_of(draft)
    fields = fields_of(client, url(draft, CASELOAD), loss__lowest="1", loss__highest="1")

    answer = client.post(url(draft, f"{CASELOAD}preview/"), fields, **HTMX)

    assert "In primary care this item is known to cost 1 point." in text_of(answer)
    assert "Attainable in this setting 100 to 108 of 125" in text_of(answer)
    assert spec_of(draft) == before


def test_the_gap_of_each_score_is_split_as_the_setting_shares_it(client, draft):
    """A gap of 3 where the setting costs 2 to 3: 2 to 3 of it the setting's, 0 to 1 open."""
    page = read(client.get(url(draft, CASELOAD)))
    shown = " ".join(" ".join(page.by_id["preview"]).split())

    assert "Score Gap The setting’s Open 1 4 2–3 1–2 2 3 2–3 0–1 3 2 2 0 4 1 1 0 5 0 0 0" in shown


@pytest.mark.parametrize(
    "fields", [{}, {"loss-lowest": "\x00", "statements-TOTAL_FORMS": "-4"}, {"go": "zzz"}]
)
def test_a_preview_of_nonsense_is_still_answered(client, draft, fields):
    answer = client.post(url(draft, f"{CASELOAD}preview/"), fields, **HTMX)

    assert answer.status_code == 200


def test_a_page_sent_in_part_takes_nothing_out(client, draft):
    before = spec_of(draft)
    fields = fields_of(client, url(draft, CASELOAD))
    for name in ROWS:
        fields.pop(f"statements-{name}")

    answer = client.post(url(draft, CASELOAD), fields)

    assert answer.status_code == 422
    assert "sent only in part" in text_of(answer)
    assert spec_of(draft) == before


# Beside the items


def test_the_head_is_changed_and_a_code_that_is_taken_is_refused(client, draft):
    good = fields_of(
        client, url(draft, "about/"), title="Prison leavers", in_words="work with prison leavers"
    )
    taken = good | {"code": "community-forensic"}

    assert client.post(url(draft, "about/"), good).status_code == 302
    answer = client.post(
        url(draft, "about/"), fields_of(client, url(draft, "about/")) | {"code": taken["code"]}
    )

    assert spec_of(draft).in_words == "work with prison leavers"
    assert answer.status_code == 422
    assert error_beside(answer, "code") == "Another profile of this scale version has this code."


def test_a_source_is_added_on_its_own_page(client, draft):
    page = client.post(url(draft, "sources/"), fields_of(client, url(draft, "sources/"), go="add"))
    number = len(spec_of(draft).sources)
    typed = {f"sources-{number}-citation": "Talks with four teams.", "go": "save"}

    assert client.post(url(draft, "sources/"), form_on(page, "form-1") | typed).status_code == 302
    assert [source.code for source in spec_of(draft).sources][-1] == "talks-with-four-teams"


def test_notes_and_reasons_for_the_whole_scale_are_sent_back_as_they_were(client, draft):
    before = spec_of(draft)

    assert client.post(url(draft, "general/"), fields_of(client, url(draft, "general/"))).status_code == 302
    assert spec_of(draft) == before


def test_a_draft_is_deleted_after_asking(client, draft):
    assert "Delete the draft" in text_of(client.get(url(draft, "delete/")))
    assert SettingProfile.objects.filter(pk=draft.pk).exists()

    answer = client.post(url(draft, "delete/"))

    assert answer.url == "/scales/"
    assert not SettingProfile.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("page", ["", CASELOAD, "general/"])
def test_a_page_asks_the_database_as_often_for_a_full_profile_as_for_an_empty_one(
    client, admin, page, django_assert_max_num_queries
):
    scale_version()
    for draft in (
        profile_draft_of(by=admin),
        profile_draft_of("community-mental-health", code="x", by=admin),
    ):
        with django_assert_max_num_queries(14):
            client.get(url(draft, page))


def test_an_empty_adjustment_leaves_no_row(client, admin, draft):
    silent = {f"item-zero-exclusion-{name}": "" for name in ("lowest", "highest")}
    draft_of_nothing = profile_draft_of("community-mental-health", code="quiet", by=admin)
    client.post(
        url(draft_of_nothing),
        fields_of(client, url(draft_of_nothing), **silent | {"citing-usual": "editors"}),
    )

    assert spec_of(draft_of_nothing).adjustments == ()
    assert Adjustment(item="zero-exclusion") == spec_of(draft_of_nothing).adjustment("zero-exclusion")
