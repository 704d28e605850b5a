"""A definition file becomes a draft, whole or not at all."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView

from scales.actions.drafting import DoesNotFit, draft_profile, draft_version
from scales.actions.refusals import LabelTaken, NameIsKept, NotThere
from scales.forms.upload import UploadForm, free_label
from scales.models import ScaleVersion
from scales.sentence_words import in_words
from scales.views.drafts import EditorMixin


class UploadDefinition(EditorMixin, FormView):
    template_name = "scales/upload.html"
    form_class = UploadForm

    def form_valid(self, form):
        try:
            address, draft = self.draft(form)
        except LabelTaken:
            form.label_is_taken(free_label(form.taken_label, self.taken(form)))
        except NameIsKept as error:
            form.add_error(
                None, _("This scale is called “%(name)s” and keeps its name.") % {"name": error.name}
            )
        except NotThere:
            form.add_error(None, _("The scale version of this profile was retired meanwhile."))
        except DoesNotFit as error:
            form.add_error(None, [in_words(problem) for problem in error.problems])
        else:
            messages.success(
                self.request, _("%(title)s is a draft now. Look at it, then publish it.") % {"title": draft}
            )
            return redirect(address, draft.pk)
        return self.form_invalid(form)

    def draft(self, form):
        by = self.request.user
        if form.version is not None:
            made = draft_profile(definition=form.definition, version=form.version, by=by)
            return "scales:profile_draft", made
        return "scales:draft", draft_version(definition=form.definition, by=by)

    def taken(self, form) -> set[str]:
        if form.version is not None:
            return set(form.version.profiles.values_list("code", flat=True))
        versions = ScaleVersion.objects.filter(scale__code=form.definition.scale_code)
        return set(versions.values_list("label", flat=True))

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)
