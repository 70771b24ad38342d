"""Verbs of a table that is read in: kept to be looked at, then confirmed as a whole or never."""

from collections.abc import Collection, Mapping, Sequence

from django.db import IntegrityError, connection, transaction

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.audit.clock import now
from clinic.directory.models import CHANGEABLE, SAYS, Entry, Import, ImportRow, snapshot
from clinic.directory.planning import ALIKE, CHANGED, NEW, Planned, fingerprint, plan, said_by
from clinic.directory.table import Table


@transaction.atomic
def read_in(*, file_name: str, table: Table, rows: Sequence[ImportRow], by: Actor) -> Import:
    """Keep the lines of a table in which nothing is wrong. Nothing stands in the directory by it yet."""
    made = Import.objects.create(
        file_name=file_name[:100],
        encoding=table.encoding,
        delimiter=table.delimiter,
        read_by_id=by.person_id,
    )
    for row in rows:
        row.of = made
    ImportRow.objects.bulk_create(rows)
    record(by=by, verb="directory.read_in", of=made, detail={"lines": len(rows)})
    return made


@transaction.atomic
def confirm_import(
    *, of: Import, seen: str, another: Collection[int], same_as: Mapping[int, int], by: Actor
) -> dict[str, int]:
    """Take in a table as it was shown; returns how many entries were added, changed and filled.

    `another` are lines to add although something alike is there, `same_as` lines that are an entry which is there.

    Raises:
        Refused: it is done already, or the directory changed since the preview whose fingerprint was `seen`.
    """
    # One import at a time, and nobody who adds meanwhile: what was shown is what is done.
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE directory_entry IN SHARE ROW EXCLUSIVE MODE")
    held = Import.objects.select_for_update().get(pk=of.pk)
    if held.confirmed_at:
        raise Refused("This table was taken in already.")
    planned = plan(held)
    if fingerprint(planned) != seen:
        raise Refused("The directory changed since this was shown. Look at it once more.")
    try:
        done = _carry_out(planned, another, same_as, by)
    except IntegrityError as problem:
        raise Refused("Two of these lines would say the same NPI. Look at them once more.") from problem
    held.confirmed_at, held.confirmed_by_id = now(), by.person_id
    held.save(update_fields=["confirmed_at", "confirmed_by"])
    record(by=by, verb="directory.imported", of=held, detail=done)
    return {name: len(ids) for name, ids in done.items()}


def _carry_out(
    planned: Sequence[Planned], another: Collection[int], same_as: Mapping[int, int], by: Actor
) -> dict[str, list[int]]:
    """The ids of what was added, changed and filled."""
    new = [each.row for each in planned if each.fate == NEW or (each.fate == ALIKE and each.row.line in another)]
    added = [Entry(**snapshot(row, SAYS), created_by_id=by.person_id) for row in new]
    changed = [_changed(each) for each in planned if each.fate == CHANGED]
    filled: dict[int, Entry] = {}
    for each in planned:
        entry = next((one for one in each.alike if one.pk == same_as.get(each.row.line)), None)
        if entry:
            filled[entry.pk] = _filled(filled.get(entry.pk, entry), each.row)
    with transaction.atomic():
        Entry.objects.bulk_create(added)
        Entry.objects.bulk_update([*changed, *filled.values()], CHANGEABLE)
    done = {"added": added, "changed": changed, "filled": list(filled.values())}
    return {name: [entry.pk for entry in entries] for name, entries in done.items()}


def _changed(planned: Planned) -> Entry:
    entry = planned.entry
    if entry is None:
        raise ValueError("only a line with an entry changes one")
    for name, value in planned.says.items():
        setattr(entry, name, value)
    return entry


def _filled(entry: Entry, row: ImportRow) -> Entry:
    """The entry with what was empty in it filled from the line."""
    for name, value in said_by(row).items():
        if not getattr(entry, name):
            setattr(entry, name, value)
    return entry
