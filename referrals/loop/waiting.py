"""How long a referral has waited for us: a clock that stands still while it is somebody else's turn. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .lifecycle import FINAL, PAUSED, Turn, turn


@dataclass(frozen=True)
class Clock:
    """`before`: what had run up when it last stood still; `since`: when it began to run again, None while it stands."""

    before: timedelta
    since: datetime | None

    def waited(self, moment: datetime) -> timedelta:
        """All the time that it ran until `moment`."""
        return self.before + (max(moment - self.since, timedelta()) if self.since else timedelta())

    def after_step(self, direction: str, state: str, moment: datetime) -> "Clock":
        """The clock once the referral came to `state`."""
        return Clock(self.waited(moment), moment if runs(direction, state) else None)


def runs(direction: str, state: str) -> bool:
    """Whether the clock runs in a state."""
    return state not in FINAL and turn(direction, state) not in PAUSED


def stands_because(direction: str, state: str) -> str:
    """Why the clock stands, as the page says it; empty while it runs."""
    if runs(direction, state) or state in FINAL:
        return ""
    return {Turn.PATIENT: "waiting for the patient", Turn.REFERRER: "waiting for the referrer"}[turn(direction, state)]
