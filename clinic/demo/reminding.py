"""The reminders that went out by themselves meanwhile, one morning after the other; one came back, one was enough."""

from collections.abc import Callable, Mapping

from clinic.audit.actor import Actor
from clinic.people.models import User
from referrals.reminders.actions.returned import came_back
from referrals.reminders.actions.sending import send_due
from referrals.reminders.actions.stopping import stop
from referrals.reminders.models import Reminder
from referrals.reminders.plan import Whom

from .shape import When, ago, minutes_ago
from .stage import DESK_IP, DOOR, acting

Staff = Mapping[str, User]
MORNINGS = 30


def _send(_staff: Staff) -> None:
    send_due()


def _last_came_back(staff: Staff) -> None:
    last = Reminder.objects.filter(whom=Whom.PATIENT).order_by("pk").last()
    if last:
        came_back(reminder=last, by=acting(staff["hazel"]))


def _first_was_enough(_staff: Staff) -> None:
    first = Reminder.objects.filter(whom=Whom.PATIENT).order_by("pk").first()
    if first:
        stop(reader=first.reader, by=Actor(ip=DESK_IP, door=DOOR))


HAPPENINGS: tuple[tuple[When, Callable[[Staff], None]], ...] = (
    *((ago(day, "08:05"), _send) for day in range(1, MORNINGS + 1)),
    (minutes_ago(30), _last_came_back),
    (minutes_ago(20), _first_was_enough),
)
