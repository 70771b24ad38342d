"""The measures as a table for other programs: one number a line, small ones hidden as on the page."""

import csv
from collections.abc import Iterator

from clinic.people.sheets import Echo, harmless

from .counting import Asked
from .figures import ENDINGS, NOT_SAID, Counted, Ended, Spell
from .reading import Measured

COLUMNS = ("from", "until", "direction", "table", "line", "measure", "value")
Said = tuple[str, str, str, object]


def written(asked: Asked, of: Measured) -> Iterator[str]:
    """The table line by line, its head first."""
    writer = csv.writer(Echo())
    yield writer.writerow(COLUMNS)
    period = (asked.first.isoformat(), asked.last.isoformat(), asked.direction.value)
    for said in _said(of):
        yield writer.writerow([harmless(str(cell)) for cell in (*period, *said)])


def _said(of: Measured) -> Iterator[Said]:
    yield from _ended("how they ended", "all", of.every)
    yield "how they ended", "all", "Opened less than 30 days ago", of.young
    for table, rows in (("by service", of.services), ("by practice", of.practices)):
        for row in rows:
            yield from _ended(table, row.name, row.ended)
    yield from _counted("total time", of.whole)
    for part in of.parts:
        yield from _spell("total time", part.label, part.spell)
    for step in of.steps:
        yield from _counted("time in each step", step)
    yield from _visits(of)


def _ended(table: str, line: str, row: Ended) -> Iterator[Said]:
    yield table, line, "Opened 30 days ago or earlier", row.all
    for ending, cell in row.endings.items():
        yield table, line, ENDINGS[ending], cell
    yield table, line, "Share completed in 30 days", row.share or NOT_SAID


def _counted(table: str, row: Counted) -> Iterator[Said]:
    yield table, row.label, "Clock", "runs" if row.runs else "stands"
    yield table, row.label, "Ended", row.done
    yield table, row.label, "Not ended yet", row.open
    yield table, row.label, "Within target", row.within
    yield table, row.label, "Over target", row.over
    yield table, row.label, "Share within target", row.share or NOT_SAID
    yield from _spell(table, row.label, row.spell)


def _spell(table: str, line: str, spell: Spell) -> Iterator[Said]:
    yield table, line, "Median, days", spell.median_words
    yield table, line, "90th percentile, days", spell.most_words


def _visits(of: Measured) -> Iterator[Said]:
    if of.visits:
        yield "visits", "all", "Took place", of.visits.attended
        yield "visits", "all", "Did not take place", of.visits.missed
        for words, cell in of.visits.reasons:
            yield "visits", words, "Did not take place", cell
