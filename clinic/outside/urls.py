from django.urls import path

from . import views

app_name = "outside"
urlpatterns = [
    path("records/", views.records, name="records"),
    path("records/<str:code>/", views.record_request, name="record_request"),
    path("records/<str:code>/letter/", views.letter, name="letter"),
    path("records/<str:code>/send/", views.send, name="send"),
    path("records/<str:code>/receive/", views.receive, name="receive"),
    path("records/<str:code>/cancel/", views.cancel, name="cancel"),
]
