"""A criteria set as this clinic keeps it: a version, and who signed it off against the publisher's document."""

from dataclasses import dataclass
from datetime import date

from clinic.criteria.reasons import date_in_words
from clinic.criteria.sets import CriteriaSet


@dataclass(frozen=True, slots=True)
class SignedOff:
    """A doctor's word that a version says what the publisher's document says."""

    name: str
    on: date
    checked_against: str

    def __str__(self) -> str:
        return f"signed off by {self.name} on {date_in_words(self.on.isoformat())}, against {self.checked_against}"


@dataclass(frozen=True, slots=True)
class Kept:
    """One version of one set, and its latest sign-off; without one, its results are a draft's."""

    criteria: CriteriaSet
    signed_off: SignedOff | None = None
