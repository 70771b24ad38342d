"""The sum of injected steroids, laid out for reading beside the published recommendation. Pure: it gives no verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from clinic.criteria import steroids
from clinic.criteria.steroids import Amount
from clinic.record.facts import Assembled

from .chart.choices import REGIONS, SITES
from .evidence import anchor, row_name, say_date, words
from .reading import SPEAKERS

LISTS = ("injections", "other_injections")
WINDOWS = {steroids.YEAR: "Last 12 months", steroids.THREE_YEARS: "Last 3 years"}
NOT_SAID = "not said"


@dataclass(frozen=True)
class Line:
    """One injection: what was given, where and when, and what it comes to."""

    anchor: str
    own_place: bool  # whether the page shows it here and nowhere else
    when: str
    where: str
    given: str
    amount: str
    said_by: str


@dataclass(frozen=True)
class Window:
    """One sum; `planned` is that with the planned injection, empty where its drug or dose has not been said."""

    label: str
    total: str
    planned: str
    recommended: str
    open: tuple[str, ...] = ()  # the injections because of which there is no upper end


@dataclass(frozen=True)
class Card:
    lines: tuple[Line, ...]
    windows: tuple[Window, ...]
    unasked: tuple[str, ...]
    planned: str
    table: tuple[tuple[str, str], ...]


def card(recorded: Assembled, as_of: date) -> Card:
    """The card of one patient. `recorded` is the record with the injections elsewhere."""
    document = recorded.document
    tally, planned = given_and_planned(document, as_of)
    return Card(
        tuple(_line(each, recorded) for each in tally.given),
        tuple(_window(months, tally, planned, document) for months in WINDOWS),
        tuple(UNASKED[name] for name in LISTS if document.get(name) is None),
        f"{_given(document['plan'])}, which is {steroids.in_words(planned)}" if planned.most is not None else "",
        tuple((each.name, steroids.range_in_words(each.least, each.most)) for each in steroids.TABLE),
    )


def given_and_planned(document: Mapping[str, Any], as_of: date) -> tuple[steroids.Tally, Amount]:
    """What was injected, by the record with the injections elsewhere, and what the plan would add."""
    plan = document.get("plan") or {}
    tally = steroids.tally({name: document.get(name) for name in LISTS}, as_of)
    return tally, steroids.equivalent(plan.get("drug"), plan.get("dose_mg"))


UNASKED = {"injections": "epidural injections", "other_injections": "injections elsewhere"}


def _line(given: steroids.Given, recorded: Assembled) -> Line:
    name, index = given.path.rstrip("]").split("[")
    row = recorded.document[name][int(index)]
    speakers = dict.fromkeys(SPEAKERS[each.said_by] for each in recorded.rows[given.path])
    return Line(
        anchor(given.path),
        name == "other_injections",
        say_date(row.get("on")),
        _where(name, row),
        _given(row),
        steroids.in_words(given.amount),
        ", ".join(speakers),
    )


def _where(name: str, row: Mapping[str, Any]) -> str:
    if name == "injections":
        return ", ".join(part for part in ("Epidural", words(row.get("region"), REGIONS).lower()) if part)
    return words(row.get("site"), SITES) or NOT_SAID


def _given(row: Mapping[str, Any]) -> str:
    """ "dexamethasone 10 mg", "dexamethasone, dose not said", "drug and dose not said"."""
    drug, mg = row.get("drug"), row.get("dose_mg")
    if mg is None:
        return f"{drug}, dose not said" if drug else "drug and dose not said"
    return f"{drug} {mg:g} mg" if drug else f"drug not said, {mg:g} mg"


def _window(months: int, tally: steroids.Tally, planned: Amount, document: Mapping[str, Any]) -> Window:
    total = tally.total(months)
    return Window(
        WINDOWS[months],
        steroids.in_words(total),
        steroids.in_words(total + planned) if planned.most is not None else "",
        f"at most {steroids.RECOMMENDED[months]} mg",
        tuple(_named(path, document) for path in tally.open(months)),
    )


def _named(path: str, document: Mapping[str, Any]) -> str:
    name, index = path.rstrip("]").split("[")
    return row_name(name, int(index), document)
