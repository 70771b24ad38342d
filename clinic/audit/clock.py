"""The one place that knows what time it is.

Stored times come from the database's `clinic_now()`; "today" is a day in a location's time zone. The demo and the
tests may move both together, by the same shift; production never does (`settings.CLOCK_SHIFT` is zero there).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.db.models import DateField, DateTimeField, Func
from django.utils import timezone

_moved: ContextVar[timedelta | None] = ContextVar("clock_moved", default=None)


class DatabaseNow(Func):
    """The database's own time, as the default of every stored moment."""

    function = "clinic_now"
    template = "%(function)s()"
    output_field = DateTimeField()


class DayAt(Func):
    """The calendar day of a moment in a time zone, both as the database has them: `DayAt(DatabaseNow(), zone)`."""

    template = "(%(expressions)s)::date"
    arg_joiner = " AT TIME ZONE "
    output_field = DateField()


def now() -> datetime:
    """This moment, aware, moved by the shift in force."""
    moved = _moved.get()
    return timezone.now() + (settings.CLOCK_SHIFT if moved is None else moved)


def today(time_zone: str) -> date:
    """The calendar day that it is in `time_zone` (an IANA name such as America/New_York)."""
    return now().astimezone(ZoneInfo(time_zone)).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Carry out a block, in one transaction, as if it happened at `moment`: for the demo and the tests."""
    if settings.PRODUCTION:
        raise ImproperlyConfigured("The clock is never moved in production.")
    shift = moment - timezone.now()
    token = _moved.set(shift)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('clinic.shift', true)")
            before = cursor.fetchone()[0] or ""
            cursor.execute("SELECT set_config('clinic.shift', %s, true)", [f"{shift.total_seconds()}s"])
            yield
            cursor.execute("SELECT set_config('clinic.shift', %s, true)", [before])
    finally:
        _moved.reset(token)
