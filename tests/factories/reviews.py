"""A planned review with a lead who rates; traits are situations further on in its life."""

from datetime import date

import factory

from accounts.permissions import Role
from reviews.actions.rating import save_rating, submit_ratings
from reviews.models import Kind, Mode, Rating, RatingSet, Review, Stage, TeamMember
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


def rate_all(review: Review, user, scores) -> RatingSet:
    """Rate every item as one reviewer, without submitting. A missing code gets the highest score."""
    spec = review.version.to_spec()
    for item in spec.items:
        score = scores.get(item.code, spec.maximum) if isinstance(scores, dict) else scores
        values = {"score": score, "rationale": f"Seen at the visit: {item.short_title}."}
        if score is None:
            values |= {"not_rated": True, "unrated_note": "Not seen at this visit."}
        save_rating(review=review, item_code=item.code, values=values, based_on=0, by=user)
    return RatingSet.objects.get(member__review=review, member__user=user)


def ratings_of(review: Review, user) -> dict[str, Rating]:
    return RatingSet.objects.get(member__review=review, member__user=user).by_code()


__all__ = ["ReviewFactory", "Stage", "TeamMemberFactory", "rate_all", "ratings_of"]
