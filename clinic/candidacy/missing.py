"""What is missing, and who can supply it: the patient, the doctor, or the practice that gave the care. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from clinic.outside import wanted
from clinic.record.facts import Assembled

from . import chart
from .asked_again import Askable, Questions, askable
from .chart.choices import MODALITIES, THERAPIES
from .evidence import FIELDS, ROW, ROWS, group_of, in_sentence, label, say_date, words
from .ledger import numbered

SUBJECTS = {"injections": "Epidural steroid injection", "electrodiagnostics": "EMG or nerve-conduction study"}
NAMED_IN = {"therapies": "provider", "injections": "place", "imaging": "place", "electrodiagnostics": "place"}


@dataclass(frozen=True)
class Holder:
    """A practice that may hold the record of one entry, as the patient named it, and what it could tell."""

    listed: str
    key: str
    what: str  # "2 · Physical therapy"
    practice: str  # empty where the patient named none
    facts: tuple[str, ...]  # names inside the entry that clauses miss
    pieces: tuple[str, ...]  # in a clinician's words, what a request would ask for
    allowed: bool | None  # what the patient said to "may we ask them"
    request: Any = None  # the latest request for it, if any

    @property
    def may_be_asked(self) -> bool:
        """Whether a request can be made now: none is on its way, and the last one did not bring everything."""
        if self.allowed is False:
            return False
        return self.request is None or self.request.state == "cancelled" or bool(self.on_record and self.facts)

    @property
    def on_record(self) -> bool:
        return self.request is not None and self.request.state == "filed"

    @property
    def query(self) -> str:
        """The part of an address that chooses what is asked for."""
        return urlencode([("fact", fact) for fact in self.facts])


@dataclass(frozen=True)
class Entry:
    """A fact that the doctor can enter; `field` is the id of its field on the page of the chart, if it has one."""

    label: str
    field: str


@dataclass(frozen=True)
class Group:
    """The facts that the doctor enters on one page of the chart; `key` is empty for what the chart does not ask."""

    key: str
    title: str
    entries: list[Entry]


@dataclass(frozen=True)
class Supply:
    """Missing facts under those of this house who can supply them; what a practice may hold, `holders` says."""

    patient: list[Askable]
    doctor: list[Group]

    @property
    def said(self) -> bool:
        return bool(self.patient or self.doctor)


def supply(paths: Iterable[str], assembled: Assembled, questions: Questions) -> Supply:
    """Which missing facts the patient can tell, and which only the doctor."""
    wished = list(paths)
    by_group: dict[str, list[Entry]] = {}
    for path in wished:
        if questions.name(path) is None:
            by_group.setdefault(group_of(path) or "", []).append(_entry(path, assembled))
    groups = [Group(key, _title(key), entries) for key, entries in by_group.items()]
    return Supply(askable(wished, assembled.document, questions), groups)


def _title(key: str) -> str:
    return chart.BY_KEY[key].title if key in chart.BY_KEY else "Not in the chart"


def _entry(path: str, assembled: Assembled) -> Entry:
    name = FIELDS[path].label if path in FIELDS else label(path, assembled.document)
    return Entry(in_sentence(name), field_id(path, assembled))


def field_id(path: str, assembled: Assembled) -> str:
    """The id of the field of the chart that asks for a fact; empty for what the chart asks in another way."""
    row = ROW.match(path)
    if row is None:
        return f"id_{path.replace('.', '__')}" if path in FIELDS else ""
    inner = {each.fact: each.key for each in ROWS[row["list"]].fields} if row["list"] in ROWS else {}
    rows = assembled.rows.get(path.partition(".")[0])
    return f"id_{row['list']}-{rows[0].key.hex}-{inner[row['rest']]}" if rows and row["rest"] in inner else ""


def holders(
    paths: Iterable[str], assembled: Assembled, requests: Iterable[Any], given_here: Collection[str] = ()
) -> list[Holder]:
    """The entries that another practice may know of: those with missing facts first, then those not on record."""
    by_row: dict[str, list[str]] = {}
    for path in paths:
        row = ROW.match(path)
        if row and row["rest"]:
            by_row.setdefault(path.partition(".")[0], []).append(row["rest"].split("[")[0])
    latest = {(each.listed, each.key): each for each in sorted(requests, key=lambda each: each.pk)}
    found = [
        _holder(path, rows, assembled, tuple(dict.fromkeys(by_row.get(path, ()))), latest)
        for path, rows in assembled.rows.items()
        if path.partition("[")[0] in NAMED_IN and path not in given_here
    ]
    listed = [each for each in found if each is not None]
    return sorted(listed, key=lambda each: not each.facts)


def _holder(
    path: str, rows: Sequence[Any], assembled: Assembled, facts: tuple[str, ...], latest: Mapping[Any, Any]
) -> Holder | None:
    """The entry at one path; None where no practice has a record of it, or where it stands on record whole."""
    listed, entry = path.partition("[")[0], entry_at(path, assembled.document)
    kind = entry.get("kind") or ""
    practice, request = named(rows, listed), latest.get((listed, rows[0].key))
    prescriber_may_know = bool(facts and entry.get("prescribed"))
    if not (wanted.given_by_somebody(listed, kind, practice) or prescriber_may_know or request):
        return None
    on_record = any(row.said_by == "record" for row in rows)
    if on_record and not facts and request is None:
        return None
    return Holder(
        listed,
        str(rows[0].key),
        _numbered(path, assembled.document),
        practice,
        facts,
        tuple(wanted.in_words(wanted.that_tell(facts, listed, kind), listed)),
        wanted.permission(rows),
        request,
    )


def _numbered(path: str, document: Mapping[str, Any]) -> str:
    row = ROW.match(path)
    return numbered(row["list"], int(row["index"]), document) if row else path


def entry_at(path: str, document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The entry of the facts document that a path such as "therapies[1]" names."""
    row = ROW.match(path)
    entry: Mapping[str, Any] = document[row["list"]][int(row["index"])] if row else {}
    return entry


def path_of(listed: str, key: Any, assembled: Assembled) -> str | None:
    """The path of the entry with this key, such as "therapies[1]"; None where the record has no such entry."""
    return next(
        (
            path
            for path, rows in assembled.rows.items()
            if path.partition("[")[0] == listed and str(rows[0].key) == str(key)
        ),
        None,
    )


def named(rows: Sequence[Any], listed: str) -> str:
    """Who gave it, by whoever said so last and weighs most."""
    said = [getattr(row, NAMED_IN[listed]) for row in rows]
    return next((name for name in reversed(said) if name), "")


def period(entry: Mapping[str, Any]) -> str:
    """When it was, in words for a letter: "12 March 2026 to May 2026", "since March 2026"; empty while unsaid."""
    begun, ended = entry.get("from") or entry.get("on"), entry.get("to")
    if entry.get("ongoing") and begun:
        return f"since {say_date(begun)}"
    if begun and ended:
        return f"{say_date(begun)} to {say_date(ended)}"
    return say_date(begun) if begun else f"until {say_date(ended)}" if ended else ""


def subject(path: str, document: Mapping[str, Any]) -> str:
    """What a record is of, for a letter: its kind, and the drug or program where one was named."""
    entry, listed = entry_at(path, document), path.partition("[")[0]
    if listed == "imaging":
        return f"{words(entry.get('modality'), MODALITIES) or 'Imaging'} of the spine"
    if listed in SUBJECTS:
        return SUBJECTS[listed]
    kind, name = words(entry.get("kind"), THERAPIES), entry.get("name") or ""
    return f"{kind} ({name})" if kind and name else kind or name or "Treatment"
