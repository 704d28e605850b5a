"""Several reports at once: choose and ask, see how far it is, come back for the file."""

import logging
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from reports.bundles.asking import (
    MOST_AT_A_TIME,
    NothingChosen,
    TooManyAsked,
    ask_for_bundle,
    delete_bundle,
    stop_bundle,
)
from reports.bundles.choosing import (
    are_held_back,
    closed_in,
    count,
    first_editions,
    programs_of,
    years_of,
)
from reports.bundles.chosen_words import period_in_words, program_in_words
from reports.bundles.forms import BundleForm, ChoiceForm, whole_year
from reports.bundles.keeping import DAYS_KEPT, is_a_worker_there
from reports.models import Bundle, BundledReport
from reviews.actions.refusals import NotNow

logger = logging.getLogger(__name__)

MEDIA_TYPES = {Bundle.Form.ZIP: "application/zip", Bundle.Form.BOUND: "application/pdf"}
# htmx asks no more after this answer.
ASK_NO_MORE = 286
# More than these are not shown one by one on the page.
SHOWN = 100


class Bundles(TemplateView):
    """Which reports a choice names, what file to make of them, and one's own files of before."""

    template_name = "reports/bundles.html"

    @cached_property
    def programs(self):
        return programs_of(self.request.user)

    def get_context_data(self, **kwargs):
        user = self.request.user
        choice_form = ChoiceForm(self.request.GET, programs=self.programs)
        choice = choice_form.choice() if choice_form.is_valid() else None
        kwargs.setdefault("form", BundleForm(initial=self.first_values(choice_form), programs=self.programs))
        return super().get_context_data(
            choice_form=choice_form,
            has_errors=bool(choice_form.errors),
            programs=self.programs,
            years=[(year, urlencode(whole_year(year))) for year in years_of(user)],
            chosen=count(user, choice) if choice else 0,
            shown=first_editions(user, choice, SHOWN) if choice else [],
            are_held_back=are_held_back(user),
            has_programs=len(self.programs) > 1,
            bundles=[(bundle, _in_words(bundle)) for bundle in Bundle.objects.of(user).with_counts()],
            days_kept=DAYS_KEPT,
            **kwargs,
        )

    def first_values(self, choice_form: ChoiceForm) -> dict:
        return {"form": Bundle.Form.ZIP, **(choice_form.cleaned_data if choice_form.is_valid() else {})}

    def get(self, request, *args, **kwargs):
        context = self.get_context_data(**kwargs)
        return self.render_to_response(context, status=422 if context["has_errors"] else 200)

    def post(self, request, *args, **kwargs):
        form = BundleForm(request.POST, programs=self.programs)
        if not form.is_valid():
            return self.refused(form)
        try:
            bundle = ask_for_bundle(
                by=request.user,
                choice=form.choice(),
                form=Bundle.Form(form.cleaned_data["form"]),
                with_workbooks=form.cleaned_data["with_workbooks"],
            )
        except NothingChosen:
            form.add_error(None, _("There is no report among these. Choose other dates."))
            return self.refused(form)
        except TooManyAsked:
            told = _("%(number)s files are being made for you. Wait for one of them, or stop one.")
            form.add_error(None, told % {"number": MOST_AT_A_TIME})
            return self.refused(form)
        return redirect("reports:bundle", bundle=bundle.pk)

    def refused(self, form: BundleForm):
        """The page with what was chosen, as it was."""
        self.request.GET = self.request.POST
        return self.render_to_response(self.get_context_data(form=form), status=422)


class OwnBundle:
    """Loads `self.bundle`; another person's is out of sight."""

    @cached_property
    def bundle(self) -> Bundle:
        return get_object_or_404(Bundle.objects.of(self.request.user).with_counts(), pk=self.kwargs["bundle"])


class BundlePage(OwnBundle, TemplateView):
    """How far a file is, and the way to it; asked again by the page itself while it is being made."""

    def get_template_names(self):
        return ["reports/_bundles/progress.html" if self.request.htmx else "reports/bundle.html"]

    def get_context_data(self, **kwargs):
        bundle = self.bundle
        reports = bundle.reports.select_related("edition__review__site").defer(
            "workbook", "edition__pdf", "edition__document"
        )
        closed = closed_in(bundle) if bundle.is_done else set()
        included = reports.filter(state=BundledReport.State.DONE)
        return super().get_context_data(
            bundle=bundle,
            program=program_in_words(bundle),
            period=period_in_words(bundle),
            left_out=reports.filter(state=BundledReport.State.LEFT_OUT),
            closed=included.filter(pk__in=closed),
            nobody_works=bundle.is_open and not is_a_worker_there(),
            days_kept=DAYS_KEPT,
            **kwargs,
        )

    def get(self, request, *args, **kwargs):
        is_last = request.htmx and not self.bundle.is_open
        answer = self.render_to_response(self.get_context_data(), status=ASK_NO_MORE if is_last else 200)
        answer["Cache-Control"] = "private, no-store"
        return answer


class BundleFile(OwnBundle, View):
    """The file from storage, to whoever asked for it, while they may read every report in it."""

    def get(self, request, *args, **kwargs):
        bundle = self.bundle
        if not bundle.is_done:
            raise Http404
        if bundle.reports.filter(pk__in=closed_in(bundle), state=BundledReport.State.DONE).exists():
            raise PermissionDenied
        answer = FileResponse(
            bundle.file.open("rb"),
            as_attachment=True,
            filename=_file_name(bundle),
            content_type=MEDIA_TYPES[bundle.form],
        )
        answer["Cache-Control"] = "private, no-store"
        logger.info("bundle downloaded: %s by person %s", bundle.pk, request.user.pk)
        return answer


class StopBundle(OwnBundle, View):
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        try:
            stop_bundle(bundle=self.bundle, by=request.user)
        except NotNow:
            messages.warning(request, _("It had ended already. Nothing was stopped."))
        return redirect("reports:bundle", bundle=self.bundle.pk)


class DeleteBundle(OwnBundle, View):
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        try:
            delete_bundle(bundle=self.bundle, by=request.user)
        except NotNow:
            messages.warning(request, _("It is being made. Stop it first."))
            return redirect("reports:bundle", bundle=self.bundle.pk)
        messages.success(request, _("The file is deleted. The reports themselves stay where they are."))
        return redirect("reports:bundles")


def _in_words(bundle: Bundle) -> str:
    return f"{program_in_words(bundle)} · {period_in_words(bundle)}"


def _file_name(bundle: Bundle) -> str:
    """ "fidelity-reports-bayside-ips-2026-11-23.zip"."""
    program = slugify(bundle.program.name)[:80] if bundle.program else ""
    parts = ["fidelity-reports", program, f"{bundle.asked_on:%Y-%m-%d}"]
    return "-".join(part for part in parts if part) + f".{bundle.form}"
