from django.urls import path

from . import views

app_name = "window"
urlpatterns = [
    path("rehabilitation/", views.to_begin, name="to_begin"),
    path("rehabilitation/days/", views.days, name="days"),
    path("rehabilitation/<int:pk>/referral/", views.write_referral, name="write_referral"),
    path("rehabilitation/<int:pk>/why-not/", views.why_not, name="why_not"),
    path("rehabilitation/<int:pk>/take-back/", views.take_back, name="take_back"),
]
