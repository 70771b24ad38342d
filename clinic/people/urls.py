from django.urls import path

from .views import administration, demo, events, invitations, inviting, matching, patients, signing_in, staff

app_name = "people"

signing_in_pages = [
    path("sign-in/", signing_in.sign_in, name="sign_in"),
    path("sign-in/code/", signing_in.sign_in_code, name="sign_in_code"),
    path("sign-in/code/again/", signing_in.resend_code, name="resend_code"),
    path("sign-out/", signing_in.sign_out, name="sign_out"),
    path("language/", signing_in.set_language, name="set_language"),
    path("invitation/<str:secret>/", invitations.invitation, name="invitation"),
    path("invitation/<str:secret>/join/", invitations.join, name="join"),
    path("invitation/<str:secret>/begin/", invitations.begin_invitation, name="begin_invitation"),
    path("invitation/<str:secret>/birth-date/", invitations.birth_date, name="birth_date"),
    path("desk/", invitations.desk, name="desk"),
    path("demo/sign-in/<int:pk>/", demo.demo_sign_in, name="demo_sign_in"),
]

register = [
    path("patients/", patients.patients, name="patients"),
    path("patients/new", patients.add_patient, name="add_patient"),
    path("patients/to-match", matching.to_match, name="to_match"),
    path("patients/<slug:reference>/", patients.patient, name="patient"),
    path("patients/<slug:reference>/change", patients.change_patient, name="change_patient"),
    path("patients/<slug:reference>/sign-in", patients.change_sign_in, name="change_sign_in"),
    path("patients/<slug:reference>/confirm", matching.confirm_patient, name="confirm_patient"),
    path("patients/<slug:reference>/merge", matching.merge_patient, name="merge_patient"),
    path("patients/<slug:reference>/invite", inviting.invite_patient, name="invite_patient"),
    path("patients/<slug:reference>/carers/invite", inviting.invite_carer, name="invite_carer"),
    path("patients/<slug:reference>/carers/<int:pk>/end", inviting.end_access, name="end_access"),
    path("patients/<slug:reference>/invitations/<int:pk>/resend", inviting.resend_invitation, name="resend_invitation"),
    path("patients/<slug:reference>/invitations/<int:pk>/revoke", inviting.revoke_invitation, name="revoke_invitation"),
    path("patients/<slug:reference>/desk-code", inviting.make_desk_code, name="make_desk_code"),
]

of_patients = [
    path("who-looked", events.who_looked, name="who_looked"),
]

administrators = [
    path("logo", administration.logo, name="logo"),
    path("administration/clinic", administration.clinic, name="clinic"),
    path("administration/logo", administration.change_logo, name="change_logo"),
    path("administration/logo/remove", administration.remove_logo, name="remove_logo"),
    path("administration/locations", administration.locations, name="locations"),
    path("administration/locations/add", administration.add_location, name="add_location"),
    path("administration/locations/<int:pk>", administration.change_location, name="change_location"),
    path("administration/locations/<int:pk>/close", administration.close_location, name="close_location"),
    path("administration/locations/<int:pk>/reopen", administration.reopen_location, name="reopen_location"),
    path("administration/log", events.events, name="events"),
    path("administration/log.csv", events.export_events, name="export_events"),
    path("administration/staff", staff.staff, name="staff"),
    path("administration/staff/invite", inviting.invite_staff, name="invite_staff"),
    path(
        "administration/staff/invitations/<int:pk>/resend",
        inviting.resend_staff_invitation,
        name="resend_staff_invitation",
    ),
    path(
        "administration/staff/invitations/<int:pk>/revoke",
        inviting.revoke_staff_invitation,
        name="revoke_staff_invitation",
    ),
    path("administration/staff/<int:pk>", staff.staff_member, name="staff_member"),
    path("administration/staff/<int:pk>/change", staff.change_staff, name="change_staff"),
    path("administration/staff/<int:pk>/role", staff.change_role, name="change_role"),
    path("administration/staff/<int:pk>/second-factor", staff.reset_second_factor, name="reset_second_factor"),
    path("administration/staff/<int:pk>/deactivate", staff.deactivate_staff, name="deactivate_staff"),
    path("administration/staff/<int:pk>/reactivate", staff.reactivate_staff, name="reactivate_staff"),
]

urlpatterns = [*signing_in_pages, *register, *of_patients, *administrators]
