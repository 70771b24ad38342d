"""Every fact of the contract has one home: a question, a chart field, or a computation."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import clinic.criteria
from clinic.candidacy.chart import GROUPS
from clinic.intake.questions import SCORED, facts_asked
from clinic.record.facts import COMPUTED

SCHEMA = json.loads((Path(clinic.criteria.__file__).parent / "facts.schema.json").read_text())

# Kept and shown; no rule asks for it.
BESIDE = {"blood_thinners[].agreed_with", "other_injections[].drug", "other_injections[].dose_mg"}


def leaves(schema: dict[str, Any], path: str = "") -> Iterator[str]:
    """Paths such as "plan.approach" and "therapies[].from"; a list of results is one fact of its row."""
    for name, inner in schema.get("properties", {}).items():
        here = f"{path}.{name}" if path else name
        if "items" in inner and not path:
            yield from leaves(inner["items"], f"{here}[]")
        elif "properties" in inner:
            yield from leaves(inner, here)
        else:
            yield here


def homes() -> list[str]:
    """Each home's fact; a field by which the doctor corrects the patient's answer is no second home."""
    fields = [field.fact for group in GROUPS for field in group.fields if not field.corrects]
    inner = [
        f"{rows.path}[].{field.fact}"
        for group in GROUPS
        for rows in group.rows
        for field in rows.fields
        if not field.corrects
    ]
    return [*facts_asked(), *SCORED, *fields, *inner, *COMPUTED]


def test_every_fact_has_exactly_one_home():
    known, found = sorted(leaves(SCHEMA)), homes()
    assert set(found) - set(known) == BESIDE
    assert [fact for fact in known if found.count(fact) != 1] == []
