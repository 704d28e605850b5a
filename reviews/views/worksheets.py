"""The team's worksheets: which there are, their rows, and a table pasted or uploaded into one."""

import re

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView, View

from accounts.permissions import Permission
from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.actions.worksheets import (
    TooManyRows,
    load_worksheet,
    next_place,
    remove_row,
    save_worksheet,
    state_of,
)
from reviews.forms.pasting import PasteForm, template_csv
from reviews.forms.worksheets import ROWS_ON_A_PAGE, WorksheetForm, day_first, shown_rows
from reviews.models import Sheet, WorksheetRow
from reviews.permissions import may_read_own_ratings, may_read_visit, may_work_on_visit
from reviews.views.mixins import ReviewMixin
from reviews.worksheets.columns import SHEETS, Kind
from reviews.worksheets.items import FedItems
from reviews.worksheets.overview import components_line, sheet_lines
from reviews.worksheets.results import results
from reviews.worksheets.words import column_label, sheet_help


class VisitFactsMixin(ReviewMixin):
    """Pages on what the team counted: read by who was at the visit, changed until the report is drafted."""

    permission = Permission.READ_VISIT

    def is_open(self) -> bool:
        return may_read_visit(self.request.user, self.review)

    @cached_property
    def fed(self) -> FedItems:
        return FedItems.of(self.review)

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(
            may_work=may_work_on_visit(user, self.review),
            may_open_items=may_read_own_ratings(user, self.review),
            **kwargs,
        )


class WorksheetMixin(VisitFactsMixin):
    """Pages of one worksheet, named in the address."""

    @cached_property
    def sheet(self) -> Sheet:
        if self.kwargs["sheet"] not in SHEETS:
            raise Http404
        return Sheet(self.kwargs["sheet"])

    @property
    def columns(self):
        return SHEETS[self.sheet]

    @cached_property
    def rows(self) -> list[WorksheetRow]:
        return list(self.review.worksheet_rows.filter(sheet=self.sheet).select_related("updated_by"))

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **kwargs
            | {
                "sheet": self.sheet,
                "help": sheet_help(self.sheet),
                "number_of_rows": len(self.rows),
                "phases": self.phases,
                "column_names": [column_label(column.code) for column in self.columns.columns],
                "has_dates": any(column.kind is Kind.DATE for column in self.columns.columns),
                "is_day_first": day_first(),
            }
        )

    @property
    def phases(self):
        """What the codes in a cell stand for; nothing on a worksheet without such cells."""
        return self.fed.phases if any(one.kind is Kind.CODES for one in self.columns.columns) else ()

    def here(self, page: str = "") -> str:
        address = reverse("reviews:worksheet", kwargs={"pk": self.review.pk, "sheet": self.sheet})
        return f"{address}?page={page}" if page.isdigit() and page != "1" else address


class Worksheets(VisitFactsMixin, TemplateView):
    """All worksheets of the visit: how far each is, and which items it feeds."""

    template_name = "reviews/worksheets/overview.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            lines=sheet_lines(self.review, self.fed),
            components=components_line(self.review, self.fed),
            **kwargs,
        )


class Worksheet(WorksheetMixin, TemplateView):
    """The rows of one worksheet. A POST saves each row that can be kept, and tells of those that cannot."""

    template_name = "reviews/worksheets/worksheet.html"

    @property
    def page(self) -> int:
        """The page of rows on show, from 1; the last where there is none such."""
        asked = self.request.GET.get("page", "1")
        return min(int(asked), self.pages) if re.fullmatch(r"[1-9]\d{0,3}", asked, re.ASCII) else 1

    @property
    def pages(self) -> int:
        return len(self.rows) // ROWS_ON_A_PAGE + 1

    def get_form(self, data=None) -> WorksheetForm:
        first = (self.page - 1) * ROWS_ON_A_PAGE
        may_work = may_work_on_visit(self.request.user, self.review)
        return WorksheetForm(
            self.columns,
            stored=self.rows,
            shown=self.rows[first : first + ROWS_ON_A_PAGE],
            first_number=first + 1,
            next_place=next_place(self.rows) if may_work and self.page == self.pages else None,
            codes=self.fed.phase_codes,
            data=data,
        )

    def get_context_data(self, **kwargs):
        form = kwargs.pop("sheet_form", None) or self.get_form()
        return super().get_context_data(
            sheet_form=form,
            table=shown_rows(self.columns, self.rows),
            page=self.page,
            pages=range(1, self.pages + 1),
            results=results(self.review, self.fed.of_sheet(self.sheet)),
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        if not may_work_on_visit(request.user, self.review):
            raise NotNow
        form = self.get_form(request.POST)
        has_come = bool(form.rows)
        removed = self._decide(form)
        too_many = False
        try:
            form.settle(
                save_worksheet(review=self.review, sheet=self.sheet, rows=form.changes(), by=request.user)
            )
        except TooManyRows:
            form.refuse()
            too_many = True
        self.__dict__.pop("rows", None)
        is_saved = has_come and not form.unsaved and not too_many and removed is not False
        if is_saved and not request.htmx:
            self._say(form, removed)
            return redirect(self.here(request.GET.get("page", "")))
        if not request.htmx:
            form.complete()
        context = self.get_context_data(
            sheet_form=form,
            has_errors=not is_saved,
            too_many=too_many,
            changed_before_removal=removed is False,
        )
        if request.htmx:
            self.template_name = "reviews/worksheets/_saved.html"
        told = 422 if form.wrong_cells or too_many or not has_come else 409
        return self.render_to_response(context, status=200 if is_saved else told)

    def _decide(self, form: WorksheetForm):
        """Do what a button beside one row says. The removed row; False where it was changed meanwhile; else None."""
        decision, _between, rest = self.request.POST.get("go", "").partition(":")
        key, _between, revision = rest.partition(":")
        if decision == "theirs":
            form.take_theirs(key)
        elif decision == "mine" and revision.isdecimal():
            form.take_mine(key, int(revision))
        elif decision == "back":
            form.put_back(key, next_place(self.rows))
        elif decision == "remove" and (row := form.leave_out(key)):
            try:
                removed = remove_row(
                    review=self.review,
                    sheet=self.sheet,
                    pk=row.stored.pk,
                    based_on=row.based_on,
                    by=self.request.user,
                )
            except ChangedMeanwhile:
                return False
            form.forget(row.stored.pk)
            return removed
        return None

    def _say(self, form: WorksheetForm, removed: WorksheetRow | None) -> None:
        if removed is not None:
            messages.success(self.request, _("The row is removed."))
        if form.saved:
            count = len(form.saved)
            messages.success(
                self.request,
                ngettext("%(count)s row saved.", "%(count)s rows saved.", count) % {"count": count},
            )
        elif removed is None:
            theirs = self.request.POST.get("go", "").startswith("theirs:")
            said = _("Theirs stays as it is.") if theirs else _("All is saved.")
            messages.success(self.request, said)


class PasteWorksheet(WorksheetMixin, TemplateView):
    """Paste or upload a table: look at what was read, mend it, load all of it or none."""

    template_name = "reviews/worksheets/paste.html"

    def is_open(self) -> bool:
        return super().is_open() and may_work_on_visit(self.request.user, self.review)

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", PasteForm(self.columns, codes=self.fed.phase_codes))
        return super().get_context_data(state=state_of(self.rows), **kwargs)

    def post(self, request, *args, **kwargs):
        form = PasteForm(self.columns, request.POST, request.FILES, codes=self.fed.phase_codes)
        is_valid = form.is_valid()
        if is_valid and request.POST.get("go") == "load" and form.table.is_loadable:
            if self._load(form):
                return redirect(self.here())
            is_valid = False
        is_good = is_valid and form.table.is_loadable
        return self.render_to_response(
            self.get_context_data(form=form, has_errors=not is_good), status=200 if is_good else 422
        )

    def _load(self, form: PasteForm) -> bool:
        if repeated := form.repeated(self.rows):
            form.add_error(
                None,
                _(
                    "In the worksheet already: %(names)s. Take them out of the table, or replace what is there."
                )
                % {"names": "; ".join(repeated[:20])},
            )
            return False
        try:
            count = load_worksheet(
                review=self.review,
                sheet=self.sheet,
                rows=form.rows(),
                replace=form.replaces,
                based_on=form.cleaned_data["state"],
                by=self.request.user,
            )
        except ChangedMeanwhile:
            form.add_error(
                None, _("Someone changed this worksheet since you looked at the table. Look at it once more.")
            )
        except TooManyRows:
            form.add_error("text", _("With these rows the worksheet would be too long: at most 500 rows."))
        else:
            messages.success(
                self.request,
                ngettext("%(count)s row loaded.", "%(count)s rows loaded.", count) % {"count": count},
            )
            return True
        return False


class WorksheetTemplate(WorksheetMixin, View):
    """An empty table to fill in a spreadsheet: a line of headings."""

    def get(self, request, *args, **kwargs):
        answer = HttpResponse(template_csv(self.columns), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{self.sheet}.csv"'
        return answer
