from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail.urls import serve_pattern

from . import cms, views

urlpatterns = [
    path("cms/", (cms.urlpatterns, None, None)),
    path("learn/handout/<int:pk>.pdf", views.handout, name="handout"),
    path("pictures/<path:name>", views.picture, name="picture"),
    path("films/<int:document_id>/<str:document_filename>", views.film, name="wagtaildocs_serve"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("robots.txt", views.robots, name="robots"),
]
# The language stands in the address; only the project's first map of URLs can say that.
pages = i18n_patterns(path("learn/", include([re_path(serve_pattern, views.page, name="wagtail_serve")])))
