"""What a letter says, put together from an order as plain data: page, paper and signature have the same. Pure.

A letter is {"title", "urgency", "date", "patient", "warning", "sections", "sign_off"}; a section is {"heading", "kind",
"yields", and "texts", "items", "rows" or "head" with "rows"}, as `clinic.paper.shapes` has them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from clinic.candidacy.evidence import say_day

from .asked import GOALS, LONGEST_AT_ONCE, MOST_AT_ONCE, SERVICES, STUDIES, Field, Kind
from .filled import NOT_RECORDED

NOT_SET = "not set"
DRAFT = "Draft: no doctor has signed this letter"
# How much may be cut where one page is not enough, the highest first; what is not named here never is.
YIELDS = {"tried": 5, "scores": 4, "studies": 3, "patient_told": 2, "helps": 1}
ALONE = {"question", "precautions", "decided", "helps", "patient_told"}  # paragraphs under their own heading
LISTED = ("studies", "tried")
ORDERED = ("visits", "start", "report_due_on", "call", "language")
CLINICAL = ("study", "region", "diagnosis", "procedure", "weakness")
URGENCIES = {"urgent": "Urgent", "soon": "Soon", "routine": "Routine"}

Said = Mapping[str, Any]
Section = dict[str, Any]


@dataclass(frozen=True)
class Frame:
    """What stands round the words of an order: who is meant, who sends it, and who signed."""

    service: str
    urgency: str
    patient: tuple[tuple[str, str], ...]
    phone: str
    emergency: str
    on: date
    signed_by: str = ""
    signed_at: str = ""  # "22 November 2026, 10:42"; empty while it is a draft


def letter(said: Said, frame: Frame) -> dict[str, Any]:
    """The letter of an order as it would be printed now."""
    service = SERVICES[frame.service]
    signed = f"Signed electronically on {frame.signed_at}" if frame.signed_at else DRAFT
    return {
        "title": service.title,
        "urgency": URGENCIES[frame.urgency],
        "date": say_day(frame.on),
        "patient": [list(pair) for pair in frame.patient],
        "warning": {
            "heading": f"Send the patient back at once, and call {frame.phone} (in an emergency {frame.emergency}), if",
            "items": at_once(said.get("at_once", "")),
        },
        "sections": [section for section in _sections(said, service.fields) if section],
        "sign_off": {"name": frame.signed_by or "Not signed", "credentials": "", "how": signed},
    }


def at_once(text: str) -> list[str]:
    """The signs of the box, one a line, as many and as long as it holds."""
    return [line.strip()[:LONGEST_AT_ONCE] for line in text.splitlines() if line.strip()][:MOST_AT_ONCE]


def _sections(said: Said, fields: Sequence[Field]) -> list[Section]:
    names = {field.name for field in fields}
    labels = {field.name: field.label for field in fields}
    alone = {name: _text(name, labels[name], said) for name in names & ALONE}
    listed = [_list(name, labels[name], said) for name in LISTED if name in names]
    return [
        alone.get("decided") or {},
        alone.get("question") or {},
        _findings(fields, said),
        _goals(said) if "goals" in names else {},
        alone.get("precautions") or alone.get("helps") or {},
        _scores(said) if "scores" in names and said.get("scores") else {},
        *listed,
        _order(fields, said),
        alone.get("patient_told") or {},
    ]


def _text(name: str, label: str, said: Said) -> Section:
    texts = [line for line in str(said.get(name) or "").splitlines() if line.strip()]
    kept = texts or [f"{NOT_RECORDED.capitalize()}."]
    return {"heading": label, "kind": "paragraphs", "yields": YIELDS.get(name, 0), "texts": kept}


def _list(name: str, label: str, said: Said) -> Section:
    items = [line.strip() for line in str(said.get(name) or "").splitlines() if line.strip()]
    kept = items or [f"{NOT_RECORDED.capitalize()}."]
    return {"heading": label, "kind": "bullets", "yields": YIELDS[name], "items": kept}


def _findings(fields: Sequence[Field], said: Said) -> Section:
    asked = {field.name: field for field in fields}
    rows = [[asked[name].label, value_of(asked[name], said)] for name in CLINICAL if name in asked]
    # Which study of which region is the order itself.
    yields = 0 if "study" in asked else 1
    return {"heading": "Study" if "study" in asked else "Findings", "kind": "rows", "yields": yields, "rows": rows}


def _goals(said: Said) -> Section:
    items = [GOALS[goal] for goal in GOALS if goal in (said.get("goals") or ())]
    own = [f"The patient's own: {said['goal_line']}"] if said.get("goal_line") else []
    return {"heading": "Goals", "kind": "bullets", "yields": 0, "items": [*items, *own] or [f"{NOT_SET.capitalize()}."]}


def _scores(said: Said) -> Section:
    rows = [[each["scale"], each["value"], each["on"]] for each in said["scores"]]
    head = ["Scale", "Result", "Taken on"]
    return {"heading": "Scores on record", "kind": "table", "yields": YIELDS["scores"], "head": head, "rows": rows}


def _order(fields: Sequence[Field], said: Said) -> Section:
    asked = {field.name: field for field in fields}
    rows = []
    for name in ORDERED:
        if name == "start" and "start_from" in asked:
            rows.append(["Start", start(said)])
        elif name in asked:
            rows.append([asked[name].label, value_of(asked[name], said)])
    return {"heading": "The order", "kind": "rows", "yields": 0, "rows": rows}


def start(said: Said) -> str:
    """The window that the doctor chose: "from 1 June 2026, at the latest 14 June 2026"; "not set" where none was."""
    parts = [f"from {say_day(said['start_from'])}"] if said.get("start_from") else []
    parts += [f"at the latest {say_day(said['start_until'])}"] if said.get("start_until") else []
    return ", ".join(parts) or f"{NOT_SET} by the doctor"


def value_of(field: Field, said: Said) -> str:
    """A field's value as the letter prints it."""
    value = said.get(field.name)
    if value in (None, ""):
        return NOT_SET if field.kind in (Kind.DAY, Kind.COUNT) else NOT_RECORDED
    if field.kind == Kind.DAY:
        return say_day(value)
    return STUDIES[value] if field.kind == Kind.STUDY else " ".join(str(value).split())
