from django.urls import include, path

from clinic import views
from education.finding.urls import pages as search_pages
from education.library.urls import pages

urlpatterns = [
    path("", views.home, name="home"),
    path("my-page/", views.my_page, name="my_page"),
    path("begin", views.begin, name="begin"),
    path("method/", views.method, name="method"),
    path("", include("clinic.people.urls")),
    path("staff/", include("clinic.people.allauth_urls")),
    path("", include("clinic.post.urls")),
    path("", include("clinic.directory.urls")),
    path("", include("clinic.policies.urls")),
    path("", include("clinic.outside.urls")),
    path("", include("education.library.urls")),
    path("", include("education.upkeep.urls")),
    path("", include("education.reading.urls")),
    path("", include("clinic.intake.urls")),
    path("", include("clinic.candidacy.urls")),
    path("", include("clinic.authorization.urls")),
    path("", include("clinic.treatment.pathway.urls")),
    path("", include("clinic.treatment.procedure.urls")),
    path("", include("clinic.treatment.checkins.urls")),
    path("", include("clinic.treatment.course.urls")),
    path("", include("referrals.faxes.urls")),
    path("", include("referrals.incoming.urls")),
    path("", include("referrals.outgoing.urls")),
    path("", include("referrals.window.urls")),
    path("", include("referrals.reminders.urls")),
    path("", include("referrals.measures.urls")),
    path("", include("clinic.outcomes.urls")),
    path("", include("referrals.work.urls")),  # the last of the referrals: its pages stand under a code
    path("health/live", views.health_live, name="health_live"),
    *search_pages,
    *pages,
    path("health/ready", views.health_ready, name="health_ready"),
]

handler500 = "clinic.outage.server_error"
