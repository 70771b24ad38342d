"""One form field for each kind of field that a referrer fills in; each refuses nonsense in plain words."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clinic.directory import npi
from clinic.intake.forms.fields import NOT_A_NUMBER, NUMERIC, OUT_OF_RANGE, Radios
from clinic.intake.questions import dates
from clinic.people.forms.patients import looks_like_a_phone_number
from clinic.people.forms.words import TOO_LONG
from referrals.incoming.said import label_of
from referrals.incoming.shape import Field, Kind

NOT_AN_NPI = _("This is not an NPI: it has ten digits, and the last one checks the others. One may be mistyped.")
NOT_OFFERED = _("Please choose one of the answers.")
NUL = "\x00"
# Marks that no page shows and that make a name read otherwise than it is written.
UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


class Words(forms.CharField):
    """A text up to its length; how long it is now is said where it is longer."""

    def __init__(self, of: Field, **options: Any) -> None:
        super().__init__(max_length=of.longest, **options)
        for validator in self.validators:
            if isinstance(validator, MaxLengthValidator):
                validator.message = TOO_LONG
        # A browser would cut a pasted text without a word.
        self.widget.attrs.pop("maxlength", None)


class Npi(Words):
    def clean(self, value: Any) -> str:
        said = npi.written(super().clean(value))
        if said and npi.fault(said):
            raise forms.ValidationError(NOT_AN_NPI)
        return said


class Day(Words):
    """A day or, where it `may_be_partial`, a month or a year, in the words in which people write it."""

    def __init__(self, of: Field, today: date, language: str, **options: Any) -> None:
        super().__init__(of, **options)
        self.today, self.language = today, language

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        if not typed:
            return ""
        try:
            return dates.contract(dates.not_in_future(dates.read(typed, self.today, self.language), self.today))
        except dates.Unreadable as problem:
            raise forms.ValidationError(gettext(str(problem))) from problem


class BirthDate(Day):
    def clean(self, value: Any) -> Any:
        typed = Words.clean(self, value)
        try:
            day = dates.read_day(typed, self.today, self.language, whole_year=True) if typed else ""
        except dates.Unreadable as problem:
            raise forms.ValidationError(gettext(str(problem))) from problem
        return date.fromisoformat(day) if day else None


class Number(Words):
    """A number from 0 to the field's most: whole and as a number, or with decimals and as exact text."""

    def __init__(self, of: Field, **options: Any) -> None:
        super().__init__(of, **options)
        self.of = of

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).rstrip("% ").replace(",", ".")
        whole = self.of.kind is Kind.COUNT
        if not typed:
            return None if whole else ""
        if not re.fullmatch(r"\d{1,6}" if whole else r"\d{1,3}(\.\d{1,3})?", typed):
            raise forms.ValidationError(NOT_A_NUMBER if whole else _("Please write a number, like 6 or 6.5."))
        if not 0 <= Decimal(typed) <= self.of.most:
            raise forms.ValidationError(OUT_OF_RANGE, params={"least": 0, "most": self.of.most})
        return int(typed) if whole else typed


def _chosen(of: Field, widget: forms.Widget, first: list[tuple[str, Any]], **options: Any) -> forms.ChoiceField:
    groups: dict[str, list[tuple[str, str]]] = {}
    for choice in of.offered:
        groups.setdefault(choice.group, []).append((choice.value, gettext(choice.text)))
    choices = [*first, *groups.pop("", []), *((gettext(group), listed) for group, listed in groups.items())]
    messages = {"invalid_choice": NOT_OFFERED}
    return forms.ChoiceField(choices=choices, widget=widget, error_messages=messages, **options)


def field_for(of: Field, today: date, language: str) -> forms.Field:
    """The field that hears what a referrer says, its label and help translated; none is required by itself."""
    options: dict[str, Any] = {
        "label": gettext(label_of(of, language)),
        "help_text": gettext(of.help) if of.help else "",
        "required": False,
    }
    line = forms.TextInput(attrs={"autocomplete": of.autocomplete} | _listed(of))
    phone = forms.TextInput(attrs={"type": "tel", "autocomplete": of.autocomplete})
    makers: dict[Kind, Callable[[], forms.Field]] = {
        Kind.TEXT: lambda: Words(of, widget=line, **options),
        Kind.LONG_TEXT: lambda: Words(of, widget=forms.Textarea(attrs={"rows": 4}), **options),
        Kind.PHONE: lambda: Words(of, widget=phone, validators=[looks_like_a_phone_number], **options),
        Kind.EMAIL: lambda: forms.EmailField(
            widget=forms.EmailInput(attrs={"autocomplete": of.autocomplete}), max_length=of.longest, **options
        ),
        Kind.NPI: lambda: Npi(of, widget=forms.TextInput(attrs=NUMERIC | {"size": 14}), **options),
        Kind.BIRTH_DATE: lambda: BirthDate(of, today, language, widget=line, **options),
        Kind.PARTIAL_DATE: lambda: Day(of, today, language, widget=line, **options),
        Kind.CHOICE: lambda: _chosen(of, Radios(), [], **options),
        Kind.ANSWER: lambda: _chosen(of, Radios(), [], **options),
        Kind.MENU: lambda: _chosen(of, forms.Select(), [("", "—")], **options),
        Kind.COUNT: lambda: Number(of, widget=forms.TextInput(attrs=NUMERIC), **options),
        Kind.NUMBER: lambda: Number(of, widget=forms.TextInput(attrs=NUMERIC), **options),
    }
    return makers[of.kind]()


def _listed(of: Field) -> dict[str, str]:
    return {"list": f"{of.key}-suggestions"} if of.suggestions else {}
