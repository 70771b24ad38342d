from django.urls import path

from . import views

app_name = "course"
urlpatterns = [
    path("cases/<slug:reference>/relief/", views.relief, name="relief"),
    path("cases/<slug:reference>/relief/pdf/", views.relief_pdf, name="relief_pdf"),
]
