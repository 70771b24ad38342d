"""How often one may knock. Counted in the database cache, so that every process counts the same."""

from django.core.cache import cache
from django.db import connection, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

from clinic.audit.actions import Refused
from clinic.audit.clock import now

QUARTER, DAY = 15 * 60, 24 * 3600

# what: the most in a window, and the window in seconds
LIMITS = {
    "code_to_address": (5, QUARTER),
    "code_to_address_in_a_day": (20, DAY),
    "code_from_ip": (30, QUARTER),
    "code_tried_from_ip": (60, QUARTER),
    "link_opened_from_ip": (60, QUARTER),
    "check_in_opened": (60, QUARTER),
    "desk_code_wrong_from_ip": (10, QUARTER),
    "desk_code_wrong": (200, QUARTER),
    "identity_of_user": (10, QUARTER),
    "parked_from_ip": (60, QUARTER),
    "referral_from_ip": (30, QUARTER),
    "not_found_from_ip": (30, QUARTER),
    "opinion_from_ip": (20, QUARTER),
    "referral_from_ip_in_a_day": (150, DAY),  # a busy practice, or several behind one address
}


class TooMany(Refused):
    """Somebody knocked too often; shown as 429 with when to come back."""


def knock(what: str, who: object = "") -> None:
    """Count one knock.

    Raises:
        TooMany: this was one more than `LIMITS` allows in the present window.
    """
    most, _seconds = LIMITS[what]
    if _count(what, who, add=1) > most:
        raise TooMany(gettext("That was tried too often. Please wait 15 minutes, then try again."))


def exhausted(what: str, who: object = "") -> bool:
    """Whether the next knock would be one too many."""
    return _count(what, who, add=0) >= LIMITS[what][0]


def _count(what: str, who: object, add: int) -> int:
    seconds = LIMITS[what][1]
    window = int(now().timestamp()) // seconds
    # Hashed: an address or an ip has no business in a cache table.
    name = salted_hmac("clinic.limits", f"{what} {who} {window}").hexdigest()
    if not add:
        return int(cache.get(name, 0))
    with transaction.atomic():
        one_at_a_time(name)  # Django's cache reads and writes in two steps
        count = int(cache.get(name, 0)) + add
        cache.set(name, count, seconds)
    return count


def one_at_a_time(what: str) -> None:
    """Wait for everybody else who does `what`, until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])
