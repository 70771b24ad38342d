"""The signed decision as plain text, to be copied into another record system. Pure: it reads only what was stored."""

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .evidence import say_date

WIDTH = 78
VERDICTS = {
    "met": "met",
    "not_met": "not met",
    "cannot_tell": "cannot be told",
    "review": "for review",
    "not_applicable": "not applicable",
}
NOT_SIGNED_OFF = "not yet signed off by this clinic"


@dataclass(frozen=True)
class Signed:
    """A stored decision, as plain values: what the page, the paper and the text all show."""

    clinic: str
    phone: str
    outcome: str
    reason: str
    holds_settled: str
    still_missing: Sequence[str]
    against_criteria: bool
    message: str
    signed_by: str
    signed_at: str
    as_of: str
    seal: str
    shown: Mapping[str, Any]
    safety: Mapping[str, Sequence[Mapping[str, Any]]]
    determination: Mapping[str, Any] | None
    superseded: str = ""


def text(signed: Signed) -> str:
    """The whole decision in lines of at most 78 letters, without markup."""
    who = signed.shown
    blocks = [
        [f"DECISION: {signed.outcome.upper()}", f"{signed.clinic}, {signed.phone}"],
        [
            f"Patient: {who.get('name', '')}, born {say_date(who.get('birth_date') or None)}",
            f"Reference: {who.get('reference', '')}    Payer: {who.get('payer') or 'not said'}",
            f"Complaint: {who.get('complaint') or 'not said'}",
            f"Weighed as of {say_date(signed.as_of)}",
        ],
        [f"SUPERSEDED: {signed.superseded}"] if signed.superseded else [],
        _said("Reason", signed.reason, " (against the criteria)" if signed.against_criteria else ""),
        ["Waits for:", *(f"- {each}" for each in signed.still_missing)] if signed.still_missing else [],
        _criteria(signed.determination),
        _safety(signed),
        ["What was tried:", *(_tried(row) for row in who.get("ledger", []))] if who.get("ledger") else [],
        ["Plan:", *(f"- {name}: {value}" for name, value in who.get("plan", []))] if who.get("plan") else [],
        _said("Message to the patient", signed.message),
        [f"Signed by {signed.signed_by}, {signed.signed_at}", f"Seal (SHA-256): {signed.seal}"],
    ]
    return "\n\n".join("\n".join(_wrapped(block)) for block in blocks if block) + "\n"


def _said(title: str, words: str, more: str = "") -> list[str]:
    return [f"{title}{more}:", *words.replace("\r\n", "\n").split("\n")] if words else []


def _criteria(of: Mapping[str, Any] | None) -> list[str]:
    if of is None:
        return []
    head = f"Criteria: {of['title']} ({of['publisher']}), version {of['version']}, {of['status']} source"
    standing = of["signed_off"]["words"] if of["signed_off"] else NOT_SIGNED_OFF
    lines = [head, f"Outcome: {VERDICTS[of['outcome']]} ({of['tally']})", f"This set is {standing}."]
    for clause in of["clauses"]:
        verdict = VERDICTS[clause["verdict"]]
        lines.append(f"- {clause['title']['en']}: {verdict}. {clause['sentence']['en']}")
    return lines


def _safety(signed: Signed) -> list[str]:
    signs = [*signed.safety.get("urgent", []), *signed.safety.get("holds", [])]
    if not signs:
        return []
    settled = _said("Settled", signed.holds_settled)
    return ["Safety, apart from coverage:", *(f"- {sign['because']}" for sign in signs), *settled]


def _tried(row: Mapping[str, str]) -> str:
    ends = {"": "", "not said": ", its end not said", "still going on": ", still going on"}
    to = ends.get(row["to"], f" to {row['to']}")
    more = f" ({row['more']})" if row["more"] else ""
    return f"- {row['what']}: {row['from']}{to}; {row['did']}{more}"


def _wrapped(lines: Iterable[str]) -> list[str]:
    found: list[str] = []
    for line in lines:
        indent = "  " if line.startswith("- ") else ""
        found += textwrap.wrap(line, WIDTH, subsequent_indent=indent, break_long_words=False) or [""]
    return found
