"""The pages of a version's draft: their addresses, their fields as a browser sends them, and what is stored."""

from scales.models import ScaleVersion
from scales.spec import ScaleSpec
from tests.reviews.pages import form_on

NEW = "/drafts/versions/new/"
PARTS = ("about", "outline", "bands", "evidence", "principles")


def url(draft, page: str = "") -> str:
    return f"/drafts/versions/{draft.pk}/{page}"


def fields_of(client, address: str, **typed) -> dict:
    """The form of a page with what is typed into it; names with a hyphen: `rows__0__label`."""
    names = {name.replace("__", "-"): value for name, value in typed.items()}
    return form_on(client.get(address), "form-1") | {"go": "save"} | names


def now(draft) -> ScaleVersion:
    return ScaleVersion.objects.select_related("scale", "changed_by").get(pk=draft.pk)


def spec_of(draft) -> ScaleSpec:
    return now(draft).to_spec()
