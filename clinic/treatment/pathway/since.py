"""What changed since a decision was signed: by what was sealed, and by what is known now. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from clinic.candidacy.evidence import label, row_name, say
from clinic.candidacy.weighing import Result, clause_title

LISTS: Mapping[str, str] = {
    "therapies": "Treatments tried",
    "injections": "Injections",
    "blood_thinners": "Blood thinners",
    "imaging": "Imaging",
    "electrodiagnostics": "Nerve tests",
    "scores": "Scores",
}
ONLY_DAYS = {"as_of", "patient.age", "record_final"}  # these move by themselves, or with the signature


@dataclass(frozen=True)
class Change:
    """One thing that is not as it was signed; "" where nobody had said it, or nobody says it any more."""

    label: str
    was: str
    now: str


def facts(sealed: Mapping[str, Any], document: Mapping[str, Any]) -> list[Change]:
    """Facts that are said otherwise, each with both words; of the lists only which of them changed."""
    before, after = dict(_flat(sealed)), dict(_flat(document))
    paths = [path for path in {**before, **after} if before.get(path) != after.get(path) and path not in ONLY_DAYS]
    said = [Change(label(path, document), _words(path, before), _words(path, after)) for path in paths]
    return [*said, *_lists(sealed, document)]


def _flat(document: Mapping[str, Any], group: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in document.items():
        if key in LISTS:
            continue
        if isinstance(value, Mapping):
            yield from _flat(value, f"{group}{key}.")
        elif value is not None:
            yield f"{group}{key}", value


def _words(path: str, said: Mapping[str, Any]) -> str:
    return say(path, said[path]) if path in said else ""


def _lists(sealed: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[Change]:
    for key, title in LISTS.items():
        gone, come = _names(key, sealed, document), _names(key, document, sealed)
        said_anew = [f"{name}, said otherwise" if name in gone else name for name in come]
        if gone or come:
            yield Change(title, ", ".join(gone), ", ".join(said_anew))


def _names(key: str, document: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """The rows of one list, by name, that the other document does not have word for word."""
    elsewhere = other.get(key) or []
    return [row_name(key, at, document) for at, row in enumerate(document.get(key) or []) if row not in elsewhere]


def verdicts(sealed: Mapping[str, Any] | None, result: Result | None) -> list[Change]:
    """Clauses of the set that the decision rests on whose verdict is another by now."""
    if sealed is None or result is None:
        return []
    was = {clause["key"]: clause["verdict"] for clause in sealed["clauses"]}
    now = {clause.key: str(clause.verdict) for clause in result.clauses}
    turned = [key for key in was if key in now and was[key] != now[key]]
    return [Change(clause_title(key), _plain(was[key]), _plain(now[key])) for key in turned]


def _plain(verdict: str) -> str:
    return verdict.replace("_", " ")


def holds(sealed: Iterable[Mapping[str, Any]], now: Iterable[str]) -> list[str]:
    """Keys of holds that the safety screen finds by now and that were not signed with the decision."""
    known = {hold["key"] for hold in sealed}
    return [key for key in now if key not in known]
