"""What a page shows of a case, laid out for reading. Pure: loaded things in, plain rows out."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from clinic.criteria import reasons
from clinic.criteria.care import care_days
from clinic.criteria.determine import ClauseResult
from clinic.criteria.facts import Facts
from clinic.criteria.safety import Sign
from clinic.intake.questions import PLAIN, ROWS, facts_asked
from clinic.intake.questions.later import OF_EACH
from clinic.record.facts import Assembled, Disagreement, Source

from . import chart
from .evidence import anchor, group_of, label, row_name, say, say_date, say_day
from .weighing import Result, clause_title

SPEAKERS = {"patient": "patient", "referrer": "referrer", "record": "outside record", "doctor": "doctor"}
ASKED = facts_asked()
URGENT_FIELDS = [chart.yes_no(fact, name, corrects=True) for fact, name in chart.URGENT_SIGNS.items()]
CLAUSE_ORDER = tuple(reasons.CLAUSE_TITLES)
LISTS = {rows.listed_as: rows.slug for rows in ROWS.values()}


@dataclass(frozen=True)
class Known:
    """One fact on the page: what it is called, what it says, who said so and when, and who said otherwise."""

    anchor: str
    label: str
    words: str
    told: str
    others: tuple[str, ...] = ()


def told(source: Source, names: Mapping[int, str] | None = None) -> str:
    """Who said it and when: "doctor, Dr. Test Birch, 20 May 2026"."""
    name = (names or {}).get(source.recorded_by_id or 0, "") if source.said_by == "doctor" else ""
    parts = [SPEAKERS[source.said_by], name, say_day(source.recorded_at.date())]
    return ", ".join(part for part in parts if part)


def known(assembled: Assembled, fields: Iterable[chart.Field], names: Mapping[int, str]) -> list[Known]:
    """The facts of these fields that somebody has said."""
    return [
        _known(each.fact, assembled.sources[each.fact], each.label, names)
        for each in fields
        if each.fact in assembled.sources
    ]


def _known(path: str, said: Sequence[Source], name: str, names: Mapping[int, str]) -> Known:
    weighed = said[-1]
    others = tuple(
        f"{SPEAKERS[each.said_by]}: {say(path, each.value)}" for each in said[:-1] if each.value != weighed.value
    )
    return Known(anchor(path), name, say(path, weighed.value), told(weighed, names), others)


@dataclass(frozen=True)
class KnownGroup:
    """Facts that are shown together; who said most of them is said once, in `told`."""

    facts: list[Known]
    told: str
    no: list[Known] = field(default_factory=list)  # answered with no, kept short


def grouped(facts: Sequence[Known], *, apart_no: bool = False) -> KnownGroup:
    """The facts with their most frequent source taken out of the rows; with `apart_no` the plain noes apart."""
    sources = [each.told for each in facts]
    most = max(dict.fromkeys(sources), key=sources.count, default="")
    short = [replace(each, told="") if each.told == most else each for each in facts]
    no = [each for each in short if apart_no and each.words == "no" and not each.others]
    return KnownGroup([each for each in short if each not in no], most, no)


@dataclass(frozen=True)
class ListedRow:
    """One row of a list of the record, with what is known of it."""

    anchor: str
    title: str
    facts: list[Known]
    key: str = ""


def listed(assembled: Assembled, rows: chart.Rows, names: Mapping[int, str]) -> list[ListedRow]:
    """The rows of one list, in the order in which the criteria count them."""
    found = []
    for index in range(len(assembled.document.get(rows.path) or [])):
        path = f"{rows.path}[{index}]"
        facts = [
            _known(f"{path}.{each.fact}", assembled.sources[f"{path}.{each.fact}"], each.label, names)
            for each in rows.fields
            if f"{path}.{each.fact}" in assembled.sources
        ]
        title = f"{index + 1} · {row_name(rows.path, index, assembled.document)}"
        key = str(assembled.rows[path][0].key)
        found.append(ListedRow(anchor(path), title, facts, key))
    return found


@dataclass(frozen=True)
class Link:
    """Evidence that something rests on, or a fact that is missing."""

    anchor: str
    label: str
    path: str = ""
    group: str = ""
    can_be_asked: bool = False


@dataclass(frozen=True)
class ClauseLine:
    """One clause as a doctor reads it."""

    key: str
    title: str
    says: str
    verdict: str
    sentence: str
    rests: list[Link] = field(default_factory=list)
    missing: list[Link] = field(default_factory=list)

    @property
    def evidence(self) -> str:
        return " ".join(dict.fromkeys(link.anchor for link in self.rests))


def clause_lines(result: Result, clauses: Iterable[ClauseResult], document: Mapping[str, Any]) -> list[ClauseLine]:
    says = {clause.key: clause.says for clause in result.of.clauses}
    return [
        ClauseLine(
            clause.key,
            clause_title(clause.key),
            says[clause.key],
            clause.verdict.value,
            reasons.render(clause.because),
            _rests(clause.facts, document),
            [missing_link(path, document) for path in clause.missing],
        )
        for clause in clauses
    ]


@dataclass(frozen=True)
class Cell:
    """What one set makes of one clause; no verdict where its text says nothing of it."""

    verdict: str
    sentence: str


def cell(result: Result, key: str) -> Cell:
    clause = next((each for each in result.determination.clauses if each.key == key), None)
    return Cell(clause.verdict.value, reasons.render(clause.because)) if clause else Cell("", "Not stated")


def _rests(paths: Iterable[str], document: Mapping[str, Any]) -> list[Link]:
    """Each place on the page once: several facts of one row lead to the row."""
    found: dict[str, Link] = {}
    for path in paths:
        place = anchor(path)
        name = label(path.split(".")[0] if "[" in path else path, document)
        found.setdefault(place, Link(place, name[:1].lower() + name[1:], path))
    return list(found.values())


def missing_link(path: str, document: Mapping[str, Any]) -> Link:
    name = label(path, document)
    return Link(anchor(path), name[:1].lower() + name[1:], path, group_of(path) or "", question_for(path) is not None)


def question_for(path: str) -> str | None:
    """The name of the question that speaks for a fact, as the intake names it; None where no patient is asked."""
    return ASKED.get(re.sub(r"\[\d+\]", "[]", path)) or LISTS.get(path)


@dataclass(frozen=True)
class Askable:
    """A question that can be put to the patient, and the missing facts that it would settle."""

    question: str
    label: str
    paths: tuple[str, ...]


def askable(paths: Iterable[str], document: Mapping[str, Any]) -> list[Askable]:
    """The questions that speak for missing facts, each once."""
    found: dict[str, list[str]] = {}
    for path in paths:
        question = question_for(path)
        if question:
            found.setdefault(question, []).append(path)
    return [
        Askable(
            question, f"{_question_text(question)} ({'; '.join(label(each, document) for each in facts)})", tuple(facts)
        )
        for question, facts in found.items()
    ]


def _question_text(name: str) -> str:
    """The question as a patient reads it in English."""
    slug, of_each, key = name.partition(OF_EACH)
    if not of_each:
        return PLAIN[name].text if name in PLAIN else ROWS[name].title
    return next(each.text for each in ROWS[slug].all_questions if each.key == key)


def asked_of_doctor(paths: Iterable[str], document: Mapping[str, Any]) -> list[Link]:
    """Missing facts that no patient can tell."""
    return [missing_link(path, document) for path in paths if question_for(path) is None]


@dataclass(frozen=True)
class ScoreLine:
    """One score on record; `of` names the injection that it belongs to."""

    anchor: str
    scale: str
    value: str
    on: str
    told: str
    of: str = ""


def scores(assembled: Assembled) -> list[ScoreLine]:
    """All scores: those by themselves, then those round an injection."""
    document = assembled.document
    found = [
        ScoreLine(
            anchor(f"scores[{index}]"),
            " ".join(part for part in (each["scale"], each.get("period")) if part),
            f"{each['value']:g}",
            say_date(each["on"]),
            told(assembled.sources[f"scores[{index}]"][-1]),
        )
        for index, each in enumerate(document.get("scores") or [])
    ]
    for index, injection in enumerate(document.get("injections") or []):
        place, name = anchor(f"injections[{index}]"), row_name("injections", index, document)
        for moment in ("before", "after"):
            found += [
                ScoreLine(place, each["scale"], f"{each['value']:g}", say_date(each["on"]), "", f"{moment} {name}")
                for each in injection.get(moment) or []
            ]
    return found


@dataclass(frozen=True)
class SafetyLine:
    key: str
    sentence: str
    rests: list[Link]


def safety_lines(signs: Iterable[Sign], document: Mapping[str, Any]) -> list[SafetyLine]:
    return [
        SafetyLine(sign.key, reasons.render(sign.because), [missing_link(path, document) for path in sign.facts])
        for sign in signs
    ]


def sign_names(signs: Iterable[str]) -> list[str]:
    """The signs of an alert in words."""
    return [chart.URGENT_SIGNS.get(f"red_flags.{sign}", sign.replace("_", " ")) for sign in signs]


@dataclass(frozen=True)
class Differing:
    """Two people who said different things of one fact; the first is weighed."""

    anchor: str
    label: str
    weighed: str
    other: str


def differing(disagreements: Iterable[Disagreement], document: Mapping[str, Any]) -> list[Differing]:
    return [
        Differing(
            anchor(each.path),
            label(each.path, document),
            f"{say(each.path, each.weighed.value)} ({told(each.weighed)})",
            f"{say(each.path, each.other.value)} ({told(each.other)})",
        )
        for each in disagreements
    ]


def changed_since(assembled: Assembled, moment: datetime | None) -> list[Known]:
    """What the patient has said since they signed their answers."""
    if moment is None:
        return []
    return [
        _known(path, said, label(path, assembled.document), {})
        for path, said in assembled.sources.items()
        if any(source.said_by == "patient" and source.recorded_at > moment for source in said)
    ]


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


def care_line(parsed: Facts | None) -> str:
    """What the ledger adds up to: "8 weeks of care inside 13 weeks of pain · 2 dates approximate"."""
    if parsed is None or not parsed.therapies:
        return ""
    care = care_days(parsed)
    most = care.least if care.most is None else care.most
    weeks = f"{most // 7} weeks" if care.least // 7 == most // 7 else f"{care.least // 7} to {most // 7} weeks"
    onset = parsed.complaint.onset
    pain = f" inside {(parsed.as_of - onset.first).days // 7} weeks of pain" if onset.said else ""
    open_dates = len({path for path in care.open() if not path.endswith(".outcome")})
    approximate = f" · {open_dates} date{'' if open_dates == 1 else 's'} approximate" if open_dates else ""
    return f"{weeks} of care{pain}{approximate}"


def _for_how_long(onset: str | None, as_of: date) -> str:
    """In whole weeks; of an approximate day the shortest that it may be."""
    if not onset:
        return "not said"
    first = onset if len(onset) <= 10 else onset.split("/")[1]
    last = {4: f"{first}-12-31", 7: f"{first}-28"}.get(len(first), first)
    weeks = max((as_of - date.fromisoformat(last)).days, 0) // 7
    about = "" if len(onset) == 10 else "about "
    return f"{about}{weeks} week{'' if weeks == 1 else 's'}, since {_brief(onset)}"


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
