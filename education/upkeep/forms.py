"""What a clinician says of a page that they read: that it is right and until when, or what is to be changed."""

from datetime import timedelta

from django import forms

MONTHS = {"183": "In 6 months", "365": "In a year", "730": "In 2 years"}


class Read(forms.Form):
    """Which version was read."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=80)


class RightForm(Read):
    """When a page that is right today is to be read again."""

    every = forms.TypedChoiceField(
        label="When is it to be read again?",
        choices=list(MONTHS.items()),
        coerce=lambda days: timedelta(days=int(days)),
    )


class ChangesForm(Read):
    """What is to be changed, for whoever wrote the page."""

    words = forms.CharField(label="What is to be changed?", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
