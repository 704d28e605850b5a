"""Read the definitions: every scale version and setting profile, as reviews use them."""

from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from scales.actions.carrying_over import carrying_over
from scales.bounds_words import setting_bounds
from scales.models import ScaleVersion, SettingProfile, Status
from scales.permissions import may_edit_definitions
from scales.profile_labels import profile_labels
from scales.scoring import attainable

PEOPLE = ("published_by", "retired_by")


def published_version(scale: str, label: str) -> ScaleVersion:
    """The published or retired version of this label; 404 where there is none."""
    versions = ScaleVersion.objects.readable().select_related("scale", "copied_from", *PEOPLE)
    return get_object_or_404(versions, scale__code=scale, label=label)


def published_profile(scale: str, label: str, profile: str) -> SettingProfile:
    """The published or retired profile of this code; 404 where there is none."""
    profiles = SettingProfile.objects.readable().select_related("version__scale", "copied_from", *PEOPLE)
    return get_object_or_404(profiles, version__scale__code=scale, version__label=label, code=profile)


class VersionDetail(TemplateView):
    template_name = "scales/version_detail.html"

    def get_context_data(self, **kwargs):
        version = published_version(kwargs["scale"], kwargs["label"])
        profiles = list(version.profiles.readable())
        labels = profile_labels(profiles)
        can_edit = may_edit_definitions(self.request.user)
        return super().get_context_data(
            version=version,
            spec=version.to_spec(),
            profile_labels=[(profile, labels[profile.pk]) for profile in profiles],
            carrying=carrying_over(version) if can_edit else None,
            can_edit=can_edit,
            **kwargs,
        )


class ProfileDetail(TemplateView):
    template_name = "scales/profile_detail.html"

    def get_context_data(self, **kwargs):
        profile = published_profile(kwargs.pop("scale"), kwargs.pop("label"), kwargs.pop("profile"))
        spec, scale = profile.to_spec(), profile.version.to_spec()
        can_edit = may_edit_definitions(self.request.user)
        same = SettingProfile.objects.published().for_same_setting_as(profile)
        return super().get_context_data(
            profile=profile,
            version=profile.version,
            spec=spec,
            rows=[
                (item, adjustment, setting_bounds(item, adjustment))
                for adjustment in spec.adjustments
                for item in (scale.item(adjustment.item),)
            ],
            attainable=attainable(scale, spec),
            has_loss=any(adjustment.expected_loss for adjustment in spec.adjustments),
            highest=scale.highest_total,
            same_setting=same if can_edit and profile.status == Status.PUBLISHED else (),
            can_edit=can_edit,
            **kwargs,
        )
