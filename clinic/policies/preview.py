"""A preview, read: how far it is, how many cases it turns and through which clauses, and which they are."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, Func, JSONField, OuterRef, Q, QuerySet, Sum

from clinic.criteria.reasons import CLAUSE_TITLES
from clinic.criteria.verdicts import AND_ORDER, Verdict
from clinic.people.lists import number
from clinic.people.models import User
from clinic.record.models import Alert, Case, Stage
from clinic.record.reading import with_rows

from .flips import NotWeighed, Weighed, weigh
from .models import Batch, Effect, Flip, Preview, Version

OPEN = (Stage.INTAKE, Stage.REVIEW, Stage.ASKED)
SIZE = 50


def open_cases() -> QuerySet[Case]:
    """Cases on which nobody has decided yet, in the order of their numbers."""
    return Case.objects.filter(stage__in=OPEN, patient__merged_into=None).order_by("pk")


def counting_without(version: Version, day: date) -> Version | None:
    """What counts on a day if this version does not."""
    others = Effect.objects.filter(key=version.key).exclude(version=version).on(day)
    effect = others.select_related("version").first()
    return effect.version if effect else None


def likely_day(version: Version, today: date) -> date:
    """The day from which a version is planned to count, or today."""
    planned = Effect.objects.filter(version=version, from_day__gt=today).order_by("-id").first()
    return planned.from_day if planned and planned.from_day else today


def weighed(batch: Batch) -> Iterator[tuple[Case, Weighed | NotWeighed]]:
    """Each open case of a batch, weighed by both versions. Nine queries."""
    preview = batch.preview
    older, newer = preview.instead_of.criteria, preview.version.criteria
    alert = Alert.objects.filter(case=OuterRef("pk"), kind=Alert.Kind.URGENT, released_at=None)
    cases = open_cases().filter(pk__range=(batch.first_case, batch.last_case)).select_related("patient")
    needed = cases.only("record_final_at", "patient__birth_date").annotate(stopped=Exists(alert))
    for case, rows in with_rows(needed):
        yield case, weigh(rows, preview.day, older, newer, stopped=case.stopped)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Progress:
    """How many cases there were to weigh, and what came of those that are through."""

    cases: int
    through: int
    weighed: int
    urgent: int
    impossible: int

    @property
    def left(self) -> int:
        return self.cases - self.through

    @property
    def not_weighed(self) -> int:
        return self.urgent + self.impossible

    @property
    def percent(self) -> int:
        return self.through * 100 // self.cases if self.cases else 100


def progress(preview: Preview) -> Progress:
    sums = {
        "of_all": Sum("cases"),
        "of_those_through": Sum("cases", filter=Q(weighed_at__isnull=False)),
        "of_weighed": Sum("weighed"),
        "of_urgent": Sum("urgent"),
        "of_impossible": Sum("impossible"),
    }
    return Progress(*(total or 0 for total in preview.batches.aggregate(**sums).values()))


def in_words(verdict: str) -> str:
    """A verdict as a page says it; "" is that of a clause that a version does not have."""
    return verdict.replace("_", " ") or "no such clause"


@dataclass(frozen=True)
class Way:
    """From one verdict to another: how many cases, and how many of them have a plan that goes by this set."""

    before: str
    after: str
    cases: int
    own: int
    clause: str = ""

    @property
    def key(self) -> str:
        return f"{self.before}-{self.after}"

    @property
    def title(self) -> str:
        return CLAUSE_TITLES[self.clause][0]

    @property
    def words(self) -> str:
        return f"{in_words(self.before)} → {in_words(self.after)}"


def ways(preview: Preview) -> list[Way]:
    """The flips by outcome before and after, the worst first."""
    counted = [Way(*row) for row in _counted(preview.flips.all(), "before", "after")]
    return sorted(counted, key=lambda way: (_rank(way.after), _rank(way.before)))


def clauses(preview: Preview) -> list[Way]:
    """The flips by the clause that turns them, the most frequent first; a case stands under each of its clauses."""
    turn = Func(F("turns"), function="jsonb_array_elements", output_field=JSONField())
    found = _counted(preview.flips.annotate(turn=turn), "turn")
    counted = [Way(cases=cases, own=own, **said) for said, cases, own in found]
    return sorted(counted, key=lambda way: (-way.cases, way.title, way.key))


def _counted(flips: QuerySet[Flip], *by: str) -> Iterable[tuple[Any, ...]]:
    """The values of these columns, each with the number of its cases, and of those whose plan goes by the set."""
    grouped = flips.values(*by).annotate(cases=Count("pk"), own_cases=Count("pk", filter=Q(own=True)))
    rows: Iterable[tuple[Any, ...]] = grouped.values_list(*by, "cases", "own_cases")
    return rows


def _rank(verdict: str) -> int:
    return AND_ORDER.index(Verdict(verdict))


@dataclass(frozen=True)
class Filters:
    """Which flips the address asks for; anything that it cannot mean is left out."""

    way: str = ""
    clause: str = ""
    own: bool = False
    after: int = 0

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Filters":
        way, clause = asked.get("way", ""), asked.get("clause", "")
        known = {f"{before}-{after}" for before in AND_ORDER for after in AND_ORDER}
        return cls(
            way=way if way in known else "",
            clause=clause if clause in CLAUSE_TITLES else "",
            own=asked.get("own") == "1",
            after=number(asked.get("after")) or 0,
        )

    @property
    def narrowed(self) -> bool:
        return bool(self.way or self.clause or self.own)

    def query(self, **changed: Any) -> str:
        """The address of the list with something changed."""
        other = replace(self, **changed)
        said = {"way": other.way, "clause": other.clause, "own": int(other.own), "after": other.after}
        return "?" + urlencode({name: value for name, value in said.items() if value})

    @property
    def top(self) -> str:
        """The address of the same list from its beginning."""
        return self.query(after=0)

    def of(self, flips: QuerySet[Flip]) -> QuerySet[Flip]:
        if self.way:
            before, _, after = self.way.partition("-")
            flips = flips.filter(before=before, after=after)
        if self.clause:
            flips = flips.through(self.clause)  # type: ignore[attr-defined]
        return flips.filter(own=True) if self.own else flips


@dataclass(frozen=True)
class Row:
    """One case that would flip, and through which clauses, in words: the clause, and its verdicts."""

    flip: Flip
    through: list[tuple[str, str]]


@dataclass(frozen=True)
class Page:
    """Some of the flips that a person may see, and the address of those that follow."""

    rows: list[Row]
    more_url: str


def page(preview: Preview, user: User, filters: Filters) -> Page:
    """The flips after the place that the address names: as quick at the end of the list as at its start."""
    seen = preview.flips.filter(case__in=Case.objects.visible_to(user), pk__gt=filters.after)
    found = list(filters.of(seen).select_related("case__patient").order_by("pk")[: SIZE + 1])
    rows = [Row(flip, [_turn(**turn) for turn in flip.turns]) for flip in found[:SIZE]]
    return Page(rows, filters.query(after=found[SIZE - 1].pk) if len(found) > SIZE else "")


def _turn(clause: str, before: str, after: str) -> tuple[str, str]:
    return CLAUSE_TITLES[clause][0], f"{in_words(before)} → {in_words(after)}"
