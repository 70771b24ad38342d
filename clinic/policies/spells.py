"""From when to when a set counted in which version, told from the rows that said so. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple


class Word(NamedTuple):
    """The row `pk` says in which version (None: in none) a set counts from a day (None: from the beginning) on."""

    pk: int
    version_id: int | None
    from_day: date | None


@dataclass(frozen=True, slots=True)
class Spell:
    """The days on which one version counts, or none does; `last_day` None: no end is planned. `word` began it."""

    word: Word
    last_day: date | None = None

    @property
    def version_id(self) -> int | None:
        return self.word.version_id

    @property
    def first_day(self) -> date | None:
        return self.word.from_day

    def has(self, day: date) -> bool:
        return (self.first_day or day) <= day <= (self.last_day or day)


def spells(words: Iterable[Word]) -> tuple[Spell, ...]:
    """The spells of one set in the order of time. Of several words for a day the last holds; what changes nothing
    begins no spell."""
    for_a_day = {word.from_day: word for word in sorted(words, key=lambda word: word.pk)}
    ordered = [for_a_day[day] for day in sorted(for_a_day, key=lambda day: day or date.min)]
    begun = [each for before, each in zip([None, *ordered], ordered, strict=False) if _changes(before, each)]
    return _closed([Spell(word) for word in begun])


def _changes(before: Word | None, each: Word) -> bool:
    return each.version_id is not None if before is None else before.version_id != each.version_id


def _closed(begun: Sequence[Spell]) -> tuple[Spell, ...]:
    """Each spell ends on the day before the next one begins."""
    ended = [
        replace(each, last_day=after.first_day - timedelta(days=1))
        for each, after in pairwise(begun)
        if after.first_day
    ]
    return (*ended, *begun[-1:])
