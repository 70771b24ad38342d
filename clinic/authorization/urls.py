from django.urls import path

from . import views

app_name = "authorization"
urlpatterns = [
    path("payer-answers/", views.answers, name="answers"),
    path("case/<str:reference>/decision/<int:pk>/payer/", views.add_step, name="add_step"),
    path("case/<str:reference>/payer/<int:pk>/take-back/", views.strike_step, name="strike_step"),
]
