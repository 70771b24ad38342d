"""What staff types of a referral out: for which service, the words of its letter, and how it was sent."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from clinic.intake.forms.fields import Boxes, Radios
from clinic.people.lists import number
from referrals.loop import urgency
from referrals.loop.lifecycle import HOW
from referrals.outgoing import asked
from referrals.outgoing.asked import Field, Kind
from referrals.outgoing.models import Order

MOST_VISITS = 60
LONGEST_AHEAD = 365 * 2  # days
SENT_BY = ("fax", "direct", "mail", "portal", "handed", "phone")


class StartForm(forms.Form):
    """For which service and how soon. `seen` are the open referrals that the page warned of."""

    service = forms.ChoiceField(
        label="Where the patient goes next", widget=Radios, error_messages={"required": "Choose the service."}
    )
    urgency = forms.ChoiceField(
        label="How soon",
        widget=Radios,
        choices=[(key.value, f"{urgency.WORDS[key]}: {means}") for key, means in urgency.MEANS.items()],
        error_messages={"required": "Choose how soon."},
    )
    seen = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)

    def __init__(self, *, services: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(**more)
        self.fields["service"].choices = services  # type: ignore[attr-defined]  # known only when the form is made

    def clean_seen(self) -> list[int]:
        return [pk for pk in map(number, self.cleaned_data["seen"].split(",")) if pk is not None]


class DraftForm(forms.Form):
    """The words of one order; `edition` is the one that the page showed."""

    edition = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, order: Order, today: date, **more: Any) -> None:
        super().__init__(**more)
        self.order, self.today = order, today
        self.asked = [field for field in order.service.fields if field.kind in FIELDS]
        for field in self.asked:
            # A day that was written before and has passed may stay.
            earliest = min(today, getattr(order, field.name) or today) if field.kind == Kind.DAY else today
            self.fields[field.name] = FIELDS[field.kind](field, earliest)

    @staticmethod
    def initial_of(order: Order) -> Mapping[str, Any]:
        return order.said | {"edition": order.edition}

    def clean_at_once(self) -> str:
        lines = [line.strip() for line in self.cleaned_data["at_once"].splitlines() if line.strip()]
        if len(lines) > asked.MOST_AT_ONCE or any(len(line) > asked.LONGEST_AT_ONCE for line in lines):
            raise ValidationError(
                f"At most {asked.MOST_AT_ONCE} signs, one a line, each of at most {asked.LONGEST_AT_ONCE} letters."
            )
        return "\n".join(lines)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        begins, ends = said.get("start_from"), said.get("start_until")
        if begins and ends and ends < begins:
            self.add_error("start_until", "This day is before the first one.")
        for name in ("start_from", "start_until", "report_due_on"):
            day = said.get(name)
            if day and name in self.changed_data and not self.today <= day <= self.latest:
                self.add_error(name, "Choose a day from today on, within two years.")
        return said

    @property
    def latest(self) -> date:
        return date.fromordinal(self.today.toordinal() + LONGEST_AHEAD)

    def said(self) -> dict[str, Any]:
        """What was typed, by the columns of an order."""
        return {field.name: self.cleaned_data[field.name] for field in self.asked}


class Lines(forms.CharField):
    """Text of several lines; browsers end each in two characters, and the record in one."""

    def to_python(self, value: Any) -> str:
        return "\n".join(line.rstrip() for line in (super().to_python(value) or "").splitlines())


def _text(field: Field, _today: date) -> forms.Field:
    rows = max(2, min(6, field.most // 130))
    return Lines(
        label=field.label,
        required=False,
        max_length=field.most,
        help_text=field.help,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _line(field: Field, _today: date) -> forms.Field:
    return forms.CharField(label=field.label, required=False, max_length=field.most, help_text=field.help)


def _day(field: Field, today: date) -> forms.Field:
    widget = forms.DateInput(attrs={"type": "date", "min": today.isoformat()}, format="%Y-%m-%d")
    return forms.DateField(label=field.label, required=False, help_text=field.help, widget=widget)


def _count(field: Field, _today: date) -> forms.Field:
    return forms.IntegerField(
        label=field.label, required=False, min_value=1, max_value=MOST_VISITS, help_text=field.help
    )


def _goals(field: Field, _today: date) -> forms.Field:
    return forms.MultipleChoiceField(
        label=field.label, required=False, choices=list(asked.GOALS.items()), widget=Boxes, help_text=field.help
    )


def _study(field: Field, _today: date) -> forms.Field:
    return forms.ChoiceField(
        label=field.label, required=False, choices=[("", "Choose one"), *asked.STUDIES.items()], help_text=field.help
    )


FIELDS: Mapping[Kind, Callable[[Field, date], forms.Field]] = {
    Kind.TEXT: _text,
    Kind.LINE: _line,
    Kind.DAY: _day,
    Kind.COUNT: _count,
    Kind.GOALS: _goals,
    Kind.STUDY: _study,
}


class SendForm(forms.Form):
    """How the letter went out, and on which day. `seen` is the state that the page showed."""

    how = forms.ChoiceField(label="How", choices=[(key, HOW[key]) for key in SENT_BY])
    on = forms.DateField(label="Sent on", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    seen = forms.CharField(max_length=20, widget=forms.HiddenInput)

    def __init__(self, today: date, first: date, **more: Any) -> None:
        super().__init__(**more)
        self.today, self.first = today, first
        self.fields["on"].widget.attrs |= {"min": first.isoformat(), "max": today.isoformat()}

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if not self.first <= day <= self.today:
            raise ValidationError("Give the day on which it went out: not before it was signed, and not to come.")
        return day
