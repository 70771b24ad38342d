from django.urls import path

from .views import lists, one, working

app_name = "work"
urlpatterns = [
    path("referrals/", lists.referrals, name="referrals"),
    path("referrals/assign/", lists.assign_all, name="assign_all"),
    path("referrals/remind/", lists.remind_all, name="remind_all"),
    path("referrals/filters/", lists.save_filter, name="save_filter"),
    path("referrals/filters/<int:pk>/", lists.change_filter, name="change_filter"),
    path("referrals/filters/<int:pk>/delete/", lists.delete_filter, name="delete_filter"),
    path("referrals/<str:code>/", one.referral, name="referral"),
    path("referrals/<str:code>/call/", working.call, name="call"),
    path("referrals/<str:code>/put-off/", working.snooze, name="snooze"),
    path("referrals/<str:code>/assign/", working.assign, name="assign"),
    path("referrals/<str:code>/escalate/", working.escalate, name="escalate"),
    path("referrals/<str:code>/urgency/", working.urgency, name="urgency"),
    path("referrals/<str:code>/<str:to>/", one.step, name="step"),
]
