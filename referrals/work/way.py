"""The way of one referral so far, as its page tells it: steps, calls and what else was done, the latest first."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from clinic.record.models import Document
from referrals.loop import calls
from referrals.loop.calls import Outcome, Whom
from referrals.loop.lifecycle import HOW, Direction, State
from referrals.loop.models import Link, Referral, Step, Work


@dataclass(frozen=True)
class Entry:
    """One thing that happened: `on` is its day where that is another than the one on which it was written down."""

    moment: datetime
    title: str
    who: str
    on: date | None = None
    words: list[str] = field(default_factory=list)
    document: Document | None = None
    is_step: bool = False


def way(referral: Referral) -> list[Entry]:
    """All that happened with it, in three queries."""
    people = ("done_by", "practice", "document", "link")
    found = [_step(referral, each) for each in referral.steps.select_related(*people)]
    found += [_work(each) for each in referral.work.select_related("owner", "done_by")]
    found += [each for link in referral.links.select_related("made_by", "revoked_by") for each in _link(link)]
    return sorted(found, key=lambda entry: entry.moment)[::-1]


def local_day(referral: Referral, moment: datetime) -> date:
    """The calendar day of a moment at the referral's location."""
    return moment.astimezone(ZoneInfo(referral.location.time_zone)).date()


def _step(referral: Referral, step: Step) -> Entry:
    words = [
        _how(step),
        f"To {step.practice}" if step.practice else "",
        f"For {_day(step.booked_on)}" if step.booked_on else "",
        f"The patient was told on {_day(step.told_on)}" if step.told_on else "",
        step.get_why_display() if step.why else "",
        step.reason,
    ]
    begun = "Begun" if step.direction == Direction.OUTGOING else step.words
    return Entry(
        step.done_at,
        step.words if step.from_state else begun,
        _who_stepped(step),
        step.on if step.on != local_day(referral, step.done_at) else None,
        [each for each in words if each],
        step.document,
        is_step=True,
    )


def _how(step: Step) -> str:
    """How it went; an invitation that is mailed goes by e-mail, a letter by post."""
    return "By e-mail" if step.to_state == State.INVITED and step.how == "mail" else HOW.get(step.how, "")


def _who_stepped(step: Step) -> str:
    if step.done_by:
        return str(step.done_by)
    if step.link:
        return "the practice, through its link"
    return "the sender, through our form" if step.to_state == State.RECEIVED else "the software, from the case"


def _work(work: Work) -> Entry:
    return Entry(work.done_at, " ".join(_said(work)), str(work.done_by or "the software"), words=_rest(work))


def _said(work: Work) -> Iterator[str]:
    if work.kind == Work.Kind.CALL:
        yield f"Called {calls.WHOM_WORDS[Whom(work.whom)].lower()}:"
        outcome = Outcome(work.outcome)
        asks = f"asks to be called on {_day(work.next_on)}"
        yield asks if outcome == Outcome.ASKS_LATER else calls.OUTCOME_WORDS[outcome].lower()
    else:
        yield work.get_kind_display()
        if work.kind == Work.Kind.SNOOZE:
            yield f"until {_day(work.next_on)}"
        if work.kind == Work.Kind.ASSIGN:
            yield f"{work.owner}"


def _rest(work: Work) -> list[str]:
    return [work.note] if work.note else []


def _link(link: Link) -> Iterator[Entry]:
    yield Entry(link.made_at, f"Private link created, works until {_day(link.expires_at.date())}", _name(link.made_by))
    if link.revoked_at:
        yield Entry(link.revoked_at, "Private link revoked", _name(link.revoked_by))


def _name(who: object) -> str:
    return str(who) if who else "the software"


def _day(day: date | None) -> str:
    return f"{day:%-d %b %Y}" if day else ""


def waiting(referral: Referral, whole: int) -> str:
    """How long it has waited, of how many days until the patient is seen or the doctor decides."""
    if referral.met_at:
        what = "Decided" if referral.is_incoming else "Seen"
        return f"{what} on {_day(local_day(referral, referral.met_at))}"
    days = referral.days_waited
    return f"{days} {'day' if days == 1 else 'days'} of {whole}"


def stands_since(referral: Referral) -> str:
    """Why the clock stands still, and since when; empty while it runs."""
    because = referral.clock_stands_because
    since = local_day(referral, referral.state_since)
    return f"paused since {_day(since)}: {because}" if because else ""
