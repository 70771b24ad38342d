"""What is asked after the answers were signed: what the clinic wants to know besides, and what has changed.

A question is named as `facts_asked` names it: "onset" for one that stands alone, "therapies[].to" for one that is
asked of each entry of a list, "therapies[<key>].to" for the same asked of one entry alone, and "therapies" for the
list itself.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from . import PLAIN, ROWS
from .asked import Answers, Row, is_asked
from .conditions import Condition, Every
from .shape import UNSAID, Kind, Question, Rows
from .shape import marked as _

OF_EACH = "[]."
OF_ENTRY = re.compile(r"(?P<slug>\w+)\[(?P<row>[0-9a-f-]*)\]\.(?P<key>\w+)")

LATER = "later"  # the section under which such answers are kept that the questionnaire itself does not ask for
ANSWER_TO_NOTE = Question(key="answer_to_note", kind=Kind.LONG_TEXT, text=_("Your answer to the doctor"), most=4000)
CHANGED_WORDS = _("Anything else that changed")
THINNER, INFECTION, SIGN, OTHER = "blood_thinner", "infection", "sign", "other"
CHANGES = {
    THINNER: _("I take a new medicine that thins the blood"),
    INFECTION: _("I have an infection, or take an antibiotic"),
    SIGN: _("I have one of the warning signs"),
    OTHER: _("Something else"),
}


@dataclass(frozen=True)
class Wanted:
    """Some questions of one list, or of none; `row` is the key of an entry, or empty for an entry that is new."""

    questions: tuple[Question, ...]
    rows: Rows | None = None
    row: str = ""
    number: int = 0


def known(name: str) -> bool:
    """Whether there is such a question or list."""
    entry = OF_ENTRY.fullmatch(name)
    if entry:
        return entry["slug"] in ROWS and any(each.key == entry["key"] for each in ROWS[entry["slug"]].all_questions)
    return name in PLAIN or name in ROWS


def of_entry(name: str, row: str) -> str:
    """The name of a question that is asked of each entry, asked of this one alone."""
    return name.replace(OF_EACH, f"[{row}].")


def of_any(name: str) -> str:
    """The name of a question of one entry, as it is asked of each."""
    entry = OF_ENTRY.fullmatch(name)
    return f"{entry['slug']}{OF_EACH}{entry['key']}" if entry else name


def may_apply(thing: Question | Rows, answers: Answers) -> bool:
    """Whether a question is asked, or could be by an answer that nobody has given yet: a man is not asked whether he
    is pregnant, but who did not say whether they have diabetes may be asked whether it is controlled."""
    condition = thing.asked_if
    parts = condition.conditions if isinstance(condition, Every) else (condition,) if condition else ()
    return not any(_is_ruled_out(part, answers) for part in parts)


def _is_ruled_out(condition: Condition, answers: Answers) -> bool:
    return not condition(answers) and all(_is_settled(name, answers) for name in condition.names())


def _is_settled(name: str, answers: Answers) -> bool:
    said = answers.get(name)
    if said is None and name in PLAIN:
        return not may_apply(PLAIN[name], answers)
    return said is not None and not (isinstance(said, str) and said in UNSAID)


def wanted(names: Iterable[str], answers: Answers, entries: int = 1) -> list[Wanted]:
    """What has to be shown so that the named questions count: with those that they hang on, entry by entry.

    `answers` holds only what counts. A list that is asked for by itself has room for `entries` new ones.
    """
    names = [name for name in names if known(name)]
    listed = {slug: [name for name in names if _slug(name) == slug] for slug in ROWS}
    gates = [ROWS[slug].gate for slug, asked in listed.items() if asked and not is_asked(ROWS[slug], answers)]
    alone = tuple(_with_grounds([*(name for name in names if name in PLAIN), *gates], answers))
    found = [Wanted(alone)] if alone else []
    for slug, asked in listed.items():
        found += _of_list(ROWS[slug], asked, answers, entries)
    return found


def _slug(name: str) -> str:
    return name.partition("[")[0] if name not in PLAIN else ""


def _with_grounds(names: Iterable[str], answers: Answers) -> Iterator[Question]:
    """The questions, each behind those that have to be answered otherwise before it is asked at all."""
    shown: set[str] = set()
    for name in names:
        question = PLAIN[name]
        grounds = question.asked_if.names() if question.asked_if and not is_asked(question, answers) else frozenset()
        for each in (*_with_grounds(sorted(grounds - shown), answers), question):
            if each.key not in shown:
                shown.add(each.key)
                yield each


def _of_list(rows: Rows, asked: list[str], answers: Answers, entries: int) -> Iterator[Wanted]:
    entries_asked = [entry for entry in map(OF_ENTRY.fullmatch, asked) if entry]
    there: dict[str, Row] = dict(answers.rows.get(rows.slug, {}))
    for number, (row, given) in enumerate(there.items(), 1):
        keys = {entry["key"] for entry in entries_asked if entry["row"] in ("", row)}
        known_here = answers.with_row(given)
        open_here = tuple(each for each in rows.all_questions if each.key in keys and is_asked(each, known_here))
        if open_here:
            yield Wanted(open_here, rows, row, number)
    of_each = any(not entry["row"] for entry in entries_asked)
    if rows.slug in asked or (of_each and not there):
        for number in range(len(there) + 1, len(there) + 1 + entries):
            yield Wanted(rows.questions, rows, "", number)
