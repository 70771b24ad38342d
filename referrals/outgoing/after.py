"""What the last injection adds to a letter: what its doctor chose for rehabilitation, and what it did. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from clinic.candidacy.evidence import say_day


@dataclass(frozen=True)
class After:
    """The last injection session: what its doctor chose for rehabilitation, what went wrong, and what it did.

    `better` is the patient's latest word, in per cent, and `said_on` its day; both None where nobody has said. Below 0
    is worse, as nobody asks by how much. `lasting` says whether it is relief that nobody has called over.
    """

    on: date
    today: date  # where the clinic is
    goals: tuple[str, ...] = ()
    start_from: date | None = None
    start_until: date | None = None
    complications: tuple[str, ...] = ()
    better: int | None = None
    said_on: date | None = None
    lasting: bool = False


def chosen(after: After) -> dict[str, Any]:
    """What the doctor chose at the session, as far as it was chosen and is not over; and why we ask."""
    first, last = after.start_from, after.start_until
    over = last is not None and last < after.today
    said = {
        "question": _why_now(after),
        "goals": list(after.goals),
        "start_from": max(first, after.today) if first and not over else None,
        "start_until": None if over else last,
    }
    return {name: value for name, value in said.items() if value}


def _why_now(after: After) -> str:
    injection = f"the epidural injection of {say_day(after.on)}"
    if after.better is None or after.said_on is None:
        return f"Rehabilitation after {injection}."
    did = f"{after.better} % better" if after.better >= 0 else "worse than before"
    when = f"while the relief lasts: after {injection}" if after.lasting else f"after {injection}:"
    return f"Rehabilitation {when} the patient said “{did}” on {say_day(after.said_on)}."
