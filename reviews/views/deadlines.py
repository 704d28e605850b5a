"""The dates of a review: read them, take them from a timetable, set one, mark one as done."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.permissions import Permission
from reviews.actions.deadlines import change_deadline, mark_deadline, take_timetable
from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.forms.deadlines import DeadlineForm, TakeTimetable
from reviews.permissions import may_set_dates
from reviews.views.mixins import ReviewMixin
from reviews.visit.deadlines import DueStep, by_date, deadlines_of


class Dates(ReviewMixin, TemplateView):
    """Every step with its day. Where there are none, the lead takes them from a timetable."""

    template_name = "reviews/dates.html"

    def get_context_data(self, **kwargs):
        can_set = may_set_dates(self.request.user, self.review)
        deadlines = by_date(deadlines_of(self.review))
        context = {"deadlines": deadlines, "can_set": can_set, "form": None}
        if can_set and not deadlines:
            context["form"] = TakeTimetable()
        return super().get_context_data(**(context | kwargs))

    def post(self, request, **kwargs):
        if not may_set_dates(request.user, self.review):
            raise NotNow
        form = TakeTimetable(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        try:
            take_timetable(review=self.review, timetable=form.cleaned_data["timetable"], by=request.user)
        except ChangedMeanwhile:
            messages.warning(request, _("The review has dates already. They stay as they are."))
        else:
            messages.success(request, _("The dates are set."))
        return redirect("reviews:dates", self.review.pk)


class OneDate(ReviewMixin, TemplateView):
    """What only the lead does with one step."""

    permission = Permission.EDIT_PLAN

    def is_open(self) -> bool:
        return may_set_dates(self.request.user, self.review)

    @cached_property
    def deadline(self):
        return get_object_or_404(self.review.deadlines, pk=self.kwargs["deadline"])

    def to_dates(self):
        return redirect("reviews:dates", self.review.pk)


class EditDate(OneDate):
    template_name = "reviews/edit_date.html"

    @property
    def step(self) -> DueStep:
        return next(step for step in deadlines_of(self.review) if step.deadline.pk == self.deadline.pk)

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", DeadlineForm(deadline=self.deadline))
        return super().get_context_data(**({"step": self.step, "is_changed": False} | kwargs))

    def post(self, request, **kwargs):
        form = DeadlineForm(request.POST, deadline=self.deadline)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        data = form.cleaned_data
        try:
            change_deadline(
                review=self.review,
                deadline=self.deadline,
                set_on=data["set_on"],
                done_on=data["done_on"],
                by=request.user,
                based_on=data["revision"],
            )
        except ChangedMeanwhile:
            self.deadline.refresh_from_db()
            form.typed_over(self.deadline)
            return self.render_to_response(self.get_context_data(form=form, is_changed=True), status=409)
        messages.success(request, _("Saved: %(title)s.") % {"title": self.deadline.title})
        return self.to_dates()


class MarkDate(OneDate):
    """One button: done today, or not done after all."""

    http_method_names = ["post"]

    def post(self, request, **kwargs):
        is_done = request.POST.get("done") == "yes"
        deadline = mark_deadline(review=self.review, deadline=self.deadline, is_done=is_done, by=request.user)
        told = _("Done: %(title)s.") if is_done else _("Not done yet: %(title)s.")
        messages.success(request, told % {"title": deadline.title})
        return self.to_dates()
