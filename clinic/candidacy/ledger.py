"""The facts of what was tried, injected and scored, made ready for the timeline and for its table."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from clinic.criteria.dates import parse

from .chart.choices import REGIONS, SCALE_ENDS, SIDES
from .evidence import anchor, in_sentence, row_name, say, say_date, say_number, span
from .timeline import Course, Drawing, Event, Series, draw

MOST = {**SCALE_ENDS, "PROMIS": 100, "NDI": 50, "QUEBEC": 100}
SCALE_WORDS = {"NRS": "Pain, 0 to 10", "PEG": "PEG, 0 to 10", "RMDQ": "Roland-Morris, 0 to 24"}
LONGEST_LABEL = 23

Document = Mapping[str, Any]


def drawing(document: Document) -> Drawing:
    """The timeline of one facts document, up to its day of service."""
    onset = (document.get("complaint") or {}).get("onset")
    return draw(
        _courses(document),
        _events(document),
        _series(document),
        until=date.fromisoformat(document["as_of"]),
        onset=span(onset),
    )


def _courses(document: Document) -> list[Course]:
    return [
        Course(
            anchor(f"therapies[{index}]"),
            _short(numbered("therapies", index, document), LONGEST_LABEL),
            span(row.get("from")),
            span(row.get("to")),
            row.get("ongoing"),
            _what_came(row),
            _inside(row),
        )
        for index, row in enumerate(document.get("therapies") or [])
    ]


def numbered(name: str, index: int, document: Document) -> str:
    """A row with its number, as the sentences of the criteria count them: "2 · Physical therapy"."""
    return f"{index + 1} · {row_name(name, index, document)}"


def _what_came(row: Mapping[str, Any]) -> tuple[str, ...]:
    outcome = say("therapies[0].outcome", row.get("outcome")) if row.get("outcome") else ""
    begun = span(row.get("from"))
    parts = (
        in_sentence(outcome),
        "going on" if row.get("ongoing") else "",
        f"from {say_date(row['from'])}" if begun and not begun.exact and len(row["from"]) < 10 else "",
    )
    return tuple(part for part in parts if part)


def _inside(row: Mapping[str, Any]) -> str:
    visits = row.get("sessions")
    parts = [f"{visits} visits" if visits else "", "on record" if row.get("documented") else ""]
    return " · ".join(part for part in parts if part)


def _events(document: Document) -> list[Event]:
    return [
        Event(
            anchor(f"injections[{index}]"),
            f"{index + 1} · {_where(row)}",
            span(row.get("on")),
            _relief(row, say_date(row["on"]) if row.get("on") else ""),
        )
        for index, row in enumerate(document.get("injections") or [])
    ]


def _where(row: Mapping[str, Any]) -> str:
    region, side = row.get("region") or "", row.get("side") or ""
    parts = [dict(REGIONS).get(region, "").lower(), dict(SIDES).get(side, "").lower()]
    return _short("Injection " + " ".join(part for part in parts if part), LONGEST_LABEL)


def _relief(row: Mapping[str, Any], on: str = "") -> tuple[str, ...]:
    percent = row.get("patient_relief_percent")
    until = (
        "still lasting"
        if row.get("relief_lasting")
        else f"until {say_date(row['relief_until'])}"
        if row.get("relief_until")
        else ""
    )
    parts = (on, f"{percent:g} % relief" if percent is not None else "", until)
    return tuple(part for part in parts if part)


def _series(document: Document) -> list[Series]:
    """One line a scale; of a pain score its average, where the record says which it was."""
    found: dict[str, list[tuple[str, date, float]]] = {}
    for index, score in enumerate(document.get("scores") or []):
        if score.get("value") is not None and score.get("on") and score.get("period") in (None, "average"):
            found.setdefault(score["scale"], []).append((anchor(f"scores[{index}]"), _day(score["on"]), score["value"]))
    for injection in document.get("injections") or []:
        for score in [*(injection.get("before") or []), *(injection.get("after") or [])]:
            found.setdefault(score["scale"], []).append(("", _day(score["on"]), score["value"]))
    return [
        Series(
            _short(SCALE_WORDS.get(scale, scale), LONGEST_LABEL),
            MOST.get(scale, max(value for *_, value in results) or 1),
            tuple(results),
        )
        for scale, results in found.items()
    ]


def _day(text: str) -> date:
    return parse(text).first


def table(document: Document) -> list[dict[str, str]]:
    """The same as the drawing says, in rows: what, from when, until when, what it did, and what backs it up."""
    return [
        *(_therapy(index, document) for index in range(len(document.get("therapies") or []))),
        *(_injection(index, row) for index, row in enumerate(document.get("injections") or [])),
        *(_score(index, row) for index, row in enumerate(document.get("scores") or [])),
    ]


def _therapy(index: int, document: Document) -> dict[str, str]:
    row = document["therapies"][index]
    return {
        "anchor": anchor(f"therapies[{index}]"),
        "what": numbered("therapies", index, document),
        "kind": say("therapies[0].kind", row.get("kind")),
        "from": say_date(row.get("from")),
        "to": "still going on" if row.get("ongoing") else say_date(row.get("to")),
        "did": say("therapies[0].outcome", row.get("outcome")),
        "more": _inside(row),
    }


def _injection(index: int, row: Mapping[str, Any]) -> dict[str, str]:
    return {
        "anchor": anchor(f"injections[{index}]"),
        "what": f"{index + 1} · {_where(row)}",
        "kind": "Injection",
        "from": say_date(row.get("on")),
        "to": "",
        "did": " · ".join(_relief(row)) or "not said",
        "more": "",
    }


def _score(index: int, row: Mapping[str, Any]) -> dict[str, str]:
    return {
        "anchor": anchor(f"scores[{index}]"),
        "what": " ".join(part for part in (row.get("scale"), row.get("period")) if part),
        "kind": "Score",
        "from": say_date(row.get("on")),
        "to": "",
        "did": say_number(row["value"]) if row.get("value") is not None else "not said",
        "more": "",
    }


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
