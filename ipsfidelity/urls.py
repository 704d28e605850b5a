"""Every address of the product."""

from django.contrib import admin
from django.urls import include, path

from reviews.views.home import Home

urlpatterns = [
    path("", Home.as_view(), name="home"),
    path("", include("programs.urls")),
    path("", include("reviews.urls")),
    path("", include("reports.urls")),
    path("", include("scales.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
]
