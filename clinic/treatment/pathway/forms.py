"""What staff types on a candidate's way."""

from datetime import date, timedelta
from typing import Any, cast
from uuid import uuid4

from django import forms

from clinic.people.models import User

from .actions import CHOSEN_ENDS, MOST_AHEAD, MOST_PUT_OFF
from .models import Pathway
from .reading import may_own

TOMORROW = timedelta(days=1)


class Radios(forms.RadioSelect):
    look = "choices"


class Day(forms.DateField):
    """A day to come, from `least` to `most` after today as its form knows it; the action refuses any other."""

    def __init__(self, most: timedelta, least: timedelta = timedelta(), **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)
        self.least, self.most = least, most

    def offer(self, at: date) -> None:
        self.widget.attrs |= {"min": (at + self.least).isoformat(), "max": (at + self.most).isoformat()}


def text(label: str, required: str = "", rows: int = 2) -> forms.CharField:
    """Up to 1000 characters; `required` says what to do where nothing was written."""
    return forms.CharField(
        label=label,
        required=bool(required),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required},
    )


class Verb(forms.Form):
    """A form among several on one page; `at` is the day that it is there."""

    ids = ""

    def __init__(self, at: date, **more: Any) -> None:
        super().__init__(auto_id=f"{self.ids}-%s", **more)
        for field in self.fields.values():
            if isinstance(field, Day):
                field.offer(at)


class Once(Verb):
    """One that is sent twice and stored once."""

    nonce = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class BookForm(Once):
    ids = "book"
    day = Day(MOST_AHEAD, label="Day of the session")
    time = forms.TimeField(label="Time", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    words = text("Note")


class EarlyForm(Once):
    """A doctor's reason to go on before the first day; day and time are those that were asked for."""

    ids = "early"
    day = forms.DateField(widget=forms.HiddenInput)
    time = forms.TimeField(required=False, widget=forms.HiddenInput)
    reason = text("Clinical reason", "Write the clinical reason.", rows=4)


class UnbookForm(Once):
    ids = "unbook"
    words = text("Why the day is given up", "Write why the day is given up.")


class CallForm(Once):
    ids = "call"
    words = text("Whom you called, and what came of it", "Write whom you called, and what came of it.")
    next_on = Day(MOST_PUT_OFF, label="Look at it again on", required=False)


class HoldForm(Once):
    ids = "hold"
    hold = forms.ChoiceField(label="What is settled", widget=Radios(), error_messages={"required": "Choose which."})
    words = text("How it is settled, and with whom", "Write how it is settled, and with whom.")

    def __init__(self, at: date, open_ones: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(at, **more)
        cast(forms.ChoiceField, self.fields["hold"]).choices = open_ones
        if len(open_ones) == 1:
            self.initial["hold"] = open_ones[0][0]


class PutOffForm(Verb):
    ids = "later"
    until = Day(MOST_PUT_OFF, TOMORROW, label="Until")
    words = text("Why it can wait", "Write why it can wait.")


class GiveForm(Verb):
    ids = "give"
    to = forms.ModelChoiceField(User.objects.none(), label="New owner", empty_label=None)
    words = text("Note for them")

    def __init__(self, at: date, **more: Any) -> None:
        super().__init__(at, **more)
        cast("forms.ModelChoiceField[User]", self.fields["to"]).queryset = may_own()


class EndForm(Verb):
    ids = "end"
    because = forms.ChoiceField(
        label="Why no session follows",
        choices=[(end.value, end.label) for end in CHOSEN_ENDS],
        widget=Radios(),
        error_messages={"required": "Choose why it ends."},
    )
    words = text("Note")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("because") == Pathway.Ended.OTHER and not said.get("words"):
            self.add_error("words", "Write why it ends.")
        return said


class ReopenForm(Verb):
    ids = "reopen"
    words = text("Why it is taken up again", "Write why it is taken up again.")
