"""What the desk types about a referral that came in; nothing is written here."""

from datetime import date
from typing import Any, cast

from django import forms

from referrals.incoming.missing import BECAUSE, WANTED
from referrals.loop.lifecycle import HOW

MOST = 500


class Ticks(forms.CheckboxSelectMultiple):
    look = "choices"


class Seen(forms.Form):
    """Any step: with the state that the page showed."""

    seen = forms.CharField(widget=forms.HiddenInput(), required=False, max_length=20)


def _words(label: str, help_text: str, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=help_text, max_length=MOST, widget=widget, **options)


class AskForm(Seen):
    """What is missing: ticks for the referrer's page, and a note for whoever calls."""

    codes = forms.MultipleChoiceField(
        label="What is missing",
        choices=list(WANTED.items()),
        widget=Ticks,
        error_messages={"required": "Tick what is missing."},
    )
    note = _words("Note for the call", "It stays with us: the referrer's page shows the ticks alone.", required=False)


class TurnAwayForm(Seen):
    """Why it is not taken on: ticks for the referrer's page, words for the letter."""

    codes = forms.MultipleChoiceField(
        label="Why",
        help_text="The referrer's page shows these words.",
        choices=list(BECAUSE.items()),
        widget=Ticks,
        error_messages={"required": "Tick why; “Our letter says why” is there too."},
    )
    reason = _words(
        "In your words",
        "It stands in the answer letter. Say what the referrer can do next.",
        error_messages={"required": "Write it in a sentence: it stands in the letter."},
    )


class InviteForm(Seen):
    """How the patient was invited, or is now."""

    how = forms.ChoiceField(choices=[("mail", "By mail"), ("phone", HOW["phone"]), ("handed", HOW["handed"])])


class SendAnswerForm(Seen):
    """How the answer left, and on which day."""

    how = forms.ChoiceField(
        label="How it was sent", choices=[(key, HOW[key]) for key in ("fax", "direct", "mail", "portal")]
    )
    on = forms.DateField(label="On", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, today: date, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.initial.setdefault("on", today)
        self.fields["on"].widget.attrs["max"] = today.isoformat()

    def clean_on(self) -> date:
        on = cast(date, self.cleaned_data["on"])
        if not date(2000, 1, 1) <= on <= self.today:
            raise forms.ValidationError("Give the day on which it was sent, not one that is still to come.")
        return on


class NewPatientForm(forms.Form):
    """Why somebody alike is another person; asked only where there is somebody alike."""

    reason = forms.CharField(
        label="How do you know that this is another person?",
        help_text="Such as “cousins of one name”. It is kept.",
        max_length=300,
        required=False,
    )
