"""Made-up facts documents for the tests: the default patient with changes, and whole documents by chance."""

import json
import re
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from clinic.criteria.contract import schema
from clinic.criteria.dates import Span, add_months, parse

HERE = Path(__file__).parent
DEFAULT = json.loads((HERE / "default_patient.json").read_text("utf-8"))
VIGNETTES = json.loads((HERE / "vignettes.json").read_text("utf-8"))
AS_OF = date(2026, 6, 1)

Document = dict[str, Any]


def merged(target: Any, patch: Any) -> Any:
    """JSON Merge Patch, RFC 7396."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result


def patient(**patch: Any) -> Document:
    """The default patient, changed."""
    return deepcopy(merged(DEFAULT, patch))


def session(on: str, **said: Any) -> Document:
    """A lumbar session that brought 62.5 % for a long time, changed."""
    usual = {
        "on": on,
        "region": "lumbar",
        "side": "left",
        "approach": "transforaminal",
        "level_count": 1,
        "patient_relief_percent": 60,
        "before": [{"scale": "NRS", "value": 8}],
        "after": [{"scale": "NRS", "value": 3}],
        "function_better_or_less_medicine": True,
    }
    return {name: value for name, value in {**usual, **said}.items() if value is not None}


def by_chance(seed: int) -> Document:
    """A document of the contract with values and dates near those that the sets ask about."""
    return _Chance(Random(seed)).document()


def leaves(document: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of everything that is said, but for the date of service and whether the record is final."""
    if isinstance(document, dict):
        return [leaf for name, value in document.items() for leaf in leaves(value, (*path, name))]
    if isinstance(document, list):
        inner = [leaf for i, value in enumerate(document) for leaf in leaves(value, (*path, i))]
        return [*inner, path]
    return [] if document is None or path in {("as_of",), ("record_final",)} else [path]


def without(document: Document, path: tuple[Any, ...]) -> Document:
    """The document with one fact removed."""
    changed = deepcopy(document)
    at = changed
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = None
    return changed


class _Chance:
    """Draws a document from the schema; each fact is said four times of five."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.said = random.choice([0.7, 0.9, 1.0])

    def document(self) -> Document:
        sections = {
            name: shape for name, shape in schema()["properties"].items() if name not in ("as_of", "record_final")
        }
        base: Document = deepcopy(DEFAULT)
        for name, shape in sections.items():
            if name in ("injections", "therapies") or self.random.random() < 0.5:
                base[name] = self.value(name, shape)
        base["record_final"] = None
        return base

    def value(self, name: str, shape: Document) -> Any:
        if self.random.random() > self.said:
            return None
        if "properties" in shape:
            return self.tidy({key: self.value(key, inner) for key, inner in shape["properties"].items()})
        if "items" in shape:
            return [
                self.tidy(self.value(name, shape["items"]) or {}) for _ in range(self.random.choice([0, 1, 1, 2, 3, 6]))
            ]
        if "enum" in shape:
            return self.random.choice([word for word in shape["enum"] if word])
        if "pattern" in shape:
            return self.full_date() if "format" in shape else self.date()
        kinds = shape["type"]
        if "boolean" in kinds:
            return self.random.random() < 0.5
        if "string" in kinds:
            return self.random.choice(["", "a reason"])
        if name == "patient_relief_percent":
            return self.random.choice([0, 29, 30, 49.99, 50, 80])
        return self.random.choice([1, 2, 3] if "integer" in kinds else [0, 2, 3.5, 4, 6, 8])

    def tidy(self, row: Document) -> Document:
        """Without what cannot be: an end before its start, a last day of what still goes on."""
        for first, last in (("from", "to"), ("on", "relief_until")):
            if row.get(first) and row.get(last) and row[first][:10] > row[last][-10:]:
                row[last] = row[first]
        if row.get("ongoing"):
            row["to"] = None
        for name in ("region", "kind"):
            if name in row and self.random.random() < 0.5:
                row[name] = {"region": "lumbar", "kind": "physical_therapy"}[name]
        return row

    def day(self) -> date:
        limits = [AS_OF, *(AS_OF - timedelta(days=n) for n in (14, 28, 30, 42, 60))]
        limits += [add_months(AS_OF, -n) for n in (3, 6, 12, 24)]
        return min(AS_OF, self.random.choice(limits) + timedelta(days=self.random.choice([-9, -1, 0, 0, 1, 9])))

    def full_date(self) -> str:
        return self.day().isoformat()

    def date(self) -> str:
        day = self.day()
        chance = self.random.random()
        if chance < 0.6:
            return day.isoformat()
        if chance < 0.75:
            return day.isoformat()[:7]
        end = min(AS_OF, day + timedelta(days=self.random.choice([0, 1, 5, 20])))
        return f"{day}/{end}"


def inexact(document: Document) -> list[tuple[Any, ...]]:
    """The paths of partial dates, and of last days that nobody has said of a therapy that began on a known day."""
    partial = [leaf for leaf in leaves(document) if _is_partial(_at(document, leaf))]
    rows = document.get("therapies") or []
    open_ends = [
        ("therapies", i, "to")
        for i, row in enumerate(rows)
        if row.get("from") and not row.get("to") and not row.get("ongoing")
    ]
    return partial + open_ends


def readings(document: Document, path: tuple[Any, ...]) -> list[Document]:
    """The document on each of the days that one inexact date could be; those that cannot be are refused later."""
    text = _at(document, path)
    if text is None:
        start = parse(_at(document, (*path[:-1], "from"))).first
        span = Span(start, date.fromisoformat(document["as_of"]))
    else:
        span = parse(text)
    days = (span.last - span.first).days + 1
    return [_with(document, path, (span.first + timedelta(days=n)).isoformat()) for n in range(days)]


def _is_partial(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"\d{4}(-\d\d)?|\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d", value))


def _at(document: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        document = document[step] if isinstance(step, int) else document.get(step)
    return document


def _with(document: Document, path: tuple[Any, ...], value: Any) -> Document:
    changed = without(document, path)
    _at(changed, path[:-1])[path[-1]] = value
    return changed


def sessions_by_chance(seed: int) -> Document:
    """The default patient after earlier injections, with dates and relief near what the sets ask about."""
    random = Random(seed)
    chance = _Chance(random)
    chance.said = 1.0
    rows = [chance.tidy(_session_by_chance(chance, random)) for _ in range(random.choice([1, 1, 2, 3]))]
    plan = {
        "differs_from_last": random.choice([True, False, None]),
        "rationale": "another approach",
        "treatment_since": random.choice([None, chance.date()]),
        "beyond_a_year_reason": "declines_surgery",
        "primary_care_notified": True,
    }
    return patient(injections=rows, plan=plan, complaint={"new_pathology": random.choice([None, False])})


def crowded_by_chance(seed: int) -> Document:
    """The default patient with several scores, images and nerve studies of which each may be the one that decides."""
    random = Random(seed)
    scores = [
        {
            "scale": random.choice(["NRS", "VAS", "PEG", None]),
            "value": random.choice([3, 5, 6, 7, 8, None]),
            "on": random.choice([None, "2026-05-10", "2026-05-20", "2026-05-20"]),
            "period": random.choice([None, "average", "average", "now"]),
        }
        for _ in range(random.choice([2, 3, 4]))
    ]
    images = [
        {
            "modality": random.choice(["mri", "ct", "x_ray", None]),
            "on": random.choice([None, "2026-05", "2024-06-01", "2024-05-31"]),
            "concordant": random.choice([True, False, None]),
            "acute_injury": random.choice([True, False, None]),
        }
        for _ in range(random.choice([2, 3]))
    ]
    studies = [
        {"shows_radiculopathy": random.choice([True, False, None]), "concordant": random.choice([True, False, None])}
        for _ in range(random.randrange(3))
    ]
    said = random.choice(["mild", "severe", None])
    return patient(scores=scores, imaging=images, electrodiagnostics=studies, complaint={"severity_in_words": said})


def _session_by_chance(chance: _Chance, random: Random) -> Document:
    follow_ups = [
        {"scale": random.choice(["NRS", "NRS", "RMDQ"]), "value": random.choice([3, 7]), "on": chance.full_date()}
        for _ in range(random.randrange(3))
    ]
    return session(
        chance.date(),
        region=random.choice(["lumbar", "lumbar", "lumbar", None]),
        side=random.choice(["left", "both", None]),
        patient_relief_percent=random.choice([20, 60, 60, None]),
        relief_until=random.choice([None, chance.date()]),
        relief_lasting=random.choice([None, None, True, False]),
        after=follow_ups,
    )
