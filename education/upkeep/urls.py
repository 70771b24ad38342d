from django.urls import path

from .views import keeping, reading

app_name = "upkeep"
urlpatterns = [
    path("upkeep/", reading.report, name="report"),
    path("upkeep/<int:page>/", reading.review, name="review"),
    path("upkeep/<int:page>/draft/", reading.draft, name="draft"),
    path("upkeep/<int:page>/approve", keeping.approve, name="approve"),
    path("upkeep/<int:page>/changes", keeping.ask_for_changes, name="ask_for_changes"),
    path("upkeep/<int:page>/still-right", keeping.still_right, name="still_right"),
    path("upkeep/<int:page>/translate", keeping.translate, name="translate"),
    path("upkeep/<int:page>/ask", keeping.ask_for_approval, name="ask_for_approval"),
    path("upkeep/<int:page>/still-fits", keeping.still_fits, name="still_fits"),
]
