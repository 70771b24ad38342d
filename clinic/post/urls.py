from django.urls import path

from . import views

app_name = "post"

urlpatterns = [
    path("outbox/", views.outbox, name="outbox"),
    path("post/", views.messages, name="messages"),
    path("post/<int:pk>/resend/", views.resend, name="resend"),
]
