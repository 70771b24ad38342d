"""The checks before a session, as the record answers them today. Pure: loaded things in, plain rows out.

What is checked are the contraindications and cautions of reference B2, and glucose (B6): a steroid raises it for days.
What nobody has said is unknown, and asked of the patient in the room.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from clinic.candidacy.chart import URGENT_SIGNS
from clinic.candidacy.evidence import FIELDS, in_sentence, label, row_name, say, say_date
from clinic.candidacy.reading import URGENT_FIELDS, Voices, known
from clinic.record.facts import Assembled

SIGNS, THINNERS = "signs", "blood_thinners"
ALL_FIELDS = FIELDS | {field.fact: field for field in URGENT_FIELDS}


class State(StrEnum):
    """What the record says of an item: nothing speaks against it, it must be asked, or something must be settled."""

    CLEAR = "clear"
    ASK = "ask"
    ATTENTION = "attention"


class Answer(StrEnum):
    """What somebody says of an item after they asked."""

    CLEAR = "clear"
    SETTLED = "settled"
    STOP = "stop"


ANSWERS: dict[str, str] = {Answer.CLEAR: "Clear", Answer.SETTLED: "Settled: say how", Answer.STOP: "Stop: say why"}

# Each item of the list: its title, and the facts that it rests on.
ITEMS: dict[str, tuple[str, tuple[str, ...]]] = {
    SIGNS: ("No new urgent sign", tuple(URGENT_SIGNS)),
    "infection": ("No infection or fever, no antibiotic", ("conditions.infection",)),
    "allergies": ("Allergies", ("allergies.contrast", "allergies.steroid", "allergies.local_anaesthetic")),
    "glucose": ("Blood sugar", ("conditions.diabetes", "conditions.diabetes_controlled")),
    "pregnancy": ("Pregnancy", ("patient.pregnant",)),
    "bleeding": ("Bleeding disorder", ("conditions.bleeding_disorder",)),
    "fitness": (
        "Fitness",
        (
            "conditions.heart_failure",
            "conditions.kidney_disease",
            "conditions.immunosuppressed",
            "conditions.glaucoma",
        ),
    ),
}
ONLY_WITH = {"conditions.diabetes_controlled": "conditions.diabetes"}  # asked of those alone to whom the other applies
SAFE_YES = {"conditions.diabetes_controlled"}


@dataclass(frozen=True)
class Item:
    """One line of the checklist: its key and title, what is on record in words, and what that comes to."""

    key: str
    title: str
    lines: tuple[str, ...]
    state: State
    thinner_key: str = ""  # of the record's blood thinner that it is about

    @property
    def known(self) -> str:
        return "; ".join(self.lines)


def items(
    assembled: Assembled, voices: Voices, plans: Mapping[str, str], sex: str = "", alerts: Sequence[str] = ()
) -> list[Item]:
    """The checklist of one case.

    `plans` has, by a blood thinner's key, what was agreed on it in words; `alerts` name what was reported and nobody
    has looked into.
    """
    asked = {key: item for key, item in ITEMS.items() if not (key == "pregnancy" and sex == "male")}
    listed = [_item(key, title, facts, assembled, voices) for key, (title, facts) in asked.items()]
    if alerts:
        lines = tuple(f"Reported, and no doctor has looked into it: {each}" for each in alerts)
        listed = [replace(each, lines=lines, state=State.ATTENTION) if each.key == SIGNS else each for each in listed]
    return [*_thinners(assembled, plans), *listed]


def _item(key: str, title: str, facts: Sequence[str], assembled: Assembled, voices: Voices) -> Item:
    asked = [fact for fact in facts if fact not in ONLY_WITH or _said(assembled, ONLY_WITH[fact]) is True]
    said = [(fact, _said(assembled, fact)) for fact in asked]
    if any(value is True and fact not in SAFE_YES for fact, value in said):
        state = State.ATTENTION
    else:
        state = State.ASK if any(value is None for _fact, value in said) else State.CLEAR
    return Item(key, title, _lines(said, assembled, voices), state)


def _said(assembled: Assembled, fact: str) -> object:
    return assembled.sources[fact][-1].value if fact in assembled.sources else None


def _lines(said: Sequence[tuple[str, object]], assembled: Assembled, voices: Voices) -> tuple[str, ...]:
    """What speaks, each with who said so; several plain noes in one line, as nobody reads seven."""
    no = [fact for fact, value in said if value is False]
    other = [_line(fact, value, assembled, voices) for fact, value in said if value is not False]
    names = ", ".join(in_sentence(label(fact)).removeprefix("allergy: ") for fact in no)
    return (*other, *([f"No: {names}"] if no else []))


def _line(fact: str, value: object, assembled: Assembled, voices: Voices) -> str:
    if value is None:
        return f"{label(fact)}: nobody has said"
    said = known(assembled, [ALL_FIELDS[fact]], voices)[0]
    return f"{said.label}: {said.words} ({said.told})"


def _thinners(assembled: Assembled, plans: Mapping[str, str]) -> list[Item]:
    rows = assembled.document.get(THINNERS)
    if not rows:
        words = "Nobody has said whether one is taken" if rows is None else "None is taken"
        return [Item(THINNERS, "Blood thinners", (words,), State.ASK if rows is None else State.CLEAR)]
    return [_thinner(index, row, assembled, plans) for index, row in enumerate(rows)]


def _thinner(index: int, row: Mapping[str, object], assembled: Assembled, plans: Mapping[str, str]) -> Item:
    key = str(assembled.rows[f"{THINNERS}[{index}]"][0].key)
    agreed = say(f"{THINNERS}[].hold_agreed_with_prescriber", row.get("hold_agreed_with_prescriber"))
    lines = [
        f"Last dose on record: {say_date(str(row['last_taken']))}" if row.get("last_taken") else "",
        plans.get(key) or f"Its prescriber agreed to stop it: {agreed}; no day is agreed",
    ]
    title = f"Blood thinner: {row_name(THINNERS, index, assembled.document)}"
    return Item(
        f"thinner-{key}", title, tuple(filter(None, lines)), State.ASK if key in plans else State.ATTENTION, key
    )
