"""What becomes of each line of a table that was read in: new, a change, nothing, or perhaps an entry that is there."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .models import CHANGEABLE, Details, Entry, Import, ImportRow, snapshot

NEW, CHANGED, SAME, ALIKE = "new", "changed", "same", "alike"


@dataclass(frozen=True)
class Planned:
    """One line: `entry` is the one with its NPI, `says` what it would change there, `alike` what it may be."""

    row: ImportRow
    fate: str
    entry: Entry | None = None
    says: Mapping[str, object] = field(default_factory=dict)
    alike: tuple[Entry, ...] = ()

    @property
    def changes(self) -> list[tuple[str, object, object]]:
        """Column, what stands in the directory, and what the line says, in words."""
        if self.entry is None:
            return []
        return [(name.replace("_", " "), _in_words(self.entry, name), _in_words(self.row, name)) for name in self.says]


def plan(of: Import) -> list[Planned]:
    """Every line by what would become of it now, in three queries."""
    rows: list[Any] = list(ImportRow.objects.filter(of=of).weighed())  # with what `weighed` annotates
    wanted = {pk for row in rows for pk in (row.same_id, *row.alike_ids) if pk}
    known = Entry.objects.in_bulk(wanted)
    return [_planned(row, known) for row in rows]


def _planned(row: Any, known: Mapping[int, Entry]) -> Planned:
    entry = known.get(row.same_id)
    if entry:
        says = {name: value for name, value in said_by(row).items() if value != getattr(entry, name)}
        return Planned(row, CHANGED if says else SAME, entry, says)
    alike = tuple(known[pk] for pk in row.alike_ids)
    return Planned(row, ALIKE if alike else NEW, alike=alike)


def said_by(row: Details) -> dict[str, object]:
    """What a line says; an empty cell says nothing, and so takes nothing away."""
    return {name: value for name, value in snapshot(row, CHANGEABLE).items() if value}


def fingerprint(planned: list[Planned]) -> str:
    """Changes when anything would become of a line that was not shown."""
    shown = [
        (each.row.line, each.fate, each.entry and each.entry.pk, each.changes, [one.pk for one in each.alike])
        for each in planned
    ]
    return hashlib.sha256(json.dumps(shown, default=str).encode()).hexdigest()


def _in_words(entry: Details, name: str) -> str:
    if name == "languages":
        return entry.languages_in_words
    display = getattr(entry, f"get_{name}_display", None)
    return str(display() if display else getattr(entry, name))
