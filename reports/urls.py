"""Addresses of reports."""

from django.urls import path
from django.views.generic import TemplateView

app_name = "reports"
page = TemplateView.as_view(template_name="404.html")
urlpatterns = [
    path("reviews/<int:pk>/report/", page, name="report"),
    path("reviews/<int:pk>/report/<int:major>.<int:minor>/", page, name="edition"),
    path("reviews/<int:pk>/report/<int:major>.<int:minor>.pdf", page, name="edition_pdf"),
    path("reviews/<int:pk>/report/draft.pdf", page, name="draft_pdf"),
    path("reviews/<int:pk>/issue/", page, name="issue"),
]
