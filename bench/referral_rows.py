"""Made-up referrals by the million, written straight into the tables from lives that are walked once.

Each is one of some hundred lives (`lives.py`) at another time, of another patient, with another practice. Nobody here
is anybody: they are called "Test Balo Kimura", and their addresses end in example.org.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from clinic.outside.codes import LETTERS
from clinic.people.models import Clinic, Location, Role, User
from referrals.loop.lifecycle import Direction

from . import referral_sql as sql
from .lives import Life, lives

LIVES, BATCH = 400, 20_000  # lives of each direction, open and ended; referrals in one transaction
YEARS = 10
MOST_OPEN = 0.3
COORDINATORS, DOCTORS, ZONES = 6, 4, ("America/New_York", "America/Chicago", "America/Denver")
TABLES = [
    *("people_patient", "record_case", "directory_entry", "loop_referral", "loop_link", "loop_step", "loop_work"),
    *("incoming_request", "incoming_statusreason", "outgoing_order", "post_message", "reminders_reminder"),
]
Heard = Callable[[str, int, int], None]  # what is done now, how much of it, of how much


@dataclass(frozen=True)
class Size:
    """How many referrals, and which share of them is open."""

    referrals: int
    open: float = 0.02

    def __post_init__(self) -> None:
        if self.referrals < 10 or not 0 < self.open <= MOST_OPEN:
            raise ValueError(f"At least 10 referrals, of which at most {MOST_OPEN:.0%} are open.")

    @property
    def words(self) -> dict[str, Any]:
        """What the statements are told, the same for each batch."""
        cases = (self.referrals + 1) // 2
        return {
            "referrals": self.referrals,
            "cases": cases,
            "patients": max(1, -(-cases // 3)),
            "entries": 6 * max(10, min(600, self.referrals // 1_000)),
            "first_open": self.referrals - round(self.referrals * self.open) + 1,
            "span": timedelta(days=365 * YEARS),
            "lives": LIVES,
            "letters": LETTERS,
            **{f"syllable{place}": words for place, words in enumerate(sql.SYLLABLES)},
        }


def is_empty() -> bool:
    """Whether nobody is in the database yet."""
    return not User.objects.exists()


def make(size: Size, heard: Heard) -> dict[str, int]:
    """Fill an empty database; how many rows each table has afterwards."""
    words = size.words | _staff()
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'; SET work_mem = '64MB'")
        dropped = _without_indexes(cursor)
        try:
            _lives(cursor)
            _batches(cursor, words, heard)
        finally:
            _with_indexes(cursor, dropped, heard)
        heard("vacuum", 0, 1)
        cursor.execute("VACUUM ANALYZE" if not connection.in_atomic_block else "ANALYZE")
        heard("vacuum", 1, 1)
    return counts()


def counts() -> dict[str, int]:
    """How many rows each table has."""
    with connection.cursor() as cursor:
        return {table: _one(cursor, f"SELECT count(*) FROM {table}") for table in TABLES}  # noqa: S608 (our tables)


def _one(cursor: Any, query: str) -> Any:
    cursor.execute(query)
    return cursor.fetchone()[0]


def _staff() -> dict[str, list[int]]:
    """The clinic, its locations and who works there; their ids."""
    Clinic.objects.get_or_create(id=1, defaults={"name": "Test Bench Clinic", "phone": "555 0100"})
    places = [
        Location.objects.create(name=f"Bench {number}", phone=f"555 010{number}", time_zone=zone)
        for number, zone in enumerate(ZONES, 1)
    ]
    return {
        "locations": [each.pk for each in places],
        "coordinators": _workers(Role.COORDINATOR, COORDINATORS),
        "doctors": _workers(Role.DOCTOR, DOCTORS),
    }


def _workers(role: str, count: int) -> list[int]:
    names = (f"{role}{number}" for number in range(1, count + 1))
    return [
        User.objects.create(email=f"{name}@example.org", name=f"Test Bench {name.title()}", role=role).pk
        for name in names
    ]


def _without_indexes(cursor: Any) -> list[str]:
    """Take the indexes off that hold no constraint: building them at the end takes a fraction of the time."""
    cursor.execute(sql.INDEXES, {"tables": TABLES})
    found = cursor.fetchall()
    for name, _definition in found:
        cursor.execute(f'DROP INDEX "{name}"')
    return [definition for _name, definition in found]


def _with_indexes(cursor: Any, definitions: list[str], heard: Heard) -> None:
    for done, definition in enumerate(definitions):
        heard("indexes", done, len(definitions))
        cursor.execute(definition)
    heard("indexes", len(definitions), len(definitions))


def _lives(cursor: Any) -> None:
    cursor.execute(sql.LIFE_TABLES)
    rows: dict[str, list[tuple[Any, ...]]] = {"life": [], "life_step": [], "life_call": [], "life_reminder": []}
    for number, life in enumerate(_all_lives(), 1):
        rows["life"].append((number, (number - 1) % LIVES, *_row(life)))
        rows["life_step"] += [(number, place, *astuple(step)) for place, step in enumerate(life.steps)]
        rows["life_call"] += [(number, place, *astuple(each)) for place, each in enumerate(life.calls)]
        rows["life_reminder"] += [(number, place, *astuple(each)) for place, each in enumerate(life.reminders)]
    for table, said in rows.items():
        with cursor.copy(f"COPY {table} FROM STDIN") as copy:
            for row in said:
                copy.write_row(row)
    cursor.execute("ANALYZE life, life_step, life_call, life_reminder")


def _all_lives() -> Iterator[Life]:
    for direction in Direction:
        for are_open in (False, True):
            yield from lives(direction, are_open=are_open, count=LIVES)


def _row(life: Life) -> tuple[Any, ...]:
    since = None if life.clock.since is None or not life.is_open else life.steps[-1].after
    return (
        life.direction.value,
        life.is_open,
        life.service,
        life.urgency,
        life.state.value,
        life.steps[-1].after,
        life.age,
        life.clock.before,
        since,
        life.met,
        life.red_flag,
        life.settled,
        life.risk,
        life.attempts,
        life.escalated,
        life.snoozed,
        life.next_in,
        life.is_known,
        life.has_link,
        len(life.steps),
    )


@contextmanager
def _unchecked(cursor: Any) -> Iterator[None]:
    """Rows of one make need no check against each other one by one: `broken` asks for all of them at once."""
    with transaction.atomic():
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")


def _batches(cursor: Any, words: dict[str, Any], heard: Heard) -> None:
    for name, count, statement in sql.BEFORE:
        with _unchecked(cursor):
            cursor.execute(statement, words)
        heard(name, words[count], words[count])
    steps = 0
    for first in range(1, words["referrals"] + 1, BATCH):
        last = min(first + BATCH - 1, words["referrals"])
        with _unchecked(cursor):
            for statement in sql.OF_A_BATCH:
                cursor.execute(statement, words | {"first": first, "last": last, "steps": steps})
            steps = _one(cursor, "SELECT max(first_step + step_count) FROM made")
        heard("referrals", last, words["referrals"])
    for table in TABLES:
        cursor.execute(sql.NUMBERS_GO_ON.format(table=table))


def broken() -> list[str]:
    """What of the promises that triggers keep does not hold: what it is, and how many rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql.REFERENCES, {"tables": TABLES})
        found = {name: _one(cursor, query) for name, query in [*sql.PROMISES.items(), *cursor.fetchall()]}
    return [f"{name}: {count}" for name, count in found.items() if count]
