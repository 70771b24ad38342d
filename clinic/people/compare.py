"""Two or more entries side by side, so that a person can say whether they are the same human being."""

from dataclasses import dataclass

from .models import Patient

NUMBERS = {"Phone", "Fax"}


@dataclass(frozen=True)
class Cell:
    value: str
    same: bool


@dataclass(frozen=True)
class Row:
    label: str
    value: str
    others: list[Cell]


def _said(patient: Patient) -> dict[str, str]:
    born = patient.birth_date
    return {
        "Name": f"{patient.given_name} {patient.family_name}".strip(),
        "Born": f"{born.day} {born:%B %Y}" if born else "",
        "Sex": patient.get_sex_display(),
        "Phone": patient.phone,
        "E-mail": patient.email,
        "Payer": " · ".join(filter(None, [patient.payer, patient.member_id])),
        "Location": patient.home_location.name if patient.home_location_id else "",
    }


def side_by_side(patient: Patient, others: list[Patient]) -> list[Row]:
    """One row for each thing that tells people apart; a cell is `same` where it says what `patient` says."""
    return beside(_said(patient), [_said(other) for other in others])


def beside(said: dict[str, str], others: list[dict[str, str]]) -> list[Row]:
    """One row for each thing `said`; a cell is `same` where another says the same."""
    return [
        Row(label, value, [Cell(other[label], _same(label, value, other[label])) for other in others])
        for label, value in said.items()
    ]


def _same(label: str, one: str, other: str) -> bool:
    """Capitals do not tell entries apart, nor how a phone number is written."""
    plain = [_digits(text) if label in NUMBERS else text.casefold() for text in (one, other)]
    return bool(plain[0]) and plain[0] == plain[1]


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
