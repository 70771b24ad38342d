from django.urls import path

from .views import outcomes

app_name = "outcomes"
urlpatterns = [
    path("outcomes/", outcomes.outcomes, name="outcomes"),
    path("outcomes.csv", outcomes.export_outcomes, name="export_outcomes"),
]
