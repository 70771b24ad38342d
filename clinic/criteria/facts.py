"""Facts: what a rule may ask about one patient, as of one proposed date of service.

None is "nobody has said", and never "no". A date is the span of days that it may mean; days that cannot be
(after the date of service, before their own start) have dropped out, and a date of which none is left is
refused. The names are those of facts.schema.json.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

from clinic.criteria.contract import Document, Problem, Refused, check
from clinic.criteria.dates import NoSuchDay, Span, parse
from clinic.criteria.shapes import (
    Allergies,
    BloodThinner,
    Complaint,
    Conditions,
    Exam,
    Injection,
    NerveStudy,
    Patient,
    Plan,
    RedFlags,
    Score,
    Study,
    Therapy,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """One patient's facts. A list is None where nobody has said, and empty where there is none."""

    as_of: date
    record_final: bool
    patient: Patient
    complaint: Complaint
    exam: Exam
    imaging: tuple[Study, ...] | None
    electrodiagnostics: tuple[NerveStudy, ...] | None
    scores: tuple[Score, ...] | None
    therapies: tuple[Therapy, ...] | None
    injections: tuple[Injection, ...] | None
    plan: Plan
    allergies: Allergies
    blood_thinners: tuple[BloodThinner, ...] | None
    conditions: Conditions
    red_flags: RedFlags

    @classmethod
    def parse(cls, document: Any) -> "Facts":
        """From a document of the contract. Raises Refused with each place and its reason."""
        problems = check(document)
        if problems:
            raise Refused(problems)
        return cls.trusted(document)

    @classmethod
    def trusted(cls, document: Document) -> "Facts":
        """From a document that is known to keep the schema; dates that cannot be are refused all the same."""
        try:
            as_of = parse(document["as_of"]).first
        except NoSuchDay as problem:
            raise Refused([("as_of", str(problem))]) from problem
        reader = Reader(document, as_of)
        facts = reader.read()
        if reader.problems:
            raise Refused(reader.problems)
        return facts

    def said(self, path: str) -> Any:
        """The value of a fact outside the lists, such as `plan.guidance`."""
        return _getter(path)(self)


@cache
def _getter(path: str) -> Callable[["Facts"], Any]:
    return attrgetter(path)


Section = TypeVar("Section")


class Reader:
    """Reads one document into facts, and gathers what cannot be."""

    def __init__(self, document: Document, as_of: date) -> None:
        self.document, self.as_of = document, as_of
        self.problems: list[Problem] = []

    def read(self) -> Facts:
        return Facts(
            as_of=self.as_of,
            record_final=self.document.get("record_final") is True,
            patient=self.section(Patient, "patient"),
            complaint=self.complaint(),
            exam=self.exam(),
            imaging=self.studies(Study, "imaging"),
            electrodiagnostics=self.studies(NerveStudy, "electrodiagnostics"),
            scores=self.scores(self.document, "scores"),
            therapies=self.therapies(),
            injections=self.injections(),
            plan=self.plan(),
            allergies=self.section(Allergies, "allergies"),
            blood_thinners=self.blood_thinners(),
            conditions=self.section(Conditions, "conditions"),
            red_flags=self.section(RedFlags, "red_flags"),
        )

    def section(self, shape: type[Section], name: str, **dates: Any) -> Section:
        return _filled(shape, self.document.get(name) or {}, **dates)

    def complaint(self) -> Complaint:
        said = self.document.get("complaint") or {}
        names = ("onset", "exacerbated_on", "new_injury_on")
        return _filled(Complaint, said, **{name: self.span(said, name, "complaint") for name in names})

    def exam(self) -> Exam:
        return self.section(Exam, "exam", on=self.day(self.document.get("exam") or {}, "exam"))

    def plan(self) -> Plan:
        said = self.document.get("plan") or {}
        return _filled(Plan, said, treatment_since=self.span(said, "treatment_since", "plan"))

    def studies(self, shape: type[Section], name: str) -> tuple[Section, ...] | None:
        rows = self.rows(self.document, name)
        return rows and tuple(_filled(shape, row, path=path, on=self.span(row, "on", path)) for path, row in rows)

    def scores(self, parent: Document, name: str, prefix: str = "") -> tuple[Score, ...] | None:
        rows = self.rows(parent, name, prefix)
        return rows and tuple(self.score(row, path) for path, row in rows)

    def score(self, row: Document, path: str) -> Score:
        if row.get("value") is not None and not math.isfinite(row["value"]):
            self.problems.append((f"{path}.value", "it must be a number"))
        return _filled(Score, row, path=path, on=self.day(row, path))

    def therapies(self) -> tuple[Therapy, ...] | None:
        rows = self.rows(self.document, "therapies")
        return rows and tuple(self.therapy(row, path) for path, row in rows)

    def therapy(self, row: Document, path: str) -> Therapy:
        ongoing = row.get("ongoing") is True
        if ongoing and row.get("to") is not None:
            self.problems.append((f"{path}.to", "a therapy that is still going on has no last day"))
        end = Span(self.as_of, self.as_of) if ongoing else self.span(row, "to", path)
        start, end = self.in_order(self.span(row, "from", path), end, f"{path}.to")
        return _filled(Therapy, row, path=path, start=start, end=end)

    def injections(self) -> tuple[Injection, ...] | None:
        rows = self.rows(self.document, "injections")
        return rows and tuple(self.injection(row, path) for path, row in rows)

    def injection(self, row: Document, path: str) -> Injection:
        until = self.span(row, "relief_until", path)
        on, until = self.in_order(self.span(row, "on", path), until, f"{path}.relief_until")
        before, after = (self.scores(row, name, f"{path}.") for name in ("before", "after"))
        return _filled(Injection, row, path=path, on=on, relief_until=until, before=before, after=after)

    def blood_thinners(self) -> tuple[BloodThinner, ...] | None:
        rows = self.rows(self.document, "blood_thinners")
        for path, row in rows or ():
            self.day(row, path, "last_taken")
        return rows and tuple(_filled(BloodThinner, row, path=p, category=row.get("class")) for p, row in rows)

    def rows(self, parent: Document, name: str, prefix: str = "") -> Any:
        listed = parent.get(name)
        if listed is None:
            return None
        return tuple((f"{prefix}{name}[{i}]", row) for i, row in enumerate(listed))

    def span(self, row: Document, name: str, path: str) -> Span:
        """The days up to the date of service that the date may mean; any of them where nobody has said."""
        text = row.get(name)
        if text is None:
            return Span(date.min, self.as_of, said=False)
        try:
            span = parse(text)
        except NoSuchDay as problem:
            return self.impossible(f"{path}.{name}", str(problem))
        if span.first > self.as_of:
            return self.impossible(f"{path}.{name}", f"it lies after {self.as_of}, the date of service")
        return Span(span.first, min(span.last, self.as_of))

    def day(self, row: Document, path: str, name: str = "on") -> date | None:
        return self.span(row, name, path).first if row.get(name) is not None else None

    def in_order(self, start: Span, end: Span, path: str) -> tuple[Span, Span]:
        """Both without the days on which the end would lie before its start."""
        if end.last < start.first:
            self.impossible(path, "the last day lies before the first")
            return start, start
        return (
            Span(start.first, min(start.last, end.last), start.said),
            Span(max(start.first, end.first), end.last, end.said),
        )

    def impossible(self, path: str, because: str) -> Span:
        self.problems.append((path, because))
        return Span(self.as_of, self.as_of)


@cache
def _names(shape: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(shape))


def _filled(shape: type[Section], row: Document, **dates: Any) -> Section:
    """The shape with what the row says; None where it says nothing."""
    hashable: Any = shape
    return shape(**{name: dates[name] if name in dates else row.get(name) for name in _names(hashable)})
