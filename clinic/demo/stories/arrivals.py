"""The way that most people of the stories take: entered and invited, then, on another day, the questions."""

from dataclasses import replace
from datetime import datetime, timedelta

from clinic.demo.shape import Accepted, Added, FilledIn, Invited, Scene, Sealed, When


def invited(when: When) -> tuple[Scene, ...]:
    """The coordinator enters somebody into the register and sends the invitation."""
    return (Added(when), Invited(later(when, 1)))


def begun(invitation: When, first_day: When, until: str) -> tuple[Scene, ...]:
    """Invited, and later at the questions up to the page `until`."""
    return (*invited(invitation), Accepted(first_day), FilledIn(later(first_day, 3), until))


def signed(invitation: When, first_day: When, name: str) -> tuple[Scene, ...]:
    """Invited, and later through all the questions to the signature, in one sitting of three quarters of an hour."""
    return (*begun(invitation, first_day, until=""), Sealed(later(first_day, 45), name))


def later(when: When, minutes: int) -> When:
    """The same day, some minutes on."""
    if when.minutes:
        return replace(when, minutes=when.minutes - minutes)
    clock = datetime.strptime(when.at, "%H:%M") + timedelta(minutes=minutes)  # noqa: DTZ007 - a time of day, no moment
    return replace(when, at=f"{clock:%H:%M}")
