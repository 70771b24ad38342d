"""Which payer refused by which clause, what became of it, and what our own assessment had said of that clause."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from clinic.criteria.dates import add_months

from .grounds import VERDICTS, title
from .lifecycle import Kind
from .models import Ground, PayerStepQuerySet, Step

# How far back, by months; "" is the year that the page opens with.
PERIODS: Mapping[str, str] = {
    "": "The last 12 months",
    "3": "The last 3 months",
    "36": "The last 3 years",
    "all": "All",
}
MONTHS = {"": 12, "3": 3, "36": 36}


@dataclass(frozen=True)
class ClauseLine:
    """One payer, one clause. `ours` counts what our assessments had said of it: ("not met", 2)."""

    key: str
    refused: int
    appealed: int
    overturned: int
    upheld: int
    ours: tuple[tuple[str, int], ...]

    @property
    def title(self) -> str:
        return title(self.key)


@dataclass
class PayerPart:
    """One payer: how many decisions it answered, and its refusals by clause, the most frequent first."""

    payer: str
    approved: int
    refused: int
    lines: list[ClauseLine] = field(default_factory=list)

    @property
    def answered(self) -> int:
        return self.approved + self.refused


def narrowed(steps: PayerStepQuerySet, said: Mapping[str, str], today: date) -> PayerStepQuerySet:
    """The first answers that the filters leave."""
    period = said.get("period", "")
    if period in MONTHS:
        steps = steps.filter(on__gt=add_months(today, -MONTHS[period]))
    if payer := said.get("payer"):
        steps = steps.filter(payer=payer)
    if clause := said.get("clause"):
        steps = steps.by_clause(clause)
    return steps


def by_payer(steps: PayerStepQuerySet, clause: str = "") -> list[PayerPart]:
    """The refusals among these first answers, by payer and clause. Two queries, however many answers."""
    answered = (
        steps.order_by()
        .values("payer")
        .annotate(approved=Count("pk", Q(kind=Kind.APPROVED)), refused=Count("pk", Q(kind=Kind.REFUSED)))
    )
    parts = {row["payer"]: PayerPart(**row) for row in answered.order_by("payer")}
    for row in _by_clause(steps, clause):
        parts[row["step__payer"]].lines.append(_line(row))
    return list(parts.values())


def _by_clause(steps: PayerStepQuerySet, clause: str) -> Iterable[Mapping[str, Any]]:
    said = Ground.objects.filter(step__in=steps, **({"clause": clause} if clause else {}))
    came = {f"came_{kind}": _came(kind) for kind in (Kind.APPEALED, Kind.OVERTURNED, Kind.UPHELD)}
    ours = {f"ours_{verdict}": Count("pk", Q(ours=verdict)) for verdict in VERDICTS}
    counts = {name.removeprefix("came_"): Count("pk", Q((name, True))) for name in came}
    counted = said.annotate(**came).values("step__payer", "clause").annotate(refused=Count("pk"), **counts, **ours)
    return counted.order_by("step__payer", "-refused", "clause")


def _came(kind: Kind) -> Exists:
    return Exists(Step.objects.current().filter(decision=OuterRef("step__decision"), kind=kind))


def _line(row: Mapping[str, Any]) -> ClauseLine:
    ours = tuple((words, row[f"ours_{verdict}"]) for verdict, words in VERDICTS.items() if row[f"ours_{verdict}"])
    counts = {name: row[name] for name in ("refused", "appealed", "overturned", "upheld")}
    return ClauseLine(key=row["clause"], ours=ours, **counts)
