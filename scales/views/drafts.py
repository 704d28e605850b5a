"""What every page on a draft shares: who may open it, and how one part of it is shown, sent and saved."""

import json
import re
from itertools import islice

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from scales.actions.refusals import ChangedMeanwhile, NotADraft, NotThere
from scales.difference_words import NAMES, conflict_lines
from scales.differences import differences_between
from scales.merging import Winner, merged, plain
from scales.models import ScaleVersion, SettingProfile, Status
from scales.parts import canonical, fingerprint
from scales.permissions import may_edit_definitions
from scales.spec import ProfileSpec, ScaleSpec

SHOWN_DIFFERENCES = 12


class EditorMixin:
    """Open to those who edit definitions; 403 to everyone else, whether the draft is there or not."""

    def dispatch(self, request, *args, **kwargs):
        if not may_edit_definitions(request.user):
            raise PermissionDenied
        try:
            return super().dispatch(request, *args, **kwargs)
        except (NotADraft, NotThere, Http404) as error:
            # Published, removed or deleted between opening the page and sending it.
            typed = what_was_typed(request.POST)
            if any(typed.values()):
                context = {"changed": typed[True], "unchanged": typed[False]}
                return render(request, "scales/gone.html", context, status=404)
            raise Http404 from error


def what_was_typed(posted: QueryDict) -> dict[bool, list[tuple[str, str]]]:
    """What each text of a page that can no longer be saved is called, and the text; under True those that were changed.

    Choices and numbers are left out: they are quicker made again than copied.
    """
    before = posted.get("base", "")
    found: dict[bool, list[tuple[str, str]]] = {True: [], False: []}
    for name in posted:
        called = NAMES.get(re.split(r"[-_]", name)[-1]) or NAMES.get(name)
        text = "\n".join(posted.getlist(name)).strip().replace("\r\n", "\n")
        if called and " " in text:
            is_changed = json.dumps(text, ensure_ascii=False) not in before
            found[is_changed].append((called, text))
    return found


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

    @cached_property
    def origin(self) -> ScaleSpec | None:
        """The version that the draft was copied from."""
        return self.version.copied_from.to_spec() if self.version.copied_from else None

    def get_context_data(self, **kwargs):
        return super().get_context_data(draft=self.version, version=self.version, spec=self.spec, **kwargs)


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
            draft=self.profile,
            profile=self.profile,
            version=self.version,
            scale=self.scale,
            spec=self.spec,
            **kwargs,
        )


class PartView(TemplateView):
    """One part of a draft: shown, changed as a whole, and saved together with what others changed meanwhile.

    A page gives `stored`, `get_form`, `save` and `done`. Its form answers `is_valid()`, `value()` and, where a button
    may add or move rows without saving, `rearranged(go)`: the form to show next. The page carries the part as it was
    opened (`base`), by which the changes of two people are put together; where both changed the same thing, nothing
    is saved until one of them decides.
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
        base = self.request.POST.get("base") or canonical(self.stored())
        context = {"conflict": None, "has_errors": False, "take_theirs": self.request.path, "base": base}
        return super().get_context_data(**(context | kwargs))

    def post(self, request, *args, **kwargs):
        go, based_on = request.POST.get("go", "save"), request.POST.get("based_on", "")
        form = self.get_form(request.POST)
        if go == "look" and self.is_told:
            # Enter in a field of a page that tells of a conflict decides nothing.
            return self.answer(form, based_on, status=409, conflict=self.still_told())
        if go not in ("save", "theirs") and hasattr(form, "rearranged"):
            return self.answer(form.rearranged(go), based_on, status=200, conflict=self.still_told())
        if not form.is_valid():
            told = self.still_told()
            return self.answer(form, based_on, status=422, has_errors=True, conflict=told)
        try:
            others = self.save_together(
                form.value(), based_on, Winner.THEIRS if go == "theirs" else Winner.MINE
            )
        except Clash as clash:
            return self.answer(form, clash.fingerprint, status=409, conflict=clash.lines)
        except ChangedMeanwhile as error:
            # Someone saved between two looks at what is saved.
            return self.answer(form, error.fingerprint, status=409, conflict=[])
        except NotThere:
            raise
        except ValueError as error:
            self.refused(form, error)
            told = self.still_told()
            return self.answer(form, based_on, status=422, has_errors=True, conflict=told)
        saved = self.saved_message or _("Saved.")
        messages.success(request, _("Saved, together with what was changed meanwhile.") if others else saved)
        return redirect(self.done())

    def save_together(self, value, based_on: str, winner: Winner) -> bool:
        """Save; answers whether changes of others are in it. Raises `Clash`, and what `save` raises."""
        if is_decided := self.is_told and fingerprint(self.stored()) == based_on:
            value = self.put_together(self.stored(), value, winner)
        try:
            self.save(value, based_on)
        except ChangedMeanwhile as error:
            mine, theirs = (self.put_together(error.stored, value, one) for one in Winner)
            if plain(mine) != plain(theirs):
                raise Clash(self.what_differs(theirs, mine), error.fingerprint) from error
            self.save(mine, error.fingerprint)
            return True
        return is_decided

    def put_together(self, stored, value, winner: Winner):
        """What is saved and what was typed in one, by what the page showed when it was opened."""
        try:
            base = json.loads(self.request.POST.get("base", ""))
        except (ValueError, RecursionError):
            base = None
        return merged(base, stored, value, winner)

    def answer(self, form, based_on: str, *, status: int, **context):
        context = self.get_context_data(form=form, based_on=based_on, **context)
        return self.render_to_response(context, status=status)

    @property
    def is_told(self) -> bool:
        """Whether the page that was sent was telling of a conflict."""
        return "conflict" in self.request.POST

    def still_told(self) -> list[str] | None:
        """The conflict that the page sent was telling of: it stands until it is decided. None where there was none."""
        if not self.is_told:
            return None
        form = self.get_form(self.request.POST)
        if not form.is_valid():
            return []
        stored = self.stored()
        mine, theirs = (self.put_together(stored, form.value(), one) for one in Winner)
        return self.what_differs(theirs, mine)

    def what_differs(self, stored: object, typed: object) -> list[str]:
        """Where what was typed differs from what is saved, one line each; the first of them where there are many."""
        return conflict_lines(islice(differences_between(stored, typed), SHOWN_DIFFERENCES))


class Clash(Exception):
    """Two people changed the same thing. `lines`: what; `fingerprint`: of the part as it is saved now."""

    def __init__(self, lines: list[str], fingerprint: str):
        super().__init__(fingerprint)
        self.lines, self.fingerprint = lines, fingerprint
