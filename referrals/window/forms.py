"""What is typed about rehabilitation: why nobody is referred, and how long a first visit may take."""

from typing import Any

from django import forms

from clinic.intake.forms.fields import Radios

from .actions import SAY_WHY
from .models import LEAST_DAYS, MOST_DAYS, NoReferral


class WhyNotForm(forms.Form):
    because = forms.ChoiceField(
        label="Why not",
        widget=Radios,
        choices=NoReferral.Because.choices,
        error_messages={"required": "Choose why no referral is written."},
    )
    words = forms.CharField(
        label="In a few words",
        required=False,
        max_length=300,
        help_text="Who said so, and when. Needed for another reason.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("because") == NoReferral.Because.OTHER and not said.get("words"):
            self.add_error("words", SAY_WHY)
        return said


class DaysForm(forms.Form):
    days = forms.IntegerField(
        label="Days from relief to the first visit",
        min_value=LEAST_DAYS,
        max_value=MOST_DAYS,
        help_text=f"From {LEAST_DAYS} to {MOST_DAYS}. A last day that the doctor chose goes before it.",
    )
