"""Verbs of the directory: the only code that writes its entries."""

from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.audit.clock import now
from clinic.directory.models import MOST_ALIKE, SAYS, Details, Entry, Merge, PractitionerRole, snapshot

TOLD_APART_BY = {"name", "phone", "fax"}


class Alike(Refused):
    """Entries alike are there already, and whoever asked has not seen them yet: `entries`, most alike first."""

    def __init__(self, entries: list[Entry]) -> None:
        super().__init__("Something alike is in the directory already. Look whether it is one of these.")
        self.entries = entries


@transaction.atomic
def add_entry(*, by: Actor, seen: Collection[int] = (), **says: Any) -> Entry:
    """Enter a practice or a practitioner; `seen` are the ids of those alike that were shown before.

    Raises:
        Alike: there are possible duplicates that were not shown.
        Refused: another entry has this NPI.
    """
    entry = Entry(**says, created_by_id=by.person_id)
    refuse_npi_of_another(entry)
    passed = _shown_before(entry, seen)
    _save(entry)
    record(by=by, verb="directory.added", of=entry, detail={"alike": passed} if passed else {})
    return entry


@transaction.atomic
def change_entry(*, entry: Entry, by: Actor, seen: Collection[int] = (), **says: Any) -> list[str]:
    """Correct what an entry says; returns the columns that changed. Raises as `add_entry` does."""
    held = _held(entry)
    changed = sorted(name for name, value in says.items() if getattr(held, name) != value)
    for name in changed:
        setattr(held, name, says[name])
    refuse_npi_of_another(held)
    passed = _shown_before(held, seen) if TOLD_APART_BY & set(changed) else []
    if changed:
        _save(held, update_fields=changed)
        record(by=by, verb="directory.changed", of=held, detail={"fields": changed, "alike": passed})
    return changed


def refuse_npi_of_another(entry: Details) -> None:
    """Raise Refused where another entry has this NPI, be it one that was merged."""
    others = Entry.objects.select_related("merged_into").filter(npi=entry.npi).exclude(npi="").exclude(pk=entry.pk)
    # What was merged into this very entry may have said the same.
    other = others.exclude(merged_into=entry.pk or 0).first() if entry.pk else others.first()
    if other:
        raise Refused(f"This NPI is that of {other.merged_into or other}. Correct it, or change that entry instead.")


def _save(entry: Entry, **how: Any) -> None:
    """Save; the constraint of the database speaks where somebody else said the same NPI a moment ago."""
    try:
        with transaction.atomic():
            entry.save(**how)
    except IntegrityError as problem:
        raise Refused("Somebody else has just entered this NPI. Look in the directory again.") from problem


def _shown_before(entry: Entry, seen: Collection[int]) -> list[int]:
    alike = list(Entry.objects.alike(entry)[:MOST_ALIKE])
    if any(other.pk not in seen for other in alike):
        raise Alike(alike)
    return [other.pk for other in alike]


def _held(entry: Entry) -> Entry:
    """The entry, locked until the transaction ends. Raises Refused where it was merged meanwhile."""
    held = Entry.objects.select_for_update().get(pk=entry.pk)
    if held.merged_into_id:
        raise Refused("This entry was merged into another one. Look at that one.")
    return held


@transaction.atomic
def deactivate_entry(*, entry: Entry, by: Actor) -> None:
    """Nothing is sent there any more: it closed, moved away or retired. Where it stands already, it stays."""
    held = _held(entry)
    if held.deactivated_at is None:
        held.deactivated_at, held.deactivated_by_id = now(), by.person_id
        held.save(update_fields=["deactivated_at", "deactivated_by"])
        record(by=by, verb="directory.deactivated", of=held)


@transaction.atomic
def reactivate_entry(*, entry: Entry, by: Actor) -> None:
    held = _held(entry)
    if held.deactivated_at is not None:
        held.deactivated_at = held.deactivated_by = None
        held.save(update_fields=["deactivated_at", "deactivated_by"])
        record(by=by, verb="directory.reactivated", of=held)


@transaction.atomic
def merge_entry(*, entry: Entry, into: Entry, by: Actor) -> Entry:
    """Two entries are one: what is empty in `into` is filled, and `entry` keeps its words and leads there.

    Raises:
        Refused: they are one entry already, were merged meanwhile, or are a practice and a practitioner.
    """
    gone, kept = _both_held(entry, into)
    said = snapshot(kept)
    filled = [name for name in SAYS if not getattr(kept, name) and getattr(gone, name)]
    for name in filled:
        setattr(kept, name, getattr(gone, name))
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])  # before its NPI goes over: only one that stands has it
    gone.merged.update(merged_into=kept)
    kept.save(update_fields=filled)
    gone.referrals.update(practice=kept)  # who looks at one calls the number that is kept right
    Merge.objects.create(gone=gone, kept=kept, filled=filled, kept_said=said, merged_by_id=by.person_id)
    _move_roles(gone, kept, by)
    record(by=by, verb="directory.merged", of=gone, detail={"into": kept.pk, "filled": filled})
    return kept


def _both_held(entry: Entry, into: Entry) -> tuple[Entry, Entry]:
    """Both, locked in one order, so that two people who merge the same pair wait for each other."""
    if entry.pk == into.pk:
        raise Refused("This is one and the same entry.")
    if entry.resource != into.resource:
        raise Refused("A practice and a practitioner are never one.")
    held = {each.pk: _held(each) for each in sorted((entry, into), key=lambda each: each.pk)}
    return held[entry.pk], held[into.pk]


def _move_roles(gone: Entry, kept: Entry, by: Actor) -> None:
    """Who worked at one of them works at the one that stays: the old role ends, and a new one begins."""
    roles = PractitionerRole.objects.open()
    for role in [*roles.filter(practitioner=gone), *roles.filter(organization=gone)]:
        _end(role, by)
        place = {"practitioner_id": role.practitioner_id, "organization_id": role.organization_id}
        place = {name: kept.pk if pk == gone.pk else pk for name, pk in place.items()}
        if not roles.filter(**place).exists():
            PractitionerRole.objects.create(**place, created_by_id=by.person_id)


@transaction.atomic
def add_role(*, practitioner: Entry, organization: Entry, by: Actor) -> PractitionerRole:
    """A practitioner works at a practice. Said twice, it is the same role. Raises Refused for any other pair."""
    person, practice = _held(practitioner), _held(organization)
    if person.is_practice or not practice.is_practice:
        raise Refused("A practitioner works at a practice. Choose one of each.")
    standing = PractitionerRole.objects.open().filter(practitioner=person, organization=practice).first()
    if standing:
        return standing
    role = PractitionerRole.objects.create(practitioner=person, organization=practice, created_by_id=by.person_id)
    record(by=by, verb="directory.role_added", of=role, detail={"who": person.pk, "where": practice.pk})
    return role


@transaction.atomic
def end_role(*, role: PractitionerRole, by: Actor) -> None:
    """A practitioner does not work at a practice any more."""
    if _end(role, by):
        detail = {"who": role.practitioner_id, "where": role.organization_id}
        record(by=by, verb="directory.role_ended", of=role, detail=detail)


def _end(role: PractitionerRole, by: Actor) -> bool:
    open_one = PractitionerRole.objects.open().filter(pk=role.pk)
    return bool(open_one.update(ended_at=now(), ended_by=by.person_id))
