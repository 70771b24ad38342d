"""Made-up practices and practitioners, as somebody entered them."""

from itertools import count
from typing import Any

from clinic.audit.actor import Actor
from clinic.directory.actions import entries
from clinic.directory.models import Entry, Kind, Resource
from clinic.directory.npi import check_digit
from clinic.people.models import Role
from tests.factories import a_user, actor

_number = count(1)
WORDS = (
    "Acorn",
    "Bramble",
    "Clover",
    "Daisy",
    "Elder",
    "Fern",
    "Ginkgo",
    "Heather",
    "Ivy",
    "Jasmine",
    "Kelp",
    "Lichen",
)


def desk() -> Actor:
    return actor(a_user(Role.COORDINATOR))


def an_npi(number: int | None = None) -> str:
    """One of those that begin with 2, of which none was given out."""
    first_nine = f"2{next(_number) + 5000 if number is None else number:08}"
    return first_nine + check_digit(first_nine)


def a_practice(by: Actor | None = None, **says: Any) -> Entry:
    n = next(_number)
    said = {"kind": Kind.PHYSICAL_THERAPY, "name": f"{WORDS[n % len(WORDS)] * 2} {n}", "phone": f"555 {n:04}"}
    everybody = Entry.objects.values_list("pk", flat=True)
    return entries.add_entry(by=by or desk(), seen=everybody, resource=Resource.ORGANIZATION, **(said | says))


def a_practitioner(by: Actor | None = None, **says: Any) -> Entry:
    said = {"kind": Kind.PHYSICAL_THERAPY, "name": f"Test {WORDS[next(_number) % len(WORDS)]}", "suffix": "DPT"}
    everybody = Entry.objects.values_list("pk", flat=True)
    return entries.add_entry(by=by or desk(), seen=everybody, resource=Resource.PRACTITIONER, **(said | says))
