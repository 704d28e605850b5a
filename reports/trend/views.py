"""The trend of a site: a page and a file."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from accounts.permissions import ROLE_PERMISSIONS, Permission, Role, is_allowed
from programs.models import Site
from reports.trend.beside import beside_the_first
from reports.trend.csv_file import write_trend
from reports.trend.presentation import scale_trend
from reports.trend.reading import histories_for, thresholds_of
from reports.views import file_response
from reviews.models import Review, TeamMember
from reviews.permissions import rated_sites


class OneSite:
    """Loads `self.site` for those who may read its reports, by a role in its program or on the team of a review of it.

    Out of sight is 404, in sight but without reports to read 403.
    """

    @cached_property
    def site(self) -> Site:
        user = self.request.user
        reviewed = Review.objects.filter(pk__in=TeamMember.objects.filter(user=user).values("review"))
        in_sight = Site.objects.filter(
            Q(pk__in=Site.objects.visible_to(user).values("pk")) | Q(pk__in=reviewed.values("site"))
        )
        return get_object_or_404(
            in_sight.select_related("program__organization", "setting"), pk=self.kwargs["pk"]
        )

    @cached_property
    def is_rated_now(self) -> bool:
        """Whether the user has ratings of their own to submit here: what was scored before comes after them."""
        return self.site.pk in rated_sites(self.request.user)

    def may_read(self) -> bool:
        user = self.request.user
        reads = [role.value for role in Role if Permission.READ_REPORT in ROLE_PERMISSIONS[role]]
        return is_allowed(user, Permission.READ_REPORT, self.site) or (
            TeamMember.objects.filter(user=user, role__in=reads, review__site=self.site).exists()
        )

    def dispatch(self, request, *args, **kwargs):
        if not self.may_read():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def histories(self):
        return histories_for(self.request.user, self.site)


class SiteTrend(OneSite, TemplateView):
    """Where the site stands, how it moved, and on which items."""

    template_name = "reports/trend.html"

    def get_context_data(self, **kwargs):
        reads_all = is_allowed(self.request.user, Permission.READ_REPORT, self.site)
        histories = self.histories()
        drawn = beside_the_first(histories, self.site if reads_all else None)
        return super().get_context_data(
            site=self.site,
            sees_site=is_allowed(self.request.user, Permission.VIEW_PROGRAM, self.site),
            reads_outcomes=reads_all,
            is_rated_now=self.is_rated_now,
            scales=[
                scale_trend(history, thresholds_of(self.site, history), reads_all=reads_all)
                for history in drawn.histories
            ],
            outcomes=drawn.outcomes,
            **kwargs,
        )


class SiteTrendFile(OneSite, View):
    """The same as a file."""

    def get(self, request, *args, **kwargs):
        if self.is_rated_now:
            raise PermissionDenied
        histories = self.histories()
        if not histories:
            raise Http404
        response = file_response(request, write_trend(self.site, histories), is_kept=True)
        response["Cache-Control"] = "private, no-store"
        return response
