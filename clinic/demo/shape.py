"""What a story is made of. Pure data: who, when, and what they did or typed, in the order in which it happened."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class When:
    """A working day so many working days ago at a time of day, or so many minutes ago. Never later than now.

    With `weeks`, that many weeks before that working day, and with `later` so many days after that, whatever day it is.
    """

    workdays: int = 0
    at: str = ""
    minutes: int = 0
    weeks: int = 0
    later: int = 0


def ago(workdays: int, at: str) -> When:
    """At least one working day ago, so that no hour of today lies in the future."""
    if workdays < 1:
        raise ValueError("An hour of today may not have come yet: say minutes_ago.")
    return When(workdays=workdays, at=at)


def minutes_ago(minutes: int) -> When:
    return When(minutes=minutes)


def weeks_ago(weeks: int, at: str, later: int = 0) -> When:
    """So many weeks before the last working day, and so many days after that: for what keeps its days, come weekends.

    Raises:
        ValueError: it is not past yet.
    """
    if later > 7 * weeks:
        raise ValueError("This day may not have come yet.")
    return When(workdays=1, at=at, weeks=weeks, later=later)


@dataclass(frozen=True)
class Day:
    """One day, so many days before the day on which it is said (below zero: after it)."""

    before: int


@dataclass(frozen=True)
class Month:
    """The month in which that day lies."""

    before: int


@dataclass(frozen=True)
class Weeks:
    """About so many weeks ago."""

    count: int


Typed = str | Day | Month | Weeks | tuple[str, ...]
Said = Mapping[str, Typed]


@dataclass(frozen=True)
class Person:
    """A made-up patient: the family name is a tree, the phone number one of those kept free for stories."""

    family_name: str
    born: date
    sex: str
    phone: str
    payer: str
    at: str  # the location's name
    language: str = "en"
    plan_name: str = ""
    member_id: str = ""
    primary_care: str = ""
    given_name: str = "Test Patient"

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"

    @property
    def email(self) -> str:
        return f"{self.family_name.lower()}@example.org"


@dataclass(frozen=True)
class Answers:
    """What somebody types into the questionnaire: by question, and for each list one mapping an entry."""

    said: Said
    lists: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Scene:
    """Something that happens at one moment."""

    when: When


@dataclass(frozen=True)
class ByStaff(Scene):
    """Something that somebody of the staff does; `by` is their key in house.py."""

    by: str


@dataclass(frozen=True)
class Added(Scene):
    """Staff enters the person into the register."""

    by: str = "hazel"
    with_email: bool = True


@dataclass(frozen=True)
class Invited(Scene):
    by: str = "hazel"


@dataclass(frozen=True)
class Accepted(Scene):
    """The invited person signs in with a mailed code and gives their birth date."""


@dataclass(frozen=True)
class CameAlone(Scene):
    """Somebody whom nobody invited signs in with a mailed code and begins."""

    email: str


@dataclass(frozen=True)
class CarerInvited(Scene):
    name: str
    email: str
    relation: str
    by: str = "hazel"


@dataclass(frozen=True)
class CarerAccepted(Scene):
    email: str


@dataclass(frozen=True)
class FilledIn(Scene):
    """The questionnaire, up to and with the page `until` (empty: all of it)."""

    until: str = ""
    by: str = ""  # staff on the phone; empty: the patient, or whoever acts for them


@dataclass(frozen=True)
class LeftTyped(Scene):
    """Words left in a box of one page, saved as they were typed and not yet sent with Continue."""

    section: str
    page: str
    said: Said


@dataclass(frozen=True)
class Sealed(Scene):
    signature: str
    by: str = ""


@dataclass(frozen=True)
class Filed(Scene):
    """A copy of a record is added to an entry of what was tried, counted from 1."""

    entry: int
    name: str
    title: str


@dataclass(frozen=True)
class Looked(ByStaff):
    """Somebody of the staff opens the case."""


@dataclass(frozen=True)
class Claimed(ByStaff):
    """Somebody takes the case on."""


@dataclass(frozen=True)
class Charted(ByStaff):
    """One group of the chart is filled in: facts by path, and for each list one mapping a row, in the row's order."""

    group: str
    said: Said = field(default_factory=dict)
    rows: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Scored(ByStaff):
    """A score from a record; `injection` counts from 1 and has a `moment`, "before" or "after"."""

    scale: str
    value: str
    on: Day
    injection: int = 0
    moment: str = ""


@dataclass(frozen=True)
class ChartClosed(ByStaff):
    """The doctor closes the chart, so that it can be decided."""


@dataclass(frozen=True)
class ChartReopened(ByStaff):
    """The doctor opens the chart again, to decide anew."""


@dataclass(frozen=True)
class UrgentReleased(ByStaff):
    finding: str


@dataclass(frozen=True)
class ChangeSettled(ByStaff):
    finding: str


@dataclass(frozen=True)
class Asked(ByStaff):
    """The patient is asked these questions again."""

    questions: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Answered(Scene):
    """The patient answers what was asked besides, by question."""

    said: Said


@dataclass(frozen=True)
class ChangeReported(Scene):
    said: Said


@dataclass(frozen=True)
class Decided(ByStaff):
    """A signed decision; `message` in paragraphs. `policy` is asked for where no criteria set serves the payer."""

    outcome: str
    message: tuple[str, ...]
    reason: str = ""
    holds_settled: str = ""
    still_missing: tuple[str, ...] = ()
    policy: str = "medicare-lcd"


@dataclass(frozen=True)
class RecordAsked(ByStaff):
    """A letter to the practice that gave an entry of a list, counted from 1, as far as it tells these facts."""

    listed: str
    entry: int
    facts: tuple[str, ...] = ()
    address: str = ""
    fax: str = ""


@dataclass(frozen=True)
class RecordSent(ByStaff):
    """The latest letter of the case goes out."""

    how: str


@dataclass(frozen=True)
class RecordCame(ByStaff):
    """What the latest letter asked for arrives as a file."""

    name: str
    title: str


@dataclass(frozen=True)
class RecordRead(ByStaff):
    """Somebody says what the record says that has come."""

    said: Said


@dataclass(frozen=True)
class PayerAnswered(ByStaff):
    """The next step with the payer of the decision that stands; `kind` and `clauses` are keys of authorization.

    An approval may hold until `last_day`.
    """

    kind: str
    reference: str = ""
    clauses: tuple[str, ...] = ()
    reason: str = ""
    peer_to_peer: str = ""
    last_day: Day | None = None


@dataclass(frozen=True)
class Booked(ByStaff):
    """A day is found for the session."""

    on: Day
    time: str


@dataclass(frozen=True)
class ThinnerAgreed(ByStaff):
    """When the first blood thinner on record is stopped and taken again, as its prescriber agreed."""

    last_dose: Day
    first_dose: Day
    agreed_with: str
    words: str = ""


@dataclass(frozen=True)
class CheckedBefore(ByStaff):
    """The checklist before the session: everything is clear, but what was `settled`, by the key of its item."""

    settled: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SessionDone(ByStaff):
    """The session of this day, as it was planned; `said` names what the plan does not, `went_wrong` complications."""

    said: Mapping[str, Any] = field(default_factory=dict)
    went_wrong: tuple[str, ...] = ()


@dataclass(frozen=True)
class Worked(Scene):
    """What goes out by itself goes out: check-ins that are due, and reminders of them."""


@dataclass(frozen=True)
class CheckedIn(Scene):
    """The check-in that is due goes out and is answered by its link; typed by staff from a call where `by` is said."""

    moment: str
    said: Mapping[str, Any]
    by: str = ""


@dataclass(frozen=True)
class Story:
    """One made-up patient and what happened; `shows` says why they are in the demo."""

    person: Person
    shows: str
    scenes: tuple[Scene, ...]
    answers: Answers = field(default_factory=lambda: Answers({}))
