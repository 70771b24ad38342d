"""Whom and whose a referral may be: the register and the directory asked for those alike. It decides nothing."""

from dataclasses import dataclass
from itertools import chain
from typing import Any, Self

from django.db.models import Prefetch

from clinic.directory.finding import with_practices
from clinic.directory.models import Entry, Kind, Resource
from clinic.people.compare import Row, side_by_side
from clinic.people.models import Patient
from clinic.record.models import Case, Stage
from referrals.loop.models import Referral

from .carried import person
from .models import Request

MOST_ALIKE, MOST_SENDERS = 4, 6
OPEN_STAGES = (Stage.INTAKE, Stage.REVIEW, Stage.ASKED)
OPEN_CASES = Prefetch("cases", Case.objects.filter(stage__in=OPEN_STAGES).order_by("-pk"), "open_cases")


@dataclass(frozen=True)
class Offered:
    """Those in the register whom a referral may mean: `exact` is the one of them who is surely meant."""

    named: Patient  # as the referrer says them; not saved
    alike: list[Patient]
    exact: Patient | None

    @classmethod
    def of(cls, referral: Referral) -> Self:
        """Three queries, whatever the size of the register."""
        named = Patient(home_location=referral.location, **person(referral.request.values))
        rows = Patient.objects.alike(named).select_related("home_location")
        alike = list(rows.prefetch_related(OPEN_CASES)[: MOST_ALIKE + 1])
        exact = [each for each in alike if is_same(named, each)]
        shown = sorted(alike, key=lambda each: each not in exact)[:MOST_ALIKE]
        return cls(named, shown, exact[0] if len(exact) == 1 else None)

    @property
    def rows(self) -> list[Row]:
        return side_by_side(self.named, self.alike)


def is_same(named: Patient, other: Patient) -> bool:
    """The same birth date and name, and no other phone or member number where both said one; one of them is the same,
    unless the referrer said neither."""
    if named.birth_date is None or named.birth_date != other.birth_date or _name(named) != _name(other):
        return False
    said = [(_digits(named.phone), _digits(other.phone)), (named.member_id.casefold(), other.member_id.casefold())]
    asked = [(one, two) for one, two in said if one]
    return not asked or any(one == two for one, two in asked)


def _name(patient: Patient) -> str:
    return f"{patient.given_name} {patient.family_name}".casefold().strip()


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def senders(request: Request) -> list[Entry]:
    """Entries of the directory that the sender may be, the same NPI first."""
    by_npi = Entry.objects.active().filter(npi=request.npi).exclude(npi="")
    asked = [by_npi, *(Entry.objects.alike(each) for each in _as_entries(request))]
    found = dict.fromkeys(chain.from_iterable(with_practices(rows)[:MOST_SENDERS] for rows in asked))
    return [entry for entry in found if entry.deactivated_at is None][:MOST_SENDERS]


def _as_entries(request: Request) -> list[Entry]:
    return [Entry(**says) for says in (as_entry(request), as_practitioner(request)) if says["name"]]


def as_entry(request: Request) -> dict[str, Any]:
    """The sender as a practice of the directory would say it."""
    numbers = {"phone": request.sender_phone, "fax": request.sender_fax}
    # An NPI of a clinician stands with the clinician.
    npi = "" if request.practitioner_name else request.npi
    says = {"resource": Resource.ORGANIZATION.value, "kind": Kind.PRIMARY_CARE.value, "npi": npi}
    return says | {"name": request.practice_name} | numbers


def as_practitioner(request: Request) -> dict[str, Any]:
    """The referring clinician alone."""
    says = {"resource": Resource.PRACTITIONER.value, "kind": Kind.PRIMARY_CARE.value, "npi": request.npi}
    return says | {"name": request.practitioner_name, "phone": "", "fax": ""}
