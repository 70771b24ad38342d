"""The records of many cases at once, for what weighs thousands: the same rows as `Case.objects.with_record()` loads,
as tuples of the columns that facts are made of, in as many queries for a thousand cases as for one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from . import facts
from .facts import Rows
from .models import BloodThinner, Case, Document, Injection, Score, Statement, Study, Therapy

SAID = ("pk", "said_by", "recorded_at", "recorded_by_id")
SCORED = ("scale", "value", "on", "period", "injection_key", "moment")
Grouped = Mapping[Any, list[Any]]


def with_rows(cases: Iterable[Case]) -> Iterator[tuple[Case, Rows]]:
    """Each case with its rows, in the order given. Eight queries; `patient` should be loaded with the cases."""
    listed = list(cases)
    mine = {"case__in": [case.pk for case in listed]}
    patients = {"patient__in": {case.patient_id for case in listed}}
    by_case = {
        "statements": _read(Statement.objects.filter(**mine), "case_id", "fact", "value"),
        "therapies": _read(Therapy.objects.filter(cases__in=mine["case__in"]), "cases", "key", *facts.THERAPY.values()),
        "blood_thinners": _read(BloodThinner.objects.filter(**mine), "case_id", "key", *facts.BLOOD_THINNER.values()),
        "studies": _read(Study.objects.filter(**mine), "case_id", "key", "electrodiagnostic", *_study_columns()),
        "scores": _read(Score.objects.filter(injection_key=None, **mine), "case_id", *SCORED),
    }
    by_patient = {
        "injections": _read(Injection.objects.filter(**patients), "patient_id", "key", *facts.INJECTION.values()),
        "follow_up": _follow_up(patients["patient__in"]),
    }
    documented = _documented(mine["case__in"])
    for case in listed:
        own = {name: rows.get(case.pk, ()) for name, rows in by_case.items()}
        own |= {name: rows.get(case.patient_id, ()) for name, rows in by_patient.items()}
        final = case.record_final_at is not None
        yield case, Rows(final, case.patient.age_on, documented=documented.get(case.pk, ()), **own)


def _study_columns() -> list[str]:
    return list(dict.fromkeys([*facts.IMAGING.values(), *facts.NERVE_STUDY.values()]))


def _read(rows: QuerySet[Any], owner: str, *columns: str) -> Grouped:
    """The current rows by whose they are; said in the order in which they were written."""
    return _grouped(rows.current().values_list(owner, *SAID, *columns, named=True))  # type: ignore[attr-defined]


def _follow_up(patients: Iterable[int]) -> Grouped:
    """Scores that are filed under a session, whichever case of the patient they were taken in."""
    rows = Score.objects.current().filter(injection_key__isnull=False, case__patient__in=patients)
    return _grouped(rows.order_by("case", "pk").values_list("case__patient_id", *SAID, *SCORED, named=True))


def _documented(cases: Iterable[int]) -> Grouped:
    """The keys of therapies under which something is filed."""
    filed = Document.objects.current().filter(case__in=cases, therapy_key__isnull=False)
    grouped = defaultdict(list)
    for case, key in filed.values_list("case_id", "therapy_key"):
        grouped[case].append(key)
    return grouped


def _grouped(rows: Iterable[Any]) -> Grouped:
    grouped = defaultdict(list)
    for row in rows:
        grouped[row[0]].append(row)
    return grouped
