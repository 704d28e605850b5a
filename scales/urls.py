"""Addresses of the scale definitions: open to read for everyone signed in."""

from django.urls import path

from scales import views

app_name = "scales"

urlpatterns = [
    path("", views.VersionList.as_view(), name="list"),
    path("<slug:scale>/<slug:label>/", views.VersionDetail.as_view(), name="version"),
    path("<slug:scale>/<slug:label>/profiles/<slug:profile>/", views.ProfileDetail.as_view(), name="profile"),
]
