"""What the work list is narrowed to: all of it in the URL, so that a link shows the same list again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple, Self
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils.dateparse import parse_date

from clinic.directory.models import Kind
from clinic.people.lists import number
from referrals.loop.lifecycle import LIST_WORDS, Worklist
from referrals.loop.urgency import HIGHEST, WORDS

ALL_OPEN, MINE, ENDED = "open", "mine", "ended"
OTHER_LISTS = {ALL_OPEN: "All open", MINE: "Mine", ENDED: "Ended"}
TITLES: Mapping[str, str] = {**OTHER_LISTS, **{str(each): words for each, words in LIST_WORDS.items()}}
DUE, OVERDUE, ANY_DAY = "due", "overdue", "all"
PERIODS = {DUE: "Due by today", OVERDUE: "Overdue", ANY_DAY: "Any day"}
NARROWS = ("owner", "location", "service", "urgency", "practice", "escalated", "snoozed")
EVERY_RISK = tuple(range(HIGHEST + 1))


class Place(NamedTuple):
    """Where a page begins: behind the row with these three."""

    risk: int
    next_on: date
    pk: int

    def __str__(self) -> str:
        return f"{self.risk}_{self.next_on.isoformat()}_{self.pk}"


@dataclass(frozen=True)
class Filters:
    """What the address asks for; anything that it cannot mean is left out."""

    list: str = ALL_OPEN
    when: str = ""
    owner: int | None = None
    location: int | None = None
    service: str = ""
    urgency: str = ""
    practice: int | None = None
    escalated: bool = False
    snoozed: bool = False
    q: str = ""
    after: Place | None = None

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> Self:
        def one_of(name: str, known: Any) -> str:
            return asked.get(name, "") if asked.get(name, "") in known else ""

        return cls(
            list=one_of("list", TITLES) or ALL_OPEN,
            when=one_of("when", PERIODS),
            owner=number(asked.get("owner")),
            location=number(asked.get("location")),
            service=one_of("service", Kind.values),
            urgency=one_of("urgency", list(WORDS)),
            practice=number(asked.get("practice")),
            escalated=asked.get("escalated") == "1",
            snoozed=asked.get("snoozed") == "1",
            q=" ".join(asked.get("q", "").replace("\x00", "").split())[:100],
            after=_place(asked.get("after", "")),
        )

    @property
    def period(self) -> str:
        """Of which days the list is: what is due by today, unless somebody is looked for."""
        if self.list == ENDED:
            return ANY_DAY
        return self.when or (ANY_DAY if self.q or self.snoozed else DUE)

    @property
    def narrowed(self) -> bool:
        """Whether something is left out for another reason than its day."""
        return bool(self.q or any(getattr(self, name) for name in NARROWS))

    def query(self, **changed: Any) -> str:
        """The address of the same list with something changed; a changed filter begins at the top."""
        return "?" + urlencode(self.query_fields(**changed))

    def query_fields(self, **changed: Any) -> dict[str, str]:
        """The same by name."""
        other = replace(self, **({"after": None} | changed))
        said = {name: getattr(other, name) for name in ("list", "when", *NARROWS, "q", "after")}
        return {name: "1" if value is True else str(value) for name, value in said.items() if value}

    @property
    def on_any_day(self) -> str:
        return self.query(when=ANY_DAY)

    @property
    def cleared(self) -> str:
        """The address of the same list without filters."""
        return f"?list={self.list}"

    @property
    def condition(self) -> Q:
        """Without the list itself, its days and the search."""
        return Q(**{name: getattr(self, name) for name in NARROWS if getattr(self, name)})

    def days(self, today: date) -> Q:
        """The days that the list is of."""
        return {DUE: Q(next_on__lte=today), OVERDUE: Q(next_on__lt=today), ANY_DAY: Q()}[self.period]

    def later_days(self, today: date) -> Q:
        """The days that it leaves out; only asked where it does not show any day."""
        return Q(next_on__gt=today) if self.period == DUE else Q(next_on__gte=today)


def in_list(name: str, user_id: int) -> Q:
    """Which referrals a list holds. Every risk is named, so that the index is walked risk by risk, each by its days."""
    if name == ENDED:
        return Q(worklist=None)
    open_ones = Q(risk__in=EVERY_RISK, worklist__isnull=False)
    if name in set(Worklist):
        return open_ones & Q(worklist=name)
    return open_ones & Q(owner=user_id) if name == MINE else open_ones


def of_query(query: str) -> Filters:
    """The filters of an address that was kept."""
    return Filters.read(QueryDict(query.removeprefix("?")))


def _place(text: str) -> Place | None:
    risk, _, rest = text.partition("_")
    day, _, pk = rest.partition("_")
    try:
        found = parse_date(day)
    except ValueError:
        return None
    key, level = number(pk), number(risk)
    if found is None or key is None or level not in EVERY_RISK:
        return None
    return Place(level, found, key)
