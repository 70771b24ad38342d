"""Whom the made-up clinic works with: obviously made-up practices, and who works there.

The phone numbers are of those kept free for stories; the NPIs begin with 2, and none of these was ever given out: so
far every NPI begins with 1 (CMS).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clinic.directory.actions import entries
from clinic.directory.forms.entries import EntryForm
from clinic.directory.models import Entry, Resource
from clinic.directory.npi import check_digit
from clinic.people.models import User

from .shape import weeks_ago
from .stage import Untrue, acting


@dataclass(frozen=True)
class Neighbour:
    """A practice by its name, kind, number in the demo, town, and how it likes to receive."""

    name: str
    kind: str
    number: int
    town: str
    receives_by: str = "fax"
    languages: tuple[str, ...] = ("en",)
    notes: str = ""


@dataclass(frozen=True)
class Person:
    """A practitioner, and at which practice."""

    name: str
    suffix: str
    kind: str
    number: int
    at: str
    languages: tuple[str, ...] = ("en",)


PRACTICES = (
    Neighbour("Test Acorn Primary Care", "primary_care", 1, "Springfield", "direct", ("en", "es")),
    Neighbour("Test Bramble Family Medicine", "primary_care", 2, "Riverton", "portal"),
    Neighbour("Test Clover Physical Therapy", "physical_therapy", 3, "Springfield", "fax", ("en", "es")),
    Neighbour("Test Daisy Rehabilitation", "physical_therapy", 4, "Riverton", notes="Evening hours on Tuesday."),
    Neighbour("Test Elder Movement Studio", "physical_therapy", 5, "Springfield", "mail"),
    Neighbour("Test Imaging Center", "imaging", 6, "Springfield", "direct", notes="Open MRI; sends reports only."),
    Neighbour("Test Ginkgo Radiology", "imaging", 7, "Riverton"),
    Neighbour("Test Heather Spine Surgeons", "surgery", 8, "Springfield", "fax"),
    Neighbour("Test Ivy Behavioural Health", "behavioural_health", 9, "Springfield", "phone", ("en", "es")),
    Neighbour("Test Jasmine Pain Institute", "pain_spine", 10, "Riverton"),
    Neighbour("Test General Hospital", "hospital", 11, "Riverton", "direct", ("en", "es", "ase")),
    Neighbour("Test Lichen Acupuncture", "other", 12, "Springfield", ""),
)
PEOPLE = (
    Person("Test Moss", "MD", "primary_care", 21, "Test Acorn Primary Care", ("en", "es")),
    Person("Test Nettle", "DPT", "physical_therapy", 22, "Test Clover Physical Therapy", ("en", "es")),
    Person("Test Orchid", "MD", "surgery", 23, "Test Heather Spine Surgeons"),
    Person("Test Poppy", "PhD", "behavioural_health", 24, "Test Ivy Behavioural Health"),
)
WHEN = weeks_ago(25, "11:00")


def enter(staff: Mapping[str, User]) -> None:
    """The coordinator enters all of them, and who works where."""
    by = acting(staff["hazel"])
    for one in PRACTICES:
        entries.add_entry(by=by, resource=Resource.ORGANIZATION, **_heard(_practice(one), Resource.ORGANIZATION))
    for who in PEOPLE:
        said = {name: getattr(who, name) for name in ("name", "suffix", "kind", "languages")}
        heard = _heard(said | {"npi": _npi(who.number)}, Resource.PRACTITIONER)
        person = entries.add_entry(by=by, resource=Resource.PRACTITIONER, **heard)
        entries.add_role(practitioner=person, organization=Entry.objects.practices().get(name=who.at), by=by)


def _npi(number: int) -> str:
    first_nine = f"2{number:08}"
    return first_nine + check_digit(first_nine)


def _practice(one: Neighbour) -> dict[str, Any]:
    said = {name: getattr(one, name) for name in ("name", "kind", "receives_by", "languages", "notes")}
    return said | {
        "npi": _npi(one.number),
        "phone": f"555 02{one.number:02}",
        "fax": f"555 03{one.number:02}",
        "direct_address": f"records@{one.name.split()[1].lower()}.example.org" if one.receives_by == "direct" else "",
        "address": f"{one.number} Test {one.name.split()[1]} Street, {one.town}",
    }


def _heard(said: dict[str, Any], resource: str) -> dict[str, Any]:
    form = EntryForm({**said, "languages": list(said["languages"])}, resource=resource)
    if not form.is_valid():
        raise Untrue(f"{said['name']}: {form.errors.as_json()}")
    return form.cleaned_data
