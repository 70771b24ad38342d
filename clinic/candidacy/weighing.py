"""A case weighed as of one day: its facts, the safety screen, and each criteria set's verdicts, with a seal over all.

Nothing here is kept: the case page weighs anew at each view. What is signed is `sealed()`, word for word.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from clinic.criteria import determine, facts, reasons, safety, sets
from clinic.criteria.contract import Refused
from clinic.criteria.verdicts import Verdict
from clinic.policies.kept import Kept, SignedOff
from clinic.record.facts import Assembled, Source

from . import evidence

# Unmet first: what a doctor must look at stands on top.
READING_ORDER = (Verdict.NOT_MET, Verdict.CANNOT_TELL, Verdict.REVIEW, Verdict.MET, Verdict.NOT_APPLICABLE)
AGAINST = {
    "candidate": frozenset({Verdict.NOT_MET, Verdict.CANNOT_TELL}),
    "not_a_candidate": frozenset({Verdict.MET}),
}


@dataclass(frozen=True)
class Result:
    """One criteria set and what it comes to on this record."""

    of: sets.CriteriaSet
    determination: determine.Determination
    signed_off: SignedOff | None = None

    @property
    def key(self) -> str:
        return self.of.name

    @property
    def outcome(self) -> Verdict:
        return self.determination.outcome

    @property
    def clauses(self) -> list[determine.ClauseResult]:
        return sorted(self.determination.clauses, key=lambda clause: READING_ORDER.index(clause.verdict))

    @property
    def open(self) -> list[determine.ClauseResult]:
        return [clause for clause in self.clauses if clause.verdict not in (Verdict.MET, Verdict.NOT_APPLICABLE)]

    @property
    def settled(self) -> list[determine.ClauseResult]:
        return [clause for clause in self.clauses if clause.verdict in (Verdict.MET, Verdict.NOT_APPLICABLE)]

    @property
    def tally(self) -> str:
        """ "1 not met · 1 cannot tell · 9 met"."""
        counts = dict.fromkeys(READING_ORDER, 0)
        for clause in self.determination.clauses:
            counts[clause.verdict] += 1
        return " · ".join(f"{count} {verdict.replace('_', ' ')}" for verdict, count in counts.items() if count)

    @property
    def missing(self) -> list[str]:
        """Facts that clauses name as missing, each once."""
        return list(dict.fromkeys(path for clause in self.clauses for path in clause.missing))


@dataclass(frozen=True)
class Weighed:
    """Everything that a page about one case rests on."""

    as_of: date
    assembled: Assembled
    screen: safety.Screen | None
    results: tuple[Result, ...]
    parsed: facts.Facts | None = None
    problems: tuple[tuple[str, str], ...] = ()  # facts that cannot be, and why: then nothing was weighed

    @property
    def document(self) -> dict[str, Any]:
        return self.assembled.document

    @property
    def urgent(self) -> bool:
        return bool(self.screen and self.screen.urgent)

    @property
    def holds(self) -> Sequence[safety.Sign]:
        return self.screen.holds if self.screen else ()

    @cached_property
    def missing(self) -> list[str]:
        return list(dict.fromkeys(path for result in self.results for path in result.missing))

    def result(self, key: str) -> Result | None:
        """The result of a set by its key, with or without a version."""
        return next((each for each in self.results if key in (each.key, each.of.key)), None)


def weigh(assembled: Assembled, as_of: date, rules: Iterable[Kept], *, stopped: bool = False) -> Weighed:
    """Screen for safety and weigh every set. `stopped`: an urgent alert is open, so no verdict is shown."""
    try:
        parsed = facts.Facts.parse(assembled.document)
    except Refused as refused:
        return Weighed(as_of, assembled, None, (), problems=tuple(refused.problems))
    screen = safety.screen(parsed)
    if screen.urgent or stopped:
        return Weighed(as_of, assembled, screen, (), parsed)
    results = tuple(
        Result(kept.criteria, determine.determine(kept.criteria, parsed), kept.signed_off) for kept in rules
    )
    return Weighed(as_of, assembled, screen, results, parsed)


def against(outcome: str, verdict: Verdict | None) -> bool:
    """Whether a decision goes against the criteria: candidate where they are not met or cannot be told, or not a
    candidate where they are met. `review` leaves the judgement to the doctor, so neither word goes against it."""
    return verdict in AGAINST.get(outcome, frozenset())


def sealed(weighed: Weighed, names: Mapping[int, str], languages: Sequence[str] = ("en",)) -> dict[str, Any]:
    """What an assessment keeps: facts, sources, safety, determinations and engine, in JSON's own types.

    `names` are the people of the sources by id; `languages` those in which sentences are kept.
    """
    document = weighed.document
    return {
        "as_of": weighed.as_of.isoformat(),
        "facts": document,
        "sources": {
            path: _told(path, said, document, names) for path, said in sorted(weighed.assembled.sources.items())
        },
        "safety": weighed.screen.to_dict() if weighed.screen else {},
        "determinations": [_determined(each, document, languages) for each in weighed.results],
        "engine_version": determine.ENGINE_VERSION,
    }


def _told(path: str, said: Sequence[Source], document: Mapping[str, Any], names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "label": evidence.label(path, document),
        "said": [
            {
                "by": source.said_by,
                "recorded_by": names.get(source.recorded_by_id or 0, ""),
                "at": source.recorded_at.isoformat(),
                "row": f"{source.model} {source.pk}",
                "value": source.value,
                "words": evidence.say(path, source.value),
            }
            for source in said
        ],
    }


def _determined(result: Result, document: Mapping[str, Any], languages: Sequence[str]) -> dict[str, Any]:
    return {
        "policy": result.of.key,
        "version": result.of.version,
        "sha256": result.of.sha256,
        "title": result.of.title,
        "publisher": result.of.publisher,
        "status": result.of.status,
        "status_note": result.of.status_note,
        "signed_off": _signed_off(result.signed_off),
        "outcome": result.outcome,
        "tally": result.tally,
        "clauses": [
            {
                "key": clause.key,
                "title": {language: clause_title(clause.key, language) for language in languages},
                "verdict": clause.verdict,
                "because": [reason.to_dict() for reason in clause.because],
                "sentence": {language: reasons.render(clause.because, language) for language in languages},
                "facts": {path: evidence.label(path, document) for path in clause.facts},
                "missing": {path: evidence.label(path, document) for path in clause.missing},
            }
            for clause in result.clauses
        ],
    }


def _signed_off(signed: SignedOff | None) -> dict[str, str] | None:
    if signed is None:
        return None
    told = {"name": signed.name, "on": signed.on.isoformat(), "checked_against": signed.checked_against}
    return told | {"words": str(signed)}


def clause_title(key: str, language: str = "en") -> str:
    return reasons.CLAUSE_TITLES[key][reasons.LANGUAGES.index(language)]


def seal(content: Mapping[str, Any]) -> str:
    """SHA-256 over the content as canonical JSON: keys sorted, no blanks, UTF-8."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
