"""What somebody types about the rules: a document, a sign-off, a day, a plan."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from clinic.criteria.reasons import CLAUSE_TITLES
from clinic.criteria.sets import CriteriaSet
from clinic.criteria.toml import MOST_BYTES

TOO_LARGE = f"This document is larger than {MOST_BYTES // 1000} kB. A set of criteria is a short text."


class UploadForm(forms.Form):
    """A set as text, or as a file whose text then stands in the box."""

    file = forms.FileField(
        required=False,
        label="A .toml file",
        widget=forms.FileInput(attrs={"accept": ".toml,text/plain"}),
        error_messages={"empty": "This file is empty."},
    )
    text = forms.CharField(
        required=False,
        strip=False,
        label="Or its text",
        widget=forms.Textarea(attrs={"rows": 24, "class": "code-text", "spellcheck": "false"}),
    )
    file.widget.look = "file"

    def clean(self) -> dict[str, Any]:
        """The text of the file where one was chosen, else what stands in the box."""
        said = super().clean() or {}
        text = self._of_file() or said.get("text", "")
        if "file" not in self.errors and not text.strip():
            raise ValidationError("Choose a file, or paste the document.")
        if len(text.encode()) > MOST_BYTES:
            raise ValidationError(TOO_LARGE)
        return {"text": text}

    def show(self, text: str) -> None:
        """Put the text into the box, also where it came as a file: it can be corrected there."""
        data = cast(QueryDict, self.data).copy()
        data["text"] = text
        self.data = data

    def _of_file(self) -> str:
        chosen = self.cleaned_data.get("file")
        if not chosen:
            return ""
        if chosen.size > MOST_BYTES:
            raise ValidationError(TOO_LARGE)
        try:
            return str(chosen.read().decode("utf-8-sig"))
        except UnicodeDecodeError as problem:
            raise ValidationError("This file is no text in UTF-8.") from problem


class SignOffForm(forms.Form):
    """A doctor's name, the publisher's document, and every clause that was compared with it."""

    compared = forms.MultipleChoiceField(required=False, label="Each clause")
    checked_against = forms.CharField(
        max_length=500,
        label="The publisher's document that you compared it with",
        help_text="Its title, its date or edition, and where you read it.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    name = forms.CharField(
        max_length=150, label="Sign with your name", widget=forms.TextInput(attrs={"autocomplete": "name"})
    )

    def __init__(self, *args: Any, criteria: CriteriaSet, **more: Any) -> None:
        super().__init__(*args, **more)
        self.titles = {clause.key: CLAUSE_TITLES[clause.key][0] for clause in criteria.clauses}
        cast(forms.MultipleChoiceField, self.fields["compared"]).choices = list(self.titles.items())

    def clean_compared(self) -> None:
        """Nothing is kept of the ticks: the signature says that all was compared."""
        left = [title for key, title in self.titles.items() if key not in self.cleaned_data["compared"]]
        if left:
            raise ValidationError("Not compared yet: " + ", ".join(left) + ".")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said.pop("compared", None)
        return said


class DayForm(forms.Form):
    """From which day on."""

    from_day = forms.DateField(
        label="From which day on?",
        help_text="Today or a later day.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["from_day"].widget.attrs["min"] = today.isoformat()


class GoesByForm(forms.Form):
    """The set that a plan goes by."""

    key = forms.ChoiceField(label="Goes by")

    def __init__(self, *args: Any, sets: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        cast(forms.ChoiceField, self.fields["key"]).choices = [("", "Choose a set"), *sets]


class PlanForm(GoesByForm):
    """A payer, and perhaps one plan of it, with the set that it goes by."""

    payer = forms.CharField(max_length=100, help_text="As patients name it. Capitals and accents do not matter.")
    plan_name = forms.CharField(
        max_length=100, required=False, label="Plan", help_text="Left empty: every plan of this payer."
    )
    field_order = ("payer", "plan_name", "key")
