"""What answering has in common, by link, on one's own page or on a call: the form, and what came of it."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from clinic.audit.actions import Refused
from clinic.audit.actor import Actor
from clinic.intake.questions.instruments import PEG_CREDIT, RMDQ_CREDIT
from clinic.people.request import Request
from clinic.treatment.checkins.actions.answering import Late, answer
from clinic.treatment.checkins.forms import CheckInForm
from clinic.treatment.checkins.heard import SIGNS
from clinic.treatment.checkins.models import Answer, CheckIn

CREDITS = {"PEG": PEG_CREDIT, "RMDQ": RMDQ_CREDIT}


def heard(form: CheckInForm, check_in: CheckIn, how: str, by: Actor) -> Answer | None:
    """Keep what a form says; a refusal becomes its error, and nothing that was typed is lost.

    Raises:
        Late: the check-in takes no answer any more.
    """
    if not form.is_valid():
        return None
    try:
        return answer(check_in=check_in, said=form.heard(), how=how, nonce=form.cleaned_data["nonce"], by=by)
    except Late:
        raise
    except Refused as refused:
        form.add_error("until", str(refused))
        return None


def shown(check_in: CheckIn, form: CheckInForm) -> dict[str, Any]:
    """What the page of the questions shows: nothing of the record, and no name."""
    answered = check_in.answers.current().first()
    questions = [field for field in form if not field.is_hidden]
    return {"long": check_in.long, "questions": questions, "answered": answered, "credits": CREDITS}


def ticked(request: Request) -> list[str]:
    """The bad signs that were sent, also with what was not kept."""
    return [sign for sign in request.POST.getlist("signs") if sign in SIGNS]


def thanks_for(signs: Sequence[str]) -> str:
    """The address of the page that says thank you, and with a bad sign what to do now."""
    return reverse("checkins:thanks") + ("?help=now" if signs else "")
