"""What a field of the chart is: the fact that it says, how it is typed, and with which others it is saved."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a value is typed, and of which type it is."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    DAY = "day"
    PARTIAL_DATE = "partial_date"


Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One fact. `fact` is its path in the contract; within a row of a list it is the name after the brackets."""

    fact: str
    label: str
    kind: Kind
    choices: Choices = ()
    help: str = ""
    corrects: bool = False
    least: int | None = None
    most: int | None = None
    suggestions: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The fact's path as a form writes it: `plan__approach`."""
        return self.fact.replace(".", "__")


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of the record whose rows the doctor completes and may add to. `path` is its name in the contract."""

    path: str
    title: str
    one: str
    fields: tuple[Field, ...]
    may_add: bool = True
    none_said: str = ""  # the sentence by which the doctor says that there is none


@dataclass(frozen=True, slots=True)
class Group:
    """What is saved together."""

    key: str
    title: str
    about: str
    fields: tuple[Field, ...] = ()
    rows: tuple[Rows, ...] = ()


def yes_no(fact: str, label: str, help: str = "", corrects: bool = False) -> Field:
    return Field(fact, label, Kind.YES_NO, help=help, corrects=corrects)


def choice(fact: str, label: str, choices: Choices, corrects: bool = False) -> Field:
    return Field(fact, label, Kind.CHOICE, choices, corrects=corrects)
