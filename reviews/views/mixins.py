"""How every page of a review loads it: out of sight is 404, in sight but not allowed is 403."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from accounts.permissions import Permission, is_allowed
from reviews.actions.refusals import NotNow
from reviews.models import Review
from reviews.navigation import pages_of


class ReviewMixin:
    """Loads `self.review` by the address's `pk`. A page names its `permission`, and may ask more in `is_open`."""

    permission: Permission = Permission.VIEW_REVIEW

    @cached_property
    def review(self) -> Review:
        return get_object_or_404(
            Review.objects.visible_to(self.request.user).with_details(), pk=self.kwargs["pk"]
        )

    def is_open(self) -> bool:
        """Whether the page is open to this person at this stage; pages override it."""
        return True

    def dispatch(self, request, *args, **kwargs):
        if not is_allowed(request.user, self.permission, self.review) or not self.is_open():
            raise PermissionDenied
        try:
            return super().dispatch(request, *args, **kwargs)
        except NotNow as error:
            # The stage moved on between opening the page and sending it.
            raise PermissionDenied from error

    def get_context_data(self, **kwargs):
        here = self.request.resolver_match.url_name
        # Asked for only by templates that show the whole page.
        pages = partial(pages_of, self.request.user, self.review, here)
        return super().get_context_data(review=self.review, review_pages=pages, **kwargs)
