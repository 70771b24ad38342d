"""Rows of the record -> the facts that a rule may ask about, each with who said it.

Pure: it reads the attributes of rows that somebody else loaded (`Case.objects.with_record()`, or many cases at once
by `record/reading.py`), and asks nothing of the database. The names are those of the facts contract
(`criteria/facts.schema.json`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple

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
# Of the record and not of the contract: no rule asks for injections elsewhere than in the epidural space.
OTHER_INJECTION = {name: name for name in ["on", "site", "drug", "dose_mg"]}
APART = frozenset({"as_of", "other_injections"})  # statements that are no fact


class Entries(NamedTuple):
    """A list of the contract: its name, the model whose rows it is made of, and which column says which fact."""

    name: str
    model: str
    facts: tuple[str, ...]
    said: Callable[[Any], tuple[Any, ...]]

    @classmethod
    def of(cls, name: str, model: str, columns: Mapping[str, str]) -> "Entries":
        return cls(name, model, tuple(columns), attrgetter(*columns.values()))


THERAPIES = Entries.of("therapies", "record.therapy", THERAPY)
INJECTIONS = Entries.of("injections", "record.injection", INJECTION)
BLOOD_THINNERS = Entries.of("blood_thinners", "record.bloodthinner", BLOOD_THINNER)
IMAGES = Entries.of("imaging", "record.study", IMAGING)
NERVE_STUDIES = Entries.of("electrodiagnostics", "record.study", NERVE_STUDY)
OTHER_INJECTIONS = Entries.of("other_injections", "record.otherinjection", OTHER_INJECTION)
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


class Source(NamedTuple):
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

    def __or__(self, beside: "Assembled") -> "Assembled":
        """Both in one, for whoever shows everything that is on record."""
        return Assembled(self.document | beside.document, self.sources | beside.sources, self.rows | beside.rows)

    @property
    def disagreements(self) -> list[Disagreement]:
        return [
            Disagreement(path, said[-1], other)
            for path, said in self.sources.items()
            for other in said[:-1]
            if other.value != said[-1].value
        ]


@dataclass
class Rows:
    """The current rows of one case's record: models, or tuples with the names of their columns.

    `scores` are the case's own; `follow_up` are those of the patient that are filed under an injection.
    """

    record_final: bool
    age_on: Callable[[date], int | None]
    statements: Sequence[Any] = ()
    therapies: Sequence[Any] = ()
    injections: Sequence[Any] = ()
    blood_thinners: Sequence[Any] = ()
    studies: Sequence[Any] = ()
    scores: Sequence[Any] = ()
    follow_up: Sequence[Any] = ()
    documented: Iterable[Any] = ()  # the keys of therapies under which a document is filed

    @classmethod
    def of(cls, case: Any) -> "Rows":
        """Of a case that was loaded with its record."""
        everywhere = [score for each in case.patient.cases.all() for score in each.scores.all()]
        return cls(
            record_final=case.record_final_at is not None,
            age_on=case.patient.age_on,
            statements=case.statements.all(),
            therapies=case.therapies.all(),
            injections=case.patient.injections.all(),
            blood_thinners=case.blood_thinners.all(),
            studies=case.studies.all(),
            scores=[score for score in case.scores.all() if not score.injection_key],
            follow_up=[score for score in everywhere if score.injection_key],
            documented=[document.therapy_key for document in case.documents.all()],
        )

    def planned_day(self, today: date) -> date:
        """The day of service that is weighed: the one that the doctor plans, or today once that has passed."""
        planned = [date.fromisoformat(row.value) for row in self.statements if row.fact == "as_of"]
        return max([today, *planned])

    def assemble(self, as_of: date) -> Assembled:
        """The facts as of one day."""
        facts = Assembled({"as_of": as_of.isoformat(), "record_final": self.record_final})
        age = self.age_on(as_of)
        if age is not None:
            facts.document["patient"] = {"age": age}
        _add_statements(facts, self.statements)
        nerve_studies = [row for row in self.studies if row.electrodiagnostic]
        images = [row for row in self.studies if not row.electrodiagnostic]
        _add_rows(facts, THERAPIES, self.therapies, lambda rows: _documented(rows, self.documented))
        _add_rows(facts, INJECTIONS, self.injections, lambda rows: _follow_up(rows, self.follow_up))
        _add_rows(facts, BLOOD_THINNERS, self.blood_thinners)
        _add_rows(facts, IMAGES, images)
        _add_rows(facts, NERVE_STUDIES, nerve_studies)
        _add_scores(facts, self.scores)
        return facts


def planned_day(case: Any, today: date) -> date:
    """The day of service of a case that was loaded with its record."""
    return Rows.of(case).planned_day(today)


def assemble(case: Any, as_of: date) -> Assembled:
    """The facts of one case, loaded with its record, as of one day."""
    return Rows.of(case).assemble(as_of)


def assemble_other_injections(statements: Iterable[Any], rows: Iterable[Any]) -> Assembled:
    """The one list that stands beside the facts: absent where nobody has said, empty where there is none."""
    apart = Assembled({})
    for row in _heaviest_last(row for row in statements if row.fact == OTHER_INJECTIONS.name):
        apart.document[row.fact] = row.value
    _add_rows(apart, OTHER_INJECTIONS, rows)
    return apart


def _source(model: str, row: Any, value: Any) -> Source:
    return Source(row.said_by, row.recorded_at, row.recorded_by_id, model, row.pk, value)


def _heaviest_last(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: (WEIGHT[row.said_by], row.pk))


def _add_statements(facts: Assembled, statements: Iterable[Any]) -> None:
    for row in _heaviest_last(statements):
        if row.fact in APART:
            continue
        facts.sources.setdefault(row.fact, []).append(_source("record.statement", row, row.value))
        group, _, name = row.fact.partition(".")
        if name:
            facts.document.setdefault(group, {})[name] = row.value
        else:
            facts.document[group] = row.value


def _add_rows(
    facts: Assembled,
    entries: Entries,
    rows: Iterable[Any],
    more: Callable[[list[Any]], dict[str, Any]] = lambda _rows: {},
) -> None:
    """The rows of one list, those under one key merged; none said leaves the list as it was stated, or unsaid."""
    by_key: dict[Any, list[Any]] = {}
    for row in sorted(rows, key=attrgetter("pk")):
        by_key.setdefault(row.key, []).append(row)
    if not by_key:
        return
    facts.document[entries.name] = []
    for index, group in enumerate(by_key.values()):
        path = f"{entries.name}[{index}]"
        facts.rows[path] = _heaviest_last(group)
        merged = _merge(facts, path, facts.rows[path], entries)
        facts.document[entries.name].append(merged | more(facts.rows[path]))


def _merge(facts: Assembled, path: str, rows: list[Any], entries: Entries) -> dict[str, Any]:
    """One entry from several speakers, field by field: the heaviest who said something is weighed."""
    entry: dict[str, Any] = {}
    for row in rows:
        columns = zip(entries.facts, map(plain, entries.said(row)), strict=True)
        said = {name: value for name, value in columns if value is not None}
        for pair in SAID_TOGETHER:
            if entry and pair & said.keys():
                for name in pair:
                    entry.pop(name, None)
        entry |= said
        for name, value in said.items():
            facts.sources.setdefault(f"{path}.{name}", []).append(_source(entries.model, row, value))
    return entry


def plain(value: Any) -> Any:
    """A column's value as the contract writes it; None for what nobody has said."""
    if value is None or value == "":
        return None
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def _documented(rows: list[Any], documented: Iterable[Any]) -> dict[str, Any]:
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
        facts.sources[path] = [_source("record.score", row, plain(row.value)) for row in rows]
        period = {"period": rows[-1].period} if rows[-1].period else {}
        facts.document["scores"].append(_result(rows[-1]) | period)
