"""A planned review with a lead who rates; traits are situations further on in its life."""

from datetime import date

import factory

from accounts.permissions import Role
from reviews.actions.rating import save_rating, submit_ratings
from reviews.models import (
    Activity,
    AgendaEntry,
    Deadline,
    EvidenceNote,
    Kind,
    Mode,
    Rating,
    RatingSet,
    Review,
    Source,
    Stage,
    TeamMember,
    TimetablePolicy,
)
from reviews.visit.timetable import Anchor, Unit
from scales.scoring import check_score
from tests.factories.accounts import UserFactory
from tests.factories.programs import SettingFactory, SiteFactory
from tests.factories.scales import setting_profile


class ReviewFactory(factory.django.DjangoModelFactory):
    """`setting`, `wording`: which shipped profile and scale version. `lead`: the user who leads, else a new one."""

    class Meta:
        model = Review
        skip_postgeneration_save = True

    class Params:
        setting = "community-mental-health"
        wording = "uk"

    site = factory.SubFactory(
        SiteFactory, setting=factory.SubFactory(SettingFactory, code=factory.SelfAttribute("...setting"))
    )
    profile = factory.LazyAttribute(lambda review: setting_profile(review.setting, review.wording))
    version = factory.SelfAttribute("profile.version")
    kind = Kind.BASELINE
    mode = Mode.ON_SITE
    starts_on = date(2026, 10, 14)
    ends_on = date(2026, 10, 15)
    created_by = factory.SubFactory(UserFactory)

    @factory.post_generation
    def lead(review, create, user, **kwargs):
        TeamMemberFactory(review=review, role=Role.LEAD.value, user=user or UserFactory())

    @factory.post_generation
    def scores(review, create, scores, **kwargs):
        """`scores=3` or `{item code: score or None}`: rate every item alone and submit; None is not rated."""
        if scores is None:
            return
        lead = review.members.get(role=Role.LEAD.value).user
        fresh = Review.objects.with_details().get(pk=review.pk)
        rate_all(fresh, lead, scores)
        submit_ratings(review=fresh, by=lead)
        review.refresh_from_db()
        review.__dict__.pop("team", None)


class TeamMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TeamMember

    review = factory.SubFactory(ReviewFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.REVIEWER.value


class EvidenceNoteFactory(factory.django.DjangoModelFactory):
    """`items`: codes of the items that it bears on, caseload size where none are named."""

    class Meta:
        model = EvidenceNote
        skip_postgeneration_save = True

    review = factory.SubFactory(ReviewFactory)
    source = Source.INTERVIEW
    who_or_what = "employment team leader"
    text = "Caseloads were shared out in spring."
    by = factory.LazyAttribute(lambda note: note.review.members.get(role=Role.LEAD.value).user)

    @factory.post_generation
    def items(note, create, codes, **kwargs):
        ids = note.review.version.item_ids()
        note.items.set([ids[code] for code in (("caseload-size",) if codes is None else codes)])


class AgendaEntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgendaEntry

    review = factory.SubFactory(ReviewFactory)
    activity = Activity.INTERVIEW
    title = factory.Sequence(lambda number: f"Employment specialist {number}")


class DeadlineFactory(factory.django.DjangoModelFactory):
    """Two weeks before the visit, unless said otherwise."""

    class Meta:
        model = Deadline

    review = factory.SubFactory(ReviewFactory)
    place = factory.Sequence(lambda number: number)
    title = factory.Sequence(lambda number: f"Step {number}")
    anchor = Anchor.BEFORE_VISIT.value
    offset = 2
    unit = Unit.WEEKS.value


class TimetablePolicyFactory(factory.django.DjangoModelFactory):
    """`steps`: rows of title, anchor, offset and unit."""

    class Meta:
        model = TimetablePolicy
        skip_postgeneration_save = True

    name = factory.Sequence(lambda number: f"Timetable {number}")

    @factory.post_generation
    def steps(policy, create, rows, **kwargs):
        for place, (title, anchor, offset, unit) in enumerate(rows or (), 1):
            policy.steps.create(place=place, title=title, anchor=anchor.value, offset=offset, unit=unit.value)


def rate_all(review: Review, user, scores) -> RatingSet:
    """Rate every item as one reviewer, without submitting. A missing code gets the highest score.

    The first item and those rated before are saved as the page saves them; the others are written as one, to the
    same rows and history.
    """
    spec, own = review.version.to_spec(), RatingSet.objects.of(review, user)
    values = {item.code: _values_of(item, spec, scores) for item in spec.items}
    begun = set(own.get().by_code()) if own.exists() else set()
    one_by_one = begun | {spec.items[0].code}
    for code in filter(one_by_one.__contains__, values):
        save_rating(review=review, item_code=code, values=values[code], based_on=0, by=user)
    own_set, ids = own.get(), review.version.item_ids()
    blank = [Rating(rating_set=own_set, item_id=ids[code]) for code in values if code not in one_by_one]
    rest = {rating.item_id: rating for rating in Rating.objects.bulk_create(blank)}
    for code in values.keys() - one_by_one:
        check_score(spec, code, values[code]["score"])
        rest[ids[code]].revision = 1
        for name, value in values[code].items():
            setattr(rest[ids[code]], name, value)
    changed = ("score", "rationale", "not_rated", "unrated_note", "revision")
    Rating.objects.bulk_update(rest.values(), changed)
    return own_set


def _values_of(item, spec, scores) -> dict:
    score = scores.get(item.code, spec.maximum) if isinstance(scores, dict) else scores
    values = {"score": score, "rationale": f"Seen at the visit: {item.short_title}."}
    if score is None:
        values |= {"not_rated": True, "unrated_note": "Not seen at this visit."}
    return values


def ratings_of(review: Review, user) -> dict[str, Rating]:
    return RatingSet.objects.get(member__review=review, member__user=user).by_code()


__all__ = [
    "AgendaEntryFactory",
    "DeadlineFactory",
    "EvidenceNoteFactory",
    "ReviewFactory",
    "Stage",
    "TeamMemberFactory",
    "TimetablePolicyFactory",
    "rate_all",
    "ratings_of",
]
