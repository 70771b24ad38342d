"""What a record from outside says of one entry, typed by whoever read it."""

from datetime import date
from typing import Any

from django.http import QueryDict

from clinic.candidacy.casefile import CaseFile
from clinic.candidacy.evidence import ROWS
from clinic.candidacy.typed import contradictions
from clinic.record.models import SaidBy

from .chart import ChartFields, in_columns, others_words, own_facts

# What no record can say: a doctor's own judgement of it.
JUDGEMENTS = {"concordant", "therapeutic_dose"}


class RecordForm(ChartFields):
    """The facts of one entry that a record may tell; beside each stands what everybody else said of it."""

    def __init__(self, *, path: str, file: CaseFile, today: date, data: QueryDict | None = None) -> None:
        self.listed = path.partition("[")[0]
        asked = tuple(each for each in ROWS[self.listed].fields if each.fact not in JUDGEMENTS)
        own = own_facts(self.listed, file.weighed.assembled.rows[path], SaidBy.RECORD)
        others = {each.fact: others_words(file, f"{path}.{each.fact}", SaidBy.RECORD) for each in asked}
        super().__init__(asked, today, own, others, data=data)

    def clean(self) -> dict[str, Any]:
        """Refuse what the record cannot say at once; that others say otherwise is shown, and stops nobody here."""
        cleaned = super().clean()
        for fact, because in contradictions(self.values).items():
            self.add_error(fact, because)
        if not self.errors and not self.says_something:
            self.add_error(None, "Write at least one thing that the record says, or ask for it again.")
        return cleaned

    def says(self) -> dict[str, Any]:
        """What the record says, in the record's columns."""
        return in_columns(self.listed, self.values)
