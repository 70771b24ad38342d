"""The answer to a referrer: one page that quotes the signed decision, or says why it was not taken on.

It is written for the clinician who sent the patient, and carries what a signed decision says: a disclosure for
treatment (docs/decisions/0012-answering-the-referrer.md). It reads what was stored and computes nothing.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext, override

from clinic.candidacy.models import Decision, Outcome
from clinic.paper.shapes import Bullets, Letter, Paragraphs, Party, Reply, Rows, Section, SignOff
from clinic.paper.words import Language
from clinic.people.models import Clinic
from referrals.loop.lifecycle import State
from referrals.loop.models import Referral, Step

from .actions.catching_up import standing_decision
from .actions.receiving import follow_address
from .answer_words import IN_THEIR_LANGUAGE, NEXT, OUTCOMES, TURNED_AWAY
from .models import Request

WITHOUT_DECISION = frozenset({State.REFUSED, State.HANDED_BACK})
MOST_OF_A_NAME, MOST_OF_A_LINE = 90, 68


def answer(referral: Referral) -> Letter | None:
    """The letter as it stands now, in the language of the referral; None while there is nothing to answer."""
    with override(referral.request.written_in):
        step = _turned_away(referral)
        decision = None if step else standing_decision(referral)
        if step:
            return _letter(referral, list(_not_taken(step, referral.location.phone)), _signed_by(step))
        if decision:
            return _letter(referral, list(_decided(referral, decision)), _signed_off(referral, decision))
    return None


def _turned_away(referral: Referral) -> Step | None:
    steps = referral.steps.filter(to_state__in=WITHOUT_DECISION).select_related("status_reason", "done_by")
    return steps.last()


def _letter(referral: Referral, sections: list[Section], sign_off: SignOff) -> Letter:
    request, location = referral.request, referral.location
    address = tuple(line[:MOST_OF_A_LINE] for line in location.address.splitlines() if line.strip())[:3]
    name = Clinic.current().name[:MOST_OF_A_NAME]
    return Letter(
        letterhead=Party(name, address, location.phone[:30], location.fax[:30]),
        to=_to(referral),
        date=_day(referral.state_since.astimezone(ZoneInfo(location.time_zone)).date()),
        code=referral.code,
        title=gettext("Answer to your referral"),
        patient=_patient(referral),
        sections=(*_asked(request), *sections),
        sign_off=sign_off,
        reply=_reply(referral),
        language=cast("Language", request.written_in),
    )


def _to(referral: Referral) -> Party:
    """As they named themselves; what they did not say, the directory may know."""
    request = referral.request
    known = referral.practice.letterhead() if referral.practice else {}
    name = request.sender or known.get("practice") or gettext("The referring practice")
    address = tuple(line[:MOST_OF_A_LINE] for line in known.get("address", "").splitlines() if line.strip())[:3]
    phone, fax = request.sender_phone or known.get("phone", ""), request.sender_fax or known.get("fax", "")
    return Party(name[:MOST_OF_A_NAME], address, phone[:30], fax[:30])


def _patient(referral: Referral) -> tuple[tuple[str, str], ...]:
    born = referral.patient.birth_date if referral.patient else referral.request.birth_date
    received = referral.request.received_at.astimezone(ZoneInfo(referral.location.time_zone)).date()
    rows = [
        (gettext("Name"), referral.person),
        (gettext("Born"), _day(born) if born else gettext("not said")),
        (gettext("Your referral of"), _day(received)),
    ]
    return tuple((label, value[:MOST_OF_A_LINE]) for label, value in rows)


def _asked(request: Request) -> Iterator[Section]:
    if request.question:
        yield Section(gettext("What you asked"), Paragraphs((request.question,)), yields=4)


def _decided(referral: Referral, decision: Decision) -> Iterator[Section]:
    outcome = Outcome(decision.outcome)
    yield Section(gettext("What we decided"), Paragraphs((gettext(OUTCOMES[outcome]),)))
    if decision.reason:
        yield Section(gettext("Why, in the doctor's words"), Paragraphs((decision.reason,)), yields=2)
    if decision.still_missing:
        yield Section(gettext("What it waits for"), Bullets(tuple(map(str, decision.still_missing))), yields=1)
    plan = tuple((str(name)[:60], str(value)[:200]) for name, value in decision.assessment.shown.get("plan", []))
    if plan and outcome == Outcome.CANDIDATE:
        yield Section(gettext("Plan"), Rows(plan), yields=1)
    asks = tuple(_asks(decision))
    if asks:
        yield Section(gettext("What we ask of you"), Bullets(asks))
    yield Section(gettext("Next"), Paragraphs((gettext(NEXT[outcome]),)))
    told = decision.patient_message
    if decision.patient_language != referral.request.written_in:
        told = f"{gettext(IN_THEIR_LANGUAGE[decision.patient_language])} {told}"
    yield Section(gettext("What the patient was told"), Paragraphs((told,)), yields=3)


def _asks(decision: Decision) -> Iterator[str]:
    """What the referrer can do: above all not to stop a blood thinner without us, nor to let it run on unseen."""
    for row in decision.assessment.facts.get("blood_thinners") or []:
        name = row.get("name") or gettext("a blood thinner")
        yield gettext(
            "The patient takes %(name)s. Please do not stop it: we agree on it with whoever prescribes it. If that is "
            "you, please call us."
        ) % {"name": name[:60]}
    if decision.holds_settled:
        yield decision.holds_settled[:400]


def _not_taken(step: Step, phone: str) -> Iterator[Section]:
    reasons = getattr(step, "status_reason", None)
    words = tuple(gettext(each) for each in reasons.words) if reasons else ()
    yield Section(gettext("Our answer"), Paragraphs((gettext(TURNED_AWAY[State(step.to_state)]),)))
    if words:
        yield Section(gettext("Because"), Bullets(words))
    if step.reason:
        yield Section(gettext("In our words"), Paragraphs((step.reason,)), yields=1)
    stays = gettext("The patient stays in your care. If something changes or you see it otherwise, call us: %(phone)s.")
    yield Section(gettext("What you can do"), Paragraphs((stays % {"phone": phone},)))


def _signed_off(referral: Referral, decision: Decision) -> SignOff:
    at = decision.signed_at.astimezone(ZoneInfo(referral.location.time_zone))
    moment = {"day": _day(at.date()), "time": f"{at:%H:%M}"}
    how = gettext("signed the decision electronically on %(day)s, %(time)s; this letter quotes it") % moment
    return SignOff(decision.signed_name[:MOST_OF_A_NAME], "", how)


def _signed_by(step: Step) -> SignOff:
    role = step.done_by.get_role_display() if step.done_by else ""
    how = gettext("decided on %(day)s") % {"day": _day(step.on)}
    return SignOff(str(step.done_by or Clinic.current().name)[:MOST_OF_A_NAME], role, how)


def _reply(referral: Referral) -> Reply | None:
    link = referral.links.usable().first()
    if link is None:
        return None
    return Reply(
        heading=gettext("Questions, or something new?"),
        words=gettext("Your private link shows where the referral stands, and takes what you want to add."),
        link=follow_address(link),
        otherwise=gettext("Or call us at %(phone)s and say the code.") % {"phone": referral.location.phone},
    )


def _day(day: date) -> str:
    return formats.date_format(day, gettext("j F Y"))


def parts(letter: Letter) -> list[dict[str, Any]]:
    """The sections as a page shows them."""
    return [{"heading": each.heading, "body": each.body, "kind": type(each.body).__name__} for each in letter.sections]
