"""Rows of the record -> the facts that a rule may ask about, each with who said it.

Pure: it reads the attributes of rows that somebody else loaded (`Case.objects.with_record()`), and asks nothing of
the database. The names are those of the facts contract (`criteria/facts.schema.json`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

# A later speaker weighs more; the words of the others stay beside it.
WEIGHT = {"patient": 0, "referrer": 1, "record": 2, "doctor": 3}

THERAPY = {
    "kind": "kind",
    "name": "name",
    "prescribed": "prescribed",
    "therapeutic_dose": "therapeutic_dose",
    "active_exercise": "active_exercise",
    "from": "from_date",
    "to": "to_date",
    "ongoing": "ongoing",
    "sessions": "sessions",
    "outcome": "outcome",
    "intolerance_documented": "intolerance_documented",
}
INJECTION = {
    "on": "on",
    "region": "region",
    "approach": "approach",
    "level_count": "level_count",
    "side": "side",
    "drug": "drug",
    "dose_mg": "dose_mg",
    "patient_relief_percent": "patient_relief_percent",
    "relief_until": "relief_until",
    "relief_lasting": "relief_lasting",
    "function_better_or_less_medicine": "function_better_or_less_medicine",
}
BLOOD_THINNER = {
    "name": "name",
    "class": "drug_class",
    "last_taken": "last_taken",
    "hold_agreed_with_prescriber": "hold_agreed_with_prescriber",
}
IMAGING = {name: name for name in ["modality", "on", "finding", "level", "side", "acute_injury", "concordant"]}
NERVE_STUDY = {name: name for name in ["on", "shows_radiculopathy", "concordant", "root"]}
# Two fields that tell one thing: who weighs more on either is heard on both.
SAID_TOGETHER = ({"to", "ongoing"}, {"relief_until", "relief_lasting"})

# Facts that nobody is asked: they follow from the record. The others each have one question or one chart field.
COMPUTED = {
    "record_final": "the chart was closed",
    "patient.age": "birth date, on the day of service",
    "blood_thinners[].name": "the name as written, looked up",
    "blood_thinners[].class": "the name as written, looked up",
    "therapies[].documented": "a document or an outside record is filed under the therapy",
    "injections[].before": "scores filed under the injection",
    "injections[].after": "scores filed under the injection",
}


@dataclass(frozen=True)
class Source:
    """Who said one fact, when, and the row that keeps it (`model` is "record.therapy", `pk` its number)."""

    said_by: str
    recorded_at: datetime
    recorded_by_id: int | None
    model: str
    pk: int
    value: Any


@dataclass(frozen=True)
class Disagreement:
    """Two speakers said different things; `weighed` is the one that the rules see."""

    path: str
    weighed: Source
    other: Source


@dataclass
class Assembled:
    """A facts document in the contract's shape, with the sources of each path (the weighed one last)."""

    document: dict[str, Any]
    sources: dict[str, list[Source]] = field(default_factory=dict)
    rows: dict[str, list[Any]] = field(default_factory=dict)  # path of a list's row -> the record's rows behind it

    @property
    def disagreements(self) -> list[Disagreement]:
        return [
            Disagreement(path, said[-1], other)
            for path, said in self.sources.items()
            for other in said[:-1]
            if other.value != said[-1].value
        ]


def planned_day(case: Any, today: date) -> date:
    """The day of service that is weighed: the one that the doctor plans, or today once that has passed."""
    planned = [date.fromisoformat(row.value) for row in case.statements.all() if row.fact == "as_of"]
    return max([today, *planned])


def assemble(case: Any, as_of: date) -> Assembled:
    """The facts of one case as of one day, from the current rows of its record."""
    facts = Assembled({"as_of": as_of.isoformat(), "record_final": case.record_final_at is not None})
    age = case.patient.age_on(as_of)
    if age is not None:
        facts.document["patient"] = {"age": age}
    _add_statements(facts, case.statements.all())
    documented = {document.therapy_key for document in case.documents.all()}
    _add_rows(facts, "therapies", case.therapies.all(), THERAPY, lambda rows: _documented(rows, documented))
    follow_up = [score for each in case.patient.cases.all() for score in each.scores.all() if score.injection_key]
    _add_rows(facts, "injections", case.patient.injections.all(), INJECTION, lambda rows: _follow_up(rows, follow_up))
    _add_rows(facts, "blood_thinners", case.blood_thinners.all(), BLOOD_THINNER)
    studies = list(case.studies.all())
    _add_rows(facts, "imaging", [row for row in studies if not row.electrodiagnostic], IMAGING)
    _add_rows(facts, "electrodiagnostics", [row for row in studies if row.electrodiagnostic], NERVE_STUDY)
    _add_scores(facts, [score for score in case.scores.all() if not score.injection_key])
    return facts


def _source(row: Any, value: Any) -> Source:
    return Source(row.said_by, row.recorded_at, row.recorded_by_id, row._meta.label_lower, row.pk, value)


def _heaviest_last(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: (WEIGHT[row.said_by], row.pk))


def _add_statements(facts: Assembled, statements: Iterable[Any]) -> None:
    for row in _heaviest_last(statements):
        if row.fact == "as_of":
            continue
        facts.sources.setdefault(row.fact, []).append(_source(row, row.value))
        group, _, name = row.fact.partition(".")
        if name:
            facts.document.setdefault(group, {})[name] = row.value
        else:
            facts.document[group] = row.value


def _add_rows(
    facts: Assembled,
    name: str,
    rows: Iterable[Any],
    columns: Mapping[str, str],
    more: Callable[[list[Any]], dict[str, Any]] = lambda _rows: {},
) -> None:
    """The rows of one list, those under one key merged; none said leaves the list as it was stated, or unsaid."""
    by_key: dict[Any, list[Any]] = {}
    for row in sorted(rows, key=lambda row: row.pk):
        by_key.setdefault(row.key, []).append(row)
    if not by_key:
        return
    facts.document[name] = []
    for index, group in enumerate(by_key.values()):
        path = f"{name}[{index}]"
        facts.rows[path] = _heaviest_last(group)
        facts.document[name].append(_merge(facts, path, facts.rows[path], columns) | more(facts.rows[path]))


def _merge(facts: Assembled, path: str, rows: list[Any], columns: Mapping[str, str]) -> dict[str, Any]:
    """One entry from several speakers, field by field: the heaviest who said something is weighed."""
    entry: dict[str, Any] = {}
    for row in rows:
        said = {name: plain(getattr(row, column)) for name, column in columns.items()}
        said = {name: value for name, value in said.items() if value is not None}
        for pair in SAID_TOGETHER:
            if pair & said.keys():
                for name in pair:
                    entry.pop(name, None)
        entry |= said
        for name, value in said.items():
            facts.sources.setdefault(f"{path}.{name}", []).append(_source(row, value))
    return entry


def plain(value: Any) -> Any:
    """A column's value as the contract writes it; None for what nobody has said."""
    if value in ("", None):
        return None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def _documented(rows: list[Any], documented: set[Any]) -> dict[str, Any]:
    return {"documented": rows[0].key in documented or any(row.said_by == "record" for row in rows)}


def _result(score: Any) -> dict[str, Any]:
    return {"scale": score.scale, "value": plain(score.value), "on": score.on.isoformat()}


def _follow_up(rows: list[Any], scores: Iterable[Any]) -> dict[str, Any]:
    """The scales before and after one session; a moment at which none was taken stays unsaid."""
    mine = [score for score in scores if score.injection_key == rows[0].key]
    moments = {name: [_result(score) for score in mine if score.moment == name] for name in ("before", "after")}
    return {name: results for name, results in moments.items() if results}


def _add_scores(facts: Assembled, scores: Iterable[Any]) -> None:
    by_identity: dict[tuple[Any, ...], list[Any]] = {}
    for score in sorted(scores, key=lambda score: (score.on, score.pk)):
        by_identity.setdefault((score.scale, score.on, score.period), []).append(score)
    if by_identity:
        facts.document["scores"] = []
    for index, group in enumerate(by_identity.values()):
        rows = _heaviest_last(group)
        path = f"scores[{index}]"
        facts.rows[path] = rows
        facts.sources[path] = [_source(row, plain(row.value)) for row in rows]
        period = {"period": rows[-1].period} if rows[-1].period else {}
        facts.document["scores"].append(_result(rows[-1]) | period)
