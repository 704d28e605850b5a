"""Addresses of the definitions: open to read for everyone signed in, drafts for their editors."""

from django.urls import path

from scales.views import (
    carrying_over,
    comparing,
    files,
    items,
    profile_drafts,
    publishing,
    reading,
    upload,
    version_drafts,
)

app_name = "scales"

urlpatterns = [
    path("scales/versions/<int:pk>/profiles/", carrying_over.CarryOverProfiles.as_view(), name="carry_over"),
    path("scales/compare/", comparing.CompareVersions.as_view(), name="compare"),
    path("scales/compare-profiles/", comparing.CompareProfiles.as_view(), name="compare_profiles"),
    path("drafts/versions/<int:pk>/publish/", publishing.PublishVersion.as_view(), name="publish_version"),
    path("drafts/profiles/<int:pk>/publish/", publishing.PublishProfile.as_view(), name="publish_profile"),
    path("scales/<slug:scale>/<slug:label>/", reading.VersionDetail.as_view(), name="version"),
    path(
        "scales/<slug:scale>/<slug:label>/profiles/<slug:profile>/",
        reading.ProfileDetail.as_view(),
        name="profile",
    ),
    path("scales/<slug:scale>/<slug:label>/yaml/", files.VersionYaml.as_view(), name="version_yaml"),
    path(
        "scales/<slug:scale>/<slug:label>/profiles/<slug:profile>/yaml/",
        files.ProfileYaml.as_view(),
        name="profile_yaml",
    ),
    path("drafts/upload/", upload.UploadDefinition.as_view(), name="upload"),
    path("drafts/versions/<int:pk>/yaml/", files.DraftYaml.as_view(), name="draft_yaml"),
    path("drafts/profiles/<int:pk>/yaml/", files.ProfileDraftYaml.as_view(), name="profile_draft_yaml"),
    path("drafts/versions/new/", version_drafts.NewVersion.as_view(), name="new_version"),
    path("drafts/versions/<int:pk>/", version_drafts.VersionDraft.as_view(), name="draft"),
    path("drafts/versions/<int:pk>/about/", version_drafts.DraftHead.as_view(), name="draft_head"),
    path("drafts/versions/<int:pk>/bands/", version_drafts.DraftBands.as_view(), name="draft_bands"),
    path("drafts/versions/<int:pk>/evidence/", version_drafts.DraftEvidence.as_view(), name="draft_evidence"),
    path(
        "drafts/versions/<int:pk>/principles/",
        version_drafts.DraftPrinciples.as_view(),
        name="draft_principles",
    ),
    path("drafts/versions/<int:pk>/outline/", version_drafts.DraftOutline.as_view(), name="draft_outline"),
    path("drafts/versions/<int:pk>/items/<slug:code>/", items.EditItem.as_view(), name="draft_item"),
    path("drafts/versions/<int:pk>/delete/", version_drafts.DeleteVersion.as_view(), name="delete_version"),
    path("drafts/profiles/<int:pk>/", profile_drafts.ProfileDraft.as_view(), name="profile_draft"),
    path("drafts/profiles/<int:pk>/about/", profile_drafts.ProfileHeadPage.as_view(), name="profile_head"),
    path(
        "drafts/profiles/<int:pk>/sources/", profile_drafts.ProfileSources.as_view(), name="profile_sources"
    ),
    path(
        "drafts/profiles/<int:pk>/general/",
        profile_drafts.ProfileGeneralPage.as_view(),
        name="profile_general",
    ),
    path(
        "drafts/profiles/<int:pk>/items/<slug:code>/",
        profile_drafts.ProfileItem.as_view(),
        name="profile_item",
    ),
    path("drafts/profiles/<int:pk>/delete/", profile_drafts.DeleteProfile.as_view(), name="delete_profile"),
]
