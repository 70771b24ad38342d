"""The clinic's own sentences of an answer letter; what the doctor wrote stands beside them. Pure."""

from clinic.intake.questions.shape import marked as _

OUTCOMES = {
    "candidate": _("An epidural steroid injection is a fair choice for this patient now."),
    "not_yet": _("An epidural steroid injection is not the next step yet."),
    "not_a_candidate": _("We do not advise an epidural steroid injection for this patient."),
    "sent_elsewhere": _("What the patient told us needed urgent care, so we sent the patient there first."),
    "see_in_clinic": _("We want to see the patient before we decide."),
}
NEXT = {
    "candidate": _("We call the patient to find a day for the injection."),
    "not_yet": _("We look at it again when what comes first is done. Please send the patient sooner if it gets worse."),
    "not_a_candidate": _("We plan no injection. The patient goes on with the care that they have with you."),
    "sent_elsewhere": _("Please call us if you hear first what was found there."),
    "see_in_clinic": _("We call the patient to find a day for the visit."),
}
TURNED_AWAY = {
    "refused": _("We cannot take this referral on."),
    "handed_back": _("We hand this referral back to you."),
}
# Where the patient was told in another language than the letter's.
IN_THEIR_LANGUAGE = {"es": _("(In Spanish, the patient's language.)"), "en": _("(In English, the patient's language.)")}
