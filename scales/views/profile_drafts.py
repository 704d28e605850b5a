"""A draft of a setting profile: the table of its items, what is said beside them, and deleting it."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from scales.actions.citing import save_citing, save_table
from scales.actions.drafting import delete_draft
from scales.actions.editing_profiles import (
    save_adjustment,
    save_general,
    save_profile_head,
    save_sources,
)
from scales.actions.refusals import CodeTaken, LabelTaken
from scales.bounds_words import setting_bounds
from scales.check_words import put_in_words
from scales.copied import general_texts, still_copied, texts_of
from scales.draft_checks import Finding, profile_findings
from scales.fitting import items_to_read_again
from scales.forms.adjustments import AdjustmentForm
from scales.forms.degrees import DegreesForm, degree_in_words
from scales.forms.profiles import GeneralForm, ProfileHeadForm, SourcesForm
from scales.models import SettingProfile
from scales.parts import degrees_of, general_of, profile_head_of
from scales.setting_effect import Attainable, attainable_total, gaps_by_score, with_adjustment
from scales.spec import Adjustment, Item, ScaleSpec
from scales.views.drafts import PartView, ProfileDraftMixin
from scales.views.finding_lines import FindingLine


def editor_address(finding: Finding, profile: SettingProfile) -> str:
    """The page of the draft on which the finding is mended."""
    if finding.part == "item":
        if finding.item:
            return reverse("scales:profile_item", args=[profile.pk, finding.item])
        return reverse("scales:profile_draft", args=[profile.pk])
    return reverse(f"scales:profile_{finding.part}", args=[profile.pk])


def lines_of(findings: Iterable[Finding], scale: ScaleSpec, profile: SettingProfile) -> list[FindingLine]:
    lines = []
    for finding in findings:
        words, address = put_in_words(finding, scale), editor_address(finding, profile)
        lines.append(
            FindingLine(
                words.place, words.problem, words.mend, address, finding.must, finding.part, finding.item
            )
        )
    return lines


class ProfilePart(ProfileDraftMixin, PartView):
    """One part of the draft. `part`: its name in the findings, and among the pages of the draft."""

    part = ""

    @cached_property
    def findings(self) -> list[FindingLine]:
        return lines_of(profile_findings(self.spec, self.scale), self.scale, self.profile)

    def get_context_data(self, **kwargs):
        lines = [line for line in self.findings if line.part == self.part]
        return super().get_context_data(**({"here": self.part, "lines": lines} | kwargs))


def mark_copied(form: AdjustmentForm | GeneralForm, texts: Collection[str], origin: SettingProfile) -> None:
    for rows in (form.statements, form.reasons):
        rows.mark_copied(texts, origin.title)


class CitingPart(ProfilePart):
    """A part on which a new source may be written, saved together with what cites it."""

    form = None

    @property
    def other_setting_copied(self) -> SettingProfile | None:
        """The profile that the draft was copied from, where it is for another setting."""
        origin = self.profile.copied_from
        return origin if origin and origin.setting != self.profile.setting else None

    def get_form(self, data=None):
        self.form = self.make_form(data)
        return self.form

    def make_form(self, data):
        raise NotImplementedError

    def save(self, value, based_on: str) -> None:
        save_citing(
            profile=self.profile,
            source=self.form.citing.new_source(),
            save=partial(self.save_part, value, based_on),
            by=self.request.user,
        )

    def save_part(self, value, based_on: str) -> None:
        raise NotImplementedError

    def refused(self, form, error: ValueError) -> None:
        new = form.citing.new_source()
        if isinstance(error, CodeTaken) and new is not None and error.code == new.code:
            form.refuse_source()
        else:
            super().refused(form, error)


class ProfileDraft(CitingPart):
    """Every item with its degree and expected loss, and what is next."""

    template_name = "scales/profile_draft.html"
    part = "items"

    def stored(self):
        return degrees_of(self.spec, self.scale)

    def make_form(self, data):
        return DegreesForm(data, scale=self.scale, spec=self.spec)

    def save_part(self, value, based_on: str) -> None:
        save_table(
            profile=self.profile,
            degrees=value,
            said=self.form.said_why(),
            based_on=based_on,
            by=self.request.user,
        )

    def what_differs(self, stored, typed) -> list[str]:
        """By item, as the table names them."""
        return [
            _("%(item)s: saved is “%(saved)s”, yours is “%(typed)s”")
            % {
                "item": self.scale.item(theirs.item).short_title,
                "saved": degree_in_words(theirs),
                "typed": degree_in_words(mine),
            }
            for theirs, mine in zip(stored, typed, strict=True)
            if theirs != mine
        ]

    def get_context_data(self, **kwargs):
        changed = [row for row in self.spec.adjustments if row.degree != "same" or row.expected_loss]
        return super().get_context_data(
            attainable=self.attainable(),
            changed=len(changed),
            musts=[line for line in self.findings if line.must],
            notices=[line for line in self.findings if not line.must],
            **self.origin_to_read(),
            **kwargs,
        )

    def origin_to_read(self) -> dict:
        """What was copied and may not hold here: texts about another setting, items whose anchors moved since."""
        origin = self.profile.copied_from
        copied, moved = None, ()
        if self.other_setting_copied:
            copied = still_copied(self.spec, origin.to_spec())
        if origin is not None and origin.version_id != self.profile.version_id:
            moved = items_to_read_again(self.spec, origin.version.to_spec(), self.scale)
        return {
            "copied": copied,
            "copied_items": [(self.scale.item(code), number) for code, number in copied.items.items()]
            if copied
            else [],
            "moved_items": [self.scale.item(code) for code in moved],
        }

    def post(self, request, *args, **kwargs):
        if request.htmx and request.POST.get("go") == "attainable":
            self.template_name = "scales/_partials/attainable.html"
            return self.render_to_response({"attainable": self.attainable()})
        return super().post(request, *args, **kwargs)

    def attainable(self) -> Attainable:
        """Of what is typed; of what is saved where nothing is."""
        if self.request.POST:
            return self.make_form(self.request.POST).attainable_as_typed()
        return attainable_total(self.scale, self.spec)


class ProfileHeadPage(ProfilePart):
    template_name = "scales/profile_draft_head.html"
    part = "head"

    def stored(self):
        return profile_head_of(self.spec)

    def get_form(self, data=None):
        return ProfileHeadForm(data, stored=self.stored())

    def save(self, value, based_on: str) -> None:
        save_profile_head(profile=self.profile, head=value, based_on=based_on, by=self.request.user)

    def refused(self, form, error: ValueError) -> None:
        if isinstance(error, LabelTaken):
            form.add_error("code", _("Another profile of this scale version has this code."))
        else:
            super().refused(form, error)


class ProfileSources(ProfilePart):
    template_name = "scales/profile_draft_sources.html"
    part = "sources"

    def stored(self):
        return self.spec.sources

    def get_form(self, data=None):
        return SourcesForm(data, spec=self.spec)

    def save(self, value, based_on: str) -> None:
        save_sources(profile=self.profile, rows=value, based_on=based_on, by=self.request.user)


class ProfileGeneralPage(CitingPart):
    template_name = "scales/profile_draft_general.html"
    part = "general"

    def stored(self):
        return general_of(self.spec)

    def make_form(self, data):
        return GeneralForm(data, spec=self.spec)

    def save_part(self, value, based_on: str) -> None:
        save_general(profile=self.profile, general=value, based_on=based_on, by=self.request.user)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if origin := self.other_setting_copied:
            mark_copied(context["form"], general_texts(origin.to_spec()), origin)
        return context


class AdjustmentMixin(ProfileDraftMixin):
    """Loads `self.item` by the address's `code`, and tells what an adjustment of it comes to."""

    @cached_property
    def item(self) -> Item:
        if self.kwargs["code"] not in self.scale.items_by_code:
            raise Http404
        return self.scale.item(self.kwargs["code"])

    def make_form(self, data) -> AdjustmentForm:
        return AdjustmentForm(data, scale=self.scale, spec=self.spec, item=self.item)

    def preview_as_typed(self) -> dict:
        form = self.make_form(self.request.POST)
        return self.preview_of(form.value_as_typed(), counts=not form.loss.errors)

    def preview_of(self, adjustment: Adjustment, *, counts: bool = True) -> dict:
        """How a reviewer will see the setting at this item, how each gap is shared, and the attainable total.

        `counts`: whether the loss as typed can be saved.
        """
        profile = with_adjustment(self.spec, adjustment)
        return {
            "item": self.item,
            "adjustment": adjustment,
            "statements": adjustment.statements_by_kind(),
            "setting_bounds": setting_bounds(self.item, adjustment),
            "citations": profile.sources_of(self.item.code),
            "reasons": profile.reasons_for_unrated(self.item.code),
            "gaps": gaps_by_score(self.scale, profile, self.item.code),
            "attainable": replace(
                attainable_total(self.scale, profile),
                uncounted=() if counts else (self.item.short_title,),
            ),
        }


class ProfileItem(AdjustmentMixin, CitingPart):
    """All that the setting says of one item."""

    template_name = "scales/profile_item.html"
    part = "item"

    def stored(self):
        return self.spec.adjustment(self.item.code)

    def save_part(self, value, based_on: str) -> None:
        save_adjustment(profile=self.profile, adjustment=value, based_on=based_on, by=self.request.user)

    def get_context_data(self, **kwargs):
        preview = self.preview_as_typed() if self.request.POST else self.preview_of(self.stored())
        lines = [line for line in self.findings if line.item == self.item.code]
        context = super().get_context_data(
            section=self.scale.section_of(self.item.code),
            previous_item=self.scale.item_before(self.item.code),
            next_item=self.scale.item_after(self.item.code),
            lines=lines,
            **preview,
            **kwargs,
        )
        if origin := self.other_setting_copied:
            texts = texts_of(origin.to_spec().adjustment(self.item.code))
            mark_copied(context["form"], texts, origin)
        return context


class DeleteProfile(ProfileDraftMixin, TemplateView):
    """Ask whether the draft may go, and delete it."""

    template_name = "scales/delete_profile.html"

    def post(self, request, *args, **kwargs):
        title = self.profile.title
        delete_draft(draft=self.profile, by=request.user)
        messages.success(request, _("The draft “%(title)s” is deleted.") % {"title": title})
        return redirect("reviews:library")
