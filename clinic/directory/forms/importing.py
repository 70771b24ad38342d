"""A table as the directory hears it: every line through the form of an entry, every fault with its line."""

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import QueryDict

from clinic.directory.models import SAYS, Details, Entry, ImportRow, Resource, Tongue, snapshot
from clinic.directory.planning import ALIKE, Planned
from clinic.directory.table import COLUMNS, Line, Table

from .entries import EntryForm, in_keys, resource_of

HEADERS = {column: header for header, column in COLUMNS.items()}
LEAVE_OUT, ANOTHER = "", "new"


class FileForm(forms.Form):
    file = forms.FileField(
        label="A table as CSV",
        help_text="From any spreadsheet: commas, semicolons or tabs; UTF-8, UTF-16 or Windows-1252; up to 1 MB.",
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv"}),
        error_messages={"required": "Choose a file first.", "empty": "This file is empty."},
    )
    file.widget.look = "file"


@dataclass(frozen=True)
class Fault:
    line: int
    column: str
    words: str


def heard(table: Table) -> tuple[list[ImportRow], list[Fault]]:
    """The lines as rows to take in, and what is wrong with any. Where there is a fault, nothing may be taken in."""
    rows: list[ImportRow] = []
    faults: list[Fault] = []
    for line in table.lines:
        row, wrong = _heard(line)
        rows += [row] if row else []
        faults += wrong
    return rows, sorted([*faults, *_said_twice(rows), *_of_another_sort(rows)], key=lambda fault: fault.line)


def _heard(line: Line) -> tuple[ImportRow | None, list[Fault]]:
    cells = dict(line.cells)
    said = cells.pop("resource")
    resource = resource_of(said)
    if line.fault:
        return None, [Fault(line.number, "", line.fault)]
    if not resource:
        allowed = f"Allowed: {', '.join(Resource.labels)}."
        words = f"“{said}” is not known here. {allowed}" if said else f"Nothing stands here. {allowed}"
        return None, [Fault(line.number, HEADERS["resource"], words)]
    form = EntryForm(in_keys(cells), resource=resource)
    wrong = [
        Fault(line.number, HEADERS[column], str(words)) for column, all_of in form.errors.items() for words in all_of
    ]
    if resource == Resource.ORGANIZATION and cells.get("suffix"):
        wrong.append(Fault(line.number, HEADERS["suffix"], "Only a practitioner has credentials. Leave it empty."))
    if wrong:
        return None, wrong
    return ImportRow(line=line.number, resource=resource, **form.cleaned_data), []


def _said_twice(rows: list[ImportRow]) -> list[Fault]:
    """Lines that say the same NPI as an earlier one, or without an NPI the same name and phone."""
    first: dict[Any, int] = {}
    faults = []
    for row in rows:
        digits = "".join(filter(str.isdigit, row.phone))
        earlier = first.setdefault(row.npi or (row.resource, row.name.casefold(), digits), row.line)
        if earlier != row.line:
            column = "npi" if row.npi else "name"
            faults.append(Fault(row.line, column, f"The same stands in line {earlier} already. Keep one of them."))
    return faults


def _of_another_sort(rows: list[ImportRow]) -> list[Fault]:
    """Lines with the NPI of an entry that is a practitioner where the line says practice, or the other way round."""
    known = dict(Entry.objects.filter(npi__in=[row.npi for row in rows if row.npi]).values_list("npi", "resource"))
    return [
        Fault(row.line, "npi", f"In the directory this is the NPI of a {Resource(known[row.npi]).label.lower()}.")
        for row in rows
        if known.get(row.npi, row.resource) != row.resource
    ]


class ConfirmForm(forms.Form):
    """What becomes of each line that is like an entry, and which preview was seen."""

    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, plan: list[Planned], fingerprint: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial["fingerprint"] = fingerprint
        self.alike = [planned for planned in plan if planned.fate == ALIKE]
        for planned in self.alike:
            choices = [(str(entry.pk), f"It is {entry}: fill what is empty there") for entry in planned.alike]
            self.fields[self._name(planned)] = forms.ChoiceField(
                label=f"Line {planned.row.line}: {planned.row}",
                required=False,
                choices=[(LEAVE_OUT, "Leave it out"), (ANOTHER, "It is another one: add it"), *choices],
            )

    def show(self, fingerprint: str) -> None:
        """What is shown from now on is the preview of this fingerprint; what was chosen stays."""
        data = cast(QueryDict, self.data).copy()
        data["fingerprint"] = fingerprint
        self.data = data

    @staticmethod
    def _name(planned: Planned) -> str:
        return f"line-{planned.row.line}"

    @property
    def beside(self) -> list[tuple[Planned, forms.BoundField]]:
        return [(planned, self[self._name(planned)]) for planned in self.alike]

    def another(self) -> set[int]:
        """The lines that are added although something alike is there."""
        return {each.row.line for each in self.alike if self._said(each) == ANOTHER}

    def same_as(self) -> dict[int, int]:
        """The lines that are an entry which is there, with its id."""
        return {each.row.line: int(self._said(each)) for each in self.alike if self._said(each).isdigit()}

    def _said(self, planned: Planned) -> str:
        return cast(str, self.cleaned_data[self._name(planned)])


def cells_of(entry: Details) -> dict[str, str]:
    """What an entry says, as the cells of a line that would say the same."""
    said = {name: str(value) for name, value in snapshot(entry, SAYS).items()}
    return said | {
        "resource": Resource(entry.resource).label,
        "kind": entry.get_kind_display(),
        "languages": ", ".join(Tongue(tag).label for tag in entry.languages),
        "receives_by": entry.get_receives_by_display(),
    }
