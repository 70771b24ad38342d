"""What staff types on the page of a request."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from clinic.record.forms import FilesField

from .lifecycle import HOW

EARLIEST = date(2000, 1, 1)


class OnADay(forms.Form):
    """A step and the day on which it happened, which is not in the future."""

    on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, today: date, **more: Any) -> None:
        super().__init__(auto_id=f"{self.prefix_of_ids}-%s", **more)
        self.today = today
        self.initial["on"] = today
        self.fields["on"].widget.attrs["max"] = today.isoformat()

    prefix_of_ids = "step"

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if not EARLIEST <= day <= self.today:
            raise ValidationError("Give the day on which it happened, not one that is still to come.")
        return day


class SendForm(OnADay):
    prefix_of_ids = "send"
    how = forms.ChoiceField(label="How", choices=list(HOW.items()))
    field_order = ["how", "on"]

    def __init__(self, today: date, **more: Any) -> None:
        super().__init__(today, **more)
        self.fields["on"].label = "Sent on"


class ReceiveForm(OnADay):
    prefix_of_ids = "receive"
    pages = FilesField(
        label="The record: PDF, or photos of its pages",
        help_text="Up to 20 MB each. Leave it empty if the paper lies in the chart.",
        required=False,
    )

    def __init__(self, today: date, **more: Any) -> None:
        super().__init__(today, **more)
        self.fields["on"].label = "Arrived on"


class CancelForm(forms.Form):
    reason = forms.CharField(
        label="Why it is cancelled",
        max_length=500,
        widget=forms.TextInput(attrs={"id": "cancel-reason", "autocomplete": "off"}),
        error_messages={"required": "Say why this request is cancelled."},
    )


class LetterForm(forms.Form):
    """To whom a request goes, and what it asks for."""

    practice = forms.CharField(
        label="Practice", max_length=200, help_text="As the patient named it; correct it where you know better."
    )
    address = forms.CharField(label="Address", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    fax = forms.CharField(label="Fax", required=False, max_length=40)
    phone = forms.CharField(label="Phone", required=False, max_length=40)
    pieces = forms.MultipleChoiceField(
        label="Ask for",
        help_text="Ask for what is needed and no more.",
        widget=forms.CheckboxSelectMultiple(),
        error_messages={"required": "Choose at least one thing to ask for."},
    )
    pieces.widget.look = "choices"

    def __init__(self, *, offered: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(**more)
        self.fields["pieces"].choices = offered  # type: ignore[attr-defined]  # known only when the form is made
