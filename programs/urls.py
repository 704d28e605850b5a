"""Addresses of programs: who has a role in one, and the employment outcomes of its sites."""

from django.urls import path

from programs.views import outcomes, people

app_name = "programs"

urlpatterns = [
    path("programs/<int:pk>/people/", people.People.as_view(), name="people"),
    path(
        "programs/<int:pk>/people/<int:membership>/take-back/",
        people.TakeBackAccess.as_view(),
        name="take_back",
    ),
    path("programs/<int:pk>/job-starts/", outcomes.ChooseDefinition.as_view(), name="start_definition"),
    path("sites/<int:pk>/outcomes.csv", outcomes.OutcomesCsv.as_view(), name="outcomes_csv"),
    path("sites/<int:pk>/outcomes/add/", outcomes.AddQuarter.as_view(), name="add_quarter"),
    path("sites/<int:pk>/outcomes/paste/", outcomes.PasteOutcomes.as_view(), name="paste_outcomes"),
    path("sites/<int:pk>/outcomes/<int:quarter>/", outcomes.EditQuarter.as_view(), name="quarter"),
    path(
        "sites/<int:pk>/outcomes/<int:quarter>/delete/",
        outcomes.DeleteQuarter.as_view(),
        name="delete_quarter",
    ),
]
