"""The board of the morning meeting: what is due, list by list, and what nobody should forget, in a few queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, Count, Exists, OuterRef, Q, Value, Window

from clinic.people.models import Location, User
from referrals.loop.lifecycle import LIST_WORDS, State, Worklist
from referrals.loop.models import Referral, ReferralQuerySet, Step
from referrals.loop.urgency import BASE, Urgency
from referrals.work.next_step import Next
from referrals.work.reach import Contact, to_call, to_do
from referrals.work.reading import with_people

MOST_ROWS = 4  # of each list, so that all of them fit on two sheets
URGENT = Q(risk__gte=BASE[Urgency.URGENT]) & ~Q(worklist=Worklist.CALL_NOW)


@dataclass(frozen=True)
class Row:
    """One referral on the board."""

    referral: Referral
    next: Next
    call: Contact | None
    overdue: int
    booked_on: date | None = None

    @classmethod
    def of(cls, referral: Referral, today: date, booked_on: date | None = None) -> "Row":
        late = max(0, (today - referral.next_on).days) if referral.next_on else 0
        return cls(referral, to_do(referral), to_call(referral), late, booked_on)


@dataclass(frozen=True)
class Part:
    """One list of the board: its first rows, and how many there are in all."""

    key: str
    title: str
    total: int
    note: str
    rows: list[Row]

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


@dataclass(frozen=True)
class Board:
    """What is read out in the morning; `later` and `put_off` are what it leaves out."""

    first: list[Part]
    due: list[Part]
    due_total: int
    later: int
    put_off: int

    @property
    def patients(self) -> set[int]:
        rows = (row.referral for part in (*self.first, *self.due) for row in part.rows)
        return {referral.patient_id for referral in rows if referral.patient_id}


def board(user: User, location: Location | None, today: date) -> Board:
    """The board of one location or of all: three queries and those of the people, however many referrals there are."""
    rows = Referral.objects.visible_to(user).open()
    if location:
        rows = rows.filter(location=location)
    counts, visits = _counts(rows, today), _visits(rows, today)
    parts = _parts(rows, today)
    chosen = _chosen(parts)
    people = with_people(rows).filter(pk__in={*visits.days, *(pk for pks in chosen.values() for pk in pks)})
    found = {each.pk: each for each in people}
    read = {name: _read(name, [found[pk] for pk in chosen[name] if pk in found], today) for name in parts}
    booked = [Row.of(found[pk], today, day) for pk, day in visits.days.items() if pk in found]
    due = {which: _due(which, counts[which], read[which]) for which in Worklist if which != Worklist.TO_READ}
    first = [
        due.pop(Worklist.CALL_NOW),
        Part("urgent", "Urgent, whatever their day", counts["urgent"], "", read["urgent"]),
        Part("visits", "Visits booked for today and tomorrow", visits.total, "", booked),
        Part("to_read", "Reports to read", counts[Worklist.TO_READ]["all"], "", read["to_read"]),
        Part("oldest", "Open for longest", counts["all"], "", read["oldest"]),
    ]
    return Board(_filled(first), _filled(due.values()), counts["due"], counts["later"], counts["put_off"])


def _filled(parts: Iterable[Part]) -> list[Part]:
    return [part for part in parts if part.total]


def _read(name: str, rows: list[Referral], today: date) -> list[Row]:
    """Rows in the order in which they are read out: the highest risk first, or the oldest."""
    if name == "oldest":
        return [Row.of(each, today) for each in sorted(rows, key=lambda row: (row.opened_at, row.pk))]
    return [Row.of(each, today) for each in sorted(rows, key=lambda row: (-row.risk, row.next_on, row.pk))]


def _due(which: Worklist, counts: Mapping[str, int], rows: list[Row]) -> Part:
    late = "overdue" if counts["late"] == counts["due"] else f"{counts['late']:,} of them overdue"
    return Part(which.value, LIST_WORDS[which], counts["due"], late if counts["late"] else "for today", rows)


def _counts(rows: ReferralQuerySet, today: date) -> dict[str, Any]:
    """How many stand in each list, are due and overdue there, and what the board leaves out."""
    counted = (
        rows.order_by()
        .values("worklist")
        .annotate(
            all=Count("pk"),
            due=Count("pk", Q(next_on__lte=today)),
            late=Count("pk", Q(next_on__lt=today)),
            put_off=Count("pk", Q(next_on__gt=today, snoozed=True)),
            urgent=Count("pk", URGENT),
        )
    )
    nothing = dict.fromkeys(("all", "due", "late", "put_off", "urgent"), 0)
    lists: dict[str, Any] = {which: dict(nothing) for which in Worklist}
    lists |= {row["worklist"]: row for row in counted}
    total = {name: sum(lists[which][name] for which in Worklist) for name in nothing}
    return {**lists, **total, "later": total["all"] - total["due"] - total["put_off"]}


def _parts(rows: ReferralQuerySet, today: date) -> dict[str, ReferralQuerySet]:
    """What each part is chosen from, the most pressing first; each is read from an index of its own."""
    return {
        "urgent": rows.filter(URGENT).by_risk(),
        "to_read": rows.filter(worklist=Worklist.TO_READ).by_risk(),
        "oldest": rows.order_by("opened_at", "pk"),
        **{which.value: rows.filter(worklist=which, next_on__lte=today).by_risk() for which in Worklist},
    }


def _chosen(parts: Mapping[str, ReferralQuerySet]) -> dict[str, list[int]]:
    """The ids of the first rows of each part, in one query."""
    found: dict[str, list[int]] = {name: [] for name in parts}
    first, *others = (
        rows.annotate(part=Value(name, CharField())).values_list("part", "pk")[:MOST_ROWS]
        for name, rows in parts.items()
    )
    for name, pk in first.union(*others, all=True):
        found[name].append(pk)
    return found


@dataclass(frozen=True)
class Visits:
    """Referrals with a visit today or tomorrow, by their ids, the earliest first; and how many there are."""

    days: dict[int, date]
    total: int


def _visits(rows: ReferralQuerySet, today: date) -> Visits:
    """Of a visit that was booked for another day, the latest word counts."""
    later = Step.objects.filter(referral=OuterRef("referral"), pk__gt=OuterRef("pk"))
    booked = Step.objects.filter(booked_on__range=(today, today + timedelta(days=1)), to_state=State.BOOKED)
    standing = booked.filter(~Exists(later), referral__in=rows).order_by("booked_on", "pk")
    shown = standing.annotate(total=Window(Count("pk"))).values_list("referral", "booked_on", "total")
    found = list(shown[: 2 * MOST_ROWS])
    return Visits({pk: day for pk, day, _ in found if day}, found[0][2] if found else 0)
