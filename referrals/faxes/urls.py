from django.urls import path

from .views import fax, filing, waiting

app_name = "faxes"
urlpatterns = [
    path("faxes/", waiting.waiting, name="waiting"),
    path("faxes/<int:pk>/", fax.fax, name="fax"),
    path("faxes/<int:pk>/pdf/", fax.pages, name="pages"),
    path("faxes/<int:pk>/report/<str:code>/", filing.file_report, name="file_report"),
    path("faxes/<int:pk>/paper/<str:code>/", filing.file_paper, name="file_paper"),
    path("faxes/<int:pk>/record/<str:code>/", filing.file_record, name="file_record"),
    path("faxes/<int:pk>/document/<str:reference>/", filing.file_document, name="file_document"),
    path("faxes/<int:pk>/set-aside/", filing.set_aside, name="set_aside"),
    path("faxes/<int:pk>/take-up/", filing.take_up, name="take_up"),
    path("faxes/<int:pk>/take-back/", filing.take_back, name="take_back"),
]
