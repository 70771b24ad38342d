"""What the referrer reads of a referral: where it stands, in plain words, with days. Pure.

Nothing clinical that they did not send, and nothing that staff wrote freely.
"""

from clinic.intake.questions.shape import marked as _
from referrals.loop.lifecycle import State

S = State
STANDS = {
    S.RECEIVED: _("We have your referral and are looking at it"),
    S.NEEDS_INFORMATION: _("We need something from you"),
    S.ACCEPTED: _("We accepted the referral, and invite the patient"),
    S.REFUSED: _("We cannot take this referral"),
    S.HANDED_BACK: _("We are returning the patient to you"),
    S.INVITED: _("We invited the patient to answer our questions"),
    S.IN_REVIEW: _("A doctor is reviewing the patient's case"),
    S.DECIDED: _("The doctor has decided. Our answer letter comes next"),
    S.ANSWER_SENT: _("We sent you our answer letter"),
    S.CLOSED: _("This referral is closed"),
    S.CANCELLED: _("This referral was cancelled"),
}
NEXT = {
    S.RECEIVED: _("We will tell you by %(day)s whether we accept it."),
    S.NEEDS_INFORMATION: _("Please send it by %(day)s. Until then the referral waits."),
    S.ACCEPTED: _("We will invite the patient by %(day)s."),
    S.INVITED: _("When the patient has answered, a doctor reviews the case."),
    S.IN_REVIEW: _("The doctor decides by %(day)s."),
    S.DECIDED: _("We will send the letter by %(day)s."),
    S.REFUSED: _("We will send you our letter by %(day)s."),
    S.HANDED_BACK: _("We will send you our letter by %(day)s."),
    S.ANSWER_SENT: _("The letter says what was decided. Please call us if it did not reach you."),
}
LATE = _("This is taking longer than it should. Please call us.")
WAS = {
    S.RECEIVED: _("Received"),
    S.NEEDS_INFORMATION: _("Asked you for more"),
    S.ACCEPTED: _("Accepted"),
    S.REFUSED: _("Not taken"),
    S.HANDED_BACK: _("Handed back"),
    S.INVITED: _("Patient invited"),
    S.IN_REVIEW: _("Doctor's review began"),
    S.DECIDED: _("Decided"),
    S.ANSWER_SENT: _("Answer letter sent"),
    S.CLOSED: _("Closed"),
    S.CANCELLED: _("Cancelled"),
}
HOW = {
    "fax": _("by fax"),
    "direct": _("by Direct message"),
    "mail": _("by mail"),
    "portal": _("through your portal"),
    "phone": _("by phone"),
    "link": _("by this link"),
    "handed": _("handed to the patient"),
    "visit": _("in person"),
}
# Once an answer was sent, or it was handed back, there is nothing left to withdraw.
MAY_WITHDRAW = frozenset({S.RECEIVED, S.NEEDS_INFORMATION, S.ACCEPTED, S.INVITED, S.IN_REVIEW})
