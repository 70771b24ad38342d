"""What never scrolls away over a case: where it hurts, for how long, and what is dangerous. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from clinic.criteria.dates import Span

from .evidence import say_date, span


def strip_facts(document: Mapping[str, Any], as_of: date, complaint: str, payer: str) -> list[dict[str, Any]]:
    """What never scrolls away: where, for how long, and what is dangerous."""
    onset = (document.get("complaint") or {}).get("onset")
    return [
        {"label": "Pain", "value": complaint or "not said"},
        {"label": "For", "value": _for_how_long(onset, as_of)},
        _thinners(document),
        _allergies(document),
        {"label": "Payer", "value": payer or "not said"},
        {"label": "Injections, 12 months", "value": _injections_here(document, as_of)},
    ]


def _for_how_long(onset: str | None, as_of: date) -> str:
    days = span(onset)
    return f"{weeks_of_pain(days, as_of)}, since {_brief(str(onset))}" if days else "not said"


def weeks_of_pain(onset: Span, as_of: date) -> str:
    """Whole weeks since the pain began: "13 weeks", or "38 to 42 weeks" where its first day is approximate."""
    least, most = (max((as_of - day).days, 0) // 7 for day in (onset.last, onset.first))
    return f"{most} week{'' if most == 1 else 's'}" if least == most else f"{least} to {most} weeks"


def _brief(text: str) -> str:
    return say_date(text) if len(text) <= 10 else say_date(text.split("/")[0][:7])


def _thinners(document: Mapping[str, Any]) -> dict[str, Any]:
    listed_ones = document.get("blood_thinners")
    if not listed_ones:
        return {"label": "Blood thinner", "value": "not asked" if listed_ones is None else "none"}
    names = [
        (each.get("name") or "unnamed") + (f", last {say_date(each['last_taken'])}" if each.get("last_taken") else "")
        for each in listed_ones
    ]
    return {"label": "Blood thinner", "value": "; ".join(names), "danger": True}


def _allergies(document: Mapping[str, Any]) -> dict[str, Any]:
    said = document.get("allergies") or {}
    names = {"contrast": "contrast", "steroid": "steroid", "local_anaesthetic": "local anaesthetic"}
    has = [name for key, name in names.items() if said.get(key)]
    unasked = [name for key, name in names.items() if said.get(key) is None]
    if has:
        return {"label": "Allergies", "value": ", ".join(has), "danger": True}
    if len(unasked) == len(names):
        return {"label": "Allergies", "value": "not asked"}
    return {"label": "Allergies", "value": f"{', '.join(unasked)}: not asked" if unasked else "none"}


def _injections_here(document: Mapping[str, Any], as_of: date) -> str:
    given = document.get("injections")
    if given is None:
        return "not asked"
    region = (document.get("complaint") or {}).get("region")
    year_ago = f"{as_of.year - 1}{as_of.isoformat()[4:]}"
    here = [each for each in given if each.get("region") in (None, region) and (each.get("on") or "9999") > year_ago]
    return str(len(here))
