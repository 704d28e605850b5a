"""A draft of a scale version: begun, looked over, changed part by part, deleted. The item editor is in `items`."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from scales.actions.drafting import delete_draft, draft_version
from scales.actions.editing import (
    save_bands,
    save_evidence_sources,
    save_head,
    save_outline,
    save_principles,
)
from scales.actions.refusals import CodeTaken, LabelTaken, NameIsKept
from scales.draft_checks import version_findings
from scales.forms.bands import BandsPart
from scales.forms.head import FirstVersionForm, HeadForm, NewVersionForm, free_label, what_follows
from scales.forms.outline import OutlinePart
from scales.forms.rows import whole
from scales.forms.sources import EvidencePart, PrinciplesPart
from scales.models import Scale, ScaleVersion
from scales.parts import head_of, outline_of
from scales.views.drafts import EditorMixin, PartView, VersionDraftMixin
from scales.views.finding_lines import lines_of
from scales.views.version_overview import overview_of

# More than this is folded away under the list of what is still to do.
SHOWN_AT_FIRST = 8


class NewVersion(EditorMixin, TemplateView):
    """A draft begun as a copy of a published version (`?from=`), or from nothing."""

    template_name = "scales/new_version.html"

    @cached_property
    def origin(self) -> ScaleVersion | None:
        asked = self.request.GET.get("from")
        if asked is None:
            return None
        found = self.readable.filter(pk=whole(asked)).first()
        if found is None:
            raise Http404
        return found

    @property
    def readable(self):
        return ScaleVersion.objects.readable().select_related("scale").order_by("scale__name", "title")

    def get_form(self, data=None):
        if self.origin is None:
            return FirstVersionForm(data, scales=dict(Scale.objects.values_list("code", "name")))
        label = free_label(self.origin.label, self.labels_of(self.origin.scale.code))
        return NewVersionForm(data, copied=self.origin.to_spec(), label=label)

    def labels_of(self, scale: str) -> set[str]:
        return set(ScaleVersion.objects.filter(scale__code=scale).values_list("label", flat=True))

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", self.get_form())
        return super().get_context_data(origin=self.origin, versions=self.readable, **kwargs)

    def post(self, request, **kwargs):
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        definition = form.definition()
        try:
            version = draft_version(definition=definition, by=request.user, copied_from=self.origin)
        except LabelTaken:
            free = free_label(definition.label, self.labels_of(definition.scale_code))
            form.add_error("label", label_taken(free))
        except NameIsKept as error:
            form.add_error("scale_code", name_is_kept(error))
        else:
            messages.success(
                request, _("The draft is begun. Nobody but editors sees it until it is published.")
            )
            return redirect("scales:draft", version.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class VersionDraft(VersionDraftMixin, TemplateView):
    """What the draft holds, and what is still to do."""

    template_name = "scales/version_draft.html"

    def get_context_data(self, **kwargs):
        published = self.version.scale.versions.published().select_related("scale")
        others = [version.to_spec() for version in published]
        findings = version_findings(self.spec, others, self.origin)
        lines = lines_of(findings, self.spec, self.version)
        musts = [line for line in lines if line.must]
        return super().get_context_data(
            here="draft",
            overview=overview_of(self.spec, findings, self.version),
            musts=musts,
            first_musts=musts[:SHOWN_AT_FIRST],
            more_musts=musts[SHOWN_AT_FIRST:],
            standing_out=[line for line in lines if line.stands_out],
            notices=[line for line in lines if not line.must and not line.stands_out],
            **kwargs,
        )


class VersionPart(VersionDraftMixin, PartView):
    """One part of the draft. `part`: its name in findings and among the pages of the draft."""

    part = ""

    def get_context_data(self, **kwargs):
        findings = version_findings(self.spec, origin=self.origin)
        findings = [found for found in findings if found.part == self.part]
        lines = lines_of(findings, self.spec, self.version)
        return super().get_context_data(**({"here": self.part, "lines": lines} | kwargs))


class DraftHead(VersionPart):
    template_name = "scales/version_draft_head.html"
    part = "head"

    def stored(self):
        return head_of(self.spec)

    @cached_property
    def keeps_scale(self) -> bool:
        return self.version.scale.versions.readable().exists()

    def get_form(self, data=None):
        return HeadForm(data, head=self.stored(), keeps_scale=self.keeps_scale)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        typed = context["form"].points_as_typed()
        return context | {"follows": what_follows(self.spec, *typed) if typed else []}

    def save(self, value, based_on) -> None:
        save_head(version=self.version, head=value, based_on=based_on, by=self.request.user)
        for line in what_follows(self.spec, value.minimum, value.maximum):
            messages.warning(self.request, line)

    def refused(self, form, error) -> None:
        if isinstance(error, LabelTaken):
            labels = self.version.scale.versions.values_list("label", flat=True)
            form.add_error("label", label_taken(free_label(form.cleaned_data["label"], set(labels))))
        elif isinstance(error, NameIsKept):
            form.add_error("scale_code", name_is_kept(error))
        else:
            super().refused(form, error)


class DraftBands(VersionPart):
    template_name = "scales/version_draft_bands.html"
    part = "bands"

    def stored(self):
        return self.spec.bands

    def get_form(self, data=None):
        return BandsPart(data, stored=self.stored())

    def get_context_data(self, **kwargs):
        """What the checks say is of the bands as typed, not as saved."""
        context = super().get_context_data(**kwargs)
        typed = context["form"].over(self.spec)
        findings = [found for found in version_findings(typed) if found.part == self.part]
        return context | {"lines": lines_of(findings, typed, self.version)}

    def save(self, value, based_on) -> None:
        save_bands(version=self.version, bands=value, based_on=based_on, by=self.request.user)


class TitledPage(VersionPart):
    template_name = "scales/version_draft_titled.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["form"].tell_use(self.spec)
        return context


class DraftEvidence(TitledPage):
    part = "evidence"

    def stored(self):
        return self.spec.evidence_sources

    def get_form(self, data=None):
        return EvidencePart(data, stored=self.stored())

    def save(self, value, based_on) -> None:
        save_evidence_sources(version=self.version, rows=value, based_on=based_on, by=self.request.user)


class DraftPrinciples(TitledPage):
    part = "principles"

    def stored(self):
        return self.spec.principles

    def get_form(self, data=None):
        return PrinciplesPart(data, stored=self.stored())

    def save(self, value, based_on) -> None:
        save_principles(version=self.version, rows=value, based_on=based_on, by=self.request.user)


class DraftOutline(VersionPart):
    template_name = "scales/version_draft_outline.html"
    part = "outline"

    def stored(self):
        return outline_of(self.spec)

    def get_form(self, data=None):
        return OutlinePart(data, scale=self.spec)

    def save(self, value, based_on) -> None:
        save_outline(version=self.version, outline=value, based_on=based_on, by=self.request.user)
        named = {item.before for section in value for item in section.items}
        gone = [item.title for item in self.spec.items if item.code not in named]
        if gone:
            text = ngettext(
                "%(count)s item is removed from the draft: %(titles)s.",
                "%(count)s items are removed from the draft: %(titles)s.",
                len(gone),
            )
            messages.warning(self.request, text % {"count": len(gone), "titles": ", ".join(gone)})

    def refused(self, form, error) -> None:
        if not isinstance(error, CodeTaken):
            return super().refused(form, error)
        for formset in form.formsets:
            for row in formset.kept():
                if row.cleaned_data.get("code") == error.code:
                    return row.add_error("code", _("Another row has this code."))
        return super().refused(form, error)


class DeleteVersion(VersionDraftMixin, TemplateView):
    """Asks once more, then deletes the draft with everything in it."""

    template_name = "scales/delete_version.html"

    def post(self, request, **kwargs):
        title = self.version.title
        delete_draft(draft=self.version, by=request.user)
        messages.success(request, _("The draft is deleted: %(title)s.") % {"title": title})
        return redirect(reverse("reviews:library"))


def label_taken(free: str) -> str:
    return _("Another version of the scale has this label. %(label)s is free.") % {"label": free}


def name_is_kept(error: NameIsKept) -> str:
    return _("A scale with this code is there already; its name is %(name)s.") % {"name": error.name}
