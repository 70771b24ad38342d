from django.urls import path

from .views import answers, desk, door, files, following, from_fax, matching

app_name = "incoming"
urlpatterns = [
    path("refer/", door.refer, name="refer"),
    path("refer/received/", door.received, name="received"),
    path("follow/<str:secret>/", following.follow, name="follow"),
    path("follow/<str:secret>/add/", following.add, name="add"),
    path("follow/<str:secret>/no-longer-needed/", following.withdraw, name="withdraw"),
    path("referrals/enter/", desk.enter, name="enter"),
    path("referrals/enter/fax/<int:pk>/", from_fax.enter_fax, name="enter_fax"),
    path("referrals/<str:code>/files/<int:pk>/", files.attachment, name="attachment"),
    path("referrals/<str:code>/match/", matching.match, name="match"),
    path("referrals/<str:code>/match/with", matching.match_with, name="match_with"),
    path("referrals/<str:code>/match/new", matching.match_new, name="match_new"),
    path("referrals/<str:code>/sender/<int:pk>", matching.name_sender, name="name_sender"),
    path("referrals/<str:code>/sender/add", matching.add_sender, name="add_sender"),
    path("referrals/<str:code>/ask/", desk.ask, name="ask"),
    path("referrals/<str:code>/accept/", desk.accept, name="accept"),
    path("referrals/<str:code>/invite", desk.invite, name="invite"),
    path("referrals/<str:code>/refuse/", desk.refuse, name="refuse"),
    path("referrals/<str:code>/hand-back/", desk.hand_back, name="hand_back"),
    path("referrals/<str:code>/answer/", answers.answer, name="answer"),
    path("referrals/<str:code>/answer/letter", answers.answer_letter, name="answer_letter"),
    path("referrals/<str:code>/answer/sent", answers.send_answer, name="send_answer"),
]
