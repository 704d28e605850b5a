"""What closes a set of ratings: choosing between two texts, seeing what is missing, submitting."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from reviews.actions.rating import RatingsIncomplete, settle_conflict, submit_ratings
from reviews.actions.refusals import NotNow
from reviews.evidence.groups import thin_items
from reviews.evidence.warnings import evidence_warnings
from reviews.facts import suggestions_for
from reviews.missing import missing_before_submission, without_words
from reviews.models import RatingConflict, RatingSet
from reviews.permissions import may_work_on_visit
from reviews.views.rating import OwnRatingsMixin
from reviews.workspace import workspace


class SettleConflict(OwnRatingsMixin, View):
    """Choose between the saved text and the one kept from another window."""

    def post(self, request, *args, **kwargs):
        conflict = get_object_or_404(
            RatingConflict.objects.select_related("rating__item"),
            pk=kwargs["conflict"],
            rating__rating_set__member__review=self.review,
            rating__rating_set__member__user=request.user,
            resolved_at=None,
        )
        settle_conflict(
            review=self.review, conflict=conflict, use_kept=request.POST.get("use") == "kept", by=request.user
        )
        messages.success(request, _("Settled. The other text stays in the history of this rating."))
        return redirect("reviews:rate", pk=self.review.pk, code=conflict.rating.item.code)


class SubmitRatings(OwnRatingsMixin, TemplateView):
    """What is still missing; with nothing missing, submit."""

    template_name = "reviews/submit_ratings.html"

    def get_context_data(self, **kwargs):
        suggestions = suggestions_for(self.review, self.own_set)
        missing = kwargs.pop("missing", None)
        if missing is None and self.own_set:
            missing = self.own_set.missing(self.spec, suggestions)
        elif missing is None:
            missing = missing_before_submission(self.spec, {}, suggestions)
        return super().get_context_data(
            missing=missing,
            ready=len(self.spec.items) - len(missing),
            without_words=without_words(self.spec, self.ratings),
            thin=thin_items(self.spec, evidence_warnings(self.review)),
            workspace=workspace(self.spec, self.ratings),
            can_rate=self.can_rate,
            may_add_note=may_work_on_visit(self.request.user, self.review),
            own_set=self.own_set,
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        try:
            submit_ratings(review=self.review, by=request.user)
        except NotNow:
            # A second click finds the set submitted by the first.
            if not RatingSet.objects.submitted_by(self.review, request.user).exists():
                raise
        except RatingsIncomplete as error:
            context = self.get_context_data(missing=error.missing, has_errors=True)
            return self.render_to_response(context, status=422)
        messages.success(request, _("Your ratings are submitted and stay as they are."))
        return redirect("reviews:detail", pk=self.review.pk)
