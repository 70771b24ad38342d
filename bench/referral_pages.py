"""Opens the pages of referrals as a signed-in coordinator does, and takes what each costs."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from statistics import median
from time import perf_counter
from typing import NamedTuple
from urllib.parse import urlencode

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from clinic.directory.models import Kind
from clinic.people.models import Location, Role, User
from referrals.incoming.actions.catching_up import catch_up
from referrals.loop.lifecycle import Direction, Worklist
from referrals.loop.models import Referral
from referrals.reminders import reading
from referrals.work.filters import ALL_OPEN, ENDED, MINE, Place

RUNS = 9
AT_ONCE = 500  # reminders in a run of the worker
NOBODY = "Test Nobody Ofthisname"
# As in the demo, which asks nobody for a second factor; and a static file is named without a list of all of them.
SETTINGS = {
    "DEMO": True,
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
}


class Cost(NamedTuple):
    """One page: how many queries, and the median of its runs in milliseconds."""

    page: str
    queries: int
    milliseconds: float


Act = Callable[[], object]


def costs(runs: int = RUNS) -> list[Cost]:
    """What each page costs on the database that is there."""
    with override_settings(**SETTINGS):
        return [cost(name, act, runs) for name, act in acts()]


def cost(name: str, act: Act, runs: int) -> Cost:
    """What one page costs: its queries once, its time so many times."""
    act()  # what is read once, and kept, is no cost of the page
    with CaptureQueriesContext(connection) as context:
        act()
    return Cost(name, len(context), 1_000 * median(_seconds(act) for _ in range(runs)))


def _seconds(act: Act) -> float:
    begun = perf_counter()
    act()
    return perf_counter() - begun


def acts() -> Iterator[tuple[str, Act]]:
    """What is measured: what it is called, and how it is done."""
    user = User.objects.filter(role=Role.COORDINATOR).earliest("pk")
    client = Client()
    client.force_login(user)
    for name, address in (*_lists(user), *_searches(), *_others()):
        yield name, partial(_opened, client, address)
    yield "reminders that are due", lambda: reading.due(AT_ONCE)
    yield "catching up with the cases", catch_up


def _opened(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")


def _list(**words: object) -> str:
    return f"/referrals/?{urlencode(words)}"


def _lists(user: User) -> Iterator[tuple[str, str]]:
    yield "work list as it opens", _list()
    for name in (ALL_OPEN, MINE, ENDED, *Worklist):
        yield f"list {name}, any day", _list(list=name, when="all")
    yield "narrowed to an owner", _list(owner=user.pk)
    yield "narrowed to a service", _list(service=Kind.IMAGING, when="all")
    yield "narrowed to a location", _list(location=Location.objects.earliest("pk").pk)
    yield "narrowed, ended", _list(list=ENDED, service=Kind.SURGERY)
    yield "far down the open ones", _list(when="all", after=_far_down())
    yield "far down the ended ones", _list(list=ENDED, before=_middle())


def _far_down() -> Place:
    open_ones = Referral.objects.open().by_risk()
    row = open_ones[open_ones.count() * 3 // 4]
    assert row.next_on  # the database keeps one in every open referral
    return Place(row.risk, row.next_on, row.pk)


def _middle() -> int:
    pk: int = Referral.objects.filter(worklist=None).values_list("pk", flat=True)[Referral.objects.count() // 2]
    return pk


def _searches() -> Iterator[tuple[str, str]]:
    rows = Referral.objects.open().order_by("-pk")
    known = rows.filter(patient__isnull=False).select_related("patient")[0]
    unmatched = rows.filter(patient=None).first() or known
    assert known.patient
    yield "search: a name", _list(q=str(known.patient))
    yield "search: a family name", _list(q=known.patient.family_name)
    yield "search: a name nobody matched", _list(q=unmatched.said_name)
    yield "search: our code", _list(q=known.printed_code)
    yield "search: a phone number", _list(q=known.patient.phone)
    yield "search: nothing found", _list(q=NOBODY)


def _others() -> Iterator[tuple[str, str]]:
    for direction in Direction:
        found = Referral.objects.open().filter(direction=direction, case__isnull=False).latest("pk")
        yield f"a referral, {direction}", f"/referrals/{found.code}/"
    for name, days in (("90 days", 90), ("a year", 365)):
        for direction in Direction:
            words = urlencode({"period": days, "direction": direction})
            yield f"measures of {name}, {direction}", f"/referrals/measures/?{words}"
    yield "board of the morning", "/referrals/board/"


def table(small: Sequence[Cost], large: Sequence[Cost]) -> str:
    """Both side by side, with how many times as long the larger one took."""
    lines = ["| page | queries, small | large | ms, small | large | times |", "|---|---|---|---|---|---|"]
    for one, other in zip(small, large, strict=True):
        times = other.milliseconds / one.milliseconds
        counted = f"{one.queries} | {other.queries} | {one.milliseconds:.0f} | {other.milliseconds:.0f}"
        lines.append(f"| {one.page} | {counted} | {times:.1f} |")
    return "\n".join(lines)
