"""Entries side by side, so that a person can say whether they are the same practice."""

from clinic.people.compare import Row, beside

from .models import Details


def _said(entry: Details) -> dict[str, str]:
    return {
        "Name": str(entry),
        "Kind": entry.get_kind_display(),
        "NPI": entry.npi,
        "Phone": entry.phone,
        "Fax": entry.fax,
        "Direct address": entry.direct_address,
        "Address": entry.address,
    }


def side_by_side(entry: Details, others: list[Details]) -> list[Row]:
    """One row for each thing that tells entries apart, with what each of the others says."""
    return beside(_said(entry), [_said(other) for other in others])
