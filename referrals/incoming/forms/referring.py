"""Hears a referral: what was typed becomes values by the keys of `said`, and nothing is written.

The public page and the staff's entry hear the same fields; `said.NEEDS` says what each of the two cannot do without.
"""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from clinic.audit.clock import today
from clinic.criteria.dates import parse
from clinic.intake.forms.fields import CHOOSE_OR_UNKNOWN, WRITE
from clinic.intake.forms.filling_in import ENDS_BEFORE, NOT_KEPT
from clinic.people.models import Location
from clinic.record.forms import FilesField
from referrals.incoming import said
from referrals.incoming.shape import Door, Field, Group, Kind, Rows

from .fields import NUL, UNSEEN, field_for

MORE = "more"  # the button that asks for one more row, without script
LIST_IT = _("Please list below what was tried, or choose another answer.")
NOT_NOTHING = _("Something is listed below. Please choose “Yes”, or empty the lines.")
NAME_IT = _("Please choose this too, or empty the line.")
ONE_OF = _("Please give one of these: %(labels)s.")


@dataclass(frozen=True)
class RowShown:
    """One row of a list on the page, under its number."""

    title: str
    fields: list[forms.BoundField]


@dataclass(frozen=True)
class GroupShown:
    """One part of the form: its fields, those that an answer reveals, and the rows of its list."""

    group: Group
    fields: list[dict[str, Any]]
    rows: list[RowShown]
    may_have_more: bool


SHORT = 25  # characters of an answer that stands in one line with the others
# What an answer reveals below itself: the field, the answer, the fields.
REVEALS = {"blood_thinner": ("yes", ("blood_thinner_name", "blood_thinner_prescriber"))}
INNER = frozenset(name for _answer, names in REVEALS.values() for name in names)


class ReferralForm(forms.Form):
    """One referral through a door. A list begins with a few empty rows; `more` in the POST asks for one more."""

    nonce = forms.UUIDField(widget=forms.HiddenInput)
    attachments = FilesField(
        label=_("Reports, notes, a copy of the insurance card"),
        help_text=_("PDF, or photos as JPEG, PNG or WebP. Up to 10 files, 20 MB each."),
        required=False,
    )

    def __init__(self, door: str, data: QueryDict | None = None, files: Any = None, **options: Any) -> None:
        self.lost = data is not None and any(NUL in each for _name, values in data.lists() for each in values)
        super().__init__(data=None if data is None else _whole(data), files=files, **options)
        self.door, self.language = door, get_language() or "en"
        self.locations = list(Location.objects.filter(active=True))
        day = today(self.locations[0].time_zone if self.locations else "UTC")
        self.initial.setdefault("nonce", uuid.uuid4())
        for of in said.FIELDS.values():
            self.fields[of.key] = field_for(of, day, self.language)
        for rows in said.ROWS.values():
            for number in range(self._count(rows)):
                for of in rows.fields:
                    self.fields[_name(rows, number, of)] = field_for(of, day, self.language)
        if len(self.locations) > 1:
            self.fields["location"] = forms.ModelChoiceField(
                Location.objects.filter(active=True), label=_("At which of our locations?"), empty_label=None
            )

    def full_clean(self) -> None:
        """Who asks for one more row has not sent anything yet: nothing is judged."""
        super().full_clean()
        if self.wants_more:
            self.errors.clear()

    @property
    def chosen_files(self) -> list[str]:
        """Names of files that came with a form which is shown again: a browser does not keep them."""
        return [file.name or "" for file in self.files.getlist("attachments")] if self.files else []

    @property
    def wants_more(self) -> str:
        """The list of which one more row is asked for; empty where the form is sent."""
        asked = self.data.get(MORE, "")
        return asked if asked in said.ROWS else ""

    def _count(self, rows: Rows) -> int:
        """How many rows of a list the page has: those that it had, and one more where that was asked for."""
        first = rows.fields[0].key
        had = [number + 1 for number in range(rows.most) if f"{rows.key}-{number}-{first}" in self.data]
        return min(rows.most, max(rows.first, *had, 0) + (self.wants_more == rows.key))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for rows in said.ROWS.values():
            cleaned[rows.key] = [self._row(rows, number) for number in self._filled(rows)]
        for keys in said.unmet(self.door, cleaned):
            self._ask_for(keys)
        self._check_tried(cleaned)
        if self.lost:
            self.add_error(None, NOT_KEPT)
        return cleaned

    def _filled(self, rows: Rows) -> list[int]:
        """The numbers of the rows in which something was said."""
        return [
            number
            for number in range(self._count(rows))
            if any(self.cleaned_data.get(_name(rows, number, of)) not in (None, "") for of in rows.fields)
        ]

    def _row(self, rows: Rows, number: int) -> dict[str, Any]:
        """What one row says. Its first field names the thing; its days stand in their order."""
        values = {of.key: self.cleaned_data.get(_name(rows, number, of)) for of in rows.fields}
        first = _name(rows, number, rows.fields[0])
        if rows.fields[0].kind is Kind.MENU and not values[rows.fields[0].key] and first not in self.errors:
            self.add_error(first, NAME_IT)
        begins, ends = values.get("from"), values.get("to")
        if begins and ends and parse(ends).last < parse(begins).first:
            self.add_error(f"{rows.key}-{number}-to", ENDS_BEFORE)
        return {key: value for key, value in values.items() if value not in (None, "")}

    def _ask_for(self, keys: tuple[str, ...]) -> None:
        if any(key in self.errors for key in keys):
            return
        if len(keys) > 1:
            labels = ", ".join(str(self.fields[key].label) for key in keys)
            self.add_error(keys[0], forms.ValidationError(ONE_OF, params={"labels": labels}))
        else:
            chosen = said.FIELDS[keys[0]].offered
            self.add_error(keys[0], CHOOSE_OR_UNKNOWN if chosen else WRITE)

    def _check_tried(self, cleaned: Mapping[str, Any]) -> None:
        listed = cleaned["therapies"] or any(name.startswith("therapies-") for name in self.errors)
        if cleaned.get("tried") == "yes" and not listed and (self.door == Door.FORM and not self.must_call):
            self.add_error("tried", LIST_IT)
        if cleaned.get("tried") == "no" and listed:
            self.add_error("tried", NOT_NOTHING)

    @property
    def signs(self) -> dict[str, str]:
        """The answers about the signs as they stand in the form, whatever else is wrong with it."""
        return said.signs_of(getattr(self, "cleaned_data", {}))

    @property
    def must_call(self) -> list[str]:
        return said.calls(self.signs)

    @property
    def is_emergency(self) -> bool:
        return said.is_emergency(self.signs)

    @property
    def said(self) -> dict[str, Any]:
        """What a valid form says, for `actions.receiving.receive`."""
        return {key: self.cleaned_data.get(key) for key in (*said.FIELDS, *said.ROWS)}

    @property
    def location(self) -> Location | None:
        """The chosen location, or the only one."""
        return self.cleaned_data.get("location") or next(iter(self.locations), None)

    @property
    def location_field(self) -> forms.BoundField | None:
        return self["location"] if "location" in self.fields else None

    def groups(self) -> Iterator[GroupShown]:
        """The form as the page shows it, part by part."""
        for group in said.GROUPS:
            shown = [self._shown(of) for of in group.fields if of.key not in INNER]
            count = self._count(group.rows) if group.rows else 0
            rows = [self._row_shown(group.rows, number) for number in range(count)] if group.rows else []
            yield GroupShown(group, shown, rows, group.rows is not None and count < group.rows.most)

    def _shown(self, of: Field) -> dict[str, Any]:
        answer, names = REVEALS.get(of.key, ("", ()))
        return {
            "field": self[of.key],
            "of": of,
            "in_row": all(len(choice.text) <= SHORT for choice in of.offered),
            "needed": said.needed(self.door, of.key),
            "more": {answer: [self[name] for name in names]} if names else None,
            "inner": [said.FIELDS[name] for name in names],
        }

    def _row_shown(self, rows: Rows, number: int) -> RowShown:
        title = gettext(rows.row_title) % {"number": number + 1}
        return RowShown(title, [self[_name(rows, number, of)] for of in rows.fields])


def _name(rows: Rows, number: int, of: Field) -> str:
    return f"{rows.key}-{number}-{of.key}"


def _whole(data: QueryDict) -> MultiValueDict[str, str]:
    """What was posted without the one character that the database cannot keep, and without marks that nobody sees."""
    return MultiValueDict(
        {name: [UNSEEN.sub("", each.replace(NUL, "")) for each in values] for name, values in data.lists()}
    )
