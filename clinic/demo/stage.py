"""Where the telling of one story stands, and who acts in it."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.forms import BaseForm

from clinic.audit.actor import Actor
from clinic.audit.clock import today
from clinic.intake.models import Intake
from clinic.people.models import Location, PrivateLink, User
from clinic.record.models import Case

from .calendar import moment
from .shape import Story

DOOR = "demo"
DESK_IP = "192.0.2.10"  # an address that the internet keeps free for examples (RFC 5737)


Heard = TypeVar("Heard", bound=BaseForm)


class Untrue(Exception):
    """A story that the project's own forms refuse: the text says where and why."""


def acting(user: User, ip: str = DESK_IP) -> Actor:
    return Actor(user_id=user.pk, role=user.role, ip=ip, door=DOOR)


@dataclass
class Stage:
    """One story while it is told. What does not exist yet is None."""

    story: Story
    staff: Mapping[str, User]
    location: Location
    number: int
    patient: Any = None
    carer: User | None = None
    invitation: tuple[PrivateLink, str] | None = None
    intake: Any = None
    entries: dict[str, list[uuid.UUID]] = field(default_factory=dict)  # list's slug -> the keys of its entries

    def at(self, when: Any) -> datetime:
        return moment(when, self.location.time_zone)

    def today(self) -> date:
        return today(self.location.time_zone)

    def worker(self, key: str) -> Actor:
        return acting(self.staff[key])

    def heard(self, form: Heard, page: str) -> Heard:
        """The form of a page, valid; raises Untrue where the story types what nobody could send."""
        if not form.is_valid():
            raise Untrue(f"{self.story.person.name}, {page}: {form.errors.as_json()}")
        return form

    @property
    def ip(self) -> str:
        return f"198.51.100.{self.number}"

    def stranger(self) -> Actor:
        return Actor(ip=self.ip, door=DOOR)

    def own(self) -> Actor:
        """The patient, or whoever acts for them."""
        user: User = self.carer or self.patient.user
        return acting(user, self.ip)

    @property
    def case(self) -> Case:
        """The case as it stands now."""
        found: Intake = self.intake
        return Case.objects.select_related("patient__home_location", "patient__user", "location").get(pk=found.case_id)


Play = Callable[[Any, Stage], None]
Plays = Mapping[type, Play]  # how each kind of scene is played
