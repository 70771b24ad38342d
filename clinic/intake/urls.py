from django.urls import path, register_converter
from django.urls.converters import StringConverter

from .questions import BY_KEY, ROWS
from .views import desk, documents, filling_in, following, paper, rows, signing, starting, told

app_name = "intake"


class SectionConverter(StringConverter):
    """The key of a section of the questionnaire."""

    regex = "|".join(BY_KEY)


class ListConverter(StringConverter):
    """The slug of a list that is filled row by row."""

    regex = "|".join(ROWS)


register_converter(SectionConverter, "section")
register_converter(ListConverter, "list")

urlpatterns = [
    path("intake/start/", starting.start, name="start"),
    path("intake/start/<slug:reference>/", starting.start, name="start"),
    path("intake/begin", starting.begin, name="begin"),
    path("intake/begin/<slug:reference>", starting.begin, name="begin"),
    path("intake/<slug:reference>/", filling_in.overview, name="overview"),
    path("intake/<slug:reference>/check/", signing.check, name="check"),
    path("intake/<slug:reference>/sign", signing.sign, name="sign"),
    path("intake/<slug:reference>/stopped/", signing.stopped, name="stopped"),
    path("intake/<slug:reference>/<section:section>/", filling_in.section, name="section"),
    path("intake/<slug:reference>/<section:section>/<list:slug>/", rows.rows, name="rows"),
    path("intake/<slug:reference>/<section:section>/<list:slug>/new/", rows.new_row, name="new_row"),
    path("intake/<slug:reference>/<section:section>/<list:slug>/<uuid:row>/", rows.row, name="row"),
    path("intake/<slug:reference>/<section:section>/<list:slug>/<uuid:row>/draft", filling_in.draft, name="draft"),
    path("intake/<slug:reference>/<section:section>/<list:slug>/<uuid:row>/remove", rows.remove_row, name="remove_row"),
    path("intake/<slug:reference>/<section:section>/<list:slug>/<uuid:row>/use", rows.use_row, name="use_row"),
    path(
        "intake/<slug:reference>/<section:section>/<list:slug>/<uuid:row>/confirm", told.confirm_row, name="confirm_row"
    ),
    path("intake/<slug:reference>/<section:section>/<list:slug>/<uuid:row>/deny", told.deny_row, name="deny_row"),
    path("intake/<slug:reference>/<section:section>/<slug:slug>/confirm", told.confirm, name="confirm"),
    path("intake/<slug:reference>/<section:section>/<slug:slug>/", filling_in.page, name="page"),
    path("intake/<slug:reference>/<section:section>/<slug:slug>/draft", filling_in.draft, name="draft"),
    path("cases/<slug:reference>/records/", documents.records, name="records"),
    path("cases/<slug:reference>/records/<uuid:key>/", documents.records, name="records"),
    path("cases/<slug:reference>/records/add", documents.attach, name="attach"),
    path("cases/<slug:reference>/records/<uuid:key>/add", documents.attach, name="attach"),
    path("cases/<slug:reference>/documents/<int:pk>", documents.document, name="document"),
    path("cases/<slug:reference>/documents/<int:pk>/remove", documents.remove, name="remove"),
    path("cases/<slug:reference>/", following.status, name="status"),
    path("cases/<slug:reference>/receipt/", following.receipt, name="receipt"),
    path("cases/<slug:reference>/receipt/<int:pk>/", following.receipt, name="receipt"),
    path("cases/<slug:reference>/answer/", following.answer, name="answer"),
    path("cases/<slug:reference>/changed/", following.changed, name="changed"),
    path("unfinished/", desk.desk, name="desk"),
    path("paper/", paper.paper, name="paper"),
]
