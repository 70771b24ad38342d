"""When a patient is asked after a session, and what: the clinic's own days, or these until it sets others. Pure.

Two questions on most days; on the days that decide, the scales of the baseline too. "Judge at two weeks": University
of Illinois, procedure page, https://hospital.uillinois.edu. Three months are Medicare's (LCD L39240, repeat).
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from clinic.criteria.dates import add_months

EVENING = 18  # the hour, at the location, from which the check-in of the session's own day goes out
MORNING = 8  # from which those of other days go out
MOST_MOMENTS, MOST_DAYS, MOST_MONTHS = 15, 400, 24
DAYS_A_WEEK = 7
REMIND_AFTER = {False: 1, True: 3}  # days without an answer, on a short day and on one that decides
STILL_WORTH = {False: 3, True: 7}  # days late at which a mail still asks: a weekend without a worker, or a week
ANSWERED_UNTIL = 14  # days after which a link asks no more: by then the answer would be of another time
# Months differ in length, so two moments are held apart on each day of a year and of a leap year.
EVERY_DAY = tuple(date(2027, 1, 1) + timedelta(days=number) for number in range(731))


class Recall(StrEnum):
    """Of which time the pain is asked: only a week's is the baseline's own question, so only it is compared."""

    NOW = "now"
    DAY = "day"
    WEEK = "week"


@dataclass(frozen=True, order=True)
class Moment:
    """One check-in of the plan: so many months or days after the session; `long` asks the baseline's scales too."""

    months: int = 0
    days: int = 0
    long: bool = False

    @property
    def key(self) -> str:
        """ "d0", "d14", "m3": what a check-in is known by, also after the plan was changed."""
        return f"m{self.months}" if self.months else f"d{self.days}"

    @property
    def recall(self) -> Recall:
        if self.months or self.days >= DAYS_A_WEEK:
            return Recall.WEEK
        return Recall.DAY if self.days else Recall.NOW

    def due_on(self, session: date) -> date:
        return add_months(session, self.months) if self.months else session + timedelta(days=self.days)

    def hour(self) -> int:
        return EVENING if self.key == "d0" else MORNING

    def sessions_due(self, due: date) -> list[date]:
        """The days of sessions after which it is due on this day: none or up to four, as months differ in length."""
        if not self.months:
            return [due - timedelta(days=self.days)]
        first = add_months(due, -self.months)
        around = (first + timedelta(days=more) for more in range(4))
        return [on for on in around if self.due_on(on) == due]

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


DEFAULT = (
    Moment(days=0),
    Moment(days=1),
    Moment(days=3),
    Moment(days=7),
    Moment(days=14, long=True),
    Moment(months=1),
    Moment(months=2),
    Moment(months=3, long=True),
    Moment(months=6),
    Moment(months=12),
)


def read(rows: Iterable[Mapping[str, Any]]) -> tuple[Moment, ...]:
    """The moments of a plan as it is kept, in their order."""
    return tuple(sorted((Moment(**row) for row in rows), key=lambda moment: moment.due_on(date(2001, 1, 1))))


def in_words(key: str) -> str:
    """ "2 months after", for the key of a moment, also of one that is in no plan any more."""
    number, unit = int(key[1:]), "month" if key[0] == "m" else "day"
    if not number:
        return "The evening"
    return f"{number} {unit}{'s' if number > 1 else ''} after"


def due_now(moments: Iterable[Moment], day: date, hour: int) -> dict[date, tuple[date, Moment]]:
    """For each day of a session, what its patients are asked now and since when it is due: the latest moment alone.

    What was missed is made up for as long as it is worth it, and nobody is written to at night.
    """
    found: dict[date, tuple[date, Moment]] = {}
    for moment in moments if hour >= MORNING else ():
        last = day if hour >= moment.hour() else day - timedelta(days=1)
        for back in range(STILL_WORTH[moment.long] + 1):
            due = day - timedelta(days=back)
            for on in moment.sessions_due(due) if due <= last else ():
                found[on] = max(found.get(on, (due, moment)), (due, moment))
    return found


def wrong(moments: Iterable[Moment]) -> str:
    """Why these cannot be a plan, in one sentence; "" where they can."""
    listed = list(moments)
    if not 1 <= len(listed) <= MOST_MOMENTS:
        return f"A plan has from 1 to {MOST_MOMENTS} check-ins."
    if any(each.days and each.months for each in listed):
        return "A check-in is so many days or so many months after the session, and not both."
    if any(not 0 <= each.days <= MOST_DAYS or not 0 <= each.months <= MOST_MONTHS for each in listed):
        return f"A check-in is at most {MOST_DAYS} days or {MOST_MONTHS} months after the session."
    if any(len({each.due_on(day) for each in listed}) < len(listed) for day in EVERY_DAY):
        return "Two check-ins can fall on the same day."
    return ""
