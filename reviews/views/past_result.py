"""One past review from an old score sheet: its scores, its gaps, where it came from; and taking it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts.permissions import Permission, is_allowed
from reviews.actions.importing import take_back_result
from reviews.importing.shown import shown_sections, span, total_in_words, unrated_in_words
from reviews.independence_words import LABELS
from reviews.models import Result


class ResultMixin:
    """Loads a past review that its reader may read; out of sight is 404."""

    @cached_property
    def result(self) -> Result:
        found = Result.objects.imported().readable_by(self.request.user).with_details()
        found = found.select_related("imported_from__by", "site__program__organization")
        found = found.defer("imported_from__lines")
        return get_object_or_404(found, pk=self.kwargs["result"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **kwargs | {"result": self.result},
            may_take_back=is_allowed(self.request.user, Permission.IMPORT_REVIEWS, self.result.site),
        )


class PastResult(ResultMixin, TemplateView):
    template_name = "reviews/importing/past_result.html"

    def get_context_data(self, **kwargs):
        result, spec = self.result, self.result.version.to_spec()
        figures = {name: getattr(result, name) for name in ("points", "lowest", "highest", "unrated")}
        return super().get_context_data(
            sections=shown_sections(result),
            label=LABELS[result.label],
            total=total_in_words(figures, spec),
            unrated=unrated_in_words(result.unrated),
            attainable=span(result.attainable_lowest, result.attainable_highest),
            setting_part=span(result.setting_lowest, result.setting_highest),
            open_part=span(result.open_lowest, result.open_highest),
            is_own_file=result.imported_from.by_id == self.request.user.pk,
            **kwargs,
        )


class TakeBackPastResult(ResultMixin, TemplateView):
    """Asks once more, then takes back one past review."""

    template_name = "reviews/importing/take_back_result.html"

    def dispatch(self, request, *args, **kwargs):
        if not is_allowed(request.user, Permission.IMPORT_REVIEWS, self.result.site):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        take_back_result(result=self.result, by=request.user)
        messages.success(request, _("The past review is taken back."))
        return redirect("reviews:site", self.result.site_id)
