"""The live line under the ledger: what the treatments listed so far add up to."""

from dataclasses import replace

from clinic.criteria.contract import Refused
from clinic.intake.forms.filling_in import PageForm
from clinic.intake.questions.asked import Answers, Given, Row, row_counted
from clinic.intake.questions.ledger import Ledger, ledger
from clinic.intake.questions.shape import Rows

from .sitting import Place


def ledger_of(place: Place) -> Ledger | None:
    """The count as it was kept at Continue; none on pages that list no treatments."""
    return _count(place.sitting.known) if _counts_care(place) else None


def ledger_with(place: Place, form: PageForm) -> Ledger | None:
    """The count as if the entry on this page were kept as it is typed now, as far as it can be read."""
    if not (_counts_care(place) and isinstance(place.step, Rows)):
        return None
    known, slug = place.sitting.known, place.step.slug
    form.is_valid()
    typed: Row = {name: Given(value) for name, value in form.cleaned_data.items()}
    entry = row_counted(place.step, typed, known)
    listed = {**known.rows.get(slug, {}), **({str(place.row): entry} if entry.get("kind") else {})}
    return _count(replace(known, rows={**known.rows, slug: listed}))


def _counts_care(place: Place) -> bool:
    return isinstance(place.step, Rows) and place.step.counts_care


def _count(known: Answers) -> Ledger | None:
    try:
        return ledger(known)
    except Refused:  # a half-typed date that cannot be: the line waits until it can be counted
        return None
