"""What staff lists have in common: their place in a long list, and the location that they are narrowed to."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import IntegerField, Q, QuerySet, Subquery, Value
from django.http import HttpRequest, QueryDict

from clinic.audit.clock import today

from .models import Location, User

SIZE = 50
MOST_COUNTED = 10_000  # beyond this a list says "more than": nobody reads that far, and counting would take seconds
BIGGEST_ID = 2**63 - 1


@dataclass(frozen=True)
class Page:
    """Some rows of a long list, newest first, with the addresses of those before and after."""

    rows: list[Any]
    newer_url: str = ""
    older_url: str = ""


def number(text: str | None) -> int | None:
    """A row's id from a URL; None for anything that is none."""
    return (
        int(text) if text and text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= BIGGEST_ID else None
    )


def page(
    rows: QuerySet[Any], asked: QueryDict, size: int = SIZE, moment: str = "pk", oldest_first: bool = False
) -> Page:
    """The part of `rows` that the URL asks for, newest first: as quick at the end of the list as at its start.

    Rows stand in the order of their `moment`, a column with an index, and of their id where that is the same.
    """
    after, before = _anchor(rows, asked.get("after"), moment), _anchor(rows, asked.get("before"), moment)
    back, on = (before, after) if oldest_first else (after, before)
    upwards = oldest_first != bool(back)
    anchor, sign = back or on, "" if upwards else "-"
    beyond = rows.filter(_beyond("gt" if upwards else "lt", moment, *anchor)) if anchor else rows
    found = list(beyond.order_by(f"{sign}{moment}", f"{sign}pk")[: size + 1])
    shown, more = found[:size][:: -1 if back else 1], len(found) > size
    if not shown:
        return Page([])
    behind, ahead = (more, True) if back else (bool(on), more)
    if oldest_first:
        newer, older, newest, oldest = ahead, behind, shown[-1], shown[0]
    else:
        newer, older, newest, oldest = behind, ahead, shown[0], shown[-1]
    return Page(
        shown,
        newer_url=_url(asked, after=newest.pk) if newer else "",
        older_url=_url(asked, before=oldest.pk) if older else "",
    )


def _anchor(rows: QuerySet[Any], asked: str | None, moment: str) -> tuple[Any, int] | None:
    """Where in the list the URL points: a row's moment and its id; the row need not be in the list any more."""
    pk = number(asked)
    if pk is None or moment == "pk":
        return None if pk is None else (pk, pk)
    anchor: tuple[Any, int] | None = rows.model._default_manager.filter(pk=pk).values_list(moment, "pk").first()
    return anchor


def _beyond(way: str, moment: str, at: Any, pk: int) -> Q:
    """The first condition says nothing new: by it the database goes straight to the place in the moment's index."""
    return Q((f"{moment}__{way}e", at)) & (Q((f"{moment}__{way}", at)) | Q((f"pk__{way}", pk)))


def _url(asked: QueryDict, **place: int) -> str:
    kept = {name: str(value) for name, value in asked.items() if name not in {"after", "before"} and value}
    return f"?{urlencode({**kept, **place})}"


def chosen_location(request: HttpRequest) -> Location | None:
    """The location that lists are narrowed to: `?location=ID` chooses and is remembered, `?location=` forgets."""
    if "location" in request.GET:
        request.session["location"] = number(request.GET["location"])
    chosen = request.session.get("location")
    return Location.objects.filter(pk=chosen).first() if chosen else None


def counted(rows: QuerySet[Any]) -> str:
    """How many rows a list has, as its caption says it."""
    total = rows.order_by()[: MOST_COUNTED + 1].count()
    return f"more than {MOST_COUNTED:,}" if total > MOST_COUNTED else f"{total:,}"


class CountOf(Subquery):
    """How many rows a query has, up to one more than `MOST_COUNTED`."""

    template = "(SELECT count(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()
    empty_result_set_value = 0

    def __init__(self, rows: QuerySet[Any]) -> None:
        super().__init__(rows.order_by().annotate(one=Value(1)).values("one")[: MOST_COUNTED + 1])


def counts(asks: User, **lists: QuerySet[Any]) -> dict[str, int]:
    """How many each list has, up to one more than `MOST_COUNTED`, in one query: they stand beside who asks."""
    columns: dict[str, Any] = {name: CountOf(rows) for name, rows in lists.items()}
    return dict[str, Any](User.objects.filter(pk=asks.pk).values(**columns).get())


def clinic_zone() -> ZoneInfo:
    """The time zone of pages that belong to no location: that of the first one which is open."""
    location = Location.objects.order_by("-active", "name").first()
    return ZoneInfo(location.time_zone if location else settings.TIME_ZONE)


def clinic_day() -> date:
    """Today where the clinic is: for what belongs to no single location."""
    return today(clinic_zone().key)
