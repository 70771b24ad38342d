"""Verbs of the door: a referral is received, and added to later."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext

from clinic.audit.actions import Refused, record
from clinic.audit.actor import Actor
from clinic.audit.clock import today
from clinic.directory.models import Kind as Service
from clinic.people.limits import one_at_a_time
from clinic.people.models import Language, Location
from clinic.post.actions import send_template
from clinic.record import uploads
from clinic.record.actions import tell_the_clinic
from clinic.record.uploads import CheckedUpload
from referrals.incoming import said as knowledge
from referrals.incoming.models import Addition, Attachment, Request
from referrals.incoming.shape import Door
from referrals.loop.actions.links import make_link, secret_of
from referrals.loop.actions.steps import Asked, Said, begin, held, of_patient, refuse_closed, step
from referrals.loop.lifecycle import Direction, State
from referrals.loop.models import Link, Referral
from referrals.loop.urgency import Urgency

from .accepting import file_what_came_later


class UnfitFile(Refused):
    """One of the files cannot be taken; the sentence names it."""


Files = Iterable["UploadedFile[Any]"]
WITHDRAWN = Addition.Kind.WITHDRAWN


def receive(
    *,
    said: Mapping[str, Any],
    files: Files,
    door: str,
    by: Actor,
    fax: CheckedUpload | None = None,
    location: Location | None = None,
    nonce: uuid.UUID | None = None,
    language: str = Language.ENGLISH,
) -> Referral:
    """Take in a referral: it has an owner, a next day and its sender's words from its first moment.

    `said` has cleaned values by the keys of `knowledge.FIELDS` and `knowledge.ROWS`; what is not said may be absent.
    `fax` is a scanned file that was judged and kept before. The same `nonce` with the same words is the same referral.

    Raises:
        UnfitFile: a file cannot be taken; nothing was written.
        Refused: nobody works here who could own it; nothing was written.
    """
    with _judged(files) as (judged, kept), transaction.atomic():
        came = [*([fax] if fax else []), *judged]
        nonce = _once(nonce, _words(said), came)
        one_at_a_time(f"incoming.receive {nonce}")
        standing = Referral.objects.filter(request__nonce=nonce).first()
        if standing:
            return standing
        referral = _begun(said, location or _first_location(), by)
        request = _request(referral, said, nonce=nonce, door=door, written_in=language, entered_by_id=by.user_id)
        kept += _attach(referral, came)
        if referral.must_call:
            tell_the_clinic(kind="call_now", by=by)
        if door == Door.FORM or request.sender_email:
            _hand_out_the_link(request, by)
    return referral


def _once(nonce: uuid.UUID | None, heard: object, came: Sequence[CheckedUpload]) -> uuid.UUID:
    """The mark by which a form sent twice is heard once. Who goes back and sends other words with it is heard again."""
    return uuid.uuid5(nonce or uuid.uuid4(), repr((heard, [each.sha256 for each in came])))


def _words(said: Mapping[str, Any]) -> dict[str, Any]:
    """What was said, by column; an empty value is left to the column's own "not said"."""
    keys = (*knowledge.COLUMNS, *knowledge.ROWS)
    words = {key: said[key] for key in keys if said.get(key) not in (None, "", [])}
    return words | {"signs": knowledge.signs_of(said)}


def _first_location() -> Location:
    location = Location.objects.filter(active=True).first()
    if location is None:
        raise Refused(gettext("Nobody at the clinic can take this referral just now. Please call the clinic."))
    return location


def _begun(said: Mapping[str, Any], location: Location, by: Actor) -> Referral:
    red_flag = bool(knowledge.calls(knowledge.signs_of(said)))
    asked = Asked(
        direction=Direction.INCOMING,
        service=Service.PAIN_SPINE,
        urgency=Urgency.URGENT if red_flag else said.get("urgency") or Urgency.ROUTINE,
        location=location,
        said_name=f"{said.get('given_name', '')} {said.get('family_name', '')}".strip(),
        red_flag=red_flag,
    )
    return begin(asked=asked, by=by)


def _request(referral: Referral, said: Mapping[str, Any], **how: Any) -> Request:
    return Request.objects.create(referral=referral, **_words(said), **how)


@contextmanager
def _judged(files: Files) -> Iterator[tuple[list[CheckedUpload], list[str]]]:
    """The files, judged, and a list for the paths that a row came to tell of: the others are removed again.

    The disk knows no transactions.
    """
    judged: list[CheckedUpload] = []
    kept: list[str] = []
    try:
        for file in files:
            judged.append(_checked(file))
        yield judged, kept
    except BaseException:
        kept.clear()
        raise
    finally:
        for upload in judged:
            if upload.path not in kept:
                uploads.discard(upload.path)


def _checked(file: "UploadedFile[Any]") -> CheckedUpload:
    try:
        return uploads.check(file)
    except Refused as refused:
        raise UnfitFile(f"{file.name}: {refused}") from refused


def _attach(referral: Referral, judged: Sequence[CheckedUpload], addition: Addition | None = None) -> list[str]:
    """Keep a row for each file; the paths that a row tells of now."""
    paths = []
    for upload in judged:
        place = {"referral": referral, "sha256": upload.sha256}
        words = {"name": upload.name, "content_type": upload.content_type, "size": upload.size, "path": upload.path}
        row, _new = Attachment.objects.get_or_create(**place, defaults={**words, "addition": addition})
        paths.append(row.path)
    return paths


def _hand_out_the_link(request: Request, by: Actor) -> None:
    """Make the private link, which the receipt shows, and mail it, without a word about the patient."""
    link = make_link(referral=request.referral, by=by)
    if not request.sender_email:
        return
    send_template(
        kind="referral_received",
        to=request.sender_email,
        language=request.written_in,
        context={"code": request.referral.printed_code, "link": follow_address(link)},
        by=by,
        urgent=request.referral.must_call,
    )


def follow_address(link: Link) -> str:
    """The whole address of a private link, as it stands in a mail, a letter and on the receipt."""
    return settings.PUBLIC_ADDRESS.rstrip("/") + reverse("incoming:follow", args=[secret_of(link)])


def add(
    *,
    referral: Referral,
    words: str,
    files: Files,
    by: Actor,
    link: Link | None = None,
    fax: CheckedUpload | None = None,
    nonce: uuid.UUID | None = None,
) -> Addition:
    """Keep what the sender says later. Where we waited for it, the referral is ours again; else somebody looks today.

    Raises:
        Refused: nothing was said, a file cannot be taken, or the referral is at its end.
    """
    with _judged(files) as (judged, kept), transaction.atomic():
        came = [*([fax] if fax else []), *judged]
        if not words.strip() and not came:
            raise Refused(gettext("Write an answer, or attach a file."))
        addition, new = _addition(referral, _once(nonce, words, came), by, link, words=words.strip())
        if new:
            kept += _attach(referral, came, addition)
            file_what_came_later(referral=addition.referral, by=by)
            _ours_again(referral, by, link)
    return addition


def withdraw(*, referral: Referral, words: str, by: Actor, link: Link, nonce: uuid.UUID | None = None) -> Addition:
    """The practice says that it is no longer needed. Staff alone cancels: it stands for today, with these words."""
    with transaction.atomic():
        addition, new = _addition(referral, _once(nonce, words, []), by, link, words=words.strip(), kind=WITHDRAWN)
        if new:
            _look_today(held(referral))
    return addition


def _addition(referral: Referral, nonce: uuid.UUID, by: Actor, link: Link | None, **said: Any) -> tuple[Addition, bool]:
    """The row, and whether it is new: the same form sent twice is one row."""
    standing = held(referral)  # two who answer wait for each other
    if link:
        refuse_closed(link)
    # A form of one referral is never heard as one of another.
    nonce = uuid.uuid5(nonce, standing.code)
    earlier = Addition.objects.filter(nonce=nonce).first()
    if earlier:
        return earlier, False
    if not standing.is_open:
        raise Refused(gettext("This referral is closed, so nothing can be added to it here. Please call us."))
    entered_by = None if link else by.user_id
    addition = Addition.objects.create(referral=standing, nonce=nonce, link=link, entered_by_id=entered_by, **said)
    verb = f"referral.{addition.kind}"
    record(by=by, verb=verb, patients=of_patient(standing), of=standing, detail={"addition": addition.pk})
    return addition, True


def _ours_again(referral: Referral, by: Actor, link: Link | None) -> None:
    standing = held(referral)
    if standing.state == State.NEEDS_INFORMATION:
        step(referral=standing, to=State.RECEIVED, by=by, said=Said(how="link" if link else "", link=link))
    else:
        _look_today(standing)


def _look_today(standing: Referral) -> None:
    """Bring it up in the work list today, put off or not."""
    standing.next_on, standing.snoozed = today(standing.location.time_zone), False
    standing.save(update_fields=["next_on", "snoozed"])
