from django.urls import path

from .views import answering, mine, understanding, worrying

app_name = "reading"
urlpatterns = [
    path("read/", mine.mine, name="mine"),
    path("read/<int:page>/questions/", understanding.questions, name="questions"),
    path("worried/", worrying.worry, name="worry"),
    path("worried/<int:page>/", worrying.worry, name="worry"),
    path("worries/", answering.worries, name="worries"),
    path("worries/<int:pk>/answer/", answering.answer_worry, name="answer_worry"),
    path("worries/<int:pk>/at-the-visit/", answering.leave_for_visit, name="leave_for_visit"),
    path("worries/<int:pk>/translation/", answering.translate_worry, name="translate_worry"),
]
