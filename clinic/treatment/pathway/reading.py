"""Where a candidate stands: what the payer said last, which holds are open, and what questions the decision."""

from collections.abc import Iterable

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery

from clinic.authorization.lifecycle import Kind
from clinic.authorization.models import Step as PayerStep
from clinic.criteria.safety import HOLDS
from clinic.people.models import CLINICAL_ROLES, User
from clinic.record.models import Stage

from .models import Note, Pathway, PathwayQuerySet
from .next_step import Standing

# A hold in two or three words, as a row of the list has room for.
HOLD_NAMES = {key: key.replace("_", " ").capitalize() for key in (*HOLDS, "blood_thinner", "diabetes")}


def may_own() -> QuerySet[User]:
    """Who may have a candidate: clinical staff who work here."""
    return User.objects.filter(role__in=CLINICAL_ROLES, is_active=True).order_by("name", "pk")


def with_payer(rows: PathwayQuerySet) -> PathwayQuerySet:
    """With `payer`, `payer_last_day` and `payer_number`: the latest word of the payer's that stands."""
    words = PayerStep.objects.current().filter(decision=OuterRef("decision")).order_by("-pk")
    columns = {"payer": "kind", "payer_last_day": "last_day", "payer_number": "reference", "payer_said_on": "on"}
    return rows.annotate(**{name: Subquery(words.values(column)[:1]) for name, column in columns.items()})


def with_people(rows: PathwayQuerySet) -> PathwayQuerySet:
    """With everything that a row and a page show, in a fixed number of queries."""
    settled = Prefetch("notes", Note.objects.filter(kind=Note.Kind.HOLD_SETTLED), to_attr="settled")
    joined = rows.select_related("case__patient", "case__location", "owner", "decision__assessment")
    heavy = ("facts", "sources", "determinations", "shown")
    lean = joined.defer(*(f"decision__assessment__{name}" for name in heavy))
    return with_payer(lean).prefetch_related(settled)


def open_holds(pathway: Pathway) -> list[str]:
    """Keys of the holds that were signed with the decision and that nobody has noted as settled since."""
    held = [hold["key"] for hold in pathway.decision.assessment.safety.get("holds", [])]
    settled = {note.hold for note in pathway.settled}
    return [key for key in held if key not in settled]


def hold_names(keys: Iterable[str]) -> list[str]:
    return [HOLD_NAMES.get(key, key.replace("_", " ").capitalize()) for key in keys]


def in_question(pathway: Pathway) -> bool:
    """Whether something was reported since the decision that a doctor has not looked into."""
    case = pathway.case
    return bool(case.urgent_since or case.changed_since) or case.stage != Stage.DECIDED


def standing(pathway: Pathway) -> Standing:
    """What the next step of one that was read `with_people` follows from."""
    return Standing(
        payer=Kind(pathway.payer) if pathway.payer else None,
        last_day=pathway.payer_last_day,
        booked_on=pathway.booked_on,
        open_holds=len(open_holds(pathway)),
        in_question=in_question(pathway),
    )
