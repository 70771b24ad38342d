from django.urls import path

from .views import board, measures, targets

app_name = "measures"
urlpatterns = [
    path("referrals/measures/", measures.measures, name="measures"),
    path("referrals/measures.csv", measures.export_measures, name="export_measures"),
    path("referrals/board/", board.board, name="board"),
    path("referrals/targets/", targets.targets, name="targets"),
    path("referrals/targets/set/", targets.set_targets, name="set_targets"),
]
