"""Definitions as YAML files: what is published for everyone signed in, drafts for their editors."""

from django.http import HttpResponse
from django.views.generic import View

from scales.views.drafts import ProfileDraftMixin, VersionDraftMixin
from scales.views.reading import published_profile, published_version
from scales.yaml_file import write_profile, write_scale


class VersionYaml(View):
    def get(self, request, scale, label):
        version = published_version(scale, label)
        return yaml_file(write_scale(version.to_spec()), scale, label)


class ProfileYaml(View):
    def get(self, request, scale, label, profile):
        found = published_profile(scale, label, profile)
        return yaml_file(write_profile(found.to_spec()), scale, label, profile)


class DraftYaml(VersionDraftMixin, View):
    def get(self, request, pk):
        return yaml_file(write_scale(self.spec), self.spec.scale_code, self.spec.label, "draft")


class ProfileDraftYaml(ProfileDraftMixin, View):
    def get(self, request, pk):
        spec = self.spec
        return yaml_file(write_profile(spec), spec.scale_code, spec.scale_label, spec.code, "draft")


def yaml_file(text: str, *codes: str) -> HttpResponse:
    """A file to save, named after its codes."""
    name = "-".join(code for code in codes if code)
    return HttpResponse(
        text,
        content_type="text/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.yaml"'},
    )
