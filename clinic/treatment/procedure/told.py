"""What the patient reads of a blood thinner: the days that were agreed, and never one of the software's own."""

from collections.abc import Sequence
from datetime import date

from django.utils import translation
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clinic.paper.handout import Handout, Node, handout
from clinic.paper.shapes import Party
from clinic.people.models import Clinic
from clinic.record.models import Case

from .models import ThinnerPlan


def sentences(plan: ThinnerPlan) -> list[str]:
    """What was agreed on one medicine, in plain sentences of the language that is in force."""
    known = {"name": plan.name, "who": plan.agreed_with, "day": _day(plan.agreed_on)}
    if plan.goes_on or plan.last_dose_on is None:
        days = [_("Keep taking %(name)s. Do not stop it for the injection.") % known]
    else:
        last = known | {"day": _day(plan.last_dose_on)}
        days = [_("Take %(name)s for the last time on %(day)s.") % last, _again(plan)]
    own_words = [_("Your clinic adds: “%(words)s”") % {"words": plan.words}] if plan.words else []
    return [*days, *own_words, _("These days were agreed on %(day)s with %(who)s.") % known]


def _again(plan: ThinnerPlan) -> str:
    if plan.first_dose_on is None:
        return _("We will tell you when to take it again. If nobody has told you on the day of the injection, ask us.")
    return _("Take it again from %(day)s.") % {"day": _day(plan.first_dose_on)}


def _day(day: date) -> str:
    return date_format(day, _("l, j F Y"))


def for_when(case: Case) -> list[str]:
    """The day of the injection that the days of a blood thinner belong to; nothing while none is booked."""
    way = case.pathways.with_a_day()
    return [_("Your injection is on %(day)s.") % {"day": _day(way.booked_on)}] if way and way.booked_on else []


def warning(phone: str) -> list[str]:
    """What holds for every blood thinner."""
    return [
        _("Do not stop a blood thinner by yourself. These days are for this injection only."),
        _("If the day of your injection changes, or you are not sure, call us first: %(phone)s.") % {"phone": phone},
    ]


def pdf(case: Case, plans: Sequence[ThinnerPlan]) -> bytes:
    """The sheet that the clinic hands out, in the patient's own language."""
    with translation.override(case.patient.language):
        clinic = Clinic.current()
        phone = case.location.phone or clinic.phone
        agreed = [*_paragraphs(for_when(case)), *(node for plan in plans for node in _medicine(plan))]
        return handout(
            Handout(
                letterhead=Party(clinic.name, phone=phone[:30]),
                title=_("Your blood thinner and the injection"),
                answer=_("Please keep to these days. They were agreed for you."),
                status=f"{case.patient}, {case.reference}",
                nodes=[*agreed, {"kind": "warning", "urgent": True, "nodes": _paragraphs(warning(phone))}],
                language="es" if case.patient.language == "es" else "en",
            )
        )


def _medicine(plan: ThinnerPlan) -> list[Node]:
    return [{"kind": "heading", "text": capfirst(plan.name)}, *_paragraphs(sentences(plan))]


def _paragraphs(texts: Sequence[str]) -> list[Node]:
    return [{"kind": "paragraph", "runs": [[text, ""]]} for text in texts]
