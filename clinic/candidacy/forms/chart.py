"""A group of the chart as a form: its scalar facts, and a form for each row of its lists."""

import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from clinic.candidacy.casefile import CaseFile
from clinic.candidacy.chart.fields import Field, Group, Kind, Rows
from clinic.candidacy.evidence import in_sentence, row_name, say, say_moment
from clinic.candidacy.models import RowSaid
from clinic.candidacy.typed import UNSAID, Unfit, contradictions, text_of, value_of
from clinic.intake.forms.fields import Radios
from clinic.record import facts as recorded
from clinic.record.models import BloodThinner, Injection, Listed, OtherInjection, SaidBy, Study, Therapy

NEW = "new"
LONGEST_TEXT = 500
AGREED = {"agreed_with": "agreed_with"}
COLUMNS: dict[str, tuple[type[Listed], Mapping[str, str]]] = {
    "therapies": (Therapy, recorded.THERAPY),
    "injections": (Injection, recorded.INJECTION),
    "other_injections": (OtherInjection, recorded.OTHER_INJECTION),
    "blood_thinners": (BloodThinner, recorded.BLOOD_THINNER | AGREED),
    "imaging": (Study, recorded.IMAGING),
    "electrodiagnostics": (Study, recorded.NERVE_STUDY),
}


class ChartFields(forms.Form):
    """The fields of one group, or of one row of a list; `values` holds what was meant, by fact."""

    def __init__(
        self,
        fields: tuple[Field, ...],
        today: date,
        own: Mapping[str, Any],
        others: Mapping[str, str],
        **more: Any,
    ) -> None:
        super().__init__(**more)
        self.of, self.today, self.own = {each.key: each for each in fields}, today, own
        self.values: dict[str, Any] = {}
        for each in fields:
            self.fields[each.key] = _field(each)
            self.initial[each.key] = text_of(each, own.get(each.fact))
            self.fields[each.key].widget.others = others.get(each.fact, "")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for key, each in self.of.items():
            if key in self.errors:
                continue
            try:
                self.values[each.fact] = value_of(each, cleaned.get(key, ""), self.today)
            except Unfit as unfit:
                self.add_error(key, str(unfit))
        return cleaned

    @property
    def says_something(self) -> bool:
        return any(value is not None for value in self.values.values())


def _field(each: Field) -> forms.Field:
    options: dict[str, Any] = {"label": each.label, "help_text": each.help, "required": False}
    if each.kind is Kind.YES_NO:
        radios = Radios()
        radios.apart = [UNSAID]
        choices = [("yes", "Yes"), ("no", "No"), (UNSAID, "Not said")]
        return forms.ChoiceField(choices=choices, widget=radios, **options)
    if each.choices:
        return forms.ChoiceField(choices=[("", "Not said"), *each.choices], widget=forms.Select(), **options)
    attrs: dict[str, Any] = {"autocomplete": "off"}
    if each.kind in (Kind.WHOLE, Kind.NUMBER):
        attrs |= {"inputmode": "decimal", "size": 6}
    if each.suggestions:
        attrs["list"] = f"list-{each.key}"
    return forms.CharField(max_length=LONGEST_TEXT, widget=forms.TextInput(attrs=attrs), **options)


def others_words(file: CaseFile, path: str, but: str) -> str:
    """What everybody but one speaker said of a fact, in words."""
    zone = file.case.location.time_zone
    return " · ".join(
        f"{SaidBy(source.said_by).label}: {say(path, source.value)}, {say_moment(source.recorded_at, zone)}"
        for source in file.recorded.sources.get(path, [])
        if source.said_by != but
    )


def own_facts(listed: str, rows: list[Any], speaker: str) -> dict[str, Any]:
    """What one speaker says of an entry, by fact; nothing where they have said nothing of it."""
    mine = next((row for row in rows if row.said_by == speaker), None)
    columns = COLUMNS[listed][1]
    return {fact: recorded.plain(getattr(mine, column)) for fact, column in columns.items()} if mine else {}


def in_columns(listed: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by fact in the record's columns; what is unsaid as each column keeps it."""
    model, columns = COLUMNS[listed]
    found = {}
    for fact, value in values.items():
        unsaid = None if model._meta.get_field(columns[fact]).null else ""
        found[columns[fact]] = unsaid if value is None else value
    return found


@dataclass
class RowForm:
    """One row of a list; `key` None for the row that may be added."""

    form: ChartFields
    title: str
    key: uuid.UUID | None
    mine: bool = False  # the doctor has said something of it, which can be taken back
    said: list[str] = field(default_factory=list)  # what others said of it, in words

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """The facts that only a doctor knows."""
        return [self.form[key] for key, each in self.form.of.items() if not each.corrects]

    @property
    def corrections(self) -> list[forms.BoundField]:
        """The facts that others were asked."""
        return [self.form[key] for key, each in self.form.of.items() if each.corrects]

    @property
    def corrected(self) -> bool:
        return any(self.form.own.get(each.fact) is not None for each in self.form.of.values() if each.corrects)


@dataclass
class RowsForm:
    """One list of a group."""

    of: Rows
    entries: list[RowForm] = field(default_factory=list)
    none_said: forms.Form | None = None


class NoneSaid(forms.Form):
    """The doctor asked, and there is none."""

    none = forms.BooleanField(required=False)

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(**more)
        self.fields["none"].label = label
        self.fields["none"].widget.look = "check"


class Seen(forms.Form):
    """Which state of the record the form was written on."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput())


class GroupForm:
    """A whole group of the chart: saved together, in one POST."""

    def __init__(self, group: Group, file: CaseFile, today: date, data: QueryDict | None = None) -> None:
        self.group, self.file, self.today, self.data = group, file, today, data
        own = {row.fact: row.value for row in file.case.statements.all() if row.said_by == SaidBy.DOCTOR}
        self._own = own
        others = {each.fact: others_words(file, each.fact, SaidBy.DOCTOR) for each in group.fields}
        self.scalars = ChartFields(group.fields, today, own, others, data=data)
        self.lists = [self._rows(rows) for rows in group.rows]
        self.seen = Seen(data=data, initial={"seen": self.fingerprint})
        self.stale = False

    def _rows(self, of: Rows) -> RowsForm:
        assembled = self.file.recorded
        found = RowsForm(of)
        for index in range(len(assembled.document.get(of.path) or [])):
            path = f"{of.path}[{index}]"
            title = f"{index + 1} · {row_name(of.path, index, assembled.document)}"
            found.entries.append(self._row(of, path, title, assembled.rows[path]))
        if of.may_add:
            form = ChartFields(of.fields, self.today, {}, {}, data=self.data, prefix=f"{of.path}-{NEW}")
            found.entries.append(RowForm(form, f"Add: {in_sentence(of.one)}", None))
        if of.none_said and len(found.entries) <= of.may_add:
            stated = {"none": self._own.get(of.path) == []}
            found.none_said = NoneSaid(of.none_said, data=self.data, initial=stated, prefix=of.path)
        return found

    def _row(self, of: Rows, path: str, title: str, rows: list[Any]) -> RowForm:
        own = own_facts(of.path, rows, SaidBy.DOCTOR)
        others = {each.fact: others_words(self.file, f"{path}.{each.fact}", SaidBy.DOCTOR) for each in of.fields}
        key = rows[0].key
        form = ChartFields(of.fields, self.today, own, others, data=self.data, prefix=f"{of.path}-{key.hex}")
        mine = any(row.said_by == SaidBy.DOCTOR for row in rows)
        return RowForm(form, title, key, mine, self._said_of(of, path))

    def _said_of(self, of: Rows, path: str) -> list[str]:
        """What everybody but the doctor said of a row, in few words."""
        sources = self.file.recorded.sources
        return [
            f"{each.label}: {say(f'{path}.{each.fact}', source.value)}"
            for each in of.fields
            if each.corrects
            for source in sources.get(f"{path}.{each.fact}", [])
            if source.said_by != SaidBy.DOCTOR
        ]

    @property
    def forms(self) -> list[forms.Form]:
        rows = [entry.form for each in self.lists for entry in each.entries]
        none = [each.none_said for each in self.lists if each.none_said]
        return [self.scalars, *rows, *none, self.seen]

    @property
    def fingerprint(self) -> str:
        """Of everything that stands on record for this group, whoever said it."""
        facts = {each.fact for each in self.group.fields} | {rows.path for rows in self.group.rows}
        lists = {rows.path for rows in self.group.rows}
        stand = [f"statement {row.pk}" for row in self.file.case.statements.all() if row.fact in facts]
        for path, rows in self.file.recorded.rows.items():
            if path.split("[")[0] in lists:
                stand += [f"{path.split('[')[0]} {row.pk}" for row in rows]
        return hashlib.sha256("\n".join(sorted(stand)).encode()).hexdigest()[:16]

    def is_valid(self) -> bool:
        """Whether every part is right, fits the others, and was written on what now stands."""
        right = all(form.is_valid() for form in self.forms)
        for each in self.lists:
            for entry in each.entries:
                right &= self._fits(each.of, entry)
        self.stale = self.seen.is_valid() and self.seen.cleaned_data["seen"] != self.fingerprint
        return right and not self.stale

    def _fits(self, of: Rows, entry: RowForm) -> bool:
        weighed = dict(self._said_by_others(of, entry)) | {
            fact: value for fact, value in entry.form.values.items() if value is not None
        }
        for pair in ({"to", "ongoing"}, {"relief_until", "relief_lasting"}):
            said = {fact for fact in pair if entry.form.values.get(fact) is not None}
            for fact in pair - said if said else ():
                weighed.pop(fact, None)
        for fact, because in contradictions(weighed).items():
            key = fact if entry.form.values.get(fact) is not None else next(iter(entry.form.of))
            entry.form.add_error(key, because)
        return not entry.form.errors

    def _said_by_others(self, of: Rows, entry: RowForm) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for path, rows in self.file.recorded.rows.items():
            if path.startswith(f"{of.path}[") and rows[0].key == entry.key:
                for each in of.fields:
                    said = self.file.recorded.sources.get(f"{path}.{each.fact}", [])
                    heard = [source.value for source in said if source.said_by != SaidBy.DOCTOR]
                    found |= {each.fact: heard[-1]} if heard else {}
        return found

    def facts(self) -> dict[str, Any]:
        """What the doctor says of the group's facts; None where they say nothing."""
        none: dict[str, list[Any] | None] = {
            each.of.path: [] if each.none_said.cleaned_data["none"] else None for each in self.lists if each.none_said
        }
        return self.scalars.values | none

    def rows(self) -> list[RowSaid]:
        """What the doctor says of each row, in the record's columns; a new row only where something is said of it."""
        return [
            _said(each.of, entry)
            for each in self.lists
            for entry in each.entries
            if entry.key is not None or entry.form.says_something
        ]


def _said(of: Rows, entry: RowForm) -> RowSaid:
    model, fields = COLUMNS[of.path][0], in_columns(of.path, entry.form.values)
    if model is Study:
        fields["electrodiagnostic"] = of.path == "electrodiagnostics"
    return RowSaid(model, entry.key, fields)
