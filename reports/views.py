"""Pages and files of a report: the draft while it is one, then the editions that were issued."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from accounts.forms import ConfirmedFormMixin
from accounts.permissions import Permission
from reports import words
from reports.document import ReportDocument
from reports.downloads import downloads_of
from reports.edition_states import states_of
from reports.editions import compose_edition, latest_edition, read_edition, stored_pdf, stored_pdf_sha256
from reports.file_names import pdf_name
from reports.forms import IssueForm
from reports.html import page_body
from reports.pdf import MEDIA_TYPE, write_pdf
from reports.presentation import draft_mark
from reports.projection import project
from reports.writers.formats import FORMATS
from reports.writers.written import WrittenFile
from reviews.actions.issuing import ReportIncomplete, issue_review
from reviews.actions.refusals import NotNow
from reviews.finishing.unresolved import missing_before_issue, worth_a_look
from reviews.models import Stage
from reviews.permissions import (
    may_correct,
    may_issue,
    may_read_draft,
    may_read_report,
    may_reply,
    may_share_report,
)
from reviews.views.mixins import ReviewMixin

# The form asks for this reason: what is missing is shown without it.
TO_BE_TOLD = "-"


class ReportPage(ReviewMixin, TemplateView):
    """The latest edition; before there is one, the draft as it stands."""

    permission = Permission.READ_REPORT
    template_name = "reports/report_page.html"

    def is_open(self) -> bool:
        may_read = may_read_report if self.review.is_issued else may_read_draft
        return may_read(self.request.user, self.review)

    @cached_property
    def edition(self):
        return latest_edition(self.review) if self.review.is_issued else None

    def get_context_data(self, **kwargs):
        edition = self.edition
        document = read_edition(edition) if edition else project(self.review, made_at=timezone.now())
        leads_on = may_issue(self.request.user, self.review)
        # A draft that the service does not have goes on from the page that the link leads to.
        is_out = self.review.stage == Stage.WITH_SERVICE
        can_issue = leads_on and is_out and not missing_before_issue(self.review)
        states = states_of(self.review, edition) if edition else []
        one_holds = any(state.withdrawn is None for state in states)
        return super().get_context_data(
            edition=edition,
            states=states,
            may_correct=may_correct(self.request.user, self.review),
            title=words.page_title(document),
            language=document.language,
            body=page_body(document),
            downloads=downloads_of(self.review, edition, document.language),
            draft_mark=draft_mark(document),
            may_issue=can_issue,
            may_see_what_is_missing=leads_on and not can_issue,
            may_reply=may_reply(self.request.user, self.review),
            may_share=one_holds and may_share_report(self.request.user, self.review),
            **kwargs,
        )


class OneEdition(ReviewMixin):
    """An edition by its number, to those who may read the report."""

    permission = Permission.READ_REPORT

    def is_open(self) -> bool:
        return may_read_report(self.request.user, self.review)

    @cached_property
    def edition(self):
        number = {"major": self.kwargs["major"], "minor": self.kwargs["minor"]}
        return get_object_or_404(self.review.editions.without_files(), **number)


class EditionPage(OneEdition, ReportPage):
    """An edition as it was issued, even where a later one corrects it."""


class EditionPdf(OneEdition, View):
    """The stored PDF of an edition, marked once it is withdrawn; a browser that has it already is told so."""

    def get(self, request, *args, **kwargs):
        etag = f'"{stored_pdf_sha256(self.edition)}"'
        response = get_conditional_response(request, etag=etag)
        if response is None:
            name = pdf_name(self.review, self.edition.number, is_withdrawn=self.edition.is_withdrawn)
            response = file_response(request, WrittenFile(name, MEDIA_TYPE, stored_pdf(self.edition)))
        response["ETag"] = etag
        response["Cache-Control"] = "private, no-cache"
        return response


class EditionFile(OneEdition, View):
    """An edition as one of the other files, written from its frozen data."""

    ending = ""

    def get(self, request, *args, **kwargs):
        return written(request, read_edition(self.edition), self.ending)


class OneDraft(ReviewMixin):
    """The draft, to those who may read it before it is issued."""

    permission = Permission.READ_DRAFT

    def is_open(self) -> bool:
        return may_read_draft(self.request.user, self.review)


class DraftPdf(OneDraft, View):
    """The draft as it stands, marked so on every page."""

    def get(self, request, *args, **kwargs):
        document = project(self.review, made_at=timezone.now())
        data = write_pdf(document, paper_asked_for(request, document))
        response = file_response(request, WrittenFile(pdf_name(self.review), MEDIA_TYPE, data))
        response["Cache-Control"] = "private, no-store"
        return response


class DraftFile(OneDraft, View):
    """The draft as it stands as one of the other files, marked so."""

    ending = ""

    def get(self, request, *args, **kwargs):
        return written(request, project(self.review, made_at=timezone.now()), self.ending)


class IssueReport(ReviewMixin, ConfirmedFormMixin, FormView):
    """What is still missing, and the confirmation that issues the report."""

    permission = Permission.ISSUE_REPORT
    template_name = "reports/issue_report.html"
    form_class = IssueForm

    def is_open(self) -> bool:
        return may_issue(self.request.user, self.review)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"was_asked": self.review.latest_reply is not None}

    def get_context_data(self, **kwargs):
        review = self.review
        return super().get_context_data(
            visit=words.days(review.starts_on, review.ends_on),
            missing=missing_before_issue(review, not_asked_because=TO_BE_TOLD),
            advice=list(worth_a_look(review)),
            **kwargs,
        )

    def form_valid(self, form):
        try:
            edition = issue_review(
                review=self.review,
                by=self.request.user,
                compose=compose_edition,
                not_asked_because=form.cleaned_data.get("not_asked_because", ""),
            )
        except ReportIncomplete as incomplete:
            for line in incomplete.missing:
                form.add_error(None, line.text)
            return self.form_invalid(form)
        except NotNow:
            messages.warning(self.request, _("Somebody else has moved this review on. Nothing was issued."))
            return redirect("reviews:detail", pk=self.review.pk)
        messages.success(self.request, _("Edition %(number)s is issued.") % {"number": edition.number})
        return redirect("reports:report", pk=self.review.pk)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


def written(request, document: ReportDocument, ending: str) -> HttpResponse:
    """One of the files of a report, to be kept; `?paper=letter` or `?paper=A4` asks for another paper."""
    file = FORMATS[ending].write(document, paper_asked_for(request, document))
    response = file_response(request, file, is_kept=True)
    response["Cache-Control"] = "private, no-store"
    return response


def paper_asked_for(request, document: ReportDocument) -> str:
    return words.chosen_paper(request.GET.get("paper", ""), document.language)


def file_response(request, file: WrittenFile, *, is_kept: bool = False) -> HttpResponse:
    """Shown in the browser; with `?download` kept as a file, and always where a browser cannot show it."""
    disposition = "attachment" if is_kept or "download" in request.GET else "inline"
    headers = {"Content-Disposition": f'{disposition}; filename="{file.name}"'}
    return HttpResponse(file.data, content_type=file.media_type, headers=headers)
