"""The results as a table for other programs: one number a line, nobody's name, small ones hidden as on the page."""

import csv
from collections.abc import Iterator

from clinic.people.sheets import Echo, harmless
from referrals.measures.figures import NOT_SAID
from referrals.measures.hidden import Cell

from .figures import Figures, Result, Row
from .words import GROUPINGS

COLUMNS = ("year", "measure", "by", "line", "number", "value")
Said = tuple[str, str, str, str, object]


def written(year: int, of: Figures) -> Iterator[str]:
    """The table line by line, its head first."""
    writer = csv.writer(Echo())
    yield writer.writerow(COLUMNS)
    for said in _said(of):
        yield writer.writerow([harmless(_plain(cell)) for cell in (year, *said)])


def _plain(cell: object) -> str:
    """A number as other programs read it, without the comma of the page."""
    return str(cell.count) if isinstance(cell, Cell) and cell.count is not None else str(cell)


def _said(of: Figures) -> Iterator[Said]:
    yield "Sessions", "All", "All sessions", "Sessions", of.sessions
    for result in of.results:
        yield from _result(result)
    for words, cell in of.kinds:
        yield "Complications", "Kind", words, "Complications", cell
    yield "Complications", "All", "All sessions", "Complications", of.entries


def _result(result: Result) -> Iterator[Said]:
    yield from _row(result, "All", result.every)
    for words, cell in result.rest:
        yield result.words.title, "All", "All sessions", f"Not counted: {words}", cell
    for by, rows in result.compared.items():
        for row in rows:
            yield from _row(result, GROUPINGS[by], row)


def _row(result: Result, by: str, row: Row) -> Iterator[Said]:
    for words, cell in row.numbers:
        yield result.words.title, by, row.name, words, cell
    yield result.words.title, by, row.name, f"Share {result.words.share}", row.share or NOT_SAID
