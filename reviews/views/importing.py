"""Past reviews from old score sheets: upload, say what the columns hold, check, bring in, take back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from accounts.permissions import Permission
from programs.models import Program
from reviews.actions.importing import (
    NothingToBringIn,
    RowsHaveProblems,
    apply_import,
    discard_import,
    replace_file,
    save_answers,
    save_columns,
    start_import,
    take_back_import,
)
from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.forms.importing import AnswersForm, ColumnsForm, FileForm, UploadForm
from reviews.forms.worksheets import day_first
from reviews.importing import template
from reviews.importing.fitting_version import better_fitting, usual_version
from reviews.importing.preview import preview_of
from reviews.importing.shown import (
    PROBLEMS_IN_THE_SUMMARY,
    ROWS_ON_A_PAGE,
    pages_of,
    rows_to_mend,
    shown_columns,
    shown_rows,
)
from reviews.importing.words import FIELD_HELP, FIELDS, limits_in_words
from reviews.models import PastImport, Result
from reviews.starting_version import versions_on_offer
from scales.models import ScaleVersion

CHANGED = gettext_lazy(
    "This import was changed in another window. What is shown is how it stands now; look once more."
)


class ImporterMixin:
    """Pages of those who may bring in past reviews to some program."""

    def dispatch(self, request, *args, **kwargs):
        if not Program.objects.where_holding(request.user, Permission.IMPORT_REVIEWS).exists():
            raise PermissionDenied
        try:
            return super().dispatch(request, *args, **kwargs)
        except NotNow as error:
            raise PermissionDenied from error


class ImportMixin(ImporterMixin):
    """Pages of one's own upload."""

    @cached_property
    def past_import(self) -> PastImport:
        return get_object_or_404(PastImport.objects.of(self.request.user), pk=self.kwargs["past_import"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs | {"past_import": self.past_import})

    def page_of(self, pages: range) -> int:
        """The page of rows on show; the first where there is none such."""
        asked = self.request.GET.get("page", "1")
        return int(asked) if asked in map(str, pages) else 1

    def answer(self, status: int = 422, **context):
        return self.render_to_response(self.get_context_data(**context), status=status)


class OpenImportMixin(ImportMixin):
    """Steps before the rows are brought in; afterwards they lead to what was."""

    def get(self, request, *args, **kwargs):
        if self.past_import.is_applied:
            return redirect("reviews:past_import", self.past_import.pk)
        return super().get(request, *args, **kwargs)


class PastReviews(ImporterMixin, TemplateView):
    """What one brought in so far, empty tables to fill in, and a form for a file."""

    template_name = "reviews/importing/past_reviews.html"

    def get_context_data(self, **kwargs):
        if "form" not in kwargs:
            kwargs["form"] = UploadForm(usual=self.asked_version())
        return super().get_context_data(
            versions=kwargs["form"].fields["version"].queryset,
            imports=PastImport.objects.of(self.request.user).without_lines().latest_first()[:50],
            fields=[(FIELDS[field], text) for field, text in FIELD_HELP.items()],
            limits=limits_in_words(),
            **kwargs,
        )

    def asked_version(self) -> ScaleVersion | None:
        """The one that `version` names; else what the person's programs use."""
        asked = self.request.GET.get("version", "")
        offered = {str(version.pk): version for version in versions_on_offer()} if asked else {}
        return offered.get(asked) or usual_version(self.request.user, language=get_language())

    def post(self, request, *args, **kwargs):
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        past_import = start_import(
            version=form.cleaned_data["version"], file_name=form.file_name, heads=form.heads, by=request.user
        )
        return redirect("reviews:past_columns", past_import.pk)


class PastTemplate(ImporterMixin, View):
    """An empty table for one scale version."""

    def get(self, request, *args, **kwargs):
        version = get_object_or_404(ScaleVersion.objects.published(), pk=kwargs["version"])
        if kwargs["form"] == "xlsx":
            answer = HttpResponse(template.as_workbook(version), content_type=template.EXCEL)
        elif kwargs["form"] == "csv":
            answer = HttpResponse(template.as_csv(version), content_type=template.CSV)
        else:
            raise Http404
        name = f"past-reviews-{version.label}.{kwargs['form']}"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer


class PastColumns(OpenImportMixin, TemplateView):
    """Which column of the file holds what."""

    template_name = "reviews/importing/columns.html"

    def get_context_data(self, **kwargs):
        form = kwargs.setdefault("form", ColumnsForm(past_import=self.past_import))
        columns = shown_columns(self.past_import, self.past_import.version.to_spec())
        pairs = [(column, form[form.name(column.place)]) for column in columns]
        better = better_fitting(self.past_import)
        return super().get_context_data(columns=pairs, better=better, **kwargs)

    def post(self, request, *args, **kwargs):
        form = ColumnsForm(request.POST, past_import=self.past_import)
        if not form.is_valid():
            return self.answer(form=form)
        try:
            save_columns(
                past_import=self.past_import,
                mapping=form.mapping,
                by=request.user,
                based_on=form.cleaned_data["revision"],
            )
        except ChangedMeanwhile:
            form.add_error(None, CHANGED)
            return self.answer(409, form=form)
        return redirect("reviews:past_check", self.past_import.pk)


class PastFile(OpenImportMixin, TemplateView):
    """A mended file in the place of the one before."""

    template_name = "reviews/importing/file.html"

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", FileForm(version=self.past_import.version))
        return super().get_context_data(limits=limits_in_words(), **kwargs)

    def post(self, request, *args, **kwargs):
        form = FileForm(request.POST, request.FILES, version=self.past_import.version)
        if not form.is_valid():
            return self.answer(form=form)
        before = self.past_import.heads
        changed = replace_file(
            past_import=self.past_import, file_name=form.file_name, heads=form.heads, by=request.user
        )
        same = changed.heads == before
        return redirect("reviews:past_check" if same else "reviews:past_columns", changed.pk)


class PastCheck(OpenImportMixin, TemplateView):
    """What each row becomes and what is wrong with it; then all good rows are brought in at once."""

    template_name = "reviews/importing/check.html"

    @cached_property
    def preview(self):
        return preview_of(
            self.past_import, self.request.user, today=timezone.localdate(), usual_day_first=day_first()
        )

    def get_form(self, data=None) -> AnswersForm:
        return AnswersForm(data, past_import=self.past_import, preview=self.preview)

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", self.get_form())
        spec, pages = self.past_import.version.to_spec(), pages_of(len(self.preview.rows))
        page = self.page_of(pages)
        good, bad = len(self.preview.good), len(self.preview.bad)
        return super().get_context_data(
            rows=shown_rows(self.preview, spec, page),
            page=page,
            pages=pages,
            good_rows=good,
            bad_rows=bad,
            first_bad_rows=rows_to_mend(self.preview, spec),
            more_bad_rows=max(bad - PROBLEMS_IN_THE_SUMMARY, 0),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        if self.past_import.is_applied:
            return redirect("reviews:past_import", self.past_import.pk)
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.answer(form=form)
        try:
            return self.bring_in(form) if request.POST.get("go") == "bring-in" else self.keep(form)
        except ChangedMeanwhile:
            form.add_error(None, CHANGED)
            return self.answer(409, form=form)
        except RowsHaveProblems:
            form.add_error(
                None, _("Some rows cannot be brought in. Mend them, or tick the box that leaves them out.")
            )
        except NothingToBringIn:
            form.add_error(None, _("No row can be brought in as it stands."))
        return self.answer(form=form)

    def keep(self, form):
        save_answers(
            past_import=self.past_import,
            answers=form.given(),
            by=self.request.user,
            based_on=form.cleaned_data["revision"],
        )
        return redirect("reviews:past_check", self.past_import.pk)

    def bring_in(self, form):
        if form.given() != form.answers:
            messages.info(
                self.request, _("Your answers are kept. Look at the rows once more, then bring them in.")
            )
            return self.keep(form)
        past_import = apply_import(
            past_import=self.past_import,
            by=self.request.user,
            based_on=form.cleaned_data["revision"],
            leave_out="leave_out" in self.request.POST,
            today=timezone.localdate(),
            usual_day_first=day_first(),
        )
        count = past_import.results.count()
        words = ngettext("%(count)s review is brought in.", "%(count)s reviews are brought in.", count)
        messages.success(self.request, words % {"count": count})
        return redirect("reviews:past_import", past_import.pk)


class DiscardPastImport(ImportMixin, View):
    """Forget an upload that was not brought in."""

    def post(self, request, *args, **kwargs):
        discard_import(past_import=self.past_import, by=request.user)
        messages.success(request, _("The upload is thrown away. No review was brought in from it."))
        return redirect("reviews:past_reviews")


class AppliedMixin(ImportMixin):
    """Pages of an upload whose rows were brought in; before that they lead to the check of its rows."""

    @cached_property
    def past_import(self) -> PastImport:
        own = PastImport.objects.of(self.request.user).without_lines()
        return get_object_or_404(own, pk=self.kwargs["past_import"])

    def get(self, request, *args, **kwargs):
        if not self.past_import.is_applied:
            return redirect("reviews:past_check", self.past_import.pk)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        results = self.past_import.results.readable_by(self.request.user).with_details()
        pages = pages_of(results.count())
        page = self.page_of(pages)
        return super().get_context_data(
            results=results.order_by("source_line")[(page - 1) * ROWS_ON_A_PAGE : page * ROWS_ON_A_PAGE],
            page=page,
            pages=pages,
            standing=Result.objects.filter(imported_from=self.past_import).standing().count(),
            **kwargs,
        )


class PastImportPage(AppliedMixin, TemplateView):
    """What was brought in from one file."""

    template_name = "reviews/importing/past_import.html"


class TakeBackPastImport(AppliedMixin, TemplateView):
    """Asks once more, then takes back everything that came from one file."""

    template_name = "reviews/importing/take_back.html"

    def post(self, request, *args, **kwargs):
        count = take_back_import(past_import=self.past_import, by=request.user)
        words = ngettext("%(count)s review is taken back.", "%(count)s reviews are taken back.", count)
        messages.success(request, words % {"count": count})
        return redirect("reviews:past_import", self.past_import.pk)
