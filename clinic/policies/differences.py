"""What differs between two versions of a set: in its head, clause by clause, and line by line. Pure."""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from clinic.criteria.reasons import CLAUSE_TITLES
from clinic.criteria.sets import Clause, CriteriaSet

from .plainly import HEAD, head_words, rule_words

CONTEXT = 2  # lines shown before and after a change
FEW = 3  # fewer equal words than this do not break up a change
WORDS = re.compile(r"\S+\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a text: in both ("same"), in the older alone ("gone") or in the newer alone ("new")."""

    words: str
    mark: str = "same"


@dataclass(frozen=True, slots=True)
class Change:
    """Something with a name that reads otherwise."""

    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """A clause that came ("new"), went ("gone") or reads otherwise ("changed")."""

    key: str
    title: str
    mark: str
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text, by its number in either version; no words and no numbers stand for lines left out."""

    mark: str
    words: str = ""
    older: int | None = None
    newer: int | None = None


@dataclass(frozen=True, slots=True)
class Differences:
    """All that differs; `weighed` are the clauses that may come to another verdict."""

    head: list[Change] = field(default_factory=list)
    clauses: list[ClauseChange] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    weighed: frozenset[str] = frozenset()


def differences(older: CriteriaSet, newer: CriteriaSet) -> Differences:
    """What reads otherwise in `newer`, in the order of the clause keys."""
    before, after = ({clause.key: clause for clause in each.clauses} for each in (older, newer))
    pairs = [(key, before.get(key), after.get(key)) for key in CLAUSE_TITLES if key in before or key in after]
    changed = {key: found for key, old, new in pairs if (found := _clause(key, old, new))}
    return Differences(
        [change for change in _head(older, newer) if change],
        list(changed.values()),
        [CLAUSE_TITLES[key][0] for key, _, _ in pairs if key not in changed],
        frozenset(key for key, old, new in pairs if _weighs(old) != _weighs(new)),
    )


def _weighs(clause: Clause | None) -> object:
    return clause and (clause.rules, clause.with_clause)


def _head(older: CriteriaSet, newer: CriteriaSet) -> Iterator[Change]:
    before, after = head_words(older), head_words(newer)
    for name in HEAD.values():
        if before.get(name) != after.get(name):
            yield Change(name, pieces(before.get(name, ""), after.get(name, "")))


def _clause(key: str, older: Clause | None, newer: Clause | None) -> ClauseChange | None:
    if older == newer:
        return None
    mark = "changed" if older and newer else "new" if newer else "gone"
    before, after = _said(older), _said(newer)
    names = dict.fromkeys([*before, *after])
    changes = [
        Change(name, pieces(before.get(name, ""), after.get(name, "")))
        for name in names
        if before.get(name) != after.get(name)
    ]
    return ClauseChange(key, CLAUSE_TITLES[key][0], mark, tuple(changes))


def _said(clause: Clause | None) -> dict[str, str]:
    """All that a clause says, by name."""
    if clause is None:
        return {}
    said = {"In our words": clause.says, "Where it stands": clause.pointer, "Together with": clause.with_clause or ""}
    said |= {f"Plain words, {language}": words for language, words in clause.plain.items()}
    for rule in map(rule_words, clause.rules):
        said |= {f"{rule.kind.capitalize()}: {name}": words for name, words in rule.parameters} or {
            rule.kind.capitalize(): "asked for"
        }
    return said


def pieces(older: str, newer: str) -> tuple[Piece, ...]:
    """Both texts as one, word by word; a word or two that stayed amid changes are told with them."""
    before, after = WORDS.findall(older), WORDS.findall(newer)
    found: list[Piece] = []
    gone, new = "", ""
    for step, i, j, k, n in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if step == "equal" and not (j - i < FEW and i > 0 and j < len(before)):
            found += [Piece(gone, "gone"), Piece(new, "new"), Piece("".join(before[i:j]))]
            gone, new = "", ""
        else:
            gone, new = gone + "".join(before[i:j]), new + "".join(after[k:n])
    found += [Piece(gone, "gone"), Piece(new, "new")]
    return tuple(piece for piece in found if piece.words)


def lines(older: str, newer: str) -> list[Line]:
    """The text line by line: what went, what came, and a little round it."""
    before, after = older.splitlines(), newer.splitlines()
    found: list[Line] = []
    for group in difflib.SequenceMatcher(None, before, after).get_grouped_opcodes(CONTEXT):
        if group[0][1] or group[0][3]:
            found.append(Line("left-out"))
        for step, i, j, k, n in group:
            found += _lines(step, before, range(i, j), after, range(k, n))
    return found


def _lines(
    step: str, before: Sequence[str], old: Iterable[int], after: Sequence[str], new: Iterable[int]
) -> Iterator[Line]:
    if step == "equal":
        yield from (Line("same", after[n], i + 1, n + 1) for i, n in zip(old, new, strict=True))
    else:
        yield from (Line("gone", before[i], older=i + 1) for i in old)
        yield from (Line("new", after[n], newer=n + 1) for n in new)
