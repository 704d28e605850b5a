"""Whatever is typed or sent, nobody meets an error page and nothing is half-saved."""

from urllib.parse import quote_plus

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviews.forms.facts import FactsForm
from reviews.forms.rating import RatingForm
from reviews.models import ItemFacts, Rating
from tests.factories.reviews import ReviewFactory, ratings_of
from tests.factories.scales import shipped_profile, shipped_scale
from tests.reviews.pages import HTMX, form_on, rate_url
from tests.reviews.situations import lead_of

SPEC, PROFILE = shipped_scale(), shipped_profile("community-mental-health")
WITH_FACTS = [item for item in SPEC.items if item.takes_facts]
ODD = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "\u202e5\u202c",
    "٥",
    "５",
    "²",
    "½",
    "-0",
    "+5",
    "5.0",
    "1e3",
    "1e-9",
    "1e999999999",
    "NaN",
    "sNaN",
    "-Infinity",
    "0x5",
    "1_000",
    "1,5",
    "9" * 5000,
    "0." + "3" * 5000,
    "None",
    "true",
    "[1, 2]",
    "{'a': 1}",
    "<script>alert(1)</script>",
    "{{ 7 }}{% now 'Y' %}",
    "'; DROP TABLE reviews_rating; --",
    "../../etc/passwd",
    "\r\n\r\n",
    "𝟝",
    "👩‍⚕️" * 50,
    "x" * 20_000,
]
WELL = [
    "1",
    "2",
    "5",
    "none",
    "other",
    "information-not-obtained",
    "yes",
    "no",
    "a",
    "b",
    "on",
    "41",
    "2.1",
    "0",
]
TYPED = st.one_of(st.sampled_from(ODD), st.sampled_from(WELL), st.text(max_size=40))
SENDABLE = st.one_of(
    st.sampled_from(ODD),
    st.sampled_from(WELL),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
)


def rating_names() -> list[str]:
    return list(RatingForm(item=SPEC.items[0], profile=PROFILE, suggests=True).fields)


def facts_names(item) -> list[str]:
    return [f"facts-{name}" for name in FactsForm(item=item, entries={}).fields]


def sent(draw, names: list[str], typed, revision: str) -> QueryDict:
    """Any of the fields, each with up to three values, and fields that no form has."""
    data = QueryDict(mutable=True)
    data[revision] = "0"
    for name in draw(
        st.lists(st.sampled_from([*names, "facts-label_39", "facts-value_7", "pk"]), max_size=12)
    ):
        data.setlist(name, draw(st.lists(typed, min_size=1, max_size=3)))
    return data


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_the_rating_form_never_raises(data):
    item = data.draw(st.sampled_from(SPEC.items))
    posted = sent(data.draw, rating_names(), TYPED, "revision")

    form = RatingForm(posted, item=item, profile=PROFILE, suggests=item.takes_facts)

    if form.is_valid():
        values = form.values()
        assert values["score"] in {None, 1, 2, 3, 4, 5}
        assert not (values["not_rated"] and values["score"])
    assert str(form["score"].errors) is not None


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_the_facts_form_never_raises_and_reads_back_what_it_kept(data):
    item = data.draw(st.sampled_from(WITH_FACTS))
    posted = sent(data.draw, facts_names(item), TYPED, "facts-facts_revision")

    form = FactsForm(posted, item=item, entries={})

    if form.is_valid():
        kept = form.entries()
        shown = FactsForm(item=item, entries=kept)
        assert shown.as_p()
        assert all(value is not None for value in kept.values())


@pytest.fixture
def review(client):
    review = ReviewFactory()
    client.force_login(lead_of(review))
    return review


TEXTS = ("rationale", "evidence", "recommendation")
SHOWN = (*TEXTS, "score", "not_rated", "unrated_code", "unrated_note", "revision")


def saved(review, code) -> tuple[dict, tuple]:
    """The rating and the facts of an item as they are stored; blank where nothing is."""
    ratings = ratings_of(review, lead_of(review)) if has_set(review) else {}
    rating = ratings.get(code, Rating())
    facts = review.facts.filter(item__code=code).first() or ItemFacts()
    return {name: getattr(rating, name) for name in SHOWN}, (facts.entries, facts.revision)


def has_set(review) -> bool:
    return review.members.filter(rating_set__isnull=False).exists()


def one_line_break(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def encoded(data: QueryDict) -> str:
    """As a browser sends it; characters that UTF-8 cannot hold go out as their raw bytes."""
    return "&".join(
        f"{quote_plus(name)}={quote_plus(value, errors='surrogatepass')}"
        for name, values in data.lists()
        for value in values
    )


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_posting_anything_is_answered_and_nothing_is_half_saved(client, review, data):
    item = data.draw(st.sampled_from([*WITH_FACTS, SPEC.item("zero-exclusion")]))
    htmx = HTMX if data.draw(st.booleans()) else {}
    names = rating_names() + (facts_names(item) if item.takes_facts else [])
    page = form_on(client.get(rate_url(review, item.code)))
    posted = QueryDict(mutable=True)
    for name, value in page.items():
        posted.setlist(name, value if isinstance(value, list) else [value])
    for name, values in sent(data.draw, names, SENDABLE, "ignored").lists():
        posted.setlist(name, values)
    rating_before, facts_before = saved(review, item.code)

    answer = client.post(
        rate_url(review, item.code),
        encoded(posted),
        content_type="application/x-www-form-urlencoded",
        **htmx,
    )

    rating, facts = saved(review, item.code)
    assert answer.status_code in (200, 302, 409, 422)
    if rating != rating_before:
        assert rating["revision"] == rating_before["revision"] + 1
        for name in TEXTS:
            assert one_line_break(rating[name]) == one_line_break(posted.get(name, "")).strip()
        assert str(rating["score"] or "") == ("" if rating["not_rated"] else posted.get("score", ""))
    if facts != facts_before:
        assert facts[1] == facts_before[1] + 1
    assert client.get(rate_url(review, item.code)).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("typed", [text for text in ODD if "\x00" not in text])
def test_odd_words_are_kept_as_typed_and_shown_as_text(client, review, typed):
    url = rate_url(review, "zero-exclusion")

    answer = client.post(url, form_on(client.get(url)) | {"score": "3", "rationale": f"a{typed}b"})

    assert answer.status_code == 302
    stored = ratings_of(review, lead_of(review))["zero-exclusion"].rationale
    assert one_line_break(stored) == one_line_break(f"a{typed}b")
    page = client.get(url)
    assert "<script>alert" not in page.content.decode()
    assert one_line_break(form_on(page)["rationale"]) == one_line_break(stored)


@pytest.mark.django_db
@pytest.mark.parametrize("revision", ["", "-1", "x", "1.5", "9" * 30, "9" * 5000, "\x00"])
def test_an_odd_revision_saves_nothing_over_another(client, review, revision):
    url = rate_url(review, "zero-exclusion")
    client.post(url, form_on(client.get(url)) | {"score": "3"})

    answer = client.post(url, form_on(client.get(url)) | {"score": "4", "revision": revision})

    assert answer.status_code in (409, 422)
    assert ratings_of(review, lead_of(review))["zero-exclusion"].score == 3


@pytest.mark.django_db
def test_a_text_beyond_the_largest_request_is_refused_whole(client, review):
    url = rate_url(review, "zero-exclusion")

    answer = client.post(url, form_on(client.get(url)) | {"score": "3", "rationale": "x" * 6_000_000})

    assert answer.status_code < 500
    assert not has_set(review)
