"""Plan a review, and change the plan."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.permissions import Permission
from programs.models import Site
from reviews.actions.planning import PlanDoesNotHold, change_plan, plan_review
from reviews.actions.refusals import ChangedMeanwhile
from reviews.forms.planning import PlanForm, plan_of, team_formset
from reviews.independence_words import label_of
from reviews.permissions import may_edit_plan
from reviews.starting_version import newer_than, start_of, usual_profile, versions_on_offer
from reviews.version_news import newer_without_profile
from reviews.views.mixins import ReviewMixin
from reviews.visit.open_reviews import other_open_reviews
from scales.models import SettingProfile


class PlanPage(TemplateView):
    """The form of a plan with its team; what a valid one leads to is the subclass's `save`."""

    template_name = "reviews/plan.html"
    review = None

    def get_initial(self) -> dict:
        return {}

    def get_form(self, data=None) -> PlanForm:
        return PlanForm(data, by=self.request.user, review=self.review, initial=self.get_initial())

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", self.get_form())
        kwargs.setdefault("team", team_formset(None, by=self.request.user, review=self.review))
        context = {
            "formsets": [kwargs["team"]],
            "label": label_of(self.review) if self.review else None,
            "others": self.others(self.get_initial().get("site")),
            "start": None,
            "newer_lacking": None,
        }
        return super().get_context_data(**(context | kwargs))

    def others(self, site, besides=None):
        """Other open reviews of the site of this plan; None where no site is chosen yet."""
        review = besides or self.review
        return site and other_open_reviews(site=site, user=self.request.user, besides=review)

    def tell(self, review, what: str) -> None:
        """What was done; what the report will be called and why; and whether the site has another open review."""
        messages.success(self.request, what)
        label = label_of(review)
        messages.info(
            self.request,
            _("Its report will be called: %(label)s (%(reason)s).")
            % {"label": label.label, "reason": label.reason},
        )
        if self.others(review.site, besides=review):
            messages.warning(
                self.request,
                _("Another review of this site is open. Both can go on; make sure that is what you want."),
            )

    def where_next(self, review) -> tuple:
        """The review; its site, for who planned it without a place on the team."""
        if review.member(self.request.user) is None:
            return "reviews:site", review.site_id
        return "reviews:detail", review.pk

    def post(self, request, *args, **kwargs):
        form = self.get_form(request.POST)
        team = team_formset(request.POST, by=request.user, review=self.review)
        if form.is_valid() & team.is_valid():
            try:
                return redirect(*self.where_next(self.save(form, team)))
            except ChangedMeanwhile:
                form.add_error(
                    None,
                    _(
                        "Someone changed this plan since you opened it. Open it again in another window to compare."
                    ),
                )
            except PlanDoesNotHold as error:
                form.add_error(None, REFUSALS[str(error)])
        return self.render_to_response(
            self.get_context_data(form=form, team=team, has_errors=True), status=422
        )


REFUSALS = {
    "profile of another scale version": gettext_lazy("This profile belongs to another scale version."),
    "not published": gettext_lazy("This scale version or profile is not open for new reviews."),
    "one lead": gettext_lazy("Name one lead reviewer."),
    "rating has begun": gettext_lazy("Rating has begun: scale version and profile stay as they are."),
    "someone who has rated cannot leave the team": gettext_lazy(
        "Someone who has begun to rate cannot be taken off the team."
    ),
}


class PlanReview(PlanPage):
    def dispatch(self, request, *args, **kwargs):
        if not Site.objects.where_holding(request.user, Permission.PLAN_REVIEW).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def site(self) -> Site | None:
        """The site that the address names."""
        sites = Site.objects.where_holding(self.request.user, Permission.PLAN_REVIEW)
        return sites.select_related("program").from_address(self.request.GET.get("site", ""))

    @cached_property
    def offered(self):
        return versions_on_offer()

    @cached_property
    def start(self):
        """What the program of the site starts its reviews with."""
        return start_of(self.site.program, language=get_language(), offered=self.offered)

    @cached_property
    def profile(self):
        """What the site's reviews usually take; None where its version has no profile of the setting."""
        return usual_profile(self.site, self.start)

    def get_initial(self) -> dict:
        if self.site is None:
            return {}
        offered = str(self.profile.pk) if self.profile else ""
        return {"site": self.site, "profile": self._chosen_by_hand() or self.profile, "offered": offered}

    def _chosen_by_hand(self) -> str:
        """The profile on the page, where it is another than the page itself had chosen."""
        chosen = self.request.GET.get("profile", "")
        return chosen if chosen != self.request.GET.get("offered", "") else ""

    def get_form(self, data=None) -> PlanForm:
        return PlanForm(data, by=self.request.user, usual=self.usual, initial=self.get_initial())

    def usual(self, site: Site) -> SettingProfile | None:
        start = start_of(site.program, language=get_language(), offered=self.offered)
        return usual_profile(site, start)

    def get_context_data(self, **kwargs):
        if self.site and (self.start.version or self.start.retired):
            newer = newer_than(self.start.version, self.offered)
            kwargs |= {"start": self.start, "site": self.site, "newest": next(iter(newer), None)}
            kwargs["lacks_profile"] = self.start.version is not None and self.profile is None
        return super().get_context_data(**kwargs)

    def save(self, form, team):
        plan = plan_of(form, team)
        review = plan_review(site=form.cleaned_data["site"], plan=plan, by=self.request.user)
        self.tell(review, _("The review is planned."))
        return review


class ChangePlan(ReviewMixin, PlanPage):
    permission = Permission.EDIT_PLAN

    def is_open(self) -> bool:
        return may_edit_plan(self.request.user, self.review)

    def get_context_data(self, **kwargs):
        return super().get_context_data(newer_lacking=newer_without_profile(self.review), **kwargs)

    def get_initial(self) -> dict:
        review = self.review
        names = ("site", "kind", "mode", "starts_on", "ends_on", "profile", "revision")
        return {name: getattr(review, name) for name in names}

    def save(self, form, team):
        revision = form.cleaned_data["revision"]
        review = change_plan(
            review=self.review, plan=plan_of(form, team), by=self.request.user, based_on=revision
        )
        self.tell(review, _("The plan is changed."))
        return review
