"""Addresses of programs: who has a role in one."""

from django.urls import path

from programs import views

app_name = "programs"

urlpatterns = [
    path("programs/<int:pk>/people/", views.People.as_view(), name="people"),
    path(
        "programs/<int:pk>/people/<int:membership>/take-back/",
        views.TakeBackAccess.as_view(),
        name="take_back",
    ),
]
