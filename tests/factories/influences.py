"""A barrier, and a local adaptation, of a review's whole site; `item_code`: of the item that it bears on."""

import factory

from reviews.models import Adaptation, Influence
from tests.factories.reviews import ReviewFactory


class RecordFactory(factory.django.DjangoModelFactory):
    class Meta:
        abstract = True

    class Params:
        item_code = ""

    review = factory.SubFactory(ReviewFactory)
    item_id = factory.LazyAttribute(lambda record: record.review.version.item_ids().get(record.item_code))
    by = factory.LazyAttribute(lambda record: record.review.members.get(role="lead reviewer").user)


class InfluenceFactory(RecordFactory):
    class Meta:
        model = Influence

    kind = Influence.Kind.BARRIER
    construct = "financing"
    text = "The contract is renewed year by year."


class AdaptationFactory(RecordFactory):
    class Meta:
        model = Adaptation

    what = "First meetings are by video."
    why = "The crossing takes half a day."
    planned = True
    core_kept = Adaptation.CoreKept.YES
