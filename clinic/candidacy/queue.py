"""The list that the clinic works from: which cases, in which order, counted, and what is left out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case as Choose
from django.db.models import Count, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.dateparse import parse_datetime

from clinic.people.lists import number
from clinic.people.models import User
from clinic.record.models import Alert, Case, Region, Stage
from education.reading.models import Worry

from .models import Decision, InformationRequest

SIZE = 50
URGENT = Q(urgent_since__isnull=False) & ~Q(stage=Stage.WITHDRAWN)
TITLES = {
    "urgent": "Urgent",
    "review": "To review",
    "mine": "Mine",
    "asked": "Waiting for the patient",
    "decided": "Decided",
}
EMPTY = {
    "urgent": "No urgent sign is open.",
    "review": "Every case that was sent has been decided, or waits for its patient.",
    "mine": "Claim a case in “To review”, and it stands here.",
    "asked": "Nobody has been asked for more.",
    "decided": "No decision has been signed yet.",
}
DAYS = {"asked": "Asked on", "decided": "Decided"}  # tabs that say the day of something, and what it is
CLAIM_WORDS = {"claimed": "Somebody has it", "free": "Nobody has it"}
CLAIMS = {"claimed": Q(claimed_by__isnull=False), "free": Q(claimed_by=None)}


def tab_condition(tab: str, user: User) -> Q:
    """Which cases a tab holds. An urgent case stands in the list to review too, whatever its stage."""
    return {
        "urgent": URGENT,
        "review": Q(stage=Stage.REVIEW) | URGENT,
        "mine": Q(claimed_by=user) & ~Q(stage__in=[Stage.DECIDED, Stage.WITHDRAWN]),
        "asked": Q(stage=Stage.ASKED),
        "decided": Q(stage=Stage.DECIDED),
    }[tab]


@dataclass(frozen=True)
class Filters:
    """What the address asks for; anything that it cannot mean is left out."""

    tab: str = "review"
    location: int | None = None
    region: str = ""
    claim: str = ""
    payer: str = ""
    text: str = ""
    after: tuple[int, datetime, int] | None = None

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Filters":
        tab, region, claim = asked.get("tab", ""), asked.get("region", ""), asked.get("claim", "")
        return cls(
            tab=tab if tab in TITLES else "review",
            location=number(asked.get("location")),
            region=region if region in Region.values else "",
            claim=claim if claim in CLAIMS else "",
            payer=asked.get("payer", "").replace("\x00", "")[:100],
            text=asked.get("text", "").replace("\x00", "").strip()[:100],
            after=_cursor(asked.get("after", "")),
        )

    @property
    def chosen(self) -> bool:
        """Whether one of the filters is set that are chosen from a list."""
        return any((self.location, self.region, self.claim, self.payer))

    @property
    def narrowed(self) -> bool:
        return self.chosen or bool(self.text)

    def query(self, **changed: Any) -> str:
        """The address of the same list with something changed; a changed filter begins at the top."""
        other = replace(self, **({"after": None} | changed))
        said = {
            "tab": other.tab,
            "location": other.location,
            "region": other.region,
            "claim": other.claim,
            "payer": other.payer,
            "text": other.text,
            "after": "_".join((str(other.after[0]), other.after[1].isoformat(), str(other.after[2])))
            if other.after
            else "",
        }
        return "?" + urlencode({name: value for name, value in said.items() if value})

    def cleared(self) -> str:
        """The address of the same tab without filters."""
        return f"?tab={self.tab}"

    def condition(self) -> Q:
        found = Q()
        if self.location:
            found &= Q(location=self.location)
        if self.region:
            found &= Q(region=self.region)
        if self.claim:
            found &= CLAIMS[self.claim]
        if self.payer:
            found &= Q(patient__payer__iexact=self.payer)
        for word in self.text.split():
            found &= (
                Q(patient__family_name__icontains=word)
                | Q(patient__given_name__icontains=word)
                | Q(reference__istartswith=word)
            )
        return found


def _cursor(text: str) -> tuple[int, datetime, int] | None:
    rank, _, rest = text.partition("_")
    moment, _, pk = rest.rpartition("_")
    try:
        since = parse_datetime(moment)
    except ValueError:
        return None
    key = number(pk)
    return (int(rank), since, key) if rank in ("0", "1") and since and since.tzinfo and key is not None else None


@dataclass(frozen=True)
class Row:
    """One case in the list: `rank` 0 is urgent, `since` when it began to wait, `next` the step that comes next."""

    case: Case
    rank: int
    since: datetime
    next: str


@dataclass
class Queue:
    """One tab of the list, as one person sees it."""

    user: User
    filters: Filters

    @cached_property
    def _visible(self) -> QuerySet[Case]:
        return Case.objects.visible_to(self.user)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Cases by tab, all of them; `shown` those that the filters leave of the present one."""
        here = tab_condition(self.filters.tab, self.user)
        tabs = {tab: Count("pk", filter=tab_condition(tab, self.user)) for tab in TITLES}
        return self._visible.aggregate(**tabs, shown=Count("pk", filter=here & self.filters.condition()))

    @property
    def tabs(self) -> list[dict[str, Any]]:
        """The tabs with their counts; the filters go along from one to the next."""
        here = self.filters.tab
        return [
            {"label": title, "url": self.filters.query(tab=tab), "count": self.counts[tab], "current": tab == here}
            for tab, title in TITLES.items()
        ]

    @property
    def since_words(self) -> str:
        """The head of the column that says since when."""
        return DAYS.get(self.filters.tab, "Waiting")

    @property
    def shows_days(self) -> bool:
        """Whether that column says the day on which something was done, and not how long somebody waits."""
        return self.filters.tab in DAYS

    @property
    def left_out(self) -> int:
        return self.counts[self.filters.tab] - self.counts["shown"]

    @cached_property
    def payers(self) -> list[str]:
        """The payers of all cases that this person sees, for the filter."""
        named = self._visible.exclude(patient__payer="").order_by("patient__payer")
        return list(named.values_list("patient__payer", flat=True).distinct())

    @cached_property
    def _found(self) -> list[Row]:
        """One row more than a page holds, to know whether there are more."""
        kept = self._visible.filter(tab_condition(self.filters.tab, self.user), self.filters.condition())
        rows = kept.annotate(
            rank=Choose(When(URGENT, then=Value(0)), default=Value(1), output_field=IntegerField()),
            since=Coalesce("urgent_since", "stage_since"),
        )
        newest_first = self.filters.tab == "decided"
        if self.filters.after:
            rows = rows.filter(_beyond(self.filters.after, newest_first))
        order = ("rank", "-since", "-pk") if newest_first else ("rank", "since", "pk")
        found = (
            rows.order_by(*order)
            .select_related("patient", "location", "claimed_by")
            .prefetch_related(
                Prefetch("alerts", Alert.objects.filter(released_at=None), to_attr="open_alerts"),
                Prefetch("worries", Worry.objects.open(), to_attr="open_worries"),
                Prefetch("decisions", Decision.objects.standing().defer("patient_message"), to_attr="standing"),
                Prefetch(
                    "information_requests", InformationRequest.objects.open().with_answered(), to_attr="open_requests"
                ),
            )[: SIZE + 1]
        )
        return [Row(case, case.rank, case.since, next_step(case, self.user)) for case in found]

    @property
    def rows(self) -> list[Row]:
        """The cases of this page."""
        return self._found[:SIZE]

    @property
    def more_url(self) -> str:
        if len(self._found) <= SIZE:
            return ""
        last = self.rows[-1]
        return self.filters.query(after=(last.rank, last.since, last.case.pk))


def _beyond(place: tuple[int, datetime, int], newest_first: bool) -> Q:
    """The rows behind a place in the list, found by value and not by counting."""
    rank, since, pk = place
    step = "lt" if newest_first else "gt"
    return (
        Q(rank__gt=rank) | Q(rank=rank, **{f"since__{step}": since}) | Q(rank=rank, since=since, **{f"pk__{step}": pk})
    )


def next_step(case: Case, user: User) -> str:
    """The verb of a row: what this person does with this case next."""
    if case.urgent_since:
        return "Look now"
    if case.changed_since:
        return "See the change"
    if case.stage == Stage.DECIDED:
        return "Read"
    if case.stage == Stage.ASKED:
        return "Look"
    return "Continue" if case.claimed_by_id == user.pk else "Review"
