"""One row of a list: what to do next with a referral, whom to call for it, and how long it has waited."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clinic.audit.clock import today
from referrals.loop.models import Referral
from referrals.loop.targets import WHOLE, Key, Span

from .reach import Contact, to_call, to_do
from .way import waiting


@dataclass(frozen=True)
class Row:
    """A referral as the list shows it; `overdue` in days, 0 where it is not."""

    referral: Referral
    words: str
    call: Contact | None
    overdue: int
    waiting: str


def rows_of(referrals: Iterable[Referral], targets: Mapping[Key, Span]) -> list[Row]:
    """The rows of a page."""
    return [row(each, targets) for each in referrals]


def row(of: Referral, targets: Mapping[Key, Span]) -> Row:
    whole = targets[Key(of.direction, WHOLE, of.urgency)]
    call = to_call(of) if of.is_open else None
    return Row(of, to_do(of).words, call, days_overdue(of), waiting(of, whole.days))


def days_overdue(of: Referral) -> int:
    """How many days its next day lies behind; 0 where it does not, or it is at its end."""
    return max(0, (today(of.location.time_zone) - of.next_on).days) if of.next_on else 0
