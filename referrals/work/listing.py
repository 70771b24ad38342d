"""One list as one person sees it: its rows by risk, its tabs, and how many it shows and leaves out.

Whatever the number of referrals, it costs the same few queries: rows are found by their place in an index and not by
counting, and a count stops at `MOST_COUNTED`. Filters on ended ones look through the latest of them.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict

from clinic.audit.clock import DatabaseNow, DayAt
from clinic.people.lists import MOST_COUNTED, SIZE, Page, counts, page
from clinic.people.models import Location, User
from referrals.loop.lifecycle import LISTS, Direction, Worklist
from referrals.loop.models import Referral, ReferralQuerySet

from .filters import ALL_OPEN, ANY_DAY, ENDED, MINE, TITLES, Filters, Place, in_list
from .finding import Found, found_by
from .reading import with_people

IN_LISTS, OUT_LISTS = (
    list(dict.fromkeys(name for (way, _), name in LISTS.items() if way == direction)) for direction in Direction
)
BOTH_WAYS = [each for each in IN_LISTS if each in OUT_LISTS]
TAB_ROWS = (
    ("All", [ALL_OPEN, MINE, *BOTH_WAYS, ENDED]),
    ("Incoming", [Worklist.CALL_NOW, *(each for each in IN_LISTS if each not in BOTH_WAYS)]),
    ("Outgoing", [each for each in OUT_LISTS if each not in BOTH_WAYS]),
)


def said(count: int) -> str:
    """A count as the page says it."""
    return f"more than {MOST_COUNTED:,}" if count > MOST_COUNTED else f"{count:,}"


@dataclass
class Listing:
    """One list, narrowed by filters, on one day."""

    user: User
    filters: Filters
    asked: QueryDict
    today: date

    @cached_property
    def _all(self) -> ReferralQuerySet:
        """The whole list, without filters."""
        return self._of(self.filters.list)

    def _of(self, name: str) -> ReferralQuerySet:
        return Referral.objects.visible_to(self.user).filter(in_list(name, self.user.pk))

    @cached_property
    def found(self) -> Found | None:
        """What the search found in this list; None where nothing is looked for."""
        return found_by(self.filters.q, self._all, self.user) if self.filters.q else None

    @cached_property
    def _fitting(self) -> ReferralQuerySet:
        """Those that the filters leave, of any day."""
        rows = self._all.filter(pk__in=self.found.ids) if self.found else self._all
        if self.filters.list == ENDED and self.filters.narrowed and not self.found:
            last = self._all.order_by("-ended_at", "-pk").values("ended_at")[MOST_COUNTED - 1 : MOST_COUNTED]
            rows = rows.filter(ended_at__gte=Coalesce(Subquery(last), Value(datetime.min.replace(tzinfo=UTC))))
        return rows.filter(self.filters.condition)

    @cached_property
    def counts(self) -> dict[str, int]:
        """By list, how many of the chosen days; `total` in this list, `shown` here, `later` left out by their day."""
        days = self.filters.days(self.today)
        asked = {f"in_{name}": self._of(name).filter(days if name != ENDED else Q()) for name in TITLES}
        asked |= {"total": self._all, "shown": self._fitting.filter(days)}
        if self.filters.period != ANY_DAY:
            asked["later"] = self._fitting.filter(self.filters.later_days(self.today))
        return {"later": 0} | counts(self.user, **asked)

    @property
    def caption(self) -> dict[str, str]:
        """How many are shown, and what is left out for which reason; empty where nothing is."""
        shown, later, total = (self.counts[name] for name in ("shown", "later", "total"))
        rest = total - shown - later
        capped = max(shown, later, total) > MOST_COUNTED
        return {
            "shown": said(shown),
            "later": said(later) if later else "",
            "filtered": "others" if capped and self.filters.narrowed else (f"{rest:,}" if rest > 0 else ""),
            "total": said(total),
        }

    @property
    def tabs(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """The lists in three rows, each with how many it has of the chosen days; the filters go along."""
        return [(label, [self._tab(name) for name in names]) for label, names in TAB_ROWS]

    def _tab(self, name: str) -> dict[str, Any]:
        count = self.counts[f"in_{name}"]
        return {
            "label": TITLES[name],
            "url": self.filters.query(list=str(name)),
            "count": f"{MOST_COUNTED:,}+" if count > MOST_COUNTED else f"{count:,}",
            "current": name == self.filters.list,
        }

    @cached_property
    def page(self) -> Page:
        """The rows that are shown, with the address of those behind them."""
        if self.filters.list == ENDED:
            return page(with_people(self._fitting), self.asked, moment="ended_at")
        ids = self._ids()
        rows = with_people(Referral.objects.filter(pk__in=ids[:SIZE]).by_risk()) if ids else []
        shown = list(rows)
        last = shown[-1] if len(ids) > SIZE else None
        behind = self.filters.query(after=Place(last.risk, last.next_on, last.pk)) if last and last.next_on else ""
        return Page(shown, newer_url=self.filters.query() if self.filters.after else "", older_url=behind)

    def _ids(self) -> list[int]:
        """The ids of this page and one more: from its place on in the same risk, then those of lower risk."""
        rows = self._fitting.filter(self.filters.days(self.today))
        place = self.filters.after
        if place is None:
            return list(rows.by_risk().values_list("pk", flat=True)[: SIZE + 1])
        same = rows.filter(risk=place.risk).filter(
            Q(next_on__gte=place.next_on) & (Q(next_on__gt=place.next_on) | Q(pk__gt=place.pk))
        )
        found = list(same.order_by("next_on", "pk").values_list("pk", flat=True)[: SIZE + 1])
        if len(found) <= SIZE:
            lower = rows.filter(risk__lt=place.risk).by_risk()
            found += lower.values_list("pk", flat=True)[: SIZE + 1 - len(found)]
        return found


def waiting_for(user: User) -> dict[str, QuerySet[Referral]]:
    """For the rail: what is `due` by today, and the red flags that wait for a call, `call_now`."""
    rows = Referral.objects.visible_to(user).filter(in_list(ALL_OPEN, user.pk))
    zone = Subquery(Location.objects.order_by("-active", "name").values("time_zone")[:1])
    return {
        "due": rows.filter(next_on__lte=DayAt(DatabaseNow(), zone)),
        "call_now": rows.filter(worklist=Worklist.CALL_NOW),
    }
