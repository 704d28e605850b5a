"""What items refer to by a code: the kinds of evidence, and the principles of the model."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout
from django.utils.translation import gettext_lazy as _

from scales.forms.codes import code_from
from scales.forms.rows import CodeField, PlacedRowForm, RowsPart, Words
from scales.spec import EvidenceSource, Principle, ScaleSpec

LONGEST_TITLE = 200


class TitledForm(PlacedRowForm):
    """A code and what it stands for."""

    code = CodeField(label=_("Code"), required=False)
    title = Words(label=_("Title"), required=False, max_length=LONGEST_TITLE)

    content = ("code", "title")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "before",
            "was",
            Div(
                Field("place", inputmode="numeric"),
                "code",
                Field("title", wrapper_class="wide"),
                Field("remove", wrapper_class="tick-remove"),
                css_class="fields",
            ),
        )


class EvidenceForm(TitledForm):
    code = CodeField(label=_("Code on the score sheet"), required=False, max_length=20)

    def check(self, data) -> None:
        self.ask_for("code", _("Give the code that the items show, such as DOC."))
        self.ask_for("title", _("Say what the code stands for."))


class PrincipleForm(TitledForm):
    def check(self, data) -> None:
        self.ask_for("title", _("Name the principle."))


class TitledPart(RowsPart):
    row_type: type[EvidenceSource] | type[Principle]

    def initial_of(self, stored) -> list[dict]:
        return [
            {"before": row.code, "place": place, "was": place, "code": row.code, "title": row.title}
            for place, row in enumerate(stored, 1)
        ]

    def check(self) -> None:
        self.rows.refuse_twins("code", _("Another row has this code."))

    def value(self) -> tuple:
        rows = [row.cleaned_data for row in self.rows.kept()]
        taken = {row["code"] for row in rows if row["code"]}
        found = []
        for row in rows:
            code = row["code"] or code_from(row["title"], taken=taken, instead="row")
            taken.add(code)
            found.append(self.row_type(code=code, title=row["title"]))
        return tuple(found)

    def tell_use(self, scale: ScaleSpec) -> None:
        """Let each row say which items name its code as saved: they keep it when the row changes."""
        for row in self.rows:
            code = row.typed()["before"]
            row.used_by = [item for item in scale.items if code and code in self.codes_of(item)]

    def codes_of(self, item) -> tuple[str, ...]:
        raise NotImplementedError


class EvidencePart(TitledPart):
    row_form, row_type = EvidenceForm, EvidenceSource

    def codes_of(self, item) -> tuple[str, ...]:
        return item.evidence


class PrinciplesPart(TitledPart):
    row_form, row_type = PrincipleForm, Principle

    def codes_of(self, item) -> tuple[str, ...]:
        return item.principles
