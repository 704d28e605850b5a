"""The reviews that someone may see, one review, one site."""

from django.shortcuts import get_object_or_404
from django.views.generic import ListView, TemplateView

from accounts.permissions import Permission, is_allowed
from programs.models import Site
from reviews.finishing.next_step import next_step_for
from reviews.home.site import site_top
from reviews.independence_words import label_of
from reviews.models import Result, Review, Stage
from reviews.past.comparing import has_others_to_compare
from reviews.past.history import happenings
from reviews.permissions import (
    may_agree,
    may_compare,
    may_edit_draft,
    may_edit_plan,
    may_have_score_sheet,
    may_issue,
    may_moderate,
    may_plan_review,
    may_rate,
    may_read_draft,
    may_read_reply,
    may_read_report,
    may_read_unresolved,
    may_reopen,
    may_reply,
)
from reviews.site_results import results_at
from reviews.views.mixins import ReviewMixin
from reviews.visit.deadlines import next_deadlines_of

# Lines of the history on the page of a review; the rest is on its own page.
LATEST = 6


class ReviewList(ListView):
    template_name = "reviews/review_list.html"
    context_object_name = "reviews"
    paginate_by = 25

    def get_queryset(self):
        return Review.objects.visible_to(self.request.user).with_details().with_report_state().latest_first()


class SiteDetail(TemplateView):
    """A site and its reviews."""

    template_name = "reviews/site_detail.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        sites = Site.objects.visible_to(user).select_related("program__organization", "setting")
        site = get_object_or_404(sites, pk=self.kwargs["pk"])
        reviews = Review.objects.visible_to(user).filter(site=site).with_details().with_report_state()
        results = results_at(user, site)
        return super().get_context_data(
            site=site,
            top=site_top(user, site),
            can_run_plan=is_allowed(user, Permission.EDIT_ACTION_PLAN, site),
            reviews=[(review, results.get(review.pk)) for review in reviews.latest_first()],
            has_trend=bool(results),
            can_plan=may_plan_review(user, site),
            can_choose_scale=is_allowed(user, Permission.CHOOSE_SCALE, site),
            past_results=Result.objects.imported()
            .readable_by(user)
            .filter(site=site)
            .with_details()
            .latest_first(),
            may_import=is_allowed(user, Permission.IMPORT_REVIEWS, site),
            can_invite=is_allowed(user, Permission.INVITE_VIEWERS, site),
            reads_outcomes=is_allowed(user, Permission.READ_REPORT, site),
            **kwargs,
        )


class ReviewDetail(ReviewMixin, TemplateView):
    """One review: plan, team, where it stands, what to do next, and its timeline."""

    template_name = "reviews/review_detail.html"

    def get_context_data(self, **kwargs):
        user, review = self.request.user, self.review
        reads_unresolved, edition = may_read_unresolved(user, review), None
        reply = review.latest_reply if reads_unresolved or review.stage == Stage.WITH_SERVICE else None
        if review.stage == Stage.ISSUED:
            editions = review.editions.without_files().select_related("issued_by")
            edition = editions.the_one_to_read_first().first()
        return super().get_context_data(
            edition=edition,
            reply=reply,
            next_step=next_step_for(user, review, reply) if reads_unresolved else None,
            latest=happenings(user, review)[: -LATEST - 1 : -1],
            next_dates=next_deadlines_of(review),
            label=label_of(review),
            has_consensus=sum(member.counts for member in review.team) > 1,
            own=review.member(user),
            may={
                "rate": may_rate(user, review),
                "reopen": may_reopen(user, review),
                "compare": may_compare(user, review) and has_others_to_compare(user, review),
                "edit_plan": may_edit_plan(user, review),
                "have_score_sheet": may_have_score_sheet(user, review),
                "agree": may_agree(user, review),
                "edit_draft": may_edit_draft(user, review),
                "read_draft": may_read_draft(user, review),
                "issue": may_issue(user, review),
                "read_report": may_read_report(user, review),
                "moderate": may_moderate(user, review),
                "read_unresolved": reads_unresolved,
                "reply": may_reply(user, review),
                "read_reply": may_read_reply(user, review),
            },
            **kwargs,
        )
