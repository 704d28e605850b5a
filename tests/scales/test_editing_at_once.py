"""Two administrators at the same moment, each on a connection of their own."""

from dataclasses import replace

import pytest
from django.urls import reverse

from scales.actions.drafting import delete_draft
from scales.actions.editing import save_item
from scales.actions.publishing import publish_version
from scales.actions.refusals import ChangedMeanwhile, NotADraft
from scales.models import ScaleVersion, Status
from scales.parts import bare, fingerprint
from tests.at_once import at_once
from tests.factories.accounts import scale_administrator
from tests.factories.scales import draft_of

pytestmark = pytest.mark.django_db(transaction=True)


def caseload(version: ScaleVersion):
    return bare(
        ScaleVersion.objects.select_related("scale").get(pk=version.pk).to_spec().item("caseload-size")
    )


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_saves_of_one_item_one_is_kept_and_one_is_told(attempt):
    people = [scale_administrator(), scale_administrator()]
    draft = draft_of(by=people[0])
    stored = caseload(draft)

    def save(person, words):
        return lambda: save_item(
            version=draft,
            code=stored.code,
            item=replace(stored, measures=words),
            based_on=fingerprint(stored),
            by=person,
        )

    outcomes = at_once(save(people[0], "Hers"), save(people[1], "His"))

    refused = [place for place, outcome in enumerate(outcomes) if isinstance(outcome, ChangedMeanwhile)]
    assert len(refused) == 1, outcomes
    assert caseload(draft).measures == ("His" if refused == [0] else "Hers")


@pytest.mark.parametrize("attempt", range(3))
def test_a_save_beside_publishing_is_in_what_is_published_or_refused(attempt):
    by = scale_administrator()
    draft = draft_of(by=by)
    stored = caseload(draft)

    saved, published = at_once(
        lambda: save_item(
            version=draft,
            code=stored.code,
            item=replace(stored, measures="New words."),
            based_on=fingerprint(stored),
            by=by,
        ),
        lambda: publish_version(version=draft, by=by, note="The next version."),
    )

    assert isinstance(published, ScaleVersion), published
    after = ScaleVersion.objects.select_related("scale").get(pk=draft.pk)
    assert after.status == Status.PUBLISHED
    if saved is None:
        assert caseload(draft).measures == "New words."
    else:
        assert isinstance(saved, NotADraft)
        assert caseload(draft).measures == stored.measures


def test_two_people_publish_once():
    people = [scale_administrator(), scale_administrator()]
    draft = draft_of(by=people[0])

    outcomes = at_once(
        *(lambda by=by: publish_version(version=draft, by=by, note="Published.") for by in people)
    )

    assert sum(isinstance(outcome, ScaleVersion) for outcome in outcomes) == 1, outcomes
    assert sum(isinstance(outcome, NotADraft) for outcome in outcomes) == 1, outcomes


@pytest.mark.parametrize("fate", ["deleted", "published"])
def test_what_was_typed_is_shown_when_the_draft_is_gone(client, fate):
    by = scale_administrator()
    draft = draft_of(by=by)
    stored = caseload(draft)
    if fate == "deleted":
        delete_draft(draft=draft, by=by)
    else:
        publish_version(version=draft, by=by, note="The next version.")
    client.force_login(by)

    answer = client.post(
        reverse("scales:draft_item", args=[draft.pk, stored.code]),
        {"measures": "Words that took a while to write.", "go": "save", "based_on": fingerprint(stored)},
    )

    assert answer.status_code == 404
    assert "Words that took a while to write." in answer.content.decode()
