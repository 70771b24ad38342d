"""The results of one year, put together from a fixed number of queries."""

from collections.abc import Hashable, Iterator
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Min

from clinic.audit.clock import now
from clinic.candidacy.chart.choices import APPROACHES, DIAGNOSES, REGIONS
from clinic.criteria.dates import add_months
from clinic.directory.models import Entry
from clinic.people.models import Location
from clinic.treatment.procedure.models import Session

from .counts import KINDS, LEAVES, Counts
from .figures import Figures, Named, Tallied, figures
from .queries import GROUPINGS, NO_PRACTICE, NO_REFERRAL, OUTCOMES, UNSTATED

QUARTERS: Named = {1: "January to March", 2: "April to June", 3: "July to September", 4: "October to December"}
JUDGED_MONTHS = 3  # until the first sessions of a year can be judged, the year before is shown


def years(today: date) -> list[int]:
    """The years that have a session, up to this one, the latest first; none where there is no session yet."""
    first = Session.objects.current().aggregate(first=Min("on"))["first"]
    return list(range(today.year, first.year - 1, -1)) if first else []


def usual_year(of: list[int], today: date) -> int:
    """The year whose first sessions are three months old."""
    judged = add_months(today, -JUDGED_MONTHS).year
    return judged if judged in of else today.year


def outcomes(year: int) -> Figures:
    """What is known by now of the sessions of one calendar year; no two years share one."""
    of = tallied(year, now())
    return figures(of, _names(of))


def tallied(year: int, moment: datetime) -> Tallied:
    """The sessions of one year, counted in one query, so that all of its numbers are of the same moment."""
    every: dict[str, int] = dict.fromkeys((*LEAVES, *KINDS), 0)
    groups: dict[str, dict[Hashable, Counts]] = {by: {} for by in GROUPINGS}
    for row in _rows(year, moment):
        of, counts = row[: len(GROUPINGS)], row[len(GROUPINGS) :]
        counted = dict(zip((*LEAVES, *KINDS), counts, strict=True))
        grouped = [(by, key) for by, key in zip(GROUPINGS, of, strict=True) if key is not None]
        if not grouped:
            every = counted
        for by, key in grouped:
            groups[by][key] = {name: counted[name] for name in LEAVES}
    leaves, kinds = ({name: every[name] for name in names} for names in (LEAVES, KINDS))
    return Tallied(leaves, kinds, groups)


def _rows(year: int, moment: datetime) -> list[tuple[Any, ...]]:
    words = {"first": date(year, 1, 1), "last": date(year, 12, 31), "now": moment}
    with connection.cursor() as cursor:
        cursor.execute(OUTCOMES, words)
        return list(cursor.fetchall())


def _names(of: Tallied) -> dict[str, Named]:
    """What the lines of each table are called, in the order in which they stand."""
    return {
        "region": dict(REGIONS),
        "approach": dict(APPROACHES),
        "diagnosis": {**dict(DIAGNOSES), UNSTATED: "Not stated"},
        "referrer": dict(_referrers(of)),
        "quarter": QUARTERS,
        "location": dict(Location.objects.order_by("name").values_list("pk", "name")),
    }


def _referrers(of: Tallied) -> Iterator[tuple[Hashable, str]]:
    entries = Entry.objects.filter(
        pk__in=[key for key in of.groups["referrer"] if key not in (NO_REFERRAL, NO_PRACTICE)]
    )
    named = sorted((str(entry), entry.pk) for entry in entries)
    yield from ((pk, name) for name, pk in named)
    yield NO_PRACTICE, "Not in the directory"
    yield NO_REFERRAL, "Came without a referral"
