"""The pages across sites, and the files of the same choice."""

from functools import cached_property

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from reports.across import files, lines, table, words
from reports.across.choosing import InSight, Order
from reports.across.comparison import Comparison
from reports.across.forms import AcrossForm
from reviews.permissions import rated_sites

SITES_ON_A_PAGE = 25

# Address name, and what its tab is called.
PAGES = (
    ("reports:across", _("Sites")),
    ("reports:across_items", _("Items")),
    ("reports:across_barriers", _("Barriers and adaptations")),
    ("reports:across_agreement", _("Agreement")),
)


class Compared:
    """What the address chooses, of what the person may read. `self.comparison` is of a valid form."""

    @cached_property
    def form(self) -> AcrossForm:
        return AcrossForm(self.request.GET, in_sight=InSight(self.request.user))

    @cached_property
    def comparison(self) -> Comparison:
        return Comparison(self.request.user, self.form.in_sight, self.form.choice())

    @property
    def has_answer(self) -> bool:
        return bool(self.form.in_sight) and self.form.is_valid()


class Across(Compared, TemplateView):
    """The head of every page across sites; each page below adds its own part of the comparison."""

    def get_context_data(self, **kwargs):
        here = self.request.resolver_match.view_name
        found = self.has_answer and self.comparison.sites > 0
        query = self.request.GET.copy()
        query.pop("page", None)
        by_open = query.copy()
        by_open["order"] = Order.OPEN.value
        return super().get_context_data(
            form=self.form,
            in_sight=self.form.in_sight,
            is_answered=self.has_answer,
            comparison=self.comparison if found else None,
            chosen=self.form.in_words() if found else (),
            head=words.head(self.comparison) if found else None,
            are_left_out=bool(rated_sites(self.request.user)),
            pages=[(name, title, name == here) for name, title in PAGES],
            form_action=here if here in dict(PAGES) else "reports:across",
            query=query.urlencode(),
            by_open=by_open.urlencode(),
            **(self.part() if found else {}),
            **kwargs,
        )

    def part(self) -> dict:
        raise NotImplementedError

    def get(self, request, *args, **kwargs):
        has_errors = bool(self.form.in_sight) and not self.form.is_valid()
        answer = self.render_to_response(self.get_context_data(**kwargs), status=422 if has_errors else 200)
        answer["Cache-Control"] = "private, no-store"
        return answer


class AcrossSites(Across):
    """Items by site."""

    template_name = "reports/across.html"

    def part(self) -> dict:
        comparison = self.comparison
        paginator = Paginator(comparison.in_order(), SITES_ON_A_PAGE)
        paginator.count = comparison.sites
        page = paginator.get_page(self.request.GET.get("page"))
        rows = table.rows(comparison, page.object_list)
        return {
            "page_obj": page,
            "rows": rows,
            "sections": table.sections(comparison),
            "key": table.key(comparison),
            "has_changes": any(cell.change for row in rows for cell in row.cells),
            "has_not_comparable": any(row.is_not_comparable for row in rows),
            "has_programs": len(comparison.in_sight.programs) > 1,
        }


class AcrossItems(Across):
    """What holds most sites back, and how the scores of each item lie."""

    template_name = "reports/across_items.html"

    def part(self) -> dict:
        return {
            "holding": lines.holding_back(self.comparison),
            "scores": lines.score_lines(self.comparison),
            "points": self.comparison.points,
        }


class AcrossBarriers(Across):
    """What stands in the way and what helps, and what is done differently: counts only."""

    template_name = "reports/across_barriers.html"

    def part(self) -> dict:
        return {
            "domains": lines.domain_lines(self.comparison),
            "adaptations": lines.adaptation_lines(self.comparison),
            "without_records": self.comparison.imported,
            "with_records": self.comparison.sites - self.comparison.imported,
        }


class AcrossAgreement(Across):
    """How far reviewers agreed on each item before they met."""

    template_name = "reports/across_agreement.html"

    def part(self) -> dict:
        return {
            "agreement": lines.agreement_lines(self.comparison),
            "rests_on": words.rests_on(self.comparison),
        }


class AcrossFile(AcrossSites):
    """The whole comparison as a file; what cannot be answered is shown on the page."""

    ending = ""

    def get(self, request, *args, **kwargs):
        if not (self.has_answer and self.comparison.sites):
            return super().get(request, *args, **kwargs)
        file = files.WRITERS[self.ending](self.comparison, self.form.in_words(), timezone.localdate())
        answer = HttpResponse(file.data, content_type=file.media_type)
        answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
        answer["Cache-Control"] = "private, no-store"
        return answer
