from django.urls import path

from .views import keeping, plans, preview, public, sets

app_name = "policies"
urlpatterns = [
    path("plans/", public.what_plans_ask, name="what_plans_ask"),
    path("rules/", sets.sets, name="sets"),
    path("rules/upload/", keeping.upload, name="upload"),
    path("rules/plans/", plans.plans, name="plans"),
    path("rules/plans/<int:pk>/change/", plans.change_plan, name="change_plan"),
    path("rules/plans/<int:pk>/remove/", plans.remove_plan, name="remove_plan"),
    path("rules/set/<slug:set_key>/end/", keeping.end, name="end"),
    path("rules/effect/<int:pk>/take-back/", keeping.take_back, name="take_back"),
    path("rules/version/<slug:sha256>/", sets.version, name="version"),
    path("rules/version/<slug:sha256>/document/", sets.document, name="document"),
    path("rules/version/<slug:sha256>/sign-off/", keeping.sign_off, name="sign_off"),
    path("rules/version/<slug:sha256>/begin/", keeping.begin, name="begin"),
    path("rules/version/<slug:sha256>/preview/", preview.preview, name="preview"),
    path("rules/version/<slug:sha256>/preview/start/", preview.start_preview, name="start_preview"),
    path("rules/version/<slug:sha256>/preview/cancel/", preview.cancel_preview, name="cancel_preview"),
    path("rules/version/<slug:sha256>/from/<slug:other>/", sets.differences, name="differences"),
]
