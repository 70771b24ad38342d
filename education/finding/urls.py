from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from .views import opinions, search

app_name = "finding"
urlpatterns = [
    path("learn-search/", search.search, name="search"),
    path("learn-search/report/", search.report, name="report"),
    path("learn-helpful/<int:page>/", opinions.helpful, name="helpful"),
    path("learn-helpful/<int:page>/thanks/", opinions.thanks, name="thanks"),
    path("learn-helpful/<int:page>/opinions/", opinions.opinions, name="opinions"),
    path("learn-helpful/opinions/<int:pk>/strike/", opinions.strike, name="strike"),
]
# The language stands in the address, as on the pages that are searched; only the project's first map can say that.
pages = i18n_patterns(path("", include((urlpatterns, app_name))))
