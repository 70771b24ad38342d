"""What people do about the referrals of the demo, in and out; `referrals.py` says who did it, and when."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from clinic.audit.actor import Actor
from clinic.audit.clock import today
from clinic.candidacy.casefile import CaseFile
from clinic.directory.models import Entry, Kind
from clinic.people.models import Location, Patient, User
from clinic.record.models import Case
from referrals.incoming.actions import accepting, answering, matching, receiving
from referrals.incoming.actions.catching_up import catch_up_one
from referrals.incoming.said import SIGNS
from referrals.loop.actions import working
from referrals.loop.actions.steps import Said, name_practice, step
from referrals.loop.lifecycle import Direction
from referrals.loop.models import Referral
from referrals.loop.targets import Span, due
from referrals.outgoing.actions import sending, writing
from referrals.outgoing.record import known

from .copies import copy_of
from .shape import When
from .stage import DOOR, acting

Staff = Mapping[str, User]
PRACTICE_IP = "203.0.113.20"  # an address that the internet keeps free for examples (RFC 5737)
GIVEN_NAME = "Test Patient"


@dataclass(frozen=True)
class Way:
    """One referral: whose family name, for which service, and what happened. Ours is what came in."""

    name: str
    happened: tuple[tuple[When, "Act"], ...]
    service: str = Kind.PAIN_SPINE

    @property
    def direction(self) -> Direction:
        return Direction.INCOMING if self.service == Kind.PAIN_SPINE else Direction.OUTGOING

    @property
    def said_name(self) -> str:
        return f"{GIVEN_NAME} {self.name}"

    @property
    def referral(self) -> Referral:
        """As it stands now."""
        rows = Referral.objects.select_related("location", "patient", "case", "practice")
        about = {"said_name": self.said_name} if self.direction == Direction.INCOMING else self._sent_about
        return rows.filter(direction=self.direction, **about).latest("pk")

    @property
    def _sent_about(self) -> dict[str, str]:
        return {"patient__family_name": self.name, "service": self.service}

    @property
    def case(self) -> Case:
        """The latest case of whom it is about."""
        return Case.objects.filter(patient__family_name=self.name).latest("pk")


Act = Callable[[Way, Staff], object]


def in_working_days(referral: Referral, days: int) -> date:
    return due(today(referral.location.time_zone), Span(days, working=True))


def _visit(referral: Referral, days: int | None) -> date | None:
    return None if days is None else in_working_days(referral, days)


def came(*, by: str = "", door: str = "form", **said: Any) -> Act:
    """A practice sends somebody here; without `by`, through the public form."""

    def act(way: Way, staff: Staff) -> None:
        signs = dict.fromkeys((f"sign_{sign}" for sign in SIGNS), "no")
        words = {"given_name": GIVEN_NAME, "family_name": way.name, **signs, **said}
        at = Location.objects.get(name=words.pop("at")) if "at" in words else None
        receiving.receive(said=words, files=[], door=door, location=at, by=acting(staff[by]) if by else _outside())

    return act


def _outside() -> Actor:
    return Actor(ip=PRACTICE_IP, door=DOOR)


def matched(*, sender: str = "") -> Act:
    """The desk finds whom it is about in the register, with the case that is there; or enters somebody new."""

    def act(way: Way, staff: Staff) -> None:
        by, referral = acting(staff["hazel"]), way.referral
        patient = Patient.objects.filter(family_name=way.name).order_by("pk").first()
        if patient:
            matching.match_patient(referral=referral, patient=patient, case=way.case, by=by)
        else:
            matching.match_new_patient(referral=referral, by=by)
        if sender:
            name_practice(referral=referral, practice=_practice(sender), by=by)

    return act


def _practice(name: str) -> Entry:
    return Entry.objects.practices().get(name=name)


def accepted() -> Act:
    return lambda way, staff: accepting.accept(referral=way.referral, by=acting(staff["hazel"]))


def asked_for(codes: Sequence[str], note: str) -> Act:
    return lambda way, staff: answering.ask(referral=way.referral, codes=codes, note=note, by=acting(staff["hazel"]))


def turned_away(to: str, codes: Sequence[str], reason: str) -> Act:
    def act(way: Way, staff: Staff) -> None:
        answering.turn_away(referral=way.referral, to=to, codes=codes, reason=reason, by=acting(staff["larch"]))

    return act


def caught_up() -> Act:
    """What the worker does every minute: the referral comes to where its case is."""
    return lambda way, _staff: catch_up_one(way.referral)


def answered(how: str) -> Act:
    def act(way: Way, staff: Staff) -> None:
        referral = way.referral
        on = today(referral.location.time_zone)
        answering.send_answer(referral=referral, how=how, on=on, by=acting(staff["hazel"]))

    return act


def wrote(*, doctor: str, urgency: str = "routine", signed: bool = True, **said: Any) -> Act:
    """A letter out: drafted from the record, written, and signed by the doctor."""

    def act(way: Way, staff: Staff) -> None:
        file, by = CaseFile.of(way.case), acting(staff[doctor])
        order = writing.start(case=file.case, service=way.service, urgency=urgency, known=known(file), by=by).order
        order = writing.write(order=order, said=said, edition=order.edition, by=by)
        if signed:
            writing.sign(order=order, edition=order.edition, by=by)

    return act


def sent(to: str, how: str = "fax") -> Act:
    def act(way: Way, staff: Staff) -> None:
        by, referral = acting(staff["hazel"]), way.referral
        referral = sending.choose_practice(referral=referral, practice=_practice(to), by=by)
        day = today(referral.location.time_zone)
        sending.send(referral=referral, how=how, on=day, seen=referral.state, by=by)

    return act


def they_said(to: str, *, visit_in: int | None = None, report: str = "", **said: Any) -> Act:
    """The practice answers by its private link; `visit_in` working days, `report` the title of its file."""

    def act(way: Way, _staff: Staff) -> None:
        referral = way.referral
        file = SimpleUploadedFile("report.pdf", copy_of("report.pdf", report)) if report else None
        words = {"report": file, "booked_on": _visit(referral, visit_in), **said}
        sending.say(link=referral.links.usable().get(), to=to, seen=referral.state, by=_outside(), **words)

    return act


def noted(to: str, by: str = "hazel", *, told: bool = False, visit_in: int | None = None, **said: Any) -> Act:
    """Somebody of the staff takes the next step; `told`: the patient was told today."""

    def act(way: Way, staff: Staff) -> None:
        referral = way.referral
        told_on = today(referral.location.time_zone) if told else None
        words = Said(told_on=told_on, booked_on=_visit(referral, visit_in), **said)
        step(referral=referral, to=to, said=words, by=acting(staff[by]))

    return act


def called(whom: str, outcome: str, note: str, *, again_in: int | None = None) -> Act:
    """A call, and what came of it; `again_in` so many working days, where they asked for a day."""

    def act(way: Way, staff: Staff) -> None:
        referral = way.referral
        on = in_working_days(referral, again_in) if again_in else None
        call = working.Call(whom=whom, outcome=outcome, note=note, on=on)
        working.call(referral=referral, said=call, by=acting(staff["hazel"]))

    return act


def put_off(days: int, reason: str) -> Act:
    def act(way: Way, staff: Staff) -> None:
        referral = way.referral
        until = in_working_days(referral, days)
        working.snooze(referral=referral, until=until, reason=reason, by=acting(staff["hazel"]))

    return act
