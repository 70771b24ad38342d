"""All that the page of measures shows, put together from a fixed number of queries."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from clinic.directory.models import Entry, Kind
from referrals.loop.lifecycle import Direction
from referrals.loop.reading import targets

from . import counting, queries
from .chart import Drawing, Value, bars
from .counting import Asked
from .figures import ENDINGS, UNKNOWN, Counted, Ended, Group, Spell, Tallied, Visits, figures, percent
from .hidden import SMALLEST, Cell

NO_PRACTICE = {Direction.OUTGOING: "No practice chosen yet", Direction.INCOMING: "Not in the directory"}


@dataclass(frozen=True)
class Named:
    """One line by practice or service."""

    name: str
    key: Hashable
    ended: Ended

    @property
    def can_narrow(self) -> bool:
        """Whether the page can be narrowed to it."""
        return self.key not in (queries.NO_PRACTICE, queries.OTHERS)


@dataclass(frozen=True)
class Part:
    """How long a part of the whole way took."""

    label: str
    spell: Spell


@dataclass(frozen=True)
class Measured:
    """The measures of a period. `young`: opened less than 30 days ago, so in none of the endings."""

    every: Ended
    young: Cell
    practices: list[Named]
    services: list[Named]
    whole: Counted
    parts: list[Part]
    steps: list[Counted]
    visits: Visits | None

    @property
    def endings(self) -> list[tuple[str, Cell, str]]:
        """Each ending with its number and its share."""
        return [(words, cell, percent(cell, self.every.all)) for words, cell in self._endings()]

    def _endings(self) -> Iterable[tuple[str, Cell]]:
        return ((words, self.every.endings[each]) for each, words in ENDINGS.items())

    @property
    def ended_chart(self) -> Drawing:
        return bars(Value(words, _said(cell, share), cell.count) for words, cell, share in self.endings)

    @property
    def steps_chart(self) -> Drawing:
        return bars(_long(each) for each in self.steps)

    @property
    def reasons_chart(self) -> Drawing:
        reasons = self.visits.reasons if self.visits else ()
        return bars(Value(words, str(cell), cell.count) for words, cell in reasons)


def _said(cell: Cell, share: str) -> str:
    return f"{cell} ({share})" if share else str(cell)


def _long(step: Counted) -> Value:
    spell, kind = step.spell, "plain" if step.runs else "paused"
    words = f"{spell.median_words}; 90% within {spell.most_words}" if spell.is_known else "fewer than 11 ended"
    return Value(step.label, words, spell.median, spell.most, kind)


def measured(asked: Asked) -> Measured:
    """What is measured of these referrals: six queries, however many there are."""
    standing = targets()
    every, groups = counting.endings(asked)
    way, steps = counting.way(asked, standing), counting.stays(asked, standing)
    outgoing = asked.direction == Direction.OUTGOING
    attended, why = counting.visits(asked) if outgoing else (0, {})
    shown = figures(Tallied(asked.direction, every, groups, way.met, steps, attended, why))
    by = {kind: [each for each in shown.ended if each.group[0] == kind] for kind in ("service", "practice")}
    return Measured(
        every=shown.ended[0],
        young=shown.young,
        practices=_named(by["practice"], _practice_names(groups, asked.direction)),
        services=_named(by["service"], dict(Kind.choices)),
        whole=shown.whole,
        parts=_parts(way),
        steps=shown.steps,
        visits=shown.visits if outgoing else None,
    )


def _parts(way: counting.Way) -> list[Part]:
    """Of those that were completed: the whole time, while the clock ran, and while it stood."""
    spells = {
        "Until the loop was closed": way.closed,
        "of that, clock running": way.ran,
        "of that, clock paused: waiting for the patient or the referrer": way.stood,
    }
    known = way.completed >= SMALLEST
    return [Part(label, spell if known else UNKNOWN) for label, spell in spells.items()]


def _practice_names(groups: Iterable[Group], direction: Direction) -> Mapping[Hashable, str]:
    keys = [int(str(key)) for by, key in groups if by == "practice"]
    names: dict[Hashable, str] = {entry.pk: str(entry) for entry in Entry.objects.filter(pk__in=keys)}
    return names | {queries.NO_PRACTICE: NO_PRACTICE[direction], queries.OTHERS: "All other practices"}


def _named(rows: Iterable[Ended], names: Mapping[Hashable, str]) -> list[Named]:
    """The lines in the order of their names, for the order of hidden numbers would tell of them; "others" last."""
    named = [Named(names[row.group[1]], row.group[1], row) for row in rows]
    return sorted(named, key=lambda each: (not each.can_narrow, each.name.lower()))
