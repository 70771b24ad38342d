"""What a page shows of a case, laid out for reading. Pure: loaded things in, plain rows out."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from clinic.criteria import reasons
from clinic.criteria.ahead import Turn
from clinic.criteria.care import care_days
from clinic.criteria.determine import ClauseResult
from clinic.criteria.facts import Facts
from clinic.criteria.safety import Sign
from clinic.criteria.verdicts import Verdict
from clinic.intake.questions.later import CHANGES
from clinic.record.facts import Assembled, Disagreement, Source

from . import chart
from .chart.fields import Field, Rows, yes_no
from .evidence import anchor, group_of, in_sentence, label, row_name, say, say_date, say_day, say_moment, say_number
from .header import weeks_of_pain
from .weighing import Result, clause_title

SPEAKERS = {"patient": "patient", "referrer": "referrer", "record": "outside record", "doctor": "doctor"}
URGENT_FIELDS = [yes_no(fact, name, corrects=True) for fact, name in chart.URGENT_SIGNS.items()]
Ask = Callable[[str], str | None]
CLAUSE_ORDER = tuple(reasons.CLAUSE_TITLES)


@dataclass(frozen=True)
class Known:
    """One fact on the page: what it is called, what it says, who said so and when, and who said otherwise."""

    anchor: str
    label: str
    words: str
    told: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Voices:
    """How speakers are named: the people who wrote the record down, by id, and the time zone of the case's location."""

    zone: str
    names: Mapping[int, str] = field(default_factory=dict)

    def told(self, source: Source) -> str:
        """Who said it and when: "doctor, Dr. Test Birch, 20 May 2026"."""
        name = self.names.get(source.recorded_by_id or 0, "") if source.said_by == "doctor" else ""
        parts = [SPEAKERS[source.said_by], name, say_moment(source.recorded_at, self.zone)]
        return ", ".join(part for part in parts if part)


def known(assembled: Assembled, fields: Iterable[Field], voices: Voices) -> list[Known]:
    """The facts of these fields that somebody has said."""
    return [
        _known(each.fact, assembled.sources[each.fact], each.label, voices)
        for each in fields
        if each.fact in assembled.sources
    ]


def _known(path: str, said: Sequence[Source], name: str, voices: Voices) -> Known:
    weighed = said[-1]
    others = tuple(
        f"{SPEAKERS[each.said_by]}: {say(path, each.value)}" for each in said[:-1] if each.value != weighed.value
    )
    return Known(anchor(path), name, say(path, weighed.value), voices.told(weighed), others)


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
    said = [each for each in short if each not in no]
    return KnownGroup(said, most, [replace(each, label=in_sentence(each.label)) for each in no])


@dataclass(frozen=True)
class ListedRow:
    """One row of a list of the record, with what is known of it."""

    anchor: str
    title: str
    known: KnownGroup
    key: str = ""


def listed(assembled: Assembled, rows: Rows, voices: Voices) -> list[ListedRow]:
    """The rows of one list, in the order in which the criteria count them."""
    found = []
    for index in range(len(assembled.document.get(rows.path) or [])):
        path = f"{rows.path}[{index}]"
        facts = [
            _known(f"{path}.{each.fact}", assembled.sources[f"{path}.{each.fact}"], each.label, voices)
            for each in rows.fields
            if f"{path}.{each.fact}" in assembled.sources
        ]
        title = f"{index + 1} · {row_name(rows.path, index, assembled.document)}"
        key = str(assembled.rows[path][0].key)
        found.append(ListedRow(anchor(path), title, grouped(facts), key))
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
    ahead: str = ""  # when time alone will satisfy it

    @property
    def evidence(self) -> str:
        return " ".join(dict.fromkeys(link.anchor for link in self.rests))


def clause_lines(
    result: Result,
    clauses: Iterable[ClauseResult],
    document: Mapping[str, Any],
    ask: Ask,
    turns: Mapping[str, Turn] | None = None,
) -> list[ClauseLine]:
    """Clauses of one set; `turns` says by key when time alone will satisfy those that are open."""
    says = {clause.key: clause.says for clause in result.of.clauses}
    return [
        ClauseLine(
            clause.key,
            clause_title(clause.key),
            says[clause.key],
            clause.verdict.value,
            reasons.render(clause.because),
            _rests(clause.facts, document),
            [missing_link(path, document, ask) for path in clause.missing],
            turn_words((turns or {}).get(clause.key), clause.verdict),
        )
        for clause in clauses
    ]


def turn_words(turn: Turn | None, now: Verdict) -> str:
    """When time alone brings it: "met from 12 June 2026 if nothing else changes"; what is open now may be so sooner."""
    if turn is None:
        return ""
    met = "no longer asked" if turn.verdict == Verdict.NOT_APPLICABLE else "met"
    latest = " at the latest" if now == Verdict.CANNOT_TELL else ""
    until = f" until {say_day(turn.until)}" if turn.until else ""
    return f"{met} from {say_day(turn.first)}{latest}{until} if nothing else changes"


def _rests(paths: Iterable[str], document: Mapping[str, Any]) -> list[Link]:
    """Each place on the page once: several facts of one row lead to the row."""
    found: dict[str, Link] = {}
    for path in paths:
        place = anchor(path)
        name = label(path.split(".")[0] if "[" in path else path, document)
        found.setdefault(place, Link(place, in_sentence(name), path))
    return list(found.values())


def missing_link(path: str, document: Mapping[str, Any], ask: Ask = lambda _path: None) -> Link:
    """A fact that is missing; `ask` names the question that can be put to the patient for it, if any."""
    name = label(path, document)
    return Link(anchor(path), in_sentence(name), path, group_of(path) or "", ask(path) is not None)


@dataclass(frozen=True)
class ScoreLine:
    """One score on record; `of` names the injection that it belongs to."""

    anchor: str
    scale: str
    value: str
    on: str
    told: str
    of: str = ""


def scores(assembled: Assembled, voices: Voices) -> list[ScoreLine]:
    """All scores: those by themselves, then those round an injection."""
    document = assembled.document
    found = [
        ScoreLine(
            anchor(f"scores[{index}]"),
            " ".join(part for part in (each["scale"], each.get("period")) if part),
            say_number(each["value"]),
            say_date(each["on"]),
            voices.told(assembled.sources[f"scores[{index}]"][-1]),
        )
        for index, each in enumerate(document.get("scores") or [])
    ]
    for index, injection in enumerate(document.get("injections") or []):
        place, name = anchor(f"injections[{index}]"), row_name("injections", index, document)
        for moment in ("before", "after"):
            found += [
                ScoreLine(place, each["scale"], say_number(each["value"]), say_date(each["on"]), "", f"{moment} {name}")
                for each in injection.get(moment) or []
            ]
    return found


@dataclass(frozen=True)
class SafetyLine:
    key: str
    sentence: str
    rests: list[Link]


def safety_lines(signs: Iterable[Sign], document: Mapping[str, Any], ask: Ask) -> list[SafetyLine]:
    return [
        SafetyLine(sign.key, reasons.render(sign.because), [missing_link(path, document, ask) for path in sign.facts])
        for sign in signs
    ]


def sign_names(signs: Iterable[str]) -> list[str]:
    """The signs of an alert in words."""
    return [chart.URGENT_SIGNS.get(f"red_flags.{sign}", sign.replace("_", " ")) for sign in signs]


def change_names(changes: Iterable[str]) -> list[str]:
    """What the patient reported, in the words of their page."""
    return [CHANGES.get(change, change.replace("_", " ")) for change in changes]


@dataclass(frozen=True)
class Differing:
    """Two people who said different things of one fact; the first is weighed."""

    anchor: str
    label: str
    weighed: str
    other: str


def differing(disagreements: Iterable[Disagreement], document: Mapping[str, Any], voices: Voices) -> list[Differing]:
    return [
        Differing(
            anchor(each.path),
            label(each.path, document),
            f"{say(each.path, each.weighed.value)} ({voices.told(each.weighed)})",
            f"{say(each.path, each.other.value)} ({voices.told(each.other)})",
        )
        for each in disagreements
    ]


def changed_since(
    assembled: Assembled, moment: datetime | None, voices: Voices, given_here: Collection[str] = ()
) -> list[Known]:
    """What the patient has said since they signed their answers; of our own sessions the course of relief tells it."""
    if moment is None:
        return []
    return [
        _known(path, said, label(path, assembled.document), voices)
        for path, said in assembled.sources.items()
        if path.partition(".")[0] not in given_here
        and any(source.said_by == "patient" and source.recorded_at > moment for source in said)
    ]


def care_line(parsed: Facts | None) -> str:
    """What the ledger adds up to: "8 weeks of care inside 13 weeks of pain · 2 dates approximate"."""
    if parsed is None or not parsed.therapies:
        return ""
    care = care_days(parsed)
    most = care.least if care.most is None else care.most
    weeks = f"{most // 7} weeks" if care.least // 7 == most // 7 else f"{care.least // 7} to {most // 7} weeks"
    onset = parsed.complaint.onset
    pain = f" inside {weeks_of_pain(onset, parsed.as_of)} of pain" if onset.said else ""
    open_dates = len({path for path in care.open() if not path.endswith(".outcome")})
    approximate = f" · {open_dates} date{'' if open_dates == 1 else 's'} approximate" if open_dates else ""
    return f"{weeks} of care{pain}{approximate}"
