"""One item of a draft: its texts, anchors, components and yes/no questions on one page."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from scales.actions.editing import save_item
from scales.actions.refusals import CodeTaken
from scales.draft_checks import Finding, version_findings
from scales.forms.items import ItemForm
from scales.models import ScaleVersion
from scales.parts import bare
from scales.spec import Item, ScaleSpec, Section
from scales.views.drafts import PartView, VersionDraftMixin
from scales.views.finding_lines import FindingLine, lines_of


class ItemMixin(VersionDraftMixin):
    """Loads `self.item` of the draft by the address's `code`."""

    @cached_property
    def item(self) -> Item:
        if self.kwargs["code"] not in self.spec.items_by_code:
            raise Http404
        return self.spec.item(self.kwargs["code"])

    @cached_property
    def section(self) -> Section:
        return self.spec.section_of(self.item.code)

    def get_form(self, data=None) -> ItemForm:
        return ItemForm(data, item=self.item, scale=self.spec)


class EditItem(ItemMixin, PartView):
    """The item as it is saved. How it looks and works as it is typed is shown by `reviews:try_definition`."""

    template_name = "scales/draft_item.html"

    def stored(self) -> Item:
        return bare(self.item)

    def get_form(self, data=None) -> ItemForm:
        self.form = super().get_form(data)
        return self.form

    def save(self, value: Item, based_on: str) -> None:
        save_item(
            version=self.version,
            code=self.item.code,
            item=value,
            based_on=based_on,
            by=self.request.user,
        )
        for line in self.form.conditions.what_follows():
            messages.info(self.request, line)

    def refused(self, form: ItemForm, error: ValueError) -> None:
        if not isinstance(error, CodeTaken):
            super().refused(form, error)
        form.about.add_error("code", _("Another item of this version has this code."))

    def done(self) -> str:
        return reverse("scales:draft_item", args=[self.version.pk, self.form.about.cleaned_data["code"]])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            here="item",
            item=self.item,
            section=self.section,
            previous_item=self.spec.item_before(self.item.code),
            next_item=self.spec.item_after(self.item.code),
            lines=item_lines(self.item, self.section, self.spec, self.version),
            **kwargs,
        )


def item_lines(item: Item, section: Section, scale: ScaleSpec, version: ScaleVersion) -> list[FindingLine]:
    """What the checks say of one item, as saved or as it would be; each with the place on this page that mends it."""
    alone = replace(scale, sections=(replace(section, items=(item,)),))
    findings = [one for one in version_findings(alone) if one.part == "item" and one.item == item.code]
    lines = lines_of(findings, alone, version)
    return [
        replace(line, address=f"#{_place_on_page(finding)}")
        for line, finding in zip(lines, findings, strict=True)
    ]


def _place_on_page(finding: Finding) -> str:
    """Anchors, components and questions by their part of the page, everything else by its field."""
    match finding.place[4:]:
        case ("anchors", points, *_rest):
            return f"anchor-{points}"
        case (
            "anchors" | "components" | "conditions" | "evidence" | "principles" | "reading" as part,
            *_rest,
        ):
            return part
    return f"id_{finding.values.get('field', 'title')}"
