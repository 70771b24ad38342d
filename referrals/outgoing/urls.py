from django.urls import path

from .views import by_link, sending, writing

app_name = "outgoing"
urlpatterns = [
    path("case/<str:reference>/refer/", writing.start, name="start"),
    path("referrals/<str:code>/draft/", writing.draft, name="draft"),
    path("referrals/<str:code>/practice/", writing.choose, name="choose"),
    path("referrals/<str:code>/sign/", writing.sign, name="sign"),
    path("referrals/<str:code>/send/", sending.send, name="send"),
    path("referrals/<str:code>/letter/", sending.letter, name="letter"),
    path("referrals/<str:code>/fax/", sending.fax, name="fax"),
    path("referrals/<str:code>/link/", sending.link, name="link"),
    path("referrals/<str:code>/link/revoke/", sending.revoke, name="revoke"),
    path("practice/<str:secret>/", by_link.practice, name="practice"),
    path("practice/<str:secret>/<str:to>/", by_link.say, name="say"),
]
