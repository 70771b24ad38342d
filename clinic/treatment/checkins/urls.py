from django.urls import path

from .views import by_link, mine, plan, staff

app_name = "checkins"

urlpatterns = [
    path("check-ins/", staff.to_call, name="to_call"),
    path("check-ins/plan/", plan.plan, name="plan"),
    path("check-ins/<int:pk>/call/", staff.call, name="call"),
    path("check-ins/<int:pk>/tried/", staff.tried, name="tried"),
    path("check-ins/answers/<int:pk>/strike/", staff.strike, name="strike"),
    path("case/<str:reference>/check-ins/", staff.answers, name="answers"),
    path("case/<str:reference>/check-ins/stop/", staff.stop_for, name="stop_for"),
    path("case/<str:reference>/check-ins/allow/", staff.allow_for, name="allow_for"),
    path("my-page/check-ins/<int:pk>/", mine.mine, name="mine"),
    path("my-page/<str:reference>/check-ins/stop/", mine.stop_mine, name="stop_mine"),
    path("my-page/<str:reference>/check-ins/allow/", mine.allow_mine, name="allow_mine"),
    path("check-in/thanks/", by_link.thanks, name="thanks"),
    path("check-in/<str:secret>/", by_link.say, name="say"),
    path("check-in/<str:secret>/stop/", by_link.stop, name="stop"),
    path("check-in/<str:secret>/allow/", by_link.allow, name="allow"),
]
