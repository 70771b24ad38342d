"""Whom a search over referrals may mean: each way to find one uses its own index, and finds no more than so many."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from clinic.directory.models import Entry
from clinic.outside.codes import read as read_code
from clinic.people.models import Patient, User
from clinic.people.search import Sought, read
from clinic.record.models import Case
from referrals.incoming.models import Request
from referrals.loop.models import Referral

MOST_FOUND = 1_000  # by each way: a search that finds more is one to narrow, not one to page through
MOST_PRACTICES = 100


@dataclass(frozen=True)
class Found:
    """The ids that a search found; `more` where there are more than it may find."""

    ids: tuple[int, ...]
    more: bool


def found_by(typed: str, rows: QuerySet[Referral], user: User) -> Found:
    """The referrals among `rows` that the words may mean, in one query."""
    legs = [leg.values("pk")[: MOST_FOUND + 1] for leg in _legs(typed, rows, user)]
    ids = list(legs[0].union(*legs[1:], all=True).values_list("pk", flat=True)) if legs else []
    return Found(tuple(dict.fromkeys(ids)), more=len(ids) > MOST_FOUND)


def _legs(typed: str, rows: QuerySet[Referral], user: User) -> Iterator[QuerySet[Referral]]:
    """By patient, by practice, by what an unmatched sender said, by our code and the case's reference."""
    rows = rows.order_by()
    sought = read(typed)
    if not sought:
        return
    people = Patient.objects.visible_to(user).found_by(sought)
    yield rows.filter(patient__in=_some(people))
    yield rows.filter(pk__in=_said(sought, user).values("referral_id")[: MOST_FOUND + 1])
    if not sought.born:
        practices = Entry.objects.standing().found_by(typed)
        yield rows.filter(practice__in=practices.order_by().values("pk")[:MOST_PRACTICES])
    if code := read_code(typed):
        yield rows.filter(code=code)
    if sought.reference:
        yield rows.filter(case__in=Case.objects.visible_to(user).filter(reference=sought.reference))


def _some(people: QuerySet[Patient]) -> QuerySet[Patient]:
    return people.order_by().values("pk")[: MOST_FOUND + 1]  # type: ignore[return-value]  # rows of one column


def _said(sought: Sought, user: User) -> QuerySet[Request]:
    return Request.objects.visible_to(user).found_by(sought).order_by()
