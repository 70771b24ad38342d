from django.urls import path

from .views import again, ask, case, chart, compare, decide, queue, records

app_name = "candidacy"
urlpatterns = [
    path("queue/", queue.queue, name="queue"),
    path("case/<str:reference>/", case.case, name="case"),
    path("case/<str:reference>/compare/", compare.compare, name="compare"),
    path("case/<str:reference>/again/", again.again, name="again"),
    path("case/<str:reference>/claim/", queue.claim, name="claim"),
    path("case/<str:reference>/take-over/", queue.take_over, name="take_over"),
    path("case/<str:reference>/release/", queue.release, name="release"),
    path("case/<str:reference>/urgent/", case.release_urgent, name="release_urgent"),
    path("case/<str:reference>/change/", case.settle_change, name="settle_change"),
    path("case/<str:reference>/translate/<int:answer>/", case.translate, name="translate"),
    path("case/<str:reference>/chart/close/", chart.close_chart, name="close_chart"),
    path("case/<str:reference>/chart/reopen/", chart.reopen_chart, name="reopen_chart"),
    path("case/<str:reference>/chart/scores/add/", chart.add_score, name="add_score"),
    path("case/<str:reference>/chart/strike/<str:listed>/<uuid:key>/", chart.strike_row, name="strike_row"),
    path("case/<str:reference>/chart/", chart.chart, name="chart"),
    path("case/<str:reference>/chart/<str:group>/", chart.chart, name="chart"),
    path("case/<str:reference>/ask/", ask.ask, name="ask"),
    path("case/<str:reference>/ask/back/", ask.take_back, name="take_back"),
    path("case/<str:reference>/records/<str:listed>/<uuid:key>/ask/", records.request_record, name="request_record"),
    path("case/<str:reference>/records/<str:code>/read/", records.read_record, name="read_record"),
    path("case/<str:reference>/decide/", decide.decide, name="decide"),
    path("case/<str:reference>/decision/<int:pk>/", decide.decision, name="decision"),
    path("case/<str:reference>/decision/<int:pk>/text/", decide.decision_text, name="decision_text"),
    path("case/<str:reference>/decision/<int:pk>/sealed/", decide.decision_sealed, name="decision_sealed"),
]
