"""How often pages on definitions ask the database: seldom, and as often for 35 items as for two."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from scales.actions.drafting import draft_profile
from scales.actions.loading import load_version
from scales.spec import ProfileSpec, ScaleSpec
from tests.factories.accounts import scale_administrator
from tests.factories.scales import draft_of, shipped_profile, shipped_scale
from tests.scales.other_definitions import of_35
from tests.scales.tiny import tiny_profile, tiny_scale

pytestmark = pytest.mark.django_db

AT_MOST = 20
OF_A_VERSION = ("draft", "draft_head", "draft_bands", "draft_evidence", "draft_outline", "publish_version")
OF_A_PROFILE = ("profile_draft", "profile_head", "profile_sources", "profile_general", "publish_profile")


def asked(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def counts(client, scale: ScaleSpec, profile_of_it: ProfileSpec) -> dict[str, int]:
    """Page to the number of its queries, on drafts of this scale and of a profile of it."""
    by = scale_administrator()
    client.force_login(by)
    version = draft_of(scale, by=by)
    published = load_version(definition=scale)[0]
    profile = draft_profile(definition=replace(profile_of_it, code="another"), version=published, by=by)
    code = scale.items[0].code
    pages = {name: reverse(f"scales:{name}", args=[version.pk]) for name in OF_A_VERSION}
    pages["draft_item"] = reverse("scales:draft_item", args=[version.pk, code])
    pages |= {name: reverse(f"scales:{name}", args=[profile.pk]) for name in OF_A_PROFILE}
    pages["profile_item"] = reverse("scales:profile_item", args=[profile.pk, code])
    pages["compare"] = f"{reverse('scales:compare')}?before={published.pk}&after={version.pk}"
    return {name: asked(client, address) for name, address in pages.items()}


def test_pages_ask_seldom_and_as_often_whatever_the_number_of_items(client):
    two = counts(client, tiny_scale(), tiny_profile())
    many = counts(client, shipped_scale(), shipped_profile("primary-care"))
    said = tuple(
        replace(shipped_profile("primary-care").adjustments[0], item=item.code)
        for item in of_35().scale.items
    )
    sources = shipped_profile("primary-care").sources
    most = counts(client, of_35().scale, replace(of_35().profile, adjustments=said, sources=sources))

    assert max(many.values()) <= AT_MOST, many
    assert two == many == most
