"""Employment outcomes of a site: enter and mend quarters, paste a table, download it, choose which starts count."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView, View

from accounts.permissions import Permission, is_allowed
from programs.actions.outcomes import (
    DoesNotHold,
    QuarterThere,
    change_quarter,
    choose_definition,
    counted_of,
    delete_quarter,
    enter_quarter,
    load_quarters,
    state_of,
)
from programs.actions.refusals import ChangedMeanwhile, NotAllowed
from programs.forms.outcomes import (
    THERE_ALREADY,
    CountedForm,
    DefinitionForm,
    NewQuarterForm,
    PasteQuartersForm,
)
from programs.models import Program, QuarterlyOutcome, Site
from programs.outcomes.files import quarters_csv
from programs.outcomes.reading import COLUMNS, Known, Quarter
from programs.outcomes.table import newest_first, preview_of
from programs.outcomes.words import HEADINGS, MORE_IN_WORK


class OutcomesMixin:
    """Loads `self.site`; out of sight is 404, in sight without the permission 403."""

    permission = Permission.ENTER_OUTCOMES

    @cached_property
    def site(self) -> Site:
        sites = Site.objects.visible_to(self.request.user).select_related("program__organization", "setting")
        return get_object_or_404(sites, pk=self.kwargs["pk"])

    @cached_property
    def rows(self) -> list[QuarterlyOutcome]:
        """Oldest first."""
        return list(QuarterlyOutcome.objects.of_site(self.site))

    @cached_property
    def definitions(self):
        return self.site.program.start_definitions.select_related("chosen_by")

    def dispatch(self, request, *args, **kwargs):
        if not is_allowed(request.user, self.permission, self.site):
            raise PermissionDenied
        try:
            return super().dispatch(request, *args, **kwargs)
        except NotAllowed as error:
            raise PermissionDenied from error

    def get_context_data(self, **kwargs):
        return super().get_context_data(site=self.site, back=self.page, **kwargs)

    @property
    def page(self) -> str:
        return reverse("reports:outcomes", args=[self.site.pk])

    def get_success_url(self):
        return self.page


class ReadOutcomes(OutcomesMixin):
    """What every page that shows a site's quarters hands over."""

    permission = Permission.READ_REPORT

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            lines=newest_first(self.rows),
            definition=self.definitions.first(),
            may_enter=is_allowed(self.request.user, Permission.ENTER_OUTCOMES, self.site),
            **kwargs,
        )


class OutcomesCsv(OutcomesMixin, View):
    permission = Permission.READ_REPORT

    def get(self, request, *args, **kwargs):
        name = slugify(self.site.name) or f"site-{self.site.pk}"
        answer = HttpResponse(quarters_csv(self.rows), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{name}-outcomes.csv"'
        return answer


class QuarterForms(OutcomesMixin, FormView):
    """The form of one quarter's numbers."""

    template_name = "programs/quarter.html"

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"definitions": self.definitions.all()}

    def get_context_data(self, **kwargs):
        return super().get_context_data(has_definition=bool(self.definitions.all()), **kwargs)

    def form_valid(self, form):
        try:
            row = self.save(form)
        except DoesNotHold as error:
            form.add_problems(error.problems)
            return self.form_invalid(form)
        messages.success(self.request, _("%(quarter)s is saved.") % {"quarter": row.label})
        if counted_of(row).more_in_work_than_on_caseload:
            messages.warning(self.request, MORE_IN_WORK)
        return super().form_valid(form)

    def form_invalid(self, form, **context):
        return self.render_to_response(self.get_context_data(form=form, **context), status=422)


class AddQuarter(QuarterForms):
    """Enter a quarter that is not there yet."""

    form_class = NewQuarterForm

    def get_initial(self):
        """The quarter after the latest one entered, where that is over; else the last that is."""
        last = Quarter.of(timezone.localdate()).before
        latest = Quarter(self.rows[-1].year, self.rows[-1].quarter) if self.rows else None
        asked = min(latest.after, last) if latest else last
        return {"year": asked.year, "quarter": asked.quarter}

    def save(self, form) -> QuarterlyOutcome:
        return enter_quarter(site=self.site, quarter=form.asked, counted=form.counted(), by=self.request.user)

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except QuarterThere:
            form.add_error("quarter", THERE_ALREADY)
            return self.form_invalid(form)


class OneQuarterMixin(OutcomesMixin):
    """Loads `self.outcome`, a quarter of this site."""

    @cached_property
    def outcome(self) -> QuarterlyOutcome:
        rows = QuarterlyOutcome.objects.of_site(self.site).select_related("by")
        return get_object_or_404(rows, pk=self.kwargs["quarter"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(outcome=self.outcome, **kwargs)


class EditQuarter(OneQuarterMixin, QuarterForms):
    """Mend a quarter."""

    form_class = CountedForm

    def get_initial(self):
        return self.form_class.initial_of(self.outcome)

    def save(self, form) -> QuarterlyOutcome:
        return change_quarter(
            outcome=self.outcome,
            counted=form.counted(),
            based_on=form.cleaned_data["revision"] or 0,
            by=self.request.user,
        )

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ChangedMeanwhile:
            # What was saved meanwhile stands above the form; saving again from here replaces that, and no later one.
            self.__dict__.pop("outcome")
            form.data = form.data.copy()
            form.data["revision"] = str(self.outcome.revision)
            context = self.get_context_data(form=form, changed_meanwhile=True, has_errors=True)
            return self.render_to_response(context, status=409)


class DeleteQuarter(OneQuarterMixin, TemplateView):
    """Asks once more, then takes a quarter out."""

    template_name = "programs/delete_quarter.html"

    def post(self, request, *args, **kwargs):
        label = self.outcome.label
        delete_quarter(outcome=self.outcome, by=request.user)
        messages.success(request, _("%(quarter)s is deleted.") % {"quarter": label})
        return redirect(self.page)


class PasteOutcomes(OutcomesMixin, TemplateView):
    """A table of quarters, looked at first, then loaded whole or not at all."""

    template_name = "programs/paste_outcomes.html"

    @property
    def known(self) -> Known:
        definitions = {str(one): one.pk for one in self.definitions.all()}
        return Known(
            definitions=definitions,
            current=next(iter(definitions.values()), None),
            stored={Quarter(row.year, row.quarter): counted_of(row) for row in self.rows},
            today=timezone.localdate(),
        )

    def get_context_data(self, **kwargs):
        form = kwargs.setdefault("form", PasteQuartersForm(self.known))
        table = form.table
        return super().get_context_data(
            **kwargs,
            preview=preview_of(table, form.known.stored) if table else None,
            state=state_of(self.rows),
            column_names=[HEADINGS[column] for column in COLUMNS],
            definition=self.definitions.first(),
        )

    def post(self, request, *args, **kwargs):
        form = PasteQuartersForm(self.known, request.POST, request.FILES)
        if form.table is None or not form.table.is_loadable:
            return self.shown(form, status=422, has_errors=True)
        if request.POST.get("go") != "load":
            return self.shown(form)
        seen = form.cleaned_data["state"]
        try:
            counts = load_quarters(
                site=self.site, rows=form.rows(), replaces=form.replaces, seen=seen, by=request.user
            )
        except (ChangedMeanwhile, DoesNotHold):
            return self.shown(form, status=409, has_errors=True, changed_meanwhile=True)
        messages.success(request, _loaded_words(*counts))
        return redirect(self.page)

    def shown(self, form, status: int = 200, **context):
        return self.render_to_response(self.get_context_data(form=form, **context), status=status)


def _loaded_words(entered: int, changed: int) -> str:
    parts = []
    if entered:
        parts.append(ngettext("%(n)s quarter is new.", "%(n)s quarters are new.", entered) % {"n": entered})
    if changed:
        parts.append(
            ngettext("%(n)s quarter is changed.", "%(n)s quarters are changed.", changed) % {"n": changed}
        )
    return " ".join(parts) or _("Nothing was changed: these quarters are entered already.")


class ChooseDefinition(FormView):
    """Which job starts count in a program, from now on."""

    template_name = "programs/start_definition.html"
    form_class = DefinitionForm

    @cached_property
    def program(self) -> Program:
        programs = Program.objects.visible_to(self.request.user).select_related("organization")
        return get_object_or_404(programs, pk=self.kwargs["pk"])

    @cached_property
    def site(self) -> Site | None:
        """Where the person came from, to go back there."""
        return self.program.sites.from_address(self.request.GET.get("site", ""))

    def dispatch(self, request, *args, **kwargs):
        if not is_allowed(request.user, Permission.ENTER_OUTCOMES, self.program):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        latest = self.program.start_definitions.first()
        return {"kind": latest.kind, "words": latest.words, "source": latest.source} if latest else {}

    def get_context_data(self, **kwargs):
        definitions = self.program.start_definitions.select_related("chosen_by")
        back = reverse("reports:outcomes", args=[self.site.pk]) if self.site else None
        return super().get_context_data(
            program=self.program, definitions=definitions, site=self.site, back=back, **kwargs
        )

    def form_valid(self, form):
        chosen = choose_definition(program=self.program, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("From now on these starts count: %(words)s.") % {"words": chosen})
        return super().form_valid(form)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_success_url(self):
        if self.site:
            return reverse("reports:outcomes", args=[self.site.pk])
        return reverse("programs:start_definition", args=[self.program.pk])
