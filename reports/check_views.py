"""Anyone with a file asks whether it is one that was given out here, and whether it still holds."""

import re

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.generic import FormView

from reports import words
from reports.checking import Kind, find, find_bundle, kind_of, sha256_of
from reports.correction_forms import plain_helper

MOST_MEGABYTES = 20
# What is sent around the file in one request.
AROUND_THE_FILE = 64 * 1024
SHA256 = re.compile(r"[0-9a-f]{64}")


class CheckForm(forms.Form):
    """A file, or its SHA-256. `is_too_large`: more was sent than is read."""

    file = forms.FileField(label=_("The file: a PDF of a report, or its JSON data"), required=False)
    sha256 = forms.CharField(
        label=_("Or its SHA-256"),
        required=False,
        max_length=200,
        help_text=_("64 digits and letters, as on the page of the report."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args, is_too_large: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_too_large = is_too_large
        self.helper = plain_helper()

    def clean_sha256(self) -> str:
        typed = "".join(self.cleaned_data["sha256"].split()).lower()
        if typed and not SHA256.fullmatch(typed):
            raise forms.ValidationError(_("A SHA-256 has 64 signs, each a digit or a letter from a to f."))
        return typed

    def clean(self):
        data = super().clean()
        if self.is_too_large:
            said = _("The file is larger than %(most)s MB: no report is. Choose another.")
            self.add_error("file", said % {"most": MOST_MEGABYTES})
        elif not self.errors and not data.get("file") and not data.get("sha256"):
            self.add_error("file", _("Choose a file, or type its SHA-256."))
        return data


class CheckFile(FormView):
    """The file is read once for its SHA-256 and never kept. Too much is refused before any of it is read."""

    form_class = CheckForm
    template_name = "reports/check.html"

    @method_decorator(login_not_required)
    @method_decorator(csrf_exempt)
    def dispatch(self, request, *args, **kwargs):
        """Without a check of the token first, as that would read the file: it comes after the look at its size."""
        sent = request.META.get("CONTENT_LENGTH") or "0"
        if int(sent) > MOST_MEGABYTES * 1024 * 1024 + AROUND_THE_FILE:
            return self.form_invalid(CheckForm({}, is_too_large=True))
        return self.dispatch_checked(request, *args, **kwargs)

    @method_decorator(csrf_protect)
    def dispatch_checked(self, request, *args, **kwargs):
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form):
        data = form.cleaned_data
        file = data.get("file")
        sha256 = sha256_of(file) if file else data["sha256"]
        found = find(sha256)
        bundle = None if found else find_bundle(sha256)
        kind = kind_of(file) if file else None
        review = found.edition.review if found else None
        context = self.get_context_data(
            form=CheckForm(),
            is_answered=True,
            sha256=sha256,
            file_name=file.name if file else "",
            found=found,
            bundle=bundle,
            cannot_be_checked=kind == Kind.WRITTEN_ANEW,
            may_be_a_draft=kind in {Kind.PDF, None},
            visit=words.days(review.starts_on, review.ends_on) if review else "",
        )
        return self.render_to_response(context)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)
