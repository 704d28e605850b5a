"""The people of a program: who has which role, and who may read its reports."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from accounts.permissions import Permission, Role, is_allowed
from programs.actions.access import ReadsAlready, give_access, take_back_access
from programs.actions.refusals import NotAllowed
from programs.forms.access import READS_ALREADY, GiveAccessForm
from programs.models import Program
from programs.people import people_of


class ManagedProgramMixin:
    """Loads `self.program` for those who look after its viewers; out of sight is 404, in sight 403."""

    @cached_property
    def program(self) -> Program:
        programs = Program.objects.visible_to(self.request.user).select_related("organization")
        return get_object_or_404(programs, pk=self.kwargs["pk"])

    def dispatch(self, request, *args, **kwargs):
        if not is_allowed(request.user, Permission.INVITE_VIEWERS, self.program):
            raise PermissionDenied
        try:
            return super().dispatch(request, *args, **kwargs)
        except NotAllowed as error:
            raise PermissionDenied from error

    def get_context_data(self, **kwargs):
        return super().get_context_data(program=self.program, **kwargs)


class People(ManagedProgramMixin, FormView):
    """Everyone with a role in the program, and a form that gives one more person access to its reports."""

    template_name = "programs/people.html"
    form_class = GiveAccessForm

    def get_context_data(self, **kwargs):
        return super().get_context_data(people=people_of(self.program), **kwargs)

    def form_valid(self, form):
        home = self.request.build_absolute_uri("/")
        try:
            given = give_access(
                program=self.program, by=self.request.user, site_address=home, **form.cleaned_data
            )
        except ReadsAlready:
            form.add_error("email", READS_ALREADY)
            return self.form_invalid(form)
        others = given.other_roles
        if others:
            told = _(
                "%(name)s, who is %(role)s here, can read the reports too from now on. A letter says so."
            )
        else:
            told = _("%(name)s can read the reports from now on. A letter tells how to sign in.")
        messages.success(self.request, told % {"name": given.shown_name, "role": ", ".join(others)})
        return super().form_valid(form)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_success_url(self):
        return reverse("programs:people", args=[self.program.pk])


class TakeBackAccess(ManagedProgramMixin, TemplateView):
    """Asks once more, then ends a viewer's access."""

    template_name = "programs/take_back.html"

    def get_context_data(self, **kwargs):
        membership = self.program.memberships.filter(pk=self.kwargs["membership"]).first()
        if membership is None:
            raise Http404
        if membership.role != Role.VIEWER:
            raise NotAllowed
        return super().get_context_data(**kwargs | {"membership": membership})

    def post(self, request, *args, **kwargs):
        if take_back_access(program=self.program, membership=self.kwargs["membership"], by=request.user):
            messages.success(request, _("The access as a viewer is taken back. It ended at once."))
        else:
            messages.info(request, _("This access had ended already."))
        return redirect("programs:people", pk=self.program.pk)
