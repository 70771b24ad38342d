"""The folder's files become faxes: each exactly once, and none is ever deleted.

The bytes are kept first, then the row is written, and only after that transaction the original is moved to "taken".
Whatever dies in between leaves the file where it lies, and the next look finds the row that tells of it.
"""

from datetime import timedelta
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction

from clinic.audit.actions import record
from clinic.audit.actor import Actor
from clinic.audit.clock import now
from clinic.paper.pages import pages
from clinic.record import pdf, uploads
from referrals.faxes import folder
from referrals.faxes.folder import Changed, Found
from referrals.faxes.lifecycle import Fault
from referrals.faxes.models import Fax, Look, Trouble

PAUSE = 3.0  # seconds between two looks: a file that is the same in both has stopped growing
UNFINISHED = 120  # seconds for which a file without an end may be one that is still being sent
MOST_BYTES = 200 * 1024 * 1024  # of a file that is looked into
COUNTED = {"not_a_pdf": Fault.NO_PDF, "damaged": Fault.DAMAGED, "encrypted": Fault.ENCRYPTED}
PERHAPS_UNFINISHED = frozenset({Fault.EMPTY, Fault.DAMAGED, Fault.NO_PDF})
Troubles = set[tuple[str, str]]


def take_in(*, by: Actor, place: Path | None = None, pause: float = PAUSE) -> int:
    """Take in every file of the folder that has stopped growing; returns how many faxes are new.

    What cannot be taken stands as a trouble until a later look finds it gone.
    """
    place = place or settings.FAX_FOLDER
    if place.parent == settings.STATE_DIR:
        place.mkdir(mode=0o700, exist_ok=True)  # our own; a folder that somebody named may be a disk that is not there
    try:
        found = folder.settled(place, pause)
    except OSError:
        _note({(Trouble.Kind.FOLDER.value, "")}, by)
        return 0
    troubles: Troubles = set(found.troubles)
    new = sum(_take(file, troubles, by) for file in found.files)
    _note(troubles, by)
    return new


def _take(file: Found, troubles: Troubles, by: Actor) -> bool:
    """Whether a new fax was written for a file. What hinders it is added to `troubles`."""
    try:
        sha256, path = uploads.keep(file.chunks())
    except (Changed, FileNotFoundError):
        return False  # it grows, or another process took it: the next look decides
    except OSError:
        troubles.add((Trouble.Kind.FILE.value, file.name))
        return False
    fault, number = judged(uploads.place_of(path), file.size)
    if fault in PERHAPS_UNFINISHED and file.age < UNFINISHED:
        uploads.discard(path)
        return False
    fax = Fax(
        name=file.name,
        sha256=sha256,
        modified_ns=file.modified_ns,
        size=file.size,
        path=path,
        pages=number,
        fault=fault,
        received_at=now() - timedelta(seconds=file.age),
    )
    return _keep(fax, file, troubles, by)


def judged(place: Path, size: int) -> tuple[Fault, int | None]:
    """What is wrong with a kept file, and how many pages it has; None where they cannot be counted."""
    if not size:
        return Fault.EMPTY, None
    if size > MOST_BYTES:
        return Fault.TOO_LARGE, None
    content = place.read_bytes()
    counted = pages(content)
    if counted.why in COUNTED:
        return COUNTED[counted.why], None
    if not pdf.is_whole(content):
        return Fault.DAMAGED, None
    if pdf.carries_a_program(content):
        return Fault.PROGRAM, counted.pages
    return Fault.TOO_MANY_PAGES if counted.pages is None else Fault.NONE, counted.pages


def _keep(fax: Fax, file: Found, troubles: Troubles, by: Actor) -> bool:
    """Write the row, and have the file moved once it stands. A row that stands already keeps its own bytes."""
    try:
        with transaction.atomic():
            fax.same_as = Fax.objects.filter(sha256=fax.sha256).order_by("pk").first()
            fax.save(force_insert=True)
            record(by=by, verb="fax.taken_in", of=fax, detail={"pages": fax.pages, "fault": fax.fault})
    except IntegrityError:
        uploads.discard(fax.path)
        known = Fax.objects.get(sha256=fax.sha256, name=fax.name, modified_ns=fax.modified_ns)
        transaction.on_commit(partial(_put_away, file, known.pk, troubles))
        return False
    except BaseException:
        uploads.discard(fax.path)
        raise
    transaction.on_commit(partial(_put_away, file, fax.pk, troubles))
    return True


def _put_away(file: Found, number: int, troubles: Troubles) -> None:
    try:
        folder.put_away(file, number)
    except OSError:
        troubles.add((Trouble.Kind.NOT_MOVED.value, file.name))


@transaction.atomic
def _note(troubles: Troubles, by: Actor) -> None:
    """Keep what is wrong with the folder: what is new begins, what is gone ends."""
    moment = now()
    Look.objects.update_or_create(pk=1, defaults={"at": moment})
    standing = {(each.kind, each.name): each for each in Trouble.objects.standing()}
    for known in standing.keys() - troubles:
        Trouble.objects.filter(pk=standing[known].pk).update(ended_at=moment)
    begun = sorted(troubles - standing.keys())
    Trouble.objects.bulk_create([Trouble(kind=kind, name=name) for kind, name in begun], ignore_conflicts=True)
    for kind, _name in begun:
        record(by=by, verb="faxes.trouble_began", detail={"kind": kind})
