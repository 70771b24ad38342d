"""Signing, asking, and a score: what a doctor types outside the groups of the chart."""

import uuid
from datetime import date
from typing import Any, cast

from django import forms

from clinic.candidacy.chart.choices import MOMENTS, PERIODS, SCALE_ENDS, SCALES
from clinic.candidacy.models import Words
from clinic.intake.forms.fields import Boxes, WrittenDay


def _choice_field(form: forms.Form, name: str) -> forms.ChoiceField:
    """A field whose choices are known only when the form is made."""
    return cast(forms.ChoiceField, form.fields[name])


class DecideForm(forms.Form):
    """One outcome, its words, and the secret that signs it."""

    nonce = forms.UUIDField(widget=forms.HiddenInput())
    shown = forms.CharField(widget=forms.HiddenInput())
    supersedes = forms.IntegerField(required=False, widget=forms.HiddenInput())
    reason = forms.CharField(
        required=False, max_length=4000, label="Your reason", widget=forms.Textarea(attrs={"rows": 4})
    )
    holds_settled = forms.CharField(
        required=False,
        max_length=4000,
        label="How each hold is settled",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    still_missing = forms.MultipleChoiceField(required=False, label="What it waits for", widget=Boxes())
    patient_message = forms.CharField(
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 11}),
        error_messages={"required": "Write the message to the patient before you sign."},
    )
    secret = forms.CharField(
        label="Your password, or a code from your second factor",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
        error_messages={"required": "Sign with your password, or with a code from your second factor."},
    )

    def __init__(self, *, outcome: str, missing: list[tuple[str, str]], language: str, **more: Any) -> None:
        super().__init__(**more)
        self.outcome, self.language = outcome, language
        _choice_field(self, "still_missing").choices = [(words, words) for _path, words in missing]
        self.fields["patient_message"].label = f"Message to the patient, in {_language(language)}"
        self.fields["patient_message"].widget.attrs["lang"] = language
        if "nonce" not in self.initial:
            self.initial["nonce"] = uuid.uuid4()

    def words(self, policy: str) -> Words:
        """The decision as it was written."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "secret"}
        return Words(outcome=self.outcome, policy=policy, patient_language=self.language, **said)


def _language(code: str) -> str:
    return {"en": "English", "es": "Spanish"}[code]


class AskForm(forms.Form):
    """Which questions go to the patient, and a note."""

    questions = forms.MultipleChoiceField(required=False, label="Ask again", widget=Boxes())
    note = forms.CharField(
        required=False,
        max_length=2000,
        label="A note to the patient",
        help_text="In their language, in plain words. They can answer it in their own words.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *, choices: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(**more)
        _choice_field(self, "questions").choices = choices


class ScoreForm(forms.Form):
    """A result of a named scale."""

    scale = forms.ChoiceField(label="Scale", choices=SCALES)
    value = forms.DecimalField(label="Value", min_value=0, max_digits=6, decimal_places=3)
    on = WrittenDay(label="Taken on")
    period = forms.ChoiceField(
        label="Of a pain score: asked about", choices=[("", "Not said"), *PERIODS], required=False
    )
    injection_key = forms.TypedChoiceField(label="Belongs to", required=False, coerce=uuid.UUID, empty_value=None)
    moment = forms.ChoiceField(
        label="Where it belongs to an injection", choices=[("", "Not said"), *MOMENTS], required=False
    )

    def __init__(self, *, injections: list[tuple[str, str]], today: date, **more: Any) -> None:
        super().__init__(**more)
        cast(WrittenDay, self.fields["on"]).today = today
        _choice_field(self, "injection_key").choices = [("", "No injection: a score by itself"), *injections]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        most = SCALE_ENDS.get(said.get("scale", ""))
        if most is not None and (said.get("value") or 0) > most:
            self.add_error("value", f"This scale ends at {most}.")
        if bool(said.get("injection_key")) != bool(said.get("moment")):
            self.add_error("moment", "Say whether it was taken before or after the injection, and of which.")
        return said
