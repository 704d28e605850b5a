"""What every page on a draft shares: who may open it, and how one part of it is shown, sent and saved."""

from itertools import islice

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from scales.actions.refusals import ChangedMeanwhile, NotADraft, NotThere
from scales.difference_words import conflict_lines
from scales.differences import differences_between
from scales.models import ScaleVersion, SettingProfile, Status
from scales.parts import fingerprint
from scales.permissions import may_edit_definitions
from scales.spec import ProfileSpec, ScaleSpec

SHOWN_DIFFERENCES = 12

# What is shorter than this many characters is a choice or a number, quicker chosen again than copied.
SHORT = 12


class EditorMixin:
    """Open to those who edit definitions; 403 to everyone else, whether the draft is there or not."""

    def dispatch(self, request, *args, **kwargs):
        if not may_edit_definitions(request.user):
            raise PermissionDenied
        try:
            return super().dispatch(request, *args, **kwargs)
        except (NotADraft, NotThere, Http404) as error:
            # Published, removed or deleted between opening the page and sending it.
            if request.method == "POST" and (typed := what_was_typed(request.POST)):
                return render(request, "scales/gone.html", {"typed": typed}, status=404)
            raise Http404 from error


def what_was_typed(posted: QueryDict) -> list[str]:
    """The texts that were sent, to be copied from a page that can no longer save them."""
    own = ("csrfmiddlewaretoken", "based_on", "go")
    values = (text.strip() for name in posted if name not in own for text in posted.getlist(name))
    return [text for text in values if len(text) > SHORT and not text.isdecimal()]


class VersionDraftMixin(EditorMixin):
    """Loads `self.version`, a draft, by the address's `pk`."""

    @cached_property
    def version(self) -> ScaleVersion:
        drafts = ScaleVersion.objects.filter(status=Status.DRAFT)
        above = ("scale", "copied_from__scale", "created_by", "changed_by")
        return get_object_or_404(drafts.select_related(*above), pk=self.kwargs["pk"])

    @cached_property
    def spec(self) -> ScaleSpec:
        return self.version.to_spec()

    def get_context_data(self, **kwargs):
        return super().get_context_data(version=self.version, spec=self.spec, **kwargs)


class ProfileDraftMixin(EditorMixin):
    """Loads `self.profile`, a draft, by the address's `pk`."""

    @cached_property
    def profile(self) -> SettingProfile:
        drafts = SettingProfile.objects.filter(status=Status.DRAFT)
        above = ("version__scale", "copied_from__version__scale", "created_by", "changed_by")
        return get_object_or_404(drafts.select_related(*above), pk=self.kwargs["pk"])

    @property
    def version(self) -> ScaleVersion:
        return self.profile.version

    @cached_property
    def scale(self) -> ScaleSpec:
        return self.version.to_spec()

    @cached_property
    def spec(self) -> ProfileSpec:
        return self.profile.to_spec()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            profile=self.profile, version=self.version, scale=self.scale, spec=self.spec, **kwargs
        )


class PartView(TemplateView):
    """One part of a draft: shown, changed as a whole, and saved unless someone else changed it meanwhile.

    A page gives `stored`, `get_form`, `save` and `done`. Its form answers `is_valid()`, `value()` and, where a button
    may add or move rows without saving, `rearranged(go)`: the form to show next.
    """

    saved_message = ""

    def stored(self) -> object:
        """The part as it is saved now."""
        raise NotImplementedError

    def get_form(self, data=None):
        raise NotImplementedError

    def save(self, value, based_on: str) -> None:
        raise NotImplementedError

    def refused(self, form, error: ValueError) -> None:
        """Put an action's refusal (a `ValueError`) beside the field that it is about."""
        raise error

    def done(self) -> str:
        return self.request.path

    def get_context_data(self, **kwargs):
        if "form" not in kwargs:
            kwargs["form"] = self.get_form()
        if "based_on" not in kwargs:
            kwargs["based_on"] = fingerprint(self.stored())
        context = {"conflict": None, "has_errors": False, "take_theirs": self.request.path}
        return super().get_context_data(**(context | kwargs))

    def post(self, request, *args, **kwargs):
        go, based_on = request.POST.get("go", "save"), request.POST.get("based_on", "")
        form = self.get_form(request.POST)
        if go != "save" and hasattr(form, "rearranged"):
            return self.answer(form.rearranged(go), based_on, status=200, conflict=self.still_told())
        if not form.is_valid():
            told = self.still_told()
            return self.answer(form, based_on, status=422, has_errors=True, conflict=told)
        value = form.value()
        try:
            self.save(value, based_on)
        except ChangedMeanwhile as error:
            lines = self.what_differs(error.stored, value)
            return self.answer(form, error.fingerprint, status=409, conflict=lines)
        except ValueError as error:
            self.refused(form, error)
            return self.answer(form, based_on, status=422, has_errors=True)
        messages.success(request, self.saved_message or _("Saved."))
        return redirect(self.done())

    def answer(self, form, based_on: str, *, status: int, **context):
        context = self.get_context_data(form=form, based_on=based_on, **context)
        return self.render_to_response(context, status=status)

    def still_told(self) -> list[str] | None:
        """The conflict that the page sent was showing, for it stands until the next save; None where there was none."""
        if "conflict" not in self.request.POST:
            return None
        form = self.get_form(self.request.POST)
        return self.what_differs(self.stored(), form.value()) if form.is_valid() else []

    def what_differs(self, stored: object, typed: object) -> list[str]:
        """Where what was typed differs from what is saved, one line each; the first of them where there are many."""
        return conflict_lines(islice(differences_between(stored, typed), SHOWN_DIFFERENCES))
