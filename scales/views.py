"""Read the definitions: every scale version and setting profile, as reviews use them."""

from django.shortcuts import get_object_or_404
from django.views.generic import ListView, TemplateView

from scales.models import ScaleVersion, SettingProfile
from scales.scoring import attainable


class VersionList(ListView):
    template_name = "scales/version_list.html"
    context_object_name = "versions"

    def get_queryset(self):
        return ScaleVersion.objects.readable().select_related("scale").prefetch_related("profiles")


class VersionDetail(TemplateView):
    template_name = "scales/version_detail.html"

    def get_context_data(self, **kwargs):
        versions = ScaleVersion.objects.readable().select_related("scale")
        version = get_object_or_404(versions, scale__code=kwargs["scale"], label=kwargs["label"])
        profiles = version.profiles.readable()
        return super().get_context_data(version=version, spec=version.to_spec(), profiles=profiles, **kwargs)


class ProfileDetail(TemplateView):
    template_name = "scales/profile_detail.html"

    def get_context_data(self, **kwargs):
        profiles = SettingProfile.objects.readable().select_related("version__scale")
        profile = get_object_or_404(
            profiles,
            version__scale__code=kwargs.pop("scale"),
            version__label=kwargs.pop("label"),
            code=kwargs.pop("profile"),
        )
        spec, scale = profile.to_spec(), profile.version.to_spec()
        return super().get_context_data(
            profile=profile,
            version=profile.version,
            spec=spec,
            rows=[(scale.item(adjustment.item), adjustment) for adjustment in spec.adjustments],
            attainable=attainable(scale, spec),
            has_loss=any(adjustment.expected_loss for adjustment in spec.adjustments),
            highest=scale.highest_total,
            **kwargs,
        )
