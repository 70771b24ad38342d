from django.urls import path

from .views import booking, candidates, way

app_name = "pathway"
ONE = "case/<str:reference>/way/<int:pk>/"
urlpatterns = [
    path("candidates/", candidates.candidates, name="candidates"),
    path(ONE, way.way, name="way"),
    path(f"{ONE}book/", booking.book, name="book"),
    path(f"{ONE}book-early/", booking.book_early, name="book_early"),
    path(f"{ONE}too-early/", booking.too_early, name="too_early"),
    path(f"{ONE}give-up-day/", booking.unbook, name="unbook"),
    path(f"{ONE}call/", way.call, name="call"),
    path(f"{ONE}settle/", way.settle_hold, name="settle_hold"),
    path(f"{ONE}put-off/", way.put_off, name="put_off"),
    path(f"{ONE}give/", way.give, name="give"),
    path(f"{ONE}end/", way.end, name="end"),
    path(f"{ONE}take-up/", way.reopen, name="reopen"),
]
