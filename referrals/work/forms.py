"""What staff types about a referral: the fields of a step, what came of a call, and the other verbs of its page."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from clinic.people.models import User
from clinic.record.uploads import ACCEPT
from referrals.loop import calls, urgency
from referrals.loop.actions.working import MOST_SNOOZED
from referrals.loop.calls import Outcome
from referrals.loop.lifecycle import HOW, WHY_NOT
from referrals.loop.models import Referral

from .asks import Ask
from .reach import Contact

EARLIEST = date(2000, 1, 1)
FARTHEST = timedelta(days=730)
NOT_SAID = ("", "Not known")


class Radios(forms.RadioSelect):
    look, in_row = "choices", True


class Upload(forms.ClearableFileInput):
    look = "file"


class Day(forms.DateField):
    """A day within the bounds that its form gives; unbounded where they are None."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)
        self.first, self.last, self.wrong = EARLIEST, date.max, ""

    def between(self, first: date, last: date, wrong: str) -> None:
        self.first, self.last, self.wrong = first, last, wrong
        self.widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}

    def clean(self, value: Any) -> date | None:
        day = cast("date | None", super().clean(value))
        if day and not self.first <= day <= self.last:
            raise ValidationError(self.wrong)
        return day


def text(label: str, required: str = "", rows: int = 2) -> forms.CharField:
    """Up to 500 characters; `required` says what to do where nothing was written."""
    return forms.CharField(
        label=label,
        required=bool(required),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required},
    )


FIELDS: dict[str, tuple[str, Callable[..., forms.Field]]] = {
    "on": ("Day", Day),
    "how": ("How", lambda **said: forms.ChoiceField(choices=[NOT_SAID, *HOW.items()], **said)),
    "why": ("Why", lambda **said: forms.ChoiceField(choices=list(WHY_NOT.items()), widget=Radios(), **said)),
    "reason": (
        "Why",
        lambda **said: forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 3}), **said),
    ),
    "booked_on": ("Booked for", Day),
    "told_on": ("Told on", Day),
    "report": ("The report", lambda **said: forms.FileField(widget=Upload(attrs={"accept": ACCEPT}), **said)),
}
HELP = {"report": "A PDF or a photo, up to 20 MB. Leave it empty if the paper is in the chart already."}
WANTED = {
    "reason": "Write why, in a sentence.",
    "why": "Choose why; “Nobody knows why” is an answer too.",
    "booked_on": "Say for which day it is booked.",
}
PAST = "Give the day on which it happened, not one that is still to come."


class StepForm(forms.Form):
    """The fields that one step asks, the state that the page showed and, where a report is read, the last step."""

    seen = forms.CharField(widget=forms.HiddenInput(), required=False, max_length=20)
    latest = forms.IntegerField(widget=forms.HiddenInput(), required=False)

    def __init__(self, asked: Ask, state: str, today: date, latest: int | None, **more: Any) -> None:
        super().__init__(**more)
        self.initial["seen"], self.initial["on"], self.initial["latest"] = state, today, latest
        for name in asked.fields:
            self.fields[name] = _field(name, asked)
        for name in {"on", "told_on"} & self.fields.keys():
            cast(Day, self.fields[name]).between(EARLIEST, today, PAST)
        if "booked_on" in self.fields:
            cast(Day, self.fields["booked_on"]).between(EARLIEST, today + FARTHEST, "Give a day within two years.")
        self.either = {"told_on", "reason"} <= self.fields.keys()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.either and not self.errors and not said.get("told_on") and not said.get("reason"):
            self.add_error("told_on", "Say when the patient was told, or why not.")
        return said


def _field(name: str, asked: Ask) -> forms.Field:
    label, make = FIELDS[name]
    field = make(label=asked.labels.get(name, label), required=name in asked.required, help_text=HELP.get(name, ""))
    field.error_messages["required"] = WANTED.get(name, field.error_messages["required"])
    return field


class CallForm(forms.Form):
    """Who was called, and what came of it."""

    whom = forms.ChoiceField(label="Who did you call?", widget=Radios())
    outcome = forms.ChoiceField(
        label="Outcome",
        choices=list(calls.OUTCOME_WORDS.items()),
        widget=Radios(),
        error_messages={"required": "Choose the outcome of the call."},
    )
    on = Day(label="Call again on", required=False, help_text="Left empty, the outcome sets the date.")
    note = text("Note")
    nonce = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid4)  # sent twice, it is one call

    def __init__(self, offered: Iterable[Contact], code: str, today: date, **more: Any) -> None:
        super().__init__(auto_id=f"call-{code}-%s", **more)
        contacts = list(offered)
        whom = cast(forms.ChoiceField, self.fields["whom"])
        whom.choices = [(each.whom.value, calls.WHOM_WORDS[each.whom]) for each in contacts]
        self.initial["whom"] = contacts[0].whom.value
        behind = "Choose today or a later day."
        cast(Day, self.fields["on"]).between(today, today + timedelta(days=MOST_SNOOZED), behind)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("outcome") == Outcome.ASKS_LATER and not said.get("on") and "on" not in self.errors:
            self.add_error("on", "Say on which day they asked to be called.")
        return said


class SnoozeForm(forms.Form):
    """Until when it is put off, and why."""

    until = Day(label="Until")
    reason = text("Why it can wait", "Say why it can wait.")

    def __init__(self, today: date, **more: Any) -> None:
        super().__init__(auto_id="snooze-%s", **more)
        first, last = today + timedelta(days=1), today + timedelta(days=MOST_SNOOZED)
        wrong = f"Choose a day after today, at most {MOST_SNOOZED} days ahead."
        cast(Day, self.fields["until"]).between(first, last, wrong)


class AssignForm(forms.Form):
    """To whom it is handed over."""

    owner = forms.ModelChoiceField(User.objects.none(), label="New owner", empty_label=None)
    note = text("Note for them")

    def __init__(self, owners: QuerySet[User], **more: Any) -> None:
        super().__init__(auto_id="assign-%s", **more)
        cast("forms.ModelChoiceField[User]", self.fields["owner"]).queryset = owners


class EscalateForm(forms.Form):
    """Why it goes up in every list."""

    note = text("What is wrong")

    def __init__(self, **more: Any) -> None:
        super().__init__(auto_id="escalate-%s", **more)


class UrgencyForm(forms.Form):
    """How urgent it is by now, and why."""

    urgency = forms.ChoiceField(label="Urgency", choices=list(urgency.WORDS.items()), widget=Radios())
    reason = text("Why it changes", "Say why the urgency changes.")

    def __init__(self, referral: Referral, **more: Any) -> None:
        super().__init__(auto_id="urgency-%s", **more)
        self.initial["urgency"] = referral.urgency


class AssignAllForm(AssignForm):
    """Which rows of a list are handed over, and to whom."""

    code = forms.MultipleChoiceField(error_messages={"required": "Select the rows first."})

    def __init__(self, owners: QuerySet[User], codes: Iterable[str], **more: Any) -> None:
        super().__init__(owners, **more)
        cast(forms.MultipleChoiceField, self.fields["code"]).choices = [(code, code) for code in codes]


class FilterForm(forms.Form):
    """Under which name a list is kept, and for whom."""

    name = forms.CharField(label="Name", max_length=60, error_messages={"required": "Give it a name."})
    shared = forms.BooleanField(label="Show it to everybody at the clinic", required=False)
