"""A consensus meeting of two people, and its page as each of them sees and sends it."""

from accounts.permissions import Role
from reviews.actions.consensus import agree
from tests.factories.accounts import UserFactory
from tests.factories.reviews import ReviewFactory, TeamMemberFactory
from tests.reviews.pages import HTMX, form_on
from tests.reviews.situations import fresh, submitted_by

SPLIT, EQUAL, UNRATED = "caseload-size", "zero-exclusion", "disclosure"


def meeting_of_two(**people):
    """Menna, who leads, and Idris agree but on caseload size: 5 and 3; disclosure neither has rated."""
    lead = UserFactory(name="Menna Prys", **people)
    review = ReviewFactory(lead=lead)
    idris = UserFactory(name="Idris Okafor", **people)
    TeamMemberFactory(review=review, role=Role.REVIEWER.value, user=idris)
    submitted_by(review, lead, {SPLIT: 5, UNRATED: None})
    return submitted_by(review, idris, {SPLIT: 3, UNRATED: None})


def other_of(review):
    return review.members.exclude(role=Role.LEAD.value).get().user


def url(review, code: str = "") -> str:
    if code == "here":
        return f"/reviews/{review.pk}/here/"
    return f"/reviews/{review.pk}/consensus/" + (f"{code}/" if code else "")


def fields_of(page, code=SPLIT) -> dict:
    return form_on(page, f"agree-{code}")


def send(client, review, code=SPLIT, page=None, htmx=False, **typed):
    """Type into the form of an item as the page shows it, and send it."""
    fields = fields_of(page or client.get(url(review)), code)
    fields |= typed if htmx else {"go": "save"} | typed
    return client.post(url(review, code), fields, **(HTMX if htmx else {}))


def stored(review, code=SPLIT):
    return review.consensus.select_related("item").get(item__code=code)


def as_other(review, code=SPLIT, **values):
    """Idris saves it on his device."""
    agree(review=fresh(review), item_code=code, values=values, by=other_of(review))
