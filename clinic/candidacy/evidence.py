"""Facts in a reader's words: what a path is called, what its value says, and where on the page it stands."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from clinic.criteria.dates import NoSuchDay, Span, parse

from . import chart
from .chart.choices import MODALITIES, SITES, THERAPIES
from .chart.fields import Choices, Field, Kind

ROW = re.compile(r"^(?P<list>\w+)\[(?P<index>\d+)\](?:\.(?P<rest>.+))?$")
FIELDS = {field.fact: field for group in chart.GROUPS for field in group.fields}
ROWS = {rows.path: rows for group in chart.GROUPS for rows in group.rows}
GROUP_OF = {field.fact: group.key for group in chart.GROUPS for field in group.fields} | {
    rows.path: group.key for group in chart.GROUPS for rows in group.rows
}
GROUP_OF["scores"] = chart.SCORES.key
ONE_OF = {path: rows.one for path, rows in ROWS.items()} | {"scores": "Score"}


def anchor(path: str) -> str:
    """The id of the place on the case page that shows a fact; what belongs to a row leads to the row."""
    row = ROW.match(path)
    place = f"{row['list']}-{row['index']}" if row else path.replace(".", "-")
    return f"ev-{place}"


def group_of(path: str) -> str | None:
    """The part of the chart in which a fact can be entered; None for one that the chart does not ask."""
    row = ROW.match(path)
    if row and (row["rest"] or "").split("[")[0] in ("before", "after"):
        return chart.SCORES.key
    return GROUP_OF.get(row["list"] if row else path)


def label(path: str, document: Mapping[str, Any] | None = None) -> str:
    """What a fact is called: "Pattern of the pain", or "Naproxen 500 mg: last day" for one in a row."""
    row = ROW.match(path)
    if not row:
        field = FIELDS.get(path)
        name = field.label if field else chart.OTHER_LABELS.get(path, path)
        return f"Plan: {in_sentence(name)}" if path.startswith("plan.") else name
    name = row_name(row["list"], int(row["index"]), document or {})
    rest = _inner_label(row["list"], row["rest"])
    return f"{name}: {rest}" if rest else name


def _inner_label(name: str, rest: str | None) -> str:
    if not rest:
        return ""
    inner = {field.fact: field.label for field in ROWS[name].fields} if name in ROWS else {}
    other = {"before": "scores before it", "after": "scores after it", "value": "value", "documented": "on record"}
    found = inner.get(rest) or other.get(rest.split("[")[0], rest)
    return in_sentence(found)


def in_sentence(name: str) -> str:
    """A name as it stands inside a sentence: "pattern of the pain", but still "MRI, August 2026" and "X-ray"."""
    return name[:1].lower() + name[1:] if name[1:2].islower() or name[1:2] == " " else name


def row_name(name: str, index: int, document: Mapping[str, Any]) -> str:
    """A row in few words: "Naproxen 500 mg", "Injection, 2 March 2026", "MRI, 10 April 2026"."""
    rows = document.get(name) or []
    row = rows[index] if index < len(rows) else {}
    if name == "therapies":
        return row.get("name") or words(row.get("kind"), THERAPIES) or "Therapy"
    if name == "blood_thinners":
        return row.get("name") or "Blood thinner"
    if name == "scores":
        period = f", {row['period']}" if row.get("period") else ""
        value = f" {say_number(row['value'])}" if row.get("value") is not None else ""
        return f"{row.get('scale', 'Score')}{value}{period}"
    what = words(row.get("modality"), MODALITIES) if name == "imaging" else ""
    what = words(row.get("site"), SITES) if name == "other_injections" else what
    what = what or ONE_OF.get(name, name)
    return f"{what}, {say_date(row['on'])}" if row.get("on") else f"{what} {index + 1}"


def words(value: Any, choices: Choices) -> str:
    """The words of a choice; an unknown value as it is, nothing for what nobody has said."""
    return dict(choices).get(value, str(value) if value is not None else "")


def say(path: str, value: Any) -> str:
    """A value in words: "yes", "Low back", "12 March 2026"; "not said" where there is none."""
    if value is None:
        return "not said"
    if value == []:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and path.startswith("scores["):
        return say_number(value)
    field = _field(path)
    if field and field.choices:
        return words(value, field.choices)
    if field and field.kind in (Kind.DAY, Kind.PARTIAL_DATE):
        return say_date(value)
    return str(value) if value != "" else "none"


def say_number(value: float) -> str:
    """A result with at most one decimal, as scales are read; what is weighed and sealed is the exact one."""
    return f"{round(value, 1):g}"


def _field(path: str) -> Field | None:
    row = ROW.match(path)
    if not row:
        return FIELDS.get(path)
    rows = ROWS.get(row["list"])
    return next((field for field in rows.fields if field.fact == row["rest"]), None) if rows else None


def span(text: str | None) -> Span | None:
    """The days that a date of the record may mean; None for none, or for one that cannot be."""
    try:
        return parse(text) if text else None
    except NoSuchDay:
        return None


def say_date(text: str | None) -> str:
    """A partial date as people write it: "1 June 2026", "March 2026", "2026", "9 to 23 March 2026"."""
    days = span(text)
    if days is None or text is None:
        return text or "not said"
    if len(text) == 4:
        return text
    if len(text) == 7:
        return f"{days.first:%B %Y}"
    return say_day(days.first) if days.exact else f"some day from {_short(days)} to {say_day(days.last)}"


def _short(days: Span) -> str:
    if (days.first.year, days.first.month) == (days.last.year, days.last.month):
        return str(days.first.day)
    year = "" if days.first.year == days.last.year else f" {days.first.year}"
    return f"{days.first.day} {days.first:%B}{year}"


def say_day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def say_moment(moment: datetime, zone: str) -> str:
    """The calendar day of a moment in an IANA time zone: late in the evening in Chicago is not yet tomorrow."""
    return say_day(moment.astimezone(ZoneInfo(zone)).date())
