"""What other rooms ask: which rules count on a day, and which of them a patient's plan goes by."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Func, Min, OuterRef, QuerySet, Subquery, TextField

from clinic.people.models import Patient, Plain

from .kept import Kept
from .models import Effect, PlanMapping, Version


def in_effect(day: date) -> tuple[Kept, ...]:
    """The sets that count on a day, each with its sign-off, by key. Two queries."""
    versions = Version.objects.filter(effects__in=Effect.objects.on(day)).with_sign_offs()
    return tuple(version.kept for version in versions.order_by("key"))


def own_key(payer: str, plan_name: str = "") -> str | None:
    """The key of the set that a plan goes by: what is said of this plan, else of every plan of the payer.

    Capitals, accents and blanks around do not matter. None where the clinic said nothing of them.
    """
    if not payer.strip():
        return None
    of_payer = PlanMapping.objects.of_payer(payer)
    fits = of_payer.filter(plan_name="") | of_payer.of_plan(plan_name)
    return fits.order_by("-plan_name").values_list("key", flat=True).first()


class _Squeezed(Func):
    """Words without blanks around them, and with one between them."""

    template = r"regexp_replace(btrim(%(expressions)s), '\s+', ' ', 'g')"
    output_field = TextField()


def going_by(key: str, patients: Iterable[int]) -> set[int]:
    """Which of these patients have a plan that goes by the set: as `own_key` says it, of many in one query."""
    named = Patient.objects.filter(pk__in=patients).exclude(payer="")
    named = named.alias(plain_payer=Plain(_Squeezed("payer")), plain_plan=Plain(_Squeezed("plan_name")))
    theirs = Subquery(_fitting().order_by("-plan_name").values("key")[:1])
    return set(named.alias(goes_by=theirs).filter(goes_by=key).values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Named:
    """A payer, and perhaps a plan, in the words of the patients who named it, and how many of them there are."""

    payer: str
    plan_name: str
    patients: int


MOST_NAMED = 100


def named_but_not_mapped() -> list[Named]:
    """Payers and plans as patients named them that go by no set, the most frequent first. Counts alone, no person."""
    patients = Patient.objects.exclude(payer="").values(plain_payer=Plain("payer"), plain_plan=Plain("plan_name"))
    named = patients.filter(~Exists(_fitting())).annotate(
        said_payer=Min("payer"), said_plan=Min("plan_name"), patients=Count("pk")
    )
    found = named.order_by("-patients", "said_payer", "said_plan")[:MOST_NAMED]
    return [Named(row["said_payer"], row["said_plan"], row["patients"]) for row in found]


def _fitting() -> QuerySet[PlanMapping]:
    """What is said of the payer, and of the plan or of every plan, of the patient in the outer query."""
    of_payer = PlanMapping.objects.alias(its_payer=Plain("payer"), its_plan=Plain("plan_name")).filter(
        its_payer=OuterRef("plain_payer")
    )
    return of_payer.filter(plan_name="") | of_payer.filter(its_plan=OuterRef("plain_plan"))
