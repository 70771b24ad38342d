"""A table that other programs write: bytes in any usual encoding into lines by column, and back. Pure."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import StringIO

from clinic.people.sheets import Echo, harmless, meant

LARGEST = 1024 * 1024  # bytes
MOST_ROWS = 2000
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}

# Header as we write it, and the column of an entry that it stands for.
COLUMNS = {
    "entry": "resource",
    "kind": "kind",
    "name": "name",
    "credentials": "suffix",
    "npi": "npi",
    "phone": "phone",
    "fax": "fax",
    "direct address": "direct_address",
    "address": "address",
    "languages": "languages",
    "receives by": "receives_by",
    "notes": "notes",
}
NEEDED = ("entry", "kind", "name")


class Unreadable(Exception):
    """A file that is no table of ours: its text is one plain sentence for the person who sent it."""


@dataclass(frozen=True)
class Line:
    """One row: the line of the file on which it begins, and what stands in it by column; "" where nothing does."""

    number: int
    cells: Mapping[str, str]
    fault: str = ""


@dataclass(frozen=True)
class Table:
    encoding: str
    delimiter: str
    columns: list[str]
    lines: list[Line] = field(default_factory=list)


def read(content: bytes) -> Table:
    """Read a table. Raises Unreadable where the file as a whole cannot be one; a line that is wrong says so itself."""
    if len(content) > LARGEST:
        raise Unreadable("This file is larger than 1 MB. Split it.")
    text, encoding = _decoded(content)
    delimiter = _delimiter(text)
    rows = _rows(text, delimiter)
    _number, header = next(rows, (0, []))
    columns = _columns(header)
    lines = [_line(number, cells, columns) for number, cells in rows]
    if not lines:
        raise Unreadable("There is no line below the header.")
    if len(lines) > MOST_ROWS:
        raise Unreadable(f"This table has {len(lines):,} lines. Split it: at most {MOST_ROWS:,} are read at once.")
    return Table(encoding, delimiter, columns, lines)


def _decoded(content: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: what says by its first bytes what it is, UTF-8, else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        tried = [("utf-16", "UTF-16")]
    else:
        tried = [("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252")]
    for codec, name in tried:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text, name
    raise Unreadable("This file is no text. Save the table as CSV (UTF-8) and choose that file.")


def _delimiter(text: str) -> str:
    """The one that finds most of our columns in the first line."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=lambda each: sum(_header(cell) in COLUMNS for cell in first.split(each)))


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line on which it begins; empty ones are passed over."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as problem:
        raise Unreadable(
            f"From line {begins} on this is no table: a quotation mark is open or stands in the middle of a cell."
        ) from problem


def _columns(header: list[str]) -> list[str]:
    named = [_header(cell) for cell in header]
    while named and not named[-1]:
        named.pop()
    known = "The columns are: " + ", ".join(COLUMNS) + "."
    strange = [cell.strip()[:40] for cell, name in zip(header, named, strict=False) if name not in COLUMNS]
    if strange:
        raise Unreadable(f"No column is called {_quoted(strange)}. {known}")
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice:
        raise Unreadable(f"{_quoted(twice)} is there more than once. {known}")
    lacking = [name for name in NEEDED if name not in named]
    if lacking:
        raise Unreadable(f"There is no column called {_quoted(lacking)}. {known}")
    return [COLUMNS[name] for name in named]


def _header(cell: str) -> str:
    """`Direct_Address` is the column "direct address"."""
    return re.sub(r"[\s_]+", " ", _typed(cell).replace("\ufeff", "").strip(' "')).lower()


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _line(number: int, cells: list[str], columns: list[str]) -> Line:
    said = {column: _typed(cell) for column, cell in zip(columns, cells, strict=False)}
    too_many = any(cell.strip() for cell in cells[len(columns) :])
    fault = f"This line has {len(cells)} cells, and the header has {len(columns)}." if too_many else ""
    return Line(number, {**dict.fromkeys(columns, ""), **said}, fault)


def _typed(cell: str) -> str:
    return meant(cell.strip())


def written(rows: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """A table in UTF-8 that spreadsheets open as it is, line by line; `rows` by the columns of an entry."""
    writer = csv.writer(Echo())
    yield "\ufeff" + writer.writerow(COLUMNS)  # the mark by which Excel knows UTF-8
    for row in rows:
        yield writer.writerow([harmless(row[column]) for column in COLUMNS.values()])
