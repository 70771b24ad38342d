"""Telling a patient that there is news on their page: a mail that says no more than that."""

from django.conf import settings

from clinic.audit.actor import Actor
from clinic.people.models import Patient
from clinic.post.actions import send_template


def tell_of_news(*, patient: Patient, by: Actor) -> None:
    """Mail the patient in their language, where an address is known; within the caller's transaction."""
    address = (patient.user.email if patient.user else "") or patient.email
    if address:
        context = {"link": f"{settings.PUBLIC_ADDRESS}/"}
        send_template(kind="news", to=address, language=patient.language, context=context, by=by, user=patient.user)
