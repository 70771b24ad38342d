"""What a referral that comes in is made of: a field, a list of rows, a group of both. Pure data."""

from dataclasses import dataclass
from enum import StrEnum

from clinic.intake.questions.shape import Choice
from clinic.intake.questions.shape import marked as _


class Door(StrEnum):
    """How a referral comes in."""

    FORM = "form"
    PHONE = "phone"
    PAPER = "paper"
    FAX = "fax"


class Kind(StrEnum):
    """What a field holds, and so how its cleaned value looks; an empty one is "", or None for a day or a count."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    PHONE = "phone"
    EMAIL = "email"
    NPI = "npi"
    BIRTH_DATE = "birth_date"  # a date
    PARTIAL_DATE = "partial_date"  # as the facts contract writes it: "2026-03-02", "2026-03", "2026"
    CHOICE = "choice"  # one of the choices
    MENU = "menu"  # the same, from a long list
    ANSWER = "answer"  # "yes", "no", "unknown"
    COUNT = "count"  # a whole number
    NUMBER = "number"  # a number as text, exact: "6.5"


YES, NO, UNKNOWN = "yes", "no", "unknown"
NOT_KNOWN = Choice(UNKNOWN, _("Not known"))
ANSWERS = (Choice(YES, _("Yes")), Choice(NO, _("No")), NOT_KNOWN)
LONGEST = {Kind.TEXT: 200, Kind.LONG_TEXT: 4000, Kind.PHONE: 40, Kind.EMAIL: 254, Kind.NPI: 20}


@dataclass(frozen=True)
class Field:
    """One thing that a referrer says. `carried_to` names where it goes in the record once it is accepted:
    "Patient.phone" (a column), "complaint.region" (a fact), "Therapy.kind" (a column of a row); empty: it stays here.
    """

    key: str
    label: str
    kind: Kind = Kind.TEXT
    help: str = ""
    choices: tuple[Choice, ...] = ()
    carried_to: str = ""
    most: int = 0  # of a text its length, of a number its greatest value
    autocomplete: str = "off"
    suggestions: tuple[str, ...] = ()

    @property
    def offered(self) -> tuple[Choice, ...]:
        return ANSWERS if self.kind is Kind.ANSWER else self.choices

    @property
    def longest(self) -> int:
        return self.most or LONGEST.get(self.kind, 200)

    def words_of(self, value: object) -> str:
        """What a chosen value is called, to be translated; the value itself where it was written freely."""
        return next((choice.text for choice in self.offered if choice.value == value), str(value))


@dataclass(frozen=True)
class Rows:
    """A list that is filled row by row, such as the therapies; kept as a list of {key: value}."""

    key: str
    title: str
    row_title: str
    fields: tuple[Field, ...]
    first: int = 1  # how many empty rows a form begins with
    most: int = 20


@dataclass(frozen=True)
class Group:
    """What stands together under one heading."""

    key: str
    title: str
    fields: tuple[Field, ...]
    lead: str = ""
    rows: Rows | None = None
