"""What a receiving practice reads and says by its private link, in its language."""

from django.utils.translation import gettext_lazy as _

from referrals.loop.lifecycle import State

S = State
# What is asked for, as templates translate it.
SERVICES = (
    _("Physical therapy"),
    _("Imaging"),
    _("Surgery"),
    _("Behavioural health"),
    _("Primary care"),
)
# In the order in which a practice needs them.
VERBS = {
    S.BOOKED: _("Booked"),
    S.ATTENDED: _("The patient came"),
    S.NOT_ATTENDED: _("The patient did not come"),
    S.DISCHARGED: _("Care has ended"),
    S.REPORT_RECEIVED: _("Send your report"),
    S.ACCEPTED: _("We accept the patient"),
    S.RECEIVED: _("The letter arrived"),
    S.NEEDS_INFORMATION: _("We need something"),
    S.REFUSED: _("We cannot take the patient"),
}
STANDS = {
    S.SENT: _("The letter is with you. We have not heard from you yet."),
    S.RECEIVED: _("The letter arrived. The visit is not booked yet."),
    S.NEEDS_INFORMATION: _("You need something from us. We are working on it and will call you."),
    S.ACCEPTED: _("You accepted the patient. The visit is not booked yet."),
    S.REFUSED: _("You cannot take the patient. Thank you for telling us; there is nothing more for you to do."),
    S.BOOKED: _("A visit is booked."),
    S.ATTENDED: _("The patient came. We look forward to your report."),
    S.NOT_ATTENDED: _("The patient did not come."),
    S.DISCHARGED: _("Care has ended. We look forward to your report."),
    S.REPORT_RECEIVED: _("Your report is here. Thank you."),
    S.READ: _("We read your report. Thank you."),
    S.PATIENT_TOLD: _("We read your report and spoke with the patient. Thank you."),
}
OVER = _("This referral is closed. There is nothing more for you to do.")
NOT_YET = _("This referral is not with you at the moment. Please call us if you have a question.")
NEEDS = {
    "letter": _("A copy of the letter that we can read"),
    "insurance": _("Insurance, or an authorization"),
    "imaging": _("Images, or the report of a study"),
    "contact": _("How to reach the patient"),
    "order": _("Another order, or a code"),
    "other": _("Something else"),
}
CANNOT = {
    "full": _("No room in the time that is asked for"),
    "insurance": _("We do not take this insurance"),
    "service": _("We do not offer this"),
    "declined": _("The patient does not want to come"),
    "other": _("Another reason"),
}
# The reasons of lifecycle.WHY_NOT that a practice knows of.
WHY_NOT = {
    "not_reached": _("We could not reach the patient"),
    "forgot": _("Forgot, or mixed up the day"),
    "transport": _("No way to get here"),
    "work_or_family": _("Work, school or family"),
    "cost": _("Cost or insurance"),
    "better": _("Feels better"),
    "worse": _("Feels too unwell"),
    "elsewhere": _("Went elsewhere"),
    "other": _("Another reason"),
    "unknown": _("We do not know why"),
}


def stands(state: str) -> object:
    """Where the referral is, as the practice is told it."""
    return STANDS.get(State(state), OVER if state in (S.CLOSED, S.CANCELLED) else NOT_YET)
