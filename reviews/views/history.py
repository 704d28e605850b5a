"""What happened in a review, and how each rating came to be."""

from django.http import Http404
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from reviews.past.comparing import has_others_to_compare
from reviews.past.history import happenings, past_of_item
from reviews.permissions import may_compare, may_read_past
from reviews.views.mixins import ReviewMixin


class History(ReviewMixin, TemplateView):
    """The timeline, oldest first, and the way to the past of each item's ratings."""

    template_name = "reviews/history.html"

    def get_context_data(self, **kwargs):
        user, review = self.request.user, self.review
        reads_past = may_read_past(user, review)
        return super().get_context_data(
            happenings=happenings(user, review),
            sections=review.version.to_spec().sections if reads_past else (),
            may_compare=may_compare(user, review) and has_others_to_compare(user, review),
            **kwargs,
        )


class RatingHistory(ReviewMixin, TemplateView):
    """Past values of the ratings of one item, as far as the person may see those ratings now."""

    template_name = "reviews/rating_history.html"

    def is_open(self) -> bool:
        return may_read_past(self.request.user, self.review)

    @cached_property
    def item(self):
        spec = self.review.version.to_spec()
        if self.kwargs["code"] not in spec.items_by_code:
            raise Http404
        return spec.item(self.kwargs["code"])

    def get_context_data(self, **kwargs):
        spec = self.review.version.to_spec()
        return super().get_context_data(
            item=self.item,
            past=past_of_item(self.review, self.item.code, self.request.user),
            previous_item=spec.item_before(self.item.code),
            next_item=spec.item_after(self.item.code),
            **kwargs,
        )
