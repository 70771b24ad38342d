from django.urls import path

from .views import before, paper, session

app_name = "procedure"
urlpatterns = [
    path("sessions/", before.booked, name="booked"),
    path("case/<str:reference>/check/", before.check, name="check"),
    path("case/<str:reference>/blood-thinner/<uuid:key>/", before.plan_thinner, name="plan_thinner"),
    path(
        "case/<str:reference>/blood-thinner/<int:pk>/take-back/",
        before.strike_thinner_plan,
        name="strike_thinner_plan",
    ),
    path("cases/<str:reference>/blood-thinner/", paper.thinner_days, name="thinner_days"),
    path("cases/<str:reference>/blood-thinner.pdf", paper.thinner_days_pdf, name="thinner_days_pdf"),
    path("case/<str:reference>/session/", session.record_session, name="record_session"),
    path("case/<str:reference>/session/<int:pk>/", session.session, name="session"),
    path("case/<str:reference>/session/<int:pk>/take-back/", session.strike_session, name="strike_session"),
    path("case/<str:reference>/session/<int:pk>/problem/", session.add_complication, name="add_complication"),
    path(
        "case/<str:reference>/session/<int:pk>/problem/<int:complication>/take-back/",
        session.strike_complication,
        name="strike_complication",
    ),
]
