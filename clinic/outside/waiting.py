"""The list of requests: what is to send, what is awaited, what has come and nobody has read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from clinic.people.lists import Page, page
from clinic.people.models import Location, User

from .lifecycle import OPEN, WORDS, State
from .models import RecordRequest, RecordRequestQuerySet, overdue_at

OVERDUE = "overdue"
TABS = {
    State.TO_SEND.value: WORDS[State.TO_SEND],
    State.SENT.value: WORDS[State.SENT],
    OVERDUE: "Overdue",
    State.RECEIVED.value: WORDS[State.RECEIVED],
    State.FILED.value: WORDS[State.FILED],
    State.CANCELLED.value: WORDS[State.CANCELLED],
}


def of_tab(tab: str, moment: datetime) -> Q:
    return overdue_at(moment) if tab == OVERDUE else Q(state=tab)


@dataclass(frozen=True)
class Waiting:
    """One tab of the list, for one person, at one location or at all."""

    user: User
    tab: str
    location: Location | None
    moment: datetime

    @property
    def _all(self) -> RecordRequestQuerySet:
        rows = RecordRequest.objects.visible_to(self.user)
        return rows.filter(case__location=self.location) if self.location else rows

    @property
    def rows(self) -> RecordRequestQuerySet:
        return self._all.filter(of_tab(self.tab, self.moment))

    def counts(self) -> dict[str, int]:
        """How many stand in each open state, and how many of them are overdue; what is closed grows and waits not."""
        tabs = [*(state.value for state in OPEN), OVERDUE]
        counted = {tab: Count("pk", of_tab(tab, self.moment)) for tab in tabs}
        found: dict[str, int] = self._all.open().aggregate(**counted)
        return found

    def page(self, asked: QueryDict) -> Page:
        """The part of the tab that the URL asks for, the latest step first."""
        return page(self.rows.select_related("case__patient", "case__location"), asked, moment="state_since")

    def tabs(self, counts: dict[str, int]) -> list[dict[str, Any]]:
        return [
            {
                "label": label,
                "url": f"{reverse('outside:records')}?{urlencode({'tab': tab})}",
                "count": counts.get(tab),
                "current": tab == self.tab,
            }
            for tab, label in TABS.items()
        ]
