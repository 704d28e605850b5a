"""The weekly letter about goals: whether a person wants it, in the product or by the link in the letter."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView

from reviews.actions.weekly_letter import choose_letter, wants_letter
from reviews.reminders.gathering import concerns
from reviews.reminders.stopping import person_of


class WeeklyLetter(TemplateView):
    """One's own choice."""

    template_name = "reviews/weekly_letter.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(wants=wants_letter(user), comes=concerns(user), **kwargs)

    def post(self, request, *args, **kwargs):
        wants = request.POST.get("wants") == "yes"
        choose_letter(user=request.user, wants=wants)
        if not wants:
            said = _("You get no weekly letter any more.")
        elif concerns(request.user):
            said = _("You get the weekly letter.")
        else:
            said = _("Saved. The letter comes once you run an action plan or see to a goal.")
        messages.success(request, said)
        return redirect("reviews:weekly_letter")


# The link's signature is the proof, and a mail program that stops the letter in one click has no cookie (RFC 8058).
@method_decorator([login_not_required, csrf_exempt], name="dispatch")
class StopWeeklyLetter(TemplateView):
    """By the link in the letter, signed in or not. Looking changes nothing; the button does."""

    template_name = "reviews/stop_weekly_letter.html"

    @cached_property
    def person(self):
        return person_of(self.kwargs["token"])

    def get(self, request, *args, **kwargs):
        return self.page(is_stopped=self.person is not None and not wants_letter(self.person))

    def post(self, request, *args, **kwargs):
        if self.person is not None:
            choose_letter(user=self.person, wants=False)
        return self.page(is_stopped=True)

    def page(self, *, is_stopped: bool):
        context = self.get_context_data(is_known=self.person is not None, is_stopped=is_stopped)
        response = self.render_to_response(context, status=200 if self.person else 404)
        response["Cache-Control"] = "private, no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response
