"""An issued report for people without an account, by a link that a program manager made."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from reports import words
from reports.editions import latest_edition, read_edition, stored_pdf
from reports.file_names import pdf_name
from reports.guessing import SECONDS, has_guessed_too_often, note_wrong_guess
from reports.html import page_body
from reports.pdf import MEDIA_TYPE
from reports.views import file_response
from reports.writers.written import WrittenFile
from reviews.actions.sharing import note_use
from reviews.models import Edition, SharedLink, SharedLinkUse
from reviews.permissions import rated_sites

# Nothing of it is kept, found by a search engine, or told to the next page.
HEADERS = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


class ByLink:
    """Loads `self.link` and `self.edition` by the address's token, for whoever has it.

    A wrong, an expired, a revoked and a malformed token get the same answer. Someone signed in who is rating the
    site now is refused: last scores would colour their own. GET writes nothing anywhere else in this product; here
    it writes one row per look, so that those who share a report see whether it was read. HEAD, and pages that a
    browser loads ahead on a guess, are not counted.
    """

    what: SharedLinkUse.What

    @cached_property
    def link(self) -> SharedLink | None:
        return SharedLink.objects.by_token(self.kwargs["token"])

    @cached_property
    def edition(self) -> Edition | None:
        return latest_edition(self.link.review) if self.link else None

    def dispatch(self, request, *args, **kwargs):
        response = self.refusal() or super().dispatch(request, *args, **kwargs)
        if response.status_code == 200 and self.is_a_look():
            note_use(link=self.link, what=self.what)
        for name, value in HEADERS.items():
            response[name] = value
        return response

    def refusal(self):
        """Why the report stays closed, as a page; None where it opens."""
        user = self.request.user
        if has_guessed_too_often(self.request):
            return self.closed("too many", 429, {"Retry-After": str(SECONDS)})
        if self.edition is None:
            note_wrong_guess(self.request)
            return self.closed("gone", 404)
        if user.is_authenticated and self.link.review.site_id in rated_sites(user):
            return self.closed("rating", 403)
        return None

    def closed(self, why: str, status: int, headers: dict[str, str] | None = None):
        response = render(self.request, "reports/shared_closed.html", {"why": why}, status=status)
        for name, value in (headers or {}).items():
            response[name] = value
        return response

    def is_a_look(self) -> bool:
        ahead = ("Sec-Purpose", "Purpose", "X-Moz", "X-Purpose")
        return self.request.method == "GET" and not any(
            word in self.request.headers.get(name, "").lower()
            for name in ahead
            for word in ("prefetch", "preview")
        )


@method_decorator(login_not_required, name="dispatch")
class SharedReport(ByLink, TemplateView):
    """The report as it is now; besides its PDF, only the page to check a file is a step away."""

    what = SharedLinkUse.What.PAGE
    template_name = "reports/shared_report.html"

    def get_context_data(self, **kwargs):
        document = read_edition(self.edition)
        return super().get_context_data(
            title=words.page_title(document),
            language=document.language,
            body=page_body(document),
            edition=self.edition,
            link=self.link,
            **kwargs,
        )


@method_decorator(login_not_required, name="dispatch")
class SharedPdf(ByLink, View):
    """The stored PDF of that report."""

    what = SharedLinkUse.What.PDF

    def get(self, request, *args, **kwargs):
        edition = self.edition
        name = pdf_name(self.link.review, edition.number, is_withdrawn=edition.is_withdrawn)
        return file_response(request, WrittenFile(name, MEDIA_TYPE, stored_pdf(edition)))
