"""Signs and parts in place: all items that count them, on one page."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from reviews.actions.facts import save_facts
from reviews.actions.refusals import ChangedMeanwhile, NotNow
from reviews.facts import facts_of_items
from reviews.forms.components import ComponentsForm, State
from reviews.models import ItemFacts
from reviews.permissions import may_work_on_visit
from reviews.views.worksheets import VisitFactsMixin
from reviews.worksheets.items import items_with_components
from reviews.worksheets.results import result_of_item


class Components(VisitFactsMixin, TemplateView):
    """Tick what is in place. A POST saves each item that was changed, and tells of those that cannot be saved."""

    template_name = "reviews/worksheets/components.html"

    @cached_property
    def stored(self) -> dict[str, ItemFacts]:
        return {row.item.code: row for row in self.review.facts.select_related("item", "updated_by")}

    @cached_property
    def found(self) -> dict:
        return facts_of_items(self.review)

    def get_forms(self, data=None) -> list[ComponentsForm]:
        return [
            ComponentsForm(
                data,
                item=item,
                stored=self.stored.get(item.code),
                given=self.found[item.code].from_worksheet,
            )
            for item in items_with_components(self.review.version.to_spec())
        ]

    def get_context_data(self, **kwargs):
        forms = kwargs.pop("forms", None) or self.get_forms()
        return super().get_context_data(
            forms=forms,
            parts=[
                (form, result_of_item(form.item, self.found[form.item.code], self.review.profile.to_spec()))
                for form in forms
            ],
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        if not may_work_on_visit(request.user, self.review):
            raise NotNow
        decision, _between, rest = request.POST.get("go", "").partition(":")
        code, _between, revision = rest.partition(":")
        sent = [form for form in self.get_forms(request.POST) if form.is_bound and form.is_asked]
        has_come = bool(sent)
        if decision == "theirs":
            sent = [form for form in sent if form.item.code != code]
        for form in sent:
            mine = decision == "mine" and form.item.code == code and revision.isdecimal()
            self._save(form, int(revision) if mine else None)
        self.__dict__.pop("found", None)
        is_saved = has_come and not any(form.is_unsaved for form in sent)
        if is_saved and not request.htmx:
            messages.success(request, _("Saved."))
            return redirect("reviews:components", pk=self.review.pk)
        by_code = {form.item.code: form for form in sent}
        forms = sent if request.htmx else [by_code.get(form.item.code, form) for form in self.get_forms()]
        context = self.get_context_data(forms=forms, has_errors=not is_saved)
        if request.htmx:
            self.template_name = "reviews/worksheets/_components_saved.html"
        told = 422 if not has_come or any(form.state is State.UNREADABLE for form in sent) else 409
        return self.render_to_response(context, status=200 if is_saved else told)

    def _save(self, form: ComponentsForm, based_on: int | None) -> None:
        """`based_on`: the revision of a colleague's that the person chose to replace."""
        if not form.is_valid():
            form.state = State.UNREADABLE
            return
        try:
            form.stored = save_facts(
                review=self.review,
                item_code=form.item.code,
                entries=form.entries(),
                based_on=form.cleaned_data["facts_revision"] if based_on is None else based_on,
                by=self.request.user,
            )
            form.state = State.SAVED
        except ChangedMeanwhile:
            form.state = State.CHANGED
