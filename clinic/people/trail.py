"""The log as people read it: ids become names for whoever works here, and references for patients."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from clinic.audit.models import Event
from clinic.audit.verbs import sentence

from .models import STAFF_ROLES, Patient, User

# What else an event says is shown for these alone: of a case or an intake an administrator learns only that it was so.
DETAILED = {
    *("patient", "access", "link", "code", "user", "session", "identity"),
    *("message", "clinic", "location", "staff", "events"),
}
UNSIGNED = {"stranger": "Somebody not signed in", "system": "The software"}


@dataclass(frozen=True)
class Line:
    """One event: who (a name only of staff), what, of which patients (references only), when and from where."""

    at: datetime
    who: str
    role: str
    what: str
    verb: str
    patients: list[str]
    thing: str
    detail: str
    ip: str


def lines(events: Iterable[Event]) -> list[Line]:
    """Events for an administrator, in two more queries however many there are."""
    events = list(events)
    users = User.objects.select_related("patient").in_bulk({e.actor_id for e in events if e.actor_id})
    seen = {pk for event in events for pk in event.patient_ids}
    references = dict(Patient.objects.filter(pk__in=seen).values_list("pk", "reference"))
    return [_line(event, users.get(event.actor_id or 0), references) for event in events]


def _line(event: Event, user: User | None, references: dict[int, str]) -> Line:
    return Line(
        at=event.at,
        who=_who(event, user),
        role=event.role,
        what=sentence(event.verb, "en"),
        verb=event.verb,
        patients=[references[pk] for pk in event.patient_ids if pk in references],
        thing=f"{event.object_kind.partition('.')[2]} {event.object_id}".strip(),
        detail=_detail(event),
        ip=event.ip or "",
    )


def _who(event: Event, user: User | None) -> str:
    if event.actor_id is None:
        return UNSIGNED.get(event.role, "Somebody")
    if user is None:
        return f"User {event.actor_id}"
    if user.role in STAFF_ROLES:
        return str(user)
    patient = getattr(user, "patient", None)
    return f"Patient {patient.reference}" if patient else f"Carer, user {user.pk}"


def _detail(event: Event) -> str:
    if event.verb.partition(".")[0] not in DETAILED:
        return ""
    said = {key: value for key, value in event.detail.items() if value not in (None, [], "")}
    return "; ".join(f"{key.replace('_', ' ')}: {_plain(value)}" for key, value in said.items())


def _plain(value: object) -> str:
    return ", ".join(str(part) for part in value) if isinstance(value, list) else str(value)


@dataclass(frozen=True)
class Look:
    """What one person did in one go, as the patient reads it: who, what, how often, and when last."""

    who: str
    what: str
    times: int
    at: datetime


def looks(events: Iterable[Event], reader: User, language: str, your: str, zone: ZoneInfo) -> list[Look]:
    """Events for a patient; the same thing done again by the same person, with nothing between, is one line
    a day, by the days of `zone`."""
    events = list(events)
    names = User.objects.in_bulk({event.actor_id for event in events if event.actor_id})
    together = groupby(events, key=lambda each: (each.actor_id, each.role, each.verb, each.at.astimezone(zone).date()))
    runs = [list(run) for _same, run in together]
    return [
        Look(
            who=_named(run[0], names.get(run[0].actor_id or 0), reader),
            what=sentence(run[0].verb, language, your),
            times=len(run),
            at=run[0].at,
        )
        for run in runs
    ]


def _named(event: Event, user: User | None, reader: User) -> str:
    if event.actor_id == reader.pk:
        return gettext("You")
    if user is None:
        return gettext("The clinic's software") if event.role == "system" else gettext("Somebody not signed in")
    return user.name or gettext("Somebody who signs in with %(email)s") % {"email": user.email}
