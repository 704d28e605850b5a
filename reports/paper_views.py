"""Sheets for those who work on paper, as PDF: the blank score sheet and the schedule of a visit."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.generic import View

from reports.file_names import schedule_name, score_sheet_name, version_sheet_name
from reports.on_paper.schedule import schedule_of, schedule_pdf
from reports.on_paper.score_sheet import blank_sheet, score_sheet_pdf, sheet_of_review
from reports.pdf import MEDIA_TYPE
from reports.views import file_response
from reports.words import chosen_paper
from reports.writers.written import WrittenFile
from reviews.permissions import may_have_score_sheet
from reviews.views.mixins import ReviewMixin
from scales.models import ScaleVersion


class ReviewScoreSheet(ReviewMixin, View):
    """The score sheet with its head filled in, to take along."""

    def is_open(self) -> bool:
        return may_have_score_sheet(self.request.user, self.review)

    def get(self, request, *args, **kwargs):
        sheet = sheet_of_review(self.review)
        data = score_sheet_pdf(sheet, paper_of(request, sheet.scale.language))
        return sheet_response(request, score_sheet_name(self.review), data)


class SchedulePdf(ReviewMixin, View):
    """The visit on one sheet of paper, to those who may read its page."""

    def get(self, request, *args, **kwargs):
        schedule = schedule_of(self.review)
        data = schedule_pdf(schedule, paper_of(request, schedule.language))
        return sheet_response(request, schedule_name(self.review), data)


class VersionScoreSheet(View):
    """The score sheet of a published or retired scale version, nothing filled in."""

    def get(self, request, *args, pk: int, **kwargs):
        version = get_object_or_404(ScaleVersion.objects.readable().select_related("scale"), pk=pk)
        data = score_sheet_pdf(blank_sheet(version.to_spec()), paper_of(request, version.language))
        return sheet_response(request, version_sheet_name(version), data)


def paper_of(request, language: str) -> str:
    """`?paper=letter` or `?paper=a4`; without it, that of the language."""
    return chosen_paper(request.GET.get("paper", ""), language)


def sheet_response(request, name: str, data: bytes) -> HttpResponse:
    response = file_response(request, WrittenFile(name, MEDIA_TYPE, data))
    response["Cache-Control"] = "private, no-cache"
    return response
