from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from clinic.audit.verbs import SENTENCES
from clinic.people.models import STAFF_ROLES, User

THEMES = {
    "patients": "Register lists",
    "patient": "Register",
    "access": "Access",
    "link": "Invitations and codes",
    "code": "Signing in",
    "user": "Signing in",
    "session": "Signing in",
    "identity": "Signing in",
    "case": "Cases",
    "queue": "Cases",
    "record": "Record",
    "document": "Documents",
    "documents": "Documents",
    "alert": "Alerts",
    "desk": "Intake",
    "paper": "Intake",
    "intake": "Intake",
    "answer": "Intake",
    "decision": "Decisions",
    "payer": "Payers' answers",
    "message": "Mail",
    "messages": "Mail",
    "clinic": "Administration",
    "location": "Administration",
    "staff": "Administration",
    "directory": "Directory",
    "events": "This log",
    "looks": "This log",
}


def verb_choices() -> list[tuple[str, Any]]:
    """Every verb under its theme, with the sentence that stands in the list."""
    themes: dict[str, list[tuple[str, str]]] = {}
    for verb, said in SENTENCES.items():
        theme = THEMES.get(verb.partition(".")[0], "Other")
        themes.setdefault(theme, []).append((verb, said.en.format(your="the")))
    return [("", "Everything"), *themes.items()]


class EventFilter(forms.Form):
    """What the log is narrowed to: all of it in the URL, so that a link shows the same list again."""

    person = forms.ModelChoiceField(
        User.objects.filter(role__in=STAFF_ROLES).order_by("name"), required=False, empty_label="Everybody", label="Who"
    )
    verb = forms.ChoiceField(choices=verb_choices, required=False, label="What")
    patient = forms.CharField(
        max_length=10, required=False, label="Patient reference", widget=forms.TextInput(attrs={"size": 8})
    )
    first = forms.DateField(required=False, label="From", widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(required=False, label="To", widget=forms.DateInput(attrs={"type": "date"}))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("first") and said.get("last") and said["last"] < said["first"]:
            self.add_error("last", "The last day is before the first.")
        return said

    def moments(self, zone: ZoneInfo) -> dict[str, datetime]:
        """The first moment that counts and the first that does not, as lookups on an event's time."""
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        bounds = {"at__gte": first, "at__lt": last and last + timedelta(days=1)}
        return {lookup: _midnight(day, zone) for lookup, day in bounds.items() if day}


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone)
