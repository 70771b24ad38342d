"""The way of one decision with its payer: which step may follow which, and what each says to whom. Pure.

The words are those of a prior authorization: not needed, asked, approved or refused (CMS-0057-F; FHIR ClaimResponse),
the appeal of a refusal, and its end, overturned or upheld. An appeal that was upheld may go to the next level
(45 CFR 147.136). An approval has a last day, so a payer may be asked again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from clinic.intake.questions.shape import marked as _


class Kind(StrEnum):
    NOT_NEEDED = "not_needed"
    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    APPEALED = "appealed"
    OVERTURNED = "overturned"
    UPHELD = "upheld"


LABELS: Mapping[Kind, str] = {
    Kind.NOT_NEEDED: "Not needed: the plan asks for no authorization",
    Kind.ASKED: "Asked",
    Kind.APPROVED: "Approved",
    Kind.REFUSED: "Refused",
    Kind.APPEALED: "Appealed",
    Kind.OVERTURNED: "Overturned: the payer approves after all",
    Kind.UPHELD: "Upheld: the refusal stands",
}
# What staff does next, by the step that stands.
VERBS: Mapping[Kind | None, str] = {
    None: "Record that the payer was asked, or its answer",
    Kind.NOT_NEEDED: "Record that the payer was asked after all",
    Kind.ASKED: "Record the payer's answer",
    Kind.APPROVED: "Record that the payer was asked again",
    Kind.REFUSED: "Record an appeal",
    Kind.APPEALED: "Record what came of the appeal",
    Kind.OVERTURNED: "Record that the payer was asked again",
    Kind.UPHELD: "Record a further appeal",
}
ANSWERS = (Kind.APPROVED, Kind.REFUSED)  # to what was asked
APPROVES = (Kind.APPROVED, Kind.OVERTURNED)  # these have a last day
ALLOWS = (Kind.NOT_NEEDED, *APPROVES)  # with these nothing of the payer's stands against a session
BEGINS = (Kind.NOT_NEEDED, Kind.ASKED, *ANSWERS)
FOLLOWS: Mapping[Kind, tuple[Kind, ...]] = {
    Kind.NOT_NEEDED: (Kind.ASKED,),
    Kind.ASKED: (*ANSWERS, Kind.NOT_NEEDED),
    Kind.APPROVED: (Kind.ASKED,),
    Kind.REFUSED: (Kind.APPEALED,),
    Kind.APPEALED: (Kind.OVERTURNED, Kind.UPHELD),
    Kind.OVERTURNED: (Kind.ASKED,),
    Kind.UPHELD: (Kind.APPEALED,),
}


def may_follow(last: str | None) -> tuple[Kind, ...]:
    """What may be recorded next; `last` is the kind of the latest step that stands, None before the first."""
    return BEGINS if last is None else FOLLOWS[Kind(last)]


def pairs() -> list[tuple[str, str]]:
    """Every step with what it may follow, "" for the first: the table as the database holds it."""
    return [("", kind.value) for kind in BEGINS] + [(last.value, kind.value) for last in Kind for kind in FOLLOWS[last]]


@dataclass(frozen=True)
class Told:
    """What the patient reads, marked for translation."""

    line: str
    then: str


FOR_PATIENT: Mapping[Kind, Told] = {
    Kind.NOT_NEEDED: Told(
        _("Your plan does not have to say yes first."),
        _("We will call you to find a day. You do not have to do anything."),
    ),
    Kind.ASKED: Told(
        _("We have asked your plan to say yes."),
        _("Their answer can take a week or more. We write to you when they answer."),
    ),
    Kind.APPROVED: Told(
        _("Your plan said yes."),
        _("We will call you to find a day. You do not have to do anything."),
    ),
    Kind.REFUSED: Told(
        _("Your plan said no. We are looking at it."),
        _(
            "This is not your fault, and it is often not the last word. We read the reason and see whether to ask "
            "again. You may also ask your plan yourself to look again: their letter says how."
        ),
    ),
    Kind.APPEALED: Told(
        _("Your plan said no, and we have asked them to look again."),
        _("This is called an appeal. It can take some weeks. We write to you when they answer."),
    ),
    Kind.OVERTURNED: Told(
        _("Your plan looked again and now says yes."),
        _("We will call you to find a day. You do not have to do anything."),
    ),
    Kind.UPHELD: Told(
        _("Your plan looked again and still says no."),
        _(
            "This is not your fault. We will call you to talk about what can be done next. You may have the right to "
            "ask somebody outside of your plan to look at it: their letter says how."
        ),
    ),
}
