"""Where people begin: what they have to do, their reviews, one review, one site."""

from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.generic import ListView, TemplateView

from accounts.permissions import Permission, is_allowed
from programs.models import Program, Site
from reviews.finishing.at_a_glance import at_a_glance
from reviews.finishing.next_step import next_step_for
from reviews.independence_words import label_of
from reviews.models import Review, Stage
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
    rated_sites,
)
from reviews.version_news import version_news_for
from reviews.views.mixins import ReviewMixin
from reviews.visit.deadlines import next_deadlines_of
from scales.models import ScaleVersion, SettingProfile

# Lines of the history on the page of a review; the rest is on its own page.
LATEST = 6


class Home(TemplateView):
    """What to do next, then the latest reviews the person may see."""

    template_name = "reviews/home.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        sites = list(Site.objects.visible_to(user).select_related("program", "setting"))
        edits = is_allowed(user, Permission.EDIT_DEFINITIONS)
        drafts = {}
        blinded = rated_sites(user)
        with_service = list(Review.objects.with_service_of(user).with_details())
        to_finish = Review.objects.to_finish_by(user).with_details()
        if edits:
            drafts = {
                "draft_versions": ScaleVersion.objects.drafts(),
                "draft_profiles": SettingProfile.objects.drafts(),
            }
        return super().get_context_data(
            **drafts,
            edits_definitions=edits,
            manages_people=user.is_staff and is_allowed(user, Permission.MANAGE_PEOPLE),
            version_news=version_news_for(user, language=get_language()),
            to_rate=Review.objects.to_rate_by(user).with_details(),
            to_moderate=Review.objects.to_moderate_by(user).with_details(),
            to_reply_to=[review for review in with_service if review.replied_at is None],
            replied=[review for review in with_service if review.replied_at],
            to_finish=at_a_glance(user, to_finish, blinded_sites=blinded),
            issued=Review.objects.visible_to(user)
            .issued()
            .with_details()
            .with_report_state()
            .latest_first()[:10],
            blinded_sites=blinded,
            sites=sites,
            managed=Program.objects.where_holding(user, Permission.INVITE_VIEWERS),
            has_reviewed=user.team_places.counting().exists(),
            can_plan=Site.objects.where_holding(user, Permission.PLAN_REVIEW).exists(),
            **kwargs,
        )


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
        return super().get_context_data(
            site=site,
            reviews=Review.objects.visible_to(user)
            .filter(site=site)
            .with_details()
            .with_report_state()
            .latest_first(),
            can_plan=may_plan_review(user, site),
            can_choose_scale=is_allowed(user, Permission.CHOOSE_SCALE, site),
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
