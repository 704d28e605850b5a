"""The next version of a scale says something else; reports on the version before keep their words and their bytes."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import NoReverseMatch, reverse

from scales.actions.editing import save_item
from scales.actions.publishing import publish_version, retire_version
from scales.models import Anchor, ScaleVersion, Status
from scales.parts import bare, fingerprint
from tests.factories.accounts import scale_administrator
from tests.factories.scales import draft_of
from tests.reports.reviews import draft, issued_report
from tests.reviews.situations import fresh, lead_of

pytestmark = pytest.mark.django_db

NEW_WORDS = "Twenty-two people or fewer for each full-time specialist."


def next_version_with_other_words(by) -> ScaleVersion:
    """A version in which the top anchor of the first item reads `NEW_WORDS`."""
    version = draft_of(by=by)
    stored = bare(version.to_spec().items[0])
    top = replace(stored.anchors[0], descriptor=NEW_WORDS)
    save_item(
        version=version,
        code=stored.code,
        item=replace(stored, anchors=(top, *stored.anchors[1:])),
        based_on=fingerprint(stored),
        by=by,
    )
    return publish_version(version=version, by=by, note="The threshold is worded anew.")


def pages_of(client, review) -> tuple[str, bytes]:
    edition = {"pk": review.pk, "major": 1, "minor": 0}
    page = client.get(reverse("reports:edition", kwargs=edition)).content.decode()
    pdf = client.get(reverse("reports:edition_pdf", kwargs=edition))
    return page[page.index("<main") :], b"".join(pdf) if pdf.streaming else pdf.content


def test_an_issued_report_keeps_its_words_and_its_bytes(client):
    review = issued_report()
    client.force_login(lead_of(review))
    before = pages_of(client, review)
    old_words = review.version.to_spec().items[0].anchors[0].descriptor

    by = scale_administrator()
    version = next_version_with_other_words(by)
    retire_version(version=review.version, by=by, note="Replaced.")

    assert version.to_spec().items[0].anchors[0].descriptor == NEW_WORDS
    assert pages_of(client, review) == before
    assert NEW_WORDS not in before[0]
    assert fresh(review).version.to_spec().items[0].anchors[0].descriptor == old_words


def test_a_review_under_way_keeps_its_version_after_it_is_retired(client):
    review = draft()
    by = scale_administrator()
    next_version_with_other_words(by)
    retire_version(version=review.version, by=by, note="Replaced.")
    client.force_login(lead_of(review))

    page = client.get(reverse("reports:report", args=[review.pk])).content.decode()

    assert NEW_WORDS not in page
    assert fresh(review).version.status == Status.RETIRED


def test_the_words_of_a_published_anchor_are_refused_by_every_way_in(client):
    version = issued_report().version
    client.force_login(scale_administrator())
    anchor = Anchor.objects.filter(item__version=version).first()
    words = anchor.descriptor

    for name in ("draft", "draft_head", "draft_bands", "draft_outline"):
        address = reverse(f"scales:{name}", args=[version.pk])
        assert client.get(address).status_code == 404
        assert client.post(address, {"title": NEW_WORDS}).status_code in (404, 405)
    form = reverse("scales:draft_item", args=[version.pk, anchor.item.code])
    assert client.post(form, {"measures": "Other"}).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("admin:scales_anchor_change", args=[anchor.pk])
    anchor.descriptor = NEW_WORDS
    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        anchor.save()
    with pytest.raises(IntegrityError, match="stays as it is"), transaction.atomic():
        Anchor.objects.filter(pk=anchor.pk).update(descriptor=NEW_WORDS)
    with (
        pytest.raises(IntegrityError, match="stays as it is"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE scales_anchor SET descriptor = %s WHERE id = %s", [NEW_WORDS, anchor.pk])

    assert Anchor.objects.get(pk=anchor.pk).descriptor == words
