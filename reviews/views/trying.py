"""Try a definition while it is written: how a reviewer will see the item, what facts would suggest. Never saves."""

from dataclasses import replace

from django.views.generic import TemplateView

from reviews.forms.trying import FACTS, POINTS, Trial
from scales.forms.items import ItemForm
from scales.views.items import ItemMixin, item_lines

OWN_FIELDS = ("csrfmiddlewaretoken", "go", "shape")


class TryDefinition(ItemMixin, TemplateView):
    """Takes the item's form as typed together with facts; answers with pieces of the editor, or a page of its own."""

    http_method_names = ["post", "options"]
    template_name = "reviews/trying.html"

    def post(self, request, *args, **kwargs):
        if request.htmx:
            self.template_name = "reviews/_trying/live.html"
        return self.render_to_response(self.get_context_data(form=self.get_form(request.POST)))

    def get_context_data(self, *, form: ItemForm, **kwargs):
        data = self.request.POST
        more_rows = data.get("go") == "row"
        trial = Trial(data, item=self._placed(form.value_as_typed()), more_rows=more_rows)
        codes, lines = trial.item.evidence, []
        if form.is_valid():
            lines = item_lines(self._placed(form.value()), self.section, self.spec, self.version)
        return super().get_context_data(
            trial=trial,
            item=trial.item,
            section=self.section,
            sources=[source for source in self.spec.evidence_sources if source.code in codes],
            mistakes=form.mistakes(),
            lines=lines,
            keeps_fields=not more_rows and data.get("shape") == trial.shape,
            kept=[(name, value) for name, values in data.lists() if _is_kept(name) for value in values],
            suggestion=trial.suggestion,
            suggestion_words=trial.words,
            points_form=trial.points_form,
            facts_form=trial.facts_form,
            result={"tally": ""},
            **kwargs,
        )

    def _placed(self, item):
        """The item as typed, in its place on the score sheet."""
        return replace(item, number=self.item.number, number_in_section=self.item.number_in_section)


def _is_kept(name: str) -> bool:
    """Whether a field is of the definition, which the page carries along, and not of the try-it itself."""
    return name not in OWN_FIELDS and not name.startswith((f"{FACTS}-", f"{POINTS}-"))
