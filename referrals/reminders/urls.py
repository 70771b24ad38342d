from django.urls import path

from .views import readers, staff

app_name = "reminders"

urlpatterns = [
    path("referrals/reminders/", staff.sent, name="sent"),
    path("referrals/reminders/<int:pk>/came-back/", staff.came_back, name="came_back"),
    path("referrals/<str:code>/reminders/<str:whom>/stop/", staff.stop_for, name="stop_for"),
    path("referrals/<str:code>/reminders/<str:whom>/allow/", staff.allow_for, name="allow_for"),
    path("my-page/<str:reference>/reminders/stop/", readers.stop_mine, name="stop_mine"),
    path("my-page/<str:reference>/reminders/allow/", readers.allow_mine, name="allow_mine"),
    path("reminders/<str:secret>/", readers.stop, name="stop"),
    path("reminders/<str:secret>/allow/", readers.allow, name="allow"),
]
