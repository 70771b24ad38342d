"""What a set asks of patients, in plain words and their language, laid side by side with others. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clinic.criteria.reasons import CLAUSE_TITLES, LANGUAGES, date_in_words
from clinic.criteria.sets import Clause, CriteriaSet

from .kept import Kept


@dataclass(frozen=True, slots=True)
class Words:
    """What one clause asks; `language` is the one that the words are in."""

    key: str
    title: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One set for the public: its name, since which day it counts ("": from the beginning), and who checked it when."""

    of: CriteriaSet
    title: str
    since: str
    signed_by: str
    signed_on: str
    clauses: tuple[Words, ...]

    @property
    def key(self) -> str:
        return self.of.key


@dataclass(frozen=True, slots=True)
class Row:
    """One clause across all sets, in their order; None where a set is silent."""

    title: str
    cells: tuple[Words | None, ...]


def asked(kept: Kept, since: date | None, language: str) -> Asked:
    """A set that was signed off, in one language."""
    criteria, signed = kept.criteria, kept.signed_off
    if signed is None:
        raise ValueError(f"{criteria.name} is not signed off, so that the public may not read it")
    title = criteria.title_plain.get(language) or criteria.title
    clauses = {clause.key: _words(clause, language) for clause in criteria.clauses}
    in_order = tuple(clauses[key] for key in CLAUSE_TITLES if key in clauses)
    began = date_in_words(since.isoformat(), language) if since else ""
    return Asked(criteria, title, began, signed.name, date_in_words(signed.on.isoformat(), language), in_order)


def _words(clause: Clause, language: str) -> Words:
    """The plain words; where the document has none, our words for the doctor, which are English."""
    title = CLAUSE_TITLES[clause.key][LANGUAGES.index(language)]
    if language in clause.plain:
        return Words(clause.key, title, clause.plain[language], language)
    return Words(clause.key, title, clause.says, "en")


def side_by_side(sets: Sequence[Asked], language: str) -> list[Row]:
    """A row for each clause that any of the sets states."""
    columns = [{words.key: words for words in each.clauses} for each in sets]
    keys = [key for key in CLAUSE_TITLES if any(key in column for column in columns)]
    place = LANGUAGES.index(language)
    return [Row(CLAUSE_TITLES[key][place], tuple(column.get(key) for column in columns)) for key in keys]
