"""Whom one can call about a referral, and under which number."""

from collections.abc import Iterator
from dataclasses import dataclass

from referrals.loop.calls import WHOM_WORDS, Whom
from referrals.loop.lifecycle import Direction
from referrals.loop.models import Referral

from .next_step import CALLED, Next, next_step


@dataclass(frozen=True)
class Contact:
    """One who can be called; an empty number is not known."""

    whom: Whom
    name: str
    phone: str

    @property
    def words(self) -> str:
        return WHOM_WORDS[self.whom]


def contacts(referral: Referral) -> Iterator[Contact]:
    """Whom one may call about it, the one who is called most first."""
    for whom in CALLED[Direction(referral.direction)]:
        yield _patient(referral) if whom == Whom.PATIENT else _practice(referral, whom)


def _patient(referral: Referral) -> Contact:
    """The patient, or until somebody matched the referral, the person as its sender named them."""
    known = referral.patient or getattr(referral, "request", None)
    return Contact(Whom.PATIENT, referral.person, getattr(known, "phone", ""))


def _practice(referral: Referral, whom: Whom) -> Contact:
    """The number that a referrer gave with this very referral, otherwise that of the directory."""
    entry, said = referral.practice, getattr(referral, "request", None)
    name = str(entry) if entry else getattr(said, "sender", "")
    phone = getattr(said, "sender_phone", "") or (entry.letterhead()["phone"] if entry else "")
    return Contact(whom, name, phone)


def to_do(referral: Referral) -> Next:
    """What to do next about it."""
    return next_step(referral.direction, referral.state, referral.must_call)


def to_call(referral: Referral) -> Contact | None:
    """Who is called for what comes next; None where nobody is."""
    whom = to_do(referral).whom
    return next((each for each in contacts(referral) if each.whom == whom), None)
