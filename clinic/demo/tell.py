"""Lets the stories happen: everything in the order of time, each scene at its own moment, in one transaction."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from operator import itemgetter

from django.db import transaction

from clinic.audit import clock
from clinic.audit.actor import Actor
from clinic.people.actions import accepting, administration, invitations
from clinic.people.models import Location, PrivateLink, User
from clinic.post.actions import deliver
from clinic.post.models import Message, State

from . import (
    answering,
    arriving,
    authorizing,
    deciding,
    directory,
    faxing,
    fetching,
    house,
    learning,
    referrals,
    reminding,
    rules,
    treating,
)
from .calendar import moment
from .shape import Scene, weeks_ago
from .stage import DESK_IP, DOOR, Stage, acting
from .stories import STORIES

PLAYS = {
    **arriving.PLAYS,
    **answering.PLAYS,
    **deciding.PLAYS,
    **authorizing.PLAYS,
    **treating.PLAYS,
    **fetching.PLAYS,
}
WORKER_TAKES = timedelta(seconds=30)
FOUNDED, OPENED = weeks_ago(26, "09:00"), weeks_ago(26, "09:00", 1)


def is_told() -> bool:
    """Whether the demo clinic is in the database already."""
    return User.objects.filter(email=house.ADMINISTRATOR.email).exists()


def is_empty() -> bool:
    """Whether nobody is in the database yet."""
    return not User.objects.exists()


@transaction.atomic
def tell(heard: Callable[[int, int, str], None]) -> None:
    """Found the clinic and let the stories happen; `heard` gets number, count and name as each comes to its end."""
    staff = _found_clinic()
    locations = {location.name: location for location in Location.objects.all()}
    stages = [Stage(story, staff, locations[story.person.at], number) for number, story in enumerate(STORIES, 1)]
    acts: list[tuple[datetime, Callable[[], object], str]] = [
        (stage.at(scene.when), partial(PLAYS[type(scene)], scene, stage), _ends(scene, stage))
        for stage in stages
        for scene in stage.story.scenes
    ]
    happenings = [
        *rules.HAPPENINGS,
        *learning.HAPPENINGS,
        *faxing.HAPPENINGS,
        *referrals.HAPPENINGS,
        *reminding.HAPPENINGS,
        (directory.WHEN, directory.enter),
    ]
    acts += [(moment(when, house.PLACES[0].time_zone), partial(act, staff), "") for when, act in happenings]
    told = 0
    for happens, act, ended in sorted(acts, key=itemgetter(0)):
        with clock.at(happens):
            act()
            _send_mail()
        if ended:
            told += 1
            heard(told, len(stages), ended)


def _ends(scene: Scene, stage: Stage) -> str:
    """Whose story comes to its end with a scene."""
    return stage.story.person.name if scene is stage.story.scenes[-1] else ""


def _send_mail() -> None:
    """Carry out each mail a moment after it was written, as the worker would have."""
    for pk, written in Message.objects.filter(state=State.QUEUED).order_by("pk").values_list("pk", "created_at"):
        with clock.at(written + WORKER_TAKES):
            deliver(message_id=pk)


def _found_clinic() -> dict[str, User]:
    """The first administrator comes, names the clinic, and invites the others."""
    zone = house.PLACES[0].time_zone
    head = house.ADMINISTRATOR
    with clock.at(moment(FOUNDED, zone)):
        link, _secret = invitations.make_first_administrator(email=head.email, name=head.name)
        staff = {head.key: _accepted(link, head.name)}
        by = acting(staff[head.key])
        about = {"name": house.NAME, "phone": house.PHONE, "emergency_phone": house.EMERGENCY}
        administration.change_clinic(by=by, alert_email=house.ALERTS_TO, **about)
        for place in house.PLACES:
            administration.add_location(by=by, **vars(place))
        invited = [(one, _invite(one, by)) for one in house.WORKERS]
        _send_mail()
    with clock.at(moment(OPENED, zone)):
        return staff | {one.key: _accepted(link, one.name) for one, link in invited}


def _invite(one: house.Worker, by: Actor) -> PrivateLink:
    return invitations.invite_staff(email=one.email, name=one.name, role=one.role, by=by).link


def _accepted(link: PrivateLink, name: str) -> User:
    stranger = Actor(ip=DESK_IP, door=DOOR)
    return accepting.accept_staff_invitation(link=link, name=name, password=house.PASSWORD, by=stranger)
