"""The total that a program's funder asks for: read it, set another, change one, say its last day."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import FormView

from accounts.permissions import Permission, is_allowed
from programs.models import Program
from reviews.actions.funding_thresholds import (
    BeginsSameDay,
    CountsAlready,
    OutOfRange,
    change_threshold,
    ended_by,
    set_threshold,
)
from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.forms.funding_threshold import BEGINS_SAME_DAY, ThresholdForm
from reviews.models import FundingThreshold
from reviews.starting_version import start_of
from scales.models import Scale, ScaleVersion


class ThresholdMixin:
    """Loads `self.program`; out of sight is 404, in sight without the permission 403."""

    form_class = ThresholdForm

    @cached_property
    def program(self) -> Program:
        programs = Program.objects.visible_to(self.request.user).select_related("organization")
        return get_object_or_404(programs, pk=self.kwargs["pk"])

    @property
    def may_set(self) -> bool:
        return is_allowed(self.request.user, Permission.SET_THRESHOLD, self.program)

    def dispatch(self, request, *args, **kwargs):
        reads = request.method in ("GET", "HEAD") and is_allowed(
            request.user, Permission.READ_REPORT, self.program
        )
        if not (self.may_set or (reads and self.readers_too)):
            raise PermissionDenied
        try:
            return super().dispatch(request, *args, **kwargs)
        except NotNow as error:
            raise PermissionDenied from error

    def form_valid(self, form):
        try:
            threshold = self.save(form)
        except OutOfRange as error:
            form.say_range(error)
            return self.form_invalid(form)
        except BeginsSameDay:
            form.add_error("valid_from", BEGINS_SAME_DAY)
            return self.form_invalid(form)
        except CountsAlready as error:
            form.say_counts_already(error)
            return self.form_invalid(form)
        messages.success(
            self.request, _("The funding threshold is saved. No score and no band is changed by it.")
        )
        if "valid_from" in form.changed_data and (ended := ended_by(threshold)):
            words = _("The threshold of %(points)s before it now ends the day before, on %(day)s.")
            day = date_format(threshold.valid_from - timedelta(days=1), "DATE_FORMAT")
            messages.info(self.request, words % {"points": ended.points, "day": day})
        return super().form_valid(form)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_success_url(self):
        return reverse("reviews:threshold", args=[self.program.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(program=self.program, may_set=self.may_set, **kwargs)


class Thresholds(ThresholdMixin, FormView):
    """Those of the program, the one that counts today first, and a form for another."""

    template_name = "reviews/thresholds.html"
    readers_too = True

    @cached_property
    def scales(self) -> list[Scale]:
        """With a published version; the one that the program's reviews start with first."""
        start = start_of(self.program, language=get_language()).version
        published = Scale.objects.filter(pk__in=ScaleVersion.objects.published().values("scale"))
        return sorted(published, key=lambda scale: (start is None or scale.pk != start.scale_id, scale.name))

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"scales": self.scales}

    def get_initial(self):
        return {"scale": self.scales[0].pk} if self.scales else {}

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        rows = list(self.program.funding_thresholds.with_last_day().select_related("scale", "by"))
        in_force = {row.pk for row in self.program.funding_thresholds.on_day(today)}
        return super().get_context_data(
            now=[row for row in rows if row.pk in in_force],
            coming=[row for row in rows if row.valid_from > today],
            past=[row for row in rows if row.valid_from <= today and row.pk not in in_force],
            **kwargs,
        )

    def save(self, form) -> FundingThreshold:
        scale = form.cleaned_data["scale"]
        return set_threshold(program=self.program, scale=scale, typed=form.typed(), by=self.request.user)


class ChangeThreshold(ThresholdMixin, FormView):
    """Mend one, or say its last day."""

    template_name = "reviews/change_threshold.html"
    readers_too = False

    @cached_property
    def threshold(self) -> FundingThreshold:
        rows = self.program.funding_thresholds.select_related("scale", "by")
        return get_object_or_404(rows, pk=self.kwargs["threshold"])

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"scales": [self.threshold.scale]}

    def get_initial(self):
        return self.form_class.initial_of(self.threshold)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"changed_meanwhile": False, "threshold": self.threshold} | kwargs)

    def save(self, form) -> FundingThreshold:
        return change_threshold(
            threshold=self.threshold,
            typed=form.typed(),
            based_on=form.cleaned_data["revision"] or 0,
            by=self.request.user,
        )

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ChangedMeanwhile:
            # What was saved meanwhile stands above the form; saving again from here replaces that, and no later one.
            self.__dict__.pop("threshold")
            form.data = form.data.copy()
            form.data["revision"] = str(self.threshold.revision)
            context = self.get_context_data(form=form, changed_meanwhile=True, has_errors=True)
            return self.render_to_response(context, status=409)
